"""Who may vote: the base of every ratio where no session and no count says it; and where two papers differ on it."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.congress import Body, Session
from app.domain.representatives import Count


def all_voters(case: Case) -> int | None:
    """Return how many may vote: all staff in a 职工大会, else all delegates (鲁工资 27, 规定 36)."""
    if case.congress.body is Body.ALL_STAFF:
        return case.enterprise.staff or case.congress.delegates
    return case.congress.delegates


def uneven_numbers(case: Case, session: Session, count: Count) -> tuple[tuple[str, str], ...]:
    """Return where the sign-in sheet and the tally of one vote tell different numbers: fact and words of both."""
    said = []
    for fact, label in (("expected", "应到"), ("present", "实到")):
        signed, counted = getattr(session, fact), getattr(count, fact)
        if None not in (signed, counted) and signed != counted:
            said.append((fact, f"签到表{label} {signed} 人，计票单{label} {counted} 人"))
    listed = sum(bool(session.id) and each.session == session.id for each in case.attendances)
    if listed and count.present is not None and session.present is None and listed != count.present:
        said.append(("present", f"签到表上签了 {listed} 人，计票单实到 {count.present} 人"))
    return tuple(said)


def uneven_presence(case: Case, session: Session, count: Count) -> tuple[str, ...]:
    """Return in words where the number of those present differs between the sign-in sheet and the tally."""
    return tuple(words for fact, words in uneven_numbers(case, session, count) if fact == "present")
