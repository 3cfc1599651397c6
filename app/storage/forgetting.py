"""Persons and answered sheets whose import no longer stands are deleted for good when the library is opened next.

Until then 撤销 and 重做 bring them back; afterwards steps that would are passed over (:func:`lost_groups`). The journal
says how many rows went, never whose. Copies made before (backups) still hold them.
"""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from app.storage.engine import reading
from app.storage.half_sheets import BATCH
from app.storage.tables import BROUGHT_IN, FORGOTTEN, JOURNAL, table
from app.storage.unit_of_work import UnitOfWork

ACTION = "彻底删掉移除了的名单和答卷"

_log = logging.getLogger(__name__)


def unheld_batches(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """Return (table, case, import) of rows no standing import brought."""
    imports = table("data_imports")
    standing = {tuple(row) for row in connection.execute(select(imports.c.case_id, imports.c.id))}
    found = []
    for name in BROUGHT_IN:
        rows = table(name)
        for case_id, batch in connection.execute(select(rows.c.case_id, rows.c.batch).distinct()):
            if batch != BATCH and (case_id, batch) not in standing:  # what is being typed came with no import
                found.append((name, case_id, batch))
    return tuple(found)


def forget_unheld(engine: Engine, *, actor: str, at: datetime) -> int:
    """Delete rows no standing import brought, and write the file anew without them; return how many there were.

    A file that could not be written anew (a full disk) is left as it is: deleted bytes were overwritten with zeros.
    """
    with reading(engine) as connection:
        found = unheld_batches(connection)
    if not found:
        return 0
    count = 0
    with UnitOfWork(engine, actor=actor, at=at, undoable=False) as work:
        for name, case_id, batch in found:
            count += work.forget(name, case_id, batch, action=ACTION)
        work.commit()
    try:
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(
                "PRAGMA temp_store = MEMORY"
            )  # the new file is built there, not in a temporary one
            driver.execute("VACUUM")
    except DBAPIError:
        _log.warning("the library file was not written anew after rows were deleted")
    return count


def forgotten_batches(connection: Connection, case_id: str) -> frozenset[str]:
    """Return the imports of a case whose rows were deleted for good."""
    rows = table(JOURNAL)
    wanted = select(rows.c.record_id).where(rows.c.case_id == case_id, rows.c.collection == FORGOTTEN)
    return frozenset(connection.execute(wanted).scalars())


def lost_groups(connection: Connection, case_id: str) -> frozenset[int]:
    """Return the steps that would bring back, or take away, an import whose rows are no more."""
    batches = forgotten_batches(connection, case_id)
    if not batches:
        return frozenset()
    rows = table(JOURNAL)
    wanted = select(rows.c.group).where(
        rows.c.case_id == case_id, rows.c.collection == "data_imports", rows.c.record_id.in_(batches)
    )
    return frozenset(connection.execute(wanted).scalars())
