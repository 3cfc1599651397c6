"""Stage 5: the congress itself: hand-in of the draft, ballot, make-up, word to the upper union (law.md D)."""

from __future__ import annotations

from app.domain.congress import Body, Purpose
from app.domain.facts import join_names
from app.rules.checks.due import late_finding, late_findings, told
from app.rules.findings import Deadline, Finding, Grade, Hardness, Verdict, Where
from app.rules.ground import Found, Ground
from app.rules.ladder import fewest as fewest_for
from app.rules.rule_texts import Flag
from app.rules.terms import Term
from app.rules.thresholds import is_reached

_SECRET = ("无记名", "不记名", "秘密")


def prep_tasks(ground: Ground) -> Found:
    """Representatives in time after both agreed to bargain (沪集 17)."""
    return late_findings(
        ground, "prep_tasks", lambda each: f"{each.event}，{told(ground, each, '产生协商代表')}"
    )


def congress_submit_due(ground: Ground) -> Found:
    """The draft before the congress in time; where its day is not written, the session is the cautious reading."""
    due = ground.due("congress_submit_due")
    if not due:
        return None
    found: list[Finding | None] = []
    for each in due:
        if each.where.fact == "draft_submitted_on" and each.actual is not None:
            found.append(
                late_finding(ground, each, lambda due: f"{due.event}，{told(ground, due, '提交草案')}")
            )
        elif each.where.fact != "draft_submitted_on" and _is_late(each):
            found.append(
                ground.finding(
                    "congress_submit_due",
                    Grade.EXPLAIN,
                    each.where,
                    f"{each.event}，{told(ground, each, '开会讨论草案')}；哪天提交的没有登记",
                    why=each.why,
                    sources=each.sources,
                    related=(each.start_at,) if each.start_at else (),
                    key_at=each.start_at,
                )
            )
    return [each for each in found if each is not None]


def _is_late(due: Deadline) -> bool:
    return due.verdict in (Verdict.LATE, Verdict.OVERDUE) and not due.estimated


def congress_report_union(ground: Ground) -> Found:
    """The upper union hears of the session in time (沪职代 37)."""
    return late_findings(
        ground, "congress_report_union", lambda each: f"{each.event}，{told(ground, each, '报上一级工会')}"
    )


def congress_ballot(ground: Ground) -> Found:
    """The draft is voted on by secret ballot, where the region says so."""
    counts = [
        vote
        for session in ground.milestones.sessions(Purpose.DELIBERATE_DRAFT)
        if session.held_on is not None
        and session.held_on <= ground.on
        and (vote := ground.milestones.vote_of(session)) is not None
    ]
    found = []
    for count in counts:
        if any(word in count.method for word in _SECRET):
            continue
        said = f"草案表决写的是“{count.method}”，这里用无记名投票"
        found.append(
            ground.finding(
                "congress_ballot",
                ground.grade("congress_ballot") if count.method else Grade.EXPLAIN,
                Where("counts", count.id, "method"),
                said if count.method else "草案表决没有写表决方式，这里用无记名投票",
                past_mending=bool(count.method) and ground.grade("congress_ballot") is Grade.MUST,
            )
        )
    return found if counts else None


def congress_composition(ground: Ground) -> Found:
    """How many delegates, and of which groups, where the region lays it down."""
    congress = ground.case.congress
    if not congress.delegates or congress.body is Body.ALL_STAFF:
        return None
    found: list[Finding] = []
    everyone = congress.delegates
    fewest = ground.term("congress_composition", variant="fewest")
    if fewest is not None and everyone < fewest.amount:
        said = f"职工代表 {everyone} 名，不少于 {fewest.amount} 名"
        found.append(_finding(ground, fewest, "delegates", said))
    else:
        found += _by_staff(ground, everyone)
    top = ground.term("congress_composition", variant="managers")
    top = top or ground.term("congress_composition", variant="operators")
    if (
        top is not None
        and congress.management is not None
        and not _within(top, congress.management, everyone)
    ):
        said = f"职工代表 {everyone} 名，中高层管理人员 {congress.management} 名，{top.spoken}"
        found.append(_finding(ground, top, "management", said))
    front = ground.term("congress_composition", variant="frontline")
    manual = congress.frontline
    if front is not None and manual is not None and not is_reached(front, manual, everyone):
        said = f"职工代表 {everyone} 名，一线职工 {manual} 名，{front.spoken}"
        found.append(_finding(ground, front, "frontline", said))
    found += _women(ground, everyone)
    return found


def _by_staff(ground: Ground, everyone: int) -> list[Finding]:
    """So many delegates for so many staff, where the region has a ladder."""
    text, staff = ground.rule("congress_composition"), ground.case.enterprise.staff
    if text is None or not text.ladder or not staff or ground.milestones.is_regional:
        return []
    wanted = fewest_for(text.ladder, staff)
    if wanted is None or everyone >= wanted:
        return []
    grade = ground.grade("congress_composition")
    return [
        ground.finding(
            "congress_composition",
            grade,
            Where("congress", "congress", "delegates"),
            f"职工代表 {everyone} 名；职工 {staff} 人的企业，按条文的算法不少于 {wanted} 名",
            related=(Where("enterprise", "enterprise", "staff"),),
            past_mending=grade is Grade.MUST and _has_sat(ground),
            more="staff",
        )
    ]


def _has_sat(ground: Ground) -> bool:
    """True once the congress decided on the draft: its make-up cannot be mended any more."""
    return any(
        each.held_on is not None and each.held_on <= ground.on
        for each in ground.milestones.sessions(Purpose.DELIBERATE_DRAFT)
    )


def _women(ground: Ground, everyone: int) -> list[Finding]:
    women, unit = ground.case.congress.women, ground.case.enterprise
    if not ground.flag("congress_composition", Flag.WOMEN_SHARE) or ground.milestones.is_regional:
        return []
    if women is None or not unit.staff or unit.female_staff is None:
        return []
    if women * unit.staff >= unit.female_staff * everyone:
        return []
    parts = (f"女代表 {women} 名，占 {everyone} 名", f"女职工 {unit.female_staff} 人，占 {unit.staff} 人")
    return [
        ground.finding(
            "congress_composition",
            ground.grade("congress_composition"),
            Where("congress", "congress", "women"),
            f"{join_names(parts)}，女代表的占比低于女职工的占比",
            related=(Where("enterprise", "enterprise", "female_staff"),),
            past_mending=_has_sat(ground),
            more="women",
        )
    ]


def _within(term: Term, number: int, everyone: int) -> bool:
    return term.per * number <= term.amount * everyone


def _finding(ground: Ground, term: Term, fact: str, said: str) -> Finding:
    grade = Grade.MUST if term.hardness is Hardness.HARD else Grade.EXPLAIN
    return ground.finding(
        "congress_composition",
        grade,
        Where("congress", "congress", fact),
        said,
        sources=term.sources,
        past_mending=grade is Grade.MUST and _has_sat(ground),
        more=term.variant,
    )
