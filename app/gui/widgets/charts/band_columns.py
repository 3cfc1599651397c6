"""Columns for ordered bands; the highest is marked by colour and bold words. The axis begins at zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.gui.theme import current_theme
from app.gui.widgets.charts.chart import Chart, draw_words, hatch, width_of
from app.gui.widgets.painted import start_painting

_LEAST_HIGH = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class BandView:
    """One column: ``number`` decides its height; ``words`` stand above it, ``extra`` too where it fits."""

    id: str
    label: str
    number: int
    words: str
    extra: str = ""
    hidden: str = ""

    @property
    def spoken(self) -> str:
        """Everything, for screen readers."""
        return f"{self.label}：{self.hidden or ' '.join(part for part in (self.words, self.extra) if part)}"


class BandColumns(Chart):
    """Columns of equal width; more than fit in legible width are laid out in full and the labels shortened."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._bands: tuple[BandView, ...] = ()

    def show_bands(self, bands: Sequence[BandView]) -> None:
        """Show these columns, in this order."""
        if tuple(bands) != self._bands:
            self._bands = tuple(bands)
            self._changed()

    def bands(self) -> tuple[BandView, ...]:
        """What is shown."""
        return self._bands

    def _values(self) -> Sequence[tuple[str, str]]:
        return [(band.id, band.spoken) for band in self._bands]

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(320, theme.px(_LEAST_HIGH) + 2 * theme.height("table_row_read"))

    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(200, theme.px(56) + 2 * theme.height("table_row_read"))

    def area_of(self, at: int) -> QRectF:
        count = max(1, len(self._bands))
        gap = min(current_theme().px(18), self.width() / count * 0.18)
        width = (self.width() - gap * (count - 1)) / count
        return QRectF(at * (width + gap), 0, width, self.height())

    def _label_lines(self) -> int:
        """One line of labels, or two in which they stand alternately because they are wider than the columns."""
        room = self.area_of(0).width() if self._bands else 0.0
        return 2 if any(width_of(band.label, bold=True) > room for band in self._bands) else 1

    def _label_place(self, at: int) -> QRectF:
        line = current_theme().height("table_row_read")
        area, lines = self.area_of(at), self._label_lines()
        top = self.height() - line * (lines - at % 2 if lines == 2 else 1)
        if lines == 1:
            return QRectF(area.left(), top, area.width(), line)
        pitch = self.area_of(1).left() if len(self._bands) > 1 else area.width()
        left, right = area.center().x() - pitch + 3, area.center().x() + pitch - 3
        return QRectF(max(0.0, left), top, min(right, self.width()) - max(0.0, left), line)

    def _label_side(self, at: int) -> str:
        """Labels stand below the middle of their column; the outer ones of two lines at the edge."""
        if self._label_lines() == 1 or 0 < at < len(self._bands) - 1:
            return "middle"
        return "right" if at else "left"

    def _words_of(self, band: BandView) -> str:
        """What stands above a column: as much as fits above all of them."""
        room = self.area_of(0).width()
        for told in (_whole, _number_and_unit):
            if all(width_of(told(each), bold=True) <= room for each in self._bands):
                return told(band)
        return str(band.number)

    def column_of(self, at: int) -> QRectF:
        """The column itself, between the words above and the label below."""
        line = current_theme().height("table_row_read")
        area = self.area_of(at)
        room = self.height() - (1 + self._label_lines()) * line - 2
        most = max((band.number for band in self._bands), default=0)
        high = room * self._bands[at].number / most if most else 0.0
        return QRectF(area.left(), line + room - high, area.width(), high)

    def _is_cut(self, at: int) -> bool:
        return width_of(self._bands[at].label, bold=True) > self._label_place(at).width()

    def _is_top(self, band: BandView) -> bool:
        most = max(each.number for each in self._bands)
        return most > 0 and band.number == most and not band.hidden

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        line = theme.height("table_row_read")
        for at, band in enumerate(self._bands):
            self._paint_ground(painter, at)
            self._paint_band(painter, at, band)
        base = self.height() - self._label_lines() * line - 1
        painter.fillRect(QRectF(0, base - 1, self.width(), 1), theme.colour("ctl"))

    def _paint_band(self, painter: QPainter, at: int, band: BandView) -> None:
        theme = current_theme()
        line = theme.height("table_row_read")
        area, column, top = self.area_of(at), self.column_of(at), self._is_top(band)
        if band.hidden:
            high = self.height() - (1 + self._label_lines()) * line - 2
            hatch(painter, QRectF(area.left(), line, area.width(), high))
        elif top or theme.name != "contrast":
            painter.fillRect(column, theme.chart_colour("employer" if top else "others"))
        else:
            painter.setPen(QPen(theme.chart_colour("others"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(column.adjusted(0.75, 0.75, -0.75, 0))
        words = band.hidden or self._words_of(band)
        above = column.top() if not band.hidden else self.height() - line
        draw_words(
            painter, QRectF(area.left(), above - line, area.width(), line), words, bold=top, side="middle"
        )
        ink = "ink1" if top else "ink2"
        draw_words(painter, self._label_place(at), band.label, bold=top, ink=ink, side=self._label_side(at))


def _whole(band: BandView) -> str:
    return f"{band.words} {band.extra}".strip()


def _number_and_unit(band: BandView) -> str:
    return band.words
