"""Tables as XLSX: numbers as numbers, text as text, formulas only where they are asked for."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.blocks import Align
from app.documents.fonts import clean, word_family
from app.documents.stable_zip import stable_zip

Value = str | int | float | Decimal | date | None
"""What a cell may hold. Identity numbers and other codes are text."""

_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t")
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant of the file format, in no zone
_MARK_SIZE = 16
_MARGIN = 0.59
"""Page margin in inches (15 mm)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One spreadsheet cell.

    ``formula`` makes ``value`` (beginning with ``=``) a formula; any other text stays text whatever it begins
    with. ``size`` is in points.
    """

    value: Value = None
    bold: bool = False
    border: bool = False
    align: Align | None = None
    number_format: str = ""
    formula: bool = False
    size: float = 11.0
    title: bool = False


CellLike = Cell | Value
"""What a row may hold: a :class:`Cell`, or a bare value for an ordinary one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``rows`` from A1 on, ``merges`` such as ``A1:K1``, column ``widths`` in characters.

    ``heights`` are row heights in points (0: as the program likes). ``header`` and ``footer`` print centred.
    ``repeat_rows`` (``1:3``) print on every page, the rows above ``freeze`` (``A4``) stay while scrolling.
    """

    name: str
    rows: tuple[tuple[CellLike, ...], ...]
    merges: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()
    landscape: bool = False
    header: str = ""
    footer: str = ""
    print_area: str = ""
    repeat_rows: str = ""
    freeze: str = ""


def render_xlsx(sheets: Sequence[Sheet], title: str = "", *, mark: str = "") -> bytes:
    """Return a workbook of ``sheets``, A4, fitted to the page's width, the same bytes for the same content.

    ``mark`` (练习, 草稿) stands in every sheet's name, below its last row and at the head of every printed page.

    Raises:
        ValueError: no sheets, a formula without ``=``, or a number that is none (a fault of the caller).
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = ""
    book.properties.title = clean(title) or None
    book.properties.created = _FIXED
    book.calculation.fullCalcOnLoad = True
    for sheet in sheets:
        made = book.create_sheet(sheet_name(f"{mark} {sheet.name}" if mark else sheet.name))
        _write(made, sheet)
        if mark:
            _put_mark(made, mark, len(sheet.rows) + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml")
    stamp = _FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return stable_zip(data, {"docProps/core.xml": _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", core)})


def sheet_name(name: str) -> str:
    """Return ``name`` as a spreadsheet accepts it: at most 31 characters, no brackets, slashes, ``:*?``."""
    cleaned = _FORBIDDEN_IN_NAME.sub("－", clean(name).replace("\n", " ")).strip().strip("'")
    return cleaned[:31] or "表"


def _write(target: Worksheet, sheet: Sheet) -> None:
    for number, row in enumerate(sheet.rows, start=1):
        for column, raw in enumerate(row, start=1):
            cell = raw if isinstance(raw, Cell) else Cell(raw)
            _put(target.cell(row=number, column=column), cell)
    for merge in sheet.merges:
        target.merge_cells(merge)
    for column, width in enumerate(sheet.widths, start=1):
        target.column_dimensions[get_column_letter(column)].width = width
    for number, height in enumerate(sheet.heights, start=1):
        if height:
            target.row_dimensions[number].height = height
    setup = target.page_setup
    setup.paperSize = target.PAPERSIZE_A4
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    margins = target.page_margins
    margins.left = margins.right = _MARGIN
    target.print_options.horizontalCentered = True
    if sheet.header:
        target.oddHeader.center.text = clean(sheet.header).replace("&", "&&")
    if sheet.footer:
        target.oddFooter.center.text = clean(sheet.footer).replace("&", "&&")
    if sheet.print_area:
        target.print_area = sheet.print_area
    if sheet.repeat_rows:
        target.print_title_rows = sheet.repeat_rows
    if sheet.freeze:
        target.freeze_panes = sheet.freeze


def _put_mark(target: Worksheet, mark: str, below: int) -> None:
    _put(target.cell(row=below, column=1), Cell(mark, bold=True))
    head = target.oddHeader.right
    head.text, head.size = clean(mark).replace("&", "&&"), _MARK_SIZE


def _put(target: BookCell, cell: Cell) -> None:
    value = cell.value
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, (float, Decimal)) and not math.isfinite(value):
        raise ValueError(f"not a number: {value}")
    if cell.formula:
        if not isinstance(value, str) or not value.startswith("="):
            raise ValueError(f"not a formula: {value!r}")
        target.value = value
    elif isinstance(value, str):
        text = clean(value)
        target.value = text
        if text:
            # openpyxl takes "=..." for a formula and "#N/A" for an error; here text is text.
            target.data_type = "s"
        if text.startswith(_LOOKS_LIKE_FORMULA):
            target.quotePrefix = True
    else:
        target.value = value
    role = "title" if cell.title else "hei" if cell.bold else "song"
    target.font = Font(name=word_family(role), size=cell.size, bold=cell.bold and not cell.title)
    align = cell.align or (Align.LEFT if isinstance(cell.value, str) and not cell.formula else Align.RIGHT)
    horizontal = "left" if align is Align.JUSTIFY else align.value
    target.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    if cell.border:
        side = Side(style="thin")
        target.border = Border(left=side, right=side, top=side, bottom=side)
    if cell.number_format:
        target.number_format = cell.number_format
    elif isinstance(value, date):
        target.number_format = "yyyy-mm-dd"
