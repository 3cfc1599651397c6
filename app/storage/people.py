"""Persons of a roster on disk: many rows at once, apart from the case and from the answered sheets.

A person counts while the import it came with stands in the case (:mod:`app.domain.data_import`).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from app.domain.facts import facts_of
from app.domain.roster import Person
from app.storage.tables import ROSTER, table
from app.storage.values import reader_of, to_column, to_plain


def insert_people(connection: Connection, case_id: str, batch: str, people: Iterable[Person]) -> int:
    """Add the persons of one import; return how many."""
    facts = facts_of(Person)
    rows = [
        {
            "case_id": case_id,
            "batch": batch,
            "id": person.id,
            **{name: to_column(fact, to_plain(fact, getattr(person, name))) for name, fact in facts.items()},
        }
        for person in people
    ]
    if rows:
        connection.execute(insert(table(ROSTER)), rows)
    return len(rows)


def read_people(connection: Connection, case_id: str, batch: str) -> tuple[Person, ...]:
    """Return the persons of one import, in the order of their ids, which is that of the file.

    Raises:
        ValueError, TypeError: a value is none this program writes.
    """
    rows = table(ROSTER)
    readers = [(name, reader_of(fact)) for name, fact in facts_of(Person).items()]
    wanted = select(rows.c.id, *(rows.c[name] for name, _ in readers))
    found = connection.execute(
        wanted.where(rows.c.case_id == case_id, rows.c.batch == batch).order_by(rows.c.id)
    )
    people = []
    for row in found:
        values = {
            name: read(stored)
            for stored, (name, read) in zip(row[1:], readers, strict=True)
            if stored is not None
        }
        people.append(Person(id=row[0], **values))
    return tuple(people)
