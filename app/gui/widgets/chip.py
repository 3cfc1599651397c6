"""A small marked word: the stage, a due date, a state."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting

ChipTone = Literal["plain", "overdue", "near", "far", "estimated", "waiting", "done", "warn", "next"]

# tone → (icon, ink, fill, border, bold); a dashed border for an estimate
_LOOKS: dict[str, tuple[str, str, str, str, bool]] = {
    "plain": ("", "ink2", "", "line2", False),
    "overdue": ("octagon", "onAccent", "accent", "", True),
    "near": ("clock_ring", "accentText", "accentTint", "accentTintLine", True),
    "far": ("clock_ring", "ink2", "", "line2", False),
    "estimated": ("calendar", "ink2", "", "ctl", False),
    "waiting": ("clock_ring", "info", "infoTint", "infoTintLine", False),
    "done": ("circle_check", "ok", "okTint", "okTintLine", False),
    "warn": ("diamond", "warn", "warnTint", "warnTintLine", False),
    "next": ("", "onAccent", "accent", "", True),
}


class Chip(Painted):
    """A word with a border, a tint or a fill.

    ``tone``: overdue 已超期 2 天 · near 今天到期, 剩 3 天 · far 剩 10 天 · estimated 约 6月2日（估算） ·
    waiting 等对方 · done 已公布 · warn · plain 第 3 阶段 · next 下一步.
    """

    def __init__(self, words: str = "", tone: ChipTone = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tone: ChipTone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(words, tone)

    def show_chip(self, words: str, tone: ChipTone = "plain") -> None:
        """Show other words in another tone."""
        self._words = words
        self._tone = tone
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What the chip says."""
        return self._words

    def tone(self) -> ChipTone:
        """How the chip looks."""
        return self._tone

    def _font(self) -> QFont:
        return current_theme().font(bold=_LOOKS[self._tone][4])

    def sizeHint(self) -> QSize:
        theme = current_theme()
        across = QFontMetrics(self._font()).horizontalAdvance(self._words)
        mark = theme.px(20) if _LOOKS[self._tone][0] else 0
        return QSize(across + mark + theme.px(16), theme.height("table_row_read"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        icon, ink, fill, line, _ = _LOOKS[self._tone]
        painter = start_painting(self)
        area = QRectF(self.rect())
        style = Qt.PenStyle.DashLine if self._tone == "estimated" else Qt.PenStyle.SolidLine
        fill_round(
            painter,
            area,
            theme.radius("control"),
            theme.colour(fill) if fill else None,
            theme.colour(line) if line else None,
            1,
            style,
        )
        left = theme.px(8)
        if icon:
            side = theme.px(16)
            on = "accent" if self._tone == "overdue" else ""
            paint_icon(painter, QRectF(left - 1, (area.height() - side) / 2, side, side), icon, ink, on)
            left += theme.px(19)
        painter.setFont(self._font())
        painter.setPen(theme.colour(ink))
        where = QRectF(left, 0, area.width() - left, area.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self._words)
