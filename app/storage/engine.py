"""How the library file is opened: transactions that really begin, and every guard of SQLite switched on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

APPLICATION_ID = 0x58535A4C
"""Written into the file's header by the first migration, so that a foreign SQLite file is recognised."""

_PRAGMAS = (
    "recursive_triggers = ON",  # else INSERT OR REPLACE walks past the triggers that forbid DELETE
    "busy_timeout = 5000",
    "synchronous = FULL",  # acknowledged means durable, also through a power cut
    "trusted_schema = OFF",
    "secure_delete = ON",  # what is deleted is overwritten: a person taken out leaves no bytes behind
    "cell_size_check = ON",
)


def open_engine(db_file: Path, *, enforce_foreign_keys: bool = True) -> Engine:
    """Return an engine for a library file.

    A transaction marked ``writes=True`` begins IMMEDIATE, so two writers wait for each other instead of one
    failing half-way. Connections are not kept: after each unit of work the write-ahead log is folded into the
    file and vanishes, so that a library at rest is one file and can be copied.
    """
    engine = create_engine(URL.create("sqlite", database=str(db_file)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _configure(driver_connection: Any, _record: Any) -> None:
        driver_connection.isolation_level = None  # BEGIN is emitted below, by us
        driver_connection.execute(f"PRAGMA foreign_keys = {int(enforce_foreign_keys)}")
        for pragma in _PRAGMAS:
            driver_connection.execute(f"PRAGMA {pragma}")
        driver_connection.execute("PRAGMA journal_mode = WAL").fetchall()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the file: several SELECTs see the same state."""
    with engine.connect() as connection, connection.begin():
        yield connection


def quick_check(connection: Connection) -> list[str]:
    """Return what SQLite itself finds wrong with the file's structure, in its own words; ``[]`` is good."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(20)")]
    return [] if found == ["ok"] else found


def application_id(connection: Connection) -> int:
    """Return the number in the file's header that says whose file it is."""
    return int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())


def copy_live(source: Path, target: Path) -> None:
    """Copy a library file that may be in use, including what still lies in its write-ahead log.

    A plain file copy would lose committed work; SQLite's own backup does not. ``target`` ends as one file.
    """
    with (
        closing(sqlite3.connect(source, timeout=5)) as old,
        closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE").fetchall()
