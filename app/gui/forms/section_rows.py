"""The columns and rows in which a section lists its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.case import collections
from app.domain.facts import Fact, Kind, Record, facts_of
from app.figures.kept_counts import COLLECTIONS, fixed_facts
from app.forms.layout import Section
from app.gui.desk import Desk
from app.gui.forms.fact_cells import fits_a_cell
from app.gui.forms.locked_rows import lock_of
from app.gui.forms.naming import shown
from app.gui.widgets.record_table import ColumnView, RowView
from app.rules.findings import Grade, State

_EXTENTS = {Kind.DATE: 132, Kind.MOMENT: 176, Kind.INTEGER: 84, Kind.YES_NO: 60, Kind.DECIMAL: 110}
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
_STATES = {Grade.MUST: "must", Grade.EXPLAIN: "explain"}


def columns_of(section: Section, desk: Desk) -> list[ColumnView]:
    """The columns of a section; those that are filled in where they stand are boxes."""
    declared = facts_of(collections()[section.collection])
    return [
        _column(declared[name], first=at == 0, editable=name in section.cells and not desk.read_only)
        for at, name in enumerate(section.columns)
    ]


def states_of(section: Section, desk: Desk) -> dict[str, str]:
    """The shape of the hardest open finding of each record that has one."""
    states: dict[str, str] = {}
    for finding in reversed(desk.checkup.findings):
        if finding.state is State.OPEN and finding.grade in _STATES:
            for place in (finding.where, *finding.related):
                if place.collection == section.collection:
                    states[place.record_id] = _STATES[finding.grade]
    return states


def rows_of(
    section: Section, desk: Desk, records: Sequence[Record], states: Mapping[str, str]
) -> list[RowView]:
    """The records as rows, with their states before the first cell."""
    declared = facts_of(collections()[section.collection])
    said: dict[tuple[str, Any], str] = {}  # a survey has thousands of counts, of a few questions and groups

    def words(name: str, value: Any) -> str:
        found = said.get((name, value))
        if found is None:
            found = said[name, value] = shown(desk.case, declared[name], value)
        return found

    return [
        RowView(
            record.id,
            {name: words(name, getattr(record, name)) for name in section.columns},
            {section.columns[0]: states[record.id]} if record.id in states else {},
            locked=lock_of(desk.case, record) is not None,
        )
        for record in records
    ]


def _column(fact: Fact, *, first: bool, editable: bool = False) -> ColumnView:
    number = fact.kind in _NUMBERS
    extent = _EXTENTS.get(fact.kind, 0)
    if extent:
        extent = max(extent, 14 * len(fact.label) + 20)
    return ColumnView(
        key=fact.name,
        title=fact.label,
        extent=extent,
        kind="number" if number else "text",
        bold=first,
        editable=editable,
        share=1 if fact.kind is Kind.CHOICE else 2,
    )


def watched_by(section: Section, facts: Iterable[Fact]) -> frozenset[str]:
    """The collections a section is drawn from: its own, those it links to, and counts, which lock what they keep."""
    own = facts_of(collections()[section.collection]).values()
    watched = {section.collection, "cycle", *(fact.refers_to for fact in (*facts, *own))}
    return frozenset(watched | {"counts"} if section.collection in COLLECTIONS else watched)


def held_in_cell(section: Section, desk: Desk, row_id: str, key: str) -> tuple[str, Record, Fact] | None:
    """The fact a cell shows, with its collection and record; ``None`` if it is not filled in where it stands."""
    held = desk.case.find(section.collection, row_id)
    if held is None or key not in section.cells or desk.read_only or lock_of(desk.case, held):
        return None
    if key in fixed_facts(desk.case, section.collection, row_id):
        return None
    fact = facts_of(type(held))[key]
    return (section.collection, held, fact) if fits_a_cell(fact, getattr(held, key)) else None
