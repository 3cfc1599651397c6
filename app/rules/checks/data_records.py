"""Records that contradict each other: order of dates, codes, links, figures, texts, missing proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from app.domain.agreement import FigureCode
from app.domain.case import collections
from app.domain.codes import check_division, check_enterprise_code, check_id_number, check_union_code
from app.domain.congress import Purpose
from app.domain.evidence import Evidence
from app.domain.facts import Kind, Record, facts_of
from app.rules.findings import Finding, Grade, Where
from app.rules.ground import Found, Ground
from app.rules.milestones import replied_on
from app.rules.record_names import name_of

_CODES: dict[str, Callable[[str], str | None]] = {
    "union_code": check_union_code,
    "enterprise_code": check_enterprise_code,
    "id_number": check_id_number,
    "division": check_division,
}
_SHARES = frozenset(
    {FigureCode.QUOTA_REACHED_SHARE, FigureCode.INJURY_COVER_SHARE, FigureCode.SICK_PAY_SHARE}
)
_TOLERANCE = Decimal("0.005")
"""Average × heads may differ from the total by rounding (half a per cent)."""

_ORDERS: tuple[tuple[str, str, str], ...] = (
    ("surveys", "started_on", "ended_on"),
    ("surveys", "started_on", "report_on"),
    ("elections", "nominated_on", "determined_on"),
    ("elections", "meeting_on", "determined_on"),
    ("elections", "nominated_on", "voting_on"),
    ("elections", "voting_on", "determined_on"),
    ("elections", "determined_on", "published_on"),
    ("elections", "published_on", "taken_down_on"),
    ("replacements", "proposed_on", "vacant_on"),
    ("replacements", "vacant_on", "filled_on"),
    ("offers", "issued_on", "reply_by"),
    ("deliveries", "sent_at", "received_on"),
    ("reminders", "issued_on", "answer_by"),
    ("escalations", "sent_on", "outcome_on"),
    ("union_reports", "reported_on", "answered_on"),
    ("meetings", "held_on", "next_meeting_on"),
    ("suspensions", "from_day", "until_day"),
    ("agreements", "term_from", "term_until"),
    ("agreements", "agreed_on", "draft_signed_on"),
    ("sessions", "agenda_published_on", "held_on"),
    ("sessions", "draft_submitted_on", "held_on"),
    ("sessions", "held_on", "result_published_on"),
    ("sessions", "result_published_on", "result_taken_down_on"),
    ("filings", "filed_on", "received_on"),
    ("reviews", "made_on", "reached_workers_on"),
    ("reviews", "made_on", "reached_employer_on"),
    ("publications", "published_on", "taken_down_on"),
    ("amendments", "decided_on", "filed_on"),
    ("inspections", "started_on", "ended_on"),
    ("replies", "replied_on", "reached_union_on"),
)
"""Collection, earlier fact, later fact."""


def data_date_order(ground: Ground) -> Found:
    """What comes later in fact does not come earlier in date."""
    found: list[Finding] = []
    looked = False
    for collection, earlier, later in _ORDERS:
        for held in ground.case.records(collection):
            first, second = _day_of(getattr(held, earlier)), _day_of(getattr(held, later))
            looked = looked or (first is not None and second is not None)
            if first is not None and second is not None and second < first:
                facts = facts_of(type(held))
                found.append(
                    _out_of_order(
                        ground,
                        Where(collection, held.id, later),
                        f"{name_of(ground.case, held)}：{facts[later].label}",
                        second,
                        facts[earlier].label,
                        first,
                        more=later,
                    )
                )
    for where, name, day, other, floor in _steps(ground):
        looked = looked or (day is not None and floor is not None)
        if day is not None and floor is not None and day < floor:
            found.append(_out_of_order(ground, where, name, day, other, floor))
    return found if looked else None


def _day_of(value: date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _steps(ground: Ground) -> Iterator[tuple[Where, str, date | None, str, date | None]]:
    """Yield place, name, day and the step before with its day, across records."""
    m = ground.milestones
    for offer, delivery in m.offer_deliveries:
        at = Where("deliveries", delivery.id, "received_on")
        name = ground.pack.wording.offer
        yield at, f"{name}收到", delivery.received_on, f"{name}签发", offer.issued_on
        reply = m.reply_to(offer, delivery)
        if reply is not None:
            at = Where("replies", reply.id, "replied_on")
            yield at, "对方答复", replied_on(reply), f"对方收到{name}", delivery.received_on
    numbered = sorted(
        (each for each in m.meetings if each.number is not None), key=lambda each: each.number or 0
    )
    for before, after in pairwise(numbered):
        at = Where("meetings", after.id, "held_on")
        yield at, f"第 {after.number} 次会议", after.held_on, f"第 {before.number} 次会议", before.held_on
    held_on = {each.id: each.held_on for each in ground.case.sessions}
    for resolution in ground.case.resolutions:
        at = Where("resolutions", resolution.id, "resolved_on")
        yield at, "决议", resolution.resolved_on, "开会", held_on.get(resolution.session)
    for vote in ground.case.counts:
        at = Where("counts", vote.id, "counted_on")
        yield at, "计票", vote.counted_on, "开会", held_on.get(vote.session)
    first = m.held_meetings[0].held_on if m.held_meetings else None
    for path in m.paths:
        agreement, signing, filing, review = path.agreement, path.signing, path.first_filing, path.review
        if agreement is not None:
            at = Where("agreements", agreement.id, "agreed_on")
            yield at, "达成一致", agreement.agreed_on, "首次会议", first
            for session in path.sessions:
                if m.failed(session) and session is not path.sessions[-1]:
                    continue  # what was voted down is agreed again afterwards
                at = Where("sessions", session.id, "held_on")
                yield at, "审议草案", session.held_on, "达成一致", agreement.agreed_on
                at = Where("sessions", session.id, "draft_submitted_on")
                yield at, "草案提交", session.draft_submitted_on, "达成一致", agreement.agreed_on
        if signing is not None and agreement is not None:
            at = Where("signings", signing.id, "signed_on")
            yield at, "签字", signing.signed_on, "达成一致", agreement.agreed_on
        last = max((each.held_on for each in path.sessions if each.held_on is not None), default=None)
        if signing is not None:
            at = Where("signings", signing.id, "told_employer_on")
            yield at, "书面告知企业", signing.told_employer_on, "审议草案", last
        if signing is not None and filing is not None:
            yield Where("filings", filing.id, "filed_on"), "报送", filing.filed_on, "签字", signing.signed_on
        if path.filing is not None and review is not None and review.filing in ("", path.filing.id):
            received = path.filing.received_on
            yield Where("reviews", review.id, "made_on"), "审查意见作出", review.made_on, "人社收到", received
        for shown in path.publications:
            signed = signing.signed_on if signing else None
            yield Where("publications", shown.id, "published_on"), "公布", shown.published_on, "签字", signed


def _out_of_order(
    ground: Ground, where: Where, name: str, day: date, other: str, floor: date, *, more: str = ""
) -> Finding:
    return ground.finding(
        "data_date_order",
        Grade.MUST,
        where,
        f"{name}（{ground.short(day)}）早于{other}（{ground.short(floor)}）",
        more=more,
    )


def data_code(ground: Ground) -> Found:
    """Check characters of codes and numbers."""
    found = []
    looked = False
    for collection, record_class in collections().items():
        coded = [fact for fact in facts_of(record_class).values() if fact.code]
        if not coded:
            continue
        for held in ground.case.records(collection):
            for fact in coded:
                value = getattr(held, fact.name)
                if not value or fact.code not in _CODES:
                    continue
                looked = True
                problem = _CODES[fact.code](value)
                if problem is not None:
                    found.append(
                        ground.finding(
                            "data_code",
                            Grade.MUST,
                            Where(collection, held.id, fact.name),
                            f"{name_of(ground.case, held)}的{fact.label}：{problem.rstrip('。')}",
                            more=fact.name,
                        )
                    )
    return found if looked else None


def data_reference(ground: Ground) -> Found:
    """A link leads to a record that exists."""
    case = ground.case
    ids = {name: {each.id for each in case.records(name)} for name in collections()}
    found = []
    looked = False
    for collection, record_class in collections().items():
        links = [fact for fact in facts_of(record_class).values() if fact.kind in (Kind.REF, Kind.REFS)]
        if not links:
            continue
        for held in case.records(collection):
            for fact in links:
                value = getattr(held, fact.name)
                names = (value,) if isinstance(value, str) else value
                looked = looked or any(names)
                if any(name and name not in ids[fact.refers_to] for name in names):
                    found.append(_dangling(ground, collection, held, fact.name, fact.label))
    return found if looked else None


def _dangling(ground: Ground, collection: str, held: Record, fact: str, label: str) -> Finding:
    return ground.finding(
        "data_reference",
        Grade.MUST,
        Where(collection, held.id, fact),
        f"{held.LABEL}“{name_of(ground.case, held)}”的“{label}”指向的记录已经不在",
        more=fact,
    )


def data_percent(ground: Ground) -> Found:
    """A share of people is at most a hundred per cent."""
    shares = [each for each in ground.case.clause_figures if each.code in _SHARES and each.value is not None]
    return [
        ground.finding(
            "data_percent",
            Grade.MUST,
            Where("clause_figures", each.id, "value"),
            f"{each.code.label if each.code else '占比'}写的是 {each.value}，占比不能超过 100",
        )
        for each in shares
        if each.value is not None and each.value > 100
    ] or ([] if shares else None)


def data_wage_total(ground: Ground) -> Found:
    """Average wage × heads = total wages, up to rounding."""
    by_clause: dict[str, dict[FigureCode, Decimal]] = {}
    place: dict[str, str] = {}
    for each in ground.case.clause_figures:
        if each.code is not None and each.value is not None:
            by_clause.setdefault(_agreement_of(ground, each.clause), {}).setdefault(each.code, each.value)
            if each.code is FigureCode.WAGE_TOTAL:
                place.setdefault(_agreement_of(ground, each.clause), each.id)
    found: Found = None
    for agreement, figures in by_clause.items():
        heads, total = figures.get(FigureCode.HEADCOUNT), figures.get(FigureCode.WAGE_TOTAL)
        average = figures.get(FigureCode.AVERAGE_WAGE_YEAR)
        if average is None and FigureCode.AVERAGE_WAGE_MONTH in figures:
            average = figures[FigureCode.AVERAGE_WAGE_MONTH] * 12
        if heads is None or total is None or average is None or total <= 0:
            continue
        found = found if found is not None else []
        expected = average * heads / 10_000
        if abs(expected - total) > _TOLERANCE * total:
            found.append(
                ground.finding(
                    "data_wage_total",
                    Grade.EXPLAIN,
                    Where("clause_figures", place[agreement], "value"),
                    f"平均工资乘计算人数是 {expected:.2f} 万元，工资总额写的是 {total} 万元",
                )
            )
    return found


def _agreement_of(ground: Ground, clause: str) -> str:
    held = ground.case.find("clauses", clause)
    return held.agreement if held is not None else ""


def data_same_text(ground: Ground) -> Found:
    """What was signed is what was voted."""
    found: Found = None
    for path in ground.milestones.paths:
        signing, agreement = path.signing, path.agreement
        if signing is None:
            continue
        found = found if found is not None else []
        filed = bool(path.filing)
        if signing.same_as_voted is False:
            found.append(
                ground.finding(
                    "data_same_text",
                    Grade.MUST,
                    Where("signings", signing.id, "same_as_voted"),
                    "签订的文本和职代会通过的文本不一致",
                    past_mending=filed,
                )
            )
        elif agreement is not None and agreement.changed_after_vote:
            found.append(
                ground.finding(
                    "data_same_text",
                    Grade.MUST,
                    Where("agreements", agreement.id, "changed_after_vote"),
                    "职代会通过以后又改过内容，改过的文本要重新表决",
                    past_mending=filed,
                )
            )
    return found


def data_no_proof(ground: Ground) -> Found:
    """The four days an inspector asks for have an original behind them (law.md §4)."""
    found: list[Finding] = []
    looked = False
    for what, day, places in _key_days(ground):
        if day is None or day > ground.on:
            continue
        looked = True
        proofs = [
            proof for each in places for proof in ground.milestones.proofs(each.collection, each.record_id)
        ]
        made = min((each for each in proofs if each.on_day is not None), key=_made_on, default=None)
        if made is not None and made.on_day != day:
            found.append(_other_day(ground, what, day, places[0], made))
        if not proofs:
            found.append(
                ground.finding(
                    "data_no_proof",
                    Grade.EXPLAIN,
                    places[0],
                    f"{what}{ground.day(day)}没有凭证：自述，无凭证",
                    related=places[1:],
                )
            )
    return found if looked else None


def _made_on(proof: Evidence) -> date:
    return proof.on_day or date.max


def _other_day(ground: Ground, what: str, day: date, where: Where, proof: Evidence) -> Finding:
    """The earliest original of a key day was made on another one: put in later, or the day is wrong."""
    made = _made_on(proof)
    days = abs((made - day).days)
    name = f"{proof.title_text or proof.paper or '凭证'} {proof.code}".strip()
    return ground.finding(
        "data_no_proof",
        Grade.EXPLAIN,
        where,
        f"{what}登记的是{ground.day(day)}，凭证（{name}）{ground.day(made)}才形成，晚 {days} 日"
        if made > day
        else f"{what}登记的是{ground.day(day)}，凭证（{name}）{ground.day(made)}就形成了，早 {days} 日",
        related=(Where("evidence", proof.id, "on_day"),),
        more="day",
    )


def _key_days(ground: Ground) -> Iterator[tuple[str, date | None, list[Where]]]:
    case, m = ground.case, ground.milestones
    for offer, delivery in m.offer_deliveries:
        to = f"{delivery.to}" if delivery.to else "对方"
        places = [Where("deliveries", delivery.id, "received_on")]
        if len(case.deliveries) == 1:
            places.append(Where("offers", offer.id))
        yield f"{to}收到{ground.pack.wording.offer}的日期", delivery.received_on, places
    for session in m.sessions(Purpose.DELIBERATE_DRAFT):
        places = [Where("sessions", session.id, "held_on")]
        places += [Where("counts", each.id) for each in case.counts if each.session == session.id]
        places += [Where("resolutions", each.id) for each in case.resolutions if each.session == session.id]
        yield "职代会表决的日期", session.held_on, places
    for path in m.paths:
        for filing in path.filings:
            yield "人社收到的日期", filing.received_on, [Where("filings", filing.id, "received_on")]
        for shown in path.publications[:1]:
            places = [Where("publications", each.id, "published_on") for each in path.publications]
            yield "公布的日期", shown.published_on, places
