"""其他各题: every question that has no chart of its own above, in the order of the sheet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.survey import Question, QuestionKind
from app.figures.charts import Chart
from app.figures.origin import Figure
from app.figures.published import Published
from app.figures.survey_charts import question_chart
from app.figures.survey_results import bands, number_result, questions_of, wishes
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.stages.survey.chart_rows import bar_rows
from app.gui.stages.survey.doors import first_place
from app.gui.stages.survey.shown_version import shown_version
from app.gui.theme import current_theme
from app.gui.widgets.charts.bar_rows import BarRows
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class _Written:
    """A question that is answered with a number, in words."""

    title: str
    words: str


_Shown = Chart | _Written

_SHOWN = frozenset({"surveys", "questions", "answer_counts", "cycle"})
_TWO_FROM = 760


class OtherQuestions(StageView):
    """One block for each question, made one after the other; hidden when there is none."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._charts: tuple[_Shown, ...] = ()
        self._to_make: list[_Shown] = []
        self._blocks: list[QWidget] = []
        self._places: dict[str, dict[str, Figure]] = {}
        self._sheet = Sheet("其他各题")
        self.column.addWidget(self._sheet)
        self._room = QWidget()
        self._grid = QGridLayout(self._room)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(16)
        self._sheet.add(self._room)
        self._version = shown_version(desk)
        self._version.changed.connect(self.show_case)
        desk.case_changed.connect(self._on_case_changed)
        self.show_case()

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- what is shown

    def others(self) -> tuple[Question, ...]:
        """The questions without a chart above."""
        case = self.desk.case
        survey = self._version.survey()
        if survey is None:
            return ()
        charted = {
            found.question.id for found in (wishes(case, survey), bands(case, survey)) if found is not None
        }
        return tuple(each for each in questions_of(case, survey) if each.id not in charted)

    @Slot()
    def show_case(self) -> None:
        """Show the questions as they are now, in so far as they have numbers."""
        case = self.desk.case
        charts: tuple[_Shown, ...] = ()
        decided = self._version.decided() if case.answer_counts else None
        if decided is not None:
            found = (_shown(case, question, decided) for question in self.others())
            charts = tuple(each for each in found if each is not None)
        self._sheet.setVisible(bool(charts))
        if charts == self._charts:
            return
        self._charts = charts
        for block in self._blocks:
            self._grid.removeWidget(block)
            block.hide()
            block.deleteLater()
        self._blocks, self._places = [], {}
        self._to_make = list(charts)
        self._sheet.set_remark(f"{len(charts)} 题")
        if self.isVisible():
            while self.build_some():
                pass

    def build_some(self) -> bool:
        if self._to_make:
            block = self._make(self._to_make.pop(0))
            self._blocks.append(block)
            self._arrange()
        return bool(self._to_make)

    def _make(self, chart: _Shown) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(chart.title, bold=True, wrap=True))
        if isinstance(chart, _Written):
            column.addWidget(Text(chart.words, wrap=True))
            column.addStretch(1)
            return block
        column.addWidget(Text(chart.note or chart.remark, ink="ink2", wrap=True))
        bars = BarRows(chart.title)
        bars.show_rows(*bar_rows(chart))
        bars.opened.connect(self._on_opened)
        bars.origin_requested.connect(self._on_opened)
        self._places[chart.title] = chart.figures
        column.addWidget(bars)
        column.addStretch(1)
        return block

    @Slot(str)
    def _on_opened(self, value_id: str) -> None:
        chart = self.sender()
        if isinstance(chart, BarRows):
            figure = self._places.get(chart.accessibleName(), {}).get(value_id)
            place = first_place(figure) if figure is not None else None
            if place is not None:
                self.door_opened.emit(place)

    def _arrange(self) -> None:
        columns = 2 if self.width() >= current_theme().px(_TWO_FROM) else 1
        for at, block in enumerate(self._blocks):
            self._grid.addWidget(block, at // columns, at % columns)
            block.show()
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self.show_case()


def _shown(case: Case, question: Question, decided: Published) -> _Shown | None:
    """The chart of a question, or the words on numbers that were written; ``None`` while there are none."""
    if question.kind is not QuestionKind.NUMBER:
        return question_chart(case, question, decided)
    result = number_result(case, question) if question.id not in decided.closed else None
    if result is None:
        return None
    words = f"{result.written.text}填了数字，平均 {result.mean.text}"
    if result.mean.value is None:
        words = f"{result.written.text}填了数字；不足 5 份，不显示平均"
    return _Written(f"第{question.number or '？'}题 {question.stem}", words)
