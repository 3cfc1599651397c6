"""Due dates from the signature on: filing, effect, publication, upper union, reports, renewal, end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.agreement import Agreement
from app.domain.calendar import DueDate, add_months
from app.domain.filing import PublishedWhat
from app.domain.offer import ReportKind
from app.domain.stages import Stage
from app.rules.counting import count_out
from app.rules.due_row import DueRow, national_day, proven
from app.rules.findings import Deadline, Turn, Verdict, Where
from app.rules.ground import Ground
from app.rules.milestones import AgreementPath
from app.rules.rule_texts import Flag
from app.rules.terms import Event, Term
from app.rules.wording import Publisher


def of_agreements(ground: Ground) -> Iterator[Deadline]:
    """Yield the due dates of every agreement that was signed, filed or ended."""
    for path in ground.milestones.paths:
        yield from _filing(ground, path)
        yield from _after_receipt(ground, path)
        yield from _union_file_from_signing(ground, path)
        yield from _report(ground, path)
        yield from _renewal(ground, path)
    for change in ground.case.amendments:
        ended = "解除" in change.kind_text or (
            "终止" in change.kind_text and ground.flag("terminate_file_due", Flag.ENDING_TOO)
        )
        if ended and change.decided_on is not None:
            term = ground.term("terminate_file_due", change.decided_on)
            if term is not None:
                yield from DueRow(ground, term, change.decided_on).make(
                    what="解除报人社备案" if "解除" in change.kind_text else "终止报人社备案",
                    event=f"合同{ground.day(change.decided_on)}{change.kind_text}",
                    where=Where("amendments", change.id, "filed_on"),
                    start_at=Where("amendments", change.id, "decided_on"),
                    actual=change.filed_on,
                    turn=Turn.EMPLOYER,
                )


def _filing(ground: Ground, path: AgreementPath) -> Iterator[Deadline]:
    signing, filing = path.signing, path.first_filing
    if signing is None or signing.signed_on is None:
        return
    start, filed = signing.signed_on, filing.filed_on if filing else None
    where = Where("filings", filing.id, "filed_on") if filing else Where("filings")
    start_at = Where("signings", signing.id, "signed_on")
    term, early = ground.term("file_due", start), ground.term("file_due", start, variant="reminder")
    event = f"{ground.day(start)}双方首席签字{proven(ground, 'signings', signing.id)}"
    told = signing.told_employer_on
    noticed = ground.term("file_due", told, variant="notice") if told is not None else None
    if told is not None and noticed is not None:
        # Counted from the written notice that the draft was passed (沪集 23), not from the signature.
        reminder = (
            _earlier(count_out(early, start, ground.calendar), noticed, told, ground) if early else None
        )
        yield from DueRow(ground, noticed, told).make(
            what="报送人社审查",
            event=f"企业{ground.day(told)}收到书面告知",
            where=where,
            start_at=Where("signings", signing.id, "told_employer_on"),
            actual=filed,
            turn=Turn.EMPLOYER,
            notes=(f"全国 {early.words}的建议日是{ground.day(reminder)}",) if early and reminder else (),
            reminder=reminder,
        )
        return
    beside = term is None or early is None or early.region == term.region
    own_reminder = early is not None and beside
    notes, reminder = [], None
    if term is not None:
        sealed = ground.milestones.last_seal(path)
        later = count_out(term, sealed, ground.calendar) if sealed is not None and sealed != start else None
        if later is not None and sealed is not None:
            notes.append(f"从最后盖章{ground.short(sealed)}起算是{ground.day(later.nominal)}，取早的")
    if early is not None and not own_reminder:
        reminder = _earlier(count_out(early, start, ground.calendar), term, start, ground)
        if reminder is not None:
            notes.append(f"全国 {early.words}的建议日是{ground.day(reminder)}")
    if early is not None and own_reminder:
        yield from DueRow(ground, early, start).make(
            what="报送人社审查（提醒）",
            event=event,
            where=where,
            start_at=start_at,
            actual=filed,
            turn=Turn.EMPLOYER,
            notes=(early.note,) if early.note else (),
        )
    if term is not None:
        yield from DueRow(ground, term, start).make(
            what="报送人社审查",
            event=event,
            where=where,
            start_at=start_at,
            actual=filed,
            turn=Turn.EMPLOYER,
            notes=tuple(notes),
            reminder=reminder,
        )


def _earlier(day: DueDate | None, term: Term | None, start: date, ground: Ground) -> date | None:
    """Return a day that is advised besides; one that is not before the region's own line is no advice."""
    line = count_out(term, start, ground.calendar) if term is not None else None
    if day is None or (line is not None and day.nominal >= line.nominal):
        return None
    return day.nominal


def _after_receipt(ground: Ground, path: AgreementPath) -> Iterator[Deadline]:
    filing = path.filing
    received = filing.received_on if filing else None
    term = ground.term("effective", received)
    if term is None:
        return
    effect = ground.milestones.effect(path, term.amount)
    review = path.review
    if filing is not None and received is not None and not effect.objection:
        words, actual = "", None
        sources = term.sources
        if effect.by_opinion:
            actual, sources = effect.on, ground.sources("effective")
            words = f"无异议的意见书{ground.day(effect.on)}先送达，生效日就是这一天" if effect.on else ""
        elif effect.on is not None:
            words = f"{term.amount} 日内没有提出异议，{ground.day(effect.on)}生效"
        over = effect.on is not None and effect.on <= ground.on
        notes = [words] if words and over else []
        notes += _from_handing_in(ground, term, filing.filed_on, received)
        yield from DueRow(ground, term, received).make(
            what="合同生效",
            event=f"人社{ground.day(received)}收到{proven(ground, 'filings', filing.id)}",
            where=Where("reviews", review.id, "reached_workers_on") if review else Where("reviews"),
            start_at=Where("filings", filing.id, "received_on"),
            actual=actual,
            turn=Turn.AUTHORITY,
            notes=tuple(notes),
            sources=sources,
            verdict=Verdict.DONE if over else Verdict.RUNNING,
        )
    if effect.on is not None:
        yield from _publication(ground, path, effect.on)


def _from_handing_in(ground: Ground, term: Term, filed: date | None, received: date) -> list[str]:
    """The other reading of the start: the wage measure counts from handing in, the laws from receipt (C9)."""
    articles = [each for each in ground.sources("effective") if each.law == "试行办法"]
    day = count_out(term, filed, ground.calendar) if filed is not None and filed != received else None
    if day is None or not articles:
        return []
    return [
        f"{articles[0].text}写的是报送满 {term.amount} 日，从报送日起算是{ground.day(day.nominal)}；按法律从收到算"
    ]


def _publication(ground: Ground, path: AgreementPath, start: date) -> Iterator[Deadline]:
    planned = start > ground.on
    at = path.review or path.filing
    start_at = Where("reviews" if at is path.review else "filings", at.id if at else "")
    event = f"{'预计' if planned else ''}{ground.day(start)}生效"
    term = ground.term("publish_due", start)
    shown = min(path.publications, key=lambda each: each.published_on or date.max, default=None)
    if term is not None:
        national = national_day(ground, "publish_due", start)
        reminder = _earlier(national[1], term, start, ground) if national else None
        notes: tuple[str, ...] = ()
        if national is not None and reminder is not None:
            notes = (f"全国 {national[0].words}的提醒日是{ground.day(reminder)}",)
        by_employer = ground.pack.wording.publisher is Publisher.EMPLOYER
        yield from DueRow(ground, term, start).make(
            what="用人单位向全体职工公布合同文本" if by_employer else "双方各向本方全体公布合同文本",
            event=event,
            where=Where("publications", shown.id, "published_on") if shown else Where("publications"),
            start_at=start_at,
            actual=shown.published_on if shown else None,
            turn=Turn.EMPLOYER if by_employer else Turn.BOTH,
            planned=planned,
            notes=notes,
            reminder=reminder,
        )
    term = ground.term("upper_union_file", start)
    if term is not None and term.counts_from is Event.EFFECTIVE:
        yield from _union_file(ground, term, start, event, start_at, planned=planned)


def _union_file_from_signing(ground: Ground, path: AgreementPath) -> Iterator[Deadline]:
    """Where the days to tell the upper union run from the signature (豫集 16)."""
    signing = path.signing
    if signing is None or signing.signed_on is None:
        return
    term = ground.term("upper_union_file", signing.signed_on)
    if term is not None and term.counts_from in (Event.SIGNED, Event.CHIEFS_SIGNED):
        event = f"{ground.day(signing.signed_on)}双方首席签字"
        where = Where("signings", signing.id, "signed_on")
        yield from _union_file(ground, term, signing.signed_on, event, where, planned=False)


def _union_file(
    ground: Ground, term: Term, start: date, event: str, start_at: Where, *, planned: bool
) -> Iterator[Deadline]:
    reports = [
        each
        for each in ground.case.union_reports
        if each.kind is ReportKind.AGREEMENT_FILED and each.reported_on is not None
    ]
    report = min(reports, key=lambda each: each.reported_on or date.max, default=None)
    yield from DueRow(ground, term, start).make(
        what="合同报上一级工会备案",
        event=event,
        where=Where("union_reports", report.id, "reported_on") if report else Where("union_reports"),
        start_at=start_at,
        actual=report.reported_on if report else None,
        stage=Stage.FILING,
        planned=planned,
        notes=(term.note,) if term.note else (),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """How often something is told: months of one stretch, when it was done, and the words for it."""

    months: int
    done: tuple[date, ...]
    what: str
    stretch: str
    said: str
    turn: Turn
    where: Where


def _report(ground: Ground, path: AgreementPath) -> Iterator[Deadline]:
    """Yield one due date per contract year that has begun, and per half year where wages are told so often."""
    agreement = path.agreement
    if agreement is None or path.signing is None or agreement.term_from is None:
        return
    term = ground.term("report_freq", agreement.term_from)
    if term is not None:
        done = (each.reported_on for each in ground.case.fulfilment_reports)
        by_chiefs = ground.flag("report_freq", Flag.CHIEFS_REPORT)
        told = _Told(
            12,
            tuple(sorted(day for day in done if day is not None)),
            "双方首席代表报告履行情况" if by_chiefs else "企业方向职代会报告履行情况",
            "合同年",
            "这一年里至少报告",
            Turn.BOTH if by_chiefs else Turn.EMPLOYER,
            Where("fulfilment_reports"),
        )
        yield from _stretches(ground, path, agreement, term, told)
    half = ground.term("report_freq", agreement.term_from, variant="wage_half_year")
    if half is not None:
        shown = (
            each.published_on
            for each in ground.case.publications
            if each.what is PublishedWhat.WAGE_HALF_YEAR
        )
        told = _Told(
            6,
            tuple(sorted(day for day in shown if day is not None)),
            "公布半年的工资履行情况",
            "半年",
            "这半年里至少公布",
            Turn.EMPLOYER,
            Where("publications"),
        )
        yield from _stretches(ground, path, agreement, half, told)


def _stretches(
    ground: Ground, path: AgreementPath, agreement: Agreement, term: Term, told: _Told
) -> Iterator[Deadline]:
    """Yield one due date per stretch of an agreement that has begun (the first one is always shown)."""
    begin = agreement.term_from
    if begin is None or path.signing is None:
        return
    times = max(1, term.amount * told.months // 12)
    since = begin
    for place in range(10 * 12 // told.months):
        try:
            until = add_months(begin, told.months * (place + 1)) - timedelta(days=1)
        except OverflowError:
            return
        if agreement.term_until is not None:
            until = min(until, agreement.term_until)
        if until < since or (place and since > ground.on):
            return
        after = path.signing.signed_on if place == 0 else since
        actual = next((day for day in told.done if (after or since) <= day <= until), None)
        verdict = Verdict.DONE
        if actual is None:
            verdict = Verdict.OVERDUE if ground.on > until else Verdict.RUNNING
        yield Deadline(
            rule="report_freq",
            stage=Stage.FULFILMENT,
            what=told.what,
            event=f"{told.stretch}{ground.short(since)}至{ground.short(until)}",
            start=since,
            period=f"每年不少于 {term.amount} 次",
            due=until,
            due_holiday=until,
            due_weekend=until,
            actual=actual,
            late_by=max(0, (ground.on - until).days) if verdict is Verdict.OVERDUE else 0,
            verdict=verdict,
            turn=told.turn,
            why=f"{told.stretch}{ground.day(since)}至{ground.day(until)}，{told.said} {times} 次",
            variant=term.variant,
            hardness=term.hardness,
            sources=term.sources,
            where=told.where,
            start_at=Where("agreements", agreement.id, "term_from"),
        )
        since = until + timedelta(days=1) if until < date.max else until


def _renewal(ground: Ground, path: AgreementPath) -> Iterator[Deadline]:
    agreement = path.agreement
    if agreement is None or path.signing is None or agreement.term_until is None:
        return
    term = ground.term("renewal_window", agreement.term_until)
    opens = count_out(term, agreement.term_until, ground.calendar) if term is not None else None
    if term is None or opens is None:
        return
    changes = ground.case.amendments
    renewed = [each.decided_on for each in changes if "续" in each.kind_text and each.decided_on]
    at = Where("agreements", agreement.id, "term_until")
    yield Deadline(
        rule="renewal_window",
        stage=Stage.FULFILMENT,
        what="可以书面提出续订",
        event=f"合同{ground.day(agreement.term_until)}期满",
        start=agreement.term_until,
        period=f"期满 {term.spoken}",
        due=opens.nominal,
        due_holiday=opens.nominal,
        due_weekend=opens.nominal,
        actual=min(renewed, default=None),
        verdict=Verdict.WINDOW,
        turn=Turn.BOTH,
        why=f"合同{ground.day(agreement.term_until)}期满，倒数 {term.amount} {term.unit.label}是"
        f"{ground.day(opens.nominal)}，这一天起到期满都可以提",
        hardness=term.hardness,
        sources=term.sources,
        where=at,
        start_at=at,
    )
