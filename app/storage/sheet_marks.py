"""Marks of the sheets that came with a file, apart from the sheets: known again, and nothing else.

The table keeps no order of its own (WITHOUT ROWID), names no sheet and holds neither number nor time, only digests
of them under the random id of the import (:func:`app.domain.answered_sheet.mark_of`).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.storage.tables import MARKS, table


def insert_marks(connection: Connection, case_id: str, batch: str, marks: Iterable[str]) -> None:
    """Keep the marks of one import."""
    rows = [(case_id, batch, mark) for mark in sorted(set(marks))]
    if rows:
        connection.exec_driver_sql(f'INSERT INTO "{MARKS}" (case_id, batch, mark) VALUES (?, ?, ?)', rows)


def read_marks(connection: Connection, case_id: str, batches: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the marks of each of these imports; an import without any is not there."""
    rows = table(MARKS)
    found = connection.execute(
        select(rows.c.batch, rows.c.mark).where(rows.c.case_id == case_id, rows.c.batch.in_(list(batches)))
    )
    held: dict[str, set[str]] = {}
    for batch, mark in found:
        held.setdefault(batch, set()).add(mark)
    return {batch: frozenset(marks) for batch, marks in held.items()}
