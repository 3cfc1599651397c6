"""How long the window's thread was busy with one thing: the longest gap between two turns of the event loop.

    with Heartbeat() as heart:
        ...work with the window, processing events or waiting...
    assert heart.longest_ms < 50, heart.report()

    assert quietest(work).busiest_ms < MOST_MS  # the best of several runs of ``work``

``longest_ms`` is by the clock on the wall and so also counts what other programs took of the machine;
``busiest_ms`` counts only the time in which the window's own thread computed, told as the quiet machine would
take it (:func:`pace`). On a shared machine a test that has to hold looks at the second and prints the first.
:func:`quietest` tries again: work that is too much is so every time.
"""

from __future__ import annotations

import faulthandler
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

MOST_MS = 50
"""The window's thread may work so long at one thing."""
BEAT_MS = 2
LOOK_EVERY = 0.01
TOO_LONG = 0.04
MOST_TOLD = 12
_STEP = re.compile(r'\s*File "([^"]+)", line (\d+) in (\S+)')
SWITCH_SECONDS = 0.0005
"""As the program sets it: the window takes turns with the work behind it."""
_PIECE_MS = 2.0
"""What the piece of work in :func:`pace` takes of a quiet machine's processor."""


def pace() -> float:
    """How many times longer this machine computes just now than the quiet one the limits were set on; at least 1.

    Beside other programs the same work takes up to three times the processor's time.
    """
    taken: list[float] = []
    for _ in range(11):
        began = time.thread_time()
        kept: dict[int, tuple[int, str]] = {}
        for number in range(20_000):
            kept[number % 97] = (number, str(number))
        taken.append((time.thread_time() - began) * 1000)
    return max(1.0, statistics.median(taken) / _PIECE_MS)


class Heartbeat(QObject):
    """Measures between ``__enter__`` and ``__exit__``; make it in the window's thread.

    Attributes:
        longest_ms: the longest gap between two beats in milliseconds.
        busiest_ms: the most processor time the window's thread took between two beats, in milliseconds of the
            quiet machine.
        held_ms: the longest gap in which this program itself computed, in whatever thread, in milliseconds of the quiet
            machine: what a job does without letting go of the window counts, what other programs took does not.
        beats: how often the event loop came round.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_ms = 0.0
        self.busiest_ms = 0.0
        self.held_ms = 0.0
        self.beats = 0
        self._last = 0.0
        self._last_cpu = 0.0
        self._last_whole = 0.0
        self._seen: dict[float, str] = {}
        self._gaps: dict[float, float] = {}
        self._thread_id = threading.get_ident()
        self._stop = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._switch = sys.getswitchinterval()
        self._pace = 1.0

    def __enter__(self) -> Heartbeat:
        self._pace = pace()
        sys.setswitchinterval(SWITCH_SECONDS)
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._last_whole = time.process_time()
        self._stop.clear()
        self._watcher = threading.Thread(target=self._watch, name="heartbeat", daemon=True)
        self._watcher.start()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._beat()
        self._timer.stop()
        self._stop.set()
        self._watcher.join()
        sys.setswitchinterval(self._switch)
        self._pace = max(self._pace, pace())
        self.busiest_ms /= self._pace
        self.held_ms /= self._pace

    @Slot()
    def _beat(self) -> None:
        now, cpu, whole = time.perf_counter(), time.thread_time(), time.process_time()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        if self._last in self._seen:
            self._gaps[self._last] = (now - self._last) * 1000
        self.busiest_ms = max(self.busiest_ms, (cpu - self._last_cpu) * 1000)
        self.held_ms = max(self.held_ms, min(now - self._last, whole - self._last_whole) * 1000)
        self._last, self._last_cpu, self._last_whole = now, cpu, whole
        self.beats += 1

    def _watch(self) -> None:
        with tempfile.TemporaryFile("w+") as file:
            while not self._stop.wait(LOOK_EVERY):
                began = self._last
                if time.perf_counter() - began > TOO_LONG:
                    file.seek(0)
                    file.truncate()
                    # In one go in C: walking the frames of a running thread from Python crashes.
                    faulthandler.dump_traceback(file, all_threads=True)
                    file.seek(0)
                    self._seen[began] = _in_words(file.read(), self._thread_id)

    def report(self) -> str:
        """What was going on during the gaps, for the message of a test that fails."""
        lines = [
            f"longest {self.longest_ms:.0f} ms, busiest {self.busiest_ms:.0f} ms, held {self.held_ms:.0f} ms, "
            f"{self.beats} beats"
            f", everything {self._pace:.1f} times slower than on a quiet machine"
        ]
        worst = sorted(self._gaps, key=lambda began: -self._gaps[began])[:MOST_TOLD]
        return "\n".join([*lines, *(f"{self._gaps[began]:5.0f} ms {self._seen[began]}" for began in worst)])


def quietest(
    work: Callable[[], object],
    tries: int = 4,
    *,
    prepare: Callable[[], object] | None = None,
    measure: Callable[[Heartbeat], float] = lambda heart: heart.busiest_ms,
) -> Heartbeat:
    """Do ``work`` until the window's thread was never busy for long, at most ``tries`` times; the best of them.

    ``work`` ends when everything it started is over. ``prepare`` is called before each try and is not measured:
    ``work`` finds the same each time it begins. ``measure`` is what has to stay below the limit.
    """
    best: Heartbeat | None = None
    for _ in range(tries):
        if prepare is not None:
            prepare()
        with Heartbeat() as heart:
            work()
        if best is None or measure(heart) < measure(best):
            best = heart
        if measure(best) < MOST_MS:
            break
    assert best is not None
    return best


def _in_words(dump: str, thread_id: int) -> str:
    """Our own steps, the outermost first, from what faulthandler wrote: of one thread, then of those behind it."""
    own: list[str] = []
    behind: list[list[str]] = []
    steps = own
    for line in dump.splitlines():
        if "most recent call first" in line:
            steps = own if f"0x{thread_id:016x}" in line else []
            if steps is not own:
                behind.append(steps)
            continue
        found = _STEP.match(line)
        if found and "/app/" in found[1]:
            steps.append(f"{found[1].rsplit('/app/', 1)[-1]}:{found[2]} {found[3]}")
    told = [" > ".join(reversed(each[:6])) for each in (own, *(each for each in behind if each))]
    return " | behind: ".join(told)
