"""签到: tick on the list or scan the printed code, with the meter of who is there and who must be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from app.domain.congress import Body, Delegate, Purpose, Session
from app.figures.closing_counts import is_closed
from app.figures.delegates import by_code_or_name, follows_list, signed_in
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.naming import record_title
from app.gui.stages.congress.quorum_bar import QuorumBar
from app.gui.stages.stage_view import StageView
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.line_field import LineField
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.usecases.check_case import ground_of
from app.usecases.sign_in import give_codes, quorum_at

_COLUMNS = (
    ColumnView(key="there", title="签到", extent=64, kind="check"),
    ColumnView(key="number", title="序号", extent=64, kind="number"),
    ColumnView(key="name", title="姓名", bold=True, share=2),
    ColumnView(key="department", title="部门（选区）", share=3),
    ColumnView(key="at", title="时间", extent=84),
)
_NO_SESSION = "先在“会议通知”里登记会议，会上在这里签到。"
_NO_ROSTER = "“会议通知”里的职工代表名册还是空的。没有名册也行：把签到表上的实到人数写到计票里。"
_HOW = "扫签到条上的码，或者写序号、姓名，回车；也可以在下面打勾。"


class SignInView(StageView):
    """One session: the meter, the field for the scanner, the list."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._session_id = ""
        self._built = False
        self._steps = [self._build_fields, self._build_list, self._show_first]
        self._sheet = Sheet("签到", parent=self)
        self.column.addWidget(self._sheet)
        self.line = Text(_NO_SESSION, ink="ink2", wrap=True)
        self._sheet.add(self.line)
        desk.case_changed.connect(self._on_case_changed)

    def build_some(self) -> bool:
        if self._steps:
            self._steps.pop(0)()
        return bool(self._steps)

    def _build_fields(self) -> None:
        self.which = ChoiceField("哪次会议", [], tiles=False, always=True, parent=self._sheet)
        self.which.value_changed.connect(self._on_which)
        self._sheet.add(self.which)
        self.meter = QuorumBar(self._sheet)
        self._sheet.add(self.meter)
        self.how = Text(_HOW, ink="ink2", wrap=True)
        self._sheet.add(self.how)
        self.scan = LineField("扫码或写序号、姓名", hint="扫码，或写序号、姓名", parent=self._sheet)
        self.scan.line.returnPressed.connect(self._on_scanned)
        self._sheet.add(self.scan)
        self.said = Text("", wrap=True)
        self._sheet.add(self.said)

    def _build_list(self) -> None:
        self.list = RecordTable("签到名单", _COLUMNS, most=10, parent=self._sheet)
        self.list.cell_ticked.connect(self._on_ticked)
        self._sheet.add(self.list)
        self.codes = Button("做签到码", "secondary", in_table=True, parent=self._sheet)
        self.codes.clicked.connect(self._on_codes)
        self._sheet.body.addWidget(self.codes, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_first(self) -> None:
        self._built = True
        self._show()

    def sheet(self) -> Sheet | None:
        return self._sheet

    # ---- which session

    def sessions(self) -> tuple[Session, ...]:
        """The sessions there may be a list for."""
        return self.desk.case.sessions

    def session(self) -> Session | None:
        """The session in hand: the one chosen, else the last one on a draft, else the last."""
        held = self.desk.case.find("sessions", self._session_id)
        if isinstance(held, Session):
            return held
        drafts = [each for each in self.sessions() if each.purpose is Purpose.DELIBERATE_DRAFT]
        return next(iter(reversed(drafts or self.sessions())), None)

    @Slot(object)
    def _on_which(self, value: object) -> None:
        if isinstance(value, str) and value:
            self._session_id = value
            self._say("")
            self._show()

    def first_focus(self) -> QWidget | None:
        session = self.session()
        if not self._built or session is None or not self.desk.case.delegates:
            return None
        return (
            self.scan if len(signed_in(self.desk.case, session.id)) < len(self.desk.case.delegates) else None
        )

    # ---- signing in

    @Slot()
    def _on_scanned(self) -> None:
        words = self.scan.typed().strip()
        self.scan.set_typed("")
        self.scan.set_value("")
        if not words or self.desk.read_only:
            return
        found = by_code_or_name(self.desk.case, words)
        if len(found) > 1:
            self._say(f"有 {len(found)} 人对得上，写序号。", "explain")
        elif not found:
            self._say("名册里没有这个码、序号或姓名。", "must")
        else:
            self._sign(found[0])

    def _sign(self, held: Delegate) -> None:
        session = self.session()
        if session is None:
            return
        if held.id in signed_in(self.desk.case, session.id):
            self._say(f"{held.name}已经签过了。", "explain")
            return
        there = len(signed_in(self.desk.case, session.id)) + 1
        follows = follows_list(self.desk.case, session, there)
        now = self.desk.program.clock.now().astimezone().replace(tzinfo=None, second=0, microsecond=0)
        self.desk.add("attendances", {"session": session.id, "delegate": held.id, "signed_at": now})
        self.desk.change("sessions", follows)
        department = f"（{held.department}）" if held.department else ""
        counted = self._counted_with(session)
        late = counted is not None and counted != there
        more = f"这次表决已经结束计票，计票单上实到 {counted} 人，签到表现在是 {there} 人。" if late else ""
        self._say(f"{held.name}{department}签到了，第 {there} 位。{more}", "explain" if late else "met")

    def _counted_with(self, session: Session) -> int | None:
        """How many were there when a vote of the session was closed; ``None`` while none is."""
        case = self.desk.case
        closed = (each for each in case.counts if each.session == session.id and is_closed(case, each))
        return next((each.present for each in closed), None)

    def _take_out(self, delegate_id: str) -> None:
        session = self.session()
        if session is None:
            return
        case = self.desk.case
        mine = [e for e in case.attendances if (e.session, e.delegate) == (session.id, delegate_id)]
        if mine:
            follows = follows_list(case, session, len(signed_in(case, session.id)) - 1)
            for each in mine:
                self.desk.remove("attendances", each.id)
            self.desk.change("sessions", follows)

    @Slot(str, str, bool)
    def _on_ticked(self, row_id: str, _column: str, there: bool) -> None:
        held = self.desk.case.find("delegates", row_id)
        if self.desk.read_only or not isinstance(held, Delegate):
            return
        if there:
            self._sign(held)
        else:
            self._take_out(row_id)

    @Slot()
    def _on_codes(self) -> None:
        desk = self.desk

        def done(given: object) -> None:
            self._say(f"给 {given} 人做了签到码；右边的“签到码”可以打印。", "met")

        desk.run_writing(
            "做签到码", lambda _progress: give_codes(desk.library, desk.case_id, actor=desk.actor), done=done
        )

    # ---- showing

    def _say(self, words: str, state: str = "") -> None:
        self.said.set_ink({"must": "accentText", "explain": "warn"}.get(state, "ink1"))
        self.said.set_words(words)
        self.said.setVisible(bool(words))

    def _show(self) -> None:
        case, session = self.desk.case, self.session()
        all_staff = case.congress.body is Body.ALL_STAFF
        no_roster = _NO_ROSTER.replace("职工代表", "职工") if all_staff else _NO_ROSTER
        self.line.set_words(_NO_SESSION if session is None else no_roster)
        self.line.setVisible(session is None or not case.delegates)
        listed = session is not None and bool(case.delegates)
        for part in (self.how, self.scan):
            part.setVisible(listed and not self.desk.read_only)
        self.list.setVisible(listed)
        lacks = any(not each.code for each in case.delegates)
        self.codes.setVisible(listed and lacks and not self.desk.read_only)
        self.said.setVisible(listed and bool(self.said.words()))
        self.meter.setVisible(session is not None)
        self.which.setVisible(len(self.sessions()) > 1)
        if session is None:
            return
        options = [Option(each.id, record_title(case, each)) for each in self.sessions()]
        if tuple(options) != self.which.options():
            self.which.set_options(options)
        self.which.set_value(session.id)
        self._sheet.set_remark(record_title(case, session) if len(options) == 1 else "")
        self.meter.show_quorum(quorum_at(ground_of(self.desk.program, case), session))
        times = {e.delegate: e.signed_at for e in case.attendances if e.session == session.id}
        rows = [
            RowView(
                each.id,
                {
                    "there": each.id in times,
                    "number": str(at),
                    "name": each.name,
                    "department": each.department,
                    "at": f"{when:%H:%M}" if (when := times.get(each.id)) is not None else "",
                },
            )
            for at, each in enumerate(case.delegates, start=1)
        ]
        if tuple(rows) != self.list.rows():
            self.list.show_rows(rows)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self._built and changed & {"sessions", "delegates", "attendances", "congress", "cycle"}:
            self._show()
