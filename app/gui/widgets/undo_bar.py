"""The dark bar at the bottom left: what was done, and 撤销 or 重做 for ten seconds or until the next edit."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.text import Text

SHOWN_MS = 10_000


class _UndoLink(QPushButton):
    """撤销 Ctrl Z in the bar's ink."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(current_theme().font(bold=True))
        return QSize(metrics.horizontalAdvance(self.text()) + 16, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        font = theme.font(bold=True)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(theme.colour("onUndoBar"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class UndoBar(Painted):
    """Says what was done; never carries the only copy of a message.

    Signals:
        undo_requested: 撤销 was pressed. redo_requested: 重做 was.
    """

    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(24)
        self._redo = False
        self._text = Text("", ink="onUndoBar", elide=True)
        row.addWidget(self._text, 1)
        self.link = _UndoLink("撤销  Ctrl Z")
        self.link.setFlat(True)
        self.link.setAccessibleName("撤销")
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.setProperty("ring", True)
        self.link.clicked.connect(self._on_clicked)
        row.addWidget(self.link)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_done(self, words: str, *, redo: bool = False) -> None:
        """Show what was done: 已移除“送达回执”; ``redo`` offers 重做, for what was taken back."""
        self._redo = redo
        self.link.setText("重做  Ctrl Y" if redo else "撤销  Ctrl Z")
        self.link.setAccessibleName("重做" if redo else "撤销")
        self._text.set_words(words)
        self.setAccessibleName(words)
        self.adjustSize()
        self.show()
        self.raise_()
        self._timer.start()

    def words(self) -> str:
        """What the bar says."""
        return self._text.words()

    def _on_clicked(self) -> None:
        self.hide()
        (self.redo_requested if self._redo else self.undo_requested).emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        fill_round(start_painting(self), QRectF(self.rect()), theme.radius("popup"), theme.colour("undoBar"))
