"""Due dates of the talks themselves: the whole period, the draft before the congress, the upper union told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.calendar import DueDate
from app.domain.congress import Session
from app.domain.offer import ReportKind
from app.domain.pauses import Stop
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.counting import count_out, judge
from app.rules.due_row import DueRow, proven
from app.rules.findings import Deadline, Turn, Verdict, Where
from app.rules.ground import Ground
from app.rules.milestones import AgreementPath, replied_on
from app.rules.rule_texts import Flag
from app.rules.terms import Event, Term


@dataclass(frozen=True, slots=True)
class _Start:
    """The event a period is counted from; ``planned`` while it has not happened."""

    day: date
    event: str
    where: Where
    planned: bool = False
    notes: tuple[str, ...] = ()


def of_period(ground: Ground) -> Iterator[Deadline]:
    """Yield the whole period; start event and end differ by region (law.md C11)."""
    term = ground.term("period")
    start = _start(ground, term) if term is not None else None
    term = ground.term("period", start.day) if start is not None else None
    if start is None or term is None:
        return
    if_kept = None
    notes = list(start.notes)
    if ground.flag("suspend", Flag.ONLY_FORCE_MAJEURE):
        row = DueRow(ground, term, start.day, stops=() if start.planned else _stops(ground, forced=True))
        if row.due is not None and row.due.stopped:
            notes.append(f"不可抗力中止 {row.due.stopped} 日不计入")
    else:
        row = DueRow(ground, term, start.day)
        if_kept = None if start.planned else count_out(term, start.day, ground.calendar, stops=_stops(ground))
    until_agreed = ground.flag("period", Flag.UNTIL_AGREED)
    what, where, actual = _agreed(ground) if until_agreed else _signed(ground)
    verdict = None
    if row.due is not None and if_kept is not None and if_kept.stopped:
        notes.append(
            f"中止的日子扣不扣，条文没有写，这里不扣；扣掉中止的 {if_kept.stopped} 日就是{ground.day(if_kept.nominal)}"
        )
        verdict = _lenient(row.due, if_kept, actual, ground.on)
    for made in row.make(
        what=what,
        event=start.event,
        where=where,
        start_at=start.where,
        actual=actual if not start.planned else None,
        turn=Turn.BOTH,
        planned=start.planned,
        notes=tuple(notes),
        verdict=verdict,
    ):
        yield made
        yield from _after_period(ground, made)


def _start(ground: Ground, term: Term) -> _Start | None:
    m = ground.milestones
    if term.counts_from is Event.FIRST_MEETING:
        first = m.first_meeting
        if first is None:
            return None
        event = f"{'首次会议定在' if first.planned else '首次会议'}{ground.day(first.day)}"
        return _Start(first.day, event, first.where, first.planned)
    offer = ground.pack.wording.offer
    if term.counts_from is Event.OFFER_ISSUED:
        issued = [(each.issued_on, each.id) for each in ground.case.offers if each.issued_on is not None]
        if not issued:
            return None
        day, record = min(issued)
        return _Start(
            day, f"{ground.day(day)}发出{offer}", Where("offers", record, "issued_on"), day > ground.on
        )
    if term.counts_from is Event.OFFER_RECEIVED:
        got = [(each.received_on, each.id) for _, each in m.offer_deliveries if each.received_on is not None]
        if not got:
            return None
        day, record = min(got)
        where = Where("deliveries", record, "received_on")
        return _Start(day, f"{ground.day(day)}收到{offer}", where, day > ground.on)
    return _from_reply(ground)


def _from_reply(ground: Ground) -> _Start | None:
    """From the agreeing reply, the earliest of several; while there is none, from the day it is due."""
    reply = ground.milestones.agreed_reply
    start = replied_on(reply) if reply else None
    if reply is not None and start is not None:
        others = [each for each in ground.case.replies if each is not reply and replied_on(each)]
        notes = ("有几份答复，按最早的同意算",) if others else ()
        event = f"{ground.day(start)}答复同意{proven(ground, 'replies', reply.id)}"
        return _Start(start, event, Where("replies", reply.id, "replied_on"), notes=notes)
    for _, delivery in ground.milestones.offer_deliveries:
        received = delivery.received_on
        due = ground.term("reply_due", received) if received is not None else None
        if received is None or due is None:
            continue
        expected = DueRow(ground, due, received).due
        if expected is None:
            continue
        day = expected.weekend_reading
        event = f"自答复同意起算，答复日还没有，先按{ground.short(day)}估"
        return _Start(day, event, Where("replies"), planned=True)
    return None


def _signed(ground: Ground) -> tuple[str, Where, date | None]:
    m = ground.milestones
    signing = m.paths[0].signing
    ends = [m.last_seal(path) for path in m.paths if path.signing is not None]
    known = [each for each in ends if each is not None]
    where = Where("signings", signing.id if signing else "", "signed_on") if signing else Where("signings")
    return "双方首席在合同上签字盖章", where, max(known) if known and len(known) == len(ends) else None


def _agreed(ground: Ground) -> tuple[str, Where, date | None]:
    """The day both sides came to terms, before draft, congress and signature."""
    agreements = ground.case.agreements
    days = [each.agreed_on or each.draft_signed_on for each in agreements]
    known = [day for day in days if day is not None]
    where = Where("agreements", agreements[0].id, "agreed_on") if agreements else Where("agreements")
    return "双方谈成", where, max(known) if known and len(known) == len(days) else None


def _after_period(ground: Ground, period: Deadline) -> Iterator[Deadline]:
    """Where the region gives so many days after the period to ask the authority for help (豫工资 37)."""
    over = period.due_weekend
    if over is None or period.verdict is not Verdict.OVERDUE:
        return
    term = ground.term("mediation_apply", over)
    if term is None or term.counts_from is not Event.PERIOD_OVER:
        return
    yield from DueRow(ground, term, over).make(
        what="书面申请人社部门协调处理",
        event=f"协商期限{ground.day(over)}届满，还没有谈成",
        where=Where("escalations"),
        start_at=period.where,
        turn=Turn.BOTH,
        notes=(term.note,) if term.note else (),
    )


def _stops(ground: Ground, *, forced: bool = False) -> list[Stop]:
    """Return the suspensions, or those by force majeure; one that is still open reaches to today."""
    return [
        (each.from_day, each.until_day or ground.on)
        for each in ground.case.suspensions
        if each.from_day is not None and (each.force_majeure or not forced)
    ]


def _lenient(due: DueDate, if_kept: DueDate, actual: date | None, on: date) -> Verdict:
    """Where the text leaves open whether a suspension counts, late is only what is late both ways."""
    done = actual if actual is not None and actual <= on else None
    verdict = judge(due, done, on)
    if verdict is Verdict.LATE and judge(if_kept, done, on) is not Verdict.LATE:
        return Verdict.DONE_BETWEEN
    if verdict is Verdict.OVERDUE and judge(if_kept, done, on) is not Verdict.OVERDUE:
        return Verdict.RUNNING
    return verdict


def of_preparation(ground: Ground) -> Iterator[Deadline]:
    """Yield the days to choose the representatives after both agreed to bargain (沪集 17)."""
    reply = ground.milestones.agreed_reply
    start = replied_on(reply) if reply else None
    term = ground.term("prep_tasks", start) if start is not None else None
    if reply is None or start is None or term is None or term.counts_from is not Event.REPLY_AGREED:
        return
    days = [ground.milestones.determined(side) for side in Side]
    known = [day for day in days if day is not None]
    election = next(iter(ground.case.elections), None)
    yield from DueRow(ground, term, start).make(
        what="产生协商代表并书面告知对方",
        event=f"{ground.day(start)}答复同意{proven(ground, 'replies', reply.id)}",
        where=Where("elections", election.id, "determined_on") if election else Where("elections"),
        start_at=Where("replies", reply.id, "replied_on"),
        actual=max(known) if len(known) == len(days) else None,
        turn=Turn.BOTH,
        stage=Stage.REPRESENTATIVES,
    )


def of_drafts(ground: Ground) -> Iterator[Deadline]:
    """Yield the days within which a draft goes before the congress, and goes there again (浙集 24)."""
    for path in ground.milestones.paths:
        yield from _before_session(ground, path)
        agreed = path.agreement.agreed_on if path.agreement else None
        failed = [each for each in path.sessions if _is_before(each.held_on, agreed)]
        if path.agreement is not None and agreed is not None and failed:
            yield from _again(ground, path, agreed)
            continue
        term = ground.term("congress_submit_due", agreed) if agreed is not None else None
        if path.agreement is None or agreed is None or term is None or term.counts_from is not Event.AGREED:
            continue
        session = next((each for each in path.sessions if each.held_on is not None), None)
        yield from _to_session(
            ground, path, term, agreed, session, "草案提交职代会或全体职工讨论", "达成一致"
        )


def _before_session(ground: Ground, path: AgreementPath) -> Iterator[Deadline]:
    """Yield the days before the session by which the draft has to be handed in (豫工会 16)."""
    session = next((each for each in path.sessions if each.held_on is not None), None)
    held = session.held_on if session is not None else None
    term = ground.term("congress_submit_due", held) if held is not None else None
    if session is None or held is None or term is None or term.counts_from is not Event.SESSION:
        return
    if session.draft_submitted_on is None and held <= ground.on:
        return  # it went there on some day nobody wrote down, which is not asked for
    yield from DueRow(ground, term, held).make(
        what="草案书面提交工会委员会",
        event=f"{session.name or '职代会'}{ground.day(held)}",
        where=Where("sessions", session.id, "draft_submitted_on"),
        start_at=Where("sessions", session.id, "held_on"),
        actual=session.draft_submitted_on,
        planned=held > ground.on,
        notes=(term.note,) if term.note else (),
    )


def _is_before(held: date | None, agreed: date | None) -> bool:
    return held is not None and agreed is not None and held < agreed


def _again(ground: Ground, path: AgreementPath, agreed: date) -> Iterator[Deadline]:
    """Yield the days to vote again on what was agreed after a session that did not pass the draft."""
    term = ground.term("congress_revote", agreed)
    if term is None or term.counts_from is not Event.AGREED_AGAIN:
        return
    session = next((each for each in path.sessions if each.held_on and each.held_on >= agreed), None)
    yield from _to_session(ground, path, term, agreed, session, "改好的草案再交讨论和表决", "重新达成一致")


def _to_session(
    ground: Ground,
    path: AgreementPath,
    term: Term,
    agreed: date,
    session: Session | None,
    what: str,
    happened: str,
) -> Iterator[Deadline]:
    """Yield the days from an agreement to handing in the draft; while that day is not written, the session counts."""
    submitted = session.draft_submitted_on if session else None
    fact = "held_on" if submitted is None else "draft_submitted_on"
    yield from DueRow(ground, term, agreed).make(
        what=what,
        event=f"{ground.day(agreed)}{happened}",
        where=Where("sessions", session.id, fact) if session else Where("sessions"),
        start_at=Where("agreements", path.id, "agreed_on"),
        actual=(submitted or session.held_on) if session else None,
        turn=Turn.BOTH,
        planned=agreed > ground.on,
        notes=("提交的日子没有登记，按开会的日子看",) if session and submitted is None else (),
    )


def union_told(ground: Ground, session: Session, held: date, stage: Stage) -> Iterator[Deadline]:
    """Yield the days to report a session to the upper union (沪职代 37)."""
    term = ground.term("congress_report_union", held)
    if term is None:
        return
    reports = [
        each
        for each in ground.case.union_reports
        if each.kind is ReportKind.CONGRESS and each.reported_on is not None and each.reported_on >= held
    ]
    report = min(reports, key=lambda each: each.reported_on or date.max, default=None)
    yield from DueRow(ground, term, held).make(
        what="把职代会情况报上一级工会",
        event=f"{session.name or '职代会'}{ground.day(held)}闭会",
        where=Where("union_reports", report.id, "reported_on") if report else Where("union_reports"),
        start_at=Where("sessions", session.id, "held_on"),
        actual=report.reported_on if report else None,
        stage=stage,
        planned=held > ground.on,
    )
