"""A paper that is mostly a table, as a spreadsheet: its title, its label grid, its tables, nothing of its layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.documents.blocks import (
    Align,
    Block,
    Cell,
    Document,
    KeepTogether,
    KeyValues,
    Row,
    Table,
    Title,
    plain,
)
from app.documents.xlsx import Cell as SheetCell
from app.documents.xlsx import Sheet

_NUMBER = re.compile(r"(0|[1-9]\d{0,10})(\.\d{1,4})?")


def has_table(document: Document) -> bool:
    """Whether the paper holds a table at all."""
    return any(isinstance(block, Table) for block in _flat(document.blocks))


def sheet_of(document: Document) -> Sheet:
    """Return the paper's title, label grids and tables one below another; plain numbers become numbers.

    A number with a unit, a leading zero or more than eleven digits stays text, as codes and dates do.
    """
    rows: list[tuple[SheetCell, ...]] = []
    merges: list[str] = []
    columns = 1
    for block in _flat(document.blocks):
        if isinstance(block, Title):
            rows.append((SheetCell(plain(block.text), bold=True, size=16, align=Align.CENTER),))
        elif isinstance(block, KeyValues):
            for item in block.items:
                rows.append((SheetCell(item.label, bold=True, border=True), _cell(plain(item.value))))
        elif isinstance(block, Table):
            if block.caption:
                rows.append((SheetCell(block.caption, bold=True),))
            for held in block.header:
                rows.append(_line(held, merges, len(rows) + 1, bold=True))
            for held in block.rows:
                rows.append(_line(held, merges, len(rows) + 1, bold=False))
            if block.note:
                rows.append((SheetCell(block.note),))
            rows.append((SheetCell(None),))
        columns = max(columns, len(rows[-1]) if rows else 1)
    columns = max([columns, *(len(row) for row in rows)])
    return Sheet(
        name=document.title,
        rows=tuple(rows),
        merges=tuple(merges),
        widths=(14.0,) * columns,
        landscape=columns > 6,
    )


def _flat(blocks: Sequence[Block]) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, KeepTogether):
            yield from _flat(block.blocks)
        else:
            yield block


def _line(
    held: tuple[Cell | str, ...] | Row, merges: list[str], number: int, *, bold: bool
) -> tuple[SheetCell, ...]:
    cells = held.cells if isinstance(held, Row) else held
    made: list[SheetCell] = []
    for raw in cells:
        cell = raw if isinstance(raw, Cell) else Cell(raw)
        first = len(made)
        made.append(_cell(plain(cell.text), bold=bold or cell.bold))
        made += [SheetCell(None, border=True)] * (cell.colspan - 1)
        if cell.colspan > 1 and first + cell.colspan <= 26:
            merges.append(f"{chr(65 + first)}{number}:{chr(64 + first + cell.colspan)}{number}")
    return tuple(made)


def _cell(words: str, *, bold: bool = False) -> SheetCell:
    if _NUMBER.fullmatch(words):
        return SheetCell(float(words) if "." in words else int(words), bold=bold, border=True)
    return SheetCell(words, bold=bold, border=True)
