"""Quotas of delegates: numbers of law from packs only, fair shares by heads beside who is on the roster."""

from __future__ import annotations

import dataclasses
from datetime import date
from random import Random

import pytest

from app.domain.case import Case
from app.domain.congress import Body, Category, Congress, Delegate
from app.domain.representatives import Sex
from app.domain.roster import StaffGroup
from app.domain.shares import largest_remainder
from app.domain.survey import GroupBy
from app.domain.union import CoveredEnterprise, Cycle, Department, Enterprise, Form
from app.rules.delegate_quotas import delegate_quotas
from tests.rules.worked import packs, worked

ON = date(2026, 3, 2)


def quotas(case: Case, region: str = "shandong"):
    return delegate_quotas(case, packs().region(region), ON)


def heads(case: Case) -> dict[str, tuple[int | None, int | None, str]]:
    return {each.name: (each.wanted, each.there, each.difference) for each in quotas(case).heads}


def law(case: Case, region: str) -> dict[str, tuple[int | None, bool | None]]:
    return {each.group: (each.number, each.holds) for each in quotas(case, region).law}


@pytest.mark.parametrize(
    ("seats", "people", "shared"),
    [
        (52, (74, 86, 62, 46, 28, 30, 26, 22, 12), (10, 12, 8, 6, 4, 4, 3, 3, 2)),
        (10, (1, 1, 1), (4, 3, 3)),
        (10, (47_000, 16_000, 15_900, 12_000, 6_000, 3_100), (5, 2, 1, 1, 1, 0)),
        (0, (5, 5), (0, 0)),
        (5, (0, 0), (0, 0)),
        (5, (), ()),
    ],
)
def test_seats_are_shared_out_by_the_largest_remainders(seats, people, shared) -> None:
    assert largest_remainder(seats, people) == shared


def test_every_sharing_out_gives_all_seats_and_nobody_more_than_one_beside_their_share() -> None:
    random = Random(4)
    for _ in range(500):
        people = [random.randrange(400) for _ in range(random.randrange(1, 20))]
        seats = random.randrange(200)
        shared = largest_remainder(seats, people)
        if sum(people):
            assert sum(shared) == seats
            assert all(
                abs(got - seats * each / sum(people)) < 1 for got, each in zip(shared, people, strict=True)
            )


def case_of(*delegates: Delegate, seats: int | None = 4) -> Case:
    return Case(
        cycle=Cycle(id="cycle", form=Form.SINGLE),
        congress=Congress(id="congress", delegates=seats),
        enterprise=Enterprise(id="enterprise", staff=100, female_staff=40, frontline_staff=75),
        departments=(
            Department(id="1", name="一车间", staff=60),
            Department(id="2", name="二车间", staff=40),
        ),
        delegates=delegates,
    )


def delegate(key: str, department: str, category: Category, sex: Sex) -> Delegate:
    return Delegate(id=key, name=key, department=department, category=category, sex=sex)


ONE = delegate("a", "一车间", Category.FRONTLINE, Sex.MALE)


def test_it_follows_the_roster_of_delegates_while_they_are_chosen() -> None:
    assert heads(case_of()) == {
        "一车间": (2, None, ""), "二车间": (2, None, ""), "一线": (3, None, ""),
        "技术和管理": (1, None, ""), "女": (2, None, ""),
    }  # fmt: skip
    told = heads(case_of(ONE))
    assert told["一车间"] == (2, 1, "少 1") and told["二车间"] == (2, 0, "少 2")
    women = [delegate(key, "二车间", Category.MANAGEMENT, Sex.FEMALE) for key in "bc"]
    told = heads(case_of(ONE, *women))
    assert told["二车间"] == (2, 2, "正好") and told["技术和管理"] == (1, 2, "多 1")
    assert told["女"] == (2, 2, "正好")


def test_the_roster_of_staff_goes_before_what_was_typed() -> None:
    groups = [
        (GroupBy.DEPARTMENT, "三车间", 90), (GroupBy.DEPARTMENT, "四车间", 10),
        (GroupBy.LEVEL, "一线", 50), (GroupBy.LEVEL, "技术", 25), (GroupBy.LEVEL, "管理", 25),
        (GroupBy.SEX, "男", 25), (GroupBy.SEX, "女", 75),
    ]  # fmt: skip
    counted = tuple(
        StaffGroup(id=str(at), by=by, name=name, people=people)
        for at, (by, name, people) in enumerate(groups)
    )
    case = dataclasses.replace(case_of(ONE), staff_groups=counted)
    assert {name: wanted for name, (wanted, _, _) in heads(case).items()} == {
        "三车间": 4, "四车间": 0, "一线": 2, "技术": 1, "管理": 1, "女": 3,
    }  # fmt: skip
    assert quotas(case).unplaced == ("一车间",)


def test_without_a_number_of_delegates_no_seat_is_handed_out() -> None:
    assert heads(case_of(seats=None))["一车间"] == (None, None, "")


def test_where_all_staff_decide_nobody_is_chosen() -> None:
    case = case_of(ONE)
    case = dataclasses.replace(case, congress=case.congress.replace(body=Body.ALL_STAFF))
    assert quotas(case) == type(quotas(case))((), (), ())


def test_seats_of_enterprises_that_are_written_stay() -> None:
    firms = (
        CoveredEnterprise(id="x", name="甲", staff=50, congress_seats=1),
        CoveredEnterprise(id="y", name="乙", staff=50),
    )
    case = dataclasses.replace(
        case_of(ONE.replace(enterprise="y")),
        cycle=Cycle(id="cycle", form=Form.AREA),
        covered_enterprises=firms,
    )
    told = heads(case)
    assert told["甲"] == (1, 0, "少 1") and told["乙"] == (2, 1, "少 1")
    assert "照写的" in quotas(case).method


def test_numbers_of_law_are_those_of_the_pack_and_none_where_it_is_silent() -> None:
    case = worked("linyi")
    assert law(case, "shandong") == {} and law(case, "tianjin") == {}
    assert law(case, "shanghai") == {"职工代表": (40, True), "中高层管理": (10, True)}
    assert law(case, "zhejiang") == {
        "职工代表": (54, False), "中高层管理": (10, True), "女代表": (17, True),
    }  # fmt: skip
    (said,) = [each.sentence("某条") for each in quotas(case, "zhejiang").law if each.group == "女代表"]
    assert said == "女代表不低于女职工的占比（某条），至少 17 名，实有 17 名，符合。"


def test_an_area_has_its_own_numbers_of_law() -> None:
    case = worked("hedong")
    assert law(case, "shanghai") == {"职工代表": (30, True), "一线": (35, None), "中高层管理": (21, None)}
