"""The parts of the place where paper sheets are typed: number, question, options or words, what the keys do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.survey import Question
from app.gui.stages.survey import keying_words as said
from app.gui.stages.survey.keying_pad import KeyingPad
from app.gui.widgets.button import Button
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.line_field import LineField
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text


class KeyingParts(QWidget):
    """One below the other; either the options or the field for words is shown, and has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Hairline())
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._what = Text("", "sheet")
        row.addWidget(self._what)
        self._label = Text("编号")
        row.addWidget(self._label)
        self.number = LineField("问卷编号", in_table=True, extent="field_code")
        self.number.setMaximumWidth(160)
        self._label.setBuddy(self.number)
        row.addWidget(self.number, 1)
        self._place = Text("", ink="ink2", elide=True)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._place, 2)
        column.addWidget(head)
        self._stem = Text("", bold=True, wrap=True)
        column.addWidget(self._stem)
        self.pad = KeyingPad("这一题的选项")
        column.addWidget(self.pad)
        self.words = LineField("这一题写的字", in_table=True)
        column.addWidget(self.words)
        self._trouble = Text("", ink="accentText", wrap=True)
        column.addWidget(self._trouble)
        self._keys = Text("", ink="ink2", wrap=True)
        column.addWidget(self._keys)
        ways = QWidget()
        flow = FlowLayout(ways)
        self.save = Button("存下这份", "secondary", "check", in_table=True)
        self.spoil = Button("作废这份", "text", in_table=True)
        self.drop = Button("这份不录了", "text", in_table=True)
        self.stop = Button("停下", "text", in_table=True)
        for button in (self.save, self.spoil, self.drop, self.stop):
            flow.addWidget(button)
        column.addWidget(ways)
        column.addWidget(Hairline())

    def _size_pad(self, questions: Sequence[Question]) -> None:
        options = [option for each in questions for option in each.options]
        most = max([3, *(len(each.options) for each in questions)])
        self.pad.keep_room(most, max(options, key=len, default=""))

    def _say(self, sentence: str) -> None:
        self._trouble.set_words(sentence)
        self._trouble.setVisible(bool(sentence))

    def _ask_number(self, offered: str, all_typed: int) -> None:
        """Ask for the next number, or say that the second keying has all of the first (``all_typed`` sheets)."""
        self._place.set_words("")
        stem = said.ALL_TWICE.format(count=all_typed) if all_typed else f"下一份是 {offered} 号吗？"
        self._stem.set_words(stem)
        self._keys.set_words(said.AFTER_TWICE if all_typed else said.AT_NUMBER)
        self.pad.show_lines((), "这一题的选项")
        self._take_keys(self.number)

    def _show_words(self, words: str, about: str) -> None:
        self.words.commit()
        self.words.set_value(words)
        self.words.line.setAccessibleName(about)
        self.pad.show_lines((), about)
        self._take_keys(self.words)
        if words:
            self.words.line.selectAll()

    def _take_keys(self, part: QWidget) -> None:
        """The part that takes the keys now is shown and has the focus; what is not used goes."""
        self.words.setVisible(part is self.words)
        self.pad.setVisible(part is not self.words)
        target = part.line if isinstance(part, LineField) else part
        target.setFocus(Qt.FocusReason.TabFocusReason)
