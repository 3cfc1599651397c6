"""Parts beside each other where there is room, below each other where there is not."""

from __future__ import annotations

from PySide6.QtCore import Signal
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
        self._extra: list[tuple[QWidget, int]] = []
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)

    def add(self, part: QWidget, share: int, *, only_from: int = 0) -> None:
        """Put a part at the end; with ``only_from`` it is shown only where there is that much room."""
        self._box.addWidget(part, share)
        if only_from:
            self._extra.append((part, only_from))
            part.setVisible(self.width() >= current_theme().px(only_from))

    def is_beside(self) -> bool:
        """Whether the parts stand beside each other."""
        return self._box.direction() == QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme, across = current_theme(), event.size().width()
        beside = across >= theme.px(self._from)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self.arranged.emit(beside)
        for part, least in self._extra:
            part.setVisible(across >= theme.px(least))
