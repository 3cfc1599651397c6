"""The scrolled room of the page a part lies on: how high it is now, and bringing something into sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.gui.widgets.page_scroll import PageScroll

_AROUND = 24
"""Pixels left around what is brought into sight."""


class PageRoom(QObject):
    """Belongs to one part; :meth:`follow` is called again whenever the part may lie somewhere else.

    Signals:
        resized: The room has another size.
    """

    resized = Signal()

    _gone = True  # holds again when Python lets go of it before Qt does; then no filter may look at it

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._gone = False
        self._part = part
        self._watched: QWidget | None = None

    def follow(self) -> None:
        """Watch the room the part lies in now."""
        scroll = self._scroll()
        room = scroll.viewport() if scroll is not None else None
        if room is not self._watched:
            self._watched = room
            if room is not None:
                room.installEventFilter(self)

    def height(self) -> int:
        """Pixels; 0 as long as the part lies on no page."""
        return self._watched.height() if self._watched is not None else 0

    def reveal(self, part: QWidget) -> None:
        """Scroll until ``part`` is in sight."""
        scroll = self._scroll()
        if scroll is not None:
            scroll.ensureWidgetVisible(part, _AROUND, _AROUND)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._gone and event.type() == QEvent.Type.Resize:
            self.resized.emit()
        return False

    def _scroll(self) -> PageScroll | None:
        outer = self._part.parentWidget()
        while outer is not None and not isinstance(outer, PageScroll):
            outer = outer.parentWidget()
        return outer
