"""Take in a roster (花名册): read it, look at it under a mapping of its columns, then keep it in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.printable import printable_name
from app.domain.roster import StaffGroup
from app.domain.survey import GroupBy
from app.errors import UserError
from app.exchange.roster_columns import (
    Mapped,
    RosterTable,
    find_table,
    heading_key,
    propose,
    to_remember,
    without_name,
)
from app.exchange.rosters import RosterReading, read_people
from app.exchange.spreadsheets import read_bytes, tables_of
from app.figures.roster_groups import Differing, differences, head_counts
from app.progress import Progress
from app.storage.library import Library
from app.storage.unit_of_work import UnitOfWork
from app.usecases.record_fact import new_id

ACTION, REMOVAL = "导入花名册", "移除花名册"
MOST_REMARKS = 200
"""Nobody mends more rows from a list in the case; the number of all stands beside it."""


@dataclass(frozen=True, slots=True)
class OpenedRoster:
    """A file that was read, before anything in it was understood as a person."""

    file_name: str
    sha256: str
    table: RosterTable


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What would be taken in; nothing is written yet.

    Attributes:
        opened: the file.
        mapped: what its columns are.
        reading: persons and remarks; without persons while no column is the name.
        groups: head counts the case would hold.
        before: head counts it holds now.
        differing: numbers of the case that stay, and that the roster says otherwise.
        on: the day ages are counted on.
        replaced: the roster in use, which this one would take the place of.
    """

    opened: OpenedRoster
    mapped: Mapped
    reading: RosterReading
    groups: tuple[tuple[GroupBy, str, int], ...]
    before: tuple[tuple[GroupBy, str, int], ...]
    differing: tuple[Differing, ...]
    on: date
    replaced: DataImport | None = None

    @property
    def replaces(self) -> str:
        """What becomes of the roster in use, in one sentence; empty where there is none."""
        if self.replaced is None:
            return ""
        return (
            f"收下以后就代替现在这份“{self.replaced.file_name[:40]}”："
            f"{self.replaced.kept or 0} 人换成 {len(self.reading.people)} 人，不是加在一起。"
        )


def roster_in_use(case: Case) -> DataImport | None:
    """Return the record of the roster in use."""
    found = [each for each in case.data_imports if each.kind is ImportKind.ROSTER]
    return found[-1] if found else None


def open_roster(path: Path) -> OpenedRoster:
    """Read a file and find the table in it.

    Raises:
        UserError: it cannot be read, or holds no roster; each with its sentence.
    """
    content = read_bytes(path)
    table = find_table(path.name, tables_of(path.name, content))
    return OpenedRoster(printable_name(path.name), hashlib.sha256(content).hexdigest(), table)


def remembered_columns(library: Library, case_id: str) -> tuple[str, ...]:
    """Return how columns were read before, in this year first; what was chosen stays chosen when it is taken back."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for held_by, facts in library.ever_added("data_imports"):
        lines = facts.get("columns_read")
        if facts.get("kind") == ImportKind.ROSTER.value and isinstance(lines, list):
            found[held_by == case_id] += map(str, lines)
    return (*found[True], *found[False])


def proposed_columns(opened: OpenedRoster, remembered: tuple[str, ...]) -> Mapped:
    """Return what the columns probably are."""
    return propose(opened.table.headings, remembered)


def preview_roster(
    case: Case, opened: OpenedRoster, mapped: Mapped, on: date, progress: Progress | None = None
) -> RosterPreview:
    """Return what would be taken in under a mapping; nobody, while no column is the name."""
    reading = RosterReading((), (), 0)
    if "name" in mapped:
        reading = read_people(opened.file_name, opened.table, mapped, on, progress)
    before = tuple(
        (each.by, each.name, each.people or 0) for each in case.staff_groups if each.by is not None
    )
    return RosterPreview(
        opened,
        mapped,
        reading,
        head_counts(reading.people, on),
        before,
        differences(case, reading.people),
        on,
        roster_in_use(case),
    )


def import_roster(library: Library, case_id: str, preview: RosterPreview, *, actor: str) -> DataImport:
    """Keep persons, head counts and the record of the import together; one 撤销 undoes all three.

    The roster in use before goes with the same step; its persons are deleted when the library is opened next.
    Numbers typed elsewhere (职工总数, 部门人数) stay as they are.

    Raises:
        UserError: nobody would be taken in, or the library takes nothing; it is as it was before.
    """
    library.refuse_read_only()
    reading, opened = preview.reading, preview.opened
    if "name" not in preview.mapped:
        raise without_name(opened.file_name)
    if not reading.people:
        raise UserError(
            f"“{opened.file_name[:60]}”里没有一行能收下。",
            "原来的花名册没有变。",
            "看看各列选得对不对；哪一列总读不对，就把它改成“不收”。",
            code="I-113",
        )
    case = library.read_case(case_id)
    batch = new_id(case, "data_imports")
    made = DataImport(
        id=batch,
        kind=ImportKind.ROSTER,
        file_name=opened.file_name,
        sha256=opened.sha256,
        taken_on=preview.on,
        rows=reading.rows,
        kept=len(reading.people),
        refused=refused_lines(reading),
        dropped_columns=dropped_columns(preview),
        columns_read=to_remember(opened.table.headings, preview.mapped),
    )
    with library.write(actor) as unit:
        _take_out(unit, case_id, case, action=ACTION)
        unit.put(case_id, "data_imports", made, action=ACTION)
        unit.put_people(case_id, batch, reading.people, action=ACTION)
        _put_groups(unit, case_id, batch, preview)
        unit.commit()
    return made


def remove_roster(library: Library, case_id: str, *, actor: str) -> DataImport | None:
    """Take the roster in use out, with its head counts; return its record, ``None`` where there is none.

    One 撤销 brings it back, until the library is closed: opened next it deletes the persons for good.
    """
    library.refuse_read_only()
    case = library.read_case(case_id)
    held = roster_in_use(case)
    if held is not None:
        with library.write(actor) as unit:
            _take_out(unit, case_id, case, action=REMOVAL)
            unit.commit()
    return held


def _take_out(unit: UnitOfWork, case_id: str, case: Case, *, action: str) -> None:
    for record in case.data_imports:
        if record.kind is ImportKind.ROSTER:
            unit.remove(case_id, "data_imports", record.id, action=action)
    for group in case.staff_groups:
        unit.remove(case_id, "staff_groups", group.id, action=action)


def _put_groups(unit: UnitOfWork, case_id: str, batch: str, preview: RosterPreview) -> None:
    for number, (by, name, people) in enumerate(preview.groups, 1):
        group = StaffGroup(id=f"{batch}-{number:04d}", by=by, name=name, people=people)
        unit.put(case_id, "staff_groups", group, action=ACTION)


def refused_lines(reading: RosterReading) -> tuple[str, ...]:
    """Return the rows that are not taken, in sentences, so many as are kept."""
    lines = [each.sentence for each in reading.refused]
    more = len(lines) - MOST_REMARKS
    return (*lines[:MOST_REMARKS], *([f"还有 {more} 处没有列出"] if more > 0 else []))


def dropped_columns(preview: RosterPreview) -> tuple[str, ...]:
    """Return the headings of the columns that are not taken."""
    return tuple(
        heading
        for heading, name in zip(preview.opened.table.headings, preview.mapped, strict=True)
        if not name and heading_key(heading)
    )
