"""开放题归到议题: the open questions of which sheets came in, and the place where their answers are coded."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.survey import Question
from app.figures.open_words import AnswerGroup, OpenAnswer, grouped
from app.figures.survey_results import current_survey
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.stages.survey.coding_desk import CodingDesk
from app.gui.stages.survey.coding_steps import CodingInHand
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.usecases.code_answers import open_answers, open_questions

_READ_FOR = frozenset({"surveys", "questions", "data_imports"})
ABOUT = "一条一条看职工写的话，按数字键归到议题；说得一样的放在一起，一次归完。原话只在这台电脑上看，不打印、不导出。"


@dataclass(frozen=True, slots=True)
class _Read:
    """The answers to one question as they were read."""

    answers: tuple[OpenAnswer, ...]
    groups: tuple[AnswerGroup, ...]


class SurveyCoding(StageView):
    """A row for each open question; the work itself is on a :class:`CodingDesk`, made when it is first needed."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._built = False
        self._reading = False
        self._again = False
        self._coded = False
        self._on = ""
        self.hands: dict[str, CodingInHand] = {}
        self.coding: CodingDesk | None = None
        self._sheet = Sheet("开放题归到议题")
        self.column.addWidget(self._sheet)
        self._about = Text(ABOUT, ink="ink2", wrap=True)
        self._sheet.add(self._about)
        self.rows = ItemList()
        self.rows.action_requested.connect(self._on_action)
        self._sheet.add(self.rows)
        self._sheet.hide()
        desk.case_changed.connect(self._on_case_changed)

    def sheet(self) -> Sheet | None:
        return self._sheet

    def build_some(self) -> bool:
        if not self._built:
            self._built = True
            self.read_answers()
        return False

    # ---- what there is

    def questions(self) -> tuple[Question, ...]:
        """The open questions of the survey in hand, none while no sheet came in."""
        survey = current_survey(self.desk.case)
        return open_questions(self.desk.case, survey) if survey is not None else ()

    def read_answers(self) -> None:
        """Read what was written, in the background; while answers are coded that waits."""
        questions = self.questions()
        writing = self.coding is not None and self.coding.is_writing()
        if self._on or self._reading or writing or self.desk.is_retired():
            self._again = True
            return
        self._again = False
        if not questions:
            self.hands = {}
            self.show_case()
            return
        library, case_id = self.desk.library, self.desk.case_id

        def work(_progress: object) -> dict[str, _Read]:
            found = {}
            for each in questions:
                answers = open_answers(library, case_id, each.id)
                found[each.id] = _Read(answers, grouped(answers))
            return found

        self._reading = True
        self.desk.run_reading("读取开放题答案", work, done=self._take_in, failed=self._on_failed)

    def _take_in(self, read: dict[str, _Read]) -> None:
        self._reading = False
        if not self._on:
            before = self.hands
            self.hands = {
                question: CodingInHand(each.answers, each.groups) for question, each in read.items()
            }
            for question, hand in self.hands.items():
                if question in before:
                    hand.go_on_from(before[question])
        self.show_case()
        if self._again:
            self.read_answers()

    def _on_failed(self, error: object) -> None:
        self._reading = False
        self.desk.failed.emit(error)

    def show_case(self) -> None:
        """Show how far the coding is."""
        held = [(each, self.hands[each.id]) for each in self.questions() if each.id in self.hands]
        held = [(question, hand) for question, hand in held if hand.groups]
        self._sheet.setVisible(bool(held))
        self._about.setVisible(not self._on)
        self.rows.setVisible(not self._on)
        items = []
        for question, hand in held:
            coded, whole = hand.progress()
            action = "接着归类" if coded else "开始归类"
            items.append(
                ItemView(
                    id=question.id,
                    name=f"第{question.number or '？'}题 {question.stem}",
                    remark=f"已归类 {coded} / 共 {whole} 份",
                    shape="done" if coded == whole else "now" if coded else "missing",
                    actions=()
                    if self.desk.read_only
                    else (ActionView("code", "改归类" if coded == whole else action),),
                )
            )
        self.rows.show_items(items)
        self._tell()

    def _tell(self) -> None:
        held = [each.progress() for each in self.hands.values()]
        left = sum(whole - coded for coded, whole in held)
        self._sheet.set_remark(f"还没归类 {left} 份" if left else "都归好了" if held else "")

    # ---- the work

    @Slot(str, str)
    def _on_action(self, question_id: str, _action: str) -> None:
        self.open(question_id)

    def open(self, question_id: str, topic: str = "") -> bool:
        """Code the answers to a question, or look at those coded to a topic; False if there are none to look at."""
        question = next((each for each in self.questions() if each.id == question_id), None)
        hand = self.hands.get(question_id)
        if question is None or hand is None or self.desk.read_only:
            return False
        if self.coding is None:
            self.coding = CodingDesk(self.desk, self._sheet)
            self.coding.left.connect(self._on_left)
            self.coding.coded.connect(self._on_coded)
            self.coding.settled.connect(self._on_settled)
            self._sheet.add(self.coding)
        self._on = question_id
        self.show_case()
        self.coding.begin(question, hand, topic)
        return True

    @Slot()
    def _on_coded(self) -> None:
        self._coded = True
        self._tell()

    @Slot()
    def _on_settled(self) -> None:
        if self._again and not self._on:
            self.read_answers()

    @Slot()
    def _on_left(self) -> None:
        self._on = ""
        self.count_into_case()
        self.show_case()
        if self._again:
            self.read_answers()
        row = next(iter(self.rows.rows), None)
        button = row.buttons.get("code") if row is not None else None
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def count_into_case(self) -> None:
        """The library has other numbers of the topics now: show them."""
        if self._coded and not self.desk.is_retired() and not self.desk.runner.is_closed():
            self._coded = False
            self.desk.reload()

    # ---- what the page asks

    def commit(self) -> None:
        if self.coding is not None and self._on:
            self.coding.commit()
        self.count_into_case()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.commit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._built and not event.spontaneous() and not self._on:
            QTimer.singleShot(0, self._read_again)

    @Slot()
    def _read_again(self) -> None:
        self.read_answers()

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if not self._built:
            return
        if "topics" in changed:
            known = {each.id for each in self.desk.case.topics}
            for hand in self.hands.values():
                hand.know_topics(known)
            if self.coding is not None:
                self.coding.show_topics()
        if changed & _READ_FOR:
            self.read_answers()
        elif "topics" in changed:
            self.show_case()
