"""Stage 2: how many sit on each side, and of which groups (law.md B)."""

from __future__ import annotations

from app.domain.representatives import Employment, Representative, Sex
from app.domain.union import Side
from app.rules.checks.progress import are_due, is_signed
from app.rules.findings import Finding, Grade, Hardness, Source, Where
from app.rules.ground import Found, Ground
from app.rules.record_names import some_names
from app.rules.rule_texts import Flag
from app.rules.terms import Term
from app.rules.thresholds import is_reached


def settled(ground: Ground, side: Side) -> bool:
    """True once the representatives of a side are settled: determined, due to be, or already at the table."""
    m = ground.milestones
    if are_due(ground, side):
        return True
    return m.determined(side) is not None or (bool(m.held_meetings) and bool(m.sitting(side)))


def rep_min(ground: Ground) -> Found:
    """At least so many on each side; in some regions more in enterprises above the official scale."""
    term, large = ground.term("rep_min"), ground.term("rep_min", variant="above_scale")
    sides = [
        side
        for side in Side
        if settled(ground, side) and (ground.milestones.sitting(side) or are_due(ground, side))
    ]
    if term is None or not sides:
        return None
    above = None if ground.milestones.is_regional else ground.case.enterprise.above_scale
    found = []
    for side in sides:
        number = len(ground.milestones.sitting(side))
        said = f"{side.label}代表 {number} 人，"
        if number < term.value:
            sentence = f"{said}每方不少于 {term.amount} 人"
            found.append(about_side(ground, "rep_min", Grade.MUST, side, sentence, sources=term.sources))
        elif large is not None and number < large.value and not ground.milestones.is_regional:
            if above:
                sentence = f"{said}规模以上的企业每方不少于 {large.amount} 人"
                grade = _grade(ground, large)
                found.append(about_side(ground, "rep_min", grade, side, sentence, sources=large.sources))
            elif above is None:
                sentence = f"{said}规模以上的企业要 {large.amount} 人，没有写企业是不是规模以上"
                found.append(
                    about_side(ground, "rep_min", Grade.EXPLAIN, side, sentence, sources=large.sources)
                )
    return found


def rep_max(ground: Ground) -> Found:
    """At most so many on each side."""
    term = ground.term("rep_max")
    sides = [side for side in Side if settled(ground, side) and ground.milestones.sitting(side)]
    if term is None or not sides:
        return None
    return [
        about_side(
            ground,
            "rep_max",
            _grade(ground, term),
            side,
            f"{side.label}代表 {len(ground.milestones.sitting(side))} 人，每方不多于 {term.amount} 人",
            sources=term.sources,
        )
        for side in sides
        if len(ground.milestones.sitting(side)) > term.value
    ]


def rep_parity(ground: Ground) -> Found:
    """As many on one side as on the other; in some regions only not more for the employer (law.md C7)."""
    m = ground.milestones
    workers, employers = (len(m.sitting(side)) for side in Side)
    if not (settled(ground, Side.WORKER) and settled(ground, Side.EMPLOYER) and workers and employers):
        return None
    not_more = ground.flag("rep_parity", Flag.EMPLOYER_NOT_MORE)
    if workers == employers or (not_more and employers < workers):
        return []
    said = f"职工方代表 {workers} 人，企业方代表 {employers} 人，双方人数要对等"
    if not_more:
        said = f"企业方代表 {employers} 人，多于职工方的 {workers} 人"
    return [
        ground.finding(
            "rep_parity",
            ground.grade("rep_parity"),
            Where("representatives"),
            said,
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
                f"职工方代表里{some_names((each.name for each in unknown), '人')}没有写是不是一线，"
                f"还看不出一线职工够不够{term.amount}/{term.per}",
                related=[Where("representatives", each.id, "frontline") for each in unknown[1:]],
                key_at=Where("representatives"),
            )
        ]
    return [
        ground.finding(
            "rep_frontline",
            _grade(ground, term),
            Where("representatives"),
            f"职工方代表 {len(people)} 人，一线职工 {yes} 人，不足 {term.amount}/{term.per}",
            sources=term.sources,
            past_mending=is_signed(ground),
        )
    ]


def rep_female(ground: Ground) -> Found:
    """Women among the workers' representatives: by share of the staff, by committee, else a hint (law.md C18)."""
    people = ground.milestones.sitting(Side.WORKER)
    if not people or not settled(ground, Side.WORKER):
        return None
    women = sum(each.sex is Sex.FEMALE for each in people)
    if not women and not all(each.sex for each in people):
        return None
    female, staff = _staff(ground)
    share = ground.term("rep_female", variant="staff_share")
    part = ground.term("rep_female", variant="from")
    if part is not None and female is not None and staff and is_reached(part, female, staff):
        return _proportion(ground, part, women, len(people), female, staff)
    if women or female == 0:
        return []
    said = "职工方代表里没有女职工"
    if share is not None and female is not None and staff:
        if is_reached(share, female, staff):
            words = (
                f"{said}；女职工 {female} 人，全体 {staff} 人，够 {share.amount}/{share.per}，至少要有 1 名"
            )
            return [_no_woman(ground, _grade(ground, share), words, share.sources)]
    elif share is not None or part is not None:
        return [_no_woman(ground, Grade.NOTE, f"{said}，没有填职工总数或女职工数，看不出要不要有")]
    if ground.flag("rep_female", Flag.WOMEN_COMMITTEE) and ground.case.union.has_women_committee:
        words = f"{said}；工会建了女职工委员会，要有女代表"
        return [_no_woman(ground, ground.grade("rep_female"), words)]
    if ground.flag("rep_female", Flag.WOMEN_USUAL):
        return [_no_woman(ground, Grade.EXPLAIN, f"{said}；这里一般应有女职工代表")]
    text = ground.rule("rep_female")
    says = "人数法规未规定" if text is None or text.silent else text.says.split("；")[0].rstrip("。")
    return [_no_woman(ground, Grade.NOTE, f"{said}；{says}，谈女职工待遇时最好有")]


def _proportion(
    ground: Ground, term: Term, women: int, people: int, female: int, staff: int
) -> list[Finding]:
    wanted = female * people // staff
    said = f"女职工 {female} 人，全体 {staff} 人；职工方代表 {people} 人里女职工 {women} 人，要有相应的比例"
    if not women:
        return [_no_woman(ground, _grade(ground, term), said, term.sources)]
    if women < wanted:
        return [_no_woman(ground, Grade.EXPLAIN, f"{said}，按人数折合 {wanted} 人", term.sources)]
    return []


def _no_woman(
    ground: Ground, grade: Grade, sentence: str, sources: tuple[Source, ...] | None = None
) -> Finding:
    return ground.finding(
        "rep_female",
        grade,
        Where("representatives"),
        sentence,
        sources=sources,
        related=(Where("enterprise", "enterprise", "female_staff"),),
        past_mending=grade is Grade.MUST and is_signed(ground),
    )


def rep_other_groups(ground: Ground) -> Found:
    """Dispatched and disabled staff: one of theirs on the list where the region wants it (law.md C18)."""
    people = [each for side in Side for each in ground.milestones.sitting(side)]
    if not people or not settled(ground, Side.WORKER) or ground.milestones.is_regional:
        return None
    return [*_dispatched(ground, people), *_disabled(ground)]


def _dispatched(ground: Ground, people: list[Representative]) -> list[Finding]:
    unit = ground.case.enterprise
    term = ground.term("rep_other_groups", variant="dispatched_share")
    there = any(each.employment is Employment.DISPATCHED for each in people)
    if there or unit.dispatched_staff == 0:
        return []
    where = Where("enterprise", "enterprise", "dispatched_staff")
    if unit.dispatched_staff is None or unit.staff is None:
        if term is None:
            return []
        said = f"没有填职工总数或劳务派遣工人数；派遣工{term.spoken}的，要有派遣工代表"
        return [ground.finding("rep_other_groups", Grade.NOTE, where, said, sources=term.sources)]
    everyone = unit.staff + unit.dispatched_staff
    said = f"劳务派遣工 {unit.dispatched_staff} 人，全部用工 {everyone} 人，协商代表里没有派遣工"
    if term is None:
        if ground.term("rep_other_groups", variant="from") is not None:
            return []  # the region speaks of disabled staff only
        return [ground.finding("rep_other_groups", Grade.NOTE, where, f"{said}；{_says(ground)}")]
    if not is_reached(term, unit.dispatched_staff, everyone):
        return []
    grade = _grade(ground, term)
    return [
        ground.finding(
            "rep_other_groups",
            grade,
            where,
            f"{said}，{term.spoken}的要有派遣工代表",
            sources=term.sources,
            past_mending=grade is Grade.MUST and is_signed(ground),
        )
    ]


def _disabled(ground: Ground) -> list[Finding]:
    """No fact tells which representative is disabled, so that a person is asked to say who."""
    unit, term = ground.case.enterprise, ground.term("rep_other_groups", variant="from")
    if term is None or not unit.disabled_staff or not unit.staff:
        return []
    if not is_reached(term, unit.disabled_staff, unit.staff):
        return []
    return [
        ground.finding(
            "rep_other_groups",
            Grade.EXPLAIN,
            Where("enterprise", "enterprise", "disabled_staff"),
            f"残疾职工 {unit.disabled_staff} 人，全体 {unit.staff} 人，代表里要有相应的比例，请写明是哪几位",
            sources=term.sources,
            more="disabled",
        )
    ]


def _says(ground: Ground) -> str:
    text = ground.rule("rep_other_groups")
    return text.says.rstrip("。") if text is not None else ""


def _staff(ground: Ground) -> tuple[int | None, int | None]:
    """Women and all staff: of the enterprise, in an area of all enterprises together."""
    covered = ground.case.covered_enterprises
    if not ground.milestones.is_regional or not covered:
        return ground.case.enterprise.female_staff, ground.case.enterprise.staff
    female, staff = [each.female_staff for each in covered], [each.staff for each in covered]
    if None in female or None in staff:
        return None, None
    return sum(each or 0 for each in female), sum(each or 0 for each in staff)


def _grade(ground: Ground, term: Term) -> Grade:
    """How a value may be graded: a hard one 必须改, a soft one 请说明, a mere clue 提示."""
    if term.hardness is Hardness.HARD:
        return Grade.MUST
    grade = ground.grade(term.rule, term.sources)
    return Grade.EXPLAIN if grade is Grade.MUST else grade


def about_side(
    ground: Ground,
    rule: str,
    grade: Grade,
    side: Side,
    sentence: str,
    *,
    sources: tuple[Source, ...] | None = None,
) -> Finding:
    """Make a finding about one side as a whole."""
    return ground.finding(
        rule,
        grade,
        Where("representatives"),
        sentence,
        sources=sources,
        past_mending=grade is Grade.MUST and is_signed(ground),
        more=side.value,
    )
