"""How many delegates each group should have: what the region lays down, and a fair share by heads (F-52, F-53).

Numbers of law come from the pack alone; where it is silent nothing is invented. The share by heads is no law: it
helps a union that hands out seats to departments, 岗位类别 and women.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.congress import Body, Category
from app.domain.representatives import Sex
from app.domain.shares import largest_remainder
from app.domain.survey import GroupBy
from app.domain.union import AgreementKind, Form
from app.rules.findings import Source
from app.rules.ladder import fewest
from app.rules.pack import RulePack
from app.rules.rule_texts import Flag
from app.rules.terms import Bound, Term
from app.rules.thresholds import least_of

RULE = "congress_composition"
SILENT = "职工代表的名额和比例，法规未规定，按本单位职代会的规定执行。"
METHOD = "按职工人数分，先得整数，余下的名额给余数大的（最大余数法）"

_ALL = "职工代表"
_SHARES = (("frontline", "一线"), ("managers", "中高层管理"), ("operators", "中高层管理"))
"""Variants of the pack's rule, with the group each is about."""

_LEVELS = {
    "一线": (Category.FRONTLINE,),
    "技术": (Category.TECHNICAL,),
    "管理": (Category.ADMIN, Category.MANAGEMENT),
}
"""岗位类别 of the roster of staff, by those of delegates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawQuota:
    """One number the region lays down.

    Attributes:
        group: 职工代表, 一线, 中高层管理, 女代表.
        words: what the text asks, in a few words. number: how many delegates that is; ``None`` while unknown.
        at_most: the number is a ceiling.
        there: how many there are, of the roster of delegates, else of the numbers of the congress.
        holds: whether it is kept; ``None`` while a number lacks.
        sources: the articles.
    """

    group: str
    words: str
    number: int | None
    at_most: bool
    there: int | None
    holds: bool | None
    sources: tuple[Source, ...]

    def sentence(self, articles: str) -> str:
        """Return it in words, with ``articles`` as the reader is told them."""
        told = f"{self.group}{self.words}" + (f"（{articles}）" if articles else "")
        if self.number is not None and self.group != _ALL:
            told += f"，{'最多' if self.at_most else '至少'} {self.number} 名"
        if self.there is not None:
            told += f"，实有 {self.there} 名"
        if self.holds is not None:
            told += "，符合" if self.holds else "，不符合"
        return f"{told}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadQuota:
    """A fair share of one group.

    Attributes:
        by: 部门, 岗位类别, 性别 or 企业.
        people: of the staff. wanted: delegates by heads. there: delegates of the roster; each ``None`` if unknown.
    """

    by: str
    name: str
    people: int | None
    wanted: int | None
    there: int | None

    @property
    def difference(self) -> str:
        """Return 少 2, 多 1 or 正好; empty while a number lacks."""
        if self.wanted is None or self.there is None:
            return ""
        more = self.there - self.wanted
        return "正好" if not more else f"多 {more}" if more > 0 else f"少 {-more}"


@dataclass(frozen=True, slots=True)
class Quotas:
    """Everything about the make-up of the delegates; ``unplaced`` stand in departments nobody counted staff of."""

    law: tuple[LawQuota, ...]
    heads: tuple[HeadQuota, ...]
    unplaced: tuple[str, ...]

    @property
    def method(self) -> str:
        """How the seats were shared out, in words."""
        agreed = "；各企业已经写了名额的，照写的" if any(each.by == "企业" for each in self.heads) else ""
        return f"{METHOD}{agreed}。"


def delegate_quotas(case: Case, pack: RulePack, on: date) -> Quotas:
    """Return the quotas; nothing where all staff decide."""
    if case.congress.body is Body.ALL_STAFF:
        return Quotas((), (), ())
    heads = (*_by_place(case), *_by_level(case), *_by_sex(case))
    return Quotas(tuple(_law(case, pack, on)), heads, _unplaced(case))


# ---- what the region lays down


def _law(case: Case, pack: RulePack, on: date) -> list[LawQuota]:
    kind, form = case.cycle.agreement_kind or AgreementKind.WAGE, case.cycle.form or Form.SINGLE
    everyone = len(case.delegates) or case.congress.delegates
    found = []

    def term(variant: str) -> Term | None:
        return pack.term(RULE, on, kind, form, variant=variant)

    text = pack.rule(RULE, kind, form)
    staff = case.enterprise.staff
    wanted = fewest(text.ladder, staff) if text is not None and text.ladder and staff else None
    if text is not None and wanted is not None and form is Form.SINGLE:
        said = f"不少于 {wanted} 名（职工 {staff} 人，按条文的算法）"
        found.append(_quota(_ALL, said, wanted, everyone, text.sources))
    elif (least := term("fewest")) is not None:
        found.append(_quota(_ALL, least.spoken, least.amount, everyone, least.sources))
    for variant, group in _SHARES:
        share = term(variant)
        if share is None:
            continue
        at_most = share.bound not in (Bound.AT_LEAST, Bound.MORE_THAN)
        number = None
        if everyone:
            number = share.amount * everyone // share.per if at_most else least_of(share, everyone)
        found.append(_quota(group, share.spoken, number, _there(case, group), share.sources, at_most=at_most))
    women, unit = Flag.WOMEN_SHARE, case.enterprise
    if text is not None and women in text.flags and form is Form.SINGLE:
        number = None
        if everyone and unit.staff and unit.female_staff is not None:
            number = -(-unit.female_staff * everyone // unit.staff)
        said = "不低于女职工的占比"
        found.append(_quota("女代表", said, number, _there(case, "女代表"), text.sources))
    return found


def _quota(
    group: str,
    words: str,
    number: int | None,
    there: int | None,
    sources: tuple[Source, ...],
    *,
    at_most: bool = False,
) -> LawQuota:
    holds = None
    if number is not None and there is not None:
        holds = there <= number if at_most else there >= number
    return LawQuota(
        group=group, words=words, number=number, at_most=at_most, there=there, holds=holds, sources=sources
    )


def _there(case: Case, group: str) -> int | None:
    if case.delegates:
        return {
            "一线": _in(case, Category.FRONTLINE),
            "中高层管理": _in(case, Category.MANAGEMENT),
            "女代表": _women(case),
        }[group]
    congress = case.congress
    return {"一线": congress.frontline, "中高层管理": congress.management, "女代表": congress.women}[group]


def _in(case: Case, *categories: Category) -> int:
    return sum(each.category in categories for each in case.delegates)


def _women(case: Case) -> int:
    return sum(each.sex is Sex.FEMALE for each in case.delegates)


# ---- a fair share by heads


def _groups(case: Case, by: GroupBy) -> dict[str, int]:
    """Heads by group of the roster of staff that was taken in."""
    return {each.name: each.people for each in case.staff_groups if each.by is by and each.people is not None}


def _shared(
    case: Case, by: str, heads: dict[str, int], there: dict[str, int | None]
) -> tuple[HeadQuota, ...]:
    seats = case.congress.delegates
    wanted: Sequence[int | None] = (
        largest_remainder(seats, tuple(heads.values())) if seats is not None else (None,) * len(heads)
    )
    return tuple(
        HeadQuota(by=by, name=name, people=people, wanted=number, there=there.get(name))
        for (name, people), number in zip(heads.items(), wanted, strict=True)
    )


def _by_place(case: Case) -> tuple[HeadQuota, ...]:
    """By department; for an area or industry by enterprise, whose seats may be agreed on already."""
    if case.cycle.form in (Form.AREA, Form.INDUSTRY):
        firms = {each.id: each.staff for each in case.covered_enterprises if each.staff is not None}
        names = {each.id: each.name for each in case.covered_enterprises}
        seats = {each.id: each.congress_seats for each in case.covered_enterprises}
        there = {key: _counted(case, sum(each.enterprise == key for each in case.delegates)) for key in firms}
        shared = _shared(case, "企业", firms, there)
        return tuple(
            HeadQuota(
                by=each.by,
                name=names[each.name],
                people=each.people,
                wanted=seats[each.name] if seats[each.name] is not None else each.wanted,
                there=each.there,
            )
            for each in shared
        )
    heads = _departments(case)
    there = {
        name: _counted(case, sum(each.department.strip() == name for each in case.delegates))
        for name in heads
    }
    return _shared(case, "部门", heads, there)


def _departments(case: Case) -> dict[str, int]:
    listed = {each.name: each.staff for each in case.departments if each.name and each.staff is not None}
    return _groups(case, GroupBy.DEPARTMENT) or listed


def _by_level(case: Case) -> tuple[HeadQuota, ...]:
    heads = {name: people for name, people in _groups(case, GroupBy.LEVEL).items() if name in _LEVELS}
    unit = case.enterprise
    if not heads and unit.staff and unit.frontline_staff is not None and unit.frontline_staff <= unit.staff:
        heads = {"一线": unit.frontline_staff, "技术和管理": unit.staff - unit.frontline_staff}
    there = {name: _counted(case, _in(case, *_LEVELS.get(name, tuple(Category)[1:]))) for name in heads}
    return _shared(case, "岗位类别", heads, there)


def _by_sex(case: Case) -> tuple[HeadQuota, ...]:
    heads, unit = _groups(case, GroupBy.SEX), case.enterprise
    if not heads and unit.staff and unit.female_staff is not None and unit.female_staff <= unit.staff:
        heads = {Sex.MALE.label: unit.staff - unit.female_staff, Sex.FEMALE.label: unit.female_staff}
    there = {each.label: _counted(case, sum(held.sex is each for held in case.delegates)) for each in Sex}
    shared = _shared(case, "性别", heads, there)
    return tuple(each for each in shared if each.name == Sex.FEMALE.label)


def _counted(case: Case, number: int) -> int | None:
    return number if case.delegates else None


def _unplaced(case: Case) -> tuple[str, ...]:
    known = set(_departments(case))
    if not known or case.cycle.form in (Form.AREA, Form.INDUSTRY):
        return ()
    return tuple(
        dict.fromkeys(each.department for each in case.delegates if each.department.strip() not in known)
    )
