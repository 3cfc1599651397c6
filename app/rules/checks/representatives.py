"""Stage 2: numbers, make-up and election of the representatives (law.md B)."""

from __future__ import annotations

from datetime import date

from app.domain.facts import join_names
from app.domain.representatives import Election, ElectionWay, Sex, TieToEmployer
from app.domain.union import Side
from app.rules.checks.due import late_findings, told
from app.rules.checks.progress import is_signed
from app.rules.findings import Finding, Grade, Hardness, Where
from app.rules.ground import Found, Ground
from app.rules.rule_texts import Flag
from app.rules.terms import Term

_VOTED = frozenset(
    {ElectionWay.UNION_NOMINATES, ElectionWay.CONGRESS_ELECTS, ElectionWay.STAFF_RECOMMEND, None}
)


def settled(ground: Ground, side: Side) -> bool:
    """True once the representatives of a side are settled: determined, or already at the table."""
    m = ground.milestones
    return m.determined(side) is not None or (bool(m.held_meetings) and bool(m.sitting(side)))


def rep_min(ground: Ground) -> Found:
    """At least so many on each side."""
    term = ground.term("rep_min")
    sides = [side for side in Side if settled(ground, side) and ground.milestones.sitting(side)]
    if term is None or not sides:
        return None
    return [
        about_side(
            ground,
            "rep_min",
            Grade.MUST,
            side,
            f"{side.label}代表 {len(ground.milestones.sitting(side))} 人，每方不少于 {term.amount} 人",
            sources=term.sources,
        )
        for side in sides
        if len(ground.milestones.sitting(side)) < term.value
    ]


def rep_parity(ground: Ground) -> Found:
    """As many on one side as on the other."""
    m = ground.milestones
    workers, employers = (len(m.sitting(side)) for side in Side)
    if not (settled(ground, Side.WORKER) and settled(ground, Side.EMPLOYER) and workers and employers):
        return None
    if workers == employers:
        return []
    return [
        ground.finding(
            "rep_parity",
            Grade.MUST,
            Where("representatives"),
            f"职工方代表 {workers} 人，企业方代表 {employers} 人，双方人数要对等",
            past_mending=is_signed(ground),
        )
    ]


def rep_frontline(ground: Ground) -> Found:
    """A third of the workers' side from the front line, exactly a third being enough."""
    term, people = ground.term("rep_frontline"), ground.milestones.sitting(Side.WORKER)
    if term is None or not people or not settled(ground, Side.WORKER):
        return None
    yes = sum(each.frontline is True for each in people)
    unknown = [each for each in people if each.frontline is None]
    if term.per * yes >= term.amount * len(people):
        return []
    if term.per * (yes + len(unknown)) >= term.amount * len(people):
        return [
            ground.finding(
                "rep_frontline",
                Grade.EXPLAIN,
                Where("representatives", unknown[0].id, "frontline"),
                f"职工方代表里{join_names(each.name for each in unknown)}没有写是不是一线，"
                f"还看不出一线职工够不够{term.amount}/{term.per}",
                related=[Where("representatives", each.id, "frontline") for each in unknown[1:]],
                key_at=Where("representatives"),
            )
        ]
    return [
        ground.finding(
            "rep_frontline",
            Grade.MUST,
            Where("representatives"),
            f"职工方代表 {len(people)} 人，一线职工 {yes} 人，不足 {term.amount}/{term.per}",
            sources=term.sources,
            past_mending=is_signed(ground),
        )
    ]


def rep_female(ground: Ground) -> Found:
    """No rule here; a hint if there is no woman among the workers' representatives."""
    people = ground.milestones.sitting(Side.WORKER)
    if not people or not settled(ground, Side.WORKER) or not all(each.sex for each in people):
        return None
    if any(each.sex is Sex.FEMALE for each in people) or ground.case.enterprise.female_staff == 0:
        return []
    return [
        ground.finding(
            "rep_female",
            Grade.NOTE,
            Where("representatives"),
            "职工方代表里没有女职工；人数法规未规定，谈女职工待遇时最好有",
        )
    ]


def worker_rep_elect(ground: Ground) -> Found:
    """More than half of all delegates or all staff for each representative, where the region wants a vote."""
    elections = [
        each
        for each in ground.case.elections
        if each.side is Side.WORKER and each.determined_on is not None and each.determined_on <= ground.on
    ]
    if not elections:
        return None
    found: list[Finding] = []
    looked = False
    for election in elections:
        if ground.flag("worker_rep_elect", Flag.NEEDS_VOTE):
            looked = True
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
                f"{name}赞成 {favour} 票，全体 {base} 人，{'恰好一半' if exact else '没有过半数'}",
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
        if each.mandated_on is None and ground.milestones.held_meetings
    ]
    return found


def rep_no_dual(ground: Ground) -> Found:
    """Nobody sits on both sides."""
    m = ground.milestones
    workers = {each.name: each for each in m.sitting(Side.WORKER) if each.name}
    employers = {each.name: each for each in m.sitting(Side.EMPLOYER) if each.name}
    if not (workers and employers):
        return None
    return [
        ground.finding(
            "rep_no_dual",
            Grade.MUST,
            Where("representatives", workers[name].id, "name"),
            f"{name}同时在职工方和企业方的代表名单里",
            related=(Where("representatives", employers[name].id, "name"),),
            past_mending=is_signed(ground),
        )
        for name in workers
        if name in employers
    ]


def rep_incompat(ground: Ground) -> Found:
    """No union officer for the employer, no owner or relative for the workers (鲁工资 10)."""
    people = [each for each in ground.case.representatives if each.left_on is None]
    if not people:
        return None
    text, union = ground.rule("rep_incompat"), ground.case.union
    grade = Grade.MUST if text is not None and text.hardness is Hardness.HARD else Grade.EXPLAIN
    officers = {name for name in (union.chair, union.vice_chair, union.acting_head) if name}
    found = []
    for each in people:
        officer = each.is_union_staff or each.name in officers
        if each.side is Side.EMPLOYER and officer and grade is Grade.MUST:
            found.append(
                ground.finding(
                    "rep_incompat",
                    grade,
                    Where("representatives", each.id, "is_union_staff"),
                    f"企业方代表{each.name}是工会工作人员",
                    past_mending=is_signed(ground),
                )
            )
        if each.side is Side.WORKER and each.tie_to_employer not in (None, TieToEmployer.NONE):
            found.append(
                ground.finding(
                    "rep_incompat",
                    grade,
                    Where("representatives", each.id, "tie_to_employer"),
                    f"职工方代表{each.name}是{each.tie_to_employer.label if each.tie_to_employer else ''}",
                    past_mending=grade is Grade.MUST and is_signed(ground),
                )
            )
    return found


def rep_publish_due(ground: Ground) -> Found:
    """The list is published in time after it was settled (鲁工资 11)."""
    return late_findings(
        ground,
        "rep_publish_due",
        lambda each: f"{each.what.removeprefix('公布')}{told(ground, each, '公布')}",
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
    return found


def reg_worker_rep(ground: Ground) -> Found:
    """In an area, the workers' side is made known to the staff of every enterprise (鲁工资 33)."""
    covered, m = ground.case.covered_enterprises, ground.milestones
    term = ground.term("rep_publish_due", m.determined(Side.WORKER))
    if not m.is_regional or not covered or m.determined(Side.WORKER) is None:
        return None
    missing = [each for each in covered if each.representatives_published_on is None]
    over = [each for each in ground.due("rep_publish_due") if each.what == "公布职工方代表名单"]
    running = all((each.due_weekend or date.min) >= ground.on for each in over) and bool(over)
    if not missing or (term is not None and running and not m.held_meetings):
        return []
    return [
        ground.finding(
            "reg_worker_rep",
            Grade.MUST,
            Where("covered_enterprises", missing[0].id, "representatives_published_on"),
            f"职工方代表应向参加协商的所有企业职工公示，{len(covered)} 家中"
            f"{join_names(each.name for each in missing)} {len(missing)} 家没有公示",
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
    return [
        ground.finding(
            "reg_employer_rep",
            Grade.EXPLAIN,
            Where("elections", election.id, "way"),
            f"企业方代表由“{election.way.label}”产生，这里由企业代表组织选派或参加企业民主推选",
        )
    ]


def _election_id(ground: Ground) -> str:
    election = ground.milestones.election(Side.WORKER)
    return election.id if election else ""


def about_side(
    ground: Ground, rule: str, grade: Grade, side: Side, sentence: str, *, sources: object = None
) -> Finding:
    """Make a finding about one side as a whole."""
    text = ground.rule(rule)
    return ground.finding(
        rule,
        grade,
        Where("representatives"),
        sentence,
        sources=sources if isinstance(sources, tuple) else (text.sources if text else ()),
        past_mending=grade is Grade.MUST and is_signed(ground),
        more=side.value,
    )
