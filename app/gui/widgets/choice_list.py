"""The list that drops down from a choice: as wide as its longest entry, however narrow the field is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate

_LEFT_OUT = 4
"""What Qt leaves out of a list's height of the style's border and padding, in pixels."""


class ChoiceList(QListView):
    """Shows entries whole; only as long as there is room for on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: tuple[str, ...] = ()
        self.setProperty("popup", True)
        self.setItemDelegate(QStyledItemDelegate(self))  # the style sheet's row height
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Tell everything that may come to be listed, also what a filter leaves out now."""
        self._labels = labels

    def sizeHintForRow(self, row: int) -> int:
        rows = max(1, self.model().rowCount())
        return super().sizeHintForRow(row) + -(-_LEFT_OUT // rows)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        room = self.screen().availableGeometry()
        wanted = min(self._wanted_width(), room.width())
        if self.minimumWidth() != wanted:
            self.setMinimumWidth(wanted)
        window = self.window()
        if window.width() < wanted:
            window.resize(wanted, window.height())
        over = window.x() + max(window.width(), wanted) - room.right() - 1
        if over > 0:
            window.move(max(room.left(), window.x() - over), window.y())

    def _wanted_width(self) -> int:
        first = self.model().index(0, 0) if self.model() is not None else None
        if first is None or not first.isValid():
            return 0
        metrics = self.fontMetrics()
        around = self.sizeHintForIndex(first).width() - metrics.horizontalAdvance(str(first.data() or ""))
        longest = max((metrics.horizontalAdvance(label) for label in self._labels), default=0)
        bar = self.verticalScrollBar().sizeHint().width()
        return longest + max(around, 12) + bar + self.width() - self.contentsRect().width()
