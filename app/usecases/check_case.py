"""Check a case against the law of its region."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case
from app.rules.engine import check
from app.rules.findings import Checkup
from app.usecases.program import Program


def check_case(program: Program, case: Case, on: date | None = None) -> Checkup:
    """Return findings and deadlines of the case on a day (today unless told)."""
    return check(case, program.pack_for(case), program.calendar, on or program.clock.today())
