"""比率: every rate the case has facts for, each with its origin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.figures.origin import Figure
from app.gui.pages.keeps_f4 import KeepsF4
from app.gui.pages.origin_line import OriginLine
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.figure_strip import MOST_FIGURES, FigureStrip, FigureView
from app.gui.widgets.sheet import Sheet


class RatesSheet(Sheet):
    """One strip, or two; a figure opens where it comes from.

    Signals:
        origin_chosen: Go to a record. arg: the :class:`app.figures.origin.Origin`.
    """

    origin_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("比率", "点一个数看出处", parent=parent)
        self._rates: dict[str, Figure] = {}
        self._keeps_f4 = KeepsF4(self)
        self.strips = (FigureStrip(), FigureStrip())
        self.origin = OriginLine()
        self.origin.origin_chosen.connect(self.origin_chosen)
        for strip in self.strips:
            strip.origin_requested.connect(self.open)
            self.add(strip)
        self.add(self.origin)
        self.origin.hide()

    def show_rates(self, figures: Sequence[Figure]) -> None:
        """Show these; the sheet is hidden while there are none."""
        rates = {figure.label: figure for figure in figures}
        self.setVisible(bool(rates))
        if rates == self._rates:
            return
        self._rates = rates
        self.origin.hide()
        views = [
            FigureView(id=label, label=label, number=figure.text, remark=figure.rule)
            for label, figure in rates.items()
        ]
        half = (len(views) + 1) // 2 if len(views) > MOST_FIGURES else len(views)
        for strip, part in zip(self.strips, (views[:half], views[half : half + MOST_FIGURES]), strict=True):
            strip.show_figures(part)
            for figure in strip.findChildren(ClickRow):
                self._keeps_f4.keep(figure)
            strip.setVisible(bool(part))

    @Slot(str)
    def open(self, label: str) -> None:
        """Open the origin of a rate; a second time closes it."""
        figure = self._rates[label]
        words = f"{label} {figure.text}"
        if self.origin.words() == words and not self.origin.isHidden():
            self.origin.hide()
            return
        self.origin.show_figure(words, figure)
        self.origin.open()
        self.origin.show()
