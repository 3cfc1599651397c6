"""Close a count, or open it again (F-56): numbers agree and both tellers counted the same, or a reason rides along."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.facts import Record
from app.domain.representatives import Count
from app.figures.closing_counts import COUNTED, Closing, agreed_numbers, may_close, tellers_of
from app.figures.kept_counts import counted_of, does_not_close, refusal_of
from app.storage.library import Library
from app.usecases.program import Program


def with_agreed(case: Case, count: Count) -> Count:
    """Return the count with the numbers both tellers agree on; as it is while they do not."""
    return count.replace(**(agreed_numbers(case, count) or {}))


def closing_of(case: Case, count: Count) -> Closing:
    """Return whether a count may be closed.

    What nobody wrote on it yet is taken from what both tellers agree on, and who was there from the session.
    """
    return may_close(case, _filled(case, count))


def close_count(program: Program, library: Library, case_id: str, count_id: str, *, actor: str) -> Count:
    """Close a count today. From then on its numbers stay as they are until it is opened again.

    Raises:
        UserError: a number lacks, or numbers do not agree and no reason is written; the first three are named.
    """
    case = library.read_case(case_id)
    count: Count = case.find("counts", count_id)
    closing = closing_of(case, count)
    if not closing.allowed:
        raise does_not_close(count, closing.said)
    today = program.clock.today()
    session = case.find("sessions", count.session)
    counted_on = count.counted_on or (session.held_on if session is not None else None) or today
    closed = _filled(case, count).replace(counted_on=counted_on, closed_on=today, reopened_because="")
    with library.write(actor) as unit:
        action = "结束计票（数字不齐，写了说明）" if closing.differing else "结束计票"
        unit.put(case_id, "counts", closed, action=action)
        unit.commit()
    return closed


def reopen_count(library: Library, case_id: str, count_id: str, reason: str, *, actor: str) -> Count:
    """Open a closed count again, to correct it; the reason stands in the journal and on the count.

    Raises:
        UserError: no reason is written.
    """
    case = library.read_case(case_id)
    count: Count = case.find("counts", count_id)
    if count.closed_on is None:
        return count
    opened = count.replace(closed_on=None, reopened_because=reason.strip())
    with library.write(actor) as unit:
        unit.put(case_id, "counts", opened, action="重新打开计票")
        unit.commit()
    return opened


def explained_counts(case: Case) -> tuple[str, ...]:
    """Return one sentence for each count that was closed with a written reason; they stand on the package's cover."""
    found = []
    for count in case.counts:
        closing = may_close(case, count)
        if count.closed_on is not None and closing.differing and closing.allowed:
            said = "；".join(closing.differing[:3])
            found.append(f"{count.title}，计票数字不齐：{said}。说明：{closing.reason.rstrip('。')}。")
    return tuple(found)


def refuse_if_closed(case: Case, collection: str, before: Record | None, held: Record | None) -> None:
    """Refuse a change of the case that a closed count forbids; the window asks before it shows the change.

    Raises:
        UserError: the change touches what a closed count keeps.
    """
    if held is not None:
        wanted = case.with_record(collection, held)
    elif before is not None:
        wanted = case.without(collection, before.id)
    else:
        return
    refusal = refusal_of(counted_of(case), counted_of(wanted))
    if refusal is not None:
        raise refusal


def _filled(case: Case, count: Count) -> Count:
    """What nobody wrote on the count yet, from the session and from the tellers; who they are is told by them."""
    if count.closed_on is not None:
        return count
    session = case.find("sessions", count.session)
    known: dict[str, int | None] = dict(agreed_numbers(case, count) or {})
    if session is not None:
        known |= {"expected": session.expected, "present": session.present}
    empty = ("expected", "present", *COUNTED)
    filled = {name: known[name] for name in empty if name in known and getattr(count, name) is None}
    return count.replace(**filled, tellers=tellers_of(case, count))
