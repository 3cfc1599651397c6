"""Answered sheets on disk: many rows at once, apart from the case and from the roster.

A sheet counts while the import it came with stands in the case (:mod:`app.domain.data_import`). Sheets are read in
the order of their random ids, never in that of their coming.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.storage.tables import SHEETS, table


def insert_sheets(connection: Connection, case_id: str, sheets: Iterable[AnsweredSheet]) -> int:
    """Add sheets; return how many."""
    packing = _Packing()
    columns = ("case_id", "batch", "id", "survey", "number", "keyed", "invalid", "answers")
    rows = [
        (
            case_id,
            sheet.batch,
            sheet.id,
            sheet.survey,
            sheet.number,
            sheet.keyed,
            sheet.invalid,
            packing.packed(sheet),
        )
        for sheet in sheets
    ]
    if rows:
        # The driver's own way with many rows: building thousands of statements takes longer than storing them.
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{SHEETS}" ({", ".join(columns)}) VALUES ({places})', rows)
    return len(rows)


def delete_sheet(connection: Connection, case_id: str, batch: str, sheet_id: str) -> bool:
    """Take one sheet out (it was typed wrongly and is typed anew); False if it is not there."""
    rows = table(SHEETS)
    this = (rows.c.case_id == case_id, rows.c.batch == batch, rows.c.id == sheet_id)
    return bool(connection.execute(delete(rows).where(*this)).rowcount)


def read_sheets(connection: Connection, case_id: str, batches: Iterable[str]) -> tuple[AnsweredSheet, ...]:
    """Return the sheets of these imports, in the order of their random ids.

    Raises:
        ValueError, TypeError, KeyError: a row is none this program writes.
    """
    rows = table(SHEETS)
    found = connection.execute(
        select(rows).where(rows.c.case_id == case_id, rows.c.batch.in_(list(batches))).order_by(rows.c.id),
        execution_options={"yield_per": _AT_ONCE},
    )
    return tuple(_sheet(row) for row in found)


_AT_ONCE = 200
"""Rows fetched together: all at once would hold the window."""


class _Packing:
    """Sheets as JSON. Most answers are one of a few for each question: each of these is written out once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Answer], str] = {}

    def packed(self, sheet: AnsweredSheet) -> str:
        parts = []
        if sheet.answers:
            known = self._known
            pairs = [known.get(pair) or self._pair(pair) for pair in sheet.answers.items()]
            parts.append(f'"a":{{{",".join(pairs)}}}')
        for name, held in (("o", sheet.others), ("t", sheet.topics)):
            if held:
                parts.append(f'"{name}":{_ENCODER.encode(dict(held))}')
        return f"{{{','.join(parts)}}}"

    def _pair(self, pair: tuple[str, Answer]) -> str:
        question, answer = pair
        made = f"{_ENCODER.encode(question)}:{_ENCODER.encode(answer)}"
        if not isinstance(answer, str):  # what was written freely comes once
            self._known[pair] = made
        return made


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: json.dumps would make one for each of thousands of sheets."""


def _sheet(row: Row[Any]) -> AnsweredSheet:
    parts = json.loads(row.answers)
    answers: dict[str, Answer] = {
        question: tuple(answer) if isinstance(answer, list) else answer
        for question, answer in parts.get("a", {}).items()
    }
    return AnsweredSheet(
        id=row.id,
        batch=row.batch,
        survey=row.survey,
        number=row.number,
        keyed=row.keyed,
        invalid=row.invalid,
        answers=answers,
        others=parts.get("o", {}),
        topics={question: tuple(ids) for question, ids in parts.get("t", {}).items()},
    )
