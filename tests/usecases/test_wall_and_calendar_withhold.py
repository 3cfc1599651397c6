"""What hangs on a wall or goes to a telephone says nothing of persons and of the bottom line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.case import Case
from app.usecases.export_calendar import calendar_of
from app.usecases.make_wall_plan import plan_of
from app.usecases.program import Program
from tests.rules.worked import NAMES, worked
from tests.test_invariants import CANARY, CANARY_ID, secret_case

DAYS = (date(2026, 4, 1), date(2026, 11, 10))


def said(program: Program, case: Case, on: date) -> str:
    data, _entries = calendar_of(program, "库/案卷", case, on)
    return data.replace(b"\r\n ", b"").decode() + repr(plan_of(program, None, case, on))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("on", DAYS)
def test_nothing_withheld_leaves_by_plan_or_calendar(program: Program, name: str, on: date) -> None:
    case = secret_case(worked(name))
    marked = tuple(paper.replace(personal=True, title_text=CANARY) for paper in case.evidence)
    words = said(program, replace(case, evidence=marked), on)
    assert CANARY not in words
    assert CANARY_ID not in words


@pytest.mark.parametrize("name", NAMES)
def test_withholding_changes_no_day(program: Program, name: str) -> None:
    case = worked(name)
    marked = replace(case, evidence=tuple(paper.replace(personal=True) for paper in case.evidence))
    for on in DAYS:
        one, other = (calendar_of(program, "库/案卷", each, on)[1] for each in (case, marked))
        assert [(entry.key, entry.first, entry.done) for entry in one] == [
            (entry.key, entry.first, entry.done) for entry in other
        ]
