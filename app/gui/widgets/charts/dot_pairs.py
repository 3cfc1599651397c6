"""Dot pairs: a ring for the share of the roster, a dot for the share of the answers, the difference at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.gui.icons import paint_state
from app.gui.theme import current_theme
from app.gui.widgets.charts.bar_rows import LINE, paint_hidden, two_lines
from app.gui.widgets.charts.chart import Chart, draw_words, width_of
from app.gui.widgets.painted import start_painting

_GAP, _LEAST_GAP = 14, 8
"""Between the columns; less where a label would need two lines otherwise."""

_RADIUS = 6.5
_LEGEND_GAP = 12

_Span = tuple[float, float]
_Places = tuple[_Span, list[_Span], _Span, _Span]
"""Left and right of label, cells, axis and difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DotPairView:
    """One row.

    Attributes:
        cells: figures between label and dots, right-aligned under their heads.
        ring, dot: both shares in percent; ``None`` while not known.
        difference: ``−1.3 点``.
        hidden: why the answers may not be shown.
        bold: emphasised; warn: to be explained, with its shape beside the difference.
        begins: a new group of rows begins here: a darker rule above.
    """

    id: str
    label: str
    cells: tuple[str, ...] = ()
    ring: float | None = None
    dot: float | None = None
    difference: str = ""
    hidden: str = ""
    bold: bool = False
    warn: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DotHeads:
    """Heads: of the label, of the cells, the words of the two marks, and of the difference."""

    label: str
    cells: tuple[str, ...] = ()
    ring: str
    dot: str
    difference: str


class DotPairs(Chart):
    """A table whose middle column is a common axis from zero."""

    def __init__(self, name: str, heads: DotHeads, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._heads = heads
        self._pairs: tuple[DotPairView, ...] = ()
        self._measured: tuple[int, _Places] | None = None
        self._two_lines = False
        self._least = 0

    def retheme(self) -> None:
        self._measured = None
        super().retheme()

    def show_pairs(self, pairs: Sequence[DotPairView], heads: DotHeads | None = None) -> None:
        """Show these rows."""
        if tuple(pairs) != self._pairs or (heads is not None and heads != self._heads):
            self._pairs = tuple(pairs)
            self._heads = heads or self._heads
            self._measured = None
            self._changed()

    def pairs(self) -> tuple[DotPairView, ...]:
        """What is shown."""
        return self._pairs

    def _values(self) -> Sequence[tuple[str, str]]:
        return [(pair.id, self._spoken(pair)) for pair in self._pairs]

    def _spoken(self, pair: DotPairView) -> str:
        heads = self._heads
        told = [f"{head} {cell}" for head, cell in zip(heads.cells, pair.cells, strict=False) if cell]
        if pair.hidden:
            return f"{pair.label}：{'，'.join([*told, pair.hidden])}"
        for head, share in ((heads.ring, pair.ring), (heads.dot, pair.dot)):
            told += [f"{head} {share:.1f}%"] if share is not None else []
        told += [f"{heads.difference} {pair.difference}"] if pair.difference else []
        return f"{pair.label}：{'，'.join(told)}"

    # ---- measures

    def _head(self) -> int:
        return current_theme().height("table_head")

    def _least_row(self) -> int:
        """Two lines where a label is too long for one."""
        theme = current_theme()
        least = theme.height("table_row_read")
        return max(least, 2 * theme.px(LINE) + 4) if self._wrapped() else least

    def _wrapped(self) -> bool:
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
        return QSize(520, self._head() + self._least_row() * max(1, len(self._pairs)))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def most_height(self) -> int:
        return self._head() + current_theme().px(50) * max(1, len(self._pairs))

    def area_of(self, at: int) -> QRectF:
        count = max(1, len(self._pairs))
        high = min(current_theme().px(50), (self.height() - self._head()) / count)
        height = max(self._least_row(), high)
        return QRectF(0, self._head() + at * height, self.width(), height)

    def _columns(self) -> _Places:
        """Left and right of label, cells, axis and difference."""
        if self._measured is None or self._measured[0] != self.width():
            places = self._measure(_GAP)
            if self._cuts(places):
                places = self._measure(_LEAST_GAP)
            self._measured = (self.width(), places)
            self._two_lines = self._cuts(places)
        return self._measured[1]

    def _cuts(self, places: _Places) -> bool:
        left, right = places[0]
        return any(width_of(pair.label, bold=pair.bold) > right - left + 1 for pair in self._pairs)

    def _measure(self, gap: int) -> _Places:
        heads = self._heads
        label: float = max(
            [width_of(heads.label), *(width_of(pair.label, bold=pair.bold) for pair in self._pairs)]
        )
        cells: list[float] = []
        for at, head in enumerate(heads.cells):
            inside = [pair.cells[at] for pair in self._pairs if at < len(pair.cells)]
            cells.append(max([width_of(head), *(width_of(cell, bold=True) for cell in inside)]))
        last: float = max(
            [width_of(heads.difference), *(width_of(pair.difference, bold=True) for pair in self._pairs)]
        )
        taken = sum(cells) + last + gap * (len(cells) + 2) + 16
        least = current_theme().px(96)
        label = max(
            float(current_theme().px(56)),
            min(label + 1, round(self.width() * 0.34), self.width() - taken - least),
        )
        done = 8.0 + label
        places: list[_Span] = []
        for width in cells:
            places.append((done + gap, done + gap + width))
            done += gap + width
        end = self.width() - 8.0
        return (8.0, 8.0 + label), places, (done + gap + 6, end - last - gap), (end - last, end)

    def _is_cut(self, at: int) -> bool:
        left, right = self._columns()[0]
        pair = self._pairs[at]
        return any("…" in line for line in two_lines(pair.label, right - left, pair.bold))

    def _spot(self, share: float, axis: tuple[float, float]) -> float:
        most = max(
            (each for pair in self._pairs for each in (pair.ring, pair.dot) if each is not None), default=1.0
        )
        room = axis[1] - axis[0] - 2 * _RADIUS
        return axis[0] + _RADIUS + room * share / (most * 1.04 or 1.0)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        columns = self._columns()
        self._paint_heads(painter, columns)
        for at, pair in enumerate(self._pairs):
            area = self.area_of(at)
            if pair.warn:
                painter.fillRect(area, theme.colour("warnTint"))
            self._paint_ground(painter, at)
            if pair.begins and at:
                painter.fillRect(QRectF(0, area.top() - 1, self.width(), 1), theme.colour("ctl"))
            painter.fillRect(QRectF(0, area.bottom() - 1, self.width(), 1), theme.colour("line"))
            self._paint_pair(painter, pair, area, columns)

    def _paint_heads(self, painter: QPainter, columns: _Places) -> None:
        theme, heads = current_theme(), self._heads
        label, cells, axis, last = columns
        high = self._head()
        painter.fillRect(QRectF(0, 0, self.width(), high), theme.colour("sunken"))
        painter.fillRect(QRectF(0, high - 1, self.width(), 1), theme.colour("line2"))
        draw_words(painter, QRectF(label[0], 0, label[1] - label[0], high), heads.label, ink="ink2")
        for words, (left, right) in zip(heads.cells, cells, strict=True):
            draw_words(painter, QRectF(left, 0, right - left, high), words, ink="ink2", side="right")
        draw_words(
            painter, QRectF(last[0], 0, last[1] - last[0], high), heads.difference, ink="ink2", side="right"
        )
        left = axis[0]
        for words, filled in zip(self._legend(axis[1] - axis[0]), (False, True), strict=True):
            self._paint_mark(painter, QPointF(left + _RADIUS, high / 2), filled=filled)
            wide = width_of(words)
            draw_words(painter, QRectF(left + 2 * _RADIUS + 4, 0, wide + 1, high), words, ink="ink2")
            left += 2 * _RADIUS + 4 + wide + _LEGEND_GAP

    def _legend(self, room: float) -> tuple[str, str]:
        """The words of both marks, shorter where there is no room for them."""
        ring, dot = self._heads.ring, self._heads.dot
        for pair in ((ring, dot), (ring[:2], dot[:2])):
            if sum(width_of(words) + 2 * _RADIUS + 4 for words in pair) + _LEGEND_GAP <= room + _GAP:
                return pair
        return "", ""

    def _paint_mark(self, painter: QPainter, middle: QPointF, *, filled: bool, ink: str = "") -> None:
        theme = current_theme()
        colour = theme.colour(ink) if ink else theme.chart_colour("employer")
        if filled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(middle, _RADIUS - 2, _RADIUS - 2)
        else:
            painter.setPen(QPen(theme.colour("ink1"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, _RADIUS, _RADIUS)

    def _paint_pair(self, painter: QPainter, pair: DotPairView, area: QRectF, columns: _Places) -> None:
        theme = current_theme()
        label, cells, axis, last = columns

        def box(place: tuple[float, float]) -> QRectF:
            return QRectF(place[0], area.top(), place[1] - place[0], area.height())

        lines = two_lines(pair.label, label[1] - label[0], pair.bold)
        high = area.height() if len(lines) == 1 else float(theme.px(LINE))
        top = area.center().y() - high * len(lines) / 2
        for at, line in enumerate(lines):
            spot = QRectF(label[0], top + at * high, label[1] - label[0], high)
            draw_words(painter, spot, line, bold=pair.bold)
        if pair.hidden:
            first = cells[0] if cells else label
            if pair.cells:
                draw_words(painter, box(first), pair.cells[0], side="right")
            paint_hidden(
                painter,
                QRectF(first[1] + _GAP, area.top() + 3, 0, area.height() - 7),
                self.width(),
                pair.hidden,
            )
            return
        for words, place in zip(pair.cells, cells, strict=False):
            draw_words(painter, box(place), words, side="right")
        spots = [
            QPointF(self._spot(share, axis), area.center().y()) if share is not None else None
            for share in (pair.ring, pair.dot)
        ]
        if spots[0] is not None and spots[1] is not None:
            painter.setPen(QPen(theme.colour("ctl"), 2))
            painter.drawLine(spots[0], spots[1])
        if spots[1] is not None:
            self._paint_mark(painter, spots[1], filled=True, ink="warn" if pair.warn else "")
        if spots[0] is not None:
            self._paint_mark(painter, spots[0], filled=False)
        ink = "warn" if pair.warn else "ink1"
        draw_words(painter, box(last), pair.difference, bold=pair.bold or pair.warn, ink=ink, side="right")
        if pair.warn:
            side = theme.px(16)
            left = last[1] - width_of(pair.difference, bold=True) - side - 6
            paint_state(painter, QRectF(left, area.center().y() - side / 2, side, side), "explain")
