"""The only writer: rows and their journal entries in one transaction, all or nothing."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.domain.answered_sheet import AnsweredSheet, HalfSheet
from app.domain.case import Case, collections, is_single
from app.domain.facts import Record
from app.domain.roster import Person
from app.errors import UserError
from app.storage.answered_questions import AnsweredQuestions
from app.storage.batches import SHEET_KINDS, batches_left, batches_of, delete_batch
from app.storage.changes import Change, Changes
from app.storage.closed_counts import ClosedCounts
from app.storage.failures import in_words
from app.storage.half_sheets import put_half
from app.storage.installed_law import active_of, has_version, insert_law, mark
from app.storage.journal import JournalEntry, JournalWriter
from app.storage.people import insert_people
from app.storage.records import (
    PlainRecord,
    case_exists,
    delete_row,
    empty_record,
    find_row,
    insert_row,
    insert_rows,
    next_position,
    plain_record,
    read_case,
    record_ids,
    update_row,
)
from app.storage.sheet_marks import insert_marks
from app.storage.sheets import delete_sheet, insert_sheets, read_sheets, recode_sheets
from app.storage.tables import CASES, FORGOTTEN, INSTALLED_LAW


class UnitOfWork:
    """One user step. Without :meth:`commit` nothing of it stays.

    Everything written inside carries the same ``group`` in the journal and is undone together.

    Attributes:
        changes: what was done; complete after the commit.
    """

    def __init__(self, engine: Engine, *, actor: str, at: datetime, undoable: bool = True) -> None:
        """``at`` is the instant of the step (aware)."""
        self._engine = engine
        self._actor = actor
        self._at = at
        self._undoable = undoable
        self._connection: Connection | None = None
        self._writer: JournalWriter | None = None
        self._touched: dict[Change, None] = {}
        self._failed = False
        self._closed_counts = ClosedCounts()
        self._answered = AnsweredQuestions()
        self._taking_back = False
        self.changes = Changes()

    def __enter__(self) -> Self:
        """Begin: from here no other writer gets in between."""
        with in_words():
            connection = self._engine.connect().execution_options(writes=True)
            try:
                connection.begin()
                self._writer = JournalWriter(
                    connection, actor=self._actor, at=self._at, undoable=self._undoable
                )
            except BaseException:
                connection.close()
                raise
        self._connection = connection
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and let go."""
        connection, self._connection, self._writer = self._connection, None, None
        if connection is not None:
            # When the stick is gone, rolling back fails as well; what is told is what failed first.
            with contextlib.suppress(DBAPIError) if error is not None else in_words():
                connection.close()

    def add_case(self, case: Case, *, action: str = "建立案卷", case_id: str | None = None) -> str:
        """Add a whole case as one step and return its id.

        Raises:
            ValueError: two records of a collection share an id, or one has none.
        """
        made = case_id or uuid.uuid4().hex[:12]
        with self._writing() as (connection, writer):
            if case_exists(connection, made):
                raise ValueError("the case is already there")
            created = self._at.astimezone(UTC).isoformat(timespec="seconds")
            self._store(made, CASES, made, {"created": created}, action=action)
            self._closed_counts.new_case(made)
            for collection in collections():
                seen: set[str] = set()
                for position, held in enumerate(case.records(collection), start=1):
                    _require_id(collection, held)
                    if held.id in seen:
                        raise ValueError(f"{collection}: two records share an id")
                    seen.add(held.id)
                    facts = plain_record(collection, held)
                    self._closed_counts.before_write(connection, made, collection)
                    insert_row(connection, collection, made, held.id, position, facts)
                    writer.append(
                        made,
                        action,
                        collection=collection,
                        record_id=held.id,
                        position=position,
                        after=_filled(collection, facts),
                    )
                    self._touched[Change(made, collection, held.id)] = None
        return made

    def put(self, case_id: str, collection: str, record: Record, *, action: str) -> None:
        """Add a record at the end, or change the one with its id. What is already so leaves no entry.

        Raises:
            KeyError: there is no such case or collection.
            TypeError, ValueError: the record does not belong there, or has no id.
        """
        if collection not in collections():
            raise KeyError(collection)
        _require_id(collection, record)
        with self._writing() as (connection, _):
            if not case_exists(connection, case_id):
                raise KeyError(case_id)
            self._store(case_id, collection, record.id, plain_record(collection, record), action=action)

    def add_all(self, case_id: str, collection: str, records: Iterable[Record], *, action: str) -> None:
        """Add many new records at the end at once: what :meth:`put` does for each, in a fraction of its time.

        Raises:
            KeyError: there is no such case or collection.
            TypeError, ValueError: a record does not belong there, or has no id.
        """
        with self._writing() as (connection, writer):
            if not case_exists(connection, case_id):
                raise KeyError(case_id)
            position = next_position(connection, collection, case_id)
            added: list[tuple[str, int, PlainRecord]] = []
            for place, record in enumerate(records, start=position):
                _require_id(collection, record)
                added.append((record.id, place, plain_record(collection, record)))
            insert_rows(connection, collection, case_id, added)
            filled = ((name, place, _filled(collection, facts)) for name, place, facts in added)
            writer.append_added(case_id, action, collection, filled)
            self._touched.update(dict.fromkeys(Change(case_id, collection, name) for name, _, _ in added))

    def remove(self, case_id: str, collection: str, record_id: str, *, action: str) -> None:
        """Take a record out of a case.

        Raises:
            KeyError: it is not there.
            ValueError: the collection holds exactly one record.
        """
        if is_single(collection):
            raise ValueError(f"{collection} holds exactly one record")
        with self._writing() as (connection, _):
            if find_row(connection, collection, case_id, record_id) is None:
                raise KeyError(record_id)
            self._store(case_id, collection, record_id, None, action=action)

    def remove_case(self, case_id: str, *, action: str) -> None:
        """Take a whole case out; the journal keeps it, and undo brings it back.

        Raises:
            KeyError: there is no such case.
        """
        with self._writing() as (connection, _):
            if not case_exists(connection, case_id):
                raise KeyError(case_id)
            for collection in collections():
                for record_id in record_ids(connection, collection, case_id):
                    self._store(case_id, collection, record_id, None, action=action)
            self._store(case_id, CASES, case_id, None, action=action)

    def note(self, case_id: str, action: str, subject: str = "", detail: str = "") -> None:
        """Write a journal entry without a change of facts: printed, frozen, exported, restored.

        ``subject`` names what it was about (a kind of document, a package), ``detail`` a digest or a count.
        ``case_id`` may be empty for what concerns the library as a whole.
        """
        with self._writing() as (_, writer):
            writer.append(case_id, f"{action}：{subject}" if subject else action, detail=detail)

    def put_people(self, case_id: str, batch: str, people: Iterable[Person], *, action: str) -> None:
        """Keep the persons of one import; the journal says how many, never who."""
        with self._writing() as (connection, writer):
            kept = insert_people(connection, case_id, batch, people)
            writer.append(case_id, action, detail=f"{kept} 人")

    def put_sheets(self, case_id: str, sheets: Iterable[AnsweredSheet], *, action: str) -> None:
        """Keep answered sheets; the journal says how many, never what they say."""
        with self._writing() as (connection, writer):
            kept = insert_sheets(connection, case_id, sheets)
            writer.append(case_id, action, detail=f"{kept} 份")

    def put_marks(self, case_id: str, batch: str, marks: Iterable[str]) -> None:
        """Keep by what the sheets of an import are known again; the journal does not tell."""
        with self._writing() as (connection, _):
            insert_marks(connection, case_id, batch, marks)

    def forget(self, name: str, case_id: str, batch: str, *, action: str) -> int:
        """Delete the rows of an import for good, and return how many; ``name`` is the table they lie in."""
        with self._writing() as (connection, writer):
            count = delete_batch(connection, name, case_id, batch)
            told = f"{count} 行"
            writer.append(case_id, action, collection=FORGOTTEN, record_id=batch, detail=told, for_good=True)
        return count

    def sheets(self, case_id: str, survey_id: str, *, without: str = "") -> tuple[AnsweredSheet, ...]:
        """Return the sheets of a survey as they stand inside this step, ``without`` those of one import."""
        with self._writing() as (connection, _):
            batches = [
                each for each in batches_of(connection, case_id, SHEET_KINDS, survey_id) if each != without
            ]
            return read_sheets(connection, case_id, batches) if batches else ()

    def read_case(self, case_id: str) -> Case:
        """Return the case as it stands inside this step.

        Raises:
            KeyError: there is no such case.
        """
        with self._writing() as (connection, _):
            return read_case(connection, case_id)

    def remove_sheet(self, case_id: str, batch: str, sheet_id: str, *, action: str) -> None:
        """Take out a sheet that is to be typed anew.

        Raises:
            KeyError: it is not there.
        """
        with self._writing() as (connection, writer):
            if not delete_sheet(connection, case_id, batch, sheet_id):
                raise KeyError(sheet_id)
            writer.append(case_id, action, detail="1 份")

    def code_sheets(
        self,
        case_id: str,
        survey_id: str,
        question_id: str,
        coded: Mapping[str, tuple[str, ...]],
        *,
        action: str,
    ) -> dict[str, tuple[str, ...]]:
        """Write to which topics an open answer of these sheets belongs; return what stood before where that differs.

        The journal says of how many sheets, never of which.
        """
        with self._writing() as (connection, writer):
            batches = batches_of(connection, case_id, SHEET_KINDS, survey_id)
            before = recode_sheets(connection, case_id, batches, question_id, coded)
            if before:
                writer.append(case_id, action, detail=f"{len(before)} 份")
        return before

    def keep_half_sheet(self, case_id: str, survey_id: str, half: HalfSheet | None) -> None:
        """Keep what is typed of a paper sheet so far, ``None``: nothing is. It is no fact; the journal does not tell."""
        with self._writing() as (connection, _):
            put_half(connection, case_id, survey_id, half)

    def install_law(
        self,
        kind: str,
        key: str,
        *,
        version: str,
        fingerprint: str,
        content: bytes,
        from_file: str,
        action: str,
    ) -> str:
        """Bring in one version of a pack or a year, not in use yet; return its id for :meth:`use_law`."""
        with self._writing() as (connection, writer):
            made, facts = insert_law(
                connection,
                kind=kind,
                key=key,
                version=version,
                fingerprint=fingerprint,
                content=content,
                from_file=from_file,
                at=self._at,
                by=self._actor,
            )
            writer.append("", action, collection=INSTALLED_LAW, record_id=made, after=facts)
        return made

    def use_law(self, kind: str, key: str, law_id: str, *, action: str) -> None:
        """Use this version of a pack or a year from now on, the program's own when ``law_id`` is empty.

        Raises:
            KeyError: it was not brought in.
        """
        with self._writing() as (connection, writer):
            before = active_of(connection, kind, key)
            if law_id and not has_version(connection, kind, key, law_id):
                raise KeyError(law_id)
            for each, active in ((before, False), (law_id, True)):
                if each and before != law_id:
                    mark(connection, each, active=active)
                    writer.append(
                        "",
                        action,
                        collection=INSTALLED_LAW,
                        record_id=each,
                        before={"active": int(not active)},
                        after={"active": int(active)},
                    )

    def commit(self) -> Changes:
        """Make it durable. After this line a power cut takes nothing of it back.

        Raises:
            UserError: a closed count would be changed, or would no longer be what a closed count is; a question
                would be changed under the sheets that answer it.
        """
        with self._writing() as (connection, writer):
            self._closed_counts.require(connection, taking_back=self._taking_back)
            self._answered.require(connection, taking_back=self._taking_back)
            connection.commit()
            self.changes = Changes(writer.group, tuple(self._touched))
        self._connection, self._writer = None, None
        connection.close()
        return self.changes

    def take_back(self, group: int, entries: Iterable[JournalEntry], *, action: str) -> None:
        """Write the opposite of each entry, in the order given, as entries that name ``group``."""
        with self._writing() as (_, writer):
            writer.undoes = group
            self._taking_back = True
            for entry in entries:
                found = find_row(self.connection, entry.collection, entry.case_id, entry.record_id)
                wanted = entry.before
                if wanted is not None and entry.collection != CASES:
                    base = empty_record(entry.collection) if found is None else found[1]
                    # A fact that an upgrade has dropped since is passed over.
                    wanted = base | {name: plain for name, plain in wanted.items() if name in base}
                self._store(
                    entry.case_id,
                    entry.collection,
                    entry.record_id,
                    wanted,
                    action=action,
                    position=entry.position,
                )

    @property
    def connection(self) -> Connection:
        """The connection of the transaction, for reading inside storage what is about to be changed."""
        return self._begun()[0]

    def _store(
        self,
        case_id: str,
        collection: str,
        record_id: str,
        wanted: PlainRecord | None,
        *,
        action: str,
        position: int | None = None,
    ) -> None:
        """Bring one row to ``wanted`` (``None``: gone) and write what that changed."""
        connection, writer = self._begun()
        self._closed_counts.before_write(connection, case_id, collection)
        self._answered.before_write(connection, case_id, collection)
        found = find_row(connection, collection, case_id, record_id)
        before: PlainRecord | None
        after: PlainRecord | None
        if found is None:
            if wanted is None:
                return
            position = position if position is not None else next_position(connection, collection, case_id)
            insert_row(connection, collection, case_id, record_id, position, wanted)
            before, after = None, _filled(collection, wanted)
        elif wanted is None:
            position, old = found
            if collection == CASES:
                _require_empty(connection, case_id)
                for name, batch in batches_left(connection, case_id):
                    self.forget(name, case_id, batch, action=action)
            delete_row(connection, collection, case_id, record_id)
            before, after = _filled(collection, old), None
        else:
            position, old = None, found[1]
            after = {name: plain for name, plain in wanted.items() if old[name] != plain}
            if not after:
                return
            before = {name: old[name] for name in after}
            update_row(connection, collection, case_id, record_id, after)
        writer.append(
            case_id,
            action,
            collection=collection,
            record_id=record_id,
            position=position,
            before=before,
            after=after,
        )
        self._touched[Change(case_id, collection, record_id)] = None

    def _begun(self) -> tuple[Connection, JournalWriter]:
        if self._connection is None or self._writer is None:
            raise RuntimeError("a unit of work is used inside its with, and only until its commit")
        if self._failed:
            # A row may have been written whose journal entry was not; only rolling back is left.
            raise RuntimeError("a unit of work in which something failed cannot go on")
        return self._connection, self._writer

    @contextlib.contextmanager
    def _writing(self) -> Iterator[tuple[Connection, JournalWriter]]:
        begun = self._begun()
        try:
            with in_words():
                try:
                    yield begun
                except BaseException:
                    self._failed = True
                    raise
        except UnicodeEncodeError as error:
            raise UserError(
                "有一处文字里含有存不下来的字符（半个字）。",
                "已经保存的内容没有变。",
                "把那个字删掉，用输入法重新打一遍。",
                code="L-141",
            ) from error
        except OverflowError as error:
            raise UserError(
                "有一个数字太大，存不下来。", "已经保存的内容没有变。", "看看是不是多打了几位。", code="L-142"
            ) from error


def _require_empty(connection: Connection, case_id: str) -> None:
    """What steps that are passed over left in a year keeps it from being taken back."""
    if any(record_ids(connection, collection, case_id) for collection in collections()):
        raise UserError(
            "这一年里还有撤不回的内容（例如做过的文书、收下的名单），不能把整年撤销。",
            "案卷没有变。",
            "不要的内容，在各自的页上移除。",
            code="L-152",
        )


def _require_id(collection: str, held: Record) -> None:
    if not held.id or (is_single(collection) and held.id != collection):
        raise ValueError(f"{collection}: not a possible id")


def _filled(collection: str, facts: PlainRecord) -> PlainRecord:
    """Return the facts that are not empty: what is worth a line in the journal."""
    if collection == CASES:
        return facts
    empty = empty_record(collection)
    return {name: plain for name, plain in facts.items() if plain != empty[name]}
