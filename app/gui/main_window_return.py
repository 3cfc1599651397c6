"""Back on the page that was open, after the case was read anew: one piece of work for each turn of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from app.gui.main_window_case import CaseRoom


class ComingBack(QObject):
    """Makes the page, then its step, then shows it and says what was done; a case opened meanwhile ends it."""

    def __init__(self, room: CaseRoom) -> None:
        super().__init__(room)
        self._room = room
        self._steps: Iterator[Callable[[], object]] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def start(self, key: str, step: str, told: str) -> None:
        """Go to a page and its step; ``told`` is what is to be said then."""
        self._steps = self._work(key, step, told)
        self._timer.start()

    def is_over(self) -> bool:
        """Whether the page is shown."""
        return not self._timer.isActive()

    @Slot()
    def _go_on(self) -> None:
        work = next(self._steps, None)
        if work is None:
            self._timer.stop()
        else:
            work()

    def _work(self, key: str, step: str, told: str) -> Iterator[Callable[[], object]]:
        room, desk = self._room, self._room.desk
        if desk is not None:
            yield partial(room.page, key)
        if room.desk is desk is not None:
            show = getattr(room.page(key), "show_step", None)
            if step and callable(show):
                yield partial(show, step)
        if room.desk is desk is not None:
            yield partial(room.show_page, key)
        if room.desk is desk is not None:
            yield room.frame.focus_page
            yield partial(room.jobs.tell, told)
