"""A row that is one target: click, Enter or Space."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting


class ClickRow(Painted):
    """A focusable row. Arrows up and down walk to its neighbours.

    Signals:
        activated: The row was clicked or Enter was pressed on it.
    """

    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.activated.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if not self._walk(1 if key == Qt.Key.Key_Down else -1):
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> bool:
        parent = self.parentWidget()
        if parent is None:
            return False
        rows = [row for row in parent.findChildren(ClickRow) if row.isVisible() and row.isEnabled()]
        rows.sort(key=lambda row: row.mapTo(parent, row.rect().topLeft()).y())
        at = rows.index(self) + step
        if not 0 <= at < len(rows):
            return False
        rows[at].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()
        super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse():
            theme = current_theme()
            fill_round(
                start_painting(self), QRectF(self.rect()), theme.radius("control"), theme.colour("hover")
            )
