"""How much of a foreign table is read, measured before memory is taken for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What stands in a cell; an empty one is ``""``. Numbers may come as ``float`` even where they are whole."""

LARGEST_FILE = 100 * 2**20
LARGEST_UNPACKED = 300 * 2**20
MOST_PARTS = 2_000
MOST_ROWS = 120_000
MOST_COLUMNS = 1_000
MOST_CELLS = 6_000_000
"""100,000 rows of 60 columns."""
LONGEST_CELL = 32_767
"""Characters; no spreadsheet program takes more into one cell."""

ErrorPlaces = Mapping[int | str, Sequence[tuple[int, int, str]]]
"""Cells whose formula failed: number or name of the sheet → row and column from 0, the words of the error."""


def too_much(rows: int, columns: int) -> str | None:
    """Say what is too much about a table of this size; ``None``: it is read."""
    if rows > MOST_ROWS:
        return f"表格有 {rows} 行，最多读 {MOST_ROWS} 行"
    if columns > MOST_COLUMNS:
        return f"表格有 {columns} 列，最多读 {MOST_COLUMNS} 列"
    if rows * columns > MOST_CELLS:
        return f"表格有 {rows} 行 {columns} 列，格子太多"
    return None
