"""Rows of a file of answers that are there twice, and what tells each row from all others of the site."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence

from app.domain.answered_sheet import Answer
from app.exchange.spreadsheets import Cell
from app.exchange.survey_cells import MISSING, is_missing, text_of

_Rows = Sequence[tuple[Answer | None, ...]]


def rows_twice(
    rows: _Rows,
    lines: Sequence[int],
    numbers: Sequence[Cell] | None,
    users: Sequence[Cell] | None,
    addresses: Sequence[Cell] | None,
) -> tuple[dict[int, str], dict[int, str]]:
    """Return rows that are there twice, by place; and those that may be, which are kept.

    The same 序号, or the same user with the same answers, is one sheet. The same network address with the same
    answers may be two colleagues behind one router, so both stay and are listed. ``lines`` are the numbers of the
    rows as the spreadsheet counts them; a column the file does not have is ``None``.
    """
    twice: dict[int, str] = {}
    maybe: dict[int, str] = {}
    for column, told_of, reason in (
        (numbers, twice, "和第{}行序号相同，只收前一行"),
        (users, twice, "和第{}行是同一用户、答案也相同，只收前一行"),
        (addresses, maybe, "和第{}行网络地址、答案都相同，可能重复，已收下"),
    ):
        if column is None:
            continue
        often = {cell for cell, number in Counter(column).items() if number > 1 and not is_missing(cell)}
        first: dict[object, int] = {}
        for at, cell in enumerate(column):
            if cell not in often or at in twice:
                continue
            key = cell if column is numbers else (cell, rows[at] if rows else ())
            before = first.setdefault(key, at)
            if before != at:
                told_of[at] = reason.format(lines[before])
    return twice, maybe


def stamps_of(rows: _Rows, numbers: Sequence[Cell] | None, times: Sequence[Cell] | None) -> list[str]:
    """Return what tells each sheet from all others: 序号 and time; without a time the answers help the 序号.

    Empty where there is no 序号: the same answers alone may be those of two people.
    """
    if numbers is None:
        return [""] * len(rows)
    stamps = []
    for at, number in enumerate(numbers):
        told = text_of(number)
        beside = "" if times is None else _moment(times[at])
        if told not in MISSING:
            stamps.append(f"{told}|{beside or json.dumps(rows[at], ensure_ascii=False)}")
        else:
            stamps.append("")
    return stamps


def _moment(cell: Cell) -> str:
    """A time as its digits, however it is written; empty without one."""
    return "-".join(str(int(each)) for each in re.findall(r"\d+", text_of(cell))[:6])
