"""The folded side panel: shapes with counts at the right edge of a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.gui.icons import paint_icon, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.painted import fill_round, start_painting

GRADES = ("must", "explain", "hint")


class PanelStrip(QAbstractButton):
    """The folded panel: 44 wide, shapes with counts; a click opens the panel over the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = dict.fromkeys(GRADES, 0)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setToolTip("检查结果 F8")
        self.retheme()

    def show_counts(self, counts: dict[str, int]) -> None:
        """How many findings of each grade there are."""
        self._counts = counts
        words = "，".join(
            f"{word} {counts[grade]}"
            for grade, word in zip(GRADES, ("必须改", "请说明", "提示"), strict=True)
        )
        self.setAccessibleName(f"检查结果：{words}")
        self.update()

    def retheme(self) -> None:
        """Take the width from the theme."""
        self.setFixedWidth(current_theme().extent("panel_folded"))

    def sizeHint(self) -> QSize:
        return QSize(current_theme().extent("panel_folded"), 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        fill_round(painter, area, theme.radius("sheet"), theme.colour("surface"), theme.colour("line"))
        side, middle = theme.px(16), area.width() / 2
        row, top = theme.px(20), float(theme.px(13))
        paint_icon(painter, QRectF(middle - side / 2, top, side, side), "chevron_left")
        top += theme.px(32)
        inks = {"must": "accentText", "explain": "warn", "hint": "info"}
        for grade in GRADES:
            if not self._counts[grade]:
                continue
            paint_state(painter, QRectF(middle - side / 2, top, side, side), grade)
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour(inks[grade]))
            painter.drawText(
                QRectF(0, top + side, area.width(), row),
                Qt.AlignmentFlag.AlignCenter,
                str(self._counts[grade]),
            )
            top += theme.px(52)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        top += theme.px(8)
        for letter in "检查结果":
            painter.drawText(QRectF(0, top, area.width(), row), Qt.AlignmentFlag.AlignCenter, letter)
            top += row
        foot = QRectF(0, area.height() - theme.px(32), area.width(), row)
        if foot.top() > top:
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, "F8")
