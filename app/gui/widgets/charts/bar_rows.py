"""Horizontal bars: what is wanted, sorted by size; or one share of each group. The axis begins at zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.charts.chart import Chart, draw_words, elided, hatch, width_of
from app.gui.widgets.painted import fill_round, start_painting

_GAP = 12
_MOST_LABEL, _MOST_LABEL_IN_TABLE = 0.36, 0.42
_LEAST_BAR = 56
LINE = 18
"""Height of a line where a label takes two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRowView:
    """One bar.

    Attributes:
        id: names it for 出处 and doors.
        label: what it is.
        share: its length, 0 to 1.
        percent, number: the figures at its right (``83.7%``, ``231 人``).
        lead: a figure between label and bar (the sheets of a group).
        tail: a word at the end (``列入``), ``tail_icon`` and ``tail_ink`` belong to it.
        hidden: why nothing may be shown; then hatching and these words stand in place of the figures.
        bold: emphasised.
    """

    id: str
    label: str
    share: float = 0.0
    percent: str = ""
    number: str = ""
    lead: str = ""
    tail: str = ""
    tail_icon: str = ""
    tail_ink: str = "ink2"
    hidden: str = ""
    bold: bool = False

    @property
    def words(self) -> str:
        """Everything, for screen readers."""
        if self.hidden:
            return f"{self.label}：{self.hidden}"
        figures = "，".join(part for part in (self.lead, self.percent, self.number, self.tail) if part)
        return f"{self.label}：{figures}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarHeads:
    """The heads of the columns, when the bars are a table."""

    label: str
    lead: str = ""
    bar: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left and right of each column; a column without words has no width."""

    label: tuple[float, float]
    lead: tuple[float, float]
    bar: tuple[float, float]
    percent: tuple[float, float]
    number: tuple[float, float]
    tail: tuple[float, float]


class BarRows(Chart):
    """``series`` is the chart colour: employer (slate), ours, others."""

    def __init__(self, name: str, *, series: str = "employer", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._series = series
        self._rows: tuple[BarRowView, ...] = ()
        self._heads: BarHeads | None = None
        self._measured: tuple[float, _Columns] | None = None
        self._two_lines = False
        self._least = 0

    def show_rows(self, rows: Sequence[BarRowView], heads: BarHeads | None = None) -> None:
        """Show these bars, with heads as a table."""
        if tuple(rows) == self._rows and heads == self._heads:
            return
        self._rows, self._heads = tuple(rows), heads
        self._measured = None
        self._changed()

    def rows(self) -> tuple[BarRowView, ...]:
        """What is shown."""
        return self._rows

    def _values(self) -> Sequence[tuple[str, str]]:
        return [(row.id, row.words) for row in self._rows]

    # ---- measures

    def retheme(self) -> None:
        self._measured = None
        super().retheme()

    def _head(self) -> int:
        return current_theme().height("table_head") if self._heads is not None else 0

    def _least_row(self) -> int:
        theme = current_theme()
        least = theme.height("table_row_read") if self._heads is not None else theme.px(23)
        return max(least, 2 * theme.px(LINE) + 4) if self._wrapped() else least

    def _wrapped(self) -> bool:
        """Whether a label of a table needs two lines; elsewhere there is room enough to know what is meant."""
        if self._heads is None:
            return False
        self._columns()
        return self._two_lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = self._least
        super().resizeEvent(event)
        self._least = self._least_row()
        if self._least != before:
            self.updateGeometry()
            self._tell_room()

    def sizeHint(self) -> QSize:
        return QSize(480, self._head() + self._least_row() * max(1, len(self._rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def row_height(self) -> float:
        """As high as the room allows, at most 50."""
        theme = current_theme()
        count = max(1, len(self._rows))
        return max(self._least_row(), min(theme.px(50), (self.height() - self._head()) / count))

    def most_height(self) -> int:
        return self._head() + current_theme().px(50) * max(1, len(self._rows))

    def area_of(self, at: int) -> QRectF:
        height = self.row_height()
        return QRectF(0, self._head() + at * height, self.width(), height)

    def _columns(self) -> _Columns:
        if self._measured is not None and self._measured[0] == self.width():
            return self._measured[1]
        heads, gap = self._heads, _GAP
        side = 8.0 if heads is not None else 0.0
        most = _MOST_LABEL if heads is None else _MOST_LABEL_IN_TABLE
        widest = max((width_of(row.label, bold=row.bold) for row in self._rows), default=0)
        label = min(max(widest, width_of(heads.label if heads else "")) + 1, self.width() * most)
        lead = self._widest([row.lead for row in self._rows], heads.lead if heads else "")
        percent = self._widest([row.percent for row in self._rows], "", bold=True)
        number = self._widest([row.number for row in self._rows], "")
        tail = self._widest([row.tail for row in self._rows], heads.tail if heads else "")
        if any(row.tail_icon for row in self._rows):
            tail += current_theme().px(20)
        taken = sum(each + gap for each in (lead, percent, number, tail) if each) + 2 * side
        # A narrow chart keeps its numbers; the label, then the bar, gives way.
        label = max(min(label, self.width() - taken - gap - _LEAST_BAR), current_theme().px(64))
        at = side
        found = []
        for width in (label, lead):
            found.append((at, at + width))
            at += width + (gap if width else 0)
        bar = max(
            12.0, self.width() - side - at - sum(each + gap for each in (percent, number, tail) if each)
        )
        found.append((at, at + bar))
        at += bar
        for width in (percent, number, tail):
            at += gap if width else 0
            found.append((at, at + width))
            at += width
        made = _Columns(*found)
        self._measured = (self.width(), made)
        longest = max((width_of(row.label, bold=row.bold) for row in self._rows), default=0)
        self._two_lines = longest > made.label[1] - made.label[0] + 1
        return made

    def _widest(self, words: list[str], head: str, *, bold: bool = False) -> float:
        shown = {each for each in words if each}
        wide = max([width_of(each, bold=bold) for each in shown] + [width_of(head)], default=0)
        return wide + 2.0 if wide else 0.0

    def _is_cut(self, at: int) -> bool:
        left, right = self._columns().label
        return any("…" in line for line in self._lines(self._rows[at], right - left))

    def _lines(self, row: BarRowView, room: float) -> list[str]:
        if self._heads is not None:
            return two_lines(row.label, room, row.bold)
        return [elided(row.label, current_theme().font(bold=row.bold), room)]

    def _tell_cut(self) -> None:
        super()._tell_cut()
        heads, columns = self._heads, self._columns()
        if heads is None:
            return
        places = (
            (heads.label, columns.label),
            (heads.bar, (columns.bar[0], columns.percent[1])),
            (heads.tail, columns.tail),
        )
        cut = [words for words, (left, right) in places if width_of(words) > right - left + 1]
        self.setToolTip("；".join(part for part in (*cut, self.toolTip()) if part))

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = start_painting(self)
        columns = self._columns()
        if self._heads is not None:
            self._paint_heads(painter, self._heads, columns)
        for at, row in enumerate(self._rows):
            area = self.area_of(at)
            if area.bottom() < event.rect().top() or area.top() > event.rect().bottom():
                continue
            self._paint_ground(painter, at)
            if self._heads is not None:
                line = QRectF(0, area.bottom() - 1, self.width(), 1)
                painter.fillRect(line, current_theme().colour("line"))
            self._paint_row(painter, row, area, columns)

    def _paint_heads(self, painter: QPainter, heads: BarHeads, columns: _Columns) -> None:
        theme = current_theme()
        area = QRectF(0, 0, self.width(), self._head())
        painter.fillRect(area, theme.colour("sunken"))
        painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), theme.colour("line2"))
        for words, (left, right), side in (
            (heads.label, columns.label, "left"),
            (heads.lead, columns.lead, "right"),
            (heads.bar, (columns.bar[0], columns.percent[1]), "left"),
            (heads.tail, columns.tail, "left"),
        ):
            draw_words(painter, QRectF(left, 0, right - left, area.height()), words, ink="ink2", side=side)

    def _paint_row(self, painter: QPainter, row: BarRowView, area: QRectF, columns: _Columns) -> None:
        theme = current_theme()

        def box(column: tuple[float, float]) -> QRectF:
            return QRectF(column[0], area.top(), column[1] - column[0], area.height())

        label = box(columns.label)
        lines = self._lines(row, label.width())
        high = area.height() if len(lines) == 1 else float(theme.px(LINE))
        top = area.center().y() - high * len(lines) / 2
        for at, line in enumerate(lines):
            draw_words(
                painter, QRectF(label.left(), top + at * high, label.width(), high), line, bold=row.bold
            )
        if row.hidden:
            self._paint_hidden(painter, row, area, columns)
            return
        draw_words(painter, box(columns.lead), row.lead, side="right")
        height = theme.px(14 if self._heads is None else 12)
        bar = box(columns.bar)
        track = QRectF(bar.left(), area.center().y() - height / 2, bar.width(), height)
        fill_round(
            painter,
            track,
            2,
            theme.colour("sunken"),
            theme.colour("line") if theme.name == "contrast" else None,
        )
        if row.share > 0:
            filled = QRectF(track)
            filled.setWidth(max(2.0, track.width() * min(1.0, row.share)))
            fill_round(painter, filled, 2, theme.chart_colour(self._series))
        bold = self._heads is None
        draw_words(painter, box(columns.percent), row.percent, bold=bold or row.bold, side="right")
        draw_words(painter, box(columns.number), row.number, side="right", ink="ink2")
        tail = box(columns.tail)
        if row.tail_icon:
            side = theme.px(16)
            place = QRectF(tail.left(), tail.center().y() - side / 2, side, side)
            paint_icon(painter, place, row.tail_icon, row.tail_ink)
        if any(each.tail_icon for each in self._rows):
            tail.setLeft(tail.left() + theme.px(20))
        draw_words(painter, tail, row.tail, ink=row.tail_ink)

    def _paint_hidden(self, painter: QPainter, row: BarRowView, area: QRectF, columns: _Columns) -> None:
        paint_hidden(
            painter,
            QRectF(columns.label[1] + _GAP, area.top() + 3, 0, area.height() - 7),
            self.width(),
            row.hidden,
        )


def two_lines(words: str, room: float, bold: bool) -> list[str]:
    """Words in one line, or in two where one is too short for them; the second may end in …"""
    if width_of(words, bold=bold) <= room + 1:
        return [words]
    end = next((at for at in range(len(words), 0, -1) if width_of(words[:at], bold=bold) <= room + 1), 1)
    return [words[:end], elided(words[end:], current_theme().font(bold=bold), room)]


def paint_hidden(painter: QPainter, start: QRectF, right: float, words: str) -> None:
    """Hatching from ``start`` to ``right`` with the eye struck out and the reason on a clean ground."""
    theme = current_theme()
    area = QRectF(start.left(), start.top(), right - start.left(), start.height())
    hatch(painter, area)
    side = theme.px(16)
    inside = QRectF(area.left() + theme.px(16), area.top(), 0, area.height())
    inside.setWidth(min(area.width() - theme.px(16), side + 6 + width_of(words) + theme.px(16)))
    painter.fillRect(inside, theme.colour("surface"))
    paint_icon(
        painter, QRectF(inside.left() + 5, inside.center().y() - side / 2, side, side), "eye_off", "ink2"
    )
    draw_words(painter, inside.adjusted(side + 11, 0, -2, 0), words, ink="ink2")
