"""The writer's guard over closed counts: whatever the way, no commit leaves one that is wrong.

Fields, loaded case files, undo and redo all end in :class:`app.storage.unit_of_work.UnitOfWork`; before its commit
the counts of every case it touched are held against what they were, by the pure function that also the window asks.
"""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.case import Case
from app.figures.kept_counts import COLLECTIONS, STOOD_ON, counted_from, refusal_of
from app.storage.records import case_exists, read_records


class ClosedCounts:
    """The counts of the touched cases as they were at the beginning of the unit of work."""

    def __init__(self) -> None:
        self._before: dict[str, Case] = {}
        self._new: set[str] = set()

    def before_write(self, connection: Connection, case_id: str, collection: str) -> None:
        """Remember the counts of a case; called before each of its rows is written."""
        if case_id in self._new and collection in STOOD_ON:
            return  # a case that comes in with no count has none that stands on it
        if collection in COLLECTIONS and case_id not in self._before:
            self._before[case_id] = Case() if case_id in self._new else _read(connection, case_id)

    def new_case(self, case_id: str) -> None:
        """A whole case comes in: nothing was there before."""
        self._new.add(case_id)

    def require(self, connection: Connection, *, taking_back: bool) -> None:
        """Refuse a commit that changes a closed count or leaves one that does not close.

        Raises:
            UserError: it would.
        """
        for case_id, before in self._before.items():
            if case_exists(connection, case_id):
                refusal = refusal_of(before, _read(connection, case_id), taking_back=taking_back)
                if refusal is not None:
                    raise refusal


def _read(connection: Connection, case_id: str) -> Case:
    return counted_from(lambda name: read_records(connection, name, case_id))
