"""The base of every part that paints itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.gui.theme import Theme, current_theme


class Painted(QWidget):
    """A widget that is told when theme or text size changed, so that it can set its sizes again."""

    _themed: Theme | None = None
    """The theme it was last told of: Qt tells of one and the same each time a part is put into another."""

    def retheme(self) -> None:
        """Set what depends on the theme; called once more whenever it changes."""
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # In this order: asking an event for its type costs more than all the rest.
        if self._themed is not current_theme() and event.type() == QEvent.Type.StyleChange:
            self._themed = current_theme()
            self.retheme()


def start_painting(widget: QWidget) -> QPainter:
    """A painter with smooth edges for ``widget``."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill_round(
    painter: QPainter,
    area: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    line_width: float = 1.0,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """Fill a rounded rectangle and draw its border wholly inside ``area``."""
    inset = line_width / 2 if line is not None else 0.0
    painter.setPen(QPen(line, line_width, style) if line is not None else QPen(Qt.PenStyle.NoPen))
    if fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(fill)
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius, radius)
