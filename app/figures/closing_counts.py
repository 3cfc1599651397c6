"""When a count may be closed (F-56): numbers agree and two people counted the same, or a written reason rides along.

Whether a count is closed is therefore never read from its date alone: :func:`is_closed` asks again. What may not
happen to a closed one is in :mod:`app.figures.kept_counts`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.ballots import Counter, CountSheet, Mark, NamedVote
from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.representatives import Count
from app.figures.person_votes import (
    VOTES,
    PersonVotes,
    election_counted_by,
    is_by_person,
    person_votes,
    recalls_of,
)
from app.figures.tallies import COUNT_NAMES, close_count, gaps_of

COUNTED = ("issued", "unused", "returned", "valid", "invalid", *VOTES)
"""What each teller counts, by the names of the facts."""

_BALLOTS = ("issued", "returned", "valid", "invalid")


@dataclass(frozen=True, slots=True)
class Closing:
    """Whether a count may be closed.

    Attributes:
        lacking: names of numbers that are not written; no reason takes their place.
        differing: sentences, one for each place where numbers do not agree; a written reason may stand for them.
        forbidden: sentences; what no reason may stand for.
        reason: the reason that rides along.
    """

    lacking: tuple[str, ...]
    differing: tuple[str, ...]
    forbidden: tuple[str, ...]
    reason: str

    @property
    def allowed(self) -> bool:
        """True if nothing lacks and everything agrees or is explained."""
        return not self.lacking and not self.forbidden and (not self.differing or bool(self.reason))

    @property
    def said(self) -> tuple[str, ...]:
        """Why it may not be closed; empty if it may."""
        if self.allowed:
            return ()
        lacks = (f"没有写{join_names(self.lacking)}",) if self.lacking else ()
        return (*lacks, *self.forbidden, *(self.differing if not self.reason else ()))


def needed_of(case: Case, count: Count) -> tuple[str, ...]:
    """Facts without which a count says nothing; persons are voted on one by one, so their count has no sum.

    应到 decides and stays with the count: what the session says later changes no result.
    """
    return ("expected", "present", *_BALLOTS, *(() if is_by_person(case, count) else VOTES))


def may_close(case: Case, count: Count) -> Closing:
    """Return whether a count may be closed with what both tellers wrote down and who voted how by name.

    ``count`` need not be the one the case holds: it may be one that is about to be written.
    """
    persons = person_votes(case, count)
    needed = needed_of(case, count)
    lacking = tuple(COUNT_NAMES[name] for name in needed if getattr(count, name) is None)
    if count.expected == 0:
        lacking = (COUNT_NAMES["expected"], *lacking)
    differing = [each.words for each in (*close_count(count), *gaps_of(count))]
    if persons is not None:
        lacking += persons.lacking
        differing += persons.differing
    unknown = [COUNT_NAMES[name] for name in ("printed", "unused") if getattr(count, name) is None]
    if unknown:
        differing.append(f"没有写{join_names(unknown)}的张数")
    differing += _of_tellers(count, [each for each in case.count_sheets if each.count == count.id], persons)
    differing += _of_names(count, [each for each in case.named_votes if each.count == count.id])
    return Closing(lacking, tuple(differing), tuple(_forbidden(case, count)), count.note.strip())


def is_secret(count: Count) -> bool:
    """True if the way of voting says that nobody is to know who voted how."""
    return "无记名" in count.method or "不记名" in count.method


def tellers_of(case: Case, count: Count) -> tuple[str, ...]:
    """Return who counted: the names on the two sheets; those of a count without sheets stand on the count."""
    sheets = [sheet_of(case.count_sheets, count.id, counter) for counter in Counter]
    names = tuple(each.teller.strip() for each in sheets if each is not None and each.teller.strip())
    return names or count.tellers


def matter_of(case: Case, count: Count) -> tuple[str, ...] | None:
    """Return what a count decides; two closed counts of the same would contradict each other.

    A contract is voted on once at a session, an election and a recall are counted once. ``None``: it cannot be told.
    """
    recalls = recalls_of(case, count)
    if recalls:
        return ("recall", *sorted(each.id for each in recalls))
    election = election_counted_by(case, count)
    if election is not None:
        return ("election", election.id)
    session = case.find("sessions", count.session)
    if session is None:
        return None
    told = count.agreement or (session.agreement if not count.what.strip() else "")
    return ("session", session.id, told or f"：{count.what.strip()}")


def _forbidden(case: Case, count: Count) -> list[str]:
    found = []
    if is_secret(count) and any(each.count == count.id for each in case.named_votes):
        found.append("表决方式是无记名，却登记了谁投的什么票")
    if count.closed_on is not None and count.counted_on is not None and count.closed_on < count.counted_on:
        found.append("计票结束日期比计票日期还早")
    matter = matter_of(case, count)
    if matter is not None:
        for each in case.counts:
            if each.id == count.id:
                break
            if each.closed_on is not None and matter_of(case, each) == matter:
                found.append(f"同一件事已经有一份结束了的计票“{each.title}”")
                break
    return found


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
    """Return the facts of which two tellers have other numbers; what one of them has not written is none yet."""
    return tuple(
        name
        for name in COUNTED
        if None not in (mine := getattr(one, name), its := getattr(other, name)) and mine != its
    )


def agreed_numbers(case: Case, count: Count) -> dict[str, int] | None:
    """Return the numbers of a count both tellers agree on; ``None`` while one lacks or differs.

    The sums of votes for persons are the tellers' own check and stand on no count.
    """
    first, second = (sheet_of(case.count_sheets, count.id, counter) for counter in Counter)
    if first is None or second is None or lacks_of(first) or lacks_of(second) or differences(first, second):
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
        if (first.unused is None) != (second.unused is None):
            found.append("两人里有一人没有写余票")
    return found + _of_names_of_tellers(count, sheets)


def _of_names_of_tellers(count: Count, sheets: Sequence[CountSheet]) -> list[str]:
    """Two counts are independent only if two people made them, and can be asked. Nobody's name is told here."""
    own = [sheet_of(sheets, count.id, counter) for counter in Counter]
    if any(each is None for each in own):
        return []
    names = [_plain(each.teller) for each in own if each is not None]
    found = [f"{counter.label}没有写名字" for counter, name in zip(Counter, names, strict=True) if not name]
    if not found and names[0] == names[1]:
        found.append("两份计票记录写的是同一个人，要两个人各数一遍")
    if not found and count.tellers and {_plain(each) for each in count.tellers} != set(names):
        found.append("计票单上的计票人和两份计票记录上的不一样")
    return found


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


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
