"""A program with a clock that stands still, and an empty library on a real disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.paths import resource
from app.rules.calendars import load_calendar
from app.rules.pack import load_packs
from app.storage.library import Library
from app.usecases.program import Program

TODAY = date(2026, 11, 10)


@pytest.fixture(scope="session")
def program() -> Program:
    return Program(
        clock=FixedClock(datetime(2026, 11, 10, 1, 0, tzinfo=UTC), TODAY),
        packs=load_packs(resource("rules")),
        calendar=load_calendar(resource("calendar")),
        version="0.1.0",
    )


@pytest.fixture
def library(program: Program, tmp_path: Path) -> Iterator[Library]:
    made = Library.create(tmp_path / "资料库", clock=program.clock, program_version=program.version)
    yield made
    made.close()
