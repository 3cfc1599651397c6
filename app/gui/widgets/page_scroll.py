"""The scrolled room of a page.

Its bar stands in a gutter of its own, so that nothing moves when it appears.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

GUTTER = 12


class _QuietBar(QScrollBar):
    """Always there and always as wide, drawn only while there is something to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class PageScroll(QScrollArea):
    """Scrolls a page up and down; ``GUTTER`` pixels at the right belong to the bar, drawn or not.

    A bar that came and went would change the page's width and thereby its height, at some heights without end.
    """

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A viewport made by Qt alone is unknown to its binding, which builds every widget class to name it (16 ms).
        room = QWidget()
        room.setObjectName("qt_scrollarea_viewport")
        room.setAutoFillBackground(True)
        self.setViewport(room)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = _QuietBar(self)
        bar.setFixedWidth(GUTTER)
        self.setVerticalScrollBar(bar)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        page.setProperty("scrolled", True)
        self.setWidget(page)
        self._to_reveal: tuple[QWidget, int, int] | None = None

    def ensureWidgetVisible(self, part: QWidget, around_x: int = 50, around_y: int = 50) -> None:
        """Bring a part into sight now, and once more when what was just opened with it has its height."""
        super().ensureWidgetVisible(part, around_x, around_y)
        if self._to_reveal is None:
            QTimer.singleShot(0, self._reveal_again)
        self._to_reveal = (part, around_x, around_y)

    @Slot()
    def _reveal_again(self) -> None:
        wanted, self._to_reveal = self._to_reveal, None
        if wanted is not None and shiboken6.isValid(wanted[0]) and self.isAncestorOf(wanted[0]):
            super().ensureWidgetVisible(*wanted)
