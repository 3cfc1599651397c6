"""A strip of at most six figures: label above, number, unit, remark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.painted import Painted
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text

MOST_FIGURES = 6
_MOST_ROWS = 3
_BETWEEN = 25
_GAP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """``id`` names the figure for its 出处; a word may stand in for a number; ``icon`` belongs to the remark."""

    id: str
    label: str
    number: str
    unit: str = ""
    remark: str = ""
    icon: str = ""


class _Figure(ClickRow):
    """One figure; F4, Enter or a click opens where it comes from."""

    origin_requested = Signal(str)

    def __init__(self, figure: FigureView) -> None:
        super().__init__()
        self._id = figure.id
        self._figure = figure
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 4, 2)
        column.setSpacing(0)
        column.addWidget(Text(figure.label, ink="ink2", elide=True))
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(Text(figure.number, "page"))
        if figure.unit:
            row.addWidget(Text(figure.unit, ink="ink3"), 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self._values = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._values.setSpacing(0)
        # Kept here, never asked of the layout: what it hands out dies with it.
        self._rows = [row, _remark_row(figure)] if figure.remark else [row]
        for each in self._rows:
            self._values.addLayout(each)
        column.addLayout(self._values)
        column.addStretch(1)
        self.setAccessibleName(f"{figure.label} {figure.number} {figure.unit}，{figure.remark}")
        self.activated.connect(self._on_activated)

    @property
    def figure_id(self) -> str:
        """The figure's name."""
        return self._id

    def needed(self) -> int:
        """How wide the figure is with its remark beside the number."""
        return max(self._label_width(), self._number_width() + self._remark_width() + 8) + 8

    def least(self) -> int:
        """How wide the figure is with its remark below the number, nothing shortened."""
        return max(self._label_width(), self._number_width(), self._remark_width()) + 8

    # Measured with the theme's letters: those of the parts follow a new theme one after the other.

    def _label_width(self) -> int:
        return _width(self._figure.label)

    def _number_width(self) -> int:
        unit = _width(self._figure.unit) + _GAP if self._figure.unit else 0
        return _width(self._figure.number, "page") + unit

    def _remark_width(self) -> int:
        icon = current_theme().px(16) + _GAP if self._figure.icon else 0
        return _width(self._figure.remark) + icon if self._figure.remark else 0

    def put_remark(self, *, beside: bool) -> None:
        """Let the remark stand beside the number, or below it."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._values.setDirection(across if beside else down)
        self._values.setSpacing(8 if beside else 0)
        self._values.setStretch(1, 1 if beside else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self._on_activated()
            return
        super().keyPressEvent(event)

    def _on_activated(self) -> None:
        self.origin_requested.emit(self._id)


def _width(words: str, role: str = "body") -> int:
    return ceil(QFontMetricsF(current_theme().font(role)).horizontalAdvance(words))


def _remark_row(figure: FigureView) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(_GAP)
    if figure.icon:
        row.addWidget(Shape(figure.icon, px=16))
    row.addWidget(Text(figure.remark, ink="ink2", elide=True), 1)
    return row


class FigureStrip(Painted):
    """Figures side by side; where their words have no room, in two rows or three.

    With ``beside`` their remarks stand beside the numbers where there is room for all.

    Signals:
        origin_requested: F4, Enter or a click on a figure. arg: its id.
    """

    origin_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, beside: bool = False) -> None:
        super().__init__(parent)
        self._beside = beside
        self._figures: list[_Figure] = []
        self._lines: list[Hairline] = []
        self._across = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._rows = [QHBoxLayout() for _ in range(_MOST_ROWS)]
        for row in self._rows:
            row.setSpacing(12)
            column.addLayout(row)

    def show_figures(self, figures: Sequence[FigureView]) -> None:
        """Show these; ValueError for more than six."""
        if len(figures) > MOST_FIGURES:
            raise ValueError("a strip holds at most six figures")
        focused = next((part.figure_id for part in self._figures if part.hasFocus()), None)
        before = self._figures
        self._take_out()
        self._figures = []
        for figure in figures:
            part = _Figure(figure)
            part.origin_requested.connect(self.origin_requested)
            self._figures.append(part)
        self._across = 0
        self._arrange()
        heir = next((part for part in self._figures if part.figure_id == focused), None)
        if heir is not None:
            heir.show()
            heir.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in before:
            part.hide()
            part.deleteLater()

    def _take_out(self) -> None:
        """Empty both rows; the lines between the figures are made anew."""
        for row in self._rows:
            for part in (*self._figures, *self._lines):
                row.removeWidget(part)
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []

    def _put(self, across: int) -> None:
        """``across`` figures in a row."""
        if across == self._across:
            return
        self._across = across
        self._take_out()
        for at, part in enumerate(self._figures):
            row = self._rows[at // across]
            if row.count():
                line = Hairline(standing=True)
                self._lines.append(line)
                row.addWidget(line)
            row.addWidget(part, 1)

    def _arrange(self) -> None:
        count = len(self._figures)
        if not count:
            return
        room = self.width()
        needed = [part.needed() for part in self._figures]
        least = [part.least() for part in self._figures]
        fits = self._beside and sum(needed) + _BETWEEN * (count - 1) <= room
        even = not fits
        across = count
        if even and max(least) * count + _BETWEEN * (count - 1) > room:
            even = sum(least) + _BETWEEN * (count - 1) > room
            across = self._across_for(room, max(least)) if even else count
        self._put(across)
        for part, wide, narrow in zip(self._figures, needed, least, strict=True):
            part.put_remark(beside=fits)
            for row in self._rows:
                row.setStretchFactor(part, wide if fits else 1 if even else narrow)

    def _across_for(self, room: int, least: int) -> int:
        """How many figures of the same width stand in a row, in as few rows as have room for their words."""
        count = len(self._figures)
        numbers = [-(-count // rows) for rows in range(2, _MOST_ROWS + 1)]
        return next((each for each in numbers if least * each + _BETWEEN * (each - 1) <= room), numbers[-1])

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._figures:
            across = -(-len(self._figures) // _MOST_ROWS)
            least = max(part.least() for part in self._figures)
            hint.setWidth(min(hint.width(), least * across + _BETWEEN * (across - 1)))
        return hint

    def retheme(self) -> None:
        super().retheme()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
