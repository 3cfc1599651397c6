"""Two bars: what our claim and their answer cost in a year; what lies between them is hatched."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.figures.origin import Figure
from app.figures.wage_cost import WageCost
from app.gui.theme import current_theme
from app.gui.widgets.charts.chart import draw_words, hatch, width_of
from app.gui.widgets.painted import Painted, start_painting

_GAP = 12


class CostBars(Painted):
    """Every bar carries its number; the axis begins at zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cost: WageCost | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("一年要多花多少")

    def show_cost(self, cost: WageCost) -> None:
        """Show both sides."""
        self._cost = cost
        self.setAccessibleDescription(
            f"工会要求 {cost.ours.text}，企业答复 {cost.theirs.text}，相差 {cost.difference.text}"
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 2 * current_theme().height("table_row_read") + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        cost = self._cost
        if cost is None:
            return
        theme = current_theme()
        painter = start_painting(self)
        line = theme.height("table_row_read")
        label = width_of("工会要求") + _GAP
        number = max(width_of(side.text, bold=True) for side in (cost.ours, cost.theirs)) + _GAP
        most = max(_size(cost.ours), _size(cost.theirs)) or 1.0
        room = max(24.0, self.width() - label - number)
        for at, (side, colour) in enumerate(((cost.ours, "ours"), (cost.theirs, "employer"))):
            top = at * (line + 6.0)
            draw_words(painter, QRectF(0, top, label, line), ("工会要求", "企业答复")[at])
            long = room * _size(side) / most
            bar = QRectF(label, top + 3, long, line - 6.0)
            painter.fillRect(bar, theme.chart_colour(colour))
            if long > width_of("工资") + 16:
                draw_words(painter, bar, "工资", ink="onAccent" if not theme.dark else "bg", side="middle")
            apart = QRectF(bar.right() + 1, bar.top(), room - long - 1, bar.height())
            if cost.difference.value and apart.width() > 8 and side.value is not None:
                hatch(painter, apart)
                words = f"差 {cost.difference.value}"
                if apart.width() > width_of(words, bold=True) + 12:
                    wide = width_of(words, bold=True) + 8
                    ground = QRectF(apart.center().x() - wide / 2, apart.top() + 1, wide, apart.height() - 2)
                    painter.fillRect(ground, theme.colour("surface"))
                    draw_words(painter, ground, words, bold=True, side="middle")
            draw_words(
                painter,
                QRectF(self.width() - number, top, number, line),
                side.text if side.value is not None else "还没说",
                bold=side.value is not None,
                side="right",
            )


def _size(figure: Figure) -> float:
    return max(0.0, float(figure.value)) if figure.value is not None else 0.0
