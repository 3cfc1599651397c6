"""Persons out of the table of a roster (forms.md 3.2). Remarks name row and column, never what stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.roster import Person
from app.exchange import roster_values as values
from app.exchange.roster_columns import LABELS, Mapped, RosterTable, heading_key, without_name
from app.exchange.roster_values import UnreadableError
from app.exchange.spreadsheets import Cell
from app.progress import Progress, Silent

_READERS: Mapping[str, Callable[[Cell], Any]] = {
    "name": values.read_name,
    "sex": values.read_sex,
    "born_on": values.read_date,
    "id_number": values.read_id_number,
    "department": values.read_text,
    "post": values.read_text,
    "level": values.read_level,
    "employment": values.read_employment,
    "joined_on": values.read_date,
    "member": values.read_member,
    "phone": values.read_phone,
}

_NO_PERSON = re.compile("合计|总计|小计|共计|制表|填表|审核|备注|说明|注[:：]|单位负责人")
_STEP = 500


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What is wrong with a row.

    Attributes:
        row: number of the row in the file, from 1, as the spreadsheet program shows it.
        column: the fact it is about, in words; empty: the row as a whole.
        reason: one clause without what stands in the row.
        refused: the row is not taken; else it is, without that cell.
    """

    row: int
    column: str
    reason: str
    refused: bool

    @property
    def sentence(self) -> str:
        """The remark as it is shown and kept."""
        return f"第 {self.row} 行{f'“{self.column}”' if self.column else '：'}{self.reason}"


@dataclass(frozen=True, slots=True)
class RosterReading:
    """What a roster says under a mapping of its columns.

    Attributes:
        people: those taken, in the order of the file.
        remarks: what is wrong, in the order of the file.
        rows: rows that speak of a person.
    """

    people: tuple[Person, ...]
    remarks: tuple[RowRemark, ...]
    rows: int

    @property
    def refused(self) -> tuple[RowRemark, ...]:
        """Rows that are not taken."""
        return tuple(each for each in self.remarks if each.refused)


def read_people(
    file: str, table: RosterTable, mapped: Mapped, on: date, progress: Progress | None = None
) -> RosterReading:
    """Return the persons of a roster.

    Args:
        file: what the file is called in messages.
        table: where they stand.
        mapped: what the columns are.
        on: today; nobody is born or hired later.
        progress: told about the rows.

    Raises:
        UserError: no column is the name.
    """
    if "name" not in mapped:
        raise without_name(file)
    return _Reader(table, mapped, on).read(progress or Silent())


class _Reader:
    def __init__(self, table: RosterTable, mapped: Mapped, on: date) -> None:
        self._table = table
        self._columns = [(place, name) for place, name in enumerate(mapped) if name]
        self._name_place = mapped.index("name")
        self._name_head = heading_key(table.headings[self._name_place])
        self._on = on
        self._people: list[Person] = []
        self._remarks: list[RowRemark] = []
        self._numbers: dict[str, int] = {}
        self._same: dict[tuple[str, str], tuple[int, str]] = {}

    def read(self, progress: Progress) -> RosterReading:
        rows = self._table.sheet.rows
        told = 0
        for place in range(self._table.begins, len(rows)):
            if place % _STEP == 0:
                progress.step(place, len(rows), "读花名册")
            if self._speaks_of_a_person(rows[place]):
                told += 1
                self._read_row(place + 1, rows[place])
        return RosterReading(tuple(self._people), tuple(self._remarks), told)

    def _speaks_of_a_person(self, row: list[Cell]) -> bool:
        if not any(
            cell not in ("", None) and str(cell).strip()
            for cell in (row[place] for place, _ in self._columns)
        ):
            return False
        name = row[self._name_place]
        if isinstance(name, str) and heading_key(name) == self._name_head:
            return False  # the headings again, as on every printed page
        first = next(str(cell) for cell in row if cell != "" and str(cell).strip())
        return not _NO_PERSON.match("".join(first.split()))

    def _read_row(self, number: int, row: list[Cell]) -> None:
        facts: dict[str, Any] = {}
        refused = False
        for place, name in self._columns:
            cell = row[place]
            if cell == "":
                continue
            try:
                facts[name] = _READERS[name](cell)
            except UnreadableError as error:
                self._remark(number, LABELS[name], error.reason, error.refuses)
                refused = refused or error.refuses
        if refused:
            return
        if not facts.get("name"):
            self._remark(number, LABELS["name"], "是空的", True)
            return
        self._from_id_number(number, facts)
        self._no_day_to_come(number, facts)
        if self._is_there_already(number, facts):
            return
        self._people.append(Person(id=f"{len(self._people) + 1:06d}", **facts))

    def _from_id_number(self, number: int, facts: dict[str, Any]) -> None:
        """Sex and date of birth as the ID number tells them; what the columns say otherwise is reported."""
        held = facts.get("id_number")
        if not held:
            return
        for name, told in (("sex", values.sex_of(held)), ("born_on", values.born_of(held))):
            if facts.get(name) not in (None, told):
                self._remark(number, LABELS[name], "和身份证号对不上，按身份证号收", False)
            facts[name] = told

    def _no_day_to_come(self, number: int, facts: dict[str, Any]) -> None:
        for name in ("born_on", "joined_on"):
            if facts.get(name) is not None and facts[name] > self._on:
                self._remark(number, LABELS[name], "比今天还晚，没有收这一格", False)
                facts[name] = None

    def _is_there_already(self, number: int, facts: dict[str, Any]) -> bool:
        held = facts.get("id_number", "")
        if held:
            if held in self._numbers:
                self._remark(number, LABELS["id_number"], f"和第 {self._numbers[held]} 行相同", True)
                return True
            self._numbers[held] = number
        key = (facts["name"], facts.get("department", ""))
        before, their_number = self._same.setdefault(key, (number, held))
        if before != number and not (held and their_number):
            self._remark(number, "", f"和第 {before} 行的姓名、部门相同，可能重复", False)
        return False

    def _remark(self, row: int, column: str, reason: str, refused: bool) -> None:
        self._remarks.append(RowRemark(row, column, reason, refused))
