"""表决: the count of a vote on the draft, laid out as on the tally, with what is needed and what came of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.congress import Session
from app.domain.facts import facts_of
from app.domain.representatives import Count
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.editors import make_editor
from app.gui.forms.naming import record_title
from app.gui.forms.record_form import RecordForm
from app.gui.forms.unread_words import UnreadWords
from app.gui.stages.congress.tally_row import TallyRow
from app.gui.stages.stage_view import StageView
from app.gui.widgets.button import Button
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.figure_strip import FigureStrip, FigureView
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Where
from app.rules.ground import Ground
from app.usecases.check_case import ground_of
from app.usecases.vote_sheet import (
    ROWS,
    VoteSheet,
    attendance_of,
    draft_votes,
    second_session,
    starting_count,
    vote_sheet,
)

_TALLIED = tuple(fact for _, _, facts in ROWS for fact in facts)
_FIRST = ("counted_on", "method")
_NOT_TYPED = ("election", "tellers", "closed_on", "reopened_because")
_COLUMNS = (
    ColumnView(key="session", title="会议", bold=True, share=3),
    ColumnView(key="expected", title="应到", extent=84, kind="number"),
    ColumnView(key="in_favour", title="赞成", extent=84, kind="number"),
    ColumnView(key="result", title="结果", extent=120),
)
_NO_SESSION = "先在“会议通知”里登记审议草案的会议，再到这里登记计票。"
_NO_COUNT = "会上投票以后，照计票单把数字抄到这里。"


class VoteView(StageView):
    """One vote at a time; a list of the votes appears with the second."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._at = 0
        self._announced = ""
        self._stands = False
        self._told: VoteSheet | None = None
        self._sheet = Sheet("表决计票", parent=self)
        self.column.addWidget(self._sheet)
        self.list = RecordTable("各次表决", _COLUMNS, most=4, parent=self._sheet)
        self.list.row_selected.connect(self._on_row)
        self._sheet.add(self.list)
        self.line = Text("", wrap=True, ink="ink2")
        self._sheet.add(self.line)
        self.begin = Button("登记计票", "secondary", "plus")
        self.begin.clicked.connect(self.add_count)
        self._sheet.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.editors: dict[str, FieldEditor] = {}
        self._unread = UnreadWords(desk, "counts", self)
        self.rows: dict[str, TallyRow] = {}
        self._tally = QWidget(self._sheet)
        self._sheet.add(self._tally)
        self._make_rows()
        self._rule = Hairline()
        self._sheet.add(self._rule)
        self.strip = FigureStrip(parent=self._sheet)
        self.strip.setAccessibleName("到会、赞成和结果")
        self.strip.origin_requested.connect(self._on_origin)
        self._sheet.add(self.strip)
        self.shares = Text("", wrap=True, ink="ink2")
        self.shares.hide()
        self._sheet.add(self.shares)
        self.why = Text("", wrap=True, ink="ink2")
        self.why.hide()
        self._sheet.add(self.why)
        self._failed = QWidget(self._sheet)
        failed = QHBoxLayout(self._failed)
        failed.setContentsMargins(0, 0, 0, 0)
        self.failed_words = Text("", wrap=True)
        failed.addWidget(self.failed_words, 1)
        self.again = Button("登记再次表决", "secondary", "plus", in_table=True)
        self.again.clicked.connect(self.add_second_vote)
        failed.addWidget(self.again)
        self._sheet.add(self._failed)
        self._line = Hairline()
        self._sheet.add(self._line)
        declared = facts_of(Count)
        rest = [fact for name, fact in declared.items() if name not in (*_TALLIED, *_NOT_TYPED)]
        self.form = RecordForm("counts", rest, desk, first=_FIRST, parent=self._sheet)
        self._sheet.add(self.form)
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        self._choose_last()
        self._show()

    def _make_rows(self) -> None:
        column = QVBoxLayout(self._tally)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        declared = facts_of(Count)
        for key, heading, facts in ROWS:
            for name in facts:
                editor = make_editor(declared[name], self.desk, "counts")
                self._unread.watch(name, editor)
                editor.set_read_only(self.desk.read_only)
                editor.value_changed.connect(self._on_value)
                self.editors[name] = editor
            self.rows[key] = TallyRow(heading, [self.editors[name] for name in facts], self._tally)
            column.addWidget(self.rows[key])

    def build_some(self) -> bool:
        if self.form.build_some(4):
            return True
        self._stands = True
        self._announce()
        return False

    def _announce(self) -> None:
        """Tell which count is in hand, or which session of no count yet; its own tally is looked at beside."""
        session, count = self.shown()
        held = count or session
        if held is not None and held.id != self._announced:
            self._announced = held.id
            self.record_wanted.emit("sessions" if count is None else "counts", held.id)

    # ---- which vote

    def votes(self) -> tuple[tuple[Session | None, Count | None], ...]:
        """The votes of the case, each session with its count."""
        return draft_votes(self.desk.case)

    def shown(self) -> tuple[Session | None, Count | None]:
        """The vote that is shown."""
        votes = self.votes()
        return votes[min(self._at, len(votes) - 1)] if votes else (None, None)

    def told(self) -> VoteSheet | None:
        """What is said about it."""
        return self._told

    def _choose_last(self) -> None:
        self._at = max(0, len(self.votes()) - 1)

    @Slot(object)
    def _on_row(self, row_id: object) -> None:
        if isinstance(row_id, str) and row_id.isdigit() and int(row_id) != self._at:
            self.commit()
            self._at = int(row_id)
            self._show()
            self._announce()

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- doing

    @Slot()
    def add_count(self) -> None:
        """Add the count of the session that is shown."""
        session, count = self.shown()
        if session is None or count is not None or self.desk.read_only:
            return
        self.desk.add("counts", starting_count(session))
        wanted = self.first_focus()
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def add_second_vote(self) -> None:
        """Add the session of a second vote and go there."""
        session, _ = self.shown()
        if session is None or self.desk.read_only:
            return
        made = self.desk.add("sessions", second_session(session))
        self._choose_last()
        self._show()
        self.door_opened.emit(Where("sessions", made.id, "name"))

    @Slot(object)
    def _on_value(self, value: object) -> None:
        editor = self.sender()
        session, count = self.shown()
        if not isinstance(editor, FieldEditor) or count is None:
            return
        name = str(editor.property("fact"))
        number: Any = value
        follows = attendance_of(session, count, name, number)
        self.desk.change("counts", count.replace(**{name: number}))
        if follows is not None:
            self.desk.change("sessions", follows)

    def commit(self) -> None:
        for editor in self.editors.values():
            editor.commit()
        self.form.commit()

    def first_focus(self) -> QWidget | None:
        _, count = self.shown()
        if count is None:
            return self.begin if self.begin.isVisibleTo(self) else None
        empty = next((each for each in self.editors.values() if each.value() is None), None)
        return empty or (self.again if self._may_vote_again() else None)

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        if collection != "counts":
            return None
        at = next((i for i, (_, each) in enumerate(self.votes()) if each and each.id == record_id), None)
        if at is None and record_id:
            return None
        if at is not None and at != self._at:
            self._at = at
            self._show()
        if fact == "closed_on":
            self._announce()  # it is closed where both tellers stand
            return None
        target = self.editors.get(fact) or self.form.editor(fact) or self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    def primary(self) -> ActionView | None:
        session, count = self.shown()
        if session is not None and count is None and not self.desk.read_only:
            return ActionView("count", "登记计票", "plus")
        return ActionView("again", "登记再次表决", "plus") if self._may_vote_again() else None

    def _may_vote_again(self) -> bool:
        lost = self._told is not None and self._told.failed and self.shown()[0] is not None
        return lost and self._at == len(self.votes()) - 1 and not self.desk.read_only

    def do(self, action: str) -> bool:
        doing = {"count": self.add_count, "again": self.add_second_vote}.get(action)
        if doing is not None:
            doing()
        return doing is not None

    # ---- showing

    def _ground(self) -> Ground:
        return ground_of(self.desk.program, self.desk.case)

    def _show(self) -> None:
        votes = self.votes()
        session, count = self.shown()
        self._show_list(votes)
        alone = session is not None and len(votes) == 1
        self._sheet.set_remark(record_title(self.desk.case, session) if session and alone else "")
        self.line.set_words("" if count is not None else _NO_COUNT if session is not None else _NO_SESSION)
        self.line.setVisible(count is None)
        self.begin.setVisible(count is None and session is not None and not self.desk.read_only)
        for part in (self._tally, self._rule, self.strip, self._line, self.form):
            part.setVisible(count is not None)
        if count is None:
            self._told = None
            self._failed.hide()
            self.shares.hide()
            self.why.hide()
            self.head_changed.emit()
            return
        self._unread.show_record(count)
        for editor in self.editors.values():
            editor.set_read_only(self.desk.read_only or count.closed_on is not None)
        if self.form.record_id() != count.id:
            self.form.show_record(count.id)
        self._tell(session, count)
        self.head_changed.emit()

    def _tell(self, session: Session | None, count: Count) -> None:
        told = vote_sheet(self._ground(), session, count)
        if told == self._told:
            return
        self._told = told
        for key, row in self.rows.items():
            row.show_check(told.checks[key])
        figures = [
            FigureView(
                id=str(at),
                label=each.label,
                number=each.number,
                unit=each.unit,
                remark=each.words,
                icon=each.state,
            )
            for at, each in enumerate(told.thresholds)
        ]
        result = told.result or "还没有"
        figures.append(
            FigureView(id="r", label="结果", number=result, remark=told.result_words, icon=told.result_state)
        )
        self.strip.show_figures(figures)
        self.shares.set_words(told.shares)
        self.shares.setVisible(bool(told.shares))
        self._failed.setVisible(told.failed and session is not None)
        rule = self.desk.program.pack_or_national(self.desk.case).rule("congress_revote")
        self.failed_words.set_words(rule.says if rule is not None else "")
        self.again.setVisible(not self.desk.read_only and self._at == len(self.votes()) - 1)

    def _show_list(self, votes: tuple[tuple[Session | None, Count | None], ...]) -> None:
        case = self.desk.case
        self.list.setVisible(len(votes) > 1)
        if len(votes) < 2:
            return
        rows = []
        for at, (session, count) in enumerate(votes):
            told = vote_sheet(self._ground(), session, count) if count is not None else None
            name = record_title(case, session) if session is not None else count.what if count else ""
            cells = {
                "session": name + ("（再次表决）" if session is not None and session.failed_before else ""),
                "expected": str(count.expected or "") if count else "",
                "in_favour": "" if count is None or count.in_favour is None else str(count.in_favour),
                "result": (told.result if told else "") or "还没有",
            }
            states = {"result": told.result_state} if told is not None and told.result_state else {}
            rows.append(RowView(str(at), cells, states))
        if tuple(rows) != self.list.rows():
            self.list.show_rows(rows)
        if self.list.selected() != str(self._at):
            self.list.select(str(self._at))

    @Slot(str)
    def _on_origin(self, key: str) -> None:
        """Enter or F4 on a number tells its article; a second time closes it."""
        if self._told is None or not key.isdigit():
            return
        each = self._told.thresholds[int(key)]
        words = f"{each.label} {each.number} {each.unit}（{each.words}）。依据 {each.article}"
        again = self.why.words() == words and not self.why.isHidden()
        self.why.set_words(words)
        self.why.setVisible(not again)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & {"counts", "sessions", "congress", "cycle", "agreements"}:
            self._show()
            self.form.refresh(changed)
            if self._stands:
                self._announce()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        _, count = self.shown()
        if count is None:
            return
        self._show_findings(count)

    def _show_findings(self, count: Count) -> None:
        """The sentence of what must be mended stands below its number, never below the one typed in."""
        wrong: dict[str, str] = {}
        for finding in self.desk.checkup.findings:
            for at in (finding.where, *finding.related):
                if finding.is_open and (at.collection, at.record_id) == ("counts", count.id):
                    wrong.setdefault(at.fact, finding.sentence)
        for name, editor in self.editors.items():
            if not editor.has_focus():
                editor.box.show_state(wrong=name in wrong)
