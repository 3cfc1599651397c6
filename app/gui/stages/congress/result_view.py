"""公开: when and where the decision is made public, for each session on a draft, with the dates it is held to."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.congress import Purpose, Session
from app.domain.facts import facts_of
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.naming import record_title, short_day
from app.gui.forms.record_form import RecordForm
from app.gui.stages.congress.session_dates import ResultDates
from app.gui.stages.stage_view import StageView
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

_FACTS = ("result_published_on", "result_taken_down_on", "published_at", "taken_down_reason")
_COLUMNS = (
    ColumnView(key="name", title="会议", bold=True, share=3),
    ColumnView(key="from", title="公开", extent=132),
    ColumnView(key="until", title="撤下", extent=132),
)
_EMPTY = "会开过、表决过，在这里写决议公开的日期和地点。"


class ResultView(StageView):
    """One session at a time, the last one first; a list appears with the second."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._shown_id = ""
        self._sheet = Sheet("决议公开")
        self.column.addWidget(self._sheet)
        self.list = RecordTable("各次会议的决议公开", _COLUMNS, most=4)
        self.list.row_selected.connect(self._on_row)
        self._sheet.add(self.list)
        self.line = Text(_EMPTY, ink="ink2", wrap=True)
        self._sheet.add(self.line)
        declared = facts_of(Session)
        self.form = RecordForm("sessions", [declared[name] for name in _FACTS], desk)
        self._sheet.add(self.form)
        self.dates = ResultDates(desk, ask)
        self.dates.door_opened.connect(self.door_opened)
        self._sheet.add(self.dates)
        desk.case_changed.connect(self._on_case_changed)
        self._show()

    def sheet(self) -> Sheet | None:
        return self._sheet

    def build_some(self) -> bool:
        return self.form.build_some(4)

    def sessions(self) -> tuple[Session, ...]:
        """The sessions on a draft or the end of an agreement."""
        wanted = (None, Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE)
        return tuple(each for each in self.desk.case.sessions if each.purpose in wanted)

    def commit(self) -> None:
        self.form.commit()

    def first_focus(self) -> QWidget | None:
        if not self.sessions():
            return None
        return next((each for each in self.form.editors.values() if each.value() == each.empty), None)

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        if collection != "sessions" or fact not in _FACTS:
            return None
        wanted = record_id or self._shown_id
        if not any(each.id == wanted for each in self.sessions()):
            return None
        self._open(wanted)
        target = self.form.editor(fact)
        if target is not None:
            target.setFocus()
        return target

    @Slot(object)
    def _on_row(self, row_id: object) -> None:
        if isinstance(row_id, str) and row_id != self._shown_id:
            self._open(row_id)

    def _open(self, session_id: str) -> None:
        self._shown_id = session_id
        self.form.show_record(session_id)
        self.dates.record_shown("sessions", session_id)
        if self.list.selected() != session_id:
            self.list.select(session_id)

    def _show(self) -> None:
        sessions = self.sessions()
        self.line.setVisible(not sessions)
        self.form.setVisible(bool(sessions))
        self.list.setVisible(len(sessions) > 1)
        if not sessions:
            self._sheet.set_remark("")
            self._shown_id = ""
            return
        if len(sessions) > 1:
            self.list.show_rows([self._row(each) for each in sessions])
        if not any(each.id == self._shown_id for each in sessions):
            self._open(sessions[-1].id)
        held = next(each for each in sessions if each.id == self._shown_id)
        self._sheet.set_remark(record_title(self.desk.case, held) if len(sessions) == 1 else "")

    def _row(self, session: Session) -> RowView:
        year = self.desk.case.cycle.year
        days = {"from": session.result_published_on, "until": session.result_taken_down_on}
        cells = {key: short_day(day, year) if day is not None else "" for key, day in days.items()}
        return RowView(session.id, {"name": record_title(self.desk.case, session), **cells})

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if "sessions" in changed:
            self._show()
            self.form.refresh(changed)
