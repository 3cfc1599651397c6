"""留痕日志: who did what when, with before and after; append-only, each entry bound to the last by its hash.

Before and after hold only what changed: for a new record the facts that are not empty, for a removed one
those it had, for a changed one the facts that differ. So the journal stays small and reads as what was done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from app.errors import DamagedError
from app.storage.records import PlainRecord
from app.storage.tables import JOURNAL, table

FIRST_PREVIOUS = "0" * 64
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry.

    Attributes:
        number: 1, 2, 3 … without gaps.
        at: aware, UTC.
        group: number of the first entry of the same user step; all its entries carry it.
        action: what was done, in Chinese, e.g. ``移除送达回执``.
        collection, record_id: the record changed; empty for a mere note (printed, frozen, restored).
        position: the record's place in its collection, for one added or removed.
        before, after: plain facts (see the module); ``None`` before an addition and after a removal.
        undoes: the group this entry takes back, if it does.
        undoable: false for steps that are corrected by a supplement only (signing, freezing a package).
    """

    number: int
    at: datetime
    actor: str
    case_id: str
    group: int
    action: str
    collection: str
    record_id: str
    position: int | None
    before: PlainRecord | None
    after: PlainRecord | None
    detail: str
    undoes: int | None
    undoable: bool
    hash: str


_HASHED = (
    "number",
    "at",
    "actor",
    "case_id",
    "group",
    "undoes",
    "undoable",
    "action",
    "collection",
    "record_id",
    "position",
    "before",
    "after",
    "detail",
    "previous",
)


def canonical(value: Any) -> str:
    """Return the one JSON text for a value: sorted keys, no blanks, Chinese as it is."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
"""Made once: json.dumps would make one for each of thousands of entries."""


def entry_hash(columns: dict[str, Any]) -> str:
    """Return the SHA-256 of an entry as it lies in its row, the hash of the entry before included."""
    hashed = canonical([columns[name] for name in _HASHED])
    # surrogatepass: a damaged file may hold text that is none; it must hash to something, not stop the check.
    return hashlib.sha256(hashed.encode("utf-8", "surrogatepass")).hexdigest()


class JournalWriter:
    """Appends the entries of one user step, inside the transaction that makes the change."""

    def __init__(self, connection: Connection, *, actor: str, at: datetime, undoable: bool = True) -> None:
        """``at`` is an aware instant; all entries of the step carry it."""
        if at.tzinfo is None:
            raise ValueError("an instant has a zone")
        if not actor.strip():
            raise ValueError("somebody does it")
        self._connection = connection
        self._rows = table(JOURNAL)
        self._actor = actor.strip()
        self._at = at.astimezone(UTC).isoformat(timespec="milliseconds")
        self._undoable = undoable
        self._number, self._head = _last(connection)
        self.group: int | None = None
        self.undoes: int | None = None

    def append(
        self,
        case_id: str,
        action: str,
        *,
        collection: str = "",
        record_id: str = "",
        position: int | None = None,
        before: PlainRecord | None = None,
        after: PlainRecord | None = None,
        detail: str = "",
        for_good: bool = False,
    ) -> None:
        """Write one entry; ``for_good``: it cannot be taken back, whatever the rest of its step."""
        columns = self._next(
            case_id, action, collection, record_id, position, before, after, detail, for_good
        )
        self._connection.execute(self._rows.insert(), columns)

    def append_added(
        self, case_id: str, action: str, collection: str, added: Iterable[tuple[str, int, PlainRecord]]
    ) -> None:
        """Write an entry for each of many new records (id, position, facts that are not empty), at once."""
        entries = [
            self._next(case_id, action, collection, record_id, position, None, after, "")
            for record_id, position, after in added
        ]
        if entries:
            columns = ", ".join(f'"{name}"' for name in entries[0])
            places = ", ".join("?" * len(entries[0]))
            rows = [tuple(each.values()) for each in entries]
            self._connection.exec_driver_sql(f'INSERT INTO "{JOURNAL}" ({columns}) VALUES ({places})', rows)

    def _next(
        self,
        case_id: str,
        action: str,
        collection: str,
        record_id: str,
        position: int | None,
        before: PlainRecord | None,
        after: PlainRecord | None,
        detail: str,
        for_good: bool = False,
    ) -> dict[str, Any]:
        """The columns of the next entry, bound to the last."""
        self._number += 1
        if self.group is None:
            self.group = self._number
        columns: dict[str, Any] = {
            "number": self._number,
            "at": self._at,
            "actor": self._actor,
            "case_id": case_id,
            "group": self.group,
            "undoes": self.undoes,
            "undoable": int(self._undoable and not for_good),
            "action": action,
            "collection": collection,
            "record_id": record_id,
            "position": position,
            "before": None if before is None else canonical(before),
            "after": None if after is None else canonical(after),
            "detail": detail,
            "previous": self._head,
        }
        columns["hash"] = self._head = entry_hash(columns)
        return columns


def _last(connection: Connection) -> tuple[int, str]:
    rows = table(JOURNAL)
    last = connection.execute(
        select(rows.c.number, rows.c.hash).order_by(rows.c.number.desc()).limit(1)
    ).first()
    return (last.number, last.hash) if last else (0, FIRST_PREVIOUS)


def journal_head(connection: Connection) -> str:
    """Return the hash of the last entry; printed on papers and in packages it anchors all before it."""
    return _last(connection)[1]


def read_journal(
    connection: Connection,
    case_id: str | None = None,
    *,
    limit: int | None = None,
    before: int | None = None,
    group: int | None = None,
) -> tuple[JournalEntry, ...]:
    """Return entries, the newest first: of one case or of all, below number ``before``, at most ``limit``.

    Raises:
        DamagedError: an entry cannot be read.
    """
    rows = table(JOURNAL)
    wanted = select(rows).order_by(rows.c.number.desc())
    if case_id is not None:
        wanted = wanted.where(rows.c.case_id == case_id)
    if before is not None:
        wanted = wanted.where(rows.c.number < before)
    if group is not None:
        wanted = wanted.where(rows.c.group == group)
    if limit is not None:
        wanted = wanted.limit(limit)
    return tuple(_entry(row) for row in connection.execute(wanted))


def ever_added(connection: Connection, collection: str) -> tuple[tuple[str, PlainRecord], ...]:
    """Return case and facts of every record of a collection that was ever added, the newest first.

    Raises:
        DamagedError: an entry cannot be read.
    """
    rows = table(JOURNAL)
    wanted = select(rows).where(
        rows.c.collection == collection, rows.c.before.is_(None), rows.c.after.is_not(None)
    )
    entries = map(_entry, connection.execute(wanted.order_by(rows.c.number.desc())))
    return tuple((each.case_id, each.after or {}) for each in entries)


def _entry(row: Row[Any]) -> JournalEntry:
    try:
        return JournalEntry(
            number=row.number,
            at=_instant(row.at),
            actor=row.actor,
            case_id=row.case_id,
            group=row.group,
            action=row.action,
            collection=row.collection,
            record_id=row.record_id,
            position=row.position,
            before=None if row.before is None else json.loads(row.before),
            after=None if row.after is None else json.loads(row.after),
            detail=row.detail,
            undoes=row.undoes,
            undoable=bool(row.undoable),
            hash=row.hash,
        )
    except (ValueError, TypeError) as error:
        raise DamagedError(
            f"留痕日志第 {row.number} 条读不出来。",
            "案卷的内容没有动。",
            "先查资料库，看哪些地方不对；再从最近的备份还原。",
            code="L-123",
        ) from error


def _instant(written: str) -> datetime:
    made = datetime.fromisoformat(written)
    if made.tzinfo is None:
        raise ValueError("an instant has a zone")
    return made.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class JournalProblem:
    """One thing the check of the journal found.

    Attributes:
        kind: ``number`` (gap), ``chain`` (does not follow the entry before), ``hash`` (was changed),
            ``unreadable``, ``guard`` (a trigger is missing), ``row`` (a record is not what the journal says).
        number: the entry, 0 if it is none of them.
        sentence: in Chinese; names no person and quotes no content.
    """

    kind: str
    number: int
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


def check_chain(connection: Connection) -> Iterator[JournalProblem]:
    """Recompute every hash; each entry must follow the one before."""
    rows = table(JOURNAL)
    expected_number, previous = 1, FIRST_PREVIOUS
    for row in connection.execute(select(rows).order_by(rows.c.number)):
        columns = dict(row._mapping)
        number = columns["number"]
        if number != expected_number:
            yield JournalProblem(
                "number", number, f"留痕日志第 {expected_number} 条到第 {number - 1} 条不见了。"
            )
        elif columns["previous"] != previous:
            yield JournalProblem("chain", number, f"留痕日志第 {number} 条接不上前一条。")
        if entry_hash(columns) != columns["hash"]:
            yield JournalProblem("hash", number, f"留痕日志第 {number} 条被改过。")
        expected_number, previous = number + 1, columns["hash"]
