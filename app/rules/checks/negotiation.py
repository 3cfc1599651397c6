"""Stage 4: papers before the meeting, the meetings, their minutes, and the period (law.md C)."""

from __future__ import annotations

from itertools import pairwise

from app.domain.facts import join_names
from app.domain.negotiation import DisclosureGap, DisclosureItem, Meeting, Suspension
from app.domain.offer import Proposer
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.checks.due import late_finding, late_findings, told
from app.rules.checks.progress import is_closed, is_signed
from app.rules.findings import Deadline, Finding, Grade, Hardness, Turn, Verdict, Where
from app.rules.ground import Found, Ground
from app.rules.record_names import some_names
from app.rules.rule_texts import Flag
from app.rules.wording import MinutesSigners

_WORDS = {
    DisclosureItem.REVENUE: ("营业收入", "销售收入", "营收"),
    DisclosureItem.TAX: ("税",),
    DisclosureItem.PROFIT: ("净利润", "利润"),
    DisclosureItem.WAGES: ("工资总额", "平均工资"),
    DisclosureItem.INSURANCE: ("社会保险", "社保"),
}
"""By which words a listed paper is recognised, the list being free text."""


def disclose_due(ground: Ground) -> Found:
    """Papers in time: hard in Shandong; nationally the text has two readings (law.md C3)."""
    due = ground.due("disclose_due")
    if not due:
        return None
    found = []
    for each in due:
        finding = _late_papers(ground, each)
        if finding is not None:
            found.append(finding)
    return found


def _late_papers(ground: Ground, due: Deadline) -> Finding | None:
    side = "职工方" if due.turn is Turn.UNION else ("企业方" if due.turn is Turn.EMPLOYER else "双方")
    first = ground.milestones.first_meeting
    meeting = f"，首次会议是{ground.day(first.day)}" if first else ""
    more = "" if due.turn is not Turn.UNION else "worker"
    unasked = ground.flag("disclose_due", Flag.ON_DEMAND) and not _asked(ground)
    if (due.hardness is Hardness.HARD and not unasked) or due.estimated:
        return late_finding(
            ground, due, lambda each: f"{side}{told(ground, each, '交资料')}{meeting}", more=more
        )
    if due.verdict not in (Verdict.LATE, Verdict.OVERDUE) or first is None or due.due is None:
        return None
    given = due.actual
    if given is None and ground.on < first.day:
        return None
    if unasked:
        given_words = f"{ground.day(given)}才交资料" if given else "没有提供资料的记录"
        said = f"{side}{given_words}，没有登记对方哪天要求过{meeting}；对方要求了才一定要提供"
        return ground.finding(
            "disclose_due", Grade.NOTE, due.where, said, why=due.why, sources=due.sources, more=more
        )
    too_late = given is None or given >= first.day
    said = f"{ground.day(given)}才交资料" if given else "到开会那天还没有交资料"
    return ground.finding(
        "disclose_due",
        Grade.MUST if too_late else Grade.EXPLAIN,
        due.where,
        f"{side}{said}{meeting}，5 日前是{ground.day(due.due)}".replace("5 日前", due.period),
        why=due.why,
        sources=due.sources,
        past_mending=too_late,
        more=more,
        key_at=due.start_at,
    )


def _asked(ground: Ground) -> bool:
    return any(each.asked_on is not None for each in ground.case.disclosures)


def disclose_content_employer(ground: Ground) -> Found:
    """What the employer must hand over, as far as a list is laid down (鲁工资 23)."""
    case = ground.case
    given = [
        each
        for each in case.disclosures
        if each.side is not Side.WORKER and each.provided_on is not None and each.provided_on <= ground.on
    ]
    if not given:
        return None
    text = ground.rule("disclose_content_employer")
    wanted = text.papers if text is not None else ()
    hard = ground.flag("disclose_content_employer", Flag.LISTED_PAPERS) or (
        bool(wanted) and ground.grade("disclose_content_employer") is Grade.MUST
    )
    missing: list[str] = []
    places: list[Where] = []
    gaps = [each for each in case.disclosure_gaps if each.item is not None]
    open_gaps = [each for each in gaps if each.supplied_on is None]
    by_item: dict[DisclosureItem, list[DisclosureGap]] = {}
    for gap in open_gaps:
        if gap.item is not None:
            by_item.setdefault(gap.item, []).append(gap)
    for item, group in by_item.items():
        ids = [name for gap in group for name in gap.enterprises]
        names = [each.name for each in case.covered_enterprises if each.id in ids]
        missing.append(f"{some_names(names, '家')}缺{item.label}" if names else f"企业方缺{item.label}")
        places += [Where("disclosure_gaps", gap.id, "supplied_on") for gap in group]
    if hard:
        listed = " ".join(part for each in given for part in each.items)
        noted = {gap.item for gap in gaps}
        absent = [
            item
            for item, words in _WORDS.items()
            if (not wanted or item.value in wanted)
            and item not in noted
            and not any(word in listed for word in words)
        ]
        if absent:
            missing.append(f"企业方的资料清单里没有{join_names(item.label for item in absent)}")
            places.append(Where("disclosures", given[0].id, "items"))
    if not missing:
        return []
    return [
        ground.finding(
            "disclose_content_employer",
            Grade.MUST if hard else Grade.EXPLAIN,
            places[0],
            "，".join(missing),
            related=places[1:],
            past_mending=hard and is_signed(ground),
            key_at=Where("disclosures", given[0].id),
        )
    ]


def report_upper_before(ground: Ground) -> Found:
    """The upper union hears beforehand (鲁工资 24)."""
    return late_findings(
        ground, "report_upper_before", lambda each: f"{told(ground, each, '向上一级工会报告')}"
    )


def recorder_neutral(ground: Ground) -> Found:
    """One recorder, agreed by both sides, who is no representative."""
    people = {each.name for side in Side for each in ground.milestones.sitting(side) if each.name}
    recorders = ground.case.recorders
    held = ground.milestones.held_meetings
    if not recorders and not held:
        return None
    found = [
        ground.finding(
            "recorder_neutral",
            Grade.MUST,
            Where("recorders", each.id, "is_representative"),
            f"记录员{each.name}是协商代表",
            past_mending=is_signed(ground),
        )
        for each in recorders
        if each.is_representative or each.name in people
    ]
    if held and not recorders:
        found.append(
            ground.finding(
                "recorder_neutral", Grade.EXPLAIN, Where("recorders"), "已经开过会，没有登记双方确定的记录员"
            )
        )
    sides = {each.side for each in recorders}
    if ground.flag("recorder_neutral", Flag.EACH_SIDE) and held and recorders and not sides.issuperset(Side):
        lacking = join_names(side.label for side in Side if side not in sides)
        said = f"这里双方各确定一名书记员，没有登记{lacking}的书记员"
        found.append(
            ground.finding("recorder_neutral", Grade.EXPLAIN, Where("recorders"), said, more="sides")
        )
    first = held[0].held_on if held else None
    found += [
        ground.finding(
            "recorder_neutral",
            Grade.EXPLAIN,
            Where("recorders", each.id, "agreed_on"),
            f"记录员{each.name}在{ground.day(each.agreed_on)}才确定，首次会议是{ground.day(first)}",
        )
        for each in recorders[:1]
        if first is not None and each.agreed_on is not None and each.agreed_on > first
    ]
    return found


def chair_rotation(ground: Ground) -> Found:
    """The chiefs take turns."""
    held = [(each, _chair_side(ground, each)) for each in ground.milestones.held_meetings]
    known = [(meeting, side) for meeting, side in held if side is not None]
    if not known:
        return None
    if ground.flag("chair_rotation", Flag.JOINT):
        return _joint_chair(ground)
    found = []
    for (before, first), (meeting, second) in pairwise(known):
        if first is second and second is not None:
            found.append(
                ground.finding(
                    "chair_rotation",
                    Grade.MUST,
                    Where("meetings", meeting.id, "chaired_by"),
                    f"{_meeting(ground, before)}和{_meeting(ground, meeting)}都由{second.label}主持，"
                    "要由双方首席轮流",
                    past_mending=True,
                )
            )
    for meeting, side in known:
        chiefs = {each.name for each in ground.milestones.chiefs(side)} if side else set()
        if meeting.chair and chiefs and not any(name in meeting.chair for name in chiefs):
            found.append(
                ground.finding(
                    "chair_rotation",
                    Grade.EXPLAIN,
                    Where("meetings", meeting.id, "chair"),
                    f"{_meeting(ground, meeting)}由{meeting.chair}主持，"
                    f"不是{side.label if side else ''}首席代表",
                    more="chief",
                )
            )
    return found


def _joint_chair(ground: Ground) -> list[Finding]:
    """Both chiefs chair together (沪集 18): one side alone is worth a word."""
    chiefs = [each.name for side in Side for each in ground.milestones.chiefs(side) if each.name]
    return [
        ground.finding(
            "chair_rotation",
            Grade.EXPLAIN,
            Where("meetings", each.id, "chaired_by"),
            f"{_meeting(ground, each)}登记由{each.chaired_by.label}主持，这里由双方首席代表共同主持",
        )
        for each in ground.milestones.held_meetings
        if each.chaired_by is not None and not (chiefs and all(name in each.chair for name in chiefs))
    ]


def chair_first(ground: Ground) -> Found:
    """The chief of the side that made the offer opens (鲁工资 25)."""
    offers = [each for each in ground.case.offers if each.proposer is not None]
    held = ground.milestones.held_meetings
    side = _chair_side(ground, held[0]) if held else None
    if side is None or not offers:
        return None
    wanted = Side.EMPLOYER if offers[0].proposer is Proposer.EMPLOYER else Side.WORKER
    if side is wanted:
        return []
    return [
        ground.finding(
            "chair_first",
            ground.grade("chair_first"),
            Where("meetings", held[0].id, "chaired_by"),
            f"首次会议{ground.day(held[0].held_on or ground.on)}由{side.label}主持，"
            f"要由提出要约的{wanted.label}首席主持",
            past_mending=ground.grade("chair_first") is Grade.MUST,
        )
    ]


def minutes_sign(ground: Ground) -> Found:
    """All representatives present sign the minutes (鲁工资 26), elsewhere both chiefs."""
    held = ground.milestones.held_meetings
    if not held:
        return None
    chiefs_only = ground.wording.minutes_signers is MinutesSigners.CHIEFS
    found: list[Finding] = []
    for place, meeting in enumerate(held):
        present = (meeting.workers_present or 0) + (meeting.employers_present or 0)
        both = meeting.workers_present is not None and meeting.employers_present is not None
        where = Where("meetings", meeting.id, "minutes_signed")
        if meeting.minutes_signed is None and not meeting.unsigned:
            if place + 1 < len(held) or is_signed(ground) or is_closed(ground, Stage.NEGOTIATION):
                found.append(
                    ground.finding(
                        "minutes_sign",
                        Grade.EXPLAIN,
                        where,
                        f"{_meeting(ground, meeting)}没有登记记录签字人数",
                    )
                )
            continue
        if chiefs_only:
            found += _chiefs_sign(ground, meeting, where)
            continue
        signed = meeting.minutes_signed
        short = both and signed is not None and signed < present
        if not short and not meeting.unsigned:
            continue
        who = (
            f"，{some_names((_whose(ground, name) for name in meeting.unsigned), '人')}没有签"
            if meeting.unsigned
            else ""
        )
        numbers = f"到会代表 {present} 人，记录签字 {signed} 人" if signed is not None else "记录没有签齐"
        found.append(
            ground.finding(
                "minutes_sign",
                Grade.MUST,
                where,
                f"{_meeting(ground, meeting)}{numbers}{who}",
                related=(Where("meetings", meeting.id, "unsigned"),),
                past_mending=is_signed(ground),
            )
        )
    return found


def _end(ground: Ground) -> str:
    return "谈成" if ground.flag("period", Flag.UNTIL_AGREED) else "签字盖章"


def _chiefs_sign(ground: Ground, meeting: Meeting, where: Where) -> list[Finding]:
    chiefs = {each.name for side in Side for each in ground.milestones.chiefs(side)}
    lacking, signed = [name for name in meeting.unsigned if name in chiefs], meeting.minutes_signed
    if not lacking and (signed is None or signed >= len(Side)):
        return []
    said = f"只签了 {signed} 人"
    if lacking:
        said = f"{some_names((_whose(ground, name) for name in lacking), '人')}没有签"
    return [
        ground.finding(
            "minutes_sign",
            Grade.MUST,
            where,
            f"{_meeting(ground, meeting)}的记录要由双方首席代表签字，{said}",
            related=(Where("meetings", meeting.id, "unsigned"),),
            past_mending=is_signed(ground),
        )
    ]


def period(ground: Ground) -> Found:
    """From the agreeing reply to the last signature and seal (鲁工资 28)."""
    return late_findings(ground, "period", lambda each: f"{each.event}，{told(ground, each, _end(ground))}")


def suspend(ground: Ground) -> Found:
    """Nationally both may suspend; Shandong wage bargaining stops for force majeure only (law.md C10)."""
    stops = [each for each in ground.case.suspensions if each.from_day is not None]
    if not stops:
        return None
    found = []
    for each in stops:
        where = Where("suspensions", each.id, "force_majeure")
        day = ground.day(each.from_day) if each.from_day else ""
        if ground.flag("suspend", Flag.ONLY_FORCE_MAJEURE):
            if not each.force_majeure:
                found.append(
                    ground.finding(
                        "suspend",
                        Grade.EXPLAIN,
                        where,
                        f"{day}中止协商，没有写明是不可抗力；不是不可抗力的，{_counts_on(ground)}",
                    )
                )
        elif not each.next_time:
            found.append(
                ground.finding(
                    "suspend",
                    Grade.NOTE,
                    Where("suspensions", each.id, "next_time"),
                    f"{day}中止协商，没有写下次协商的时间、地点、内容",
                )
            )
    return [*found, *_too_long(ground, stops)]


def _counts_on(ground: Ground) -> str:
    whole = ground.term("period")
    return f"{whole.spoken}照算" if whole is not None else "协商期限照算"


def _too_long(ground: Ground, stops: list[Suspension]) -> list[Finding]:
    """A suspension, or all of them together, longer than the region allows; open ones count to today."""
    term = ground.term("suspend", variant="max") or ground.term("suspend")
    if term is None:
        return []
    spans = [
        (each, max(0, ((each.until_day or ground.on) - each.from_day).days))
        for each in stops
        if each.from_day is not None and each.from_day <= ground.on
    ]
    together = ground.flag("suspend", Flag.IN_TOTAL)
    if together and spans:
        spans = [(spans[-1][0], sum(days for _, days in spans))]
    hard = term.hardness is Hardness.HARD
    return [
        ground.finding(
            "suspend",
            Grade.MUST if hard else Grade.EXPLAIN,
            Where("suspensions", each.id, "until_day"),
            f"{'几次中止合起来' if together else _from(ground, each)}"
            f"{'中止' if each.until_day else '已经中止'} {days} 日，最长 {term.amount} 日",
            sources=term.sources,
            past_mending=hard,
            more="max",
        )
        for each, days in spans
        if days > term.amount
    ]


def _from(ground: Ground, stop: Suspension) -> str:
    return f"{ground.day(stop.from_day)}起" if stop.from_day is not None else ""


def _chair_side(ground: Ground, meeting: Meeting) -> Side | None:
    if meeting.chaired_by is not None:
        return meeting.chaired_by
    for side in Side:
        if any(each.name and each.name in meeting.chair for each in ground.milestones.sitting(side)):
            return side
    return None


def _meeting(ground: Ground, meeting: Meeting) -> str:
    number = f"第 {meeting.number} 次会议" if meeting.number else "会议"
    return f"{number}（{ground.short(meeting.held_on)}）" if meeting.held_on else number


def _whose(ground: Ground, name: str) -> str:
    side = next((each.side for each in ground.case.representatives if each.name == name and each.side), None)
    return f"{side.label}{name}" if side is not None else name
