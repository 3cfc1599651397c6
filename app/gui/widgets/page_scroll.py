"""The scrolled room of a page.

Its bar stands in a gutter of its own, so that nothing moves when it appears.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

GUTTER = 12


class PageScroll(QScrollArea):
    """Scrolls a page up and down; ``GUTTER`` pixels at the right belong to the bar, shown or not."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setProperty("scrolled", True)
        self.setWidget(page)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._keep_gutter()

    def _keep_gutter(self) -> None:
        bar = self.verticalScrollBar()
        self.setViewportMargins(0, 0, 0 if bar.maximum() > bar.minimum() else GUTTER, 0)

    def _on_range_changed(self, _lowest: int, _highest: int) -> None:
        self._keep_gutter()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_gutter()
