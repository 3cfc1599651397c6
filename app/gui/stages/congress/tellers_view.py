"""两人分别计票: what each of two tellers counted apart from the other, compared when both are done; then closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.ballots import Counter, CountSheet, Mark
from app.domain.facts import Record
from app.domain.representatives import Count
from app.figures.closing_counts import COUNTED, is_secret, lacks_of, sheet_of
from app.figures.person_votes import is_by_person
from app.figures.tallies import COUNT_NAMES
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.congress.ballot_keys import BallotKeys
from app.gui.stages.congress.closing_foot import ClosingFoot
from app.gui.stages.congress.named_keys import NamedKeys
from app.gui.stages.congress.running_tally import RunningTally
from app.gui.stages.congress.two_tellers import TwoTellers
from app.gui.widgets.button import Button
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text
from app.usecases.vote_sheet import draft_votes

_SECRET = "表决方式是无记名，只录票数。确实是记名表决的，先在计票单上改表决方式。"


class TellersView(TwoTellers):
    """The counts of votes on drafts, ballot by ballot or name by name, and where they are closed."""

    TITLE = "两人分别计票"
    NOTHING = "先在上面登记计票，两个人再分别数一遍，记在这里。"
    SHEETS, RECORD, LINK = "count_sheets", CountSheet, "count"
    ROWS = (
        ("谁数", ("teller",)),
        ("发票", ("issued", "unused", "returned")),
        ("清点", ("valid", "invalid")),
        ("得票", ("in_favour", "against", "abstained")),
    )
    COUNTED, NAMES = COUNTED, COUNT_NAMES
    SHOWN = frozenset({"counts", "count_sheets", "named_votes", "sessions", "delegates", "attendances"})

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._count_id = ""
        self._session_id = ""
        self.running = RunningTally(desk, self.SHEETS, len(Mark))
        self.keys: BallotKeys | None = None
        self.named: NamedKeys | None = None

    def _build_buttons(self) -> None:
        bar = QWidget(self._numbers)
        flow = FlowLayout(bar)
        self.key_in = Button("逐张录入", "secondary", in_table=True, parent=bar)
        self.key_in.clicked.connect(self._on_key_in)
        self.by_name = Button("记名逐人录入", "secondary", in_table=True, parent=bar)
        self.by_name.clicked.connect(self._on_by_name)
        flow.addWidget(self.key_in)
        flow.addWidget(self.by_name)
        self._inner.addWidget(bar)
        self.paused = Text("", ink="warn", wrap=True, parent=self._numbers)
        self.paused.hide()
        self._inner.addWidget(self.paused)
        self.take_names = Button("记入这份计票", "secondary", in_table=True, parent=self._numbers)
        self.take_names.clicked.connect(self._on_take_names)
        self.take_names.hide()
        super()._build_buttons()

    def _build_end(self) -> None:
        self._parts.addWidget(Hairline(parent=self._body))
        self.foot = ClosingFoot(self.desk, self._body)
        self.foot.closing.connect(self._on_closing)
        self._parts.addWidget(self.foot)

    @Slot()
    def _on_closing(self) -> None:
        if self.foot.isAncestorOf(QApplication.focusWidget() or self):
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- which count

    def count(self) -> Count | None:
        """The count in hand: the one looked at above, else that of the last vote, which may not be counted yet."""
        held = next((each for each in self.counts() if each.id == self._count_id), None)
        return held if held is not None else self.last()

    def counts(self) -> tuple[Count, ...]:
        """The counts that may be in hand here: those of votes on drafts."""
        return tuple(each for _, each in draft_votes(self.desk.case) if each is not None)

    def last(self) -> Count | None:
        """The count of the session that is shown above, else of the last one; ``None``: it was not begun."""
        votes = draft_votes(self.desk.case)
        own = [each for session, each in votes if session is not None and session.id == self._session_id]
        return own[-1] if own else votes[-1][1] if votes else None

    def held(self) -> Record | None:
        return self.count()

    def sheet_of(self, counter: Counter) -> Record | None:
        count = self.count()
        return sheet_of(self.desk.case.count_sheets, count.id, counter) if count is not None else None

    def lacks(self, sheet: Record) -> Sequence[str]:
        return lacks_of(sheet) if isinstance(sheet, CountSheet) else ()

    def is_fixed(self) -> bool:
        count = self.count()
        return super().is_fixed() or (count is not None and count.closed_on is not None)

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection == "sessions" and record_id:  # a vote of which nothing is counted yet
            self.commit()
            self._session_id, self._count_id = record_id, ""
        elif collection == "counts" and record_id and record_id != self._count_id:
            self.commit()
            self._count_id = record_id
        else:
            return
        self._typing = None
        if self._built:
            self.hide_keys()
            self._show()

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        """Where a count is closed, and where the tellers' numbers are."""
        wanted = record_id
        if collection == "count_sheets":
            held = self.desk.case.find("count_sheets", record_id)
            wanted = held.count if isinstance(held, CountSheet) else ""
        elif (collection, fact) != ("counts", "closed_on"):
            return None
        while self.build_some():
            pass
        self.record_shown("counts", wanted)
        count = self.count()
        if count is None or (wanted and count.id != wanted):
            return None
        target = self.foot.close_button if fact == "closed_on" and count.closed_on is None else self.who
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    # ---- ballots and names

    @Slot()
    def _on_key_in(self) -> None:
        self._hide_names()
        if self.keys is None:
            self.keys = BallotKeys(self._numbers)
            self.keys.hide()
            self.keys.counted.connect(self._on_counted)
            self.keys.went_on.connect(self._on_went_on)
            self._inner.addWidget(self.keys)
        if self.keys.isHidden():
            own = self.sheet_of(self._counter)
            counted = {mark: getattr(own, mark.value) or 0 for mark in Mark} if own is not None else {}
            self.keys.begin(self._paused(self._counter) or counted, counted)
            self.keys.show()
            self._tell_paused()
        self.keys.pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bring_keys_in()

    @Slot(object)
    def _on_counted(self, tally: dict[Mark, int]) -> None:
        self._keep(self._counter, None)
        self.write(numbers_of({mark.value: number for mark, number in tally.items()}))

    # ---- a stack that is not finished

    @Slot(object)
    def _on_went_on(self, tally: dict[Mark, int]) -> None:
        self._keep(self._counter, tally)

    def _keep(self, counter: Counter, tally: dict[Mark, int] | None) -> None:
        count = self.count()
        if count is None:
            return
        if tally is None:
            self.running.forget(count.id, counter)
        else:
            self.running.keep(count.id, counter, [tally[mark] for mark in Mark])

    def _paused(self, counter: Counter) -> dict[Mark, int]:
        count = self.count()
        numbers = self.running.numbers(count.id, counter) if count is not None else ()
        return dict(zip(Mark, numbers, strict=True)) if numbers else {}

    def _tell_paused(self) -> None:
        paused = sum(self._paused(self._counter).values())
        shut = self.keys is None or self.keys.isHidden()
        told = f"已经逐张录了 {paused} 张，还没有记下张数；按“逐张录入”接着录。" if paused and shut else ""
        self.paused.set_words(told)
        self.paused.setVisible(bool(told) and not self.is_fixed())

    @Slot()
    def _on_by_name(self) -> None:
        self._hide_ballots()
        count = self.count()
        if self.named is None:
            self.named = NamedKeys(self.desk, self._numbers)
            self.named.hide()
            self._inner.addWidget(self.named)
            self._inner.addWidget(self.take_names, 0, Qt.AlignmentFlag.AlignLeft)
        if count is not None:
            self.named.show_count(count.id)
            self.named.show()
            self.take_names.show()
            self.named.who.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_take_names(self) -> None:
        if self.named is not None:
            self.write(numbers_of(self.named.tally()))

    def _hide_names(self) -> None:
        if self.named is not None:
            self.named.hide()
        self.take_names.hide()

    def _hide_ballots(self) -> None:
        if self.keys is not None:
            self.keys.hide()

    def keys_in_sight(self) -> Sequence[QWidget]:
        return (self.keys, self.keys.pad) if self.keys is not None and not self.keys.isHidden() else ()

    def hide_keys(self) -> None:
        self._hide_ballots()
        self._hide_names()

    def commit(self) -> None:
        super().commit()
        if self._built:
            self.foot.commit()

    @Slot()
    def _on_anew(self) -> None:
        self._keep(self._counter, None)
        super()._on_anew()

    # ---- showing

    def show_more(self) -> None:
        count = self.count()
        if count is None:
            return
        free = not self.is_fixed() and not is_by_person(self.desk.case, count)
        self.key_in.setVisible(free)
        self.by_name.setVisible(free and bool(self.desk.case.delegates))
        self.by_name.set_blocked(_SECRET if is_secret(count) else None)
        if is_secret(count):
            self._hide_names()
        for counter in Counter if count.closed_on is not None else ():
            self._keep(counter, None)
        self._tell_paused()
        if self.named is not None and not self.named.isHidden():
            self.named.show_count(count.id)
        self.foot.show_count(count.id)


def numbers_of(tally: dict[str, int]) -> dict[str, int]:
    """The numbers of a sheet that follow from how many ballots said what."""
    valid = sum(number for name, number in tally.items() if name != Mark.INVALID.value)
    return {**tally, "valid": valid, "returned": valid + tally[Mark.INVALID.value]}
