"""How pages are declared: a page is a row of steps, a step a column of sections, a section one collection.

A section shows every fact of its collection unless ``leave_out`` names some (because the section presets them or
because they are made by the program); so each fact has its place as soon as it is declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from app.domain.case import collections
from app.domain.facts import Fact, facts_of
from app.domain.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One sheet on a page.

    Attributes:
        collection: which records.
        title: heading of the sheet.
        add: words of the button that adds a record (empty for the single records).
        columns: facts shown in the list of records.
        preset: facts a new record starts with; only records that have them are listed here.
        leave_out: facts that have no editor here.
        only_for: forms of bargaining (``single``, ``area``, ``industry``) for which the section is shown;
            empty means all.
        hint: one line on what the section is for, shown while the list is empty.
    """

    collection: str
    title: str
    add: str = ""
    columns: tuple[str, ...] = ()
    preset: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    leave_out: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    hint: str = ""

    def facts(self) -> tuple[Fact, ...]:
        """The facts that get an editor here, in the order of the printed paper."""
        hidden = {*self.leave_out, *self.preset}
        declared = facts_of(collections()[self.collection])
        return tuple(fact for name, fact in declared.items() if name not in hidden)

    def holds(self, held: object) -> bool:
        """True if this record is listed in this section."""
        return all(getattr(held, name) in (value, None, "") for name, value in self.preset.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One tab of a page.

    Attributes:
        key: stable name, unique on its page.
        title: words on the tab.
        sections: its sheets from top to bottom.
        documents: kinds of the papers this step leaves (see ``documents/catalogue.py``).
        papers: keys of the papers that prove this step (see ``rules/required_papers.py``).
    """

    key: str
    title: str
    sections: tuple[Section, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the window; ``stage`` is ``None`` for the pages outside the seven stages."""

    key: str
    title: str
    short: str
    steps: tuple[Step, ...]
    stage: Stage | None = None
