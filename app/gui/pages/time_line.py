"""The painted time line of 首页: seven stages below each other, statutory windows, meetings, today."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.stages import Stage
from app.gui.icons import paint_state
from app.gui.pages.year_rows import Window, YearLine, YearRow
from app.gui.theme import current_theme
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.rules.dates_in_words import short_day
from app.rules.standing import Progress

_STATES = {Progress.DONE: "done", Progress.NOW: "now", Progress.LATER: "later"}
_LEFT = 134
_RIGHT = 8
_BAR = 8
_LOW, _HIGH = 22, 46


class Scale:
    """Where a day lies across the line, in pixels."""

    def __init__(self, line: YearLine, across: int) -> None:
        self.left = float(current_theme().px(_LEFT))
        self.right = float(max(across - _RIGHT, self.left + 1))
        self._first = line.first
        self._per_day = (self.right - self.left) / ((line.last - line.first).days + 1)

    def at(self, day: date) -> float:
        """The left edge of a day, kept on the line."""
        return min(self.right, max(self.left, self.left + (day - self._first).days * self._per_day))

    def after(self, day: date) -> float:
        """The right edge of a day."""
        return self.at(day + timedelta(days=1))


class _Head(Painted):
    """The months and the mark 今天."""

    def __init__(self) -> None:
        super().__init__()
        self._line: YearLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: YearLine) -> None:
        self._line = line
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, current_theme().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._line is None:
            return
        theme, line = current_theme(), self._line
        painter = start_painting(self)
        scale = Scale(line, self.width())
        middle = (scale.at(line.today) + scale.after(line.today)) / 2
        today = f"今天 {line.today.month}月{line.today.day}日"
        bold = theme.font(bold=True)
        across = QFontMetrics(bold).horizontalAdvance(today) + theme.px(12)
        left = min(max(middle - across / 2, scale.left), self.width() - across)
        mark = QRectF(left, 0, across, self.height())
        months = line.months()
        painter.setFont(theme.font())
        metrics = painter.fontMetrics()
        every = _thinning(line, scale, metrics)
        for month in months:
            painter.fillRect(QRectF(scale.at(month), 0, 1, self.height()), theme.colour("line"))
        named = [line.first, *months] if line.first not in months else list(months)
        for at, month in enumerate(named[::every]):
            words = _month_words(month, line.today.year, first=at == 0)
            start, room = scale.at(month) + 6, metrics.horizontalAdvance(words)
            if start < mark.right() + 6 and start + room > mark.left() - 6:
                start = mark.right() + 6
            following = named[at * every + every : at * every + every + 1]
            if start + room <= (scale.at(following[0]) if following else self.width()):
                painter.setPen(theme.colour("ink2"))
                where = QRectF(start, 0, room + 4, self.height())
                painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), words)
        fill_round(painter, mark, theme.radius("control"), theme.colour("accent"))
        painter.setFont(bold)
        painter.setPen(theme.colour("onAccent"))
        painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), today)


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
        scale = Scale(self._line, self.width())
        if row.progress is Progress.NOW:
            painter.fillRect(self.rect(), theme.colour("sel"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        for month in self._line.months():
            painter.fillRect(QRectF(scale.at(month), 0, 1, self.height()), theme.colour("line"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        if row.window is not None:
            self._paint_window(painter, scale, row.window)
        self._paint_bar(painter, scale)
        for day in row.meetings:
            self._paint_meeting(painter, (scale.at(day) + scale.after(day)) / 2)
        today = (scale.at(self._line.today) + scale.after(self._line.today)) / 2
        painter.fillRect(QRectF(today - 1, 0, 2, self.height()), theme.colour("accentText"))
        self._paint_label(painter)
        if row.window is not None:
            self._paint_words(painter, scale, row.window, today)

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

    def _bar(self, scale: Scale, first: date, last: date) -> QRectF:
        left = scale.at(first)
        height = current_theme().px(_BAR)
        across = max(float(height), scale.after(last) - left)
        return QRectF(left, (self.height() - height) / 2, across, height)

    def _paint_bar(self, painter: QPainter, scale: Scale) -> None:
        theme, row, today = current_theme(), self.row, self._line.today
        if row.first is None or row.last is None or row.first > self._line.last:
            return
        if row.progress is Progress.DONE:
            fill_round(painter, self._bar(scale, row.first, row.last), 4, theme.colour("ok"))
            return
        if row.progress is Progress.LATER or row.first > today:
            planned = self._bar(scale, row.first, row.last)
            fill_round(painter, planned, 4, theme.colour("surface"), theme.colour("ink3"))
            return
        ahead = max(row.last, row.window.last if row.window and row.window.is_open else row.last)
        if ahead > today:
            rest = self._bar(scale, today, ahead)
            fill_round(painter, rest, 4, theme.colour("surface"), theme.colour("accentText"))
            painter.save()
            painter.setClipRect(rest.adjusted(2, 1, -2, -1))
            painter.setPen(QPen(theme.colour("accentText"), 1))
            step = theme.px(5)
            x = rest.left()
            while x < rest.right() + rest.height():
                painter.drawLine(QPointF(x, rest.bottom()), QPointF(x + rest.height(), rest.top()))
                x += step
            painter.restore()
        fill_round(painter, self._bar(scale, row.first, today), 4, theme.colour("accent"))

    def _paint_meeting(self, painter: QPainter, x: float) -> None:
        theme = current_theme()
        half, middle = theme.px(5), self.height() / 2
        painter.setPen(QPen(theme.colour("ink1"), 1.5))
        painter.setBrush(theme.colour("surface"))
        corners = ((x, middle - half), (x + half, middle), (x, middle + half), (x - half, middle))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))

    def _paint_words(self, painter: QPainter, scale: Scale, window: Window, today: float) -> None:
        theme, row = current_theme(), self.row
        bold = row.progress is Progress.NOW and window.is_open
        painter.setFont(theme.font(bold=bold))
        painter.setPen(theme.colour("ink1" if bold else "ink2"))
        metrics = painter.fontMetrics()
        wanted = metrics.horizontalAdvance(window.words) + 4.0
        start, room = _free_place(self._taken(scale, window, today), wanted, scale, scale.after(window.last))
        words = metrics.elidedText(window.words, Qt.TextElideMode.ElideRight, int(room))
        where = QRectF(start, 0, room, self.height())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _taken(self, scale: Scale, window: Window, today: float) -> list[tuple[float, float]]:
        """Where words would be crossed: band and bar, meetings, today's line."""
        row, half = self.row, current_theme().px(5)
        taken = [(scale.at(window.first), scale.after(window.last)), (today - 1, today + 1)]
        if row.first is not None and row.last is not None:
            taken.append((scale.at(row.first), max(scale.after(row.last), scale.at(row.first) + 2 * half)))
        for day in row.meetings:
            middle = (scale.at(day) + scale.after(day)) / 2
            taken.append((middle - half, middle + half))
        return taken


def _free_place(
    taken: list[tuple[float, float]], wanted: float, scale: Scale, wall: float
) -> tuple[float, float]:
    """Where words of this width stand: behind the wall, else in the nearest gap, else cut short."""
    gaps: list[tuple[float, float]] = []
    left = scale.left
    for first, last in sorted(taken):
        if first > left:
            gaps.append((left, first))
        left = max(left, last)
    gaps.append((left, scale.right + _RIGHT))
    inner = [(first + 6, last - 6) for first, last in gaps]
    inner[-1] = (inner[-1][0], gaps[-1][1])
    fitting = [(first, last) for first, last in inner if last - first >= wanted]
    behind = [gap for gap in fitting if gap[0] >= wall]
    if behind:
        return behind[0][0], wanted
    if fitting:
        return fitting[-1][1] - wanted, wanted
    widest = max(inner, key=lambda gap: gap[1] - gap[0])
    return widest[0], max(0.0, widest[1] - widest[0])


class TimeLine(QWidget):
    """The seven stages of a year.

    Signals:
        stage_chosen: A row was clicked. arg: its :class:`app.domain.stages.Stage`.
    """

    stage_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: YearLine | None = None
        self._head = _Head()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self.rows: list[StageRow] = []
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
        self._head.show_line(line)
        for each in line.rows:
            row = StageRow(line, each)
            row.activated.connect(self._on_activated)
            self.rows.append(row)
            self._column.addWidget(row, 1)
            if each.stage is focused:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

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


def _thinning(line: YearLine, scale: Scale, metrics: QFontMetrics) -> int:
    room = (scale.right - scale.left) / max(1, len(line.months()))
    return next((every for every in (1, 2, 3, 4) if room * every > metrics.horizontalAdvance("12月") + 12), 6)


def _month_words(month: date, year: int, *, first: bool) -> str:
    if month.year != year and (first or month.month == 1):
        return f"{month.year}年{month.month}月"
    return f"{month.month}月"


def _spoken(row: YearRow, on: date) -> str:
    parts = [row.label, row.progress.label]
    if row.first is not None and row.last is not None:
        parts.append(f"{short_day(row.first, on)}至{short_day(row.last, on)}")
    if row.window is not None:
        parts.append(row.window.words)
    return "，".join(parts)
