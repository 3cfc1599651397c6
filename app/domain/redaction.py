"""Taking out of a case what somebody may not see; the only way an exporter gets a case."""

from __future__ import annotations

import dataclasses
from typing import Any

from app.domain.case import Case, collections, is_single
from app.domain.evidence import Evidence
from app.domain.facts import Record, Sensitivity, facts_of

FOR_SUBMISSION = frozenset({Sensitivity.PUBLIC, Sensitivity.INTERNAL})
"""What the district union gets: neither 个人信息 nor 协商底线 (product.md §8)."""


def redact(case: Case, allowed: frozenset[Sensitivity]) -> Case:
    """Return the case with every fact emptied whose sensitivity is not in ``allowed``.

    A record whose own facts (links apart) are all withheld is left out as a whole, so that not even its
    existence tells anything. Of a paper marked as holding personal data only remains that it exists, so that a
    withheld proof is not taken for a missing one.
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
        kept["evidence"] = tuple(_withheld(paper) if paper.personal else paper for paper in case.evidence)
    return dataclasses.replace(case, **kept)


def _blank(held: Record, hidden: set[str]) -> Record:
    facts = facts_of(type(held))
    return held.replace(**{name: facts[name].empty for name in hidden}) if hidden else held


WITHHELD_TITLE = "含个人信息的材料，不随包报送"


def _withheld(paper: Evidence) -> Evidence:
    return Evidence(
        id=paper.id,
        code=paper.code,
        stage=paper.stage,
        paper=paper.paper,
        title_text=WITHHELD_TITLE,
        origin=paper.origin,
        proves=paper.proves,
        on_day=paper.on_day,
        personal=True,
    )
