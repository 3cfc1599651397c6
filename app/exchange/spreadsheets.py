"""Tables out of files other programs wrote: .xlsx, .xls (and .et of WPS) and .csv. Nothing in them is ever run.

What a file is, is told by its content, never by its name. The reader below (calamine) takes the memory a file asks
for, so it gets only what was measured before: :mod:`app.exchange.new_workbook` and :mod:`app.exchange.old_workbook`
unpack within limits and hand on what is needed, without macros, pictures and links to other files.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.errors import UserError, disk_reason
from app.exchange import new_workbook, old_workbook, separated_values
from app.exchange.file_kinds import broken, foreign_kind, locked, refused
from app.exchange.table_limits import LARGEST_FILE, Cell, ErrorPlaces


class CellError(str):
    """A cell whose formula failed (#REF!, #N/A, #DIV/0!); reads as that text."""

    __slots__ = ()


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
        UserError: it cannot be read, with the reason in words (codes I-101 to I-110).
    """
    return tables_of(path.name, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that is to be read as a table.

    Raises:
        UserError: it is not there, cannot be read or is too large.
    """
    try:
        if not path.is_file():
            raise refused(
                path.name, "找不到这个文件，或者它不是普通文件", "确认文件还在原来的地方，再选一次。", "I-101"
            )
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise refused(
            path.name, disk_reason(error), "关掉正打开着它的程序，或者换个地方存一份，再选一次。", "I-101"
        ) from error
    if len(content) > LARGEST_FILE:
        raise refused(
            path.name,
            f"文件太大，超过 {LARGEST_FILE // 2**20} MB",
            "只留要用的那张表，另存为 .xlsx 再导入。",
            "I-102",
        )
    return content


def tables_of(file: str, content: bytes) -> tuple[SheetTable, ...]:
    """Return the sheets of a file's content; ``file`` is what it is called in messages and, for a .csv, its sheet.

    Raises:
        UserError: as :func:`read_tables`.
    """
    reason = foreign_kind(content)
    if reason is not None:
        raise refused(file, *reason)
    if content.startswith(b"PK\x03\x04"):
        book, errors = new_workbook.measured(file, content)
    elif content.startswith(old_workbook.MAGIC):
        book, errors = old_workbook.measured(file, content)
    else:
        return (SheetTable(Path(file).stem, separated_values.rows_of(file, content)),)
    return _sheets(file, book, errors)


_STOPS = (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)


def _sheets(file: str, book: bytes, errors: ErrorPlaces) -> tuple[SheetTable, ...]:
    try:
        return tuple(_opened(book, errors))
    except UserError:
        raise
    except PasswordError as error:
        raise locked(file) from error
    except BaseException as error:  # a panic of the reader is no Exception
        if isinstance(error, _STOPS):
            raise
        raise broken(file) from None


def _rows(sheet: CalamineSheet) -> list[list[Cell]]:
    """Row by row: all at once would hold the window."""
    if sheet.start is None:
        return []
    left: list[Cell] = [""] * sheet.start[1]  # it begins with the first column that has something
    return [[*left, *row] if left else row for row in sheet.iter_rows()]


def _opened(book: bytes, errors: ErrorPlaces) -> Iterable[SheetTable]:
    with CalamineWorkbook.from_filelike(io.BytesIO(book)) as opened:
        for number, sheet in enumerate(opened.sheets_metadata):
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            found: list[list[Cell]] = _rows(opened.get_sheet_by_index(number))
            for row, column, words in errors.get(number, ()) or errors.get(sheet.name, ()):
                if row < len(found) and column < len(found[row]):
                    found[row][column] = CellError(words)
            yield SheetTable(sheet.name, found, hidden=sheet.visible != SheetVisibleEnum.Visible)


__all__ = ["Cell", "CellError", "SheetTable", "read_bytes", "read_tables", "tables_of"]
