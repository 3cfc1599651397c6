"""A library on a real disk, and a clock that moves only when it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.case import Case
from app.domain.offer import Delivery, Offer
from app.domain.union import AgreementKind, Cycle, Form, Union
from app.storage.library import Library

START = datetime(2026, 4, 3, 2, 20, tzinfo=UTC)


@dataclass
class TickingClock:
    """Every reading is one minute later than the one before."""

    instant: datetime = field(default=START)

    def now(self) -> datetime:
        self.instant += timedelta(minutes=1)
        return self.instant

    def today(self) -> date:
        return self.instant.date()


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def library(tmp_path: Path, clock: TickingClock) -> Iterator[Library]:
    with Library.create(tmp_path / "资料库", clock=clock, program_version="0.1.0") as made:
        yield made


@pytest.fixture
def sample() -> Case:
    return Case(
        cycle=Cycle(
            id="cycle", year=2026, name="2026年度", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
        ),
        union=Union(id="union", name="临沂市兰山区测试厂工会", chair="王䶮"),
        offers=(Offer(id="o1"), Offer(id="o2")),
        deliveries=(Delivery(id="d1", sent_at=datetime(2026, 3, 24, 10, 20)),),
    )


@pytest.fixture
def case_id(library: Library, sample: Case) -> str:
    with library.write("李四") as work:
        made = work.add_case(sample)
        work.commit()
    return made
