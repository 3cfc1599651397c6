"""What both renderers need to know about tables and signature places before they measure anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from app.documents.blocks import Align, Cell, CellLike, KeyValues, Row, SignatureField, Table, Text

TALL = 25.0
"""A form field at least this high (mm) is written from its upper edge."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its place in the grid. ``face`` is the typeface role of its text."""

    column: int
    colspan: int
    rowspan: int
    text: Text
    align: Align
    bold: bool = False
    face: str = "song"
    at_top: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """The cells that begin in one row, its least height in millimetres, whether it heads the rows below."""

    cells: tuple[PlacedCell, ...]
    min_height: float
    group: bool = False


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with every cell in its place. ``shares`` are the column widths as parts of one."""

    shares: tuple[float, ...]
    head: tuple[PlacedRow, ...]
    rows: tuple[PlacedRow, ...]
    borders: bool = True


def place_table(table: Table) -> PlacedTable:
    """Return ``table`` with its spans worked out.

    Raises:
        ValueError: a row does not fill the columns, or a span leaves the table (a fault of the letter).
    """
    total = sum(column.width for column in table.columns)
    return PlacedTable(
        tuple(column.width / total for column in table.columns),
        _place(table.header, table, head=True),
        _place(table.rows, table, head=False),
        table.borders,
    )


def _place(rows: Sequence[tuple[CellLike, ...] | Row], table: Table, *, head: bool) -> tuple[PlacedRow, ...]:
    count = len(table.columns)
    taken: set[tuple[int, int]] = set()
    out = []
    for number, row in enumerate(rows):
        group = isinstance(row, Row) and row.group
        cells, least = (row.cells, row.min_height) if isinstance(row, Row) else (row, 0.0)
        placed = []
        column = 0
        for raw in cells:
            cell = Cell(raw) if isinstance(raw, str) else raw
            while (number, column) in taken:
                column += 1
            if column + cell.colspan > count or number + cell.rowspan > len(rows):
                raise ValueError(f"row {number}: a cell leaves the table ({count} columns, {len(rows)} rows)")
            spots = set(product(range(number, number + cell.rowspan), range(column, column + cell.colspan)))
            if spots & taken:
                raise ValueError(f"row {number}: two cells overlap in column {column}")
            taken |= spots
            align = cell.align or (Align.CENTER if head else table.columns[column].align)
            face = "hei" if head or group else "song"
            placed.append(
                PlacedCell(column, cell.colspan, cell.rowspan, cell.text, align, cell.bold and not head, face)
            )
            column += cell.colspan
        lacking = [place for place in range(count) if (number, place) not in taken]
        if lacking:
            raise ValueError(f"row {number}: nothing in columns {lacking}")
        out.append(PlacedRow(tuple(placed), max(least, table.row_height), group))
    return tuple(out)


def place_pairs(form: KeyValues) -> PlacedTable:
    """Return a form grid as a table; the last value of a row stretches over what is left of it."""
    pairs = max(form.columns, 1)
    shares = (form.label_width / pairs, (1 - form.label_width) / pairs) * pairs
    rows: list[list[tuple[int, int]]] = [[]]
    used = 0
    for index, item in enumerate(form.items):
        span = min(max(item.span, 1), pairs)
        if used + span > pairs:
            rows.append([])
            used = 0
        rows[-1].append((index, span))
        used += span
    out = []
    for row in rows:
        cells: list[PlacedCell] = []
        pair, least = 0, form.row_height
        for place, (index, span) in enumerate(row):
            item = form.items[index]
            if place == len(row) - 1:
                span = pairs - pair
            top = item.min_height >= TALL
            cells.append(PlacedCell(2 * pair, 1, 1, item.label, Align.CENTER, face="hei"))
            cells.append(PlacedCell(2 * pair + 1, 2 * span - 1, 1, item.value, Align.LEFT, at_top=top))
            pair += span
            least = max(least, item.min_height)
        if cells:
            out.append(PlacedRow(tuple(cells), least))
    return PlacedTable(shares, (), tuple(out))


@dataclass(frozen=True, slots=True)
class SignLine:
    """One line of a signature place: its words, and whether a line to write on follows them."""

    text: str
    ruled: bool = False
    seal: bool = False


BLANK_DATE = "\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
"""Where a date is written by hand."""


def sign_lines(field: SignatureField) -> tuple[SignLine, ...]:
    """Return what is printed at one signature place.

    A sealed party gets its name with （盖章）, then the signatory, then the date; a person gets one line.
    """
    lines = []
    if field.with_seal:
        lines.append(SignLine(f"{field.label}（盖章）", seal=True))
        if field.role or field.name:
            lines.append(SignLine(f"{field.role or '代表人'}（签字）：{field.name}", ruled=not field.name))
    else:
        role = f"（{field.role}）" if field.role else ""
        lines.append(SignLine(f"{field.label}{role}：{field.name}", ruled=not field.name))
    if field.with_date:
        lines.append(SignLine(BLANK_DATE))
    return tuple(lines)
