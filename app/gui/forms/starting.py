"""What a new record starts with, besides what its section presets."""

from __future__ import annotations

from typing import Any

from app.domain.case import Case, collections
from app.domain.facts import Kind, facts_of
from app.domain.union import Side
from app.figures.person_votes import elections_of
from app.forms.layout import Section
from app.usecases.person_counts import starting_election_count


def wanted_first(case: Case, section: Section) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What must be there before a record of the section: a count of persons is the count of an election."""
    if section.collection == "counts" and "agreement" in section.preset and not elections_of(case):
        return (("elections", {"side": Side.WORKER}),)
    return ()


def starting_values(case: Case, section: Section) -> dict[str, Any]:
    """The section's presets and links, whom it goes to; where the first fact is a link, the one thing it can lead to.

    A record whose declaration begins with a link belongs to what it links to (an item to its offer, a clause
    to its agreement). With one such thing there is no choice; with several, that of the record added last.
    """
    started = dict(section.preset)
    declared = facts_of(collections()[section.collection])
    for name in section.links:
        led_to = case.records(declared[name].refers_to)
        if len(led_to) == 1:
            started.setdefault(name, led_to[0].id)
    if section.collection == "offers":
        from app.documents.letters.parties import party_name  # it brings the papers, which 首页 does without

        started["addressee"] = party_name(case, Side.EMPLOYER)
    if section.collection == "counts" and "agreement" in section.preset:
        started |= starting_election_count(case)
    first = next(iter(declared.values()), None)
    if first is None or first.kind is not Kind.REF or first.name in started:
        return started
    targets = case.records(first.refers_to)
    mine = [held for held in case.records(section.collection) if section.holds(held)]
    if len(targets) == 1:
        started[first.name] = targets[0].id
    elif mine and getattr(mine[-1], first.name) and case.find(first.refers_to, getattr(mine[-1], first.name)):
        started[first.name] = getattr(mine[-1], first.name)
    return started
