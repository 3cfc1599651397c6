"""其他各题: every question that has no chart of its own above, in the order of the sheet."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.survey import Question, QuestionKind
from app.figures.origin import Figure
from app.figures.published import published
from app.figures.small_groups import Hidden
from app.figures.survey_results import (
    NumberResult,
    QuestionResult,
    bands,
    current_survey,
    leading_share,
    number_result,
    questions_of,
    results_of,
    wishes,
)
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.stages.survey.chart_rows import option_rows
from app.gui.stages.survey.doors import first_place
from app.gui.theme import current_theme
from app.gui.widgets.charts.bar_rows import BarHeads, BarRows, BarRowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

_SHOWN = frozenset({"surveys", "questions", "answer_counts", "cycle"})
_TWO_FROM = 760


_Shown = tuple[Question, tuple[QuestionResult, ...] | NumberResult]
"""A question and what is shown of it."""


class OtherQuestions(StageView):
    """One block for each question, made one after the other; hidden when there is none."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._results: tuple[_Shown, ...] = ()
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
        desk.case_changed.connect(self._on_case_changed)
        self.show_case()

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- what is shown

    def others(self) -> tuple[Question, ...]:
        """The questions without a chart above."""
        case = self.desk.case
        survey = current_survey(case)
        if survey is None:
            return ()
        charted = {
            found.question.id for found in (wishes(case, survey), bands(case, survey)) if found is not None
        }
        return tuple(each for each in questions_of(case, survey) if each.id not in charted)

    def show_case(self) -> None:
        """Show the questions as they are now, in so far as they have numbers."""
        found = [(each, _result_of(self.desk.case, each)) for each in self.others()]
        results = tuple((question, result) for question, result in found if result)
        self._sheet.setVisible(bool(results))
        if results == self._results:
            return
        self._results = results
        for block in self._blocks:
            self._grid.removeWidget(block)
            block.hide()
            block.deleteLater()
        self._blocks, self._places = [], {}
        self._to_make = list(results)
        self._sheet.set_remark(f"{len(results)} 题")
        if self.isVisible():
            while self.build_some():
                pass

    def build_some(self) -> bool:
        if self._to_make:
            block = self._make(*self._to_make.pop(0))
            self._blocks.append(block)
            self._arrange()
        return bool(self._to_make)

    def _reasons(self, question: Question) -> tuple[Hidden | None, ...]:
        """Why the number of an option is not shown; the options of a question that asks for a group are groups."""
        survey = current_survey(self.desk.case)
        width = len(question.options)
        if survey is None:
            return (None,) * width
        return published(self.desk.case, survey).reasons(question)

    def _make(self, question: Question, results: tuple[QuestionResult, ...] | NumberResult) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        title = f"第{question.number or '？'}题 {question.stem}"
        column.addWidget(Text(title, bold=True, wrap=True))
        if isinstance(results, NumberResult):
            column.addWidget(Text(_number_words(results), wrap=True))
            column.addStretch(1)
            return block
        column.addWidget(Text(_base_words(results), ink="ink2", wrap=True))
        chart = BarRows(title)
        figures: dict[str, Figure] = {}
        if question.kind is QuestionKind.MATRIX:
            rows, heads = _matrix_rows(results, figures)
            chart.show_rows(rows, heads)
        else:
            reasons = self._reasons(question)
            chart.show_rows(
                [
                    row if why is None else BarRowView(id=row.id, label=row.label, hidden=why.label)
                    for row, why in zip(option_rows(results[0]), reasons, strict=False)
                ]
            )
            figures.update(
                {
                    row.option: row.share
                    for row, why in zip(results[0].rows, reasons, strict=False)
                    if why is None
                }
            )
        chart.opened.connect(self._on_opened)
        chart.origin_requested.connect(self._on_opened)
        self._places[title] = figures
        column.addWidget(chart)
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


def _result_of(case: Case, question: Question) -> tuple[QuestionResult, ...] | NumberResult | None:
    if question.kind is QuestionKind.NUMBER:
        return number_result(case, question)
    return results_of(case, question) or None


def _number_words(result: NumberResult) -> str:
    if result.mean.value is None:
        return f"{result.written.text}填了数字；不足 5 份，不显示平均"
    return f"{result.written.text}填了数字，平均 {result.mean.text}"


def _base_words(results: tuple[QuestionResult, ...]) -> str:
    question = results[0].question
    if question.kind is QuestionKind.MATRIX:
        return f"每行各选一项；条长是选“{'”和“'.join(question.options[:2])}”的占比"
    return results[0].base_words


def _matrix_rows(
    results: tuple[QuestionResult, ...], figures: dict[str, Figure]
) -> tuple[list[BarRowView], BarHeads]:
    """One bar for each row of a matrix: the first two options together, and what was chosen most."""
    rows = []
    for result in results:
        share = figures[result.group] = leading_share(result)
        rows.append(
            BarRowView(
                id=result.group,
                label=result.group,
                lead=str(result.base or 0),
                share=float(share.value) / 100 if share.value is not None else 0.0,
                percent=share.text,
                tail="、".join(row.option for row in result.top[:1]),
            )
        )
    return rows, BarHeads(label="事项", lead="答卷", bar="占比", tail="选得最多")
