"""What may not happen to a closed count (F-56): whatever a paper tells of it stays until it is opened with a reason.

The writer of the library asks :func:`refusal_of` before every commit, so neither a field nor a loaded file nor taking
back a step leads to a closed count that is wrong or that says something else than it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.domain.ballots import CountSheet, NamedVote
from app.domain.case import Case
from app.domain.facts import Record, facts_of
from app.domain.representatives import Count
from app.errors import UserError
from app.figures.closing_counts import is_secret, may_close
from app.figures.person_votes import VOTES, election_counted_by, person_votes, persons_of, recalls_of

CHANGED_WHILE_CLOSED = "K-111"
DOES_NOT_CLOSE = "K-112"
REOPENED_WITHOUT_REASON = "K-113"
NAMED_IN_SECRET_VOTE = "K-114"

FIXED = tuple(facts_of(Count))
"""Facts of a count that stay as they are while it is closed: all of them."""

STOOD_ON = ("congress", "agreements", "sessions")
"""Collections a closed count stands on; without a count nothing of theirs is kept."""

COLLECTIONS = (
    *STOOD_ON,
    "counts",
    "count_sheets",
    "named_votes",
    "elections",
    "candidates",
    "representatives",
    "replacements",
)
"""The collections closing is about."""


def counted_of(case: Case) -> Case:
    """Return the part of a case that closing is about."""
    return counted_from(case.records)


def counted_from(records: Callable[[str], Iterable[Record]]) -> Case:
    """Return the part of a case that closing is about, read from wherever it lies."""
    parts: dict[str, Any] = {name: tuple(records(name)) for name in COLLECTIONS}
    congress = parts.pop("congress")
    return Case(**parts, **({"congress": congress[0]} if congress else {}))


def refusal_of(before: Case, after: Case, *, taking_back: bool = False) -> UserError | None:
    """Return why a case may not go from one state to the other; ``None`` if it may.

    A closed count keeps its numbers, its reason, the votes for persons and what the tellers wrote; it is opened
    again with a reason first. Taking back the step that closed it needs none: the journal tells of it.
    """
    held = {each.id: each for each in after.counts}
    known: dict[str, tuple[str, ...]] = {}
    for old in before.counts:
        if old.closed_on is None:
            continue
        new = held.get(old.id)
        if new is None:
            return _fixed(old, "不能移除")
        if new.closed_on is None:
            told = new.reopened_because.strip()
            if not taking_back and (not told or new.reopened_because == old.reopened_because):
                return UserError(
                    f"“{old.title}”要写清为什么，才能重新打开。",
                    "案卷没有变，计票仍然是结束了的。",
                    "写一句重新打开的原因，例如：票箱里又找到 1 张。",
                    code=REOPENED_WITHOUT_REASON,
                )
            continue
        changed = _changed(before, after, old, new)
        if changed:
            return _fixed(old, changed)
        known[old.id] = may_close(before, old).said
    for new in after.counts:
        if new.closed_on is not None:
            said = may_close(after, new).said
            if said and said != known.get(new.id):
                return does_not_close(new, said)
        if _is_told_on(after, new) and not any(
            _is_told_on(before, each) for each in before.counts if each.id == new.id
        ):
            return UserError(
                f"“{new.title}”的表决方式是无记名，不能登记谁投的什么票。",
                "这一张没有记下，其他的都在。",
                "用“逐张录入”只记票数；确实是记名表决的，先把表决方式改成记名投票。",
                code=NAMED_IN_SECRET_VOTE,
            )
    return None


def does_not_close(count: Count, said: Sequence[str]) -> UserError:
    """The refusal to close, with the first three reasons."""
    more = f"等 {len(said)} 处" if len(said) > 3 else ""
    return UserError(
        f"“{count.title}”还不能结束：{'；'.join(said[:3])}{more}。",
        "已经写下的都在，可以接着写。",
        "照票重新数一遍；确实对不上的，在“数字不齐的说明”里写一句为什么，它会印进计票单、决议和情况说明。",
        code=DOES_NOT_CLOSE,
    )


_KEPT = {
    "sessions": ("name", "held_on", "purpose", "agreement"),
    "agreements": ("kind", "name"),
    "elections": ("side", "way", "seats", "session"),
    "candidates": ("election", "name", "written_in", *VOTES),
    "replacements": ("side", "leaving", "recall_count"),
}
"""Facts of other records that a closed count stands on."""


def fixed_facts(case: Case, collection: str, record_id: str) -> frozenset[str]:
    """Return the facts of a record that a closed count keeps as they are; a field shows them without taking words."""
    if collection == "counts":
        count = case.find("counts", record_id)
        return frozenset(FIXED) if count is not None and count.closed_on is not None else frozenset()
    held = case.find(collection, record_id)
    if held is None or collection not in _KEPT:
        return frozenset()
    closed = [each for each in case.counts if each.closed_on is not None]
    if not any(record_id in _stands_on(case, each, collection) for each in closed):
        return frozenset()
    return frozenset(name for name in _KEPT[collection] if getattr(held, name) not in (None, ""))


def _stands_on(case: Case, count: Count, collection: str) -> set[str]:
    if collection == "sessions":
        return {count.session}
    if collection == "agreements":
        session = case.find("sessions", count.session)
        return {count.agreement or (session.agreement if session is not None else "")}
    if collection == "replacements":
        return {each.id for each in recalls_of(case, count)}
    election = election_counted_by(case, count)
    if election is None:
        return set()
    return {election.id} if collection == "elections" else {each.id for each in persons_of(case, election)}


def _changed(before: Case, after: Case, old: Count, new: Count) -> str:
    """Say what was changed that the count tells or stands on; empty if nothing was."""
    if _other(_session(before, old), _session(after, old)):
        return "所属会议的名称、议题、合同和日期不能改，会议也不能移除"
    if _other(_contract(before, old), _contract(after, old)):
        return "所表决的合同不能换，也不能移除"
    if any(getattr(old, name) != getattr(new, name) for name in FIXED):
        return "计票单上的内容不能改"
    if _own(before, old) != _own(after, old):
        return "两人的计票记录和逐人登记的意见不能改"
    if _whose(before, old) != _whose(after, new):
        return "是哪次推选、罢免谁不能改"
    if _votes(before, old) != _votes(after, new):
        return "名额和各候选人的姓名、得票不能改"
    if _other((before.congress.body,), (after.congress.body,)):
        return "职代会的形式不能改"
    return ""


def _other(old: tuple[object, ...], new: tuple[object, ...]) -> bool:
    """Whether something that was written is another now; what was left open may be filled in."""
    return len(old) != len(new) or any(
        mine not in (None, "", its) for mine, its in zip(old, new, strict=True)
    )


def _session(case: Case, count: Count) -> tuple[object, ...]:
    held = case.find("sessions", count.session)
    # What it is for and about decides even while it is open, so it comes with its name: open is a value, too.
    return () if held is None else (held.name, held.held_on, f"{held.purpose}/{held.agreement}")


def _contract(case: Case, count: Count) -> tuple[object, ...]:
    session = case.find("sessions", count.session)
    held = case.find("agreements", count.agreement or (session.agreement if session is not None else ""))
    return () if held is None else (held.id, held.kind, held.name)


def _whose(case: Case, count: Count) -> tuple[object, ...]:
    election = election_counted_by(case, count)
    own = () if election is None else (election.id, election.side, election.way, election.session)
    return (*own, frozenset((each.id, each.side, each.leaving) for each in recalls_of(case, count)))


def _is_told_on(case: Case, count: Count) -> bool:
    return is_secret(count) and any(each.count == count.id for each in case.named_votes)


def _own(case: Case, count: Count) -> set[CountSheet | NamedVote]:
    own: set[CountSheet | NamedVote] = {each for each in case.count_sheets if each.count == count.id}
    return own | {each for each in case.named_votes if each.count == count.id}


def _votes(case: Case, count: Count) -> tuple[object, ...]:
    persons = person_votes(case, count)
    return () if persons is None else (persons.seats, persons.votes)


def _fixed(count: Count, what: str) -> UserError:
    return UserError(
        f"“{count.title}”的计票已经结束，{what}。",
        "案卷没有变。",
        "确实要改，先按“重新打开计票”，写一句原因。",
        code=CHANGED_WHILE_CLOSED,
    )
