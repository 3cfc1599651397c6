"""问卷: questions from the bank, their order, 定稿, and what is handed out: numbered sheets or a list for 问卷星."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.questionnaire import (
    changed_since_frozen,
    has_answers,
    is_frozen,
    lacks,
    may_reopen,
    questions_in_order,
)
from app.domain.survey import Survey
from app.errors import UserError
from app.figures.question_bank import names_offered
from app.figures.survey_results import current_survey
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.job_sheet import JobSheet
from app.gui.stages.stage_view import StageView
from app.gui.stages.survey.bank_panel import BankPanel
from app.gui.stages.survey.names_offer import NamesOffer
from app.gui.widgets.button import Button
from app.gui.widgets.check_field import CheckMark
from app.gui.widgets.choice_field import ChoiceField
from app.gui.widgets.choice_tiles import Option
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.number_field import NumberField
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.progress import Progress

_SHOWN = frozenset(
    {"surveys", "questions", "answer_counts", "data_imports", "cycle", "departments", "staff_groups"}
)
_MOST_LACKS = 3
_OPEN = ActionView("open", "打开看", "open")


class QuestionnaireDesign(StageView):
    """Works at the last survey of the case; without one 加入问卷 makes it."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._built = False
        self._file: Path | None = None
        self.bank: BankPanel | None = None
        self._sheet = Sheet("问卷")
        self.column.addWidget(self._sheet)
        state = QWidget()
        line = QHBoxLayout(state)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self._shape = Shape("")
        self._words = Text("", wrap=True)
        line.addWidget(self._shape)
        line.addWidget(self._words, 1)
        self._sheet.add(state)
        self.offer = NamesOffer()
        self.offer.wanted.connect(self._on_names)
        self._sheet.add(self.offer)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        self.choose = self._button("从题库选题", "plus", self._on_choose)
        self.freeze = self._button("定稿", "padlock", self._on_freeze)
        self.reopen = self._button("解除定稿", "pencil", self._on_reopen)
        self.again = self._button("另起一版", "document", self._on_again)
        for part in (self.choose, self.freeze, self.reopen, self.again):
            self._flow.addWidget(part)
        self._sheet.add(self._buttons)
        self._order = self._make_order()
        self._sheet.add(self._order)
        self._out = self._make_out()
        self._sheet.add(self._out)
        self._hint = Text(
            "发放时不要登记谁拿了哪一号。粘贴到问卷星以后，请在那边逐题看一遍。", ink="ink2", wrap=True
        )
        self._sheet.add(self._hint)
        self.job = JobSheet(desk)
        self.job.action_requested.connect(self._on_job_action)
        self.column.addWidget(self.job)
        desk.case_changed.connect(self._on_case_changed)

    def _button(self, words: str, icon: str, slot: Any) -> Button:
        button = Button(words, "secondary", icon, in_table=True)
        button.clicked.connect(slot)
        return button

    def _make_order(self) -> QWidget:
        part = QWidget()
        flow = FlowLayout(part)
        self.picker = ChoiceField("排哪一题", [], tiles=False, empty="", hint="要移动哪一题")
        self.picker.setMinimumWidth(300)
        self.picker.value_changed.connect(self._on_picked)
        self.up = self._button("上移", "chevron_up", self._on_up)
        self.down = self._button("下移", "chevron_down", self._on_down)
        self.renumber = self._button("重排题号", "", self._on_renumber)
        for each in (self.picker, self.up, self.down, self.renumber):
            flow.addWidget(each)
        return part

    def _make_out(self) -> QWidget:
        part = QWidget()
        flow = FlowLayout(part)
        self.copies = NumberField("印几份", unit="份", minimum=1, maximum=5000, in_table=True)
        self.copies.set_value(100)
        self.both_sides = CheckMark("双面打印")
        self.print_run = self._button("印编号问卷", "print", self._on_print)
        self.copy_list = self._button("复制题目清单", "document", self._on_copy)
        self.save_list = self._button("存题目清单", "download", self._on_save)
        for each in (self.copies, self.both_sides, self.print_run, self.copy_list, self.save_list):
            flow.addWidget(each)
        return part

    def build_some(self) -> bool:
        if not self._built:
            self._built = True
            self.show_case()
        return False

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- what is shown

    def survey(self) -> Survey | None:
        """The survey in hand."""
        return current_survey(self.desk.case)

    def show_case(self) -> None:
        """Tell how far the questionnaire is and offer what can be done now."""
        case, survey = self.desk.case, self.survey()
        writable = not self.desk.read_only
        asked = questions_in_order(case, survey.id) if survey is not None else ()
        frozen = survey is not None and is_frozen(survey)
        missing = lacks(case, survey.id) if survey is not None else ("还没有题目",)
        shape, words = self._told(survey, len(asked), missing)
        self._shape.show_shape(shape)
        self._words.set_words(words)
        self.offer.show_offers(names_offered(case, survey) if survey is not None and writable else ())
        self.choose.setVisible(writable and not frozen and not self._bank_is_open())
        self.freeze.setVisible(writable and not frozen and bool(asked))
        self.reopen.setVisible(writable and survey is not None and may_reopen(case, survey))
        self.again.setVisible(writable and frozen)
        self._order.setVisible(writable and not frozen and len(asked) > 1)
        self._out.setVisible(frozen)
        self._hint.setVisible(frozen)
        self.copies.setVisible(writable)
        self.both_sides.setVisible(writable)
        self.print_run.setVisible(writable)
        options = [Option(each.id, f"第{each.number or '？'}题 {each.stem}") for each in asked]
        if tuple(options) != self.picker.options():
            self.picker.set_options(options)
        if str(self.picker.value() or "") not in {each.id for each in asked}:
            self.picker.set_value(asked[0].id if asked else "")
        self._tell_ends()
        if frozen and self._bank_is_open():
            self._close_bank()

    def _told(self, survey: Survey | None, count: int, missing: tuple[str, ...]) -> tuple[str, str]:
        if survey is None or not count:
            return "hint", "先从题库选题，再在下面的“题目”里改；也可以自己一题一题写。"
        if is_frozen(survey):
            if changed_since_frozen(self.desk.case, survey):
                return "explain", "定稿以后题目又变了，收回的答卷对不上。请另起一版。"
            printed = f"，印到第 {survey.sheets_printed} 号" if survey.sheets_printed else ""
            return "met", f"已定稿，版次 {survey.version}，{count} 题{printed}。题目不再改，要改就另起一版。"
        if has_answers(self.desk.case, survey.id):
            return "hint", f"{count} 题，已经有答卷，没有定稿。题目和收回的答卷核对过了，就点“定稿”。"
        if missing:
            more = f"等 {len(missing)} 处" if len(missing) > _MOST_LACKS else ""
            return "explain", f"{count} 题，还不能定稿：{'；'.join(missing[:_MOST_LACKS])}{more}。"
        return "hint", f"{count} 题，还没有定稿。印出来、发出去之前先定稿；没有定稿的都印“草稿”。"

    def _tell_ends(self) -> None:
        ids = self._ids()
        held = str(self.picker.value() or "")
        self.up.setEnabled(held in ids and ids.index(held) > 0)
        self.down.setEnabled(held in ids and ids.index(held) + 1 < len(ids))

    def _ids(self) -> list[str]:
        survey = self.survey()
        return [each.id for each in questions_in_order(self.desk.case, survey.id)] if survey else []

    # ---- the bank

    def _bank_is_open(self) -> bool:
        return self.bank is not None and not self.bank.isHidden()

    @Slot()
    def _on_choose(self) -> None:
        if self.bank is None:
            self.bank = BankPanel(self.desk, self._sheet)
            self.bank.taken.connect(self._on_taken)
            self.bank.closed.connect(self._close_bank)
            self._sheet.body.insertWidget(self._sheet.body.indexOf(self._buttons) + 1, self.bank)
        self.bank.show_survey(self.survey() or Survey())
        self.bank.show()
        self.show_case()
        self.bank.audience.setFocus()

    @Slot()
    def _close_bank(self) -> None:
        if self.bank is not None:
            self.bank.hide()
            self.show_case()
            self.choose.setFocus()

    @Slot(object)
    def _on_taken(self, keys: object) -> None:
        bank, survey, desk = self.bank, self.survey(), self.desk
        if bank is None or not isinstance(keys, tuple) or not keys:
            return
        audience, situation, four = bank.chosen_audience(), bank.chosen_situation(), bank.four_levels()
        actor, survey_id = desk.actor, survey.id if survey is not None else ""

        def work(_progress: Progress) -> Any:
            from app.usecases.take_questions import take_questions

            return take_questions(
                desk.library,
                desk.case_id,
                survey_id,
                keys,
                audience=audience,
                situation=situation,
                four_levels=four,
                actor=actor,
            )

        desk.run_writing("从题库加入题目", work)
        self._close_bank()

    @Slot()
    def _on_names(self) -> None:
        survey, desk = self.survey(), self.desk
        if survey is None:
            return
        survey_id, actor = survey.id, desk.actor

        def work(_progress: Progress) -> Any:
            from app.usecases.take_questions import take_roster_names

            return take_roster_names(desk.library, desk.case_id, survey_id, actor=actor)

        desk.run_writing("按花名册写选项", work, done=self._on_state_changed)

    # ---- order

    @Slot(object)
    def _on_picked(self, _value: object) -> None:
        self._tell_ends()

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection == "questions" and record_id in self._ids():
            self.picker.set_value(record_id)
            self._tell_ends()

    def _move(self, step: int) -> None:
        ids, held = self._ids(), str(self.picker.value() or "")
        if held not in ids or not 0 <= ids.index(held) + step < len(ids):
            return
        at = ids.index(held)
        ids.insert(at + step, ids.pop(at))
        self._arrange(ids)

    def _arrange(self, ids: list[str]) -> None:
        survey, desk = self.survey(), self.desk
        if survey is None:
            return
        survey_id, actor = survey.id, desk.actor

        def work(_progress: Progress) -> Any:
            from app.usecases.freeze_questionnaire import arrange_questions

            arrange_questions(desk.library, desk.case_id, survey_id, ids, actor=actor)

        desk.run_writing("排题号", work)

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    @Slot()
    def _on_renumber(self) -> None:
        self._arrange(self._ids())

    # ---- 定稿

    @Slot()
    def _on_freeze(self) -> None:
        survey, desk = self.survey(), self.desk
        if survey is None:
            return
        survey_id, actor, today = survey.id, desk.actor, desk.program.clock.today()

        def work(_progress: Progress) -> Any:
            from app.usecases.freeze_questionnaire import freeze_questionnaire

            return freeze_questionnaire(desk.library, desk.case_id, survey_id, on=today, actor=actor)

        desk.run_writing("问卷定稿", work, done=self._on_state_changed)

    @Slot()
    def _on_reopen(self) -> None:
        survey, desk = self.survey(), self.desk
        if survey is None:
            return
        survey_id, actor = survey.id, desk.actor

        def work(_progress: Progress) -> Any:
            from app.usecases.freeze_questionnaire import reopen_questionnaire

            return reopen_questionnaire(desk.library, desk.case_id, survey_id, actor=actor)

        desk.run_writing("解除定稿", work, done=self._on_state_changed)

    @Slot()
    def _on_again(self) -> None:
        survey, desk = self.survey(), self.desk
        if survey is None:
            return
        survey_id, actor = survey.id, desk.actor

        def work(_progress: Progress) -> Any:
            from app.usecases.freeze_questionnaire import new_questionnaire_version

            return new_questionnaire_version(desk.library, desk.case_id, survey_id, actor=actor)

        desk.run_writing("另起一版", work, done=self._on_state_changed)

    def _on_state_changed(self, _survey: object) -> None:
        """The button that was pressed is gone: go on with the first that is there now."""
        if shiboken6.isValid(self):
            next_part = self.copies if not self._out.isHidden() else self.choose
            next_part.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- out

    @Slot()
    def _on_print(self) -> None:
        self.copies.commit()
        survey, desk, copies = self.survey(), self.desk, self.copies.value()
        if survey is None or self.job.is_running() or not isinstance(copies, int):
            return
        survey_id, actor, both = survey.id, desk.actor, self.both_sides.isChecked()
        title = f"问卷 {survey.version} {copies} 份"

        def work(progress: Progress) -> Any:
            from app.gui.pages.papers_sheet import free_name
            from app.usecases.print_questionnaires import print_copies

            target = free_name(desk.library.exports_folder, title, ".pdf")
            return print_copies(
                desk.program,
                desk.library,
                desk.case_id,
                survey_id,
                copies,
                target,
                both_sides=both,
                actor=actor,
                progress=progress,
            )

        self.job.run("排印问卷", work, done=self._on_printed, writes=True, unit="份")

    def _on_printed(self, run: Any) -> None:
        self._file = run.file
        self.job.say(
            f"{run.copies} 份问卷排好了，编号 {run.first} 到 {run.last}。",
            remarks=("打开以后按“实际大小”打印；第一页是给工会的发放说明。",),
            actions=(_OPEN,),
        )

    @Slot(str)
    def _on_job_action(self, action: str) -> None:
        if action == _OPEN.id and self._file is not None:
            self.ask.show_file(self._file)

    def _list(self) -> str:
        """The questions as text; empty when it was refused, which is said then."""
        from app.usecases.print_questionnaires import question_text

        survey = self.survey()
        try:
            return question_text(self.desk.case, survey.id) if survey is not None else ""
        except UserError as error:
            self.desk.failed.emit(error)
            return ""

    @Slot()
    def _on_copy(self) -> None:
        words = self._list()
        if words:
            QGuiApplication.clipboard().setText(words)
            self.job.say("题目清单复制好了。", remarks=("到问卷星的“批量添加题目”里粘贴，再逐题看一遍。",))

    @Slot()
    def _on_save(self) -> None:
        words, survey, desk = self._list(), self.survey(), self.desk
        if not words or survey is None:
            return
        title = f"问卷题目清单 {survey.version}"

        def work(_progress: Progress) -> Path:
            from app.gui.pages.papers_sheet import free_name
            from app.usecases.whole_file import write_whole

            target = free_name(desk.library.exports_folder, title, ".txt")
            write_whole(target, words.replace("\n", "\r\n").encode("utf-8-sig"))
            return target

        desk.run_reading("存题目清单", work, done=self._on_saved)

    def _on_saved(self, target: Path) -> None:
        if shiboken6.isValid(self):
            self._file = target
            self.job.say("题目清单存好了。", remarks=(target.name,), actions=(_OPEN,))

    # ---- what the page asks

    def first_focus(self) -> QWidget | None:
        survey = self.survey()
        if survey is not None and not self._ids() and not self.choose.isHidden():
            return self.choose
        return None

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        if collection != "surveys" or fact not in (
            "questions_digest",
            "frozen_on",
            "version",
            "sheets_printed",
        ):
            return None
        parts = (self.reopen, self.again, self.freeze, self.choose)
        target = next((part for part in parts if not part.isHidden()), None)
        if target is not None:
            target.setFocus()
        return target

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self._built and changed & _SHOWN:
            self.show_case()
