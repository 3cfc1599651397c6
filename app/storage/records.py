"""One generic read and write of records. Rows never leave: what comes out are the domain's frozen records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, Select, Table, bindparam, func, insert, select

from app.domain.case import Case, collections, is_single
from app.domain.facts import Fact, Record, facts_of
from app.errors import DamagedError
from app.storage.tables import CASES, table
from app.storage.values import Plain, plain_of_column, reader_of, to_column, to_plain

PlainRecord = dict[str, Plain]
"""All facts of one record in plain form, by name."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a collection is read as a whole, worked out once.

    The statement is plain text: for 58 collections, building and compiling it from table objects would take
    longer than opening the library and reading the case together.
    """

    record_class: type[Record]
    facts: dict[str, Fact]
    readers: tuple[tuple[str, Callable[[Any], Any]], ...]
    statement: str


@cache
def _reading(collection: str) -> _Reading:
    record_class = collections()[collection]
    facts = facts_of(record_class)
    columns = ", ".join(f'"{name}"' for name in ("id", *facts))
    return _Reading(
        record_class=record_class,
        facts=facts,
        readers=tuple((name, reader_of(fact)) for name, fact in facts.items()),
        statement=f'SELECT {columns} FROM "{collection}" WHERE case_id = ? ORDER BY position, id',
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """How single rows of a collection are found and added, worked out once."""

    table: Table
    facts: dict[str, Fact]
    record_class: type[Record]
    one: Select[Any]
    add: Insert


@cache
def _shape(collection: str) -> _Shape:
    record_class = collections()[collection]
    facts = facts_of(record_class)
    rows = table(collection)
    this = (rows.c.case_id == bindparam("of_case"), rows.c.id == bindparam("record_id"))
    return _Shape(
        table=rows,
        facts=facts,
        record_class=record_class,
        one=select(rows.c.position, *(rows.c[name] for name in facts)).where(*this),
        add=insert(rows),
    )


def read_case(connection: Connection, case_id: str) -> Case:
    """Return a whole case as frozen records, in the order in which the user put them.

    Raises:
        KeyError: there is no such case.
        DamagedError: a value is none this program writes.
    """
    if not case_exists(connection, case_id):
        raise KeyError(case_id)
    held: dict[str, Any] = {}
    for collection, record_class in collections().items():
        made = read_records(connection, collection, case_id)
        if not is_single(collection):
            held[collection] = made
        elif len(made) == 1:
            held[collection] = made[0]
        else:
            raise _damaged(f"“{record_class.LABEL}”应当正好有一条，现在有 {len(made)} 条")
    return Case(**held)


def read_records(connection: Connection, collection: str, case_id: str) -> tuple[Any, ...]:
    """Return the records of one collection of a case, in its order; none if there is no such case.

    Raises:
        DamagedError: a value is none this program writes.
    """
    reading = _reading(collection)
    rows = connection.exec_driver_sql(reading.statement, (case_id,))
    return tuple(_record(reading, row) for row in rows)


def _record(reading: _Reading, row: Row[Any]) -> Record:
    values: dict[str, Any] = {"id": row[0]}
    stored: Any
    for stored, (name, read) in zip(row[1:], reading.readers, strict=True):
        if stored is not None:
            try:
                values[name] = read(stored)
            except (ValueError, TypeError) as error:
                label = f"“{reading.record_class.LABEL}”的“{reading.facts[name].label}”"
                raise _damaged(f"{label}里有本程序不会写的内容") from error
    return reading.record_class(**values)


def _damaged(what: str) -> DamagedError:
    return DamagedError(
        f"资料库里有一处内容不对：{what}。",
        "其他内容没有动。",
        "先查资料库，看哪些地方不对；查不好就从最近的备份还原。",
        code="L-121",
    )


def plain_record(collection: str, held: Record) -> PlainRecord:
    """Return a record's facts in plain form.

    Raises:
        TypeError: the record is not of this collection, or a value not of its kind.
    """
    shape = _shape(collection)
    if not isinstance(held, shape.record_class):
        raise TypeError(f"{type(held).__name__} does not belong into {collection}")
    return {name: to_plain(fact, getattr(held, name)) for name, fact in shape.facts.items()}


@cache
def empty_record(collection: str) -> PlainRecord:
    """Return the plain form of a record of which nothing is known."""
    return {name: to_plain(fact, fact.empty) for name, fact in facts_of(collections()[collection]).items()}


def case_exists(connection: Connection, case_id: str) -> bool:
    """True if the library holds this case."""
    cases = table(CASES)
    return connection.execute(select(cases.c.id).where(cases.c.id == case_id)).first() is not None


def case_ids(connection: Connection) -> tuple[str, ...]:
    """Return the ids of all cases, in the order in which they were added."""
    cases = table(CASES)
    return tuple(row.id for row in connection.execute(select(cases.c.id).order_by(cases.c.position)))


def record_ids(connection: Connection, collection: str, case_id: str) -> tuple[str, ...]:
    """Return the ids of a case's records in a collection, in their order."""
    rows = table(collection)
    ids = select(rows.c.id).where(rows.c.case_id == case_id).order_by(rows.c.position, rows.c.id)
    return tuple(row.id for row in connection.execute(ids))


def find_row(
    connection: Connection, collection: str, case_id: str, record_id: str
) -> tuple[int, PlainRecord] | None:
    """Return position and plain facts of one record, ``None`` if it is not there."""
    if collection == CASES:
        cases = table(CASES)
        row = connection.execute(
            select(cases.c.position, cases.c.created).where(cases.c.id == case_id)
        ).first()
        return (row.position, {"created": row.created}) if row else None
    shape = _shape(collection)
    row = connection.execute(shape.one, {"of_case": case_id, "record_id": record_id}).first()
    if row is None:
        return None
    return row[0], _plain_row(shape, row[1:])


def _plain_row(shape: _Shape, columns: Sequence[Any]) -> PlainRecord:
    pairs = zip(shape.facts.items(), columns, strict=True)
    return {name: plain_of_column(fact, stored) for (name, fact), stored in pairs}


def plain_rows(connection: Connection, collection: str) -> dict[tuple[str, str], tuple[int, PlainRecord]]:
    """Return every row of a collection over all cases: (case, id) → position and plain facts."""
    if collection == CASES:
        cases = table(CASES)
        return {
            (row.id, row.id): (row.position, {"created": row.created})
            for row in connection.execute(select(cases))
        }
    shape = _shape(collection)
    rows = shape.table
    everything = select(rows.c.case_id, rows.c.id, rows.c.position, *(rows.c[name] for name in shape.facts))
    return {(row[0], row[1]): (row[2], _plain_row(shape, row[3:])) for row in connection.execute(everything)}


def next_position(connection: Connection, collection: str, case_id: str) -> int:
    """Return the place after the last record (or case)."""
    rows = table(collection)
    last = select(func.max(rows.c.position))
    if collection != CASES:
        last = last.where(rows.c.case_id == case_id)
    return int(connection.execute(last).scalar() or 0) + 1


def insert_row(
    connection: Connection, collection: str, case_id: str, record_id: str, position: int, facts: PlainRecord
) -> None:
    """Add one row; facts left out are empty."""
    if collection == CASES:
        connection.execute(insert(table(CASES)), {"id": case_id, "position": position, **facts})
        return
    shape = _shape(collection)
    whole = empty_record(collection) | facts
    columns = {name: to_column(fact, whole[name]) for name, fact in shape.facts.items()}
    connection.execute(shape.add, {"case_id": case_id, "id": record_id, "position": position, **columns})


def insert_rows(
    connection: Connection, collection: str, case_id: str, rows: Iterable[tuple[str, int, PlainRecord]]
) -> None:
    """Add many rows (id, position, all facts) at once, in the driver's own way: a fraction of their time one by one."""
    shape = _shape(collection)
    names = ("case_id", "id", "position", *shape.facts)
    made = [
        (case_id, record_id, position, *(to_column(fact, facts[name]) for name, fact in shape.facts.items()))
        for record_id, position, facts in rows
    ]
    if made:
        columns = ", ".join(f'"{name}"' for name in names)
        places = ", ".join("?" * len(names))
        connection.exec_driver_sql(f'INSERT INTO "{collection}" ({columns}) VALUES ({places})', made)


def update_row(
    connection: Connection, collection: str, case_id: str, record_id: str, facts: PlainRecord
) -> None:
    """Change some facts of one row."""
    shape = _shape(collection)
    columns = {name: to_column(shape.facts[name], plain) for name, plain in facts.items()}
    rows = shape.table
    connection.execute(
        rows.update().where(rows.c.case_id == case_id, rows.c.id == record_id).values(**columns)
    )


def delete_row(connection: Connection, collection: str, case_id: str, record_id: str) -> None:
    """Remove one row."""
    rows = table(collection)
    if collection == CASES:
        connection.execute(rows.delete().where(rows.c.id == case_id))
    else:
        connection.execute(rows.delete().where(rows.c.case_id == case_id, rows.c.id == record_id))
