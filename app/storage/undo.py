"""撤销 and 重做: taking back a step is itself a step, written behind it; the journal only ever grows."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from app.domain.questionnaire import printed_otherwise
from app.errors import UserError
from app.storage.changes import Changes
from app.storage.forgetting import lost_groups
from app.storage.journal import JournalEntry, read_journal
from app.storage.records import PlainRecord, case_exists, empty_record, find_row, read_case
from app.storage.tables import CASES, JOURNAL, table
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be taken back or done again.

    Attributes:
        group: its number in the journal.
        action: what it did, e.g. ``移除送达回执``.
        name: the words for button and journal, e.g. ``撤销：移除送达回执``.
        changes: what carrying it out changed; empty as long as it is only offered.
    """

    group: int
    action: str
    name: str
    changes: Changes = field(default_factory=Changes)


def next_undo(connection: Connection, case_id: str) -> Step | None:
    """Return the latest step of the case that stands and can be taken back."""
    group, root = _latest(connection, case_id)[0]
    return _step(connection, case_id, group, root, "撤销") if group else None


def next_redo(connection: Connection, case_id: str) -> Step | None:
    """Return the step that was taken back last, as long as no ordinary edit came after."""
    group, root = _latest(connection, case_id)[1]
    return _step(connection, case_id, group, root, "重做") if group else None


def _step(connection: Connection, case_id: str, group: int, root: int, verb: str) -> Step:
    rows = table(JOURNAL)
    first = (
        select(rows.c.action)
        .where(rows.c.case_id == case_id, rows.c.group == root, rows.c.collection != "")
        .order_by(rows.c.number)
        .limit(1)
    )
    action = str(connection.execute(first).scalar_one())
    return Step(group, action, f"{verb}：{action}")


def _latest(connection: Connection, case_id: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return (group to undo, its root) and (group to redo, its root); 0 where there is none.

    A step that undoes an ordinary step is an undo, one that undoes an undo is a redo, and so on; the root is
    the ordinary step at the bottom. Steps that are not undoable, notes, and steps about persons or sheets that were
    deleted for good stand aside and are passed over.
    """
    rows = table(JOURNAL)
    groups = connection.execute(
        select(rows.c.group, func.max(rows.c.undoes))
        .where(rows.c.case_id == case_id, rows.c.collection != "", rows.c.undoable == 1)
        .group_by(rows.c.group)
        .order_by(rows.c.group)
    )
    lost = lost_groups(connection, case_id)
    root_of: dict[int, int] = {}
    is_undo: dict[int, bool] = {}
    done: list[int] = []
    undone: list[int] = []
    for group, undoes in groups:
        if group in lost:
            continue
        if undoes is None:
            root_of[group], is_undo[group] = group, False
            done.append(group)
            undone.clear()
        elif undoes in root_of:
            root_of[group], is_undo[group] = root_of[undoes], not is_undo[undoes]
            source, target = (done, undone) if is_undo[group] else (undone, done)
            if source:
                source.pop()
            target.append(group)
    return (
        (done[-1], root_of[done[-1]]) if done else (0, 0),
        (undone[-1], root_of[undone[-1]]) if undone else (0, 0),
    )


def carry_out(work: UnitOfWork, case_id: str, step: Step) -> None:
    """Write the opposite of every entry of a step, the last one first.

    Raises:
        UserError: a record of it was changed since by a step that stands aside; that would be lost. Or sheets that
            were printed would belong to other questions.
    """
    entries = [
        entry
        for entry in read_journal(work.connection, case_id, group=step.group)
        if entry.collection and entry.undoable
    ]
    for entry in _outermost(entries):
        _require_untouched(work.connection, entry)
    asks = any(entry.collection in ("surveys", "questions") for entry in entries)
    before = read_case(work.connection, case_id) if asks and case_exists(work.connection, case_id) else None
    work.take_back(step.group, entries, action=step.name)
    if before is None or not case_exists(work.connection, case_id):
        return
    if printed_otherwise(before, read_case(work.connection, case_id)):
        raise UserError(
            "这一步以后已经印了问卷，撤销会让印好的卷子和题目对不上。",
            "问卷和题目都没有变。",
            "要改题目，请在“设计问卷”里另起一版。",
            code="L-153",
        )


def _outermost(entries: list[JournalEntry]) -> list[JournalEntry]:
    """Return, of entries newest first, the newest for each record: what it left is what must be there now."""
    newest: dict[tuple[str, str], JournalEntry] = {}
    for entry in entries:
        newest.setdefault((entry.collection, entry.record_id), entry)
    return list(newest.values())


def _require_untouched(connection: Connection, entry: JournalEntry) -> None:
    found = find_row(connection, entry.collection, entry.case_id, entry.record_id)
    if entry.after is None:
        same = found is None
    elif found is None:
        same = False
    else:
        expected = entry.after if entry.before is not None else _whole(entry.collection, entry.after)
        same = all(found[1][name] == plain for name, plain in expected.items() if name in found[1])
    if not same:
        raise UserError(
            "这一步之后，同一项内容又改过，不能直接撤销。",
            "案卷没有变。",
            "在那一页上直接改；原来的内容在留痕日志里看得到。",
            code="L-151",
        )


def _whole(collection: str, facts: PlainRecord) -> PlainRecord:
    return facts if collection == CASES else empty_record(collection) | facts
