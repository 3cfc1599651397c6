"""The bank is strict, says whose questions it proposes and why, and covers what forms.md F-01 lists."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from app.domain.case import Case
from app.domain.data_import import DataImport
from app.domain.questionnaire import lacks
from app.domain.representatives import Sex
from app.domain.roster import NOT_TOLD, PostLevel, StaffEmployment, StaffGroup
from app.domain.survey import Audience, GroupBy, Question, QuestionKind, Situation, Survey
from app.domain.union import AgreementKind, Department
from app.errors import UserError
from app.figures.question_bank import (
    MOST_NAMES,
    OTHER_NAMES,
    Bank,
    Group,
    in_bank_order,
    load_bank,
    names_offered,
    own_names,
    propose,
    question_facts,
    read_bank,
)
from app.figures.roster_groups import AGE_BANDS, MEMBER, NO_MEMBER, OLDEST
from app.paths import resource

SHIPPED = resource("questionnaires/bank.toml").read_text(encoding="utf-8")


def proposed(
    case: Case,
    audience: Audience = Audience.STAFF,
    situation: Situation = Situation.NORMAL,
    agreement: AgreementKind | None = AgreementKind.WAGE,
) -> set[str]:
    rows = propose(load_bank(), case, "s", audience=audience, situation=situation, agreement=agreement)
    return {row.question.key for row in rows if row.ticked}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def test_every_group_of_the_form_has_questions_and_both_versions_exist(bank: Bank) -> None:
    assert {each.group for each in bank.questions} == set(Group)
    for audience in Audience:
        groups = {each.group for each in bank.questions if audience in each.audience}
        assert groups >= {Group.BACKGROUND, Group.KNOWN, Group.SATISFIED, Group.WANTED, Group.OPEN}


def test_each_grouping_is_asked_once_and_with_the_words_of_the_roster(bank: Bank) -> None:
    asked = [each for each in bank.questions if each.asks_group is not None]
    assert len({each.asks_group for each in asked}) == len(asked)
    options = {each.asks_group: each.options for each in asked}
    assert options[GroupBy.LEVEL] == tuple(each.label for each in PostLevel)
    assert options[GroupBy.EMPLOYMENT] == tuple(each.label for each in StaffEmployment)
    assert options[GroupBy.SEX] == tuple(each.label for each in Sex)
    assert options[GroupBy.AGE] == (*(name for _, name in AGE_BANDS), OLDEST)
    assert options[GroupBy.MEMBER] == (MEMBER, NO_MEMBER)


def test_every_situation_has_its_emphasis_with_the_notice_it_comes_from(bank: Bank) -> None:
    for situation in Situation:
        found = bank.emphasis_of(situation)
        assert found, situation
        assert all(each.points and re.search(r"[〔年]", each.source) for each in found)


def test_what_is_proposed_follows_situation_agreement_and_audience() -> None:
    case = Case()
    assert {"raise", "allowances", "bonus"} <= proposed(case)
    assert {"paid_on_time", "hard_times"} <= proposed(case, situation=Situation.DIFFICULT)
    assert "raise" not in proposed(case, situation=Situation.DIFFICULT)
    assert {"inner_system", "coefficient"} <= proposed(case, situation=Situation.STATE_WAGES)
    assert "new_business_topics" in proposed(case, situation=Situation.NEW_BUSINESS)
    women = proposed(case, agreement=AgreementKind.WOMEN)
    assert {"women_periods", "women_wanted"} <= women and "quota" not in women
    assert {"hazards", "protection"} <= proposed(case, agreement=AgreementKind.SAFETY)
    assert {"quota", "quota_others", "piece_rate"} <= proposed(case)
    managers = proposed(case, Audience.MANAGERS)
    assert "manager_topics" in managers and not managers & {"level", "satisfied_wage"}


def test_departments_are_the_cases_own_and_asked_only_where_there_are_some(bank: Bank) -> None:
    assert "department" not in proposed(Case())
    case = Case(departments=(Department(id="a", name="铸造"), Department(id="b", name="装配")))
    assert "department" in proposed(case)
    asked = next(each for each in bank.questions if each.key == "department")
    assert question_facts(bank, case, asked)["options"] == ("铸造", "装配")


def on_roster(by: GroupBy, *names: str) -> tuple[StaffGroup, ...]:
    """Head counts as a roster brings them, the largest first."""
    return tuple(
        StaffGroup(id=f"{by.value}-{at}", by=by, name=name, people=100 - at) for at, name in enumerate(names)
    )


def test_the_roster_names_departments_and_posts_before_what_was_typed(bank: Bank) -> None:
    case = Case(
        departments=(Department(id="a", name="铸造"), Department(id="b", name="装配")),
        staff_groups=(
            *on_roster(GroupBy.DEPARTMENT, "装配车间", "铸造车间", NOT_TOLD),
            *on_roster(GroupBy.POST, "焊工", "钳工"),
        ),
    )
    facts = {
        each.key: question_facts(bank, case, each)["options"] for each in bank.questions if each.options_from
    }
    assert facts == {"department": ("装配车间", "铸造车间"), "post": ("焊工", "钳工")}
    assert "department" in proposed(case) and "post" not in proposed(case)


def test_more_names_than_anybody_ticks_share_one_option() -> None:
    names = [f"岗位{at}" for at in range(60)]
    case = Case(staff_groups=on_roster(GroupBy.POST, *names, OTHER_NAMES))
    assert own_names(case, GroupBy.POST) == (*names[: MOST_NAMES - 1], OTHER_NAMES)


def asking(*options: str, **facts: object) -> Case:
    asked = Question(id="q", survey="s", number=1, kind=QuestionKind.SINGLE, stem="哪个部门", options=options)
    return Case(
        surveys=(Survey(id="s").replace(**facts),),
        questions=(asked.replace(asks_group=GroupBy.DEPARTMENT),),
        staff_groups=on_roster(GroupBy.DEPARTMENT, "装配车间", "铸造车间"),
    )


def test_a_roster_that_comes_later_offers_its_names_while_the_questions_may_change() -> None:
    case = asking("铸造", "装配车间", "其他部门")
    (offered,) = names_offered(case, case.surveys[0])
    assert offered.options == ("装配车间", "铸造车间", "其他部门")
    assert (offered.added, offered.dropped) == (("铸造车间",), ("铸造",))
    for known in (asking("铸造车间", "装配车间"), asking(frozen_on=date(2026, 3, 2))):
        assert names_offered(known, known.surveys[0]) == ()
    answered = asking().with_record("data_imports", DataImport(id="i", survey="s"))
    assert names_offered(answered, answered.surveys[0]) == ()
    typed = replace(asking(), staff_groups=(), departments=(Department(id="a", name="铸造"),))
    assert names_offered(typed, typed.surveys[0]) == ()


def test_a_question_that_is_there_is_not_offered_again() -> None:
    case = Case(surveys=(Survey(id="s"),), questions=(Question(id="q", survey="s", bank_key="raise"),))
    rows = propose(
        load_bank(), case, "s", audience=Audience.STAFF, situation=Situation.NORMAL, agreement=None
    )
    row = next(each for each in rows if each.question.key == "raise")
    assert row.there and not row.ticked


def test_scales_have_five_levels_or_four(bank: Bank) -> None:
    asked = next(each for each in bank.questions if each.key == "satisfied_contract")
    assert len(question_facts(bank, Case(), asked)["options"]) == 5
    assert len(question_facts(bank, Case(), asked, four_levels=True)["options"]) == 4


def test_whatever_is_taken_can_be_printed(bank: Bank) -> None:
    case = Case(
        surveys=(Survey(id="s"),),
        departments=(Department(id="a", name="铸造"), Department(id="b", name="装配")),
        staff_groups=on_roster(GroupBy.POST, "焊工", "钳工"),
    )
    for number, each in enumerate(bank.questions, start=1):
        made = Question(id=each.key).replace(survey="s", number=number, **question_facts(bank, case, each))
        case = case.with_record("questions", made)
    assert lacks(case, "s") == ()


def test_the_words_are_plain(bank: Bank) -> None:
    for each in bank.questions:
        assert not re.search(r"您|请稍候|！|是不是应该|难道", each.stem), each.key
        assert len(each.stem) <= 45, each.key
        if each.kind is QuestionKind.SINGLE and each.group is Group.WANTED:
            assert len(each.options) >= 3, each.key


def test_own_questions_stand_before_the_open_ones(bank: Bank) -> None:
    own, opened, first = (
        Question(id="o"),
        Question(id="e", bank_key="open_wish"),
        Question(id="f", bank_key="sex"),
    )
    assert [each.id for each in in_bank_order(bank, (opened, own, first))] == ["f", "o", "e"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "level"\n', 'key = "level"\ncolour = "red"\n', "colour 不认识"),
        ('key = "level"\n', "", "key 没有写"),
        ('key = "level"\n', 'key = "sex"\n', "两题都叫 sex"),
        ('asks_group = "level"', 'asks_group = "shoe"', "没有 shoe"),
        ('scale = "satisfied_5"', 'scale = "no"', "没有叫 no 的量表"),
        ('options = ["一线", "技术", "管理"]', 'options = ["一线", "一线"]', "两个一样的选项"),
        ('options = ["一线", "技术", "管理"]\n', "", "要有一种选项"),
        ('\noptions_from = "departments"', '\noptions_from = "people"', "只能是 departments"),
        ("at_most = 3", "at_most = 40", "少于选项数"),
        (
            'points = ["工资增长幅度", "津贴补贴", "奖金分配办法", "福利和劳动条件"]',
            "points = []",
            "至少写 1 项",
        ),
        ("\nproposed = false", '\nproposed = "no"', "要写 true 或 false"),
        ('heading = "', 'heading = 3 # "', "要写文字"),
        ("\n[scales]", "\n[scales", "不是能读的 TOML"),
    ],
)
def test_a_bank_with_a_fault_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    broken = SHIPPED.replace(old, new, 1)
    assert broken != SHIPPED
    with pytest.raises(UserError, match=said) as refused:
        read_bank(broken.encode())
    assert refused.value.code == "F-301"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UserError, match="读不了"):
        read_bank(b"\xff\xfe\x00")
