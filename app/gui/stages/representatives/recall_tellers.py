"""罢免的表决: the count of a recall, what both tellers wrote down, and whether it passed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.facts import facts_of
from app.domain.representatives import Count, Replacement
from app.figures.person_votes import is_recall, recalls_of
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.record_form import RecordForm
from app.gui.stages.representatives.election_tellers import ElectionTellers
from app.gui.widgets.button import Button
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.usecases.check_case import ground_of
from app.usecases.person_counts import recall_told, recalls_to_count, starting_recall_count

_FIRST = ("counted_on", "method", "expected", "present", "printed", "session")
_NOT_TYPED = ("election", "agreement", "tellers", "note", "closed_on", "reopened_because")


class RecallTellers(ElectionTellers):
    """Shown once somebody is to be recalled; one question with three answers, so ballots are keyed one by one."""

    TITLE = "罢免的表决和两人计票"
    NOTHING = "原因是“罢免”的，会上投票以后在这里登记计票，两个人各数一遍。"
    SHOWN = ElectionTellers.SHOWN | {"congress", "enterprise"}

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self.form: RecordForm | None = None
        self.told: Text | None = None
        self.begin = Button("登记罢免计票", "secondary", "plus", in_table=True, parent=self._sheet)
        self.begin.clicked.connect(self.add_count)
        self._sheet.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_button()

    def counts(self) -> tuple[Count, ...]:
        case = self.desk.case
        return tuple(each for each in case.counts if is_recall(case, each))

    def commit(self) -> None:
        super().commit()
        if self.form is not None:
            self.form.commit()

    def _build_top(self) -> None:
        super()._build_top()
        facts = [fact for name, fact in facts_of(Count).items() if name not in _NOT_TYPED]
        self.form = RecordForm("counts", facts, self.desk, first=_FIRST, parent=self._body)
        self.form.build_all()
        self._parts.insertWidget(1, self.form)
        said = QWidget(self._body)
        line = QHBoxLayout(said)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self._shape = Shape("", px=16)
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        self.told = Text("", wrap=True, parent=said)
        line.addWidget(self.told, 1)
        self._parts.insertWidget(2, said)

    @Slot()
    def add_count(self) -> None:
        """Add the count of the first recall that has none, tied to it."""
        waiting = recalls_to_count(self.desk.case)
        if not waiting or self.desk.read_only:
            return
        made = self.desk.add("counts", starting_recall_count(self.desk.case, waiting[0]))
        self.desk.change("replacements", waiting[0].replace(recall_count=made.id))
        while self.build_some():
            pass
        self.record_shown("counts", made.id)
        self.record_wanted.emit("counts", made.id)
        if self.form is not None and (first := self.form.first_empty()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        held = self.desk.case.find(collection, record_id)
        count_id = held.count if collection == "count_sheets" and held is not None else record_id
        if not any(each.id == count_id for each in self.counts()):
            return None
        target = super().focus_fact(collection, record_id, fact)
        if collection != "counts" or fact == "closed_on" or self.form is None:
            return target
        editor = self.form.editor(fact)
        if editor is not None:
            editor.setFocus(Qt.FocusReason.TabFocusReason)
        return editor or target

    def show_more(self) -> None:
        super().show_more()
        self._show_button()
        count = self.count()
        if count is None or self.form is None or self.told is None:
            return
        if self.form.record_id() != count.id:
            self.form.show_record(count.id)
        self.form.refresh(frozenset({"counts"}))
        change: Replacement | None = next(iter(recalls_of(self.desk.case, count)), None)
        if change is None:
            return
        shape, words = recall_told(ground_of(self.desk.program, self.desk.case), count, change)
        self._shape.show_shape(shape)
        self.told.set_words(words)
        for part in (self._shape, self.told):
            part.setVisible(bool(words))

    def _show_button(self) -> None:
        waiting = bool(recalls_to_count(self.desk.case))
        self.begin.setVisible(waiting and not self.desk.read_only)
        if waiting or self.counts():
            if self.isHidden():
                self.show()
        else:
            self.hide()
