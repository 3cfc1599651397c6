"""满意度测评: sheets of a poll counted from paper by two tellers; what both came to goes to the poll and its rates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.ballots import Counter
from app.domain.evaluation import Poll, PollSheet
from app.domain.facts import Record, facts_of
from app.figures.poll_counts import COUNTED, agreed_numbers, lacks_of, said_of, sheet_of
from app.figures.rates import satisfaction_basis
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.record_form import RecordForm
from app.gui.stages.congress.poll_keys import PollKeys
from app.gui.stages.congress.running_tally import RunningTally
from app.gui.stages.congress.two_tellers import TwoTellers, listed
from app.gui.widgets.button import Button
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text

_FACTS = ("held_on", "issued", "sampling")


class PollView(TwoTellers):
    """The last poll of the case; an earlier one is corrected where polls are listed (履约检查)."""

    TITLE = "满意度测评"
    NOTHING = "发了测评表，收回来以后在这里数：两个人分别数一遍，一样才记入测评。"
    SHEETS, RECORD, LINK = "poll_sheets", PollSheet, "poll"
    ROWS = (
        ("谁数", ("teller",)),
        ("份数", ("returned", "invalid", "valid")),
        ("知道", ("aware",)),
        ("参加", ("took_part",)),
        ("满意", ("very_satisfied", "satisfied", "fairly_satisfied")),
        ("不满", ("dissatisfied", "very_dissatisfied")),
    )
    COUNTED = COUNTED
    NAMES = {name: facts_of(PollSheet)[name].label for name in COUNTED}  # noqa: RUF012 - read only
    SHOWN = frozenset({"polls", "poll_sheets"})

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self.running = RunningTally(desk, self.SHEETS, len(self.COUNTED))
        self.keys: PollKeys | None = None
        self.begin = Button("登记一次测评", "secondary", "plus")
        self.begin.clicked.connect(self.add_poll)
        self._sheet.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.begin.setVisible(self.held() is None and not desk.read_only)

    def _build_top(self) -> None:
        declared = facts_of(Poll)
        self.form = RecordForm("polls", [declared[name] for name in _FACTS], self.desk, parent=self._sheet)
        self.form.hide()
        self._sheet.add(self.form)
        super()._build_top()
        while self.form.build_some(8):
            pass

    def _build_buttons(self) -> None:
        self.key_in = Button("逐份录入", "secondary", in_table=True, parent=self._numbers)
        self.key_in.clicked.connect(self._on_key_in)
        self._inner.addWidget(self.key_in, 0, Qt.AlignmentFlag.AlignLeft)
        super()._build_buttons()

    def _build_end(self) -> None:
        self._parts.addWidget(Hairline(parent=self._body))
        foot = QWidget(self._body)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self._shape = Shape("", px=16)
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        self.words = Text("", wrap=True, parent=foot)
        line.addWidget(self.words, 1)
        self._parts.addWidget(foot)
        self.take = Button("记入测评", "secondary", parent=self._body)
        self.take.clicked.connect(self.take_numbers)
        self._parts.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self.basis = Text("", ink="ink2", wrap=True, parent=self._body)
        self._parts.addWidget(self.basis)

    # ---- which poll

    def poll(self) -> Poll | None:
        """The poll in hand."""
        return next(reversed(self.desk.case.polls), None)

    def held(self) -> Record | None:
        return self.poll()

    def sheet_of(self, counter: Counter) -> Record | None:
        poll = self.poll()
        return sheet_of(self.desk.case.poll_sheets, poll.id, counter) if poll is not None else None

    def lacks(self, sheet: Record) -> Sequence[str]:
        return lacks_of(sheet) if isinstance(sheet, PollSheet) else ()

    def primary(self) -> ActionView | None:
        if self.poll() is None and not self.desk.read_only:
            return ActionView("poll", "登记一次测评", "plus")
        return None

    def do(self, action: str) -> bool:
        if action == "poll":
            self.add_poll()
        return action == "poll"

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        held = self.desk.case.find("poll_sheets", record_id) if collection == "poll_sheets" else None
        if held is None:
            return None
        while self.build_some():
            pass
        target = self.editors.get(fact, self.who)
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    # ---- doing

    @Slot()
    def add_poll(self) -> None:
        """Begin a poll and go to its first field."""
        if self.desk.read_only or self.poll() is not None:
            return
        self.desk.add("polls", {})
        first = self.form.first_empty() if self._built else None
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        self.head_changed.emit()

    @Slot()
    def _on_key_in(self) -> None:
        if self.keys is None:
            self.keys = PollKeys(self._numbers)
            self.keys.hide()
            self.keys.counted.connect(self._on_counted)
            self.keys.went_on.connect(self._on_went_on)
            self._inner.addWidget(self.keys)
        if self.keys.isHidden():
            own = self.sheet_of(self._counter)
            start = own if isinstance(own, PollSheet) else PollSheet()
            self.keys.begin(self._paused() or start, start)
            self.keys.show()
        self.keys.pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bring_keys_in()

    @Slot(object)
    def _on_went_on(self, sums: dict[str, int]) -> None:
        poll = self.poll()
        if poll is not None:
            self.running.keep(poll.id, self._counter, [sums[name] for name in self.COUNTED])

    def _paused(self) -> PollSheet | None:
        """How far this teller came with a stack and has not handed it on."""
        poll = self.poll()
        numbers = self.running.numbers(poll.id, self._counter) if poll is not None else ()
        if not numbers:
            return None
        made: PollSheet = PollSheet().replace(**dict(zip(self.COUNTED, numbers, strict=True)))
        return made

    def _forget(self) -> None:
        poll = self.poll()
        if poll is not None:
            self.running.forget(poll.id, self._counter)

    @Slot()
    def _on_anew(self) -> None:
        self._forget()
        super()._on_anew()

    @Slot(object)
    def _on_counted(self, sums: dict[str, int]) -> None:
        self._forget()
        self.write(dict(sums))

    @Slot()
    def take_numbers(self) -> None:
        """Write what both tellers came to on the poll."""
        poll = self.poll()
        numbers = agreed_numbers(poll, self.desk.case.poll_sheets) if poll is not None else None
        if poll is not None and numbers is not None:
            self.desk.change("polls", poll.replace(**numbers))

    def keys_in_sight(self) -> Sequence[QWidget]:
        return (self.keys, self.keys.pad) if self.keys is not None and not self.keys.isHidden() else ()

    def hide_keys(self) -> None:
        if self.keys is not None:
            self.keys.hide()

    def commit(self) -> None:
        super().commit()
        if self._built:
            self.form.commit()

    # ---- showing

    def show_more(self) -> None:
        poll = self.poll()
        self.begin.setVisible(poll is None and not self.desk.read_only)
        self.form.setVisible(poll is not None)
        if poll is None:
            return
        if self.form.record_id() != poll.id:
            self.form.show_record(poll.id)
            self.record_wanted.emit("polls", poll.id)
        self.key_in.setVisible(not self.is_fixed())
        sheets = self.desk.case.poll_sheets
        said, numbers = said_of(poll, sheets), agreed_numbers(poll, sheets)
        waiting = numbers is not None and poll.replace(**numbers) != poll
        self.take.setVisible(waiting and not self.desk.read_only)
        if waiting:
            state, words = "met", "两人数的一样，可以记入测评。"
        elif numbers is not None:
            state, words = "met", "两人数的一样，已经记入测评。"
        else:
            state, words = "explain", f"还不能记入：{listed(said)}"
        self._shape.show_shape(state)
        self.words.set_words(words)
        self.basis.set_words(satisfaction_basis(poll))

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        super()._on_case_changed(changed)
        if self._built and "polls" in changed:
            self.form.refresh(changed)
