"""The paper sheet that is being typed, one for each survey, among the sheets but under no import: it never counts.

It is no fact and no sheet, so the journal does not tell of it; it goes with the step that stores the sheet.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, select

from app.domain.answered_sheet import HalfSheet
from app.storage.sheets import unpacked
from app.storage.tables import SHEETS, table

BATCH = "half-typed"
"""In the place of an import; no import is called so."""


def put_half(connection: Connection, case_id: str, survey_id: str, half: HalfSheet | None) -> None:
    """Keep what is typed so far in place of what was kept before; ``None``: nothing is being typed."""
    rows = table(SHEETS)
    this = (rows.c.case_id == case_id, rows.c.batch == BATCH, rows.c.id == survey_id)
    connection.execute(delete(rows).where(*this))
    if half is None:
        return
    parts = {"a": dict(half.answers), "o": dict(half.others), "c": half.changes}
    connection.execute(
        rows.insert().values(
            case_id=case_id,
            batch=BATCH,
            id=survey_id,
            survey=survey_id,
            number=half.number,
            keyed=half.keyed,
            invalid="",
            answers=json.dumps(parts, ensure_ascii=False),
        )
    )


def read_half(connection: Connection, case_id: str, survey_id: str) -> HalfSheet | None:
    """Return what is being typed, ``None`` if nothing is.

    Raises:
        ValueError, TypeError, KeyError: the row is none this program writes.
    """
    rows = table(SHEETS)
    this = (rows.c.case_id == case_id, rows.c.batch == BATCH, rows.c.id == survey_id)
    row = connection.execute(select(rows).where(*this)).one_or_none()
    if row is None:
        return None
    parts: dict[str, Any] = json.loads(row.answers)
    return HalfSheet(
        survey=row.survey,
        number=row.number,
        keyed=row.keyed,
        answers=unpacked(parts.get("a", {})),
        others=parts.get("o", {}),
        changes=parts.get("c", ""),
    )
