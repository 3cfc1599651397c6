"""资料库: one folder that holds everything of one union; opened by one program at a time."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, select

from app.clock import Clock
from app.domain.answered_sheet import AnsweredSheet, HalfSheet
from app.domain.case import Case
from app.domain.data_import import ImportKind
from app.domain.roster import Person
from app.durable import write_durably
from app.errors import DamagedError, UserError
from app.half_done import half_done_name, in_work, sweep_half_done
from app.storage import backup, migrate, records, replay, undo
from app.storage.batches import SHEET_KINDS, batches_of, only_ours
from app.storage.changes import Changes
from app.storage.engine import APPLICATION_ID, application_id, copy_live, open_engine, quick_check, reading
from app.storage.failures import damaged_file, in_words
from app.storage.forgetting import forget_unheld
from app.storage.guards import missing_guards, require_all
from app.storage.half_sheets import read_half
from app.storage.headings import CaseHeading, read_headings
from app.storage.installed_law import InstalledLaw, read_law
from app.storage.journal import (
    JournalEntry,
    JournalProblem,
    check_chain,
    ever_added,
    journal_head,
    read_journal,
)
from app.storage.library_folder import (
    ATTACHMENTS,
    BACKUPS,
    DATABASE,
    EXPORTS,
    LOCK,
    MARK,
    is_free,
    mark_of,
    read_mark,
    refuse_long_path,
)
from app.storage.lock import LibraryLock
from app.storage.people import read_people
from app.storage.records import PlainRecord
from app.storage.sheet_marks import read_marks
from app.storage.sheets import read_sheets
from app.storage.tables import table
from app.storage.unit_of_work import UnitOfWork

_LEAST_ROOM = 128 * 1024
"""Bytes that must be free on the disk to open for writing."""

PROGRAM = "本程序"
"""The actor of what nobody asked for by hand: setting up and upgrading."""

NO_BACKUP = "没有找到可用的备份；看看 U 盘或别的电脑上有没有复制过整个资料库。"
"""What is left to do with a damaged library that has no backup."""


class Library:
    """An open library. Made by :meth:`create` and :meth:`open`; used as a context manager or closed by hand.

    Reads and writes may come from different threads; each opens the file for itself. One :class:`UnitOfWork`
    belongs to one thread.

    Attributes:
        folder: where it lies.
        library_id: tells this library (and its copies) from others.
        read_only: nothing can be written.
        read_only_reason: why, in Chinese; empty if it can be written.
    """

    def __init__(self, folder: Path, *, clock: Clock, program_version: str) -> None:
        """Only for :meth:`create` and :meth:`open`."""
        self.folder = folder
        self.library_id = ""
        self.read_only = False
        self.read_only_reason = ""
        self._clock = clock
        self._program_version = program_version
        self._lock = LibraryLock(folder / LOCK)
        self._closing = contextlib.ExitStack()
        self._engine: Engine | None = None

    @property
    def attachments_folder(self) -> Path:
        """Where the attachment store lies."""
        return self.folder / ATTACHMENTS

    @property
    def backups_folder(self) -> Path:
        """Where backups lie."""
        return self.folder / BACKUPS

    @property
    def exports_folder(self) -> Path:
        """Where packages and papers are written unless another place is chosen."""
        return self.folder / EXPORTS

    @property
    def database_file(self) -> Path:
        """The library file."""
        return self.folder / DATABASE

    # Making and opening

    @classmethod
    def create(cls, folder: Path, *, clock: Clock, program_version: str) -> Self:
        """Make an empty library in a new or empty folder and return it open.

        The library file appears last and whole: a folder in which this was interrupted is no library yet, and
        can be used again.

        Raises:
            UserError: something is in the folder, or it cannot be written.
        """
        made = cls(folder, clock=clock, program_version=program_version)
        with in_words(), made._closing_on_failure():
            refuse_long_path(made.database_file)
            if folder.exists() and (not folder.is_dir() or not is_free(folder)):
                raise UserError(
                    f"“{folder.name}”里已经有东西，不能在里面新建资料库。",
                    "里面的内容没有动。",
                    "换一个名字，或选一个空文件夹。",
                    code="L-102",
                )
            for part in (made.attachments_folder, made.backups_folder, made.exports_folder):
                part.mkdir(parents=True, exist_ok=True)
            made._acquire()
            made.library_id = uuid.uuid4().hex
            write_durably(folder / MARK, made._mark())
            with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as temporary:
                file = Path(temporary) / DATABASE
                migrate.upgrade(file, backups=None, at=clock.now())
                engine = open_engine(file)
                with UnitOfWork(engine, actor=PROGRAM, at=clock.now(), undoable=False) as work:
                    work.note("", "建立资料库", detail=made.library_id)
                    work.commit()
                engine.dispose()
                file.replace(made.database_file)
            made._start(made.database_file)
        return made

    @classmethod
    def open(cls, folder: Path, *, clock: Clock, program_version: str, read_only: bool = False) -> Self:
        """Open a library; an older one is upgraded first, after a copy of its file was made.

        Where nothing can be written (a write-protected stick), it opens for reading, and ``read_only_reason``
        says why. It then reads from a private copy of the library file: nothing in the folder is touched.

        Raises:
            UserError: it is no library, or from a newer program, or upgrading failed.
            LockedError: another program has it open.
            DamagedError: the library file is missing or broken; the newest proven backup is named.
        """
        opened = cls(folder, clock=clock, program_version=program_version)
        with in_words(opened._advice), opened._closing_on_failure():
            refuse_long_path(opened.database_file)
            opened.library_id = read_mark(folder)
            if not opened.database_file.is_file():
                raise DamagedError(
                    "资料库文件 database.sqlite 不见了。",
                    "材料原件和备份都没有动。",
                    opened._advice(),
                    code="L-107",
                )
            if read_only:
                opened.read_only, opened.read_only_reason = True, "这次打开只看不改。"
            opened._acquire_or_read_only()
            if opened.read_only:
                opened._start(opened._private_copy())
            else:
                for part in (opened.attachments_folder, opened.backups_folder, opened.exports_folder):
                    part.mkdir(exist_ok=True)
                opened._start(opened.database_file)
                forget_unheld(opened._opened(), actor=PROGRAM, at=clock.now())
        return opened

    def close(self) -> None:
        """Let go of the file and the lock. Closing twice does nothing."""
        self._engine = None
        self._closing.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    @contextlib.contextmanager
    def _closing_on_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def _acquire(self) -> None:
        self._lock.acquire(self._clock.now(), read_only=self.read_only)
        self._closing.callback(self._lock.release)

    def _acquire_or_read_only(self) -> None:
        try:
            self._acquire()
            if not self.read_only:
                with self.database_file.open("r+b"):
                    pass
        except OSError as error:
            if self.read_only or error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            self._closing.close()
            self.read_only = True
            self.read_only_reason = "这个文件夹不让写，可能是 U 盘写保护或光盘，现在只能看，不能改。"
            self._acquire()
        if not self.read_only and shutil.disk_usage(self.folder).free < _LEAST_ROOM:
            # SQLite could not even read: it needs a small file beside the library file.
            self.read_only, self.read_only_reason = True, "资料库所在的盘满了，现在只能看，不能改。"

    def _private_copy(self) -> Path:
        """Copy the library file to a temporary folder, with what a crash left in its write-ahead log.

        It holds names and answers, so what a program that was killed left of another such copy goes first.
        """
        target = Path(tempfile.gettempdir()) / "xieshang"
        sweep_half_done(target)
        temporary = half_done_name(target)
        temporary.mkdir(mode=0o700)
        self._closing.callback(shutil.rmtree, temporary, ignore_errors=True)
        self._closing.enter_context(in_work(temporary))
        for name in (DATABASE, f"{DATABASE}-wal"):
            if (self.folder / name).is_file():
                shutil.copyfile(self.folder / name, temporary / name)
        return temporary / DATABASE

    def _start(self, file: Path) -> None:
        """Check the file, bring it up to date, check the guards: the steps of every opening."""
        with file.open("rb") as stream:
            if stream.read(16) != b"SQLite format 3\0":
                raise damaged_file(self._advice)
        engine = open_engine(file)
        self._closing.callback(engine.dispose)
        with reading(engine) as connection:
            if application_id(connection) != APPLICATION_ID:
                raise DamagedError(
                    "database.sqlite 不是本程序写的资料库文件。",
                    "里面的内容没有动。",
                    self._advice(),
                    code="L-108",
                )
            if quick_check(connection):
                raise damaged_file(self._advice)
            revision = migrate.current_revision(connection)
        migrate.refuse_newer(revision)
        if revision != migrate.known_revisions()[-1]:
            copy = None if self.read_only else self.backups_folder
            migrate.upgrade(file, backups=copy, at=self._clock.now())
            if not self.read_only:
                with UnitOfWork(engine, actor=PROGRAM, at=self._clock.now(), undoable=False) as work:
                    work.note("", "升级资料库", detail=f"{revision} → {migrate.known_revisions()[-1]}")
                    work.commit()
        with reading(engine) as connection:
            require_all(connection)
            if not self.library_id:
                self.library_id = _founding_id(connection)
        if not self.read_only and not (self.folder / MARK).is_file():
            write_durably(self.folder / MARK, self._mark())
        self._engine = engine

    def _mark(self) -> bytes:
        return mark_of(self.library_id, at=self._clock.now(), program_version=self._program_version)

    def _advice(self) -> str:
        newest = backup.newest_proven(self.backups_folder)
        if newest is None:
            return NO_BACKUP
        return f"从备份 {newest.path.name}（{backup.in_china(newest.at)}）还原到一个新文件夹，核对后接着用。"

    # Reading

    def case_ids(self) -> tuple[str, ...]:
        """Return the ids of all cases, in the order in which they were added."""
        with self._reading() as connection:
            return records.case_ids(connection)

    def headings(self) -> tuple[CaseHeading, ...]:
        """Return what a list of years shows, in the order in which the cases were added."""
        with self._reading() as connection, only_ours(self._advice):
            return read_headings(connection)

    def read_case(self, case_id: str) -> Case:
        """Return a whole case, detached from the file.

        Raises:
            KeyError: there is no such case.
            DamagedError: the file holds something this program never writes.
        """
        with self._reading() as connection:
            return records.read_case(connection, case_id)

    def people(self, case_id: str) -> tuple[Person, ...]:
        """Return the persons of the roster in use: that of the last import that stands in the case.

        Raises:
            DamagedError: the file holds something this program never writes.
        """
        with self._reading() as connection, only_ours(self._advice):
            batches = batches_of(connection, case_id, (ImportKind.ROSTER,))
            return read_people(connection, case_id, batches[-1]) if batches else ()

    def sheets(
        self, case_id: str, survey_id: str, kinds: Sequence[ImportKind] = SHEET_KINDS
    ) -> tuple[AnsweredSheet, ...]:
        """Return the answered sheets of a survey, of every import of these kinds that stands in the case.

        Raises:
            DamagedError: the file holds something this program never writes.
        """
        with self._reading() as connection, only_ours(self._advice):
            return read_sheets(connection, case_id, batches_of(connection, case_id, kinds, survey_id))

    def sheet_marks(self, case_id: str, survey_id: str) -> dict[str, frozenset[str]]:
        """Return by what sheets are known again, by the import that stands in the case."""
        with self._reading() as file:
            return read_marks(file, case_id, batches_of(file, case_id, SHEET_KINDS, survey_id))

    def half_sheet(self, case_id: str, survey_id: str) -> HalfSheet | None:
        """Return the paper sheet that is being typed, ``None`` if there is none.

        Raises:
            DamagedError: the file holds something this program never writes.
        """
        with self._reading() as connection, only_ours(self._advice):
            return read_half(connection, case_id, survey_id)

    def case_as_of(self, case_id: str, when: datetime | int) -> Case | None:
        """Return the case as it was at an aware instant or after a journal entry, or ``None``."""
        with self._reading() as connection:
            return replay.case_as_of(connection, case_id, when)

    def journal(
        self, case_id: str | None = None, *, limit: int | None = None, before: int | None = None
    ) -> tuple[JournalEntry, ...]:
        """Return journal entries, the newest first; ``before`` is the number from which to page on."""
        with self._reading() as connection:
            return read_journal(connection, case_id, limit=limit, before=before)

    def ever_added(self, collection: str) -> tuple[tuple[str, PlainRecord], ...]:
        """Return case and facts of all records that were ever added, the newest first, also those taken back since."""
        with self._reading() as connection:
            return ever_added(connection, collection)

    def journal_head(self) -> str:
        """Return the hash of the newest entry, for papers and packages."""
        with self._reading() as connection:
            return journal_head(connection)

    def verify_journal(self) -> list[JournalProblem]:
        """Recompute the whole chain and compare every record with what the journal says; ``[]`` is good."""
        with self._reading() as connection:
            return verify(connection)

    def check_file(self) -> list[str]:
        """Return what is wrong with the structure of the library file, in sentences; ``[]`` is good."""
        with self._reading() as connection:
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            broken = (
                ["资料库文件的结构坏了，先备份整个文件夹，再从备份还原。"] if quick_check(connection) else []
            )
            return broken + [f"表 {row[0]} 里有一条记录找不到它的案卷。" for row in orphans]

    def law(self, *, active_only: bool = False, contents: bool = False) -> tuple[InstalledLaw, ...]:
        """Return the rule packs and holiday years that were brought in, in the order in which they were.

        Raises:
            DamagedError: one of them is not what it was.
        """
        with self._reading() as connection:
            return read_law(connection, active_only=active_only, contents=contents)

    # Writing

    def write(self, actor: str, *, undoable: bool = True) -> UnitOfWork:
        """Return a unit of work, to be used in ``with``; ``actor`` is who does it.

        ``undoable=False`` is for what is corrected by a supplement only (signing, a frozen package) and for
        papers that were made: undo passes over it.

        Raises:
            UserError: the library can only be read.
        """
        engine = self._opened()
        self.refuse_read_only()
        return UnitOfWork(engine, actor=actor, at=self._clock.now(), undoable=undoable)

    def refuse_read_only(self) -> None:
        """Ask before long work that ends in writing.

        Raises:
            UserError: the library can only be read.
        """
        if self.read_only:
            raise UserError(
                self.read_only_reason,
                "资料库没有变。",
                "要改，就把整个文件夹复制到一个能写的地方再打开。",
                code="L-113",
            )

    def next_undo(self, case_id: str) -> undo.Step | None:
        """Return the step 撤销 would take back, ``None`` if there is none."""
        with self._reading() as connection:
            return undo.next_undo(connection, case_id)

    def next_redo(self, case_id: str) -> undo.Step | None:
        """Return the step 重做 would bring back, ``None`` if there is none."""
        with self._reading() as connection:
            return undo.next_redo(connection, case_id)

    def undo_last_group(self, case_id: str, actor: str) -> undo.Step | None:
        """Take back the latest step of a case by a new, named step; ``None`` if there is none.

        Raises:
            UserError: the same record was changed since by a step that cannot be undone.
        """
        with self.write(actor) as work:
            return self._carry_out(work, case_id, undo.next_undo(work.connection, case_id))

    def redo(self, case_id: str, actor: str) -> undo.Step | None:
        """Bring back what was taken back last; ``None`` if nothing was, or an ordinary edit came after."""
        with self.write(actor) as work:
            return self._carry_out(work, case_id, undo.next_redo(work.connection, case_id))

    def _carry_out(self, work: UnitOfWork, case_id: str, step: undo.Step | None) -> undo.Step | None:
        if step is None:
            return None
        undo.carry_out(work, case_id, step)
        changes: Changes = work.commit()
        return undo.Step(step.group, step.action, step.name, changes)

    # Inside

    def copy_database(self, target: Path) -> None:
        """Copy the library file as it is now, consistent whatever else goes on (for backups)."""
        source = Path(str(self._opened().url.database))
        with in_words(self._advice):
            copy_live(source, target)

    def _opened(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("the library is closed")
        return self._engine

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with in_words(self._advice), reading(self._opened()) as connection:
            yield connection


def verify(connection: Connection) -> list[JournalProblem]:
    """Check guards, chain and records of one library file."""
    # A damaged text must show as a changed entry, not stop the check.
    driver: Any = connection.connection.driver_connection
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    problems = [
        JournalProblem("guard", 0, f"留痕日志的防改动措施 {name} 不见了。")
        for name in sorted(missing_guards(connection))
    ]
    return [*problems, *check_chain(connection), *replay.check_rows(connection)]


def _founding_id(connection: Connection) -> str:
    """Return the library's id as the first journal entry has it."""
    rows = table("journal")
    found = connection.execute(select(rows.c.detail).where(rows.c.number == 1)).scalar()
    return str(found or "")
