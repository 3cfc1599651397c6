"""Looks for USB sticks behind the window, now and then, as long as somebody can see the answer."""

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
    """Started when a page is shown, stopped when it is hidden.

    Signals:
        seen: What is plugged in is other than before, or known for the first time. arg: the
            :class:`app.exchange.sticks.Stick` s, a tuple.
    """

    seen = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sticks: tuple[Stick, ...] | None = None
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def sticks(self) -> tuple[Stick, ...]:
        """What was there when it was looked last; empty before."""
        return self._sticks or ()

    def start(self) -> None:
        """Look now and again after a while."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Nobody sees the answer."""
        self._timer.stop()

    def is_watching(self) -> bool:
        """Whether it will look again."""
        return self._timer.isActive()

    @Slot()
    def look(self) -> None:
        """Ask the operating system, in the background."""
        if self._asking:
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
                self.stop()
            self._desk.failed.emit(error)

        self._desk.run_reading("看 U 盘", work, done=done, failed=failed)


def stick_words(sticks: tuple[Stick, ...]) -> str:
    """U 盘没有插上; E: KINGSTON，可用 11.2 GB; of several each with its room."""
    from app.gui.pages.home_words import size_words

    named = [f"{stick.name or 'U 盘'}，可用 {size_words(stick.free)}" for stick in sticks]
    return "；".join(named) or NONE_WORDS
