"""Two lines over rounds: ours red with round markers, the employer's slate with square ones, named at their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.gui.theme import current_theme
from app.gui.widgets.charts.chart import Chart, draw_words, hatch, width_of
from app.gui.widgets.painted import start_painting

_MARK = 4.5


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One side: its name and one value for each round, ``None`` where it said no number."""

    name: str
    values: tuple[Decimal | None, ...] = ()


class TwoLines(Chart):
    """A value is one round: both numbers and how far they lie apart.

    Unlike bars, lines need no zero: what counts is how they come together. The distance of the last round in which
    both said a number is hatched.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._rounds: tuple[str, ...] = ()
        self._ours = LineView(name="")
        self._employer = LineView(name="")
        self._unit = ""

    def show_lines(self, rounds: Sequence[str], ours: LineView, employer: LineView, unit: str) -> None:
        """Show both sides over ``rounds`` (一轮, 二轮 …); a side may have fewer values than there are rounds."""
        wanted = (tuple(rounds), ours, employer, unit)
        if wanted != (self._rounds, self._ours, self._employer, self._unit):
            self._rounds, self._ours, self._employer, self._unit = wanted
            self._changed()

    def _pair(self, at: int) -> tuple[Decimal | None, Decimal | None]:
        ours, employer = self._ours.values, self._employer.values
        return (ours[at] if at < len(ours) else None), (employer[at] if at < len(employer) else None)

    def _said(self, value: Decimal | None) -> str:
        if value is None:
            return "没有数字"
        return f"{value:f}%" if self._unit == "%" else f"{value:f} {self._unit}".strip()

    def _values(self) -> Sequence[tuple[str, str]]:
        found = []
        for at, title in enumerate(self._rounds):
            ours, employer = self._pair(at)
            words = (
                f"{title}：{self._ours.name} {self._said(ours)}，{self._employer.name} {self._said(employer)}"
            )
            if ours is not None and employer is not None:
                unit = "点" if self._unit == "%" else self._unit
                words += f"，相差 {abs(ours - employer):f} {unit}".rstrip()
            found.append((str(at), words))
        return found

    # ---- measures

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(360, theme.px(120) + 3 * theme.height("table_row_read"))

    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(240, theme.px(72) + 3 * theme.height("table_row_read"))

    def _end_width(self) -> int:
        return max(width_of(self._end_words(side), bold=True) for side in (self._ours, self._employer)) + 14

    def _end_words(self, side: LineView) -> str:
        last = self._last_of(side)
        return f"{side.name} {self._said(side.values[last])}" if last >= 0 else ""

    def _last_of(self, side: LineView) -> int:
        shown = [at for at, value in enumerate(side.values[: len(self._rounds)]) if value is not None]
        return shown[-1] if shown else -1

    def _plot(self) -> QRectF:
        line = current_theme().height("table_row_read")
        right = min(self._end_width(), self.width() * 0.52)
        return QRectF(24, line, max(20.0, self.width() - 24 - right - 8), self.height() - 3 * line - 6)

    def area_of(self, at: int) -> QRectF:
        plot = self._plot()
        step = plot.width() / max(1, len(self._rounds) - 1) if len(self._rounds) > 1 else plot.width()
        return QRectF(self._across(at) - step / 2, 0, step, self.height())

    def _across(self, at: int) -> float:
        plot = self._plot()
        if len(self._rounds) < 2:
            return plot.center().x()
        return plot.left() + plot.width() * at / (len(self._rounds) - 1)

    def _titled(self) -> frozenset[int]:
        """The rounds whose titles are written: from the last one back, each that does not touch the next."""
        found: set[int] = set()
        free = float("inf")
        for at in reversed(range(len(self._rounds))):
            half = (width_of(self._rounds[at]) + 4) / 2
            if self._across(at) + half <= free:
                found.add(at)
                free = self._across(at) - half
        return frozenset(found)

    def _spot(self, at: int, value: Decimal) -> QPointF:
        known = [each for side in (self._ours, self._employer) for each in side.values if each is not None]
        least, most = min(known), max(known)
        plot = self._plot()
        if most == least:
            return QPointF(self._across(at), plot.center().y())
        return QPointF(
            self._across(at), plot.bottom() - plot.height() * float((value - least) / (most - least))
        )

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        line = theme.height("table_row_read")
        if not any(value is not None for side in (self._ours, self._employer) for value in side.values):
            draw_words(painter, QRectF(self.rect()), "还没有可比的数字", ink="ink2")
            return
        titled = self._titled()
        for at, title in enumerate(self._rounds):
            area = self.area_of(at)
            if at == self._at and self.hasFocus():
                painter.fillRect(area, theme.colour("sel"))
            painter.setPen(QPen(theme.colour("line"), 1))
            x = round(self._across(at)) + 0.5
            painter.drawLine(QPointF(x, line / 2), QPointF(x, self.height() - line))
            if at in titled:
                wide = width_of(title) + 4
                left = min(max(x - wide / 2, 0.0), self.width() - wide)
                below = QRectF(left, self.height() - line, wide, line)
                draw_words(painter, below, title, ink="ink1" if at == self._at else "ink2", side="middle")
        self._paint_distance(painter)
        self._paint_line(painter, self._employer, "employer", square=True)
        self._paint_line(painter, self._ours, "ours", square=False)
        self._paint_ends(painter)

    def _paint_distance(self, painter: QPainter) -> None:
        both = [at for at in range(len(self._rounds)) if None not in self._pair(at)]
        if not both:
            return
        ours, employer = self._pair(both[-1])
        assert ours is not None and employer is not None
        first, second = self._spot(both[-1], ours), self._spot(both[-1], employer)
        hatch(painter, QRectF(first.x() - 4, min(first.y(), second.y()), 8, abs(first.y() - second.y())))

    def _paint_line(self, painter: QPainter, side: LineView, token: str, *, square: bool) -> None:
        theme = current_theme()
        colour = theme.chart_colour(token)
        spots = [
            (at, value, self._spot(at, value))
            for at, value in enumerate(side.values[: len(self._rounds)])
            if value is not None
        ]
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline([spot for _, _, spot in spots])
        last = self._last_of(side)
        for at, value, spot in spots:
            painter.setPen(QPen(theme.colour("surface"), 1.5))
            painter.setBrush(colour)
            if square:
                painter.drawRect(QRectF(spot.x() - _MARK, spot.y() - _MARK, 2 * _MARK, 2 * _MARK))
            else:
                painter.drawEllipse(spot, _MARK + 0.5, _MARK + 0.5)
            if at != last:
                self._paint_number(painter, at, value, spot)

    def _paint_number(self, painter: QPainter, at: int, value: Decimal, spot: QPointF) -> None:
        """The number stands on the side away from the other line, inside the chart."""
        line = current_theme().height("table_row_read")
        ours, employer = self._pair(at)
        others = [each for each in (ours, employer) if each is not None and each != value]
        below = bool(others) and others[0] > value
        words = f"{value:f}"
        wide = width_of(words) + 4
        left = min(max(spot.x() - wide / 2, 0.0), self.width() - wide)
        top = spot.y() + _MARK if below else spot.y() - _MARK - line
        draw_words(painter, QRectF(left, top, wide, line), words, side="middle")

    def _paint_ends(self, painter: QPainter) -> None:
        line = current_theme().height("table_row_read")
        ends: list[tuple[QPointF, str, bool]] = []
        for side in (self._ours, self._employer):
            last = self._last_of(side)
            if last >= 0:
                value = side.values[last]
                assert value is not None
                ends.append((self._spot(last, value), self._end_words(side), side is self._ours))
        ends.sort(key=lambda end: end[0].y())
        tops = [end[0].y() - line / 2 for end in ends]
        if len(tops) == 2 and tops[1] - tops[0] < line:  # keep both legible where the lines have met
            middle = (tops[0] + tops[1]) / 2
            tops = [middle - line / 2, middle + line / 2]
        left = self._plot().right() + 12
        for top, (_, words, ours) in zip(tops, ends, strict=True):
            place = QRectF(left, min(max(top, 0.0), self.height() - 2.0 * line), self.width() - left, line)
            draw_words(painter, place, words, bold=ours)
