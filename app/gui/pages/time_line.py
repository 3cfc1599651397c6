"""The painted time line of 首页: seven stages below each other, statutory windows, meetings, today."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.stages import Stage
from app.gui.icons import paint_state
from app.gui.pages.time_scale import (
    Measure,
    Scale,
    Span,
    apart,
    month_labels,
    today_mark,
    words_beside,
)
from app.gui.pages.year_rows import Window, YearLine, YearRow
from app.gui.theme import current_theme
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.text import Text
from app.rules.dates_in_words import short_day
from app.rules.standing import Progress

_NOTHING = "还没有日期。从第一步开始登记，这里就按日子画出来。"
_STATES = {Progress.DONE: "done", Progress.NOW: "now", Progress.LATER: "later"}
_LEFT = 134
_RIGHT = 8
_BAR = 8
_HALF = 5
_LOW, _HIGH = 22, 46
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


def scale_of(line: YearLine, across: int) -> Scale:
    """The scale of a line so many pixels wide, the names of the stages at its left left out."""
    return Scale(line, float(current_theme().px(_LEFT)), float(across - _RIGHT))


class Head(Painted):
    """The months and the mark 今天."""

    def __init__(self) -> None:
        super().__init__()
        self._line: YearLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: YearLine) -> None:
        """Show another line."""
        self._line = line
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, current_theme().px(22))

    def mark(self) -> Span | None:
        """Where the tag 今天 stands."""
        if self._line is None:
            return None
        theme = current_theme()
        measure = _measure(theme.font(bold=True))
        return today_mark(self._line, scale_of(self._line, self.width()), measure, self.width(), theme.px(12))

    def labels(self) -> list[Span]:
        """Where the names of months stand."""
        mark = self.mark()
        if self._line is None or mark is None:
            return []
        scale = scale_of(self._line, self.width())
        return month_labels(self._line, scale, _measure(current_theme().font()), self.width(), mark)

    def paintEvent(self, event: QPaintEvent) -> None:
        mark, line = self.mark(), self._line
        if line is None or mark is None:
            return
        theme = current_theme()
        painter = start_painting(self)
        scale = scale_of(line, self.width())
        for month in line.months():
            painter.fillRect(QRectF(scale.at(month), 0, 1, self.height()), theme.colour("line"))
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        for label in self.labels():
            where = QRectF(label.left, 0, label.right - label.left + 4, self.height())
            painter.drawText(where, _MIDDLE, label.words)
        tag = QRectF(mark.left, 0, mark.right - mark.left, self.height())
        fill_round(painter, tag, theme.radius("control"), theme.colour("accent"))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("onAccent"))
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), mark.words)


class StageRow(ClickRow):
    """One stage; a click or Enter goes there."""

    def __init__(self, line: YearLine, row: YearRow) -> None:
        super().__init__()
        self.row = row
        self._line = line
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_spoken(row, line.today))
        self.setToolTip("" if row.window is None else f"{row.label}：{row.window.words}")
        self.retheme()

    def retheme(self) -> None:
        self.setMinimumHeight(current_theme().px(_LOW))
        self.setMaximumHeight(current_theme().px(_HIGH))
        super().retheme()

    def sizeHint(self) -> QSize:
        return QSize(320, current_theme().px(_LOW))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, row = current_theme(), self.row
        painter = start_painting(self)
        scale = scale_of(self._line, self.width())
        if row.progress is Progress.NOW:
            painter.fillRect(self.rect(), theme.colour("sel"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        for month in self._line.months():
            painter.fillRect(QRectF(scale.at(month), 0, 1, self.height()), theme.colour("line"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        if row.window is not None and scale.shows(row.window.first, row.window.last):
            self._paint_window(painter, scale, row.window)
        self._paint_bars(painter, scale)
        for middle in self.meetings(scale):
            self._paint_meeting(painter, middle)
        if self._line.today_side() == 0:
            today = scale.middle(self._line.today)
            painter.fillRect(QRectF(today - 1, 0, 2, self.height()), theme.colour("accentText"))
        self._paint_label(painter)
        self._paint_words(painter)

    # ---- where things stand

    def bars(self, scale: Scale) -> list[tuple[str, Span]]:
        """The pieces of the bar, each with how it looks: done, now, rest, planned."""
        row, today = self.row, self._line.today
        if row.first is None or row.last is None:
            return []
        ahead = row.last
        if row.progress is Progress.NOW and row.window is not None and row.window.is_open:
            ahead = max(ahead, row.window.last)
        if row.progress is Progress.NOW and row.first <= today:
            pieces = [("now", row.first, today)] + ([("rest", today, ahead)] if ahead > today else [])
        else:
            look = "done" if row.progress is Progress.DONE else "planned"
            pieces = [(look, row.first, row.last)]
        least = float(current_theme().px(_BAR))
        found = []
        for look, first, last in pieces:
            if scale.shows(first, last):
                left = min(scale.at(first), scale.right - least)
                found.append((look, Span(left, max(left + least, scale.after(last)))))
        return found

    def meetings(self, scale: Scale) -> list[float]:
        """The middles of the diamonds; where many meetings lie close, not all are drawn."""
        middles = [scale.middle(day) for day in self.row.meetings if scale.shows(day, day)]
        return apart(middles, current_theme().px(11))

    def taken(self, scale: Scale) -> list[Span]:
        """Where words would be crossed: band and wall, bar, meetings, today's line."""
        window, half = self.row.window, current_theme().px(_HALF)
        found = [span for _, span in self.bars(scale)]
        found += [Span(middle - half, middle + half) for middle in self.meetings(scale)]
        if window is not None and scale.shows(window.first, window.last):
            found.append(Span(scale.at(window.first), scale.after(window.last) + 1))
        if self._line.today_side() == 0:
            today = scale.middle(self._line.today)
            found.append(Span(today - 1, today + 1))
        return found

    def words(self) -> Span | None:
        """What stands beside the window and where; ``None`` where it has no room or there is no window."""
        window = self.row.window
        if window is None:
            return None
        scale = scale_of(self._line, self.width())
        measure = _measure(current_theme().font(bold=self._is_bold()))
        choices = [window.words, *window.shorter]
        return words_beside(
            self.taken(scale), choices, measure, scale.left + 2, float(self.width()), scale.after(window.last)
        )

    def _is_bold(self) -> bool:
        window = self.row.window
        return self.row.progress is Progress.NOW and window is not None and window.is_open

    # ---- painting

    def _paint_label(self, painter: QPainter) -> None:
        theme = current_theme()
        side = theme.px(15)
        box = QRectF(theme.px(7), (self.height() - side) / 2, side, side)
        paint_state(painter, box, _STATES[self.row.progress])
        painter.setFont(theme.font(bold=self.row.progress is Progress.NOW))
        painter.setPen(theme.colour("ink1"))
        left = theme.px(29)
        room = theme.px(_LEFT) - left - 4
        words = painter.fontMetrics().elidedText(self.row.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room + 4, self.height()), int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_window(self, painter: QPainter, scale: Scale, window: Window) -> None:
        theme = current_theme()
        band = QRectF(scale.at(window.first), 2, 0, self.height() - 5)
        band.setRight(scale.after(window.last))
        shade = theme.colour("line")
        shade.setAlphaF(0.35 if window.estimated else 0.7)
        if theme.name != "contrast":
            painter.fillRect(band, shade)
        else:  # all lines are black there: an outline keeps the bar readable
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(band)
        style = Qt.PenStyle.DotLine if window.estimated else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour("ink1"), 2, style, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(band.right(), 1), QPointF(band.right(), self.height() - 2))

    def _paint_bars(self, painter: QPainter, scale: Scale) -> None:
        theme = current_theme()
        height = theme.px(_BAR)
        for look, span in reversed(self.bars(scale)):
            area = QRectF(span.left, (self.height() - height) / 2, span.right - span.left, height)
            if look == "rest":
                fill_round(painter, area, 4, theme.colour("surface"), theme.colour("accentText"))
                self._hatch(painter, area)
            elif look == "planned":
                fill_round(painter, area, 4, theme.colour("surface"), theme.colour("ink3"))
            else:
                fill_round(painter, area, 4, theme.colour("ok" if look == "done" else "accent"))

    def _hatch(self, painter: QPainter, area: QRectF) -> None:
        theme = current_theme()
        painter.save()
        painter.setClipRect(area.adjusted(2, 1, -2, -1))
        painter.setPen(QPen(theme.colour("accentText"), 1))
        x = area.left()
        while x < area.right() + area.height():
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
            x += theme.px(5)
        painter.restore()

    def _paint_meeting(self, painter: QPainter, x: float) -> None:
        theme = current_theme()
        half, middle = theme.px(_HALF), self.height() / 2
        painter.setPen(QPen(theme.colour("ink1"), 1.5))
        painter.setBrush(theme.colour("surface"))
        corners = ((x, middle - half), (x + half, middle), (x, middle + half), (x - half, middle))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))

    def _paint_words(self, painter: QPainter) -> None:
        place = self.words()
        if place is None:
            return
        theme, bold = current_theme(), self._is_bold()
        painter.setFont(theme.font(bold=bold))
        painter.setPen(theme.colour("ink1" if bold else "ink2"))
        where = QRectF(place.left, 0, place.right - place.left + 4, self.height())
        painter.drawText(where, _MIDDLE, place.words)


class TimeLine(QWidget):
    """The seven stages of a year.

    Signals:
        stage_chosen: A row was clicked. arg: its :class:`app.domain.stages.Stage`.
    """

    stage_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: YearLine | None = None
        self.head = Head()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self.rows: list[StageRow] = []
        self._nothing = Text(_NOTHING, ink="ink2", elide=True)
        self._nothing.hide()
        self.setAccessibleName("七个阶段与法定期限")

    def show_line(self, line: YearLine) -> None:
        """Show another line; the focus stays on the same stage."""
        if line == self._line:
            return
        self._line = line
        focused = next((row.row.stage for row in self.rows if row.hasFocus()), None)
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        self.head.show_line(line)
        for each in line.rows:
            row = StageRow(line, each)
            row.activated.connect(self._on_activated)
            self.rows.append(row)
            self._column.addWidget(row, 1)
            if each.stage is focused:
                row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.removeWidget(self._nothing)
        self._column.addWidget(self._nothing)
        self._nothing.setVisible(not line.has_dates())

    def room_to_grow(self) -> int:
        """Pixels by which the rows may be higher than they must be."""
        theme = current_theme()
        return len(self.rows) * (theme.px(_HIGH) - theme.px(_LOW))

    def line(self) -> YearLine | None:
        """What is shown."""
        return self._line

    def _on_activated(self) -> None:
        sender = self.sender()
        if isinstance(sender, StageRow):
            stage: Stage = sender.row.stage
            self.stage_chosen.emit(stage)


class Legend(Painted):
    """What bars, band and wall mean."""

    _ENTRIES = (("done", "已完成"), ("now", "进行中"), ("later", "计划"), ("window", "法定期限"))

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("图例：已完成，进行中，计划，法定期限")

    def sizeHint(self) -> QSize:
        theme = current_theme()
        metrics = QFontMetrics(theme.font())
        words = sum(metrics.horizontalAdvance(word) for _, word in self._ENTRIES)
        return QSize(words + len(self._ENTRIES) * theme.px(28) + 3 * theme.px(16), theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        painter.setFont(theme.font())
        x = 0.0
        for key, word in self._ENTRIES:
            bar = QRectF(x, (self.height() - theme.px(7)) / 2, theme.px(20), theme.px(7))
            if key == "window":
                box = QRectF(x, 3, theme.px(18), self.height() - 6)
                if theme.name == "contrast":
                    fill_round(painter, box, 0, None, theme.colour("line"))
                else:
                    painter.fillRect(box, theme.colour("line"))
                painter.fillRect(QRectF(box.right() - 2, 3, 2, box.height()), theme.colour("ink1"))
            elif key == "later":
                fill_round(painter, bar, 3, theme.colour("surface"), theme.colour("ink3"))
            else:
                fill_round(painter, bar, 3, theme.colour("ok" if key == "done" else "accent"))
            x += theme.px(27)
            room = painter.fontMetrics().horizontalAdvance(word)
            painter.setPen(theme.colour("ink1"))
            painter.drawText(QRectF(x, 0, room + 4, self.height()), int(Qt.AlignmentFlag.AlignVCenter), word)
            x += room + theme.px(16)


def _measure(font: QFont) -> Measure:
    metrics = QFontMetrics(font)

    def measure(words: str) -> float:
        return metrics.horizontalAdvance(words) + 2.0

    return measure


def _spoken(row: YearRow, on: date) -> str:
    parts = [row.label, row.progress.label]
    if row.first is not None and row.last is not None:
        parts.append(f"{short_day(row.first, on)}至{short_day(row.last, on)}")
    if row.meetings:
        parts.append(f"会议 {len(row.meetings)} 次")
    if row.window is not None:
        parts.append(row.window.words)
    return "，".join(parts)
