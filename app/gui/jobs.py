"""Background work: the window never waits.

The work is a function without Qt that takes an :class:`app.progress.Progress` and returns its result. Make a
:class:`Job`, connect its signals, then hand it to :meth:`JobRunner.start`: a short job may be over before a
later ``connect``.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.errors import CancelledError
from app.progress import Progress

_log = logging.getLogger(__name__)

MOST_WORKERS = 3


class Job(QObject):
    """One piece of background work; is itself the :class:`app.progress.Progress` the work reports to.

    Signals:
        started: The work began to run (it may have waited in the lane until then).
        progressed: How far it got. arg: done, arg: total, arg: what comes next, in Chinese.
        succeeded: The work returned. arg: its result.
        failed: The work raised. arg: the exception, :class:`app.errors.CancelledError` included.
        over: Succeeded or failed; comes after either.

    ``outcome`` is empty while it waits or runs, then ``done``, ``failed`` or ``cancelled``.
    """

    started = Signal()
    progressed = Signal(object, object, object)  # object: Signal(int) is 32 bits wide
    succeeded = Signal(object)
    failed = Signal(object)
    over = Signal()

    def __init__(
        self,
        work: Callable[[Progress], Any],
        *,
        name: str = "",
        quietest_ms: int = 50,
        parent: QObject | None = None,
    ) -> None:
        """``name`` says in Chinese what runs (生成报送包).

        Steps closer than ``quietest_ms`` are not all told.
        """
        super().__init__(parent)
        self.work = work
        self.name = name
        self.outcome = ""
        self._quietest = quietest_ms / 1000
        self._told_at = float("-inf")
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; it leaves things as they were."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return self._cancelled.is_set()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Called by the work, in its own thread, after each piece.

        Raises:
            CancelledError: the user asked to stop.
        """
        if self._cancelled.is_set():
            raise CancelledError
        now = time.monotonic()
        if done >= total or now - self._told_at >= self._quietest:
            self._told_at = now
            self.progressed.emit(done, total, what)


class JobRunner(QObject):
    """Runs jobs: one lane for what writes, so that writers never meet, and a pool for what only reads.

    Signals:
        job_started: A job began to run. arg: the job.
        job_over: A job ended; its own signals were delivered before. arg: the job.
    """

    job_started = Signal(object)
    job_over = Signal(object)
    _began = Signal(
        object
    )  # long-lived senders: a job may be deleted only after its last signal was delivered
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python's own threads: a QRunnable's wrapper is destroyed by Qt in the worker's thread while the window's
        # thread may be looking at it (a crash in PySide 6.11).
        self._writers = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._workers = ThreadPoolExecutor(MOST_WORKERS, thread_name_prefix="worker")
        self._running: set[Future[None]] = set()
        self._active: list[Job] = []
        self._closed = False
        self._began.connect(self._on_began, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def start(self, job: Job, *, writes: bool) -> None:
        """Run ``job``, whose signals are connected by now. ``writes``: it changes the library or the case."""
        if self._closed:
            raise RuntimeError("the runner is closed")
        job.setParent(self)  # kept alive, and owned by this thread
        self._active.append(job)
        pool = self._writers if writes else self._workers
        self._running = {future for future in self._running if not future.done()}
        self._running.add(pool.submit(self._run, job))

    def active(self) -> tuple[Job, ...]:
        """Jobs that run or wait."""
        return tuple(self._active)

    def is_idle(self) -> bool:
        """Whether nothing runs or waits."""
        return not self._active

    def is_closed(self) -> bool:
        """Whether no more jobs are taken."""
        return self._closed

    def drain(self, timeout_ms: int = 30_000) -> bool:
        """Wait until all jobs are over; False when they are not by then. For closing and for tests."""
        return not wait(self._running, timeout=timeout_ms / 1000).not_done

    def close(self, timeout_ms: int = 30_000) -> bool:
        """Take no more jobs, cancel what only reads, let writers end. False when something still runs."""
        self._closed = True
        for job in self._active:
            job.cancel()
        over = self.drain(timeout_ms)
        for pool in (self._writers, self._workers):
            pool.shutdown(wait=False)
        return over

    @Slot(object)
    def _on_began(self, job: Job) -> None:
        self.job_started.emit(job)

    @Slot(object)
    def _on_ended(self, job: Job) -> None:
        if job in self._active:
            self._active.remove(job)
        self.job_over.emit(job)
        job.deleteLater()

    def _run(self, job: Job) -> None:
        """In a worker's thread: the job lives and dies in the window's."""
        self._began.emit(job)
        job.started.emit()
        try:
            if job.is_cancelled():
                raise CancelledError  # cancelled while it waited
            result = job.work(job)
        except CancelledError as error:
            job.outcome = "cancelled"
            job.failed.emit(error)
        except Exception as error:
            job.outcome = "failed"
            _log.info("job failed: %s", type(error).__name__)
            job.failed.emit(error)
        else:
            job.outcome = "done"
            job.succeeded.emit(result)
        finally:
            job.over.emit()
            self._ended.emit(job)
