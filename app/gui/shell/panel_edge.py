"""The edge between page and panel, to be dragged; a line shows while the mouse is on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, start_painting

ACROSS = 8


class PanelEdge(Painted):
    """A splitter without a splitter's frame; by key the panel keeps its width, nothing depends on it.

    Signals:
        dragged: arg: by how many pixels to the right.
        let_go: The mouse was let go after dragging.
    """

    dragged = Signal(int)
    let_go = Signal()

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._gone = False
        self._from: float | None = None
        self._panel: QWidget | None = None
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("检查结果的宽度")
        self.hide()

    def place_beside(self, panel: QWidget) -> None:
        """Stand at the left edge of ``panel`` and follow it."""
        if self._panel is not panel:
            self._panel = panel
            panel.installEventFilter(self)
        self.setGeometry(panel.x() - ACROSS, panel.y(), ACROSS, panel.height())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone or watched is not self._panel or self.isHidden() or self._panel is None:
            return False
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.place_beside(self._panel)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.globalPosition().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            now = event.globalPosition().x()
            by, self._from = round(now - self._from), now
            if by:
                self.dragged.emit(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._from = None
            self.let_go.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse() or self._from is not None:
            middle = self.width() // 2
            start_painting(self).fillRect(middle, 8, 2, self.height() - 16, current_theme().colour("ctl"))
