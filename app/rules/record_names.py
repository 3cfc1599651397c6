"""Names in sentences: a record's, links followed so that no id ever shows, and the first of many."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.case import Case
from app.domain.facts import Kind, Record, facts_of, join_names, show_value

_MOST = 3
"""So many names stand in a sentence; the list behind its door has them all."""
_LONGEST = 18
"""Characters of one name among several."""


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


def some_names(names: Iterable[str], unit: str = "", most: int = _MOST, longest: int = _LONGEST) -> str:
    """Return the first names, long ones cut; beyond them 等, with how many if a unit is given (等 14 家)."""
    known = list(names)
    shown = _first(known, most, longest)
    if len(known) <= most:
        return shown
    return f"{shown} 等 {len(known)} {unit}" if unit else f"{shown}等"


def lacking_of(names: Iterable[str], everyone: int, lack: str, unit: str = "家") -> str:
    """Return who of several lacks something: ``8 家中甲、乙 2 家没有公示``, ``40 家都没有公示（甲、乙、丙 等）``."""
    known = list(names)
    shown = _first(known, _MOST)
    if len(known) <= _MOST:
        return f"{everyone} {unit}中{shown} {len(known)} {unit}{lack}"
    of = f"{everyone} {unit}都" if len(known) == everyone else f"{everyone} {unit}中 {len(known)} {unit}"
    return f"{of}{lack}（{shown} 等）" if shown else f"{of}{lack}"


def _first(names: list[str], most: int, longest: int = _LONGEST) -> str:
    return join_names(
        name if len(name) <= longest or len(names) == 1 else f"{name[: longest - 1]}…"
        for name in names[:most]
    )
