"""Rule packs and holiday years that were brought into the library: every version stays, one of each is active.

Rows are added and their mark ``active`` is moved, nothing else; each of both has its journal entry, whose
facts (all columns but the content, for which its SHA-256 stands) are compared when the journal is verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.errors import DamagedError
from app.storage.records import PlainRecord
from app.storage.tables import INSTALLED_LAW, table

PACK, CALENDAR = "pack", "calendar"
_NOT_FACTS = ("id", "content")  # the record's own name, and what its SHA-256 stands for

_ANY_ACTIVE = f"SELECT EXISTS (SELECT 1 FROM {INSTALLED_LAW} WHERE active = 1)"
"""Asked at each opening; building and compiling the whole statement would take longer than all the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledLaw:
    """One version of one pack or year.

    Attributes:
        id: tells it from all others, also in the journal.
        kind: :data:`PACK` or :data:`CALENDAR`.
        key: region of the pack, or the year.
        version: version of the pack; empty for a year.
        fingerprint: the one shown, over the files.
        from_file: name of the file it came from; empty for a year typed by hand.
        installed_at: when (aware, UTC).
        installed_by: who.
        active: it is the one in use; where none of a key is, the program's own is.
        content: its files; empty where only the list was asked for.
    """

    id: str
    kind: str
    key: str
    version: str
    fingerprint: str
    from_file: str
    installed_at: datetime
    installed_by: str
    active: bool
    content: bytes = b""


def read_law(
    connection: Connection, *, active_only: bool = False, contents: bool = False
) -> tuple[InstalledLaw, ...]:
    """Return what was brought in, in the order in which it was.

    Raises:
        DamagedError: a row holds what this program never writes.
    """
    if active_only and not connection.exec_driver_sql(_ANY_ACTIVE).scalar():
        return ()
    rows = table(INSTALLED_LAW)
    columns = [column for column in rows.c if contents or column.name != "content"]
    wanted = select(*columns).order_by(rows.c.installed_at, rows.c.id)
    if active_only:
        wanted = wanted.where(rows.c.active == 1)
    return tuple(_made(row, contents) for row in connection.execute(wanted))


def _made(row: Row[Any], contents: bool) -> InstalledLaw:
    try:
        content = bytes(row.content) if contents else b""
        at = datetime.fromisoformat(row.installed_at)
        if at.tzinfo is None or (contents and hashlib.sha256(content).hexdigest() != row.sha256):
            raise ValueError("not what was written")
    except (ValueError, TypeError) as error:
        raise DamagedError(
            f"资料库里装的规则包或放假安排（{row.key}）坏了，和装的时候不一样。",
            "案卷的内容没有动。",
            "先查资料库，再从最近的备份还原；或者把这个规则包再装一次。",
            code="L-124",
        ) from error
    return InstalledLaw(
        id=row.id,
        kind=row.kind,
        key=row.key,
        version=row.version,
        fingerprint=row.fingerprint,
        from_file=row.from_file,
        installed_at=at.astimezone(UTC),
        installed_by=row.installed_by,
        active=bool(row.active),
        content=content,
    )


def insert_law(
    connection: Connection,
    *,
    kind: str,
    key: str,
    version: str,
    fingerprint: str,
    content: bytes,
    from_file: str,
    at: datetime,
    by: str,
) -> tuple[str, PlainRecord]:
    """Add one version, not active yet; return its id and its facts as the journal keeps them."""
    rows = table(INSTALLED_LAW)
    same = select(func.count()).where(rows.c.kind == kind, rows.c.key == key)
    number = int(connection.execute(same).scalar_one()) + 1
    facts: PlainRecord = {
        "kind": kind,
        "key": key,
        "version": version,
        "fingerprint": fingerprint,
        "sha256": hashlib.sha256(content).hexdigest(),
        "from_file": from_file,
        "installed_at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "installed_by": by,
        "active": 0,
    }
    made = f"{kind}-{key}-{number}"
    connection.execute(rows.insert(), {"id": made, **facts, "content": content})
    return made, facts


def active_of(connection: Connection, kind: str, key: str) -> str:
    """Return the id of the version in use, empty while that is the program's own."""
    rows = table(INSTALLED_LAW)
    wanted = select(rows.c.id).where(rows.c.kind == kind, rows.c.key == key, rows.c.active == 1)
    return str(connection.execute(wanted).scalar() or "")


def has_version(connection: Connection, kind: str, key: str, law_id: str) -> bool:
    """Whether this version of this pack or year was brought in."""
    rows = table(INSTALLED_LAW)
    wanted = select(rows.c.id).where(rows.c.kind == kind, rows.c.key == key, rows.c.id == law_id)
    return connection.execute(wanted).first() is not None


def mark(connection: Connection, law_id: str, *, active: bool) -> None:
    """Move the mark on or off one version."""
    rows = table(INSTALLED_LAW)
    connection.execute(rows.update().where(rows.c.id == law_id).values(active=int(active)))


def law_facts(connection: Connection) -> Iterator[tuple[str, PlainRecord]]:
    """Yield id and facts of every row as they lie there; the SHA-256 is that of the content itself."""
    rows = table(INSTALLED_LAW)
    for row in connection.execute(select(rows)):
        columns = dict(row._mapping)
        facts: PlainRecord = {name: held for name, held in columns.items() if name not in _NOT_FACTS}
        facts["sha256"] = hashlib.sha256(bytes(columns["content"])).hexdigest()
        yield str(columns["id"]), facts
