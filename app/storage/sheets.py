"""Answered sheets on disk: many rows at once, apart from the case and from the roster.

A sheet counts while the import it came with stands in the case (:mod:`app.domain.data_import`). Sheets are read in
the order of their random ids, never in that of their coming. SQLite would number rows as they come, and a stack of
paper is typed as it was handed in; so rows get numbers of chance, and they lie in the file in that order.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.storage.tables import SHEETS, table


def insert_sheets(connection: Connection, case_id: str, sheets: Iterable[AnsweredSheet]) -> int:
    """Add sheets; return how many."""
    columns = ("rowid", "case_id", "batch", "id", "survey", "number", "keyed", "invalid", "answers")
    sheets = tuple(sheets)
    packing = _Packing()
    rows = [
        (
            place,
            case_id,
            sheet.batch,
            sheet.id,
            sheet.survey,
            sheet.number,
            sheet.keyed,
            sheet.invalid,
            packing.packed(sheet),
        )
        for place, sheet in zip(_places(len(sheets)), sheets, strict=True)
    ]
    if rows:
        # The driver's own way with many rows: building thousands of statements takes longer than storing them.
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{SHEETS}" ({", ".join(columns)}) VALUES ({places})', rows)
    return len(rows)


def _places(count: int) -> list[int]:
    """Different numbers of chance; small ones first, as a file grows fastest at its end."""
    made: set[int] = set()
    while len(made) < count:
        made.add(secrets.randbits(62) + 1)
    return sorted(made)


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


def recode_sheets(
    connection: Connection,
    case_id: str,
    batches: Iterable[str],
    question_id: str,
    coded: Mapping[str, tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    """Write to which topics an open answer of these sheets (by id) belongs; return what stood before where that differs.

    Nothing else of a sheet changes, its random id neither: it tells no order.

    Raises:
        ValueError, TypeError, KeyError: a row is none this program writes.
    """
    rows = table(SHEETS)
    own = (rows.c.case_id == case_id, rows.c.batch.in_(list(batches)))
    before: dict[str, tuple[str, ...]] = {}
    packing = _Packing()
    wanted = list(coded)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for row in connection.execute(select(rows).where(*own, rows.c.id.in_(some))).all():
            sheet = _sheet(row)
            held = sheet.topics.get(question_id, ())
            if held == coded[sheet.id]:
                continue
            before[sheet.id] = held
            topics = {key: ids for key, ids in {**sheet.topics, question_id: coded[sheet.id]}.items() if ids}
            this = (rows.c.case_id == case_id, rows.c.batch == sheet.batch, rows.c.id == sheet.id)
            answers = packing.packed(replace(sheet, topics=topics))
            connection.execute(update(rows).where(*this).values(answers=answers))
    return before


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: json.dumps would make one for each of thousands of sheets."""


def _sheet(row: Row[Any]) -> AnsweredSheet:
    parts = json.loads(row.answers)
    return AnsweredSheet(
        id=row.id,
        batch=row.batch,
        survey=row.survey,
        number=row.number,
        keyed=row.keyed,
        invalid=row.invalid,
        answers=unpacked(parts.get("a", {})),
        others=parts.get("o", {}),
        topics={question: tuple(ids) for question, ids in parts.get("t", {}).items()},
    )


def unpacked(answers: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers as they were before they were stored."""
    return {
        question: tuple(answer) if isinstance(answer, list) else answer
        for question, answer in answers.items()
    }
