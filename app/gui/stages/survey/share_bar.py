"""One bar with its share and number, for the cell of a table."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.charts.chart import draw_words, width_of
from app.gui.widgets.painted import Painted, fill_round, start_painting


class ShareBar(Painted):
    """The bar gives way to the figures; without a share there are only words (没有人数)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._share = 0.0
        self._percent = ""
        self._number = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, percent: str, number: str) -> None:
        """``share`` 0 to 1 with its words; empty ``percent`` draws no bar."""
        self._share, self._percent, self._number = share, percent, number
        told = " ".join(part for part in (percent, number) if part)
        self.setAccessibleName(f"{self._name}：{told or '没有人数'}")
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(220), theme.height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(130), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        if not self._percent:
            draw_words(painter, area, self._number or "没有人数", ink="ink2")
            return
        wide = max(width_of("100.0%", bold=True), width_of(self._percent, bold=True))
        last = max(width_of("0000 人"), width_of(self._number))
        bar = area.adjusted(0, 0, -(wide + last + 20), 0)
        if bar.width() >= 24:
            high = theme.px(12)
            track = QRectF(0, area.center().y() - high / 2, bar.width(), high)
            outline = theme.colour("line") if theme.name == "contrast" else None
            fill_round(painter, track, 2, theme.colour("sunken"), outline)
            if self._share > 0:
                track.setWidth(max(2.0, track.width() * min(1.0, self._share)))
                fill_round(painter, track, 2, theme.chart_colour("employer"))
        right = QRectF(area.right() - last, 0, last, area.height())
        draw_words(painter, right, self._number, ink="ink2", side="right")
        left = QRectF(right.left() - wide - 10, 0, wide, area.height())
        draw_words(painter, left, self._percent, bold=True, side="right")
