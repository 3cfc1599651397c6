"""Figures above the rows they are made of: obligations, rates of a poll, sums of a score sheet."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.figures.origin import Figure, Origin
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.origin_line import OriginLine
from app.gui.stages.stage_view import StageView
from app.gui.widgets.figure_strip import MOST_FIGURES, FigureStrip, FigureView
from app.gui.widgets.sheet import Hairline, Sheet
from app.rules.findings import Where


class FigureLines(StageView):
    """A strip of figures; Enter or F4 on one tells where it comes from, a record there opens it."""

    COLLECTIONS: frozenset[str] = frozenset()
    NAME = ""
    OWN_SHEET = False

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._figures: tuple[Figure, ...] = ()
        self._open = -1
        self._record_id = ""
        self._sheet: Sheet | None = Sheet() if self.OWN_SHEET else None
        self.strip = FigureStrip()
        self.strip.setAccessibleName(self.NAME)
        self.strip.origin_requested.connect(self._on_origin)
        self.origin = OriginLine()
        self.origin.hide()
        self.origin.origin_chosen.connect(self._on_origin_chosen)
        if self._sheet is not None:
            self.column.addWidget(self._sheet)
            self._sheet.add(self.strip)
            self._sheet.add(self.origin)
        else:
            for part in (Hairline(), self.strip, self.origin):
                self.column.addWidget(part)
        desk.case_changed.connect(self._on_case_changed)
        self._show()

    def sheet(self) -> Sheet | None:
        return self._sheet

    def figures(self) -> tuple[Figure, ...]:
        """What is shown."""
        return self._figures

    def wanted(self) -> tuple[Figure, ...]:
        """The figures of the case as it is; for subclasses."""
        return ()

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection in self.COLLECTIONS and record_id != self._record_id:
            self._record_id = record_id
            self._show()

    def _show(self) -> None:
        figures = self.wanted()[:MOST_FIGURES]
        if self._sheet is None:
            self.setVisible(bool(figures))
        else:
            self.strip.setVisible(bool(figures))
        if figures == self._figures:
            return
        self._figures = figures
        self.strip.show_figures([_view(at, figure) for at, figure in enumerate(figures)])
        if 0 <= self._open < len(figures) and not self.origin.isHidden():
            self._tell(self._open)
        else:
            self.origin.hide()

    def _tell(self, at: int) -> None:
        figure = self._figures[at]
        self.origin.show_figure(f"{figure.label} {figure.text}", figure)

    @Slot(str)
    def _on_origin(self, key: str) -> None:
        at = int(key)
        if at == self._open and not self.origin.isHidden():
            self.origin.hide()
            return
        self._open = at
        self._tell(at)
        self.origin.show()
        self.origin.open()

    @Slot(object)
    def _on_origin_chosen(self, origin: object) -> None:
        if isinstance(origin, Origin):
            self.door_opened.emit(Where(origin.collection, origin.record_id, origin.fact))

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & self.COLLECTIONS:
            self._show()


def _view(at: int, figure: Figure) -> FigureView:
    if figure.value is None:
        return FigureView(id=str(at), label=figure.label, number="—", remark="数还不全")
    value = f"{figure.value:f}" if not isinstance(figure.value, int) else str(figure.value)
    return FigureView(id=str(at), label=figure.label, number=value, unit=figure.unit)


class ObligationFigures(FigureLines):
    """How many obligations, how many checked, what is left to mend."""

    COLLECTIONS = frozenset({"obligations", "inspection_items"})
    NAME = "履约事项的进展"
    OWN_SHEET = True

    def wanted(self) -> tuple[Figure, ...]:
        from app.figures.fulfilment import obligation_figures

        case = self.desk.case
        return obligation_figures(case) if case.obligations or case.inspection_items else ()


class PollFigures(FigureLines):
    """The rates of the poll that is open above."""

    COLLECTIONS = frozenset({"polls"})
    NAME = "测评结果"

    def wanted(self) -> tuple[Figure, ...]:
        from app.figures.rates import (
            awareness_rate,
            employer_recognition,
            participation_rate,
            satisfaction_rate,
        )

        polls = self.desk.case.polls
        poll = next((each for each in polls if each.id == self._record_id), polls[-1] if polls else None)
        if poll is None:
            return ()
        return tuple(
            rate(poll)
            for rate in (awareness_rate, participation_rate, satisfaction_rate, employer_recognition)
        )


class ScoreFigures(FigureLines):
    """The sums of the score sheets."""

    COLLECTIONS = frozenset({"evaluations"})
    NAME = "评分合计"

    def wanted(self) -> tuple[Figure, ...]:
        from app.figures.fulfilment import score_figures

        return score_figures(self.desk.case)
