"""The triggers that keep the journal append-only. They are a guard rail; the hash chain is the proof."""

from __future__ import annotations

from sqlalchemy import Connection

from app.errors import DamagedError

GUARDS = frozenset({"journal_no_update", "journal_no_delete", "journal_only_appends"})
"""Made by the first migration. A migration that rebuilds the journal table has to make them again."""


def missing_guards(connection: Connection) -> set[str]:
    """Return the names of guards that are not there."""
    rows = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
    )
    return set(GUARDS) - {str(row[0]) for row in rows}


def require_all(connection: Connection) -> None:
    """Refuse to go on without the guards.

    Raises:
        DamagedError: one is missing, so somebody else has worked on the file.
    """
    if missing_guards(connection):
        raise DamagedError(
            "留痕日志的防改动措施不见了，资料库可能被别的程序改过。",
            "资料库没有被打开，内容没有再变。",
            "先把这个文件夹整个复制一份留着，再从最近的备份还原。",
            code="L-122",
        )
