"""The dates that follow from what is written above: by when, why, and by which article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.offer import Reply
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.home_words import due_view, why_words
from app.gui.stages.stage_view import StageView
from app.gui.widgets.due_row import DueRow, DueView
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text
from app.rules.findings import Deadline, State, Verdict, cite_known
from app.rules.offer_course import reply_effect

_MET = (Verdict.DONE, Verdict.DONE_BETWEEN)
MOST = 4
"""Due dates of one record; more belong to other records, which are a row away."""


class FollowingDates(StageView):
    """Due dates counted from the record that is open above.

    ``COLLECTION``: whose records; ``RULES``: the due dates that belong there although they start elsewhere.
    """

    COLLECTION = ""
    RULES: tuple[str, ...] = ()
    EMPTY = ""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._record_id = ""
        self._views: tuple[DueView, ...] = ()
        self._dues: dict[str, Deadline] = {}
        self.column.setSpacing(4)
        self.column.addWidget(Hairline())
        self.line = Text("", wrap=True)
        self.line.hide()
        self.column.addWidget(self.line)
        self.rows = RowStack()
        self.column.addWidget(self.rows)
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        self._show()

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection == self.COLLECTION and record_id != self._record_id:
            self._record_id = record_id
            self._show()

    def due_rows(self) -> tuple[DueRow, ...]:
        """What is listed."""
        return tuple(row for row in self.rows.rows() if isinstance(row, DueRow))

    def effect(self) -> str:
        """What the record brings about, in one sentence; for subclasses."""
        return ""

    def _wanted(self) -> list[Deadline]:
        found = []
        for due in self.desk.checkup.deadlines:
            if due.due is None:
                continue
            here = [due.where, *([due.start_at] if due.start_at is not None else [])]
            own = any((at.collection, at.record_id) == (self.COLLECTION, self._record_id) for at in here)
            if (own and self._record_id) or due.rule in self.RULES:
                found.append(due)
        return found[:MOST]

    def _show(self) -> None:
        self._dues = {f"{due.rule}/{at}": due for at, due in enumerate(self._wanted())}
        on = self.desk.checkup.on
        views = tuple(_view(due, key, on) for key, due in self._dues.items())
        effect = self.effect() or ("" if views else self.EMPTY)
        self.line.set_words(effect)
        self.line.setVisible(bool(effect))
        self.setVisible(bool(views or effect))
        if views == self._views:
            return
        self._views = views
        made = [DueRow(view) for view in views]
        for row in made:
            row.chosen.connect(self._on_chosen)
            row.why_requested.connect(self._on_why)
            row.article_requested.connect(self._on_why)
        self.rows.show_rows(made)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        due = self._dues.get(key)
        if due is not None:
            self.door_opened.emit(due.where)

    @Slot(str)
    def _on_why(self, key: str) -> None:
        """F4, or the article: the whole why below the row; a second time closes it."""
        due = self._dues.get(key)
        row = next((row for row in self.due_rows() if row.due.id == key), None)
        if due is None or row is None:
            return
        pack = self.desk.program.pack_or_national(self.desk.case)
        text = pack.rule(due.rule)
        row.show_why("" if row.why.words() else why_words(due, text.says if text is not None else ""))

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if self.COLLECTION in changed:
            self._show()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        self._show()


def _view(due: Deadline, key: str, on: date) -> DueView:
    view = due_view(due, key, on)
    if len(due.sources) > 1:  # a form is narrower than 首页; F4 tells all of them
        view = replace(view, article=f"{cite_known(due.sources[:1])}等")
    if due.verdict in _MET:
        return replace(view, tone="done", remark=due.verdict.label)
    if due.state is State.OPEN and due.verdict in (Verdict.LATE, Verdict.SHORT):
        return replace(view, tone="overdue", remark=due.verdict.label)
    return view


class DeliveryDates(FollowingDates):
    """By when the answer to what was delivered is due."""

    COLLECTION = "deliveries"
    EMPTY = "写上收到日期，就算出答复最迟哪天。"


class ReplyDates(FollowingDates):
    """What the reply brings about, and the dates that follow."""

    COLLECTION = "replies"
    RULES = ("disclose_due", "report_upper_before", "period")

    def effect(self) -> str:
        reply = self.desk.case.find("replies", self._record_id)
        if not isinstance(reply, Reply):
            return ""
        return reply_effect(self.desk.case, self.desk.program.pack_or_national(self.desk.case), reply)

    def _wanted(self) -> list[Deadline]:
        if self._record_id:
            return super()._wanted()
        waiting = (due for due in self.desk.checkup.deadlines if due.rule == "reply_due" and due.due)
        return [due for due in waiting if due.actual is None][:MOST]
