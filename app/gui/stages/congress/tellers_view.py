"""两人分别计票: what each of two tellers counted apart from the other, compared when both are done; then closed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ballots import Counter, CountSheet, Mark
from app.domain.facts import facts_of
from app.domain.representatives import Count
from app.figures.closing_counts import COUNTED, differences, lacks_of, sheet_of
from app.figures.person_votes import is_by_person
from app.figures.tallies import COUNT_NAMES
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.editors import make_editor
from app.gui.forms.unread_words import UnreadWords
from app.gui.stages.congress.ballot_keys import BallotKeys
from app.gui.stages.congress.closing_foot import ClosingFoot
from app.gui.stages.congress.named_keys import NamedKeys
from app.gui.stages.congress.tally_row import TallyRow
from app.gui.stages.stage_view import StageView
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.usecases.vote_sheet import RowCheck, draft_votes

_ROWS = (
    ("谁数", ("teller",)),
    ("发票", ("issued", "unused", "returned")),
    ("清点", ("valid", "invalid")),
    ("得票", ("in_favour", "against", "abstained")),
)
_COLUMNS = (
    ColumnView(key="what", title="数目", bold=True, extent=84),
    ColumnView(key="first", title="第一人", extent=96, kind="number"),
    ColumnView(key="second", title="第二人", extent=96, kind="number"),
    ColumnView(key="same", title="核对", share=1),
)
_COVERED = "{}已经数完，数字先盖住，等另一个人数完再一起看。"


class TellersView(StageView):
    """One teller at a time. Whose turn it is not, those numbers are covered until both have counted."""

    NO_COUNT = "先在上面登记计票，两个人再分别数一遍，记在这里。"
    SHOWN = frozenset({"counts", "count_sheets", "named_votes", "sessions", "delegates", "attendances"})
    """Collections that tell something here."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._count_id = ""
        self._counter = Counter.FIRST
        self._typing: Counter | None = None
        self._built = False
        self._steps = [
            self._build_top,
            *[self._build_row] * len(_ROWS),
            self._build_buttons,
            self._build_end,
            self._show_first,
        ]
        self.keys: BallotKeys | None = None
        self.named: NamedKeys | None = None
        self._sheet = Sheet("两人分别计票", parent=self)
        self.column.addWidget(self._sheet)
        self.line = Text(self.NO_COUNT, ink="ink2", wrap=True)
        self._sheet.add(self.line)
        desk.case_changed.connect(self._on_case_changed)

    def build_some(self) -> bool:
        if self._steps:
            self._steps.pop(0)()
        return bool(self._steps)

    def _build_top(self) -> None:
        self._body = QWidget(self._sheet)
        self._body.hide()
        column = self._parts = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QWidget(self._body)
        flow = FlowLayout(top)
        options = [Option(each, each.label) for each in Counter]
        self.who = ChoiceField("谁在数", options, tiles=True, always=True, extent="", parent=top)
        self.who.setFixedWidth(self.who.sizeHint().width() + 24)
        self.who.value_changed.connect(self._on_counter)
        flow.addWidget(self.who)
        self.anew = Button("重新数一遍", "text", parent=top)
        self.anew.clicked.connect(self._on_anew)
        flow.addWidget(self.anew)
        column.addWidget(top)
        self.covered = Text("", ink="ink2", wrap=True, parent=self._body)
        column.addWidget(self.covered)
        self._numbers = QWidget(self._body)
        inner = self._inner = QVBoxLayout(self._numbers)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self._unread = UnreadWords(self.desk, "count_sheets", self)
        self.editors: dict[str, FieldEditor] = {}
        column.addWidget(self._numbers)
        self._sheet.add(self._body)

    def _build_row(self) -> None:
        heading, facts = _ROWS[self._inner.count()]
        declared = facts_of(CountSheet)
        row = TallyRow(heading, [self._editor(name, declared) for name in facts], self._numbers)
        row.show_check(RowCheck())
        self._inner.addWidget(row)

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
        self.take_names = Button("记入这份计票", "secondary", in_table=True, parent=self._numbers)
        self.take_names.clicked.connect(self._on_take_names)
        self.take_names.hide()
        self.compared = RecordTable("两人数的对一对", _COLUMNS, most=8, parent=self._body)
        self.compared.hide()
        self._parts.addWidget(self.compared)

    def _build_end(self) -> None:
        self._parts.addWidget(Hairline(parent=self._body))
        self.foot = ClosingFoot(self.desk, self._body)
        self._parts.addWidget(self.foot)

    def _show_first(self) -> None:
        self._built = True
        self._show()

    def _editor(self, name: str, declared: Any) -> FieldEditor:
        editor = make_editor(declared[name], self.desk, "count_sheets")
        self._unread.watch(name, editor)
        editor.value_changed.connect(self._on_value)
        self.editors[name] = editor
        return editor

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- which count, whose turn

    def count(self) -> Count | None:
        """The count in hand: the one looked at above, else that of the last vote."""
        held = next((each for each in self.counts() if each.id == self._count_id), None)
        if held is not None:
            return held
        return next(reversed(self.counts()), None)

    def counts(self) -> tuple[Count, ...]:
        """The counts that may be in hand here: those of votes on drafts."""
        return tuple(each for _, each in draft_votes(self.desk.case) if each is not None)

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection == "counts" and record_id and record_id != self._count_id:
            self.commit()
            self._count_id = record_id
            self._typing = None
            if self._built:
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

    def _own(self, counter: Counter) -> CountSheet | None:
        count = self.count()
        return sheet_of(self.desk.case.count_sheets, count.id, counter) if count is not None else None

    def _is_done(self, counter: Counter) -> bool:
        count, own = self.count(), self._own(counter)
        return count is not None and own is not None and not lacks_of(own)

    def is_covered(self) -> bool:
        """Whether the numbers of the teller chosen are not to be seen now."""
        other = Counter.SECOND if self._counter is Counter.FIRST else Counter.FIRST
        return self._is_done(self._counter) and not self._is_done(other) and self._typing is not self._counter

    @Slot(object)
    def _on_counter(self, value: object) -> None:
        if isinstance(value, Counter) and value is not self._counter:
            self.commit()
            self._counter, self._typing = value, None
            self._hide_keys()
            self._hide_names()
            self._show()

    @Slot()
    def _on_anew(self) -> None:
        """Empty the sheet of this teller; taking back brings the numbers again."""
        own = self._own(self._counter)
        if own is not None and not self.desk.read_only:
            self._typing = self._counter
            self.desk.change("count_sheets", own.replace(**dict.fromkeys(COUNTED)))

    # ---- typing

    @Slot(object)
    def _on_value(self, value: object) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor):
            self._write({str(editor.property("fact")): value})

    def _write(self, facts: dict[str, Any]) -> None:
        count, own = self.count(), self._own(self._counter)
        if count is None or self.desk.read_only:
            return
        self._typing = self._counter
        if own is not None:
            self.desk.change("count_sheets", own.replace(**facts))
        elif any(value not in (None, "") for value in facts.values()):
            self.desk.add("count_sheets", {"count": count.id, "counter": self._counter, **facts})

    @Slot()
    def _on_key_in(self) -> None:
        self._hide_names()
        if self.keys is None:
            self.keys = BallotKeys(self._numbers)
            self.keys.hide()
            self.keys.counted.connect(self._on_counted)
            self._inner.addWidget(self.keys)
        if self.keys.isHidden():
            own = self._own(self._counter)
            counted = {mark: getattr(own, mark.value) or 0 for mark in Mark} if own is not None else {}
            self.keys.begin(counted)
            self.keys.show()
        self.keys.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_counted(self, tally: dict[Mark, int]) -> None:
        self._write(numbers_of({mark.value: number for mark, number in tally.items()}))

    @Slot()
    def _on_by_name(self) -> None:
        self._hide_keys()
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
            self._write(numbers_of(self.named.tally()))

    def _hide_names(self) -> None:
        if self.named is not None:
            self.named.hide()
        self.take_names.hide()

    def _hide_keys(self) -> None:
        """What was keyed is handed on."""
        if self.keys is not None:
            self.keys.hide()

    def commit(self) -> None:
        if self._built:
            for editor in self.editors.values():
                editor.commit()
            if self.keys is not None and not self.keys.isHidden():
                self.keys.finish()
            self.foot.commit()

    # ---- showing

    def _show(self) -> None:
        count = self.count()
        self.line.setVisible(count is None)
        self._body.setVisible(count is not None)
        if count is None:
            self._sheet.set_remark("")
            return
        closed, covered = count.closed_on is not None, self.is_covered()
        self.who.set_value(self._counter)
        self._sheet.set_remark(
            "　".join(f"{each.label}{'数完了' if self._is_done(each) else '还没数完'}" for each in Counter)
        )
        self.covered.set_words(_COVERED.format(self._counter.label) if covered else "")
        self.covered.setVisible(covered)
        self.anew.setVisible(self._is_done(self._counter) and not closed and not self.desk.read_only)
        self._numbers.setVisible(not covered)
        own = self._own(self._counter)
        self._unread.show_record(own or CountSheet(id=f"{count.id}/{self._counter.value}"))
        for editor in self.editors.values():
            editor.set_read_only(closed or self.desk.read_only)
        free = not closed and not self.desk.read_only and not is_by_person(self.desk.case, count)
        self.key_in.setVisible(free)
        self.by_name.setVisible(free and bool(self.desk.case.delegates))
        if closed:
            self._hide_keys()
            self._hide_names()
        if self.named is not None and not self.named.isHidden():
            self.named.show_count(count.id)
        self._show_compared()
        self.foot.show_count(count.id)

    def _show_compared(self) -> None:
        first, second = self._own(Counter.FIRST), self._own(Counter.SECOND)
        both = all(self._is_done(each) for each in Counter)
        other = differences(first, second) if both and first is not None and second is not None else ()
        self.compared.setVisible(bool(other))
        rows = []
        for name in other:
            cells = {
                "what": COUNT_NAMES[name],
                "first": _shown(getattr(first, name)),
                "second": _shown(getattr(second, name)),
                "same": "不一样，重新数",
            }
            rows.append(RowView(name, cells, {"same": "must"}))
        if tuple(rows) != self.compared.rows():
            self.compared.show_rows(rows)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self._built and changed & self.SHOWN:
            self._show()


def numbers_of(tally: dict[str, int]) -> dict[str, int]:
    """The numbers of a sheet that follow from how many ballots said what."""
    valid = sum(number for name, number in tally.items() if name != Mark.INVALID.value)
    return {**tally, "valid": valid, "returned": valid + tally[Mark.INVALID.value]}


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
