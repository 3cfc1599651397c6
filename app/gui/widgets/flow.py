"""A layout that puts its parts in rows and starts a new row where the room ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then down. With ``even`` all parts are as wide as the widest that fits their number."""

    _entries: tuple[QLayoutItem, ...] = ()  # Qt still asks when Python has taken the object's own names away

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, even: bool = False) -> None:
        super().__init__(parent)
        self._gap = gap
        self._even = even
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._entries += (item,)

    def count(self) -> int:
        return len(self._entries)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._entries[index] if 0 <= index < len(self._entries) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        item = self.itemAt(index)
        if item is not None:
            self._entries = (*self._entries[:index], *self._entries[index + 1 :])
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        shown = [item for item in self._entries if not item.isEmpty()]
        across = sum(item.sizeHint().width() for item in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(across, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._entries:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, area: QRect, *, move: bool) -> int:
        shown = [item for item in self._entries if not item.isEmpty()]
        x, y, row_height = area.x(), area.y(), 0
        shared = self._shared_width(shown, area.width())
        for item in shown:
            size = item.sizeHint()
            if shared:
                size.setWidth(shared)
            size.setWidth(min(size.width(), max(area.width(), item.minimumSize().width())))
            if x > area.x() and x + size.width() > area.x() + area.width():
                x, y, row_height = area.x(), y + row_height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            row_height = max(row_height, size.height())
        return y + row_height - area.y()

    def _shared_width(self, shown: Sequence[QLayoutItem], room: int) -> int:
        if not self._even or not shown:
            return 0
        widest = max(item.sizeHint().width() for item in shown)
        columns = max(1, min(len(shown), (room + self._gap) // (widest + self._gap)))
        return max(widest, min(widest * 3 // 2, (room - self._gap * (columns - 1)) // columns))
