"""A list that scrolls inside its sheet: as high as its rows, but never higher than there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.gui.theme import current_theme


class ListScroll(QScrollArea):
    """Asks for ``least`` pixels of height (at 100 %), less when its rows need less."""

    def __init__(self, inner: QWidget, *, least: int = 170, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._inner = inner
        holder = QWidget()
        holder.setProperty("scrolled", True)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(inner)
        column.addStretch(1)
        self.setWidget(holder)
        holder.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        # What is asked for is the least: the room beyond it is given by the sheet, else scrolled.
        return QSize(240, min(self._inner.sizeHint().height(), current_theme().px(self._least)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())
