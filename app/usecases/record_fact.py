"""Record what happened: add or change one record, together with its trace."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from app.domain.case import Case, collections, is_single, unlinked
from app.domain.facts import Kind, Record, facts_of
from app.domain.printable import printable
from app.storage.library import Library
from app.usecases.frozen_questions import refuse_if_frozen


def new_id(case: Case, collection: str) -> str:
    """Return an id no record of the collection has."""
    taken = {held.id for held in case.records(collection)}
    while True:
        made = secrets.token_hex(5)
        if made not in taken:
            return made


def add_record(
    library: Library, case_id: str, collection: str, *, actor: str, preset: Mapping[str, Any] | None = None
) -> Record:
    """Add an empty record (with ``preset`` facts) and return it.

    Raises:
        ValueError: the collection holds exactly one record.
        UserError: it is a question of a frozen questionnaire (S-201).
    """
    if is_single(collection):
        raise ValueError(f"{collection} holds exactly one record")
    record_class = collections()[collection]
    case = library.read_case(case_id)
    made = record_class(id=new_id(case, collection)).replace(**dict(preset or {}))
    refuse_if_frozen(case, collection, None, made)
    with library.write(actor) as unit:
        unit.put(case_id, collection, made, action=f"添加{record_class.LABEL}")
        unit.commit()
    return made


def record_fact(library: Library, case_id: str, collection: str, held: Record, *, actor: str) -> None:
    """Store a changed record. Lawful or not, what happened is always stored; findings come after.

    The journal entry names the facts that changed, not their values (those it keeps in before and after).

    Raises:
        UserError: it is a question of a frozen questionnaire (S-201): the paper that was handed out asks otherwise.
    """
    record_class = collections()[collection]
    held = _printable_record(held)
    case = library.read_case(case_id)
    old = case.find(collection, held.id)
    refuse_if_frozen(case, collection, old, held)
    names = [
        fact.label
        for name, fact in facts_of(record_class).items()
        if old is None or getattr(old, name) != getattr(held, name)
    ]
    if old is not None and not names:
        return
    what = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
    with library.write(actor) as unit:
        unit.put(
            case_id,
            collection,
            held,
            action=f"修改{record_class.LABEL}：{what}" if old else f"添加{record_class.LABEL}",
        )
        unit.commit()


def _printable_record(held: Record) -> Record:
    """Text pasted from elsewhere may hold what no paper can show, and a dump of it could not be loaded again."""
    cleaned = {
        name: printable(value)
        for name, fact in facts_of(type(held)).items()
        if fact.kind in (Kind.TEXT, Kind.LONG_TEXT) and printable(value := getattr(held, name)) != value
    }
    return held.replace(**cleaned) if cleaned else held


def remove_record(library: Library, case_id: str, collection: str, record_id: str, *, actor: str) -> None:
    """Take a record out of the case, and every link to it; undo brings all back. Nothing if it is not there.

    Raises:
        UserError: it is a question of a frozen questionnaire (S-201).
    """
    case = library.read_case(case_id)
    old = case.find(collection, record_id)
    if old is None:
        return
    refuse_if_frozen(case, collection, old, None)
    with library.write(actor) as unit:
        unit.remove(case_id, collection, record_id, action=f"移除{collections()[collection].LABEL}")
        for other, held in case.linked_to(collection, record_id):
            if (other, held.id) != (collection, record_id):
                unlink = unlinked(held, collection, record_id)
                unit.put(case_id, other, unlink, action=f"移除{collections()[collection].LABEL}的关联")
        unit.commit()
