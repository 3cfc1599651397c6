"""Several files in work at once, watched from the one thread that may speak to the user."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import TypeVar

Job = TypeVar("Job")

TICK_SECONDS = 0.05
"""How often the watcher looks; the meter is read then, not at every block."""


class StoppedError(Exception):
    """Raised inside a worker when the work as a whole was given up; never leaves this module's functions."""


class Meter:
    """Octets moved so far, counted by many workers, and the switch that stops them all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.octets = 0
        self.now = ""

    def advance(self, octets: int) -> None:
        """Count octets that were moved.

        Raises:
            StoppedError: the work was given up meanwhile.
        """
        if self._stopped.is_set():
            raise StoppedError
        with self._lock:
            self.octets += octets

    def stop(self) -> None:
        """Make every worker give up at its next block."""
        self._stopped.set()


def side_by_side(
    jobs: Iterable[Job],
    work: Callable[[Job], None],
    meter: Meter,
    tick: Callable[[], None],
    *,
    workers: int,
) -> None:
    """Do ``work`` for every job, ``workers`` at a time; call ``tick`` regularly from the calling thread.

    The first exception of a worker, or one raised by ``tick`` (the user cancelled), stops the rest and is
    raised here after every worker has let go of its files.
    """
    waiting: Iterator[Job] = iter(jobs)
    lock = threading.Lock()

    def pull() -> None:
        while True:
            with lock:
                try:
                    job = next(waiting)
                except StopIteration:
                    return
            meter.advance(0)
            work(job)

    tick()
    with ThreadPoolExecutor(workers, thread_name_prefix="files") as pool:
        running: set[Future[None]] = {pool.submit(pull) for _ in range(workers)}
        try:
            while running:
                done, running = wait(running, TICK_SECONDS, FIRST_EXCEPTION)
                for future in done:
                    future.result()
                tick()
        except BaseException as first:
            meter.stop()
            wait(running)
            if isinstance(first, StoppedError):  # pragma: no cover - only a real reason may stop the others
                raise RuntimeError("stopped without a reason") from first
            raise
