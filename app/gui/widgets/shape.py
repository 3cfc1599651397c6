"""A state shape or an icon as a small widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.icons import STATE_SHAPES, paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, start_painting


class Shape(Painted):
    """Draws a state of ``STATE_SHAPES`` (``must``, ``done``) or any icon, in its own or another colour."""

    def __init__(
        self, name: str = "", colour: str | None = None, *, px: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._px = px
        self._name = ""
        self._colour: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_shape(name, colour)

    def show_shape(self, name: str, colour: str | None = None) -> None:
        """Draw another state or icon; an empty name draws nothing."""
        state = STATE_SHAPES.get(name)
        self._name = state[0] if state else name
        self._colour = colour or (state[1] if state else None)
        self.setAccessibleName(state[2] if state else "")
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().px(self._px)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            painter = start_painting(self)
            paint_icon(painter, QRectF(self.rect()), self._name, self._colour)
