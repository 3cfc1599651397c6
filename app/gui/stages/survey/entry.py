"""各题人数: one question after the other, one number for each option, quick to type and checked while typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.survey import AnswerCount, Question, QuestionKind
from app.figures.survey_results import answers_of, current_survey, questions_of
from app.figures.survey_sums import entered, sum_check
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.editor import NotUnderstoodError
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.number_field import parse_number
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

_SHOWN = frozenset({"surveys", "questions", "answer_counts", "cycle"})
_MOST_PEOPLE = 10_000_000
_LEAST, _MOST = 120, 260
"""How wide the options are, in pixels at 100 %: their words are what tells the rows apart."""
_OPTION, _ROW, _WHOLE = "option", "row", "whole"
_OTHER_WAY = "手上有一份一份的纸质问卷，在上面“逐份录入”里录，人数自己算好；只有合计的在这里写。"


class SurveyEntry(StageView):
    """A table of the question in hand: options down, all and the groups across; a matrix has its rows down.

    A number and Enter go to the next option, and after the last one to the next question.
    """

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._question_id = ""
        self._built = False
        self._columns: tuple[ColumnView, ...] = ()
        self.table: RecordTable | None = None
        self._sheet = Sheet("各题人数")
        self.column.addWidget(self._sheet)
        self._sheet.add(self._make_picker())
        self._stem = Text("", bold=True, wrap=True)
        self._sheet.add(self._stem)
        self._place = Text("", ink="ink2", wrap=True)
        self._sheet.add(self._place)
        self._refusal = Text("", ink="accentText", wrap=True)
        self._sheet.add(self._refusal)
        self._refusal.hide()
        self._sum = QWidget()
        line = QHBoxLayout(self._sum)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self._sum_shape = Shape("", px=16)
        self._sum_words = Text("", wrap=True)
        line.addWidget(self._sum_shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._sum_words, 1)
        self._sheet.add(self._sum)
        self._sheet.add(self._make_more())
        self._sheet.add_line()
        self._sheet.add(Text(_OTHER_WAY, ink="ink2", wrap=True))
        desk.case_changed.connect(self._on_case_changed)

    def build_some(self) -> bool:
        if not self._built:
            self._built = True
            self.show_case()
        return False

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- building

    def _make_picker(self) -> QWidget:
        self._bar = QWidget()
        flow = FlowLayout(self._bar)
        self.before = Button("上一题", "secondary", "chevron_left", in_table=True)
        self.after = Button("下一题", "secondary", "chevron_right", in_table=True)
        self.picker = ChoiceField("录哪一题", [], tiles=False, empty="")
        self.picker.setMinimumWidth(320)
        self.picker.value_changed.connect(self._on_picked)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        for part in (self.before, self.picker, self.after):
            flow.addWidget(part)
        return self._bar

    def _make_more(self) -> QWidget:
        self._more = QWidget()
        flow = FlowLayout(self._more)
        self.add_row = Button("添加一行", "text", "plus", in_table=True)
        self.add_row.clicked.connect(self._on_add_row)
        flow.addWidget(self.add_row)
        self.by = ChoiceField("再按哪一题分组录", [], tiles=False, empty="", hint="再按哪一题分组录")
        self.by.setMinimumWidth(280)
        self.by.value_changed.connect(self._on_group_by)
        flow.addWidget(self.by)
        return self._more

    # ---- the question in hand

    def questions(self) -> tuple[Question, ...]:
        """The questions that have numbers to type."""
        survey = current_survey(self.desk.case)
        asked = questions_of(self.desk.case, survey) if survey is not None else ()
        return tuple(each for each in asked if each.options or each.kind is QuestionKind.OPEN)

    def question(self) -> Question | None:
        """The question in hand."""
        return next((each for each in self.questions() if each.id == self._question_id), None)

    def show_question(self, question_id: str) -> None:
        """Take another question in hand."""
        self._question_id = question_id
        self._refuse("")
        self.show_case()

    def show_case(self) -> None:
        """Show the numbers as they are now."""
        asked = self.questions()
        if self.question() is None:
            first = next((each for each in asked if not entered(self.desk.case, each)), None)
            held = first or (asked[0] if asked else None)
            self._question_id = held.id if held is not None else ""
        done = sum(entered(self.desk.case, each) for each in asked)
        self._sheet.set_remark(f"录了 {done} 题，共 {len(asked)} 题" if asked else "")
        options = [Option(each.id, f"第{each.number or '？'}题 {each.stem}") for each in asked]
        if tuple(options) != self.picker.options():
            self.picker.set_options(options)
        self.picker.set_value(self._question_id)
        question = self.question()
        for part in (self._bar, self._more, self._sum):
            part.setVisible(question is not None)
        at = [each.id for each in asked].index(self._question_id) if question is not None else 0
        self.before.setVisible(at > 0)
        self.after.setVisible(at + 1 < len(asked))
        if question is None:
            self._stem.hide()
            self._place.set_words("先在“设计问卷”里写下题目和选项，再来录每个选项有多少人选。")
            self._place.show()
            self._drop_table()
            return
        self._stem.show()
        self._stem.set_words(_stem_words(question))
        self._place.set_words("打数字，按 Enter 到下一项；录完这题接着录下一题。")
        self._show_table(question)
        self._show_sum(question)
        self._show_more(question)

    def _show_more(self, question: Question) -> None:
        matrix = question.kind is QuestionKind.MATRIX
        self.add_row.setVisible(matrix and not self.desk.read_only)
        used = {each.group_question for each in self.desk.case.answer_counts if each.question == question.id}
        ways = [
            Option(each.id, f"按第{each.number or '？'}题 {each.stem}")
            for each in self.questions()
            if each.kind is QuestionKind.SINGLE and each.id not in used and each.id != question.id
        ]
        if tuple(ways) != self.by.options():
            self.by.set_options(ways)
        self.by.set_value("")
        self.by.setVisible(question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE) and bool(ways))

    def _show_sum(self, question: Question) -> None:
        found = sum_check(self.desk.case, question)
        self._sum_shape.show_shape("met" if found.fits else "explain" if found.fits is False else "hint")
        self._sum_words.set_words(found.words)

    # ---- the table

    def _records(self, question: Question) -> tuple[AnswerCount, ...]:
        grouped = [
            each
            for each in self.desk.case.answer_counts
            if each.question == question.id and each.group_question
        ]
        return (*answers_of(self.desk.case, question), *grouped)

    def _show_table(self, question: Question) -> None:
        columns = self._columns_of(question)
        if self.table is None or columns != self._columns:
            self._drop_table()
            self._columns = columns
            self.table = RecordTable(f"第{question.number or '？'}题的人数", columns, most=60)
            self.table.cell_edited.connect(self._on_cell_edited)
            self.table.row_opened.connect(self._on_row_opened)
            self._sheet.body.insertWidget(3, self.table)
            self.table.show()
        self.table.view.setAccessibleName(f"第{question.number or '？'}题的人数")
        self.table.show_rows(self._rows_of(question))
        if self.table.selected() is None and self.table.rows():
            self._select(self.table.rows()[0].id)

    def _drop_table(self) -> None:
        if self.table is not None:
            self._sheet.body.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None

    def _columns_of(self, question: Question) -> tuple[ColumnView, ...]:
        editable = not self.desk.read_only
        if question.kind is QuestionKind.MATRIX:
            first = ColumnView(key=_ROW, title="行", editable=editable, share=2)
            titles = [(str(at), option) for at, option in enumerate(question.options)]
        else:
            longest = max(map(len, _options(question)), default=0)
            room = max(_LEAST, min(_MOST, 15 * longest + 32))
            first = ColumnView(key=_OPTION, title="选项", extent=room)
            held = self._records(question)
            grouped = [each for each in held if each.group_question]
            titles = [(_WHOLE, "全体"), *((each.id, each.group or "没写组名") for each in grouped)]
        numbers = [
            ColumnView(
                key=key,
                title=title,
                extent=max(72, min(160, 15 * len(title) + 24)),
                kind="number",
                editable=editable,
            )
            for key, title in titles
        ]
        return (first, *numbers)

    def _rows_of(self, question: Question) -> list[RowView]:
        held = self._records(question)
        if question.kind is QuestionKind.MATRIX:
            return [
                RowView(each.id, {_ROW: each.group, **{str(at): str(n) for at, n in enumerate(each.numbers)}})
                for each in held
                if not each.group_question
            ]
        rows = []
        for at, option in enumerate(_options(question)):
            cells = {_OPTION: option}
            for each in held:
                key = each.id if each.group_question else _WHOLE
                cells[key] = str(each.numbers[at]) if at < len(each.numbers) else ""
            rows.append(RowView(str(at), cells))
        return rows

    # ---- typing

    @Slot(str, str, str)
    def _on_cell_edited(self, row_id: str, key: str, words: str) -> None:
        question = self.question()
        if question is None:
            return
        if key == _ROW:
            held = self.desk.case.find("answer_counts", row_id)
            if held is not None:
                self.desk.change("answer_counts", held.replace(group=words.strip()))
            return
        try:
            number = parse_number(words, unit="人", minimum=0, maximum=_MOST_PEOPLE)
        except NotUnderstoodError as error:
            self._refuse(str(error))
            return
        self._refuse("")
        matrix = question.kind is QuestionKind.MATRIX
        record_id, at = (row_id, int(key)) if matrix else (key, int(row_id))
        self._store(question, record_id, at, int(number or 0))
        QTimer.singleShot(0, self._go_on)

    def _store(self, question: Question, record_id: str, at: int, number: int) -> None:
        whole = next(iter(answers_of(self.desk.case, question)), None)
        held = whole if record_id == _WHOLE else self.desk.case.find("answer_counts", record_id)
        numbers = list(held.numbers) if held is not None else []
        numbers += [0] * (at + 1 - len(numbers))
        numbers[at] = number
        if held is not None:
            self.desk.change("answer_counts", held.replace(numbers=tuple(numbers)))
        else:
            self.desk.add("answer_counts", {"question": question.id, "numbers": tuple(numbers)})

    def _refuse(self, sentence: str) -> None:
        self._refusal.set_words(sentence)
        self._refusal.setVisible(bool(sentence))

    @Slot()
    def _go_on(self) -> None:
        """To the number below; after the last one to the first of the next column, then to the next question."""
        if self.table is None or not self.table.view.hasFocus():
            return
        rows = [row.id for row in self.table.rows()]
        at = self.table.view.currentIndex()
        if at.row() + 1 < len(rows):
            self._select(rows[at.row() + 1], max(1, at.column()))
        elif at.column() + 1 < len(self._columns):
            self._select(rows[0], at.column() + 1)
        else:
            self._on_after()

    @Slot(str)
    def _on_row_opened(self, _row_id: str) -> None:
        self._go_on()

    def _select(self, row_id: str, column: int = 1) -> None:
        if self.table is not None:
            self.table.select(row_id, column)

    # ---- other questions

    def _step(self, step: int) -> None:
        ids = [each.id for each in self.questions()]
        at = ids.index(self._question_id) + step if self._question_id in ids else 0
        if 0 <= at < len(ids):
            self.show_question(ids[at])
            self.focus_table()

    @Slot()
    def _on_before(self) -> None:
        self._step(-1)

    @Slot()
    def _on_after(self) -> None:
        self._step(1)

    @Slot(object)
    def _on_picked(self, question_id: object) -> None:
        if isinstance(question_id, str) and question_id and question_id != self._question_id:
            self.show_question(question_id)

    @Slot()
    def _on_add_row(self) -> None:
        question = self.question()
        if question is not None:
            made = self.desk.add("answer_counts", {"question": question.id})
            if self.table is not None:
                self.table.edit_cell(made.id, _ROW)

    @Slot(object)
    def _on_group_by(self, way: object) -> None:
        """One more column for each option of the question that tells the groups."""
        question, by = self.question(), self.desk.case.find("questions", str(way or ""))
        if question is None or by is None or self.desk.read_only:
            return
        for option in by.options:
            self.desk.add(
                "answer_counts", {"question": question.id, "group": option, "group_question": by.id}
            )

    def focus_table(self) -> None:
        """The first number to type has the focus."""
        if self.table is not None and self.table.rows():
            self._select(self.table.rows()[0].id)
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what the page asks

    def commit(self) -> None:
        if self.table is not None:
            editor = self.table.view.indexWidget(self.table.view.currentIndex())
            if editor is not None:
                self.table.view.commitData(editor)

    def first_focus(self) -> QWidget | None:
        survey = current_survey(self.desk.case)
        if survey is None or survey.valid is None or self.table is None:
            return None
        missing = next((each for each in self.questions() if not entered(self.desk.case, each)), None)
        if missing is None:
            return None
        self.show_question(missing.id)
        return self.table.view

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        held = self.desk.case.find(collection, record_id)
        if collection != "answer_counts" or held is None or fact not in ("", "numbers"):
            return None
        self.show_question(held.question)
        if self.table is None or self.question() is None:
            return None
        self.focus_table()
        return self.table.view

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self._built and changed & _SHOWN:
            self.show_case()


def _options(question: Question) -> tuple[str, ...]:
    """What is counted: the options, or for an open question the sheets with something written."""
    if question.kind is QuestionKind.OPEN and not question.options:
        return ("写了内容的答卷",)
    return question.options


def _stem_words(question: Question) -> str:
    notes = [question.kind.label if question.kind is not None else ""]
    if question.at_most:
        notes.append(f"最多选 {question.at_most} 项")
    if question.asked_of:
        notes.append(f"{question.asked_of}回答")
    inside = "，".join(note for note in notes if note)
    return f"第{question.number or '？'}题 {question.stem}" + (f"（{inside}）" if inside else "")
