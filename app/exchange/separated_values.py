"""Rows of a .csv: UTF-8, GB 18030 (GBK with it) or UTF-16, parted by comma, tab or semicolon."""

from __future__ import annotations

import codecs
import csv
import io
import re

from app.exchange.file_kinds import refused
from app.exchange.table_limits import LONGEST_CELL, Cell, too_much

_DELIMITERS = (",", "\t", ";", "，", "|")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_AS_TEXT = re.compile(r'="(.*)"', re.S)
"""How programs write a number into a .csv so that Excel leaves it as text."""

_SAVE_AGAIN = "用 WPS 或 Excel 打开它，另存为 .xlsx，再导入。"


def text_of(file: str, content: bytes) -> str:
    """Return the text, whatever it was written in.

    Raises:
        UserError: it is no text, or its end is missing.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(file, content, (encoding,))
    return _decoded(file, content, ("utf-8", "gb18030"))


def _decoded(file: str, content: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start >= len(content) - 4 and len(content) > 8:
                raise refused(
                    file, "文件结尾不完整，可能没有下载完", "重新下载或重新拷贝一份，再导入。", "I-104"
                ) from None
            continue
        if _CONTROLS.search(text):
            break
        return text
    raise refused(file, "它不是表格，也不是文字", "重新选一个 .xlsx、.xls 或 .csv 文件。", "I-106")


def _delimiter(text: str) -> str:
    """The mark that parts most lines into the same number of cells."""
    lines = [line for line in text[:20_000].splitlines()[:40] if line.strip()]
    best, most = ",", 0
    for mark in _DELIMITERS:
        counts = [line.count(mark) for line in lines if mark in line]
        if not counts:
            continue
        usual = max(set(counts), key=lambda each: (counts.count(each), each))
        score = counts.count(usual) * min(usual, 50)
        if score > most:
            best, most = mark, score
    return best


def rows_of(file: str, content: bytes) -> list[list[Cell]]:
    """Return all rows, each as wide as the widest; empty cells are ``""``.

    Raises:
        UserError: it is no text, is cut off or too large.
    """
    text = text_of(file, content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[list[Cell]] = []
    width = 0
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        for row in reader:
            cells: list[Cell] = [*row]
            rows.append(cells)
            width = max(width, len(row))
            if len(rows) % 1000 == 0:
                _refuse_too_much(file, len(rows), width)
    except csv.Error:
        raise refused(
            file, f"第 {reader.line_num} 行起引号对不上，或者一格太长", _SAVE_AGAIN, "I-108"
        ) from None
    finally:
        csv.field_size_limit(before)
    while rows and not any(str(cell).strip() for cell in rows[-1]):
        rows.pop()
    _refuse_too_much(file, len(rows), width)
    for cells in rows:
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith('="'):
                found = _AS_TEXT.fullmatch(cell)
                if found is not None:
                    cells[place] = found.group(1)
        cells.extend([""] * (width - len(cells)))
    return rows


def _refuse_too_much(file: str, rows: int, columns: int) -> None:
    reason = too_much(rows, columns)
    if reason is not None:
        raise refused(file, reason, "删掉多余的行和列，或者分成几个文件再导入。", "I-102")
