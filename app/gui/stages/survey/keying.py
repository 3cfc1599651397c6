"""逐份录入: paper questionnaires typed one by one with keys only, once or twice, until nothing is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.answered_sheet import AnsweredSheet, HalfSheet
from app.domain.survey import Question, Survey
from app.figures.keyed_sheets import FIRST, SECOND, KeyedSheets, keyed_sheets
from app.figures.survey_results import current_survey, questions_of
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.stages.survey.keying_desk import KeyingDesk
from app.gui.stages.survey.keying_open import open_items
from app.gui.widgets.button import Button
from app.gui.widgets.check_field import CheckMark
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.item_row import ItemList
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.dates_in_words import day_words
from app.rules.so_far import keying_is_open
from app.usecases.enter_sheet import (
    Closed,
    close_entry,
    counted_by_hand,
    half_sheet,
    paper_sheets,
    remove_sheet,
    reopen_entry,
    tally_entry,
)

_Read = tuple[tuple[AnsweredSheet, ...], KeyedSheets, HalfSheet | None]
_SHOWN = frozenset({"surveys", "questions", "data_imports"})
EMPTY = "先在“设计问卷”里写下题目和选项，再来一份一份录。"
ABOUT = (
    "照纸质问卷一份一份打：编号，再一题按一下，不用鼠标。每存一份就记进资料库；录到一半的也记着，下次接着录。"
)
SECRET = "答卷只存在这台电脑的资料库里，不跟姓名连在一起，也不写进留痕日志。"


class SurveyKeying(StageView):
    """Buttons and what is open; the work itself is on a :class:`KeyingDesk`, made when it is first needed."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._built = False
        self._survey_id = ""
        self._counted = True
        self._leaving = False
        self._closed: Closed | None = None
        self.sheets: tuple[AnsweredSheet, ...] = ()
        self.found = KeyedSheets()
        self.half: HalfSheet | None = None
        self._half_for = ""
        self.keying: KeyingDesk | None = None
        self._sheet = Sheet("逐份录入")
        self.column.addWidget(self._sheet)
        self._about = Text(ABOUT, ink="ink2", wrap=True)
        self._sheet.add(self._about)
        self._sheet.add(self._make_bar())
        self._why = Text("", ink="ink2", wrap=True)
        self._sheet.add(self._why)
        self.finish.use_reason_text(self._why)
        self.open_list = ItemList()
        self.open_list.action_requested.connect(self._on_open_action)
        self._sheet.add(self.open_list)
        desk.case_changed.connect(self._on_case_changed)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        flow = FlowLayout(bar)
        self.first = Button("开始录入", "secondary", "pencil", in_table=True)
        self.second = Button("录第二遍", "secondary", in_table=True)
        self.settle = Button("核对不一致", "secondary", in_table=True)
        self.count = Button("汇总到结果", "secondary", in_table=True)
        self.finish = Button("结束录入", "secondary", "check", in_table=True)
        self.reopen = Button("重新打开录入", "secondary", in_table=True)
        for button, slot in (
            (self.first, self._on_first),
            (self.second, self._on_second),
            (self.settle, self._on_settle),
            (self.count, self._on_count),
            (self.finish, self._on_close),
            (self.reopen, self._on_reopen),
        ):
            button.clicked.connect(slot)
            flow.addWidget(button)
        self.twice = CheckMark("录两遍核对")
        self.twice.clicked.connect(self._on_twice)
        flow.addWidget(self.twice)
        self._bar = bar
        return bar

    def build_some(self) -> bool:
        if not self._built:
            self._built = True
            self.read_sheets()
            self.show_case()
        return False

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- what there is

    def survey(self) -> Survey | None:
        """The survey in hand."""
        return current_survey(self.desk.case)

    def questions(self) -> tuple[Question, ...]:
        """Its questions, in their order."""
        survey = self.survey()
        return questions_of(self.desk.case, survey) if survey is not None else ()

    @Slot()
    def read_sheets(self) -> None:
        """Read what was typed and sort it out, in the background."""
        survey = self.survey()
        if survey is None or self.desk.is_retired():
            return
        library, case_id, questions = self.desk.library, self.desk.case_id, self.questions()

        def work(_progress: object) -> _Read:
            sheets = paper_sheets(library, case_id, survey.id)
            return sheets, keyed_sheets(survey, questions, sheets), half_sheet(library, case_id, survey.id)

        self.desk.run_reading("读取答卷", work, done=self._take_in)

    def _take_in(self, read: _Read) -> None:
        self.sheets, self.found, half = read
        survey = self.survey()
        if survey is not None and survey.id != self._half_for:
            # Read once: later on what is in hand is here, and what is read may be a moment old.
            self._half_for, self.half = survey.id, half
        if self.keying is not None:
            self.keying.know(self.sheets, self.found)
        self.show_case()
        if self._leaving:
            self._leaving = False
            if self.first.hasFocus():
                self._next_button().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_case(self) -> None:
        """Show how far the entry is."""
        survey, questions = self.survey(), self.questions()
        ready = survey is not None and bool(questions) and not self.desk.read_only
        over = survey is not None and survey.entry_closed_on is not None
        first, second = self.found.typed
        if self.keying is not None:
            first, second = self.keying.typed()
        twice = bool(survey is not None and survey.double_keyed) or bool(second)
        self._sheet.set_remark(_typed_words(first, second, twice=twice))
        self._about.set_words(
            EMPTY
            if not questions
            else self._over_words(survey)
            if over
            else self._half_words() + ABOUT + SECRET
        )
        at_work = self.keying is not None and self.keying.mode() != ""
        self._about.setVisible(not at_work)
        self._bar.setVisible(ready)
        self.twice.setChecked(bool(survey is not None and survey.double_keyed))
        self.twice.setVisible(not over and not at_work)
        waits = self.half is not None
        self.first.set_words("接着录" if first or waits else "开始录入")
        self.settle.set_words(f"核对不一致 {len(self.found.conflicts)}")
        for button, shown in (
            (self.first, not over),
            (self.second, not over and twice),
            (self.settle, not over and bool(self.found.conflicts)),
            (self.count, not over and bool(first)),
            (self.finish, not over and bool(first)),
            (self.reopen, over),
        ):
            button.setVisible(shown)
        self.finish.set_blocked(self._blocked() if not over else None)
        blocked = bool(self.finish.blocked_reason()) and not over and ready and bool(first)
        self._why.setVisible(blocked and not at_work)  # while sheets are typed it would be a moment old
        items = open_items(self.questions(), self.found, self.sheets) if ready and not over else []
        self.open_list.show_items(items)
        self.open_list.setVisible(bool(items))

    def _blocked(self) -> str | None:
        if self.keying is not None and self.keying.is_half_typed():
            return "手里这份还没存，先按 Ctrl+Enter 存下。"
        if self.half is not None:
            return f"{self.half.number} 号上次录了一半，先接着录完存下。"
        if self.found.open:
            return f"录入还不能结束：{'；'.join(self.found.open)}。"
        return None

    def _half_words(self) -> str:
        return (
            f"{self.half.number} 号上次录了一半，还在：点“接着录”就接着录。" if self.half is not None else ""
        )

    def _over_words(self, survey: Survey | None) -> str:
        if survey is None or survey.entry_closed_on is None:
            return ""
        day = day_words(survey.entry_closed_on, self.desk.program.clock.today())
        words = f"{day}结束录入：纸质收回 {survey.returned_paper} 份，有效 {survey.valid_paper} 份，"
        words += "各题人数已经写进“结果”。"
        if self._closed is not None and self._closed.replaced:
            words += f"{'；'.join(self._closed.replaced)}。"
        return words

    # ---- the work

    def desk_of_keys(self) -> KeyingDesk:
        """Where the typing is done."""
        if self.keying is None:
            self.keying = KeyingDesk(self.desk)
            self.keying.sheet_saved.connect(self._on_saved)
            self.keying.left.connect(self._on_left)
            self.keying.settled.connect(self.read_sheets)
            self._sheet.body.insertWidget(2, self.keying)
            self.keying.show()
            self.keying.know(self.sheets, self.found)
        return self.keying

    @Slot()
    def _on_first(self) -> None:
        self._begin(FIRST)

    @Slot()
    def _on_second(self) -> None:
        self._begin(SECOND)

    def _begin(self, keyed: int) -> None:
        survey = self.survey()
        if survey is not None and not self._resumed(survey):
            self.desk_of_keys().begin(survey, self.questions(), keyed)
        self.show_case()

    def _resumed(self, survey: Survey) -> bool:
        """A sheet that was in hand at an earlier start comes before any other; False if there is none."""
        half, self.half = self.half, None
        if half is not None:
            self.desk_of_keys().resume(survey, self.questions(), half)
        return half is not None

    @Slot()
    def _on_settle(self) -> None:
        survey = self.survey()
        if survey is not None and self.found.conflicts:
            self.desk_of_keys().settle(survey, self.questions())
            self.show_case()

    @Slot()
    def _on_saved(self) -> None:
        self._counted = False
        self._closed = None
        survey = self.survey()
        first, second = self.keying.typed() if self.keying is not None else self.found.typed
        twice = bool(survey is not None and survey.double_keyed) or bool(second)
        self._sheet.set_remark(_typed_words(first, second, twice=twice))

    @Slot()
    def _on_left(self) -> None:
        """The typing paused: say what is open, and go to the next thing to do."""
        self.read_sheets()
        self.show_case()
        self._next_button().setFocus(Qt.FocusReason.OtherFocusReason)
        self._leaving = True  # what was typed is being read: what comes next may be another button then

    def _next_button(self) -> Button:
        if self.found.conflicts:
            return self.settle
        free = bool(self.found.typed[0]) and not self.finish.blocked_reason() and not self.found.open
        return self.finish if free else self.first

    @Slot(str, str)
    def _on_open_action(self, item_id: str, action: str) -> None:
        survey = self.survey()
        sheet = next((each for each in self.sheets if each.id == item_id), None)
        if survey is None:
            return
        if action == "settle":
            self.desk_of_keys().settle(survey, self.questions(), item_id)
        elif action == "open" and sheet is not None and not self._resumed(survey):
            self.desk_of_keys().change(survey, self.questions(), sheet)
        elif action == "remove" and sheet is not None:
            library, case_id, actor = self.desk.library, self.desk.case_id, self.desk.actor
            self._counted = False
            self.desk.run_writing(
                "移除答卷",
                lambda _progress: remove_sheet(library, case_id, sheet, actor=actor),
                done=self._on_changed,
            )
        self.show_case()

    def _on_changed(self, _result: object) -> None:
        self.read_sheets()

    @Slot()
    def _on_twice(self) -> None:
        survey = self.survey()
        if survey is not None:
            self.desk.change("surveys", survey.replace(double_keyed=self.twice.isChecked()))
            self.read_sheets()

    # ---- counting and closing

    @Slot()
    def _on_count(self) -> None:
        self.count_into_case()

    def count_into_case(self) -> None:
        """Bring the counts on 结果 to what was typed."""
        survey = self.survey()
        runner = self.desk.runner
        if survey is None or self.desk.read_only or self.desk.is_retired() or runner.is_closed():
            return
        self._counted = True
        library, case_id, actor = self.desk.library, self.desk.case_id, self.desk.actor
        self.desk.run_writing(
            "汇总答卷",
            lambda _progress: tally_entry(library, case_id, survey.id, actor=actor),
            done=self._on_changed,
        )

    @Slot()
    def _on_close(self) -> None:
        survey = self.survey()
        if survey is None:
            return
        if self.keying is not None:
            self.keying.pause()
        library, case_id, actor = self.desk.library, self.desk.case_id, self.desk.actor
        today = self.desk.program.clock.today()

        def done(closed: Closed) -> None:
            self._counted, self._closed = True, closed
            self.read_sheets()
            self.show_case()
            self.reopen.setFocus(Qt.FocusReason.OtherFocusReason)

        self.desk.run_writing(
            "结束录入",
            lambda _progress: close_entry(library, case_id, survey.id, on=today, actor=actor),
            done=done,
        )

    @Slot()
    def _on_reopen(self) -> None:
        survey = self.survey()
        if survey is None:
            return
        library, case_id, actor = self.desk.library, self.desk.case_id, self.desk.actor
        self.desk.run_writing(
            "重新打开录入",
            lambda _progress: reopen_entry(library, case_id, survey.id, actor=actor),
            done=self._on_changed,
        )

    # ---- what the page asks

    def first_focus(self) -> QWidget | None:
        if not self._built or not keying_is_open(self.desk.case) or self.desk.read_only:
            return None
        return self._next_button()

    def commit(self) -> None:
        """Before the page is left, the window closes or a restore point is made, the counts follow the sheets."""
        survey = self.survey()
        # Totals somebody typed are replaced only when asked for: by 汇总到结果, or by closing.
        if not self._counted and survey is not None and not counted_by_hand(self.desk.case, survey.id):
            self.count_into_case()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.commit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._built and not event.spontaneous():
            QTimer.singleShot(0, self._again)

    @Slot()
    def _again(self) -> None:
        if self.survey() is not None and self.survey_changed():
            self.read_sheets()

    def survey_changed(self) -> bool:
        """Whether another survey is the current one now."""
        survey = self.survey()
        before, self._survey_id = self._survey_id, survey.id if survey is not None else ""
        return before != self._survey_id

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self._built and changed & _SHOWN:
            if changed & {"questions", "data_imports"} or self.survey_changed():
                self.read_sheets()
            self.show_case()


def _typed_words(first: int, second: int, *, twice: bool) -> str:
    if not first and not second:
        return ""
    return f"第一遍 {first} 份，第二遍 {second} 份" if twice else f"已录 {first} 份"
