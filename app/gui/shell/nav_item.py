"""One entry of the navigation: an icon or a numbered circle, a name, at most one short remark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.painted import fill_round, start_painting

LONGEST_BESIDE_REMARK = 5
_STATE_WORDS = {"done": "已完成", "now": "进行中", "later": "还没开始"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """An entry of the navigation's table.

    ``short`` is the two-character name of the narrow window. A stage has a ``number`` and stands on the
    rail, other entries have an ``icon``. ``group`` is the heading above (七个阶段); ``"bottom"`` puts the
    entry at the bottom. ``key`` is the digit of Ctrl 0…9, or empty.
    """

    page: str
    label: str
    short: str
    icon: str = ""
    number: int = 0
    group: str = ""
    key: str = ""


class NavButton(QAbstractButton):
    """Draws an entry.

    ``state`` done, now or later for stages; ``remark`` (剩 3 天), red and bold when ``urgent``.
    """

    def __init__(
        self, item: NavItem, *, first: bool = False, last: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item
        self._first = first
        self._last = last
        self._state = "later" if item.number else ""
        self._remark = ""
        self._urgent = False
        self._narrow = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state(self._state, "", urgent=False)

    def show_state(self, state: str, remark: str, *, urgent: bool) -> None:
        """Draw another state and remark."""
        self._state = state
        self._remark = remark
        self._urgent = urgent
        words = (self.item.label, _STATE_WORDS.get(state, ""), remark)
        self.setAccessibleName("，".join(word for word in words if word))
        self._tell_tip()
        self.update()

    def state(self) -> str:
        """done, now, later, or nothing."""
        return self._state

    def remark(self) -> str:
        """The short remark at the right."""
        return self._remark

    def set_narrow(self, narrow: bool) -> None:
        """Use the two-character name."""
        self._narrow = narrow
        self._tell_tip()
        self.update()

    def _tell_tip(self) -> None:
        # A long name beside a remark may be cut.
        told = self._narrow or (self._remark and len(self.item.label) > LONGEST_BESIDE_REMARK)
        tip = f"{self.item.label} {self._remark}".strip() if told else ""
        keys = f"Ctrl {self.item.key}" if self.item.key else ""
        self.setToolTip("  ".join(part for part in (tip, keys) if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setProperty("ring_area", self.rect().adjusted(10, 2, -10, -2))

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(96), theme.tight_height("nav_item"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        here = self.isChecked()
        plate = area.adjusted(8, 1, -8, -1)
        if here:
            fill_round(painter, plate, theme.radius("popup"), theme.colour("surface"), theme.colour("line"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accentText"))
            painter.drawRoundedRect(QRectF(plate.left(), plate.center().y() - 9, 3, 18), 1.5, 1.5)
        elif self.underMouse():
            fill_round(painter, plate, theme.radius("popup"), theme.colour("hover"))
        middle = theme.px(32)
        if self.item.number:
            self._paint_stage(painter, middle, area)
        else:
            side = theme.px(18)
            ink = "ink1" if here else "ink2"
            paint_icon(
                painter,
                QRectF(middle - side / 2, (area.height() - side) / 2, side, side),
                self.item.icon,
                ink,
            )
        self._paint_words(painter, area, theme.px(50 if self._narrow else 52), here=here)

    def _paint_words(self, painter: QPainter, area: QRectF, left: int, *, here: bool) -> None:
        theme = current_theme()
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        right = area.width() - (8 if self._narrow else 18)
        if self._remark and not self._narrow:
            painter.setFont(theme.font(bold=self._urgent))
            painter.setPen(theme.colour("accentText" if self._urgent else "ink1" if here else "ink2"))
            across = painter.fontMetrics().horizontalAdvance(self._remark)
            painter.drawText(QRectF(right - across - 1, 0, across + 2, area.height()), flags, self._remark)
            right -= across + 6
        bold = here or self._state == "now"
        quiet = self._state == "later" and not here
        painter.setFont(theme.font(bold=bold))
        painter.setPen(theme.colour("ink2" if quiet else "ink1"))
        name = self.item.short if self._narrow else self.item.label
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(right - left) + 1)
        painter.drawText(QRectF(left, 0, right - left + 2, area.height()), flags, shown)

    def _paint_stage(self, painter: QPainter, middle: float, area: QRectF) -> None:
        theme = current_theme()
        centre = area.height() / 2
        radius = theme.height("circle") / 2
        painter.setPen(QPen(theme.colour("line2"), 1.5))
        if not self._first:
            painter.drawLine(round(middle), 0, round(middle), round(centre - radius - 2))
        if not self._last:
            painter.drawLine(round(middle), round(centre + radius + 2), round(middle), round(area.height()))
        circle = QRectF(middle - radius, centre - radius, 2 * radius, 2 * radius)
        if self._state == "done":
            _disc(painter, circle, theme.colour("ok"))
            side = radius * 1.4
            paint_icon(painter, QRectF(middle - side / 2, centre - side / 2, side, side), "check", "onState")
            return
        if self._state == "now":
            _disc(painter, circle, theme.colour("accent"))
            ink, bold = theme.colour("onAccent"), True
        else:
            fill_round(painter, circle, radius, theme.colour("nav"), theme.colour("ctl"), 1.2)
            ink, bold = theme.colour("ink2"), False
        painter.setFont(theme.font(bold=bold))
        painter.setPen(ink)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.item.number))


def _disc(painter: QPainter, circle: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(circle)
