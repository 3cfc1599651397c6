"""A worked year on a real disk, for the pages outside the stages: as it ended, or as it stood in March."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import date
from pathlib import Path

from app.domain.case import Case, collections
from app.rules.odd_days import as_of
from app.storage.library import Library
from app.usecases.make_demo import read_example
from tests.gui.window_driver import Hands, fixed_program

NOVEMBER = date(2026, 11, 10)
MARCH = date(2026, 3, 19)

_UNTIL_MARCH = (
    "cycle",
    "union",
    "enterprise",
    "congress",
    "departments",
    "surveys",
    "questions",
    "answer_counts",
    "hearings",
    "topics",
    "elections",
    "candidates",
    "counts",
    "sessions",
    "representatives",
    "advisers",
    "recorders",
    "mandates",
    "offers",
    "offer_items",
    "deliveries",
)


def example_in_march() -> Case:
    """The example on 19 March: the offer is delivered, the reply is awaited until 22 March."""
    case = read_example("shandong-linyi-single")
    later = {name: () for name in collections() if name not in _UNTIL_MARCH}
    case = dataclasses.replace(case, **later)
    case = dataclasses.replace(
        case,
        deliveries=tuple(each for each in case.deliveries if each.received_on and each.received_on <= MARCH),
        sessions=tuple(each for each in case.sessions if each.held_on and each.held_on <= MARCH),
        counts=case.counts[:1],
    )
    return still_counting(as_of(case, MARCH))


def still_counting(case: Case) -> Case:
    """The case before anybody counted twice: the numbers are written, no count is closed."""
    counts = tuple(each.replace(closed_on=None, tellers=()) for each in case.counts)
    return dataclasses.replace(case, counts=counts, count_sheets=())


def open_case(qtbot, tmp_path: Path, case: Case, day: date = NOVEMBER) -> Hands:
    """A window with a library that holds one case."""
    program = fixed_program(day)
    folder = tmp_path / "资料库"
    empty = tmp_path.parent / f"空资料库{day}"
    if not empty.exists():  # made once for all tests of a run: its tables take long
        Library.create(empty, clock=program.clock, program_version="1").close()
    shutil.copytree(empty, folder)
    with (
        Library.open(folder, clock=program.clock, program_version="1") as library,
        library.write("测试") as unit,
    ):
        unit.add_case(case)
        unit.commit()
    hands = Hands(qtbot, tmp_path / "config", program)
    hands.begin(folder)
    return hands
