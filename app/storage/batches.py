"""Which imports stand in a case: only their rows count."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, delete, select

from app.domain.data_import import ImportKind
from app.storage.failures import damaged_file
from app.storage.tables import BROUGHT_IN, table

SHEET_KINDS = (ImportKind.ONLINE_ANSWERS, ImportKind.PAPER_ANSWERS)
"""What brings answered sheets."""


def batches_of(
    connection: Connection, case_id: str, kinds: Sequence[ImportKind], survey_id: str = ""
) -> tuple[str, ...]:
    """Return the ids of the imports of these kinds (and of this survey), in the order of the case."""
    rows = table("data_imports")
    wanted = select(rows.c.id).where(
        rows.c.case_id == case_id, rows.c.kind.in_([kind.value for kind in kinds])
    )
    if survey_id:
        wanted = wanted.where(rows.c.survey == survey_id)
    return tuple(connection.execute(wanted.order_by(rows.c.position, rows.c.id)).scalars())


def batches_left(connection: Connection, case_id: str) -> tuple[tuple[str, str], ...]:
    """Return (table, import) of all persons and sheets of a case that lie in the file, standing or not."""
    found = []
    for name in BROUGHT_IN:
        rows = table(name)
        batches = select(rows.c.batch).where(rows.c.case_id == case_id).distinct()
        found += [(name, batch) for batch in connection.execute(batches).scalars()]
    return tuple(found)


def delete_batch(connection: Connection, name: str, case_id: str, batch: str) -> int:
    """Delete all rows an import brought into a table; return how many there were."""
    rows = table(name)
    this = delete(rows).where(rows.c.case_id == case_id, rows.c.batch == batch)
    return connection.execute(this).rowcount


@contextlib.contextmanager
def only_ours(advice: Callable[[], str]) -> Iterator[None]:
    """What is none this program writes means that the file is damaged."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged_file(advice) from error
