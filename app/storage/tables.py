"""The tables, derived from the records: one per collection, one column per fact."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

from app.domain.case import collections
from app.domain.facts import Fact, Kind, facts_of
from app.domain.roster import Person

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name that a later migration can call it by."""

RESERVED = frozenset({"case_id", "id", "position"})
"""Columns every record table has besides its facts; no fact may be called so."""

CASES = "cases"
JOURNAL = "journal"
INSTALLED_LAW = "installed_law"
ROSTER = "roster_people"
SHEETS = "survey_sheets"
MARKS = "sheet_marks"
"""Persons and answered sheets come in thousands and are no part of the case. No column leads from one to the other."""

BROUGHT_IN = (ROSTER, SHEETS, MARKS)
"""Tables whose rows belong to an import (``case_id``, ``batch``) and are deleted with it."""

FORGOTTEN = "forgotten"
"""No table: the journal's word for rows of an import that were deleted for good."""


_METADATA = MetaData(naming_convention=NAMING)


@cache
def table(name: str) -> Table:
    """Return one table by name: a collection, ``cases``, ``journal``, or one of those above.

    Tables are made when first asked for: making all of them takes longer than reading a case.
    """
    if name == CASES:
        return _cases()
    if name == JOURNAL:
        return _journal()
    if name == INSTALLED_LAW:
        return _installed_law()
    if name == ROSTER:
        return _roster()
    if name == SHEETS:
        return _sheets()
    if name == MARKS:
        return _marks()
    return Table(
        name,
        _METADATA,
        Column("case_id", Text, ForeignKey(table(CASES).c.id), primary_key=True),
        Column("id", Text, primary_key=True),
        Column("position", Integer, nullable=False),
        # REF and REFS are plain text without a foreign key, on purpose: facts are recorded as they become
        # known, in any order, and a link whose target was removed is a finding, not a refusal to save.
        *(_column(fact) for fact in facts_of(collections()[name]).values()),
    )


def metadata() -> MetaData:
    """Return all tables of the newest schema. The migrations must lead to exactly these (a test compares)."""
    for name in (CASES, JOURNAL, INSTALLED_LAW, ROSTER, SHEETS, MARKS, *collections()):
        table(name)
    return _METADATA


def _cases() -> Table:
    return Table(
        CASES,
        _METADATA,
        Column("id", Text, primary_key=True),
        Column("position", Integer, nullable=False),
        Column("created", Text, nullable=False),
    )


def _installed_law() -> Table:
    return Table(
        INSTALLED_LAW,
        _METADATA,
        Column("id", Text, primary_key=True),
        *(
            Column(name, Text, nullable=False)
            for name in (
                "kind",
                "key",
                "version",
                "fingerprint",
                "sha256",
                "from_file",
                "installed_at",
                "installed_by",
            )
        ),
        Column("active", Integer, nullable=False),
        Column("content", LargeBinary, nullable=False),
    )


def _roster() -> Table:
    return Table(
        ROSTER,
        _METADATA,
        Column("case_id", Text, ForeignKey(table(CASES).c.id), primary_key=True),
        Column("batch", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        *(_column(fact) for fact in facts_of(Person).values()),
    )


def _sheets() -> Table:
    return Table(
        SHEETS,
        _METADATA,
        Column("case_id", Text, ForeignKey(table(CASES).c.id), primary_key=True),
        Column("batch", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("survey", Text, nullable=False),
        Column("number", Text, nullable=False),
        Column("keyed", Integer, nullable=False),
        Column("invalid", Text, nullable=False),
        Column("answers", Text, nullable=False),
    )


def _marks() -> Table:
    return Table(
        MARKS,
        _METADATA,
        Column("case_id", Text, ForeignKey(table(CASES).c.id), primary_key=True),
        Column("batch", Text, primary_key=True),
        Column("mark", Text, primary_key=True),
        sqlite_with_rowid=False,
    )


def _journal() -> Table:
    journal = Table(
        JOURNAL,
        _METADATA,
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("at", Text, nullable=False),
        Column("actor", Text, nullable=False),
        Column("case_id", Text, nullable=False),
        Column("group", Integer, nullable=False),
        Column("undoes", Integer),
        Column("undoable", Integer, nullable=False),
        Column("action", Text, nullable=False),
        Column("collection", Text, nullable=False),
        Column("record_id", Text, nullable=False),
        Column("position", Integer),
        Column("before", Text),
        Column("after", Text),
        Column("detail", Text, nullable=False),
        Column("previous", Text, nullable=False),
        Column("hash", Text, nullable=False),
    )
    Index("ix_journal_entries", journal.c.case_id, journal.c.number)
    # Holds all that 撤销 asks after every edit, so that it need not read what the entries say.
    steps = (journal.c.case_id, journal.c.group, journal.c.undoes, journal.c.undoable, journal.c.collection)
    Index("ix_journal_steps", *steps)
    return journal


def _column(fact: Fact) -> Column[object]:
    """Column of one fact. What is never NULL has a default, so that a later fact is a plain ADD COLUMN."""
    if fact.name in RESERVED:
        raise ValueError(f"a fact may not be called {fact.name}")
    match fact.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.REF:
            return Column(fact.name, Text, nullable=False, server_default=text("''"))
        case Kind.TEXTS | Kind.INTEGERS | Kind.REFS:
            return Column(fact.name, Text, nullable=False, server_default=text("'[]'"))
        case Kind.INTEGER | Kind.YES_NO:
            return Column(fact.name, Integer)  # yes is 1, no is 0; what is neither must not pass for yes
        case _:
            # Dates, moments and choices as their file form; decimals too, as REAL would change the digits.
            return Column(fact.name, Text)
