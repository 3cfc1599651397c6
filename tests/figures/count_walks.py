"""Random walks of people who count ballots: what they write, and a second opinion on whether a closed count is right."""

from __future__ import annotations

import dataclasses
from datetime import date
from random import Random
from typing import Any

from app.domain.ballots import Counter, CountSheet, Mark, NamedVote
from app.domain.case import Case
from app.domain.facts import Record
from app.domain.representatives import Candidate, Count, Election
from app.domain.union import Side

CLOSED_ON = date(2026, 4, 29)
_SHEET = ("issued", "unused", "returned", "valid", "invalid", "in_favour", "against", "abstained")
_COUNT = ("expected", "present", "printed", *_SHEET)
_VOTES = ("in_favour", "against", "abstained")
SEATS = 2
TELLERS = {Counter.FIRST: "甲", Counter.SECOND: "乙"}


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
    if random.random() < 0.4:
        case = by_person(random, numbers)
        for _ in range(random.choice((0, 0, 1, 2))):
            case = written(case, *any_edit(random, case))
        if closed:
            case = dataclasses.replace(
                case, counts=tuple(c.replace(closed_on=CLOSED_ON) for c in case.counts)
            )
        return case
    sheets = []
    for counter in Counter:
        if random.random() < 0.9:
            own = {name: numbers[name] for name in _SHEET}
            sheets.append(
                CountSheet(
                    id=f"s-{counter.value}", count="c", counter=counter, teller=TELLERS[counter], **own
                )
            )
    case = Case(
        counts=(Count(id="c", **numbers, closed_on=CLOSED_ON if closed else None),),
        count_sheets=tuple(sheets),
    )
    for _ in range(random.choice((0, 0, 1, 2))):
        case = written(case, *any_edit(random, case))
    if closed:
        case = dataclasses.replace(case, counts=tuple(c.replace(closed_on=CLOSED_ON) for c in case.counts))
    return case


def by_person(random: Random, numbers: dict[str, Any]) -> Case:
    """An election of two out of three, every number right."""
    valid = numbers["valid"]
    people = []
    for key in range(3):
        against = random.randrange(valid + 1)
        abstained = valid - against if key == 2 else random.randrange(valid - against + 1)
        votes = {"in_favour": valid - against - abstained, "against": against, "abstained": abstained}
        people.append(Candidate(id=f"p{key}", election="e", name=f"候选{key}", **votes))
    sums = {name: sum(getattr(each, name) for each in people) for name in _VOTES}
    own = {name: numbers[name] for name in _SHEET} | sums
    return Case(
        elections=(Election(id="e", side=Side.WORKER, seats=SEATS),),
        candidates=tuple(people),
        counts=(Count(id="c", election="e", **{**numbers, **dict.fromkeys(_VOTES)}),),
        count_sheets=tuple(
            CountSheet(id=f"s-{c.value}", count="c", counter=c, teller=TELLERS[c], **own) for c in Counter
        ),
    )


def _edit_of_persons(random: Random, case: Case) -> tuple[str, Record | None, str]:
    """Another number of votes, another number of seats, somebody written in, taken off, or moved away."""
    way = random.randrange(6)
    person = (
        random.choice(case.candidates) if case.candidates else Candidate(id="p9", election="e", name="另")
    )
    election = case.elections[0] if case.elections else Election(id="e", side=Side.WORKER)
    if way < 2:
        return (
            "candidates",
            person.replace(**{random.choice(_VOTES): random.choice((None, *range(9)))}),
            person.id,
        )
    if way == 2:
        return "elections", election.replace(seats=random.choice((None, 1, SEATS, 3))), election.id
    if way == 3:
        new = Candidate(id="p9", election="e", name="另", written_in=True, in_favour=random.randrange(4))
        return "candidates", new, new.id
    if way == 4:
        return "candidates", None, person.id
    return "candidates", person.replace(election=random.choice(("e", "f"))), person.id


def any_edit(random: Random, case: Case) -> tuple[str, Record | None, str]:
    """Something somebody writes or removes: (collection, the record as it then is, its id)."""
    if case.elections and random.random() < 0.25:
        return _edit_of_persons(random, case)
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
        made = CountSheet(id=key, count="c", counter=counter, teller=TELLERS[counter], **own)
        return "count_sheets", made, key
    old = case.find("count_sheets", key) or CountSheet(id=key, count="c", counter=counter)
    if random.random() < 0.3:
        return "count_sheets", old.replace(teller=random.choice(("", " ", "甲", "乙", "甲 ", "丙"))), key
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
        votes = [getattr(c, name) for name in _VOTES]
        people = [p for p in case.candidates if p.election in (c.election, "")]
        marked = any(getattr(p, name) is not None for p in people for name in _VOTES)
        persons = any(e.id == c.election for e in case.elections) and (votes == [None] * 3 or marked)
        people = people if persons else []
        marks = [getattr(p, name) for p in people for name in _VOTES[: 1 if p.written_in else 3]]
        ballots = (c.expected or None, c.present, c.issued, c.returned, c.valid, c.invalid)
        if None in ballots or None in (marks if persons else votes) or (persons and not people):
            found.append("a number lacks")
            continue
        if c.note.strip():
            continue
        own = [s for s in case.count_sheets if s.count == c.id]
        told = [tuple(getattr(s, name) for name in _SHEET) for s in own]
        if persons:
            votes = [sum(getattr(p, name) or 0 for p in people) for name in _VOTES]
        named = [v for v in case.named_votes if v.count == c.id]
        tally = [sum(v.vote is mark for v in named) for mark in Mark]
        checks = {
            "printed": None not in (c.printed, c.unused) and c.printed == c.issued + c.unused,
            "issued": c.issued == c.returned,
            "present": c.present == c.issued,
            "expected": c.present <= c.expected,
            "returned": c.returned == c.valid + c.invalid,
            "two tellers": sorted(str(s.counter) for s in own) == ["first", "second"],
            "two people": len({s.teller.strip() for s in own} - {""}) == 2,
            "same": len(set(told)) == 1 and told[0] == (*(getattr(c, name) for name in _SHEET[:5]), *votes),
            "once": len({v.delegate for v in named}) == len(named) and all(v.delegate for v in named),
        }
        if persons:
            checks |= {
                "one sum": all(getattr(c, name) is None for name in _VOTES),
                "each": all(
                    p.in_favour + (p.against or 0) + (p.abstained or 0) <= c.valid
                    and (p.written_in or p.in_favour + p.against + p.abstained == c.valid)
                    for p in people
                ),
                "seats": all(
                    e.seats is not None and votes[0] <= e.seats * c.valid
                    for e in case.elections
                    if e.id == c.election
                ),
                "by name": not named or tally[3] == c.invalid,
            }
        else:
            checks |= {
                "valid": c.valid == sum(votes),
                "by name": not named or tally == [*votes, c.invalid],
            }
        found += [name for name, holds in checks.items() if not holds]
    return found
