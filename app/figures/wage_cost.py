"""What a percentage more costs in a year: only what the disclosed wage total says, never a guess.

The rest of the costing (shifts, posts, overtime) needs facts that are not recorded yet and is not estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.domain.case import Case
from app.domain.negotiation import YearFigures
from app.domain.survey import Topic, TopicCategory
from app.figures.origin import Figure, Origin, rounded

_RULE = "工资总额 × 调整幅度，按人数不变推算"


@dataclass(frozen=True, slots=True)
class WageCost:
    """Both offers on the yearly adjustment in 万元 a year, their difference, and 元 a month for one person.

    ``ours``/``theirs`` hold ``None`` while a side named no percentage.
    """

    per_point: Figure
    ours: Figure
    theirs: Figure
    difference: Figure
    ours_each: Figure
    theirs_each: Figure


def base_year(case: Case) -> YearFigures | None:
    """The latest year up to the case's own whose wage total was disclosed."""
    known = [held for held in case.year_figures if held.wage_total is not None and held.year is not None]
    if case.cycle.year is not None:
        known = [held for held in known if held.year is not None and held.year <= case.cycle.year] or known
    return max(known, key=lambda held: held.year or 0, default=None)


def is_yearly_adjustment(topic: Topic) -> bool:
    """Whether a topic's number is by how many percent the average wage moves."""
    return topic.category is TopicCategory.LEVEL and topic.unit.strip() in ("%", "％")


def wage_cost(case: Case, ours: Decimal | None, theirs: Decimal | None) -> WageCost | None:
    """What both percentages cost against the last disclosed wage total; ``None`` without such a total."""
    base = base_year(case)
    if base is None or base.wage_total is None:
        return None
    origin = (
        Origin("year_figures", base.id, "wage_total", f"{base.year} 年工资总额 {base.wage_total:f} 万元"),
    )

    def cost(percent: Decimal | None, label: str) -> Figure:
        if percent is None or base.wage_total is None:
            return Figure(None, "万元", label, origin, _RULE)
        exact = Fraction(base.wage_total) * Fraction(percent) / 100
        return Figure(rounded(exact, 2), "万元", label, origin, _RULE)

    apart = abs(ours - theirs) if ours is not None and theirs is not None else None
    return WageCost(
        per_point=cost(Decimal(1), "每 1 个百分点"),
        ours=cost(ours, "工会要求"),
        theirs=cost(theirs, "企业答复"),
        difference=cost(apart, "差额"),
        ours_each=_each(base, ours),
        theirs_each=_each(base, theirs),
    )


def _each(base: YearFigures, percent: Decimal | None) -> Figure:
    if percent is None or base.average_wage is None:
        return Figure(None, "元/月", "人均")
    origin = (
        Origin("year_figures", base.id, "average_wage", f"{base.year} 年平均工资 {base.average_wage:f} 元"),
    )
    exact = Fraction(base.average_wage) * (100 + Fraction(percent)) / 1200
    return Figure(rounded(exact, 0), "元/月", "人均", origin, "平均工资 ×（1 + 调整幅度）÷ 12")
