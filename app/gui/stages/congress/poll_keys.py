"""逐份录入: three keys for each sheet of a poll, in the order in which the paper lies; only the sums are kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.evaluation import PollSheet
from app.domain.facts import facts_of
from app.figures.poll_counts import COUNTED, DEGREES, Marked, sums_of
from app.gui.stages.congress.ballot_keys import KeyPad
from app.gui.widgets.button import Button
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.text import Text

_DIGITS = {Qt.Key(Qt.Key.Key_0.value + digit): digit for digit in range(7)}
_VOID, _OPEN = 0, 6
_NAMES = [facts_of(PollSheet)[name].label for name in DEGREES]
_QUESTIONS = (
    ("总的看", "　".join(f"{at} {name}" for at, name in enumerate(_NAMES, 1)) + "　6 没有选　0 整份作废"),
    ("知道不知道", "1 知道并能说出主要内容　2 不知道，或者只知道有"),
    ("参加没参加", "1 至少参加过一个环节　2 都没有"),
)
_HOW = "手不离开数字键，一份三下：先看“总的看”一行，再看知道不知道、参加没参加。退格键退回一下，回车记下来。"


class PollKeys(QWidget):
    """Counts sheets from what was counted before; which sheet said what is forgotten when it is finished.

    Whoever goes elsewhere has paused, not finished: only Enter and the button hand the sums on.

    Signals:
        counted: The stack is counted, and its sums are to be kept. arg: numbers by the names of the facts.
        went_on: One whole sheet more or less. arg: the sums until now, which take the place of those before.
    """

    counted = Signal(object)
    went_on = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = PollSheet()
        self._marked: list[Marked] = []
        self._answers: list[int] = []
        self._told = sums_of((), self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(_HOW, ink="ink2", wrap=True, parent=self))
        self.pad = KeyPad("逐份录入", self, keys=_DIGITS, first="第 1 份")
        self.pad.marked.connect(self.press)
        self.pad.taken_back.connect(self.take_back)
        self.pad.finished.connect(self.finish)
        column.addWidget(self.pad)
        self.sums = Text("", ink="ink2", wrap=True, parent=self)
        column.addWidget(self.sums)
        bar = QWidget(self)
        flow = FlowLayout(bar)
        self.back = Button("退回一下", "text", in_table=True, parent=bar)
        self.back.clicked.connect(self.take_back)
        self.done = Button("记下份数", "secondary", in_table=True, parent=bar)
        self.done.clicked.connect(self.finish)
        for each in (self.back, self.done):
            flow.addWidget(each)
        column.addWidget(bar)
        self._tell()

    def begin(self, start: PollSheet, told: PollSheet | None = None) -> None:
        """Go on from ``start``; ``told`` was handed on last, where that is something else."""
        self._start = start
        self._marked.clear()
        self._answers.clear()
        self._told = sums_of((), start if told is None else told)
        self._tell()

    @Slot(object)
    def press(self, digit: int) -> None:
        """One key: an answer to the question that is on; what it has no answer for is passed over."""
        at = len(self._answers)
        if at and digit not in (1, 2):
            return
        self._answers.append(digit)
        if not at and digit == _VOID:
            self._finish_sheet(Marked(void=True))
        elif len(self._answers) == len(_QUESTIONS):
            degree, aware, took_part = self._answers
            mark = None if degree == _OPEN else DEGREES[degree - 1]
            self._finish_sheet(Marked(mark, aware == 1, took_part == 1))
        self._tell()

    def _finish_sheet(self, sheet: Marked) -> None:
        self._marked.append(sheet)
        self._answers.clear()
        self.went_on.emit(sums_of(self._marked, self._start))

    @Slot()
    def take_back(self) -> None:
        """The last key, or the last whole sheet, does not count; those of an earlier sitting stay."""
        if self._answers:
            self._answers.pop()
        elif self._marked:
            self._marked.pop()
            self.went_on.emit(sums_of(self._marked, self._start))
        self._tell()

    @Slot()
    def finish(self) -> None:
        """Hand on the sums of whole sheets, if they are others than were handed on last."""
        sums = sums_of(self._marked, self._start)
        if sums != self._told:
            self._told = sums
            self.counted.emit(sums)

    def _tell(self) -> None:
        sums = sums_of(self._marked, self._start)
        question, answers = _QUESTIONS[len(self._answers)]
        self.pad.number.set_words(f"第 {sums['returned'] + 1} 份　{question}")
        self.pad.last.set_words(answers)
        declared = facts_of(PollSheet)
        self.sums.set_words("　".join(f"{declared[name].label} {sums[name]}" for name in COUNTED))
