"""Check a case against the law of its region."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case
from app.rules.engine import check
from app.rules.findings import Checkup
from app.rules.ground import Ground
from app.rules.pack import NoPackError
from app.usecases.program import Program


def check_case(program: Program, case: Case, on: date | None = None) -> Checkup:
    """Return findings and deadlines of the case on a day (today unless told)."""
    return check(case, program.pack_for(case), program.calendar, on or program.clock.today())


def ground_of(program: Program, case: Case) -> Ground:
    """Return what the rules judge from, today; under the national pack while no other is chosen."""
    pack = program.pack_or_national(case)
    return Ground(case, pack, pack.root, program.calendar, program.clock.today())


def check_if_ruled(program: Program, case: Case) -> Checkup:
    """Return the same for today; an empty answer that names no pack while none, or an unknown one, is chosen.

    A case must open all the same, or nobody could choose another region.
    """
    try:
        return check_case(program, case)
    except NoPackError:
        return Checkup(program.clock.today(), "", "", (), ())
