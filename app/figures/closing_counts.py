"""When a count may be closed, and what may not happen to one that is (F-56).

A count is closed only while its numbers agree and both tellers counted the same, or while a written reason rides
along. Whether it is closed is therefore never read from its date alone: :func:`is_closed` asks again. The writer of
the library asks :func:`refusal_of` before every commit, so neither a field nor a loaded file nor taking back a step
leads to a closed count that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.ballots import Counter, CountSheet, Mark, NamedVote
from app.domain.case import Case
from app.domain.facts import Record, join_names
from app.domain.representatives import Count
from app.errors import UserError
from app.figures.person_votes import VOTES, PersonVotes, is_by_person, person_votes
from app.figures.tallies import COUNT_NAMES, close_count, gaps_of

COUNTED = ("issued", "unused", "returned", "valid", "invalid", *VOTES)
"""What each teller counts, by the names of the facts."""

FIXED = ("expected", "present", "printed", *COUNTED, "note", "election", "closed_on")
"""Facts of a count that stay as they are while it is closed."""

CHANGED_WHILE_CLOSED = "K-102"
DOES_NOT_CLOSE = "K-103"
REOPENED_WITHOUT_REASON = "K-104"


@dataclass(frozen=True, slots=True)
class Closing:
    """Whether a count may be closed.

    Attributes:
        lacking: names of numbers that are not written; no reason takes their place.
        differing: sentences, one for each place where numbers do not agree; a written reason may stand for them.
        reason: the reason that rides along.
    """

    lacking: tuple[str, ...]
    differing: tuple[str, ...]
    reason: str

    @property
    def allowed(self) -> bool:
        """True if nothing lacks and everything agrees or is explained."""
        return not self.lacking and (not self.differing or bool(self.reason))

    @property
    def said(self) -> tuple[str, ...]:
        """Why it may not be closed; empty if it may."""
        if self.allowed:
            return ()
        lacks = (f"没有写{join_names(self.lacking)}",) if self.lacking else ()
        return (*lacks, *(self.differing if not self.reason else ()))


def needed_of(case: Case, count: Count) -> tuple[str, ...]:
    """Facts without which a count says nothing; persons are voted on one by one, so their count has no sum."""
    return ("issued", "returned", "valid", "invalid", *(() if is_by_person(case, count) else VOTES))


def may_close(case: Case, count: Count) -> Closing:
    """Return whether a count may be closed with what both tellers wrote down and who voted how by name.

    ``count`` need not be the one the case holds: it may be one that is about to be written.
    """
    persons = person_votes(case, count)
    lacking = tuple(COUNT_NAMES[name] for name in needed_of(case, count) if getattr(count, name) is None)
    differing = [each.words for each in (*close_count(count), *gaps_of(count))]
    if persons is not None:
        lacking += persons.lacking
        differing += persons.differing
    unknown = [COUNT_NAMES[name] for name in ("printed", "unused") if getattr(count, name) is None]
    if unknown:
        differing.append(f"没有写{join_names(unknown)}的张数")
    differing += _of_tellers(count, [each for each in case.count_sheets if each.count == count.id], persons)
    differing += _of_names(count, [each for each in case.named_votes if each.count == count.id])
    return Closing(lacking, tuple(differing), count.note.strip())


def is_closed(case: Case, count: Count) -> bool:
    """True if the count was closed and still may be: a date that somebody wrote by other ways closes nothing."""
    return count.closed_on is not None and may_close(case, count).allowed


def votes_by_name(named: Iterable[NamedVote], count_id: str) -> dict[str, int]:
    """Return how many voted how, by the names of the facts of a count."""
    marks = [each.vote for each in named if each.count == count_id]
    return {mark.value: marks.count(mark) for mark in Mark}


def sheet_of(sheets: Iterable[CountSheet], count_id: str, counter: Counter) -> CountSheet | None:
    """Return what one of the two tellers wrote down."""
    return next((each for each in sheets if (each.count, each.counter) == (count_id, counter)), None)


def lacks_of(sheet: CountSheet) -> tuple[str, ...]:
    """Return the names of what a teller has not written yet; of votes for persons it is the sums that are wanted."""
    needed = ("issued", "returned", "valid", "invalid", *VOTES)
    return tuple(COUNT_NAMES[name] for name in needed if getattr(sheet, name) is None)


def differences(one: CountSheet, other: CountSheet) -> tuple[str, ...]:
    """Return the facts of which two tellers have other numbers."""
    return tuple(name for name in COUNTED if getattr(one, name) != getattr(other, name))


def agreed_numbers(case: Case, count: Count) -> dict[str, int] | None:
    """Return the numbers of a count both tellers agree on; ``None`` while one lacks or differs.

    The sums of votes for persons are the tellers' own check and stand on no count.
    """
    first, second = (sheet_of(case.count_sheets, count.id, counter) for counter in Counter)
    if first is None or second is None or differences(first, second) or lacks_of(first):
        return None
    own = COUNTED[: -len(VOTES)] if is_by_person(case, count) else COUNTED
    return {name: value for name in own if (value := getattr(first, name)) is not None}


def _of_tellers(count: Count, sheets: Sequence[CountSheet], persons: PersonVotes | None) -> list[str]:
    found = []
    missing = [counter.label for counter in Counter if sheet_of(sheets, count.id, counter) is None]
    if len(missing) == len(Counter):
        return ["没有两个人分别计票的记录"]
    if missing:
        found.append(f"{missing[0]}还没有计票")
    if len(sheets) + len(missing) > len(Counter):
        found.append(f"计票记录有 {len(sheets)} 份，应当两人各一份")
    for each in sheets:
        who = each.counter.label if each.counter is not None else "一份计票记录"
        lacks = lacks_of(each)
        if lacks:
            found.append(f"{who}没有写{join_names(lacks)}")
        for name in COUNTED:
            summed = persons is not None and name in VOTES
            own = getattr(each, name)
            held = persons.sums[name] if persons is not None and summed else getattr(count, name)
            if own is not None and held is not None and own != held:
                whole = "各候选人合计" if summed else "计票单上"
                found.append(f"{who}数的{COUNT_NAMES[name]}是 {own}，{whole}是 {held}")
    first, second = (sheet_of(sheets, count.id, counter) for counter in Counter)
    if first is not None and second is not None:
        other = [COUNT_NAMES[name] for name in differences(first, second)]
        if other:
            found.append(f"两人数的{join_names(other)}不一样")
    return found


def _of_names(count: Count, named: Sequence[NamedVote]) -> list[str]:
    """Votes called by name are one each, of a delegate that is known, and as many as the count says."""
    if not named:
        return []
    found = []
    delegates = [each.delegate for each in named]
    if len(set(delegates)) < len(delegates) or "" in delegates:
        found.append("记名表决里有人登记了两次，或者没有写是谁")
    for name, number in votes_by_name(named, count.id).items():
        held = getattr(count, name)
        if held is not None and held != number:
            found.append(f"逐人登记的{COUNT_NAMES[name]}是 {number}，计票单上是 {held}")
    return found


COLLECTIONS = (
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
    return Case(**parts)


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
        if any(getattr(old, name) != getattr(new, name) for name in FIXED):
            return _fixed(old, "数字和说明不能改")
        if _own(before, old) != _own(after, old):
            return _fixed(old, "两人的计票记录和逐人登记的意见不能改")
        if _votes(before, old) != _votes(after, new):
            return _fixed(old, "名额和各候选人的得票不能改")
        known[old.id] = may_close(before, old).said
    for new in after.counts:
        if new.closed_on is not None:
            said = may_close(after, new).said
            if said and said != known.get(new.id):
                return does_not_close(new, said)
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
