"""Questions that sheets answer: whatever the way, no commit changes one of them under its sheets."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.figures.answered_questions import COLLECTIONS, Answered, refusal_of
from app.storage.batches import SHEET_KINDS
from app.storage.records import case_exists, read_records
from app.storage.tables import SHEETS, table


class AnsweredQuestions:
    """The questions of the touched cases as they were at the beginning of the unit of work."""

    def __init__(self) -> None:
        self._before: dict[str, Answered] = {}

    def before_write(self, connection: Connection, case_id: str, collection: str) -> None:
        """Remember what a case asks; called before each of its rows is written."""
        if collection in COLLECTIONS and case_id not in self._before:
            self._before[case_id] = _read(connection, case_id)

    def require(self, connection: Connection, *, taking_back: bool) -> None:
        """Refuse a commit that changes a question under its sheets.

        Raises:
            UserError: it would.
        """
        for case_id, before in self._before.items():
            if before.with_sheets and case_exists(connection, case_id):
                refusal = refusal_of(before, _read(connection, case_id), taking_back=taking_back)
                if refusal is not None:
                    raise refusal


def _read(connection: Connection, case_id: str) -> Answered:
    imports, sheets = table("data_imports"), table(SHEETS)
    there = select(sheets.c.id).where(sheets.c.case_id == case_id, sheets.c.batch == imports.c.id).exists()
    kinds = [each.value for each in SHEET_KINDS]
    wanted = select(imports.c.survey).where(imports.c.case_id == case_id, imports.c.kind.in_(kinds), there)
    answered = frozenset(connection.execute(wanted.distinct()).scalars())
    if not answered:
        return Answered()
    return Answered(
        tuple(read_records(connection, "surveys", case_id)),
        tuple(read_records(connection, "questions", case_id)),
        answered,
    )
