"""Random walks of people who count ballots: what they write, and a second opinion on whether a closed count is right."""

from __future__ import annotations

import dataclasses
from datetime import date
from random import Random
from typing import Any

from app.domain.ballots import Counter, CountSheet, Mark, NamedVote
from app.domain.case import Case
from app.domain.facts import Record
from app.domain.representatives import Count

CLOSED_ON = date(2026, 4, 29)
_SHEET = ("issued", "unused", "returned", "valid", "invalid", "in_favour", "against", "abstained")
_COUNT = ("expected", "present", "printed", *_SHEET)


def proper_numbers(random: Random, most: int = 12) -> dict[str, int]:
    """Numbers that agree."""
    votes = [random.randrange(most) for _ in range(3)]
    valid, invalid, unused = sum(votes), random.randrange(3), random.randrange(4)
    returned = valid + invalid
    return {
        "expected": returned,
        "present": returned,
        "printed": returned + unused,
        "issued": returned,
        "unused": unused,
        "returned": returned,
        "valid": valid,
        "invalid": invalid,
        "in_favour": votes[0],
        "against": votes[1],
        "abstained": votes[2],
    }


def counted_case(random: Random, *, closed: bool) -> Case:
    """A case as somebody could write it into a file by hand: often right, often wrong in a place or two."""
    numbers: dict[str, Any] = proper_numbers(random)
    sheets = []
    for counter in Counter:
        if random.random() < 0.9:
            own = {name: numbers[name] for name in _SHEET}
            sheets.append(CountSheet(id=f"s-{counter.value}", count="c", counter=counter, **own))
    case = Case(
        counts=(Count(id="c", **numbers, closed_on=CLOSED_ON if closed else None),),
        count_sheets=tuple(sheets),
    )
    for _ in range(random.choice((0, 0, 1, 2))):
        case = written(case, *any_edit(random, case))
    if closed:
        case = dataclasses.replace(case, counts=tuple(c.replace(closed_on=CLOSED_ON) for c in case.counts))
    return case


def any_edit(random: Random, case: Case) -> tuple[str, Record | None, str]:
    """Something somebody writes or removes: (collection, the record as it then is, its id)."""
    kind = random.randrange(10)
    count = case.counts[0] if case.counts else Count(id="c")
    if kind < 3:
        value = random.choice((None, *range(14)))
        return "counts", count.replace(**{random.choice(_COUNT): value}), count.id
    if kind == 3:
        proper: dict[str, Any] = proper_numbers(random)
        return "counts", count.replace(**proper), count.id
    if kind == 4:
        return "counts", count.replace(note=random.choice(("", "   ", "1 人离场，没有投"))), count.id
    if kind == 5:
        day = random.choice((None, CLOSED_ON))
        return (
            "counts",
            count.replace(closed_on=day, reopened_because=random.choice(("", "找到 1 张"))),
            count.id,
        )
    if kind == 6 and case.named_votes and random.random() < 0.5:
        return "named_votes", None, case.named_votes[0].id
    if kind == 6:
        key = f"n{random.randrange(3)}"
        vote = NamedVote(
            id=key, count="c", delegate=random.choice(("", "d1", "d2")), vote=random.choice(list(Mark))
        )
        return ("named_votes", vote, key) if random.random() < 0.3 else ("counts", count, count.id)
    if kind == 7 and case.count_sheets and random.random() < 0.4:
        return "count_sheets", None, random.choice(case.count_sheets).id
    counter = random.choice(list(Counter))
    key = f"s-{counter.value}"
    if kind == 8:
        own = {name: getattr(count, name) for name in _SHEET}
        return "count_sheets", CountSheet(id=key, count="c", counter=counter, **own), key
    old = case.find("count_sheets", key) or CountSheet(id=key, count="c", counter=counter)
    return "count_sheets", old.replace(**{random.choice(_SHEET): random.choice((None, *range(14)))}), key


def written(case: Case, collection: str, held: Record | None, record_id: str) -> Case:
    """The case with an edit."""
    return case.without(collection, record_id) if held is None else case.with_record(collection, held)


def wrong_closed_counts(case: Case) -> list[str]:
    """Say what is wrong with closed counts, in other words than the program: plain sums, no shared code."""
    found = []
    for c in case.counts:
        if c.closed_on is None:
            continue
        if None in (c.issued, c.returned, c.valid, c.invalid, c.in_favour, c.against, c.abstained):
            found.append("a number lacks")
            continue
        if c.note.strip():
            continue
        own = [s for s in case.count_sheets if s.count == c.id]
        told = [tuple(getattr(s, name) for name in _SHEET) for s in own]
        named = [v for v in case.named_votes if v.count == c.id]
        tally = [sum(v.vote is mark for v in named) for mark in Mark]
        checks = {
            "printed": None not in (c.printed, c.unused) and c.printed == c.issued + c.unused,
            "issued": c.issued == c.returned,
            "present": c.present is None or c.present == c.issued,
            "expected": None in (c.present, c.expected) or c.present <= c.expected,
            "returned": c.returned == c.valid + c.invalid,
            "valid": c.valid == c.in_favour + c.against + c.abstained,
            "two tellers": sorted(str(s.counter) for s in own) == ["first", "second"],
            "same": len(set(told)) == 1 and told[0] == tuple(getattr(c, name) for name in _SHEET),
            "by name": not named or tally == [c.in_favour, c.against, c.abstained, c.invalid],
            "once": len({v.delegate for v in named}) == len(named) and all(v.delegate for v in named),
        }
        found += [name for name, holds in checks.items() if not holds]
    return found
