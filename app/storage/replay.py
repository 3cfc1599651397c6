"""Play the journal from the first entry on: what the records must be now, or were at some time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.domain.case import Case, collections, is_single
from app.domain.facts import Record, facts_of
from app.storage.installed_law import law_facts
from app.storage.journal import JournalProblem
from app.storage.records import PlainRecord, empty_record, plain_rows
from app.storage.tables import CASES, INSTALLED_LAW, JOURNAL, table
from app.storage.values import reader_of, to_column

_Place = tuple[str, str, str]
"""Collection, case, record."""


class _State:
    """All records, as built up entry by entry; a fact that no longer exists is passed over."""

    def __init__(self) -> None:
        self.held: dict[_Place, tuple[int, PlainRecord]] = {}
        self.broken: set[_Place] = set()

    def play(self, place: _Place, position: int | None, before: str | None, after: str | None) -> None:
        """Apply one entry."""
        if after is None:
            self.held.pop(place, None)
            return
        changed: PlainRecord = json.loads(after)
        if before is not None:
            if place not in self.held:
                self.broken.add(place)
                return
            old_position, old = self.held[place]
            self.held[place] = (old_position, old | changed)
        else:
            self.held[place] = (position or 0, changed)


def _known(collection: str) -> bool:
    return collection in (CASES, INSTALLED_LAW) or collection in collections()


def _played(
    connection: Connection,
    *,
    case_id: str | None = None,
    until: datetime | None = None,
    through: int | None = None,
) -> _State:
    rows = table(JOURNAL)
    wanted = (
        select(
            rows.c.at,
            rows.c.case_id,
            rows.c.collection,
            rows.c.record_id,
            rows.c.position,
            rows.c.before,
            rows.c.after,
        )
        .where(rows.c.collection != "")
        .order_by(rows.c.number)
    )
    if case_id is not None:
        wanted = wanted.where(rows.c.case_id == case_id)
    if through is not None:
        wanted = wanted.where(rows.c.number <= through)
    state = _State()
    for row in connection.execute(wanted):
        if until is not None and datetime.fromisoformat(row.at) > until:
            break
        if _known(row.collection):
            state.play((row.collection, row.case_id, row.record_id), row.position, row.before, row.after)
    return state


def check_rows(connection: Connection) -> Iterator[JournalProblem]:
    """Compare every record with what the journal says it is: a write that left no trace shows here."""
    try:
        state = _played(connection)
    except (ValueError, TypeError):
        yield JournalProblem("unreadable", 0, "留痕日志里有读不出来的内容，没法和案卷逐条核对。")
        return
    for collection in (CASES, *collections()):
        label = "案卷" if collection == CASES else collections()[collection].LABEL
        expected = {
            (place[1], place[2]): held for place, held in state.held.items() if place[0] == collection
        }
        try:
            actual = plain_rows(connection, collection)
        except (ValueError, TypeError):
            yield JournalProblem("row", 0, f"“{label}”里有本程序不会写的内容。")
            continue
        wrong = sum(
            key not in expected
            or key not in actual
            or expected[key][0] != actual[key][0]
            or _whole(collection, expected[key][1]) != actual[key][1]
            for key in {*expected, *actual}
        )
        if wrong:
            yield JournalProblem("row", 0, f"“{label}”有 {wrong} 条和留痕日志对不上。")
    brought = {place[2]: held[1] for place, held in state.held.items() if place[0] == INSTALLED_LAW}
    try:
        wrong = brought != dict(law_facts(connection))
    except (ValueError, TypeError):
        wrong = True
    if wrong:
        yield JournalProblem("row", 0, "装进来的规则包或放假安排和留痕日志对不上。")
    if state.broken:
        yield JournalProblem("row", 0, f"留痕日志改了 {len(state.broken)} 条并不存在的内容。")


def _whole(collection: str, facts: PlainRecord) -> PlainRecord:
    if collection == CASES:
        return facts
    empty = empty_record(collection)
    return empty | {name: plain for name, plain in facts.items() if name in empty}


def case_as_of(connection: Connection, case_id: str, when: datetime | int) -> Case | None:
    """Return the case as it was at an aware instant, or right after the journal entry of that number.

    ``None`` if it was not there.
    """
    if isinstance(when, int):
        return _case_of(_played(connection, case_id=case_id, through=when), case_id)
    return _case_of(_played(connection, case_id=case_id, until=when), case_id)


def _case_of(state: _State, case_id: str) -> Case | None:
    if (CASES, case_id, case_id) not in state.held:
        return None
    kept: dict[str, list[tuple[int, str, Record]]] = {name: [] for name in collections()}
    for (collection, _, record_id), (position, facts) in state.held.items():
        if collection != CASES:
            kept[collection].append((position, record_id, _record(collection, record_id, facts)))
    parts: dict[str, Any] = {}
    for collection, found in kept.items():
        records = tuple(held for *_, held in sorted(found, key=lambda part: part[:2]))
        if not is_single(collection):
            parts[collection] = records
        elif records:
            parts[collection] = records[0]
    return Case(**parts)


def _record(collection: str, record_id: str, facts: PlainRecord) -> Record:
    record_class = collections()[collection]
    values: dict[str, Any] = {"id": record_id}
    for name, fact in facts_of(record_class).items():
        stored = to_column(fact, facts.get(name))
        if stored is not None:
            values[name] = reader_of(fact)(stored)
    return record_class(**values)
