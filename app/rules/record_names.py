"""A record's name in words, links followed, so that no id ever shows."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.facts import Kind, Record, facts_of, show_value


def name_of(case: Case, held: Record) -> str:
    """Return the title of a record, the linked record's title standing for a link."""
    facts = facts_of(type(held))
    parts = []
    for name in held.TITLE:
        fact, value = facts[name], getattr(held, name)
        if fact.kind is Kind.REF:
            target = case.find(fact.refers_to, value) if value else None
            parts.append(target.title if target is not None else "")
        else:
            parts.append(show_value(fact, value))
    return " ".join(part for part in parts if part) or held.LABEL
