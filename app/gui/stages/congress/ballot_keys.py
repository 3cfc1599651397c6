"""逐张录入: one key for each ballot, in the order in which the paper lies; only the tally is kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ballots import Mark
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.text import Text

KEYS = {
    Qt.Key.Key_1: Mark.IN_FAVOUR,
    Qt.Key.Key_2: Mark.AGAINST,
    Qt.Key.Key_3: Mark.ABSTAINED,
    Qt.Key.Key_4: Mark.INVALID,
}
_HOW = "手不离开数字键：1 赞成，2 反对，3 弃权，4 无效；退格键退回上一张，回车记下来。"


class KeyPad(Painted):
    """The place that takes the keys. It is no field of words, so that no input method stands between.

    Signals:
        marked: One key of ``keys``. arg: what it means, for a ballot its :class:`Mark`.
        taken_back: The last ballot was a slip of the finger.
        finished: Enter.
    """

    marked = Signal(object)
    taken_back = Signal()
    finished = Signal()

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        keys: Mapping[Qt.Key, object] = KEYS,
        first: str = "第 1 张",
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        self.number = Text(first, "sheet", parent=self)
        self.last = Text("", ink="ink2", wrap=True, parent=self)
        column.addWidget(self.number)
        column.addWidget(self.last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in self._keys:
            if not event.isAutoRepeat():
                self.marked.emit(self._keys[key])
        elif key == Qt.Key.Key_Backspace:
            self.taken_back.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = self.rect().toRectF()
        fill_round(painter, area, theme.radius("control"), theme.colour("sunken"), theme.colour("line2"))


class BallotKeys(QWidget):
    """Counts ballots from what was counted before; which ballot said what is forgotten when it is finished.

    Whoever goes elsewhere has paused, not finished: only Enter and the button hand the tally on.

    Signals:
        counted: The stack is counted, and its tally is to be kept. arg: number of each mark, by its value.
        went_on: One ballot more or less. arg: the tally until now, which takes the place of the one before.
    """

    counted = Signal(object)
    went_on = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = dict.fromkeys(Mark, 0)
        self._pressed: list[Mark] = []
        self._told: dict[Mark, int] = dict(self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(_HOW, ink="ink2", wrap=True, parent=self))
        self.pad = KeyPad("逐张录入", self)
        self.pad.marked.connect(self.mark)
        self.pad.taken_back.connect(self.take_back)
        self.pad.finished.connect(self.finish)
        column.addWidget(self.pad)
        bar = QWidget(self)
        flow = FlowLayout(bar)
        for mark in Mark:
            button = Button(mark.label, "secondary", in_table=True, parent=bar)
            button.setProperty("mark", mark.value)
            button.clicked.connect(self._on_mark)
            flow.addWidget(button)
        self.back = Button("退回一张", "text", in_table=True, parent=bar)
        self.back.clicked.connect(self.take_back)
        self.anew = Button("从头数", "text", in_table=True, parent=bar)
        self.anew.clicked.connect(self.begin_anew)
        self.done = Button("记下张数", "secondary", in_table=True, parent=bar)
        self.done.clicked.connect(self.finish)
        for each in (self.back, self.anew, self.done):
            flow.addWidget(each)
        column.addWidget(bar)
        self._tell()

    def begin(self, counted: Mapping[Mark, int], told: Mapping[Mark, int] | None = None) -> None:
        """Go on from ``counted``; ``told`` was handed on last, where that is something else."""
        self._start = {mark: counted.get(mark, 0) for mark in Mark}
        self._pressed.clear()
        last = counted if told is None else told
        self._told = {mark: last.get(mark, 0) for mark in Mark}
        self._tell()

    def tally(self) -> dict[Mark, int]:
        """How many ballots said what, until now."""
        return {mark: self._start[mark] + self._pressed.count(mark) for mark in Mark}

    @Slot(object)
    def mark(self, mark: Mark) -> None:
        """One ballot more."""
        self._pressed.append(mark)
        self._tell()
        self.went_on.emit(self.tally())

    @Slot()
    def take_back(self) -> None:
        """The last ballot does not count; those of an earlier sitting stay."""
        if self._pressed:
            self._pressed.pop()
            self._tell()
            self.went_on.emit(self.tally())

    @Slot()
    def begin_anew(self) -> None:
        """Begin with the first ballot once more."""
        self._start = dict.fromkeys(Mark, 0)
        self._pressed.clear()
        self._tell()
        self.went_on.emit(self.tally())
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def finish(self) -> None:
        """Hand on the tally, if it is another one than was handed on last."""
        tally = self.tally()
        if tally != self._told:
            self._told = tally
            self.counted.emit(tally)

    @Slot()
    def _on_mark(self) -> None:
        self.mark(Mark(str(self.sender().property("mark"))))
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        tally = self.tally()
        self.pad.number.set_words(f"第 {sum(tally.values()) + 1} 张")
        counted = "　".join(f"{mark.label} {number}" for mark, number in tally.items())
        last = f"　刚录的是{self._pressed[-1].label}" if self._pressed else ""
        self.pad.last.set_words(f"{counted}{last}")
