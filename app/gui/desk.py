"""The desk all pages work at: the open case as one value, its check, and every change on its way to disk.

A change is shown at once (the case is a value, so this is one assignment), written in the writers' lane behind
the window, and checked a moment later in the background. Pages never touch the library themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.case import Case, collections
from app.domain.facts import Record, facts_of
from app.domain.stages import Stage
from app.errors import UserError
from app.figures.answered_questions import CODE as ANSWERED
from app.figures.kept_counts import COLLECTIONS
from app.gui.half_typed import HalfTyped
from app.gui.jobs import Job, JobRunner
from app.progress import Progress
from app.rules.findings import Checkup, Finding
from app.rules.odd_days import as_of
from app.storage.library import Library
from app.usecases.check_case import check_if_ruled
from app.usecases.close_count import refuse_if_closed
from app.usecases.close_stage import NOT_DONE, as_if_closed, close_stage, reopen_stage
from app.usecases.explain_finding import explain_finding
from app.usecases.frozen_questions import FROZEN, refuse_if_frozen
from app.usecases.overview import Overview, overview
from app.usecases.program import Program
from app.usecases.record_fact import new_id, record_fact, remove_record
from app.usecases.undo_step import redo_step, undo_step

CHECK_AFTER_MS = 120
_FINAL = (FROZEN, ANSWERED)
"""Refusals of a change that is no different at another try: it is shown as it was again."""


@dataclass(eq=False)
class _Entry:
    """A change on its way to disk: which record, the work, who is told, and whether it went wrong."""

    key: str
    work: Callable[[], object]
    done: Callable[[object], None] | None = None
    failed: bool = False


class Desk(QObject):
    """The open case and everything that may be done with it.

    Signals:
        case_changed: The case is another value now. arg: names of the collections that differ (a frozenset).
        checked: A fresh check is there. arg: the :class:`app.rules.findings.Checkup`.
        saved: A change is safely on disk. arg: the local time, a ``datetime``.
        save_failed: A change could not be written; it is still shown. arg: the exception.
        record_removed: arg: collection, arg: the record as it was; undo brings it back.
        taken_in: Something came in whole. arg: what, in words; undo takes all of it back.
        step_undone: A step was taken back or done again. arg: an :class:`app.storage.undo.Step`.
        failed: Something else the user asked for did not work. arg: the exception.
    """

    case_changed = Signal(object)
    checked = Signal(object)
    saved = Signal(object)
    save_failed = Signal(object)
    record_removed = Signal(str, object)
    taken_in = Signal(str)
    step_undone = Signal(object)
    failed = Signal(object)
    region_wanted = Signal()

    def __init__(
        self,
        program: Program,
        library: Library,
        case_id: str,
        runner: JobRunner,
        *,
        actor: str,
        case: Case | None = None,
        checkup: Checkup | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``case`` and ``checkup`` were read in the background; without them they are read here."""
        super().__init__(parent)
        self.program = program
        self.library = library
        self.case_id = case_id
        self.runner = runner
        self._actor = actor
        self.case: Case = case if case is not None else library.read_case(case_id)
        self.draft: Case | None = None
        """The case with what is being typed; only checked, never stored."""
        self.half_typed = HalfTyped()
        """What stands in fields and cannot be read."""
        self.asked: Stage | None = None
        """The stage somebody wanted to close and could not: what it lacks for that is shown, to be explained."""
        self.checkup: Checkup = checkup if checkup is not None else check_if_ruled(program, self.case)
        self._waiting: list[_Entry] = []
        self._version = 0
        self._stale = False
        self._retired = False
        self._told: tuple[tuple[Case, Checkup, date], Overview] | None = None
        self._so_far: tuple[Case, date, Case] | None = None
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(CHECK_AFTER_MS)
        self._check_timer.timeout.connect(self._check)

    @property
    def actor(self) -> str:
        """Who does it, for the journal: the union's 经办人, else its chair, else what the window was told."""
        return self.case.union.handler or self.case.union.chair or self._actor

    @property
    def read_only(self) -> bool:
        """Whether this library can only be looked at."""
        return self.library.read_only

    # ---- facts

    def change(self, collection: str, held: Record) -> None:
        """Show and store a changed record; nothing happens if it is as before."""
        before = self.case.find(collection, held.id)
        if before == held or self._is_refused(collection, before, held):
            return
        if before is not None:
            self.half_typed.drop(collection, held.id, _differing(before, held))
        self._show(self.case.with_record(collection, held), {collection})
        self._store_record(collection, held)

    def add(self, collection: str, preset: Mapping[str, Any] | None = None) -> Record:
        """Add an empty record, show and store it, and return it; one that is refused is in no list then."""
        made = collections()[collection](id=new_id(self.case, collection)).replace(**dict(preset or {}))
        if self._is_refused(collection, None, made):
            return made
        self._show(self.case.with_record(collection, made), {collection})
        self._store_record(collection, made)
        return made

    def remove(self, collection: str, record_id: str) -> None:
        """Take a record out; undo brings it back."""
        held = self.case.find(collection, record_id)
        if held is None or self._is_refused(collection, held, None):
            return
        actor = self.actor
        linked = {other for other, _ in self.case.linked_to(collection, record_id)}
        self._show(self.case.without(collection, record_id), {collection, *linked})
        self._store(
            f"{collection}/{record_id}",
            lambda: remove_record(self.library, self.case_id, collection, record_id, actor=actor),
        )
        self.record_removed.emit(collection, held)

    def _is_refused(self, collection: str, before: Record | None, held: Record | None) -> bool:
        """Whether a record may not change any more: a frozen questionnaire, a closed count; said, and shown as it is.

        The library would refuse as well; here nothing is shown first that cannot stay.
        """
        touched = {collection}
        try:
            refuse_if_frozen(self.case, collection, before, held)
            if held is None and before is not None:
                touched |= {other for other, _ in self.case.linked_to(collection, before.id)}
            if not touched.isdisjoint(COLLECTIONS):
                refuse_if_closed(self.case, collection, before, held)
        except UserError as error:
            if before is not None and held is not None:
                self.half_typed.drop(collection, held.id, _differing(before, held))
            self.drop_draft()
            self.case_changed.emit(frozenset(touched))
            self.failed.emit(error)
            return True
        return False

    def try_out(self, collection: str, held: Record) -> None:
        """Check the case as it would be with what is being typed; nothing is stored."""
        self.draft = self.case.with_record(collection, held)
        self._check_timer.start()

    def drop_draft(self) -> None:
        """What is being typed is no value any more: the check tells about the case itself again."""
        if self.draft is not None:
            self.draft = None
            self._check_timer.start()

    def store_behind(
        self, key: str, work: Callable[[], object], done: Callable[[object], None] | None = None
    ) -> None:
        """Write what is no record of the case (a typed sheet) in the writers' lane, as changes are written.

        ``key`` names it; what could not be written is tried once more with the rest. ``done`` gets what ``work``
        returned, in the window's thread.
        """
        self._store(key, work, done)

    # ---- steps that may be refused

    def explain(self, finding: Finding, what_happened: str, made_good: str = "", paper: str = "") -> None:
        """Write 说明 or 如实说明; a refusal arrives as ``failed``."""
        self.run_writing(
            "写说明",
            lambda _progress: explain_finding(
                self.program,
                self.library,
                self.case_id,
                finding,
                what_happened=what_happened,
                made_good=made_good,
                paper=paper,
                actor=self.actor,
            ),
        )

    def close_stage(self, stage: Stage) -> None:
        """Declare a stage done; a refusal arrives as ``failed``, and what the stage lacks is found from then on."""

        def refused(error: object) -> None:
            if isinstance(error, UserError) and error.code == NOT_DONE:
                self._ask_for(stage)
            self.failed.emit(error)

        self.run_writing(
            "结束阶段",
            lambda _progress: close_stage(self.program, self.library, self.case_id, stage, actor=self.actor),
            done=lambda _closing: self._ask_for(None),
            failed=refused,
        )

    def _ask_for(self, stage: Stage | None) -> None:
        if stage is not self.asked:
            self.asked = stage
            if not self._retired:
                self._check_timer.start()

    def reopen_stage(self, stage: Stage) -> None:
        """Open a closed stage again."""
        self._ask_for(None)
        self.run_writing(
            "重新打开阶段",
            lambda _progress: reopen_stage(self.library, self.case_id, stage, actor=self.actor),
        )

    def undo(self) -> None:
        """Take back the last step; ``step_undone`` tells which."""
        self._travel(undo_step)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._travel(redo_step)

    def run_writing(
        self,
        name: str,
        work: Callable[[Progress], Any],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Any], None] | None = None,
    ) -> Job:
        """Run a use case that writes, in the writers' lane; the case is read anew when it is over.

        ``done`` and ``failed`` are called in the window's thread; without ``failed`` the exception goes out as
        the signal ``failed``. The returned job may be watched and cancelled.
        """
        version = self._version

        def work_and_read(progress: Progress) -> tuple[Any, Case]:
            result = work(progress)
            return result, self.library.read_case(self.case_id)

        job = Job(work_and_read, name=name)

        def succeeded(both: tuple[Any, Case]) -> None:
            result, fresh = both
            self._take_in(fresh, version)
            self.saved.emit(self._local_now())
            if done is not None:
                done(result)

        def went_wrong(error: object) -> None:
            self.reload()
            (failed or self.failed.emit)(error)

        job.succeeded.connect(succeeded)
        job.failed.connect(went_wrong)
        self.runner.start(job, writes=True)
        return job

    def run_reading(
        self,
        name: str,
        work: Callable[[Progress], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[Any], None] | None = None,
    ) -> Job:
        """Run a use case that only reads, beside everything else."""
        job = Job(work, name=name)
        if not self._retired:
            job.succeeded.connect(done)
            job.failed.connect(failed or self.failed.emit)
            self.runner.start(job, writes=False)
        return job

    # ---- keeping up

    def reload(self) -> None:
        """Read the case from disk in the background; changes still on their way there come first."""
        version = self._version
        self.run_reading(
            "读取案卷",
            lambda _progress: self.library.read_case(self.case_id),
            done=lambda fresh: self._take_in(fresh, version),
        )

    def store_again(self) -> None:
        """Try once more what could not be written."""
        waiting, self._waiting = (
            [entry for entry in self._waiting if entry.failed],
            [entry for entry in self._waiting if not entry.failed],
        )
        for entry in waiting:
            self._store(entry.key, entry.work, entry.done)

    def is_retired(self) -> bool:
        """Whether another case took its place."""
        return self._retired

    def retire(self) -> None:
        """Another case takes its place: what is on its way to disk still goes there, nothing more is read."""
        self._retired = True
        self._check_timer.stop()

    def unsaved(self) -> int:
        """How many changes are shown but could not be written."""
        return sum(entry.failed for entry in self._waiting)

    def overview(self) -> Overview:
        """What 首页 and the navigation tell, worked out once for each case and its check."""
        key = (self.case, self.checkup, self.program.clock.today())
        if self._told is None or not _same(self._told[0], key):
            pack = self.program.pack_or_national(self.case)
            self._told = (key, overview(self.case, pack, self.checkup, key[2]))
        return self._told[1]

    def so_far(self) -> Case:
        """The case without days that lie ahead: what tells how far the year is, so that a slip completes nothing."""
        today = self.program.clock.today()
        if self._so_far is None or self._so_far[0] is not self.case or self._so_far[1] != today:
            self._so_far = (self.case, today, as_of(self.case, today))
        return self._so_far[2]

    def is_settled(self) -> bool:
        """True when every change is on disk and checked."""
        return not self._waiting and self.runner.is_idle() and not self._check_timer.isActive()

    def _take_in(self, fresh: Case, version: int) -> None:
        """Show what was read, unless something was changed here meanwhile; then it is read again later."""
        if self._waiting or version != self._version:
            self._stale = True
            self._read_if_stale()
            return
        self._stale = False
        changed = {name for name in collections() if fresh.records(name) != self.case.records(name)}
        if changed:
            self._show(fresh, changed)

    def _read_if_stale(self) -> None:
        if self._stale and not self._waiting:
            self._stale = False
            self.reload()

    def _show(self, case: Case, changed: set[str]) -> None:
        self.case = case
        self.draft = None
        self._version += 1
        self.case_changed.emit(frozenset(changed))
        if not self._retired:
            self._check_timer.start()

    def _store_record(self, collection: str, held: Record) -> None:
        actor = self.actor
        self._store(
            f"{collection}/{held.id}",
            lambda: record_fact(self.library, self.case_id, collection, held, actor=actor),
        )

    def _store(
        self, key: str, work: Callable[[], object], done: Callable[[object], None] | None = None
    ) -> None:
        # The record as it is now stands for whatever of it could not be written before.
        self._waiting = [entry for entry in self._waiting if not (entry.failed and entry.key == key)]
        entry = _Entry(key, work, done)
        self._waiting.append(entry)
        job = Job(lambda _progress: work(), name="保存")

        def succeeded(result: object) -> None:
            if entry in self._waiting:
                self._waiting.remove(entry)
            self.saved.emit(self._local_now())
            if done is not None:
                done(result)
            self._read_if_stale()

        def went_wrong(error: object) -> None:
            if isinstance(error, UserError) and error.code in _FINAL:  # another try would not help
                self._waiting.remove(entry)
                self.reload()
                self.failed.emit(error)
                return
            entry.failed = True  # it stays in the waiting list for another try
            self.save_failed.emit(error)

        job.succeeded.connect(succeeded)
        job.failed.connect(went_wrong)
        self.runner.start(job, writes=True)

    def _travel(self, step: Callable[[Library, str, str], Any]) -> None:
        actor = self.actor

        def done(taken: object) -> None:
            if taken is not None:
                self.step_undone.emit(taken)

        self.run_writing("撤销", lambda _progress: step(self.library, self.case_id, actor), done=done)

    @Slot()
    def _check(self) -> None:
        looked_at, asked = self.draft or self.case, self.asked
        checked = looked_at if asked is None else as_if_closed(looked_at, asked)

        def done(checkup: object) -> None:
            same = (self.draft or self.case) is looked_at and self.asked is asked
            if same and isinstance(checkup, Checkup):
                self.checkup = checkup
                self.checked.emit(checkup)

        self.run_reading(
            "检查",
            lambda _progress: check_if_ruled(self.program, checked),
            done=done,
            failed=self._check_failed,
        )

    def _check_failed(self, error: object) -> None:
        if isinstance(error, UserError):
            self.failed.emit(error)
        elif isinstance(error, Exception):
            raise error

    def _local_now(self) -> datetime:
        return self.program.clock.now().astimezone()


def _same(old: tuple[Case, Checkup, date], new: tuple[Case, Checkup, date]) -> bool:
    """Whether both are the very same case and check on the same day."""
    return old[0] is new[0] and old[1] is new[1] and old[2] == new[2]


def _differing(before: Record, held: Record) -> list[str]:
    return [each for each in facts_of(type(held)) if getattr(before, each) != getattr(held, each)]
