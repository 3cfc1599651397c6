"""Where open answers are coded to topics: the answers as a list, the one that is on, the topics with their keys."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.answered_sheet import SAYS_NOTHING
from app.domain.survey import Question, Topic
from app.figures.open_words import Proposal, plain_words, proposals, topic_words
from app.figures.topic_figures import next_code
from app.gui.desk import Desk
from app.gui.stages.survey.coding_list import NOTHING, CodingList
from app.gui.stages.survey.coding_pad import CodingPad
from app.gui.stages.survey.coding_steps import NEW_KEY, NOTHING_KEY, Coded, CodingInHand, keys_of
from app.gui.stages.survey.keying_steps import OptionLine
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.composing import Composition
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.line_field import LineField
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text
from app.usecases.code_answers import code_answers

_BESIDE_FROM = 820
_ROWS = (3, 10)
"""Rows of the list above the topics: at least, at most."""
_AROUND = 590
"""Pixels of a window that are not the list."""
_PROPOSED = "（建议）"
_KEYS = "数字归到议题，0 没有内容，N 新建议题；Enter 下一条，↑↓ 换一条，/ 查找，Ctrl+Z 撤销上一次。"
_TAKE = "{told}。按 Enter 就归过去；不对就按别的数字。"
_NONE_PROPOSED = "没有建议，按数字归；哪个都不是，按 N 新建议题。"
_CHOSEN = "选好了，按 Enter 记下，看下一条。"
_IS_CODED = "归过了；要改，再按数字。"
_ALL = "这道题的答案都归好了。要改哪一条，用 ↑↓ 走过去再按数字。"
_SAYS_NOTHING = f"{NOTHING}（无、没有意见）"
_ONLY = "这里只列归到“{name}”的答案。归错了，按数字改。"
_NOT_FOUND = "没有答案里有这几个字。"
_NO_UNDO = "打开以后还没有归过类，没有可以撤销的。以前归错的，走到那一条再按数字。"
_BACK = "撤销了上一次归类，回到那一条。"


class _Outgoing:
    """What is chosen and not yet on disk; a job takes all there is, so that jobs never queue up behind each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, Coded] = {}

    def add(self, question: str, coded: Mapping[str, tuple[str, ...]]) -> None:
        with self._lock:
            self._waiting.setdefault(question, {}).update(coded)

    def take(self) -> dict[str, Coded]:
        with self._lock:
            taken, self._waiting = self._waiting, {}
        return taken

    def is_empty(self) -> bool:
        with self._lock:
            return not self._waiting

    def give_back(self, taken: dict[str, Coded]) -> None:
        """It could not be written; what was chosen meanwhile stands."""
        with self._lock:
            for question, coded in taken.items():
                self._waiting[question] = {**coded, **self._waiting.get(question, {})}


class CodingDesk(QWidget):
    """One question at a time; each answer is written as one leaves it.

    Signals:
        left: She pressed 停下.
        coded: Something was written; the numbers of the topics are others now.
        settled: All that was written is on disk.
    """

    left = Signal()
    coded = Signal()
    settled = Signal()

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gone = False
        self.desk = desk
        self.hand: CodingInHand | None = None
        self._question = Question()
        self._composition = Composition()
        self._outgoing = _Outgoing()
        self._writes = 0
        self._only = ""
        self._known: dict[str, tuple[str, ...]] = {}
        self._keys: Mapping[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Hairline())
        column.addWidget(self._make_head())
        self._room = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._room.setSpacing(12)
        self.list = CodingList()
        self._room.addWidget(self.list, 1)
        self._room.addWidget(self._make_work(), 1)
        column.addLayout(self._room)
        self._connect()
        self.hide()

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._stem = Text("", "sheet", elide=True)
        row.addWidget(self._stem, 3)
        self.progress = Text("", ink="ink2")
        row.addWidget(self.progress)
        self.search = LineField("查找答案", in_table=True, hint="找答案里的字")
        row.addWidget(self.search, 2)
        return head

    def _make_work(self) -> QWidget:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.answer = Text("", bold=True, wrap=True)
        self.answer.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.answer)
        self.told = Text("", ink="info", wrap=True)
        column.addWidget(self.told)
        self.name = LineField("新议题的名称", in_table=True, hint="写议题名称，Enter 建成并归过去，Esc 不建")
        self.name.hide()
        column.addWidget(self.name)
        self.pad = CodingPad("议题")
        column.addWidget(self.pad)
        self._how = Text(_KEYS, ink="ink2", wrap=True)
        column.addWidget(self._how)
        ways = QWidget()
        flow = FlowLayout(ways)
        self.undo = Button("撤销上一次归类", "text", in_table=True)
        self.make = Button("新建议题", "text", "plus", in_table=True)
        self.stop = Button("停下", "text", in_table=True)
        self.whole = Button("看全部答案", "text", in_table=True)
        for button in (self.undo, self.whole, self.make, self.stop):
            flow.addWidget(button)
        column.addWidget(ways)
        column.addStretch(1)
        return work

    def _connect(self) -> None:
        self.list.place_chosen.connect(self._on_place)
        self.pad.pressed.connect(self._on_key)
        self.pad.walked.connect(self._on_walked)
        self.pad.went_on.connect(self._on_enter)
        self.pad.save_asked.connect(self._on_enter)
        self.pad.went_back.connect(self._on_back)
        self.pad.undo_asked.connect(self.take_back)
        self.pad.search_asked.connect(self._on_search)
        self.search.edited.connect(self._on_searched)
        self.search.line.returnPressed.connect(self._to_pad)
        self.name.line.returnPressed.connect(self._on_named)
        for line in (self.search.line, self.name.line):
            line.installEventFilter(self)
        self.undo.clicked.connect(self.take_back)
        self.whole.clicked.connect(self._on_whole)
        self.make.clicked.connect(self._on_make)
        self.stop.clicked.connect(self.pause)

    # ---- what the page asks

    def begin(self, question: Question, hand: CodingInHand, topic: str = "") -> None:
        """Code the answers to a question, or look at those coded to a topic."""
        self.commit()
        self._question, self.hand, self._only = question, hand, topic
        self._stem.set_words(f"第{question.number or '？'}题 {question.stem}")
        hand.look_for("", topic)
        self.search.set_value("")
        self.name.hide()
        self.show_topics()
        self.list.show_hand(hand, self._names())
        self.show()
        current = hand.current()
        if current is not None and hand.state(current).is_done and not topic:
            hand.go_on()
        self._show(_ONLY.format(name=self._names().get(topic, "")) if topic else "")
        self._bring(self.list)
        self._to_pad()

    def show_topics(self) -> None:
        """The topics of the case are others now."""
        topics = self._topics()
        self._keys = keys_of([each.id for each in topics])
        self._known = topic_words(self.desk.case, topics)
        if self.hand is not None:
            self.hand.know_topics(each.id for each in topics)
            names = self._names()
            self.list.show_names(names)
            longest = max([_SAYS_NOTHING, *(f"{each}{_PROPOSED}" for each in names.values())], key=len)
            self.pad.keep_room(len(self._keys), longest)
            self._show()

    def _topics(self) -> tuple[Topic, ...]:
        return self.desk.case.topics

    def _names(self) -> dict[str, str]:
        return {each.id: each.name or "还没有名称" for each in self._topics()}

    @Slot()
    def pause(self) -> None:
        """Put the keys aside; what is chosen is written."""
        self.commit()
        self.hide()
        self.left.emit()

    def commit(self) -> None:
        """Write what is chosen for the answer that is on."""
        if self.hand is not None:
            self._write(self.hand.write())

    # ---- keys

    @Slot(str)
    def _on_key(self, key: str) -> None:
        if self.hand is None:
            return
        if key == NEW_KEY:
            self._on_make()
        elif key in self._keys:
            self.hand.press(self._keys[key])
            self._show()

    @Slot(int)
    def _on_walked(self, step: int) -> None:
        if self.hand is not None:
            self._on_place(self.hand.at() + step)

    @Slot(int)
    def _on_place(self, place: int) -> None:
        if self.hand is None:
            return
        self.commit()
        self.hand.go_to(place)
        self._show()
        self._to_pad()

    @Slot()
    def _on_enter(self) -> None:
        if self.hand is None:
            return
        self._write(self.hand.write(self._proposed()))
        found = self.hand.go_on()
        self._show("" if found or not self.hand.shown() else _ALL)
        self._reveal()

    @Slot()
    def _on_back(self) -> None:
        if self.hand is not None and self.hand.give_back():
            self._show()

    @Slot()
    def take_back(self) -> None:
        """Ctrl Z: what is chosen and not written, else the last coding since the window was opened."""
        if self.hand is None:
            return
        if self.hand.give_back():
            self._show()
        elif not self.hand.can_take_back():
            self._show(_NO_UNDO)
        else:
            shown = self.hand.shown()
            self._write(self.hand.take_back())
            if shown != self.hand.shown():
                self._only = ""
                self.search.set_value("")
                self.list.show_hand(self.hand, self._names())
            self._show(_BACK)
        self._to_pad()

    @Slot()
    def _on_search(self) -> None:
        self.search.line.setFocus(Qt.FocusReason.TabFocusReason)
        self.search.line.selectAll()

    @Slot()
    def _on_searched(self) -> None:
        if self.hand is not None:
            self.commit()
            self.hand.look_for(self.search.typed(), self._only)
            self.list.show_hand(self.hand, self._names())
            self._show()

    @Slot()
    def _on_whole(self) -> None:
        if self.hand is not None:
            self.begin(self._question, self.hand)

    @Slot()
    def _to_pad(self) -> None:
        self.pad.setFocus(Qt.FocusReason.TabFocusReason)
        self._reveal()

    def _reveal(self) -> None:
        """The topics are in sight, and where there is little room the answer before them."""
        self._bring(self.pad)
        self._bring(self.answer)

    def _bring(self, part: QWidget) -> None:
        page = self.parentWidget()
        while page is not None and not isinstance(page, PageScroll):
            page = page.parentWidget()
        if page is not None:
            page.ensureWidgetVisible(part, 0, 8)

    # ---- a new topic

    @Slot()
    def _on_make(self) -> None:
        if self.desk.read_only or self.hand is None or self.hand.current() is None:
            return
        self.name.set_value("")
        self.name.show()
        self.name.line.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_named(self) -> None:
        self.name.commit()
        name = str(self.name.value())
        if name and self.hand is not None:
            same = next(
                (each for each in self._topics() if plain_words(each.name) == plain_words(name)), None
            )
            number = self._question.number
            made = same or self.desk.add(
                "topics",
                {
                    "code": next_code(self.desk.case),
                    "name": name,
                    "source": f"问卷第{number}题" if number else "问卷",
                    "questions": (self._question.id,),
                },
            )
            self.show_topics()
            if made.id not in self.hand.chosen():
                self.hand.press(made.id)
        self._close_name()

    def _close_name(self) -> None:
        self._to_pad()
        self.name.hide()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone:
            return False
        kind = event.type()
        if self._composition.sees(event, kind):
            return True
        if not isinstance(event, QKeyEvent) or self._composition.is_going_on():
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        escape = plain and event.key() == Qt.Key.Key_Escape
        down = plain and watched is self.search.line and event.key() == Qt.Key.Key_Down
        if not escape and not down:
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress:
            if watched is self.name.line:
                self.name.set_value("")
                self._close_name()
            else:
                if escape and self.search.typed():
                    self.search.set_typed("")
                self._to_pad()
        return True

    # ---- writing

    def _write(self, coded: Coded) -> None:
        if not coded or self.desk.read_only:
            return
        self._outgoing.add(self._question.id, coded)
        library, case_id, actor = self.desk.library, self.desk.case_id, self.desk.actor
        outgoing = self._outgoing

        def work() -> None:
            taken = outgoing.take()
            try:
                for question in list(taken):
                    code_answers(library, case_id, question, taken[question], actor=actor)
                    del taken[question]
            except BaseException:
                outgoing.give_back(taken)
                raise

        def done(_result: object) -> None:
            if self._outgoing.is_empty():
                self._writes = 0
                self.settled.emit()

        self._writes += 1
        self.desk.store_behind("coding", work, done)
        self.coded.emit()

    def is_writing(self) -> bool:
        """Whether something that was chosen is not on disk yet."""
        return bool(self._writes)

    # ---- showing

    def _proposed(self) -> tuple[str, ...]:
        current = self.hand.current() if self.hand is not None else None
        if current is None or self.hand is None or not self.hand.wants_proposals():
            return ()
        return tuple(each.topic for each in proposals(current.words, self._known))

    def _show(self, said: str = "") -> None:
        hand = self.hand
        if hand is None:
            return
        coded, whole = hand.progress()
        self.progress.set_words(f"已归类 {coded} / 共 {whole} 份")
        current = hand.current()
        self.list.show_place()
        self.answer.set_words(current.words if current is not None else "")
        found = (
            proposals(current.words, self._known) if current is not None and hand.wants_proposals() else ()
        )
        names = self._names()
        self.told.set_words(said or self._about(found))
        chosen, proposed = hand.chosen(), {each.topic for each in found}
        lines = [
            OptionLine(
                key,
                names.get(topic, NOTHING) + (_PROPOSED if topic in proposed else ""),
                topic in chosen,
            )
            for key, topic in self._keys.items()
            if key != NOTHING_KEY
        ]
        lines.append(OptionLine(NOTHING_KEY, _SAYS_NOTHING, SAYS_NOTHING in chosen))
        self.pad.show_lines(
            lines if current is not None else (), current.words if current is not None else "议题"
        )
        self.undo.setVisible(hand.can_take_back())
        self.whole.setVisible(bool(self._only))
        self.make.setVisible(not self.desk.read_only)

    def _about(self, found: Sequence[Proposal]) -> str:
        """What is to be said about the answer that is on."""
        hand = self.hand
        current = hand.current() if hand is not None else None
        if hand is None or current is None:
            return _NOT_FOUND
        if not hand.wants_proposals():
            return _CHOSEN if hand.is_touched() else _IS_CODED
        keys = {topic: key.upper() for key, topic in self._keys.items()}
        told = "，".join(f"有“{each.word}”，建议归 {keys.get(each.topic, '？')}" for each in found)
        return _TAKE.format(told=f"答案里{told}") if told else _NONE_PROPOSED

    # ---- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = current_theme()
        beside = self.width() >= theme.px(_BESIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._room.direction() != way:
            self._room.setDirection(way)
        row = theme.height("table_row")
        fewest, most = _ROWS
        rows = max(fewest, min((self.window().height() - theme.px(_AROUND)) // row, most))
        self.list.setMinimumHeight((2 * fewest if beside else rows) * row)
        self.list.setMaximumHeight(16777215 if beside else rows * row)
