"""What a stage that is declared over must have brought; what is not written there is asked for now.

While a stage is being worked on nobody is asked for what is still to come. Once it is closed, what it had to bring
is there or wants a word: 请说明, because what is not written may have happened all the same. Each row rests on a rule
of the region; where the region is silent, nothing is asked. A rule that speaks already is not asked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.domain.congress import Purpose, Session
from app.domain.offer import ReportKind
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.checks.progress import is_closed
from app.rules.findings import Deadline, Finding, Grade, Verdict, Where
from app.rules.ground import Ground
from app.rules.happened import happened
from app.rules.milestones import AgreementPath
from app.rules.rule_texts import Flag
from app.rules.so_far import surveyed
from app.rules.stage_of_record import stage_of_record

Asked = Iterator[tuple[Where, str]]
"""The place to fill in, and what is not written there."""


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One thing a closed stage must have brought, and the rule that wants it."""

    stage: Stage
    rule: str
    ask: Callable[[Ground], Asked]


_BALLOTS = ("printed", "issued", "unused", "returned", "valid", "invalid")
_VOTES = ("in_favour", "against", "abstained")


def asked_at_closing(ground: Ground, said: list[Finding]) -> Iterator[Finding]:
    """Yield what closed stages lack; ``said`` is what the checks found already, and is not asked again."""
    if not ground.case.stage_closings:
        return
    spoken = {(each.rule, place) for each in said if each.grade is not Grade.NOTE for place in _places(each)}
    for row in AT_CLOSING:
        if not is_closed(ground, row.stage) or ground.silent(row.rule):
            continue
        if ground.flag(row.rule, Flag.TEXT_ONLY):
            continue
        for where, lacking in row.ask(ground):
            if (row.rule, where) in spoken:
                continue
            made = ground.finding(
                row.rule,
                Grade.EXPLAIN,
                where,
                f"结束本阶段时，{lacking}",
                more="-".join(part for part in ("closing", where.fact) if part),
            )
            yield replace(made, stage=row.stage)


def _places(finding: Finding) -> tuple[Where, ...]:
    return (finding.where, *finding.related)


def _survey(ground: Ground) -> Asked:
    case = ground.case
    if not (surveyed(case) or case.surveys or case.hearings):
        yield Where("surveys"), "没有听取职工意见的记录"


def _employers_chosen(ground: Ground) -> Asked:
    election = ground.milestones.election(Side.EMPLOYER)
    if ground.milestones.determined(Side.EMPLOYER) is None:
        where = Where("elections", election.id if election else "", "determined_on" if election else "")
        yield where, "没有登记企业方代表是哪天、怎样确定的"


def _single(ask: Callable[[Ground], Asked], *, regional: bool = False) -> Callable[[Ground], Asked]:
    """The same question, asked of one enterprise, or of areas and industries, only."""
    return lambda ground: ask(ground) if ground.milestones.is_regional is regional else iter(())


def _lists_published(ground: Ground) -> Asked:
    for each in ground.case.elections:
        if each.side is not None and each.determined_on is not None and each.published_on is None:
            if each.side is Side.WORKER and ground.milestones.is_regional:
                continue  # enterprise by enterprise, which reg_worker_rep asks for
            yield Where("elections", each.id, "published_on"), f"没有登记{each.side.label}代表名单的公布日期"


def _seats_filled(ground: Ground) -> Asked:
    for each in ground.case.replacements:
        if each.vacant_on is not None and each.filled_on is None:
            day = ground.day(each.vacant_on)
            yield Where("replacements", each.id, "filled_on"), f"{day}空缺的代表没有登记由谁接任"


def _offer_out(ground: Ground) -> Asked:
    offers = ground.case.offers
    issued = [each for each in offers if each.issued_on is not None and each.issued_on <= ground.on]
    if not issued and not any(each.received_on for _, each in ground.milestones.offer_deliveries):
        where = Where("offers", offers[0].id, "issued_on") if offers else Where("offers")
        yield where, f"没有登记发出的{ground.pack.wording.offer}"


def _offer_arrived(ground: Ground) -> Asked:
    arrived = {
        offer.id
        for offer, delivery in ground.milestones.offer_deliveries
        if delivery.received_on is not None and delivery.received_on <= ground.on
    }
    name = ground.pack.wording.offer
    for offer in ground.case.offers:
        if offer.issued_on is not None and offer.issued_on <= ground.on and offer.id not in arrived:
            which = f"{name}（{offer.number}）" if offer.number else name
            yield Where("deliveries"), f"没有登记对方收到{which}的日期"


def _answered(ground: Ground) -> Asked:
    for offer, delivery in ground.milestones.offer_deliveries:
        if delivery.received_on is None or ground.milestones.reply_to(offer, delivery) is not None:
            continue
        if any(
            _is_late(each) and each.start_at == _received(delivery.id) for each in ground.due("reply_due")
        ):
            continue
        to = delivery.to or "对方"
        yield _received(delivery.id), f"没有登记{to}的书面答复"


def _received(delivery: str) -> Where:
    return Where("deliveries", delivery, "received_on")


def _met(ground: Ground) -> Asked:
    if not ground.milestones.held_meetings:
        yield Where("meetings"), "没有登记协商会议"


def _agreed(ground: Ground) -> Asked:
    agreements = ground.case.agreements
    if not agreements:
        yield Where("agreements"), "没有登记双方达成一致的草案"
    for each in agreements:
        if each.agreed_on is None and each.draft_signed_on is None:
            yield Where("agreements", each.id, "agreed_on"), "没有登记双方达成一致的日期"


def _talks_resumed(ground: Ground) -> Asked:
    for each in ground.case.suspensions:
        if each.from_day is not None and each.until_day is None:
            yield (
                Where("suspensions", each.id, "until_day"),
                f"{ground.day(each.from_day)}的中止没有登记恢复日期",
            )


def _deliberated(ground: Ground) -> Asked:
    for path in ground.milestones.paths:
        if not _held(ground, path):
            where = Where("sessions", path.sessions[0].id, "held_on") if path.sessions else Where("sessions")
            yield where, "没有登记职代会或全体职工讨论草案的会议"


def _attended(ground: Ground) -> Asked:
    for session in _last_sessions(ground):
        vote = ground.milestones.vote_of(session)
        known = session.present is not None or (vote is not None and vote.present is not None)
        if not known or ground.milestones.base_of(session, vote) is None:
            yield Where("sessions", session.id, "present"), f"{_name(session)}没有登记应到和实到人数"


def _passed(ground: Ground) -> Asked:
    for session in _last_sessions(ground):
        vote = ground.milestones.vote_of(session)
        base = ground.milestones.base_of(session, vote)
        if vote is None or vote.in_favour is None or base is None:
            yield Where("sessions", session.id), f"{_name(session)}没有登记应到人数和赞成票数"
        elif 2 * vote.in_favour < base:
            said = (
                f"{_name(session)}赞成 {vote.in_favour} 票，全体 {base} 人，草案没有通过，也没有登记再次表决"
            )
            yield Where("counts", vote.id, "in_favour"), said


def _counted_out(stage: Stage) -> Callable[[Ground], Asked]:
    """Votes of a stage of which numbers are in and whose count was not closed (F-13, F-56)."""

    def ask(ground: Ground) -> Asked:
        for count in ground.case.counts:
            if count.closed_on is not None or stage_of_record(ground.case, "counts", count.id) is not stage:
                continue
            votes = () if stage is Stage.REPRESENTATIVES else _VOTES  # who is appointed is on no ballot
            if any(getattr(count, name) is not None for name in (*_BALLOTS, *votes)):
                what = f"“{count.what}”" if count.what else "表决"
                yield Where("counts", count.id, "closed_on"), f"{what}的计票还没有结束"

    return ask


def _result_shown(ground: Ground) -> Asked:
    for each in ground.due("congress_result_publish"):
        if each.stage is not Stage.CONGRESS or each.actual is not None or _is_late(each):
            continue
        if each.variant == "hang":
            if each.verdict is Verdict.RUNNING and each.due is not None:
                yield each.where, f"决议要挂到{ground.day(each.due)}，还没有到这一天"
        else:
            yield each.where, "没有登记决议的公开日期"


def _session_reported(ground: Ground) -> Asked:
    for each in ground.due("congress_report_union"):
        if each.stage is Stage.CONGRESS and each.actual is None and not _is_late(each):
            yield each.where, "没有登记把职代会情况报上一级工会"


def _signed(ground: Ground) -> Asked:
    for path in ground.milestones.paths:
        signing = path.signing
        if signing is None:
            yield Where("signings"), "没有登记双方首席签字盖章的日期"
            continue
        if ground.flag("sign_seal", Flag.SEAL) and signing.union_sealed is None:
            yield Where("signings", signing.id, "union_sealed"), "没有登记工会盖章没有"
        employer = ground.flag("sign_seal", Flag.SEAL) or ground.flag("sign_seal", Flag.EMPLOYER_SEAL)
        if employer and signing.employer_sealed is None:
            yield Where("signings", signing.id, "employer_sealed"), "没有登记企业方盖章没有"


def _filed(ground: Ground) -> Asked:
    for path in ground.milestones.paths:
        if path.signing is not None and path.filing is None and not _any_late(ground, "file_due"):
            yield Where("filings"), "没有登记报送人社审查"


def _employer_told(ground: Ground) -> Asked:
    """Where the days to file run from a written notice (沪集 23), its day is asked for."""
    if ground.term("file_due", variant="notice") is None:
        return
    for path in ground.milestones.paths:
        signing = path.signing
        if signing is not None and signing.told_employer_on is None:
            yield Where("signings", signing.id, "told_employer_on"), "没有登记企业收到书面告知的日期"


def _papers_listed(ground: Ground) -> Asked:
    for each in ground.case.filings:
        if happened("filings", each) and not each.papers and not each.again:
            yield Where("filings", each.id, "papers"), "没有登记报送了哪些材料"


def _copies_counted(ground: Ground) -> Asked:
    if ground.term("file_copies") is None:
        return
    for each in ground.case.filings:
        if happened("filings", each) and each.copies is None:
            yield Where("filings", each.id, "copies"), "没有登记合同文本报了几份"


def _in_force(ground: Ground) -> Asked:
    for path in ground.milestones.paths:
        filing = path.filing
        term = ground.term("effective", filing.received_on if filing else None)
        if filing is None or filing.received_on is None or term is None:
            continue
        effect = ground.milestones.effect(path, term.amount)
        where = Where("filings", filing.id, "received_on")
        if not effect.objection and effect.on is not None and effect.on > ground.on:
            yield where, f"合同要到{ground.day(effect.on)}才生效"


def _objection_met(ground: Ground) -> Asked:
    for path in ground.milestones.paths:
        term = ground.term("effective", path.filing.received_on if path.filing else None)
        if (
            path.review is not None
            and term is not None
            and ground.milestones.effect(path, term.amount).objection
        ):
            yield Where("reviews", path.review.id, "opinion"), "人社提出异议，没有登记重新报送"


def _made_public(ground: Ground) -> Asked:
    for path in ground.milestones.paths:
        if path.signing is not None and not path.publications and not _any_late(ground, "publish_due"):
            yield Where("publications"), "没有登记向职工公布合同文本"


def _upper_union(ground: Ground) -> Asked:
    reports = ground.case.union_reports
    done = any(each.kind is ReportKind.AGREEMENT_FILED and each.reported_on for each in reports)
    if not done and any(path.signing is not None for path in ground.milestones.paths):
        yield Where("union_reports"), "没有登记合同报上一级工会"


def _told_of_fulfilment(ground: Ground) -> Asked:
    for each in ground.due("report_freq"):
        if each.actual is None and not _is_late(each):
            what = "公布工资履行情况" if each.variant else "履约报告"
            yield each.where, f"{each.event}，没有登记{what}"


def _is_late(due: Deadline) -> bool:
    return due.verdict in (Verdict.LATE, Verdict.OVERDUE)


def _any_late(ground: Ground, rule: str) -> bool:
    return any(each.verdict is Verdict.OVERDUE and each.variant != "reminder" for each in ground.due(rule))


def _last_sessions(ground: Ground) -> list[Session]:
    return [held[-1] for path in ground.milestones.paths if (held := _held(ground, path))]


def _held(ground: Ground, path: AgreementPath) -> list[Session]:
    return [each for each in path.sessions if (each.held_on or date.max) <= ground.on]


def _name(session: Session) -> str:
    return session.name or (session.purpose or Purpose.DELIBERATE_DRAFT).label


AT_CLOSING: tuple[ClosingRow, ...] = (
    ClosingRow(Stage.SURVEY, "survey_before_offer", _survey),
    ClosingRow(Stage.REPRESENTATIVES, "employer_rep_appoint", _single(_employers_chosen)),
    ClosingRow(Stage.REPRESENTATIVES, "reg_employer_rep", _single(_employers_chosen, regional=True)),
    ClosingRow(Stage.REPRESENTATIVES, "rep_publish_due", _lists_published),
    ClosingRow(Stage.REPRESENTATIVES, "rep_replace", _seats_filled),
    ClosingRow(Stage.REPRESENTATIVES, "data_count_closed", _counted_out(Stage.REPRESENTATIVES)),
    ClosingRow(Stage.OFFER, "offer_form", _offer_out),
    ClosingRow(Stage.OFFER, "reply_due", _offer_arrived),
    ClosingRow(Stage.OFFER, "reply_due", _answered),
    ClosingRow(Stage.NEGOTIATION, "meeting_agenda", _met),
    ClosingRow(Stage.NEGOTIATION, "meeting_agenda", _agreed),
    ClosingRow(Stage.NEGOTIATION, "suspend", _talks_resumed),
    ClosingRow(Stage.CONGRESS, "congress_required", _deliberated),
    ClosingRow(Stage.CONGRESS, "congress_quorum", _attended),
    ClosingRow(Stage.CONGRESS, "congress_pass", _passed),
    ClosingRow(Stage.CONGRESS, "data_count_closed", _counted_out(Stage.CONGRESS)),
    ClosingRow(Stage.CONGRESS, "congress_result_publish", _result_shown),
    ClosingRow(Stage.CONGRESS, "congress_report_union", _session_reported),
    ClosingRow(Stage.FILING, "sign_seal", _signed),
    ClosingRow(Stage.FILING, "file_due", _filed),
    ClosingRow(Stage.FILING, "file_due", _employer_told),
    ClosingRow(Stage.FILING, "file_docs", _papers_listed),
    ClosingRow(Stage.FILING, "file_copies", _copies_counted),
    ClosingRow(Stage.FILING, "effective", _in_force),
    ClosingRow(Stage.FILING, "objection_path", _objection_met),
    ClosingRow(Stage.FILING, "publish_due", _made_public),
    ClosingRow(Stage.FILING, "upper_union_file", _upper_union),
    ClosingRow(Stage.FULFILMENT, "report_freq", _told_of_fulfilment),
)
