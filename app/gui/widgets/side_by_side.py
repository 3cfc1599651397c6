"""Parts beside each other where there is room, below each other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.gui.theme import current_theme

BESIDE_FROM = 900
"""Two parts stand beside each other from this width on, in pixels at 100 %."""


class SideBySide(QWidget):
    """Put parts in by :meth:`add`, each with its share of the width.

    Signals:
        arranged: arg: whether the parts stand beside each other now.
    """

    arranged = Signal(bool)

    def __init__(self, beside_from: int = BESIDE_FROM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._from = beside_from
        self._parts: list[QWidget] = []
        self._extra: list[tuple[QWidget, int]] = []
        self._box = _Box(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)

    def add(
        self, part: QWidget, share: int, *, only_from: int = 0, align: Qt.AlignmentFlag | None = None
    ) -> None:
        """Put a part at the end; with ``only_from`` it is shown only where there is that much room."""
        self._parts.append(part)
        self._box.addWidget(part, share, align or Qt.AlignmentFlag(0))
        if only_from:
            self._extra.append((part, only_from))
            part.setVisible(self.width() >= current_theme().px(only_from))

    def is_beside(self) -> bool:
        """Whether the parts stand beside each other."""
        return self._box.direction() == QBoxLayout.Direction.LeftToRight

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def minimumSizeHint(self) -> QSize:
        """As narrow as below each other: else a window once wide could never be made narrow again."""
        hint = super().minimumSizeHint()
        return QSize(max((_least_width(part) for part in self._shown()), default=0), hint.height())

    def choose(self, across: int) -> None:
        """Put the parts beside each other where ``across`` pixels are enough for that."""
        widths = [_least_width(part) for part in self._shown()]
        needed = sum(widths) + self._box.spacing() * max(0, len(widths) - 1)
        beside = across >= max(current_theme().px(self._from), needed)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self.arranged.emit(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.choose(event.size().width())
        for part, least in self._extra:
            part.setVisible(event.size().width() >= current_theme().px(least))


def _least_width(part: QWidget) -> int:
    return max(part.minimumSizeHint().width(), part.minimumWidth())


class _Box(QBoxLayout):
    """Asks before it places the parts, for a part may need more room than it did."""

    def __init__(self, pair: SideBySide) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, pair)
        self._pair = pair

    def setGeometry(self, area: QRect) -> None:
        self._pair.choose(area.width())
        super().setGeometry(area)
