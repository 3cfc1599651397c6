"""Stage 2: election of the representatives, outsiders, who may not sit, the list (law.md B, I)."""

from __future__ import annotations

from datetime import date

from app.domain.representatives import Candidate, Election, ElectionWay, Representative, TieToEmployer
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.checks.due import late_findings, told
from app.rules.checks.make_up import about_side, settled
from app.rules.checks.progress import are_due, is_closed, is_signed
from app.rules.findings import Finding, Grade, Hardness, Where
from app.rules.ground import Found, Ground
from app.rules.record_names import lacking_of
from app.rules.rule_texts import Flag
from app.rules.so_far import published
from app.rules.terms import Term

_VOTED = frozenset(
    {ElectionWay.UNION_NOMINATES, ElectionWay.CONGRESS_ELECTS, ElectionWay.STAFF_RECOMMEND, None}
)
_BARS = {
    TieToEmployer.OWNER: Flag.BARS_HEAD,
    TieToEmployer.RELATIVE: Flag.BARS_RELATIVES,
    TieToEmployer.OTHER_KIN: Flag.BARS_ALL_KIN,
    TieToEmployer.HR_HEAD: Flag.BARS_HR,
    TieToEmployer.HR_KIN: Flag.BARS_HR,
}
_UNDER_UNION_LAW = frozenset({TieToEmployer.OWNER, TieToEmployer.RELATIVE})
"""Ties that want a word wherever the region does not bar them (工会法 10)."""
"""Which ties to the employer each switch bars from the workers' side."""


def worker_rep_elect(ground: Ground) -> Found:
    """More than half of all delegates or all staff for each representative, where the region wants a vote."""
    elections = [
        each
        for each in ground.case.elections
        if each.side is Side.WORKER and each.determined_on is not None and each.determined_on <= ground.on
    ]
    if not elections:
        return [_not_written(ground, "worker_rep_elect", "determined_on")] if _must_be_there(ground) else None
    found: list[Finding] = []
    looked = False
    for election in elections:
        if ground.flag("worker_rep_elect", Flag.NEEDS_VOTE):
            looked = True
            if election.way is ElectionWay.JOINT_MEETING and ground.flag(
                "worker_rep_elect", Flag.JOINT_MEETING
            ):
                continue  # passed while the congress was not sitting; its vote is not that of all delegates
            if election.way not in _VOTED:
                found.append(
                    ground.finding(
                        "worker_rep_elect",
                        Grade.MUST,
                        Where("elections", election.id, "way"),
                        f"职工方代表由“{election.way.label}”产生，没有经职代会或全体职工过半数通过"
                        if election.way
                        else "",
                        past_mending=is_signed(ground),
                    )
                )
                continue
            found += _vote(ground, election, ground.term("worker_rep_elect"))
        elif election.way is ElectionWay.STAFF_RECOMMEND:
            looked = True
            found += _vote(ground, election, None)
    return found if looked else None


def _vote(ground: Ground, election: Election, term: Term | None) -> list[Finding]:
    """Compare each representative's votes with half of all; the base is never those present."""
    case = ground.case
    count = next((each for each in case.counts if each.election == election.id), None)
    if count is None and election.session:
        count = next((each for each in case.counts if each.session == election.session), None)
    session = case.find("sessions", election.session)
    base = (count.expected if count else None) or (session.expected if session else None)
    base = base or case.congress.delegates
    people = [each for each in ground.milestones.sitting(Side.WORKER) if each.in_favour is not None]
    whole = count.in_favour if count is not None else None
    if base is None or (not people and whole is None):
        return [
            ground.finding(
                "worker_rep_elect",
                Grade.EXPLAIN,
                Where("elections", election.id),
                "职工方代表已经确定，没有登记表决的应到人数和得票",
            )
        ]
    sources = term.sources if term else None
    votes = [(each.name, each.in_favour, Where("representatives", each.id, "in_favour")) for each in people]
    if not people and count is not None:
        votes = [("名单", whole, Where("counts", count.id, "in_favour"))]
    found = []
    for name, favour, where in votes:
        if favour is None or 2 * favour > base:
            continue
        exact = 2 * favour == base
        found.append(
            ground.finding(
                "worker_rep_elect",
                Grade.EXPLAIN if exact else Grade.MUST,
                where,
                f"{name}赞成 {favour} 票，全体 {base} 人，{'恰好一半' if exact else '没有达到一半'}",
                sources=sources,
                past_mending=not exact and is_signed(ground),
            )
        )
    return found


def rep_external_cap(ground: Ground) -> Found:
    """People from outside: at most a third as representatives, in Shandong advisers only (law.md C6)."""
    term = ground.term("rep_external_cap")
    outside = [
        (each.side, Where("representatives", each.id, "employment"), each.name)
        for each in ground.case.representatives
        if each.left_on is None and each.employment == "outside" and not ground.milestones.is_regional
    ]
    listed = [
        (each.side, Where("advisers", each.id, "as_representative"), each.name)
        for each in ground.case.advisers
        if each.as_representative
    ]
    if term is None or not (outside or listed or ground.case.advisers):
        return None
    found = []
    for side in Side:
        names = {name for whose, _, name in (*outside, *listed) if whose is side}
        total = len({each.name for each in ground.milestones.sitting(side)} | names)
        if names and term.per * len(names) > term.amount * total:
            found.append(
                about_side(
                    ground,
                    "rep_external_cap",
                    Grade.MUST,
                    side,
                    f"{side.label}代表 {total} 人，外请 {len(names)} 人，超过 {term.amount}/{term.per}",
                )
            )
    if ground.flag("rep_external_cap", Flag.ADVISERS_ONLY):
        found += [
            ground.finding(
                "rep_external_cap",
                Grade.EXPLAIN,
                where,
                f"外请的{name}列为协商代表，这里外部人员只作协商顾问、不占名额",
            )
            for _, where, name in (*outside, *listed)
        ]
    found += [
        ground.finding(
            "rep_external_cap",
            Grade.EXPLAIN,
            Where("advisers", each.id, "mandated_on"),
            f"{'代表' if each.as_representative else '顾问'}{each.name}没有登记书面委托日期",
            more="mandate",
        )
        for each in ground.case.advisers
        if each.mandated_on is None
        and (ground.milestones.held_meetings or is_closed(ground, Stage.REPRESENTATIVES))
    ]
    return found


def rep_no_dual(ground: Ground) -> Found:
    """Nobody sits on both sides; people of one name are told apart by their ID numbers where both are known."""
    m = ground.milestones
    workers = [each for each in m.sitting(Side.WORKER) if each.name]
    employers = [each for each in m.sitting(Side.EMPLOYER) if each.name]
    if not (workers and employers):
        return None
    return [
        ground.finding(
            "rep_no_dual",
            Grade.MUST,
            Where("representatives", each.id, "name"),
            f"{each.name}同时在职工方和企业方的代表名单里",
            related=(Where("representatives", other.id, "name"),),
            past_mending=is_signed(ground),
        )
        for each in workers
        for other in employers
        if _is_one(each, other)
    ]


def _is_one(each: Representative, other: Representative) -> bool:
    numbers = {each.id_number.upper(), other.id_number.upper()} - {""}
    return each.name == other.name and len(numbers) < 2


def rep_incompat(ground: Ground) -> Found:
    """Who may not sit: what the region bars is 必须改, every other tie 请说明 under 《工会法》10条."""
    people = [each for each in ground.case.representatives if each.left_on is None]
    standing = _standing(ground)
    if not people and not standing:
        return None
    text, union = ground.rule("rep_incompat"), ground.case.union
    barred = text.flags if text is not None and text.hardness is Hardness.HARD else frozenset()
    officers = {name for name in (union.chair, union.vice_chair, union.acting_head) if name}
    found = []
    for each in people:
        officer = each.is_union_staff or each.name in officers
        if each.side is Side.EMPLOYER and officer and Flag.BARS_UNION_STAFF in barred:
            found.append(
                ground.finding(
                    "rep_incompat",
                    Grade.MUST,
                    Where("representatives", each.id, "is_union_staff"),
                    f"企业方代表{each.name}是工会工作人员",
                    past_mending=is_signed(ground),
                )
            )
        tie = each.tie_to_employer
        if each.side is Side.WORKER and tie is not None and tie is not TieToEmployer.NONE:
            if _BARS[tie] not in barred and tie not in _UNDER_UNION_LAW:
                continue
            grade = Grade.MUST if _BARS[tie] in barred else Grade.EXPLAIN
            found.append(
                ground.finding(
                    "rep_incompat",
                    grade,
                    Where("representatives", each.id, "tie_to_employer"),
                    f"职工方代表{each.name}是{tie.label}",
                    past_mending=grade is Grade.MUST and is_signed(ground),
                )
            )
    found += [
        ground.finding(
            "rep_incompat",
            Grade.EXPLAIN,
            Where("candidates", each.id, "tie_to_employer"),
            f"候选人{each.name}是{each.tie_to_employer.label}",
        )
        for each in standing
        if each.tie_to_employer not in (None, TieToEmployer.NONE)
        and (_BARS[each.tie_to_employer] in barred or each.tie_to_employer in _UNDER_UNION_LAW)
    ]
    return found


def _standing(ground: Ground) -> list[Candidate]:
    """Who stands for the workers' side and may still be taken off the list: afterwards only who was elected counts."""
    over = {each.id for each in ground.case.elections if each.determined_on is not None}
    first = next((each for each in ground.case.elections if each.side is Side.WORKER), None)
    if first is not None and first.id in over:
        over.add("")  # who names no election stands in the first one
    return [
        each
        for each in ground.case.candidates
        if each.name
        and each.election not in over
        and ground.case.find("representatives", each.representative) is None
    ]


def rep_publish_due(ground: Ground) -> Found:
    """The list is published in time after it was settled; without a number of days, before they meet."""
    due = ground.due("rep_publish_due")
    if due or ground.term("rep_publish_due") is not None:
        found = late_findings(
            ground,
            "rep_publish_due",
            lambda each: f"{each.what.removeprefix('公布')}{told(ground, each, '公布')}",
        )
        if _must_be_there(ground) and not published(ground.case, Side.WORKER) and not found:
            return [_not_written(ground, "rep_publish_due", "published_on")]
        return found
    held = ground.milestones.held_meetings
    elections = [each for each in ground.case.elections if each.determined_on is not None]
    if not held or not elections:
        return None
    first = held[0].held_on or ground.on
    before = ground.flag("rep_publish_due", Flag.BEFORE_MEETING)
    found = []
    for each in elections:
        shown = each.published_on
        if shown is not None and (shown <= first or not before):
            continue
        side = each.side.label if each.side else ""
        said = f"{ground.day(shown)}才公布" if shown is not None else "没有登记公布日期"
        grade = ground.grade("rep_publish_due") if before else Grade.EXPLAIN
        found.append(
            ground.finding(
                "rep_publish_due",
                grade,
                Where("elections", each.id, "published_on"),
                f"{side}代表名单{said}，首次会议是{ground.day(first)}",
                past_mending=grade is Grade.MUST,
            )
        )
    return found


def _must_be_there(ground: Ground) -> bool:
    """Where the stage is closed or the offer is out, somebody has to have been chosen."""
    return are_due(ground, Side.WORKER)


def _not_written(ground: Ground, rule: str, fact: str) -> Finding:
    """What is not written may have happened all the same, so that a word about it is enough."""
    election = ground.milestones.election(Side.WORKER)
    over = (
        "结束本阶段时" if is_closed(ground, Stage.REPRESENTATIVES) else f"{ground.pack.wording.offer}已经发出"
    )
    what = "职工方代表是哪天、怎样确定的" if fact == "determined_on" else "职工方代表名单的公布日期"
    return ground.finding(
        rule,
        Grade.EXPLAIN,
        Where("elections", election.id if election else "", fact if election else ""),
        f"{over}，没有登记{what}",
        key_at=Where("elections"),
        more="worker",
    )


def rep_replace(ground: Ground) -> Found:
    """A vacancy is filled in time, and the other side told in writing."""
    found = late_findings(ground, "rep_replace", lambda each: told(ground, each, "产生新的协商代表"))
    if found is None:
        return None
    for change in ground.case.replacements:
        if change.filled_on is not None and change.told_other_side_on is None:
            found.append(
                ground.finding(
                    "rep_replace",
                    Grade.EXPLAIN,
                    Where("replacements", change.id, "told_other_side_on"),
                    f"{ground.day(change.filled_on)}产生了新代表，没有登记书面通知对方的日期",
                    more="told",
                )
            )
        if ground.flag("rep_replace", Flag.BEFORE_NEXT_MEETING) and change.vacant_on is not None:
            met = [
                each.held_on
                for each in ground.milestones.held_meetings
                if each.held_on is not None
                and change.vacant_on < each.held_on
                and (change.filled_on is None or each.held_on < change.filled_on)
            ]
            if met:
                found.append(
                    ground.finding(
                        "rep_replace",
                        ground.grade("rep_replace"),
                        Where("replacements", change.id, "filled_on"),
                        f"代表{ground.day(change.vacant_on)}空缺，{ground.day(met[0])}开会时还没有产生新的代表",
                        past_mending=True,
                        more="meeting",
                    )
                )
    return found


def reg_worker_rep(ground: Ground) -> Found:
    """Where the region says so, the workers' side is made known to the staff of every enterprise (鲁工资 33)."""
    covered, m = ground.case.covered_enterprises, ground.milestones
    if not ground.flag("reg_worker_rep", Flag.PUBLISH_TO_ALL):
        return None
    term = ground.term("rep_publish_due", m.determined(Side.WORKER))
    if not m.is_regional or not covered or m.determined(Side.WORKER) is None:
        return None
    missing = [each for each in covered if each.representatives_published_on is None]
    over = [each for each in ground.due("rep_publish_due") if each.what == "公布职工方代表名单"]
    running = all((each.due_weekend or date.min) >= ground.on for each in over) and bool(over)
    due_now = bool(m.held_meetings) or is_closed(ground, Stage.REPRESENTATIVES)
    if not missing or (term is not None and running and not due_now):
        return []
    return [
        ground.finding(
            "reg_worker_rep",
            Grade.MUST,
            Where("covered_enterprises", missing[0].id, "representatives_published_on"),
            "职工方代表应向参加协商的所有企业职工公示，"
            + lacking_of((each.name for each in missing), len(covered), "没有公示"),
            related=[
                Where("covered_enterprises", each.id, "representatives_published_on") for each in missing[1:]
            ],
            past_mending=bool(m.held_meetings),
            key_at=Where("elections", _election_id(ground)),
        )
    ]


def reg_employer_rep(ground: Ground) -> Found:
    """In an area, the employers' body appoints or the enterprises elect (鲁工资 34)."""
    election = ground.milestones.election(Side.EMPLOYER)
    if not ground.milestones.is_regional or election is None or not settled(ground, Side.EMPLOYER):
        return None
    if election.way in (None, ElectionWay.BODY_APPOINTS, ElectionWay.EMPLOYERS_ELECT):
        return []
    text = ground.rule("reg_employer_rep")
    says = text.says.rstrip("。") if text is not None else ""
    return [
        ground.finding(
            "reg_employer_rep",
            Grade.EXPLAIN,
            Where("elections", election.id, "way"),
            f"企业方代表由“{election.way.label}”产生；这里的条文：{says}",
        )
    ]


def _election_id(ground: Ground) -> str:
    election = ground.milestones.election(Side.WORKER)
    return election.id if election else ""
