"""A list that scrolls inside its sheet: as high as its rows, but never higher than there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.gui.theme import current_theme


class ListScroll(QScrollArea):
    """Asks for ``least`` pixels of height (at 100 %), less when its rows need less.

    ``ring`` leaves room for the focus ring around rows that are one target.
    """

    def __init__(
        self, inner: QWidget, *, least: int = 170, ring: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least = least
        self._whole = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._inner = inner
        holder = QWidget()
        holder.setProperty("scrolled", True)
        column = QVBoxLayout(holder)
        column.setContentsMargins(ring, ring, max(4, ring), ring)
        column.addWidget(inner)
        column.addStretch(1)
        self.setWidget(holder)
        holder.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def show_whole(self, whole: bool) -> None:
        """Ask for the height of all rows: the page scrolls, not the list."""
        if whole != self._whole:
            self._whole = whole
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._whole:
            return QSize(240, self._inner.sizeHint().height())
        # What is asked for is the least: the room beyond it is given by the sheet, else scrolled.
        return QSize(240, min(self._inner.sizeHint().height(), current_theme().px(self._least)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())
