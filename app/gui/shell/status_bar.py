"""The bar at the bottom, with the same places always: saved, backup, stick or job | rule pack, keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.gui.icons import STATE_SHAPES, paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting

LEFT_CELLS = ("saved", "backup", "stick", "job")
RIGHT_CELLS = ("pack", "calendar", "keys", "help")


@dataclass(frozen=True, slots=True)
class StatusView:
    """Words with a state or icon before them; ``ink`` a colour token (a state has its own for the shape).

    ``short`` stands there in a narrow window; ``None`` the same words, empty nothing.
    """

    words: str
    shape: str = ""
    ink: str = "ink2"
    tip: str = ""
    shape_ink: str = ""
    short: str | None = None


class StatusCell(QAbstractButton):
    """One place of the bar; a button that returns to what it tells."""

    def __init__(self, place: str, *, at_right: bool) -> None:
        super().__init__()
        self.place = place
        self._at_right = at_right
        self._view = StatusView("")
        self._narrow = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self.hide()

    def show_view(self, view: StatusView) -> None:
        """Show other words."""
        self._view = view
        self.setAccessibleName(view.words)
        self.setToolTip(view.tip)
        self.update_shown()
        self.update()

    def update_shown(self) -> None:
        """Take its place when there is something to say."""
        self.setVisible(bool(self._shown()))
        self.updateGeometry()

    def words(self) -> str:
        """What the cell says, in full."""
        return self._view.words

    def set_narrow(self, narrow: bool) -> None:
        """Say it shorter."""
        self._narrow = narrow
        self.show_view(self._view)

    def _shown(self) -> str:
        view = self._view
        return view.short if self._narrow and view.short is not None else view.words

    def sizeHint(self) -> QSize:
        theme = current_theme()
        across = QFontMetrics(theme.font()).horizontalAdvance(self._shown())
        mark = theme.px(22) if self._view.shape else 0
        return QSize(across + mark + theme.px(26), theme.height("status_bar") - 1)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), current_theme().px(72)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        view = self._view
        painter = start_painting(self)
        area = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            fill_round(painter, area.adjusted(2, 2, -2, -2), theme.radius("control"), theme.colour("hover"))
        edge = 0 if self._at_right else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), theme.colour("line2"))
        left = theme.px(13)
        if view.shape:
            name, token = view.shape, view.ink
            if view.shape in STATE_SHAPES:
                name, token, _ = STATE_SHAPES[view.shape]
            side = theme.px(14)
            paint_icon(
                painter, QRectF(left, (area.height() - side) / 2, side, side), name, view.shape_ink or token
            )
            left += theme.px(21)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(view.ink))
        room = self.width() - left - 8
        words = painter.fontMetrics().elidedText(self._shown(), Qt.TextElideMode.ElideRight, room)
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(QRectF(left, 0, room + 6, area.height()), flags, words)


class StatusBar(Painted):
    """Thirty high.

    Signals:
        cell_clicked: arg: the place (saved, backup, stick, job, pack, calendar, keys, help).
    """

    cell_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("状态栏")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 0)
        row.setSpacing(0)
        self._cells: dict[str, StatusCell] = {}
        for place in LEFT_CELLS:
            self._add(row, place, at_right=False)
        row.addStretch(1)
        for place in RIGHT_CELLS:
            self._add(row, place, at_right=True)
        self.setFocusProxy(self._cells["saved"])
        self.retheme()

    def _add(self, row: QHBoxLayout, place: str, *, at_right: bool) -> None:
        cell = StatusCell(place, at_right=at_right)
        cell.clicked.connect(self._on_clicked)
        self._cells[place] = cell
        row.addWidget(cell)

    def show_cell(self, place: str, view: StatusView) -> None:
        """Fill a place; empty words leave it out. KeyError when there is no such place."""
        self._cells[place].show_view(view)
        if place in ("stick", "job") and self._cells["job"].words():
            self._cells["stick"].hide()  # the two share a place
        elif place == "job":
            self._cells["stick"].update_shown()

    def set_narrow(self, narrow: bool) -> None:
        """The window is narrow: the cells say it shorter."""
        for cell in self._cells.values():
            cell.set_narrow(narrow)

    def cell(self, place: str) -> StatusCell:
        """The cell of a place."""
        return self._cells[place]

    def retheme(self) -> None:
        self.setFixedHeight(current_theme().height("status_bar"))
        super().retheme()

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, StatusCell):
            self.cell_clicked.emit(sender.place)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        painter.fillRect(self.rect(), theme.colour("bg"))
        painter.fillRect(0, 0, self.width(), 1, theme.colour("line2"))
