"""How pages are declared: a page is a row of steps, a step a column of parts, a part one collection or a view.

A section shows every fact of its collection unless ``leave_out`` names some (because the section presets them or
because they are made by the program); so each fact has its place as soon as it is declared. What is asked every
year stands in ``first`` or ``cells``; the rest waits under 更多内容. A view is a part drawn for its work (a topic
table, rounds side by side); the window knows by its key how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from app.domain.case import collections
from app.domain.facts import Fact, facts_of
from app.domain.stages import Stage

Style = Literal["list", "one", "grid"]
"""``list``: rows, and the form of the selected one beneath. ``one``: as a rule there is one, so its form stands alone
and the list appears with the second. ``grid``: filled in right in the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One collection on a page: a sheet of its own, or a part of the sheet above.

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
        style: how the records are shown.
        first: facts that always stand in the form; the others wait under 更多内容. Empty: all stand there.
        cells: facts that are filled in right in the rows (style ``grid``), a part of ``columns``.
        joined: on the same sheet as the part above, under a hairline.
        folded: only a heading and 添加 while there is no record: rarely needed.
        closed: only a heading until somebody opens it: another part of the step shows these records better.
        headless: the tab names it already: no heading; its buttons and 更多内容 stand at the foot of the sheet,
            below what is joined to it.
        wide: facts that take a whole row of the form; a short choice then shows its possibilities side by side.
        links: facts that start as the one thing they can lead to, where there is just one (see
            ``gui/forms/starting.py``).
        told: fact after which a computed line stands in the form → its key (see ``gui/forms/told_fields.py``).
    """

    collection: str
    title: str
    add: str = ""
    columns: tuple[str, ...] = ()
    preset: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    leave_out: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    hint: str = ""
    style: Style = "list"
    first: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    joined: bool = False
    folded: bool = False
    closed: bool = False
    headless: bool = False
    wide: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    told: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def facts(self) -> tuple[Fact, ...]:
        """The facts that get an editor here, in the order of the printed paper."""
        hidden = {*self.leave_out, *self.preset}
        declared = facts_of(collections()[self.collection])
        return tuple(fact for name, fact in declared.items() if name not in hidden)

    def holds(self, held: object) -> bool:
        """True if this record is listed in this section."""
        return all(getattr(held, name) in (value, None, "") for name, value in self.preset.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A part of a step that is drawn for its work.

    Attributes:
        key: its name; ``app/gui/stages/views.py`` knows what stands behind it.
        covers: collections whose facts can be reached in it; a jump tries it before the sections.
        only_for: forms of bargaining for which it is shown; empty means all.
        joined: on the same sheet as the part above, under a hairline.
    """

    key: str
    covers: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One tab of a page.

    Attributes:
        key: stable name, unique on its page.
        title: words on the tab.
        parts: its sheets from top to bottom.
        remark: said beside the tab while the step has not begun (未答复时用).
        documents: kinds of the papers this step leaves (see ``documents/catalogue.py``); the first is looked at
            beside the form on a wide screen.
        papers: keys of the papers that prove this step (see ``rules/required_papers.py``); empty lists all of
            the stage.
        full_width: the table needs the whole width; 检查结果 slides over it (F8).
    """

    key: str
    title: str
    parts: tuple[Section | View, ...]
    remark: str = ""
    documents: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    full_width: bool = False

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its sections: where each fact has its place."""
        return tuple(part for part in self.parts if isinstance(part, Section))

    def covers(self, collection: str) -> bool:
        """Whether records of a collection are shown in this step."""
        return any(
            part.collection == collection if isinstance(part, Section) else collection in part.covers
            for part in self.parts
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the window; ``stage`` is ``None`` for the pages outside the seven stages."""

    key: str
    title: str
    short: str
    steps: tuple[Step, ...]
    stage: Stage | None = None
