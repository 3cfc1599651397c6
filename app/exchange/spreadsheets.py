"""Tables out of files other programs wrote: .xlsx, .xls and .csv. Nothing in them is ever run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetVisibleEnum

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What stands in a cell; an empty one is ``""``. Numbers may come as ``float`` even where they are whole."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet of a workbook, or the whole of a .csv file.

    Attributes:
        name: name of the sheet, or of the file.
        rows: all rows from the first one, each with as many cells as the widest.
        hidden: the sheet is not shown in a spreadsheet program.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False


def read_tables(path: Path) -> tuple[SheetTable, ...]:
    """Return the sheets of a file.

    Raises:
        UserError: it cannot be read, with the reason in words.
    """
    book = CalamineWorkbook.from_path(path)
    shown = {each.name: each.visible == SheetVisibleEnum.Visible for each in book.sheets_metadata}
    return tuple(
        SheetTable(
            name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), hidden=not shown[name]
        )
        for name in book.sheet_names
    )
