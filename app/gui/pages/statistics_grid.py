"""The district's table on the screen: its own heads and order; one cell at a time is looked at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.figures.origin import Figure
from app.figures.tables import Column, Table
from app.gui.icons import paint_state
from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting

_LABEL = 132
_HEAD, _SUB, _SUB_TWO, _ROW, _LINE = 32, 30, 48, 34, 21
_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine


def _head(column: Column) -> tuple[str, str]:
    """What a column is called, and its unit in brackets."""
    return ("份数" if column.unit == "份" else column.label.removesuffix("数"), f"（{column.unit}）")


def _lines(column: Column, metrics: QFontMetrics, room: float) -> list[str]:
    """The head in as few lines as it has room in: one, name above unit, or the name broken as well."""
    name, unit = _head(column)
    if metrics.horizontalAdvance(name + unit) <= room:
        return [name + unit]
    lines = [""]
    for letter in name:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + letter) > room:
            lines.append("")
        lines[-1] += letter
    return [*lines, unit]


class StatisticsGrid(Painted):
    """Arrows, Home and End walk the cells; F4 and Enter ask for the origin.

    Signals:
        cell_chosen: Another cell is looked at. arg: row, arg: column.
        origin_requested: F4, Enter or a double click. arg: row, arg: column.
    """

    cell_chosen = Signal(int, int)
    origin_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._at = (0, 0)
        self._most_lines = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_table(self, table: Table) -> None:
        """Show another table; the place stays if it is still there."""
        if table == self._table:
            return
        self._table = table
        row, column = self._at
        self._at = (min(row, len(table.rows) - 1), min(column, len(table.columns) - 1))
        self.setAccessibleName(table.title)
        self._tell()
        self._fit_heads()
        self.updateGeometry()
        self.update()

    def table(self) -> Table | None:
        """What is shown."""
        return self._table

    def current(self) -> tuple[int, int]:
        """Row and column looked at."""
        return self._at

    def figure(self, row: int, column: int) -> Figure | None:
        """The figure of a cell."""
        if self._table is None:
            return None
        return self._table.rows[row].cells[column]

    def words_of(self, row: int, column: int) -> str:
        """A cell in words: 发出要约书 · 单独开展企业 · 覆盖职工数 386 人."""
        figure = self.figure(row, column)
        if self._table is None or figure is None:
            return ""
        group = [group.label for group in self._table.groups for _ in group.columns][column]
        return f"{group} · {self._table.rows[row].label} · {figure.label} {figure.text}"

    def choose(self, row: int, column: int) -> None:
        """Look at a cell."""
        if self._table is None:
            return
        self._at = (
            min(max(row, 0), len(self._table.rows) - 1),
            min(max(column, 0), len(self._table.columns) - 1),
        )
        self._tell()
        self.update()
        self.cell_chosen.emit(*self._at)

    def _tell(self) -> None:
        self.setAccessibleDescription(self.words_of(*self._at))

    # ---- measures

    def sizeHint(self) -> QSize:
        theme = current_theme()
        rows = len(self._table.rows) if self._table is not None else 3
        return QSize(640, theme.px(_HEAD) + self._sub() + rows * theme.px(_ROW) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(480, self.sizeHint().height())

    def _sub(self) -> int:
        """Height of the second head: more lines where a column is too narrow for its words."""
        return current_theme().px(
            _SUB if self._most_lines == 1 else _SUB_TWO + (self._most_lines - 2) * _LINE
        )

    def _fit_heads(self) -> None:
        if self._table is None:
            return
        metrics = QFontMetrics(current_theme().font())
        room = self._left(1) - self._left(0) - 6
        most = max((len(_lines(column, metrics, room)) for column in self._table.columns), default=1)
        if most != self._most_lines:
            self._most_lines = most
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_heads()

    def retheme(self) -> None:
        self._fit_heads()
        super().retheme()

    def _left(self, column: int) -> float:
        assert self._table is not None
        label = current_theme().px(_LABEL)
        return label + (self.width() - label - 1) * column / len(self._table.columns)

    def cell_area(self, row: int, column: int) -> QRectF:
        """Where a cell lies."""
        theme = current_theme()
        top = theme.px(_HEAD) + self._sub() + row * theme.px(_ROW)
        left = self._left(column)
        return QRectF(left, top, self._left(column + 1) - left, theme.px(_ROW))

    # ---- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, column = self._at
        last = len(self._table.columns) - 1 if self._table is not None else 0
        steps = {
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, last),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.choose(*steps[key])
        elif key in (Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.origin_requested.emit(*self._at)
        else:
            super().keyPressEvent(event)

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        if self._table is None:
            return None
        for row in range(len(self._table.rows)):
            for column in range(len(self._table.columns)):
                if self.cell_area(row, column).contains(x, y):
                    return row, column
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._cell_at(event.position().x(), event.position().y())
        if found is not None:
            self.choose(*found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._cell_at(event.position().x(), event.position().y()) is not None:
            self.origin_requested.emit(*self._at)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._table is None:
            return
        theme, table = current_theme(), self._table
        painter = start_painting(self)
        heads = theme.px(_HEAD) + self._sub()
        painter.fillRect(QRectF(0, 0, self.width(), heads), theme.colour("sunken"))
        self._paint_heads(painter, table)
        for row in range(len(table.rows)):
            self._paint_row(painter, table, row)
        self._paint_lines(painter, table)
        area = self.cell_area(*self._at)
        fill_round(
            painter,
            area.adjusted(0, 0, 1, 1),
            theme.radius("control"),
            None,
            theme.colour("focus" if self.hasFocus() else "ink2"),
            2 if self.hasFocus() else 1,
        )

    def _paint_heads(self, painter: QPainter, table: Table) -> None:
        theme = current_theme()
        head, sub = theme.px(_HEAD), self._sub()
        painter.setPen(theme.colour("ink1"))
        painter.setFont(theme.font())
        painter.drawText(
            QRectF(10, 0, theme.px(_LABEL) - 14, head + sub), int(Qt.AlignmentFlag.AlignVCenter), table.corner
        )
        at = 0
        for group in table.groups:
            left, right = self._left(at), self._left(at + len(group.columns))
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour("ink1"))
            self._draw(painter, QRectF(left, 0, right - left, head), group.label)
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            for offset, column in enumerate(group.columns):
                start = self._left(at + offset)
                wide = self._left(at + offset + 1) - start
                lines = _lines(column, painter.fontMetrics(), wide - 6)
                pad = (sub - len(lines) * theme.px(_LINE)) / 2
                for line, words in enumerate(lines):
                    top = head + pad + line * theme.px(_LINE)
                    self._draw(painter, QRectF(start, top, wide, theme.px(_LINE)), words)
            at += len(group.columns)

    def _draw(self, painter: QPainter, box: QRectF, words: str) -> None:
        room = int(box.width()) - 4
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, int(_CENTRE), shown)

    def _paint_row(self, painter: QPainter, table: Table, row: int) -> None:
        theme = current_theme()
        first = self.cell_area(row, 0)
        painter.setFont(theme.font(bold=any(figure.value for figure in table.rows[row].cells)))
        painter.setPen(theme.colour("ink1"))
        label = QRectF(10, first.top(), theme.px(_LABEL) - 14, first.height())
        painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter), table.rows[row].label)
        for column, figure in enumerate(table.rows[row].cells):
            area = self.cell_area(row, column)
            if figure.value is None:
                painter.fillRect(area, theme.colour("warnTint"))
                side = theme.px(15)
                paint_state(
                    painter, QRectF(area.left() + 8, area.center().y() - side / 2, side, side), "explain"
                )
            painter.setFont(theme.font(bold=bool(figure.value)))
            painter.setPen(theme.colour("ink1" if figure.value else "ink3"))
            painter.drawText(area, int(_CENTRE), "—" if figure.value is None else str(figure.value))

    def _paint_lines(self, painter: QPainter, table: Table) -> None:
        theme = current_theme()
        head, sub = theme.px(_HEAD), self._sub()
        bottom = self.cell_area(len(table.rows) - 1, 0).bottom()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(theme.colour("line"), 1))
        for column in range(len(table.columns)):
            painter.drawLine(round(self._left(column)), head, round(self._left(column)), round(bottom))
        for row in range(1, len(table.rows)):
            y = round(self.cell_area(row, 0).top())
            painter.drawLine(0, y, self.width() - 1, y)
        painter.drawLine(theme.px(_LABEL), head, self.width() - 1, head)
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.drawRect(0, 0, self.width() - 1, round(bottom))
        painter.drawLine(0, head + sub, self.width() - 1, head + sub)
        at = 0
        for group in table.groups:
            painter.drawLine(round(self._left(at)), 0, round(self._left(at)), round(bottom))
            at += len(group.columns)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
