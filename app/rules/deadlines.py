"""Every due date of appendix A of law.md that the facts of a case start, each with its why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.domain.calendar import WorkCalendar, days_up
from app.domain.case import Case
from app.domain.congress import Purpose, Session
from app.domain.negotiation import Disclosure
from app.domain.offer import EscalationStep, Proposer, ReportKind
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.deadlines_after_signing import of_agreements
from app.rules.deadlines_of_talks import of_drafts, of_period, of_preparation, union_told
from app.rules.due_row import DueRow, national_day, proven
from app.rules.findings import Deadline, Hardness, Turn, Verdict, Where
from app.rules.ground import Ground
from app.rules.milestones import replied_on
from app.rules.pack import RulePack
from app.rules.rule_texts import Flag
from app.rules.terms import Event, Term

_ORDER = {stage: place for place, stage in enumerate(Stage)}


def deadlines(
    case: Case, pack: RulePack, calendar: WorkCalendar, on: date, *, national: RulePack | None = None
) -> tuple[Deadline, ...]:
    """Return every due date the case's facts start, done or not, in the order of the year.

    Where the start event is only planned or expected, the day is an estimate (``estimated``).
    """
    ground = Ground(case, pack, national or pack.root, calendar, on)
    return all_deadlines(ground)


def all_deadlines(ground: Ground) -> tuple[Deadline, ...]:
    """Return the due dates on a ground already laid."""
    found = [
        each
        for make in (
            _of_sessions,
            _of_representatives,
            _of_offers,
            _of_first_meeting,
            of_period,
            of_preparation,
            of_drafts,
            of_agreements,
        )
        for each in make(ground)
    ]
    return tuple(sorted(found, key=lambda each: (_ORDER[each.stage], each.due or date.max)))


def _of_sessions(ground: Ground) -> Iterator[Deadline]:
    for session in ground.case.sessions:
        if session.held_on is None or session.purpose in (None, Purpose.OTHER):
            continue
        regional = ground.milestones.is_regional_session(session)
        if regional and session.purpose is Purpose.HEAR_FULFILMENT:
            continue  # 鲁厂务 12 is stretched to regional congresses only as a reminder for what they decide
        stage = {
            Purpose.ELECT_REPRESENTATIVES: Stage.REPRESENTATIVES,
            Purpose.HEAR_FULFILMENT: Stage.FULFILMENT,
        }.get(session.purpose, Stage.CONGRESS)
        yield from _notice(ground, session, session.held_on, stage)
        if session.purpose is not Purpose.HEAR_FULFILMENT:
            yield from _result(ground, session, session.held_on, stage)
        yield from union_told(ground, session, session.held_on, stage)


def _notice(ground: Ground, session: Session, held: date, stage: Stage) -> Iterator[Deadline]:
    term = ground.term("congress_notice", held)
    if term is None:
        return
    what, fact, actual = "公开职代会议程和有关事项", "agenda_published_on", session.agenda_published_on
    if ground.flag("congress_notice", Flag.MATERIALS):
        what, fact, actual = "把审议材料送交职工代表", "materials_sent_on", session.materials_sent_on
        if ground.flag("congress_notice", Flag.AGENDA_TOO):
            what = "告知议程并把审议材料送交职工代表"
            agenda = session.agenda_published_on
            actual = max(agenda, actual) if agenda is not None and actual is not None else None
    yield from DueRow(ground, term, held).make(
        what=what,
        event=f"{session.name or '职代会'}{ground.day(held)}",
        where=Where("sessions", session.id, fact),
        start_at=Where("sessions", session.id, "held_on"),
        actual=actual,
        stage=stage,
        planned=held > ground.on,
        notes=(term.note,) if term.hardness is Hardness.SOFT and term.note else (),
    )


def _result(ground: Ground, session: Session, held: date, stage: Stage) -> Iterator[Deadline]:
    term = ground.term("congress_result_publish", held)
    hang = ground.term("congress_result_publish", held, variant="hang")
    if term is None:
        return
    up, down = _past(session.result_published_on, ground), _past(session.result_taken_down_on, ground)
    notes = [term.note] if term.hardness is Hardness.SOFT and term.note else []
    hung_enough = (
        up is not None and down is not None and hang is not None and days_up(up, down) >= hang.amount
    )
    if hung_enough and up is not None and down is not None and hang is not None:
        notes.append(f"挂到{ground.short(down)}，满 {hang.amount} 日")
    yield from DueRow(ground, term, held).make(
        what="公开职代会决议",
        event=f"{session.name or '职代会'}{ground.day(held)}闭会",
        where=Where("sessions", session.id, "result_published_on"),
        start_at=Where("sessions", session.id, "held_on"),
        actual=up,
        stage=stage,
        planned=held > ground.on,
        notes=tuple(notes),
    )
    if up is None or hang is None or hung_enough:
        return
    try:
        last = up + timedelta(days=hang.amount)
    except OverflowError:
        return
    early = (last - down).days if down is not None else 0
    yield Deadline(
        rule=term.rule,
        stage=stage,
        what=f"决议挂满 {hang.amount} 日",
        event=f"决议{ground.day(up)}公开",
        start=up,
        period=f"挂满 {hang.amount} 日",
        due=last,
        due_holiday=last,
        due_weekend=last,
        actual=down,
        late_by=early,
        verdict=Verdict.SHORT
        if down is not None
        else (Verdict.DONE if ground.on >= last else Verdict.RUNNING),
        turn=Turn.UNION,
        why=f"{ground.day(up)}公开，次日起算满 {hang.amount} 日是{ground.day(last)}"
        + (f"，{ground.day(down)}撤下，少 {early} 日" if down is not None else "，这天以前不要撤下"),
        variant="hang",
        hardness=hang.hardness,
        sources=hang.sources,
        where=Where("sessions", session.id, "result_taken_down_on"),
        start_at=Where("sessions", session.id, "result_published_on"),
    )


def _past(day: date | None, ground: Ground) -> date | None:
    return day if day is not None and day <= ground.on else None


def _of_representatives(ground: Ground) -> Iterator[Deadline]:
    case, m = ground.case, ground.milestones
    for election in case.elections:
        start = election.determined_on
        if start is None:
            continue
        term = ground.term("rep_publish_due", start)
        if term is None:
            continue
        actual, notes, sources = election.published_on, [], term.sources
        if m.is_regional and election.side is Side.WORKER:
            sources = (*sources, *ground.sources("reg_worker_rep"))
            shown = [each.representatives_published_on for each in case.covered_enterprises]
            days = [each for each in shown if each is not None]
            actual = actual or max(days, default=None)
            if days and len(days) < len(shown):
                notes.append(f"{len(days)} 家已公示，{len(shown) - len(days)} 家没有公示")
        side = election.side.label if election.side else ""
        yield from DueRow(ground, term, start).make(
            what=f"公布{side}代表名单",
            event=f"{side}代表{ground.day(start)}确定",
            where=Where("elections", election.id, "published_on"),
            start_at=Where("elections", election.id, "determined_on"),
            actual=actual,
            turn=Turn.EMPLOYER if election.side is Side.EMPLOYER else Turn.UNION,
            planned=start > ground.on,
            notes=tuple(notes),
            sources=sources,
        )
    for change in case.replacements:
        term = ground.term("rep_replace", change.vacant_on) if change.vacant_on else None
        if term is not None and change.vacant_on is not None:
            yield from DueRow(ground, term, change.vacant_on).make(
                what="产生新的协商代表",
                event=f"代表{ground.day(change.vacant_on)}空缺",
                where=Where("replacements", change.id, "filled_on"),
                start_at=Where("replacements", change.id, "vacant_on"),
                actual=change.filled_on,
                turn=Turn.EMPLOYER if change.side is Side.EMPLOYER else Turn.UNION,
            )


def _of_offers(ground: Ground) -> Iterator[Deadline]:
    for offer, delivery in ground.milestones.offer_deliveries:
        start = delivery.received_on
        term = ground.term("reply_due", start) if start is not None else None
        if term is None or start is None:
            continue
        reply = ground.milestones.reply_to(offer, delivery)
        to = delivery.to or ("工会" if offer.proposer is Proposer.EMPLOYER else "企业")
        national = national_day(ground, "reply_due", start)
        notes: tuple[str, ...] = ()
        outer = None
        row = DueRow(ground, term, start)
        if national is not None and row.due is not None and national[1].nominal != row.due.nominal:
            outer = national[1].nominal
            notes = (f"全国外限 {national[0].words}是{ground.day(outer)}",)
        yield from row.make(
            what=f"{to}书面答复",
            event=f"{to}{ground.day(start)}收到{ground.pack.wording.offer}"
            + proven(ground, "deliveries", delivery.id),
            where=Where("replies", reply.id, "replied_on") if reply else Where("replies"),
            start_at=Where("deliveries", delivery.id, "received_on"),
            actual=replied_on(reply) if reply else None,
            turn=Turn.UNION if offer.proposer is Proposer.EMPLOYER else Turn.EMPLOYER,
            planned=start > ground.on,
            notes=notes,
            outer=outer,
        )
    yield from _letters(ground)
    for step in ground.case.escalations:
        if step.step is EscalationStep.ASK_MEDIATION and step.sent_on is not None:
            term = ground.term("mediation_due", step.sent_on)
            longer = ground.term("mediation_due", step.sent_on, variant="extension")
            if term is not None:
                yield from DueRow(ground, term, step.sent_on).make(
                    what="人社部门处理协商争议",
                    event=f"{ground.day(step.sent_on)}申请，受理日另记",
                    where=Where("escalations", step.id, "outcome_on"),
                    start_at=Where("escalations", step.id, "sent_on"),
                    actual=step.outcome_on,
                    turn=Turn.AUTHORITY,
                    planned=True,
                    notes=(f"可以延长，{longer.spoken}",) if longer is not None else (),
                )


def _letters(ground: Ground) -> Iterator[Deadline]:
    """The written answer to a 意见书 (浙监督 22); the employer's move, told and never graded."""
    for step in ground.case.escalations:
        if step.step is not EscalationStep.UPPER_LETTER_1 or step.sent_on is None:
            continue
        term = ground.term("union_letter1", step.sent_on)
        if term is not None and term.counts_from is Event.LETTER_RECEIVED:
            yield from DueRow(ground, term, step.sent_on).make(
                what=f"{step.to or '单位'}书面答复监督意见书",
                event=f"{ground.day(step.sent_on)}送达意见书",
                where=Where("escalations", step.id, "outcome_on"),
                start_at=Where("escalations", step.id, "sent_on"),
                actual=step.outcome_on,
                turn=Turn.EMPLOYER,
                planned=step.sent_on > ground.on,
            )


def _of_first_meeting(ground: Ground) -> Iterator[Deadline]:
    first = ground.milestones.first_meeting
    if first is None:
        return
    event = f"{'首次会议定在' if first.planned else '首次会议'}{ground.day(first.day)}"
    term = ground.term("disclose_due", first.day)
    if term is not None:
        yield from _disclosures(ground, term, event)
    term = ground.term("report_upper_before", first.day)
    if term is not None:
        reports = [
            each
            for each in ground.case.union_reports
            if each.kind is ReportKind.BEFORE_BARGAINING and each.reported_on is not None
        ]
        report = min(reports, key=lambda each: each.reported_on or date.max, default=None)
        yield from DueRow(ground, term, first.day).make(
            what="向上一级工会报告拟开展协商",
            event=event,
            where=Where("union_reports", report.id, "reported_on") if report else Where("union_reports"),
            start_at=first.where,
            actual=report.reported_on if report else None,
            planned=first.planned,
        )


def _disclosures(ground: Ground, term: Term, event: str) -> Iterator[Deadline]:
    first = ground.milestones.first_meeting
    if first is None:
        return
    given = [each for each in ground.case.disclosures if each.provided_on is not None]
    given.sort(key=lambda each: each.provided_on or date.max)
    workers = [each for each in given if each.side is Side.WORKER]
    employers = [each for each in given if each.side is not Side.WORKER]
    firsts = {each.provider: each for each in reversed(employers)}
    notes: tuple[str, ...] = ()
    if workers and workers[0].provided_on is not None:
        notes = (f"职工方资料{ground.short(workers[0].provided_on)}提供",)
    shown: list[Disclosure | None] = [*firsts.values()] or [None]
    for disclosure in shown:
        yield from DueRow(ground, term, first.day).make(
            what="企业方提供协商资料" if given else "双方互相提供协商资料",
            event=event,
            where=Where("disclosures", disclosure.id, "provided_on") if disclosure else Where("disclosures"),
            start_at=first.where,
            actual=disclosure.provided_on if disclosure else None,
            turn=Turn.EMPLOYER if given else Turn.BOTH,
            planned=first.planned,
            notes=notes,
        )
    if not given:
        return
    row = DueRow(ground, term, first.day)
    missing = not workers and ground.flag("disclose_due", Flag.BOTH_SIDES)
    given_on = workers[0].provided_on if workers else None
    late = given_on is not None and row.due is not None and given_on > row.due.nominal
    if missing or late:
        yield from row.make(
            what="职工方提供协商资料",
            event=event,
            where=Where("disclosures", workers[0].id, "provided_on") if workers else Where("disclosures"),
            start_at=first.where,
            actual=given_on,
            turn=Turn.UNION,
            planned=first.planned,
        )
