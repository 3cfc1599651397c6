"""One topic: how many wanted it, what becomes of it and why; opened, where it came from and where it went."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.survey import Topic, TopicDecision
from app.figures.origin import Figure, Origin
from app.gui.desk import Desk
from app.gui.stages.survey.share_bar import ShareBar
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.check_field import CheckMark
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.line_field import LineField
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text

ONE_LINE_FROM, TWO_LINES_FROM = 1000, 640
NAME, BAR, TILES = 236, 208, 352
"""Widths of the columns at 100 %; the reason takes what is left."""


class _Name(ClickRow):
    """Number and name; opens the rows below."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(6)
        self.chevron = Shape("chevron_right", "ink2", px=16)
        self.text = Text("", bold=True, wrap=True)
        row.addWidget(self.chevron)
        row.addWidget(self.text, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class _Way(ClickRow):
    """One record a topic came from or went to."""

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self.origin = origin
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.addWidget(Text(origin.words, ink="ink2", elide=True), 1)
        row.addWidget(Shape("chevron_right", "ink2", px=16))
        self.setAccessibleName(origin.words)


@dataclass(frozen=True, slots=True)
class HearingMark:
    """One hearing to tick for a topic: ``title`` which, ``words`` what was said, as far as that helps."""

    id: str
    title: str
    words: str
    linked: bool


class _Heard(QWidget):
    """One hearing: a tick, and below it what was said.

    Signals:
        ticked: arg: id of the hearing, arg: whether the topic came from it.
    """

    ticked = Signal(str, bool)

    def __init__(self, mark: HearingMark) -> None:
        super().__init__()
        self._id = mark.id
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 4, 2)
        column.setSpacing(0)
        self.mark = CheckMark(mark.title)
        self.mark.clicked.connect(self._on_clicked)
        column.addWidget(self.mark)
        self.words = Text("", ink="ink2", wrap=True)
        self.words.setContentsMargins(current_theme().px(26), 0, 0, 2)
        column.addWidget(self.words)
        self.show_mark(mark)

    def show_mark(self, mark: HearingMark) -> None:
        """Show it as it is now."""
        self.mark.setChecked(mark.linked)
        self.words.set_words(mark.words)
        self.words.setVisible(bool(mark.words))

    @Slot()
    def _on_clicked(self) -> None:
        self.ticked.emit(self._id, self.mark.isChecked())


class TopicRow(QWidget):
    """Shows one topic and hands its decision and reason to the desk.

    Signals:
        way_chosen: Go to a record it came from or went to. arg: the :class:`app.figures.origin.Origin`.
        opened: It was opened; it wants to know what speaks for the topic.
    """

    way_chosen = Signal(object)
    opened = Signal()

    def __init__(self, topic: Topic, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.topic_id = topic.id
        self._desk = desk
        self._arranged: tuple[int, object] = (0, None)
        self._ways: tuple[Origin, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        column.addLayout(self._grid)
        self.name = _Name()
        self.name.activated.connect(self.toggle)
        self.bar = ShareBar(topic.name)
        options = [Option(member, member.label) for member in TopicDecision]
        self.decision = ChoiceField("处理", options, tiles=True)
        self.decision.value_changed.connect(self._on_decision)
        self.reason = LineField("理由", extent="", hint="")
        self.reason.value_changed.connect(self._on_reason)
        for field in (self.decision, self.reason):
            field.set_read_only(desk.read_only)
        self.ways = RowStack("没有写来自哪一题；在下面的表里补上。")
        self.ways.hide()
        column.addWidget(self.ways)
        self.take = Button("", "text", "check", in_table=True)
        self.take.clicked.connect(self._on_take)
        self.take.hide()
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self.heard = RowStack()
        self.heard.hide()
        column.addWidget(self.heard)
        self._marks: tuple[HearingMark, ...] = ()
        self._proposed: int | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.arrange(0)

    def show_topic(
        self, topic: Topic, share: Figure, ways: tuple[Origin, ...], coded: int | None = None
    ) -> None:
        """Show the topic as it is now; ``coded`` open answers stand where nobody wrote how many wanted it."""
        code = f"{topic.code} " if topic.code else ""
        title = f"{code}{topic.name or '还没有名称'}"
        self.name.text.set_words(title)
        self.name.setAccessibleName(f"{title}，看答案和去向")
        number = f"{topic.supporters} 人" if topic.supporters is not None else ""
        if not number and coded:
            number = f"开放题 {coded} 份"
        part = float(share.value) / 100 if share.value is not None else 0.0
        self.bar.show_share(part, share.text if share.value is not None else "", number)
        self.decision.set_value(topic.decision)
        self.reason.set_value(topic.reason)
        waits = topic.decision in (TopicDecision.POSTPONED, TopicDecision.ELSEWHERE)
        self.reason.line.setPlaceholderText("写明为什么" if waits else "理由，可以不写")
        self._ways = ways
        if not self.ways.isHidden():
            self._show_ways()
            self.opened.emit()

    def show_more(self, marks: tuple[HearingMark, ...], proposed: int | None) -> None:
        """Below the ways: hearings to tick, and how many coded answers may be written as 提出人数."""
        self.take.set_words(f"记作 {proposed} 人提出" if proposed is not None else "")
        self.take.setVisible(proposed is not None and not self._desk.read_only)
        self._proposed = proposed
        if marks != self._marks:
            if tuple(each.id for each in marks) != tuple(each.id for each in self._marks):
                self.heard.show_rows([self._mark_row(each) for each in marks])
            for mark, row in zip(marks, self.heard.rows(), strict=True):
                if isinstance(row, _Heard):
                    row.show_mark(mark)
            self._marks = marks
        self.heard.setVisible(bool(marks))

    def _mark_row(self, mark: HearingMark) -> QWidget:
        row = _Heard(mark)
        row.mark.setEnabled(not self._desk.read_only)
        row.ticked.connect(self._on_ticked)
        return row

    @Slot(str, bool)
    def _on_ticked(self, hearing: str, linked: bool) -> None:
        topic = self._topic()
        if topic is not None:
            others = tuple(each for each in topic.hearings if each != hearing)
            held = (*others, hearing) if linked else others
            self._desk.change("topics", topic.replace(hearings=held))

    @Slot()
    def _on_take(self) -> None:
        topic = self._topic()
        if topic is not None and self._proposed is not None:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes
            self._desk.change("topics", topic.replace(supporters=self._proposed))

    def arrange(self, room: int) -> None:
        """All beside each other; or what becomes of it in a second line; or the reason in a third."""
        theme = current_theme()
        one_line = room >= theme.px(ONE_LINE_FROM)
        lines = 1 if one_line else 2 if room >= theme.px(TWO_LINES_FROM) else 3
        if (lines, theme) == self._arranged:
            return
        self._arranged = (lines, theme)
        places = {
            1: ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (0, 3, 1, 1)),
            2: ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)),
            3: ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2), (2, 0, 1, 2)),
        }[lines]
        for part, place in zip((self.name, self.bar, self.decision, self.reason), places, strict=True):
            self._grid.addWidget(part, *place)
        widths = {1: (NAME, BAR, TILES, 0), 2: (TILES, 0, 0, 0), 3: (0, 0, 0, 0)}[lines]
        shares = {1: (0, 0, 0, 1), 2: (0, 1, 0, 0), 3: (1, 1, 0, 0)}[lines]
        for at, (width, share) in enumerate(zip(widths, shares, strict=True)):
            self._grid.setColumnMinimumWidth(at, theme.px(width))
            self._grid.setColumnStretch(at, share)
        for part, width in ((self.name, NAME), (self.bar, BAR), (self.decision, TILES)):
            part.setMaximumWidth(theme.px(width) if one_line else 16777215)

    # ---- where it came from and went

    @Slot()
    def toggle(self) -> None:
        """Open or close the rows below."""
        is_open = self.ways.isHidden()
        self.name.chevron.show_shape("chevron_down" if is_open else "chevron_right", "ink2")
        if is_open:
            self._show_ways()
        self.ways.setVisible(is_open)
        if is_open:
            self.opened.emit()
        else:
            self.take.hide()
            self.heard.hide()

    def _show_ways(self) -> None:
        rows = [_Way(origin) for origin in self._ways]
        for row in rows:
            row.activated.connect(self._on_way)
        self.ways.show_rows(rows)

    @Slot()
    def _on_way(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Way):
            self.way_chosen.emit(sender.origin)

    # ---- what is decided

    def _topic(self) -> Topic | None:
        found: Topic | None = self._desk.case.find("topics", self.topic_id)
        return found

    @Slot(object)
    def _on_decision(self, value: object) -> None:
        topic = self._topic()
        if topic is not None:
            decision = value if isinstance(value, TopicDecision) else None
            self._desk.change("topics", topic.replace(decision=decision))

    @Slot(object)
    def _on_reason(self, value: object) -> None:
        topic = self._topic()
        if topic is not None:
            self._desk.change("topics", topic.replace(reason=str(value or "")))

    def commit(self) -> None:
        """Hand on everything that is typed now."""
        self.reason.commit()

    def is_open(self) -> bool:
        """Whether what becomes of it, or the reason for that, is still to be written."""
        topic = self._topic()
        if topic is None or topic.decision is None:
            return True
        return topic.decision is not TopicDecision.OFFERED and not topic.reason

    def first_empty(self) -> QWidget:
        """Where the next thing is to be written."""
        topic = self._topic()
        return self.decision if topic is None or topic.decision is None else self.reason
