"""The possibilities of a choice as tiles: a round mark for one of them, a square one for several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.painted import fill_round, start_painting


@dataclass(frozen=True, slots=True)
class Option:
    """One possibility: what is stored, what is shown, and one line of what it means."""

    value: Any
    label: str
    meaning: str = ""


class Tile(QAbstractButton):
    """One possibility as a tile: a round mark for one of them, a square one for several."""

    def __init__(self, option: Option, *, square: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self._square = square
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(option.label.replace("&", "&&"))
        self.setAccessibleName(option.label)
        self.setAccessibleDescription(option.meaning)
        self.setToolTip(option.meaning if len(option.meaning) > 16 else "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        words = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.option.label)
        meaning = min(QFontMetrics(theme.font()).horizontalAdvance(self.option.meaning), theme.px(240))
        height = theme.height("tile") if self.option.meaning else theme.height("control")
        return QSize(max(words, meaning) + theme.px(52), height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        chosen = self.isChecked()
        fill = theme.colour(
            "sel" if chosen else "hover" if self.underMouse() and self.isEnabled() else "surface"
        )
        line = theme.colour("ink1" if chosen else "ctl" if self.isEnabled() else "line2")
        fill_round(painter, area, theme.radius("control"), fill, line, 1.5 if chosen else 1)
        row = theme.px(22)
        top = (area.height() - (2 * row if self.option.meaning else row)) / 2
        mark = QRectF(theme.px(12), top + (row - theme.px(16)) / 2, theme.px(16), theme.px(16))
        paint_mark(painter, mark, chosen=chosen, square=self._square)
        left = theme.px(38)
        room = area.width() - left - theme.px(8)
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        for words, font, ink, at in (
            (self.option.label, theme.font(bold=chosen), "ink1", top),
            (self.option.meaning, theme.font(), "ink2", top + row),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(room) + 1)
            painter.drawText(QRectF(left, at, room + 2, row), flags, shown)


def paint_mark(painter: QPainter, area: QRectF, *, chosen: bool, square: bool) -> None:
    """The round or square mark, in ink and never red."""
    theme = current_theme()
    ink = theme.colour("ink1")
    if square:
        fill_round(
            painter,
            area,
            3,
            ink if chosen else theme.colour("surface"),
            ink if chosen else theme.colour("ctl"),
            1.5,
        )
        if chosen:
            pen = QPen(theme.colour("surface"), area.width() / 8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            points = [(0.26, 0.52), (0.43, 0.69), (0.75, 0.33)]
            spots = [
                area.topLeft() + QRectF(0, 0, x * area.width(), y * area.height()).bottomRight()
                for x, y in points
            ]
            painter.drawPolyline(spots)
        return
    painter.setBrush(theme.colour("surface"))
    painter.setPen(QPen(ink if chosen else theme.colour("ctl"), 1.5))
    painter.drawEllipse(area.adjusted(1, 1, -1, -1))
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        inset = area.width() * 0.29
        painter.drawEllipse(area.adjusted(inset, inset, -inset, -inset))


class Tiles(QWidget):
    """The tiles of a field, wrapping where the room ends."""

    def __init__(self, options: Sequence[Option], *, square: bool) -> None:
        super().__init__()
        flow = FlowLayout(self, gap=8, even=True)
        self.tiles = [Tile(option, square=square) for option in options]
        for tile in self.tiles:
            flow.addWidget(tile)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
