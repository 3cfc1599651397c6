"""Looks for USB sticks behind the window, now and then: one watch for the whole window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.gui.desk import Desk
from app.progress import Progress

if TYPE_CHECKING:
    from app.exchange.sticks import Stick

EVERY_MS = 4000
NONE_WORDS = "U 盘没有插上"


class StickWatch(QObject):
    """Lives with its desk and serves the status bar and every page: ask :func:`watch_of` for it.

    Signals:
        seen: What is plugged in is other than before, or known for the first time. arg: the
            :class:`app.exchange.sticks.Stick` s, a tuple.
    """

    seen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._sticks: tuple[Stick, ...] | None = None
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def is_known(self) -> bool:
        """Whether the answer came at least once."""
        return self._sticks is not None

    def sticks(self) -> tuple[Stick, ...]:
        """What was there when it was looked last; empty before."""
        return self._sticks or ()

    @Slot()
    def look(self) -> None:
        """Ask the operating system, in the background."""
        if self._desk.is_retired() or self._desk.runner.is_closed():
            self._timer.stop()  # another case was opened, or the window closes
        if self._asking or not self._timer.isActive():
            return
        self._asking = True

        def work(_progress: Progress) -> tuple[Stick, ...]:
            from app.exchange import sticks

            return sticks.sticks_present()

        def done(found: tuple[Stick, ...]) -> None:
            if shiboken6.isValid(self):
                self._asking = False
                if found != self._sticks:
                    self._sticks = found
                    self.seen.emit(found)

        def failed(error: object) -> None:
            if shiboken6.isValid(self):
                self._asking = False
                self._timer.stop()
            self._desk.failed.emit(error)

        self._desk.run_reading("看 U 盘", work, done=done, failed=failed)


def watch_of(desk: Desk) -> StickWatch:
    """The watch of a desk, begun with the first question."""
    return desk.findChild(StickWatch) or StickWatch(desk)


def stick_words(sticks: tuple[Stick, ...]) -> str:
    """U 盘没有插上; E: KINGSTON，可用 11.2 GB; of several each with its room."""
    from app.gui.pages.home_words import size_words

    named = [f"{stick.name or 'U 盘'}，可用 {size_words(stick.free)}" for stick in sticks]
    return "；".join(named) or NONE_WORDS
