"""Who may vote: the base of every ratio where no session and no count says it."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.congress import Body


def all_voters(case: Case) -> int | None:
    """Return how many may vote: all staff in a 职工大会, else all delegates (鲁工资 27, 规定 36)."""
    if case.congress.body is Body.ALL_STAFF:
        return case.enterprise.staff or case.congress.delegates
    return case.congress.delegates
