"""Garbage is collected in the window's thread only.

Python collects in whatever thread happens to allocate. A cycle that holds a widget would then be taken apart in a
worker, and Qt objects must die in the thread they live in.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_EVERY_MS = 200
MOST_IN_A_LOOK = 20_000
"""While a job runs, a look at more young objects than this waits for its end: most of them are gone by then."""
_holders: list[int] = []  # collecting is one per process; the last one to leave turns Python's own on again


class WindowCollector(QObject):
    """While it lives, Python does not collect by itself; this looks now and then whether it is time to.

    A job that reads a large table makes hundreds of thousands of objects; to look through them would hold the window
    again and again. ``is_idle`` tells whether no job runs.
    """

    def __init__(self, is_idle: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_idle = is_idle
        self._threshold = gc.get_threshold()
        self._active = True
        _holders.append(id(self))
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the youngest generation that is full, as Python would."""
        counts = gc.get_count()
        if counts[0] <= self._threshold[0] or (counts[0] > MOST_IN_A_LOOK and not self._is_idle()):
            return
        if counts[1] <= self._threshold[1]:
            gc.collect(0)
        elif counts[2] <= self._threshold[2]:
            gc.collect(1)
        else:
            gc.collect(2)

    def stop(self) -> None:
        """Hand collecting back to Python; the window is closed and its jobs are over."""
        if not self._active:
            return
        self._active = False
        self._timer.stop()
        _holders.remove(id(self))
        if not _holders:
            gc.unfreeze()
            gc.enable()

    def settle(self) -> None:
        """Leave what stands by now out of later looks, so that a look stays short; call it when a room is ready."""
        gc.freeze()
