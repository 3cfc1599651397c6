"""What the rows of tables and lists have in common when they are painted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.gui.theme import current_theme
from app.gui.widgets.painted import fill_round


def paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, *, edge: bool, chosen: bool | None = None
) -> None:
    """Selection or hover, and the hairline below; a chosen row has a dark ``edge`` at its left.

    ``chosen``: whether the row counts as chosen; what the view says when left out.
    """
    theme = current_theme()
    area = QRectF(option.rect)
    if chosen is None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, theme.colour("sel" if chosen else "hover"))
    painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line"))
    if chosen and edge:
        painter.fillRect(QRectF(area.left(), area.top(), 3, area.height() - 1), theme.colour("ink1"))


def paint_focus(painter: QPainter, option: QStyleOptionViewItem, box: QRectF | None = None) -> None:
    """The ring around the cell that has the focus, or around ``box`` inside it."""
    if option.state & QStyle.StateFlag.State_HasFocus:
        theme = current_theme()
        ring = QRectF(option.rect).adjusted(1, 1, -1, -2) if box is None else box
        fill_round(painter, ring, theme.radius("control"), None, theme.colour("focus"), 2)


def paint_words(
    painter: QPainter, room: QRectF, words: str, ink: str, *, bold: bool = False, right: bool = False
) -> None:
    """Words on one line, cut with an ellipsis where they end; ``ink`` is a colour token."""
    theme = current_theme()
    painter.setFont(theme.font(bold=bold))
    painter.setPen(theme.colour(ink))
    shown = painter.fontMetrics().elidedText(
        words.replace("\n", " "), Qt.TextElideMode.ElideRight, int(room.width())
    )
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    flags = int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
    painter.drawText(room, flags, shown)
