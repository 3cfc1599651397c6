"""Loads what the other pages are made of while nobody asks for anything, so that each opens at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Slot

from app.rules.pack import PackShelf

MODULES: tuple[str, ...] = (
    "app.gui.crash",
    "app.gui.widgets.date_field",
    "app.gui.widgets.choice_field",
    "app.gui.widgets.cell_painting",
    "app.gui.widgets.record_table",
    "app.gui.forms.editors",
    "app.gui.forms.record_form",
    "app.gui.forms.section_view",
    "app.gui.forms.reasons",
    "app.gui.widgets.charts.chart",
    "app.gui.stages.views",
    "app.gui.forms.step_view",
    "app.gui.pages.needs_sheet",
    "app.gui.preview",
    "app.gui.pages.materials_sheet",
    "app.gui.pages.papers_sheet",
    "app.gui.pages.live_preview",
    "app.gui.pages.stage_head",
    "app.rules.preconditions",
    "app.gui.stages.empty_stage",
    "app.gui.pages.stage_page",
    "app.figures.survey_results",
    "app.gui.widgets.paper_list",
    "app.gui.pages.evidence_sheet",
    "app.gui.pages.evidence_page",
    "app.gui.pages.stick_job",
    "app.gui.pages.statistics_grid",
    "app.gui.pages.report_page",
    "app.usecases.install_law",
    "app.gui.pages.settings_page",
    "app.gui.pages.explain_sheet",
    "app.gui.pages.law_lookup",
    "app.gui.pages.law_compare",
    "app.gui.pages.law_page",
)
"""What is below first: one turn of the event loop loads one of them, some ten milliseconds of work at most."""


class PageLoader(QObject):
    """Loads one module after the other in the pauses of the window's thread; once for a program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[Callable[[], object]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._load_next)

    def start(self, packs: PackShelf) -> None:
        """Begin, unless it has begun; the rule packs of other regions come last."""
        if self._steps is None:
            self._steps = _steps(packs)
            self._timer.start()

    def is_over(self) -> bool:
        """Whether everything is at hand."""
        return self._steps is not None and not self._timer.isActive()

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()

    @Slot()
    def _load_next(self) -> None:
        step = next(self._steps, None) if self._steps is not None else None
        if step is None:
            self._timer.stop()
        else:
            step()


def _steps(packs: PackShelf) -> Iterator[Callable[[], object]]:
    for name in MODULES:
        yield partial(import_module, name)
    from app.gui.stages.views import VIEWS

    yield from VIEWS.values()
    for region in packs:
        yield partial(packs.get, region)
