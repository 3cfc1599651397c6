"""A library on a real disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from ticking_clock import TickingClock

from app.domain.case import Case
from app.domain.offer import Delivery, Offer
from app.domain.union import AgreementKind, Cycle, Form, Union
from app.storage.library import Library


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library nobody has written in; copied by those who do, as a library can be."""
    folder = tmp_path_factory.mktemp("fresh") / "资料库"
    Library.create(folder, clock=TickingClock(), program_version="0.1.0").close()
    return folder


@pytest.fixture
def library(fresh: Path, tmp_path: Path, clock: TickingClock) -> Iterator[Library]:
    folder = shutil.copytree(fresh, tmp_path / "资料库")
    with Library.open(folder, clock=clock, program_version="0.1.0") as opened:
        yield opened


@pytest.fixture
def sample() -> Case:
    return Case(
        cycle=Cycle(
            id="cycle", year=2026, name="2026年度", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
        ),
        union=Union(id="union", name="临沂市兰山区测试厂工会", chair="王䶮"),
        offers=(Offer(id="o1"), Offer(id="o2")),
        deliveries=(Delivery(id="d1", sent_at=datetime.fromisoformat("2026-03-24T10:20")),),
    )


@pytest.fixture
def case_id(library: Library, sample: Case) -> str:
    with library.write("李四") as work:
        made = work.add_case(sample)
        work.commit()
    return made
