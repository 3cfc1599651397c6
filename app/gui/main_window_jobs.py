"""Long jobs in the status bar: what runs, n / N, time left; a click leads back to the page it runs on."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import UserError
from app.gui.jobs import Job
from app.gui.running_jobs import WHAT_IS_LEFT, RunningJob, RunningJobs
from app.gui.shell.main_frame import MainFrame
from app.gui.shell.status_bar import StatusView
from app.gui.widgets.job_progress import time_left

if TYPE_CHECKING:
    from app.gui.desk import Desk

STICK = "写入"
"""Jobs of that name write to a stick that may not be pulled meanwhile."""
KEEP_IN = "先别拔"
MOST_PIECES = 100_000
"""More than so many are bytes."""


class JobWatch(QObject):
    """Follows the jobs that pages start; the newest one stands in the status bar.

    Signals:
        page_wanted: The cell of the running job was chosen. arg: the key of the page it was started on.
    """

    page_wanted = Signal(str)

    def __init__(self, frame: MainFrame, running: RunningJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._running = running
        self._desk: Desk | None = None
        self._notes: dict[Job, tuple[str, RunningJob]] = {}  # library and note of each that writes
        self._broken_off: tuple[RunningJob, ...] = ()
        self._library = ""
        self._jobs: list[Job] = []
        self._pages: list[str] = []
        self._began: list[float] = []
        self._last_page = ""
        self._told: Job | None = None

    def show_desk(self, desk: Desk) -> None:
        """Another case is open; of another library it is asked what was under way there."""
        self._desk = desk
        for job in [each for each in self._jobs if each not in desk.runner.active()]:
            self.over(job)  # it ended while no case was open
        if desk.library.library_id != self._library:
            self._library = desk.library.library_id
            self._broken_off = self._running.read(self._library)

    def broken_off(self) -> tuple[RunningJob, ...]:
        """What was under way when the program ended last time, until somebody read it or did it again."""
        return self._broken_off

    @Slot()
    def forget_broken_off(self) -> None:
        """It was read."""
        self._broken_off = ()
        self._write_down(self._library)

    def _write_down(self, library: str) -> None:
        under_way = [note for of, note in self._notes.values() if of == library]
        self._running.write(library, (*(self._broken_off if library == self._library else ()), *under_way))

    def follow(self, job: Job, page: str) -> None:
        """A job began on a page."""
        if job.name in WHAT_IS_LEFT and self._desk is not None:
            note = RunningJob(job.name, page, self._desk.program.clock.now())
            self._notes[job] = (self._library, note)
            self._write_down(self._library)
        self._jobs.append(job)
        self._pages.append(page)
        self._began.append(monotonic())
        self._last_page = page
        job.progressed.connect(self._on_step)
        self._show(job, f"正在{job.name}")

    def is_running(self) -> bool:
        """Whether a job that takes long runs."""
        return bool(self._jobs)

    def holds_window(self, show_error: Callable[[UserError, str], None]) -> bool:
        """Whether the window should stay open for the job that runs; tells so once, a second try closes."""
        job = self._jobs[-1] if self._jobs else None
        if job is None or job is self._told:
            return False
        self._told = job
        error = UserError(
            f"{job.name}还没有做完，现在关掉就停在这里。",
            "别的都已存好；停下时不会留下做了一半的东西。",
            "等它做完再关。要停下，再关一次。",
            code="W-102",
        )
        show_error(error, f"{job.name}还没有做完")
        return True

    def cancel_all(self) -> None:
        """The window closes: what takes long stops where it is; what is being saved is not touched."""
        for job in self._jobs:
            job.cancel()

    def over(self, job: Job) -> None:
        """A job ended; the cell tells the one before it, if that still runs."""
        if job not in self._jobs:
            return
        at = self._jobs.index(job)
        library, _note = self._notes.pop(job, ("", None))
        if library:
            if job.outcome == "done" and library == self._library:
                self._broken_off = tuple(each for each in self._broken_off if each.name != job.name)
            self._write_down(library)
        for kept in (self._jobs, self._pages, self._began):
            del kept[at]
        if job is self._told and self._frame.failure is not None:
            self._frame.clear_failure()
        if self._jobs:
            self._show(self._jobs[-1], f"正在{self._jobs[-1].name}")
        elif job.name and job.name in self._frame.status.cell("job").words():
            self._frame.status.show_cell("job", StatusView(""))

    def tell(self, words: str) -> None:
        """Say something in the cell until the next job comes (已停下…)."""
        self._frame.status.show_cell("job", StatusView(words))

    @Slot()
    def go_back(self) -> None:
        """The cell was chosen: to the page of the job that runs, or ran last."""
        page = self._pages[-1] if self._pages else self._last_page
        if page:
            self.page_wanted.emit(page)

    @Slot(object, object, object)
    def _on_step(self, done: int, total: int, _what: str) -> None:
        job = self.sender()
        if not isinstance(job, Job) or not self._jobs or job is not self._jobs[-1]:
            return
        words = f"正在{job.name}"
        if total:
            share = done / total
            # Bytes are told as a share, pieces as a count.
            words += f" {share:.0%}" if total > MOST_PIECES else f" {done} / {total}"
            left = time_left(monotonic() - self._began[-1], share)
            words += f"，{left}" if left else ""
        self._show(job, words)

    def _show(self, job: Job, words: str) -> None:
        on_stick = STICK in job.name
        words += f"，{KEEP_IN}" if on_stick else ""
        ink = "accentText" if on_stick else "ink1"
        self._frame.status.show_cell("job", StatusView(words, "now", ink))
