"""Taking out of a case what somebody may not see; the only way an exporter gets a case."""

from __future__ import annotations

import dataclasses
from typing import Any

from app.domain.case import Case, collections, is_single
from app.domain.facts import Record, Sensitivity, facts_of

FOR_SUBMISSION = frozenset({Sensitivity.PUBLIC, Sensitivity.INTERNAL})
"""What the district union gets: neither 个人信息 nor 协商底线 (product.md §8)."""


def redact(case: Case, allowed: frozenset[Sensitivity]) -> Case:
    """Return the case with every fact emptied whose sensitivity is not in ``allowed``.

    A record whose own facts (links apart) are all withheld is left out as a whole, so that not even its
    existence tells anything; papers marked as holding personal data go with 个人信息.
    """
    kept: dict[str, Any] = {}
    for collection, record_class in collections().items():
        facts = facts_of(record_class)
        hidden = {name for name, fact in facts.items() if fact.sensitivity not in allowed}
        open_facts = [name for name, fact in facts.items() if name not in hidden and not fact.refers_to]
        if is_single(collection):
            kept[collection] = _blank(getattr(case, collection), hidden)
        elif hidden and not open_facts:
            kept[collection] = ()
        else:
            kept[collection] = tuple(_blank(held, hidden) for held in case.records(collection))
    if Sensitivity.PERSONAL not in allowed:
        kept["evidence"] = tuple(paper for paper in case.evidence if not paper.personal)
    return dataclasses.replace(case, **kept)


def _blank(held: Record, hidden: set[str]) -> Record:
    facts = facts_of(type(held))
    return held.replace(**{name: facts[name].empty for name in hidden}) if hidden else held
