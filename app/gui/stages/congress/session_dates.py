"""The dates of a session: by when the agenda is public, by when the decision is, and how long it hangs."""

from __future__ import annotations

from app.domain.congress import Purpose, Session
from app.domain.union import AgreementKind, Form
from app.gui.stages.offer.due_rows import FollowingDates
from app.rules.findings import Deadline


class _SessionDates(FollowingDates):
    """Of the session that is open, else of every session on a draft."""

    COLLECTION = "sessions"
    SHOWN = ""

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection != self.COLLECTION or not record_id or record_id in self._drafts():
            super().record_shown(collection, record_id)

    def _drafts(self) -> set[str]:
        """The sessions on a draft; those called for something else stand on the same step."""
        draft = (None, Purpose.DELIBERATE_DRAFT, Purpose.TERMINATE)
        return {each.id for each in self.desk.case.sessions if each.purpose in draft}

    def _wanted(self) -> list[Deadline]:
        wanted = {self._record_id} if self._record_id else self._drafts()
        return [
            due
            for due in self.desk.checkup.deadlines
            if due.rule == self.SHOWN
            and due.due is not None
            and any(at is not None and at.record_id in wanted for at in (due.where, due.start_at))
        ]

    def _session(self) -> Session | None:
        held = self.desk.case.find("sessions", self._record_id)
        return held if isinstance(held, Session) else None


class NoticeDates(_SessionDates):
    """By when agenda and materials are public."""

    SHOWN = "congress_notice"

    def effect(self) -> str:
        pack, case = self.desk.program.pack_or_national(self.desk.case), self.desk.case
        session = self._session()
        if session is None:
            return ""
        on = session.held_on or self.desk.checkup.on
        kind, form = case.cycle.agreement_kind or AgreementKind.WAGE, case.cycle.form or Form.SINGLE
        term = pack.term("congress_notice", on, kind, form)
        if term is None:
            rule = pack.rule("congress_notice", kind, form)
            return rule.says if rule is not None else ""
        if session.held_on is None:
            return f"写上会议日期，就算出会前 {term.amount} {term.unit.label}公开议程最迟是哪天。"
        return ""


class ResultDates(_SessionDates):
    """By when the decision is public, and until when it hangs."""

    SHOWN = "congress_result_publish"
