"""What each of two tellers counted apart from the other, one at a time, and compared when both are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ballots import Counter
from app.domain.facts import Record, facts_of
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.editors import make_editor
from app.gui.forms.unread_words import UnreadWords
from app.gui.stages.congress.tally_row import TallyRow
from app.gui.stages.stage_view import StageView
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.reading_order import bring_in
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.usecases.vote_sheet import RowCheck

_COVERED = "{}已经数完，数字先盖住，等另一个人数完再一起看。"
_OTHER = "不一样，重新数"
_MOST_SAID = 8


class TwoTellers(StageView):
    """One teller at a time. Whose turn it is not, those numbers are covered until both have counted.

    Subclasses say what is counted: the record in hand, the sheets of the tellers, what each of them counts.
    """

    TITLE = ""
    NOTHING = ""
    """What is said while there is nothing to count."""
    SHEETS = ""
    """The collection of what the tellers write."""
    RECORD: type[Record] = Record
    LINK = ""
    """The fact of a teller's sheet that leads to what is counted."""
    ROWS: tuple[tuple[str, tuple[str, ...]], ...] = ()
    COUNTED: tuple[str, ...] = ()
    NAMES: Mapping[str, str] = {}
    """Short names of what is counted, for the table in which both stand beside each other."""
    SHOWN: frozenset[str] = frozenset()
    """Collections that tell something here."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._counter = Counter.FIRST
        self._typing: Counter | None = None
        self._built = False
        self._steps = [
            self._build_top,
            *[self._build_row] * len(self.ROWS),
            self._build_buttons,
            self._build_end,
            self._show_first,
        ]
        self._sheet = Sheet(self.TITLE, parent=self)
        self.column.addWidget(self._sheet)
        self.line = Text(self.NOTHING, ink="ink2", wrap=True)
        self._sheet.add(self.line)
        desk.case_changed.connect(self._on_case_changed)

    # ---- for subclasses

    def held(self) -> Record | None:
        """What is counted now."""
        raise NotImplementedError

    def sheet_of(self, counter: Counter) -> Record | None:
        """What one of the two wrote down of it."""
        raise NotImplementedError

    def lacks(self, sheet: Record) -> Sequence[str]:
        """What a teller has not written yet."""
        raise NotImplementedError

    def is_fixed(self) -> bool:
        """Whether the numbers stay as they are."""
        return self.desk.read_only

    def hide_keys(self) -> None:
        """What was keyed is handed on."""

    def keys_in_sight(self) -> Sequence[QWidget]:
        """The keys that are open, and what of them has the focus; nothing while they are not."""
        return ()

    def show_more(self) -> None:
        """Show what the subclass adds."""

    # ---- building

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
        self._unread = UnreadWords(self.desk, self.SHEETS, self)
        self.editors: dict[str, FieldEditor] = {}
        column.addWidget(self._numbers)
        self._sheet.add(self._body)

    def _build_row(self) -> None:
        heading, facts = self.ROWS[self._inner.count()]
        row = TallyRow(heading, [self._editor(name) for name in facts], self._numbers)
        row.show_check(RowCheck())
        self._inner.addWidget(row)

    def _build_buttons(self) -> None:
        columns = (
            ColumnView(key="what", title="数目", bold=True, extent=168 if self._has_long_names() else 84),
            ColumnView(key="first", title="第一人", extent=96, kind="number"),
            ColumnView(key="second", title="第二人", extent=96, kind="number"),
            ColumnView(key="same", title="核对", share=1),
        )
        self.compared = RecordTable("两人数的对一对", columns, most=8, parent=self._body)
        self.compared.hide()
        self._parts.addWidget(self.compared)

    def _has_long_names(self) -> bool:
        return any(len(name) > 4 for name in self.NAMES.values())

    def _build_end(self) -> None:
        """The foot; for subclasses."""

    def _show_first(self) -> None:
        self._built = True
        self._show()

    def _editor(self, name: str) -> FieldEditor:
        editor = make_editor(facts_of(self.RECORD)[name], self.desk, self.SHEETS)
        self._unread.watch(name, editor)
        editor.value_changed.connect(self._on_value)
        self.editors[name] = editor
        return editor

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- whose turn

    def is_done(self, counter: Counter) -> bool:
        """Whether one of the two has counted everything."""
        own = self.sheet_of(counter)
        return own is not None and not self.lacks(own)

    def is_covered(self) -> bool:
        """Whether the numbers of the teller chosen are not to be seen now."""
        other = Counter.SECOND if self._counter is Counter.FIRST else Counter.FIRST
        return self.is_done(self._counter) and not self.is_done(other) and self._typing is not self._counter

    @Slot(object)
    def _on_counter(self, value: object) -> None:
        if isinstance(value, Counter) and value is not self._counter:
            self.commit()
            self._counter, self._typing = value, None
            self.hide_keys()
            self._show()

    @Slot()
    def _on_anew(self) -> None:
        """Empty the sheet of this teller; taking back brings the numbers again."""
        self.hide_keys()  # keys that stayed would go on from the old numbers
        own = self.sheet_of(self._counter)
        if own is not None and not self.desk.read_only:
            self._typing = self._counter
            self.desk.change(self.SHEETS, own.replace(**dict.fromkeys(self.COUNTED)))

    # ---- typing

    @Slot(object)
    def _on_value(self, value: object) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor):
            self.write({str(editor.property("fact")): value})

    def write(self, facts: dict[str, Any]) -> None:
        """Keep numbers of the teller whose turn it is."""
        held, own = self.held(), self.sheet_of(self._counter)
        if held is None or self.desk.read_only:
            return
        self._typing = self._counter
        if own is not None:
            self.desk.change(self.SHEETS, own.replace(**facts))
        elif any(value not in (None, "") for value in facts.values()):
            self.desk.add(self.SHEETS, {self.LINK: held.id, "counter": self._counter, **facts})

    def bring_keys_in(self) -> None:
        """Keys open below what can be seen: scroll to them once they have their place; nobody types blind."""
        QTimer.singleShot(0, self._scroll_to_keys)

    @Slot()
    def _scroll_to_keys(self) -> None:
        for part in self.keys_in_sight():
            bring_in(part)

    def commit(self) -> None:
        if self._built:
            for editor in self.editors.values():
                editor.commit()

    # ---- showing

    def _show(self) -> None:
        held = self.held()
        self.line.setVisible(held is None)
        self._body.setVisible(held is not None)
        if held is None:
            self._sheet.set_remark("")
            self.show_more()
            return
        covered = self.is_covered()
        self.who.set_value(self._counter)
        self._sheet.set_remark(
            "　".join(f"{each.label}{'数完了' if self.is_done(each) else '还没数完'}" for each in Counter)
        )
        self.covered.set_words(_COVERED.format(self._counter.label) if covered else "")
        self.covered.setVisible(covered)
        self.anew.setVisible(self.is_done(self._counter) and not self.is_fixed())
        self._numbers.setVisible(not covered)
        own = self.sheet_of(self._counter)
        self._unread.show_record(own or self.RECORD(id=f"{held.id}/{self._counter.value}"))
        for editor in self.editors.values():
            editor.set_read_only(self.is_fixed())
        if self.is_fixed():
            self.hide_keys()
        self._show_compared()
        self.show_more()

    def _show_compared(self) -> None:
        first, second = self.sheet_of(Counter.FIRST), self.sheet_of(Counter.SECOND)
        other: list[str] = []
        if first is not None and second is not None and all(self.is_done(each) for each in Counter):
            other = [name for name in self.COUNTED if getattr(first, name) != getattr(second, name)]
        self.compared.setVisible(bool(other))
        rows = []
        for name in other:
            cells = {
                "what": self.NAMES[name],
                "first": _shown(getattr(first, name)),
                "second": _shown(getattr(second, name)),
                "same": _OTHER,
            }
            rows.append(RowView(name, cells, {"same": "must"}))
        if tuple(rows) != self.compared.rows():
            self.compared.show_rows(rows)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self._built and changed & self.SHOWN:
            self._show()


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def listed(said: Sequence[str]) -> str:
    """What does not agree, as one sentence; what is too much for it as a number."""
    more = f"；还有 {len(said) - _MOST_SAID} 处" if len(said) > _MOST_SAID else ""
    return f"{'；'.join(said[:_MOST_SAID])}{more}。"
