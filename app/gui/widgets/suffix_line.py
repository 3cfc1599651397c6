"""A line edit with a remark right behind what is typed: a date's weekday, a fixed value's source."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from app.gui.theme import current_theme

_GAP, _LEAST_GAP = 8, 3  # between the text and the remark; a long date may stand closer
_INNER_MARGIN = 2  # what QLineEdit leaves at the left of its text


class SuffixLine(QLineEdit):
    """A frameless line edit inside a field's box, with an optional remark in ``ink2`` behind the text."""

    def __init__(self) -> None:
        super().__init__()
        self._suffix = ""
        self.setProperty("inbox", True)
        self.setFrame(False)
        self.textChanged.connect(self._tell_whole)

    def set_suffix(self, words: str) -> None:
        """Show ``words`` behind the text."""
        if words != self._suffix:
            self._suffix = words
            self.update()

    def suffix(self) -> str:
        """The remark behind the text."""
        return self._suffix

    def has_room(self) -> bool:
        """Whether the remark fits behind the text."""
        metrics = QFontMetricsF(self.font())
        both = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._suffix)
        return _INNER_MARGIN + both + _LEAST_GAP <= self.width()

    def setPlaceholderText(self, words: str) -> None:
        super().setPlaceholderText(words)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    @Slot()
    def _tell_whole(self) -> None:
        """What the box is too short for stands in the tip."""
        words = self.text() or self.placeholderText()
        short = self.fontMetrics().horizontalAdvance(words) > self.width() - 2 * _INNER_MARGIN
        self.setToolTip(words if short else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._paint_elided():
            return
        super().paintEvent(event)
        if not self._suffix or not self.text() or not self.has_room():
            return
        metrics = QFontMetricsF(self.font())
        start = _INNER_MARGIN + metrics.horizontalAdvance(self.text())
        start += min(_GAP, self.width() - start - metrics.horizontalAdvance(self._suffix))
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(current_theme().colour("ink2"))
        where = QRectF(start, 0, self.width() - start, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self._suffix)

    def _paint_elided(self) -> bool:
        """While nobody types in it, words longer than the box end in …; False when they fit."""
        room = self.rect().adjusted(_INNER_MARGIN, 0, -_INNER_MARGIN, 0)
        words = self.text()
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(words) <= room.width():
            return False
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), shown)
        return True
