"""The rates of the three worked years, and rounding that never drifts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Case
from app.domain.evaluation import Poll
from app.domain.survey import Survey
from app.exchange.case_file import load_case
from app.figures.origin import Figure, percent, rounded
from app.figures.rates import option_shares, rates_of, satisfaction_rate, staff_total, survey_return_rate
from app.paths import resource

# Transcribed by hand from the 期望 of the three cases, not computed.
EXPECTED = {
    "shandong-linyi-single": {
        "问卷回收率": "94.5%",
        "问卷有效率": "97.8%",
        "会员率": "96.4%",
        "知晓率": "92.0%",
        "参与率": "83.7%",
        "满意率": "91.7%",
        "企业认可度": "90.0%",
        "平均工资增幅": "6.00%",
        "工资总额增幅": "7.67%",
    },
    "weihai-express-industry": {
        "问卷回收率": "79.6%",
        "问卷有效率": "96.7%",
        "会员率": "90.3%",
        "知晓率": "91.0%",
        "参与率": "79.4%",
        "满意率": "91.5%",
        "企业认可度": "88.9%",
        "平均工资增幅": "7.00%",
    },
    "tianjin-hedong-area": {
        "问卷回收率": "96.3%",
        "问卷有效率": "97.8%",
        "会员率": "93.7%",
        "街域建制率": "94.1%",
        "知晓率": "91.1%",
        "参与率": "79.8%",
        "满意率": "88.7%",
        "企业认可度": "85.7%",
        "平均工资增幅": "5.00%",
    },
}


def example(name: str) -> Case:
    return load_case(resource(f"examples/{name}.json").read_bytes())


@pytest.mark.parametrize("name", EXPECTED)
def test_rates_of_the_worked_years(name: str) -> None:
    found = {figure.label: figure.text for figure in rates_of(example(name))}
    assert {label: found.get(label) for label in EXPECTED[name]} == EXPECTED[name]
    # The only one that is known beyond those listed: the agreed wage totals of the other two.
    assert set(found) - set(EXPECTED[name]) <= {"工资总额增幅"}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_rate_names_facts_that_exist(name: str) -> None:
    case = example(name)
    for figure in rates_of(case):
        assert figure.origin and figure.rule, figure.label
        for part in figure.origin:
            held = case.find(part.collection, part.record_id)
            assert held is not None and part.words
            assert not part.fact or getattr(held, part.fact) is not None


def test_share_of_each_answer() -> None:
    case = example("shandong-linyi-single")
    question = case.find("questions", "question-7")
    shares = option_shares(case, question, case.find("answer_counts", "answers-7"))
    assert [(share.label, share.text) for share in shares][:2] == [
        ("工资增长", "87.9%"),
        ("高温津贴", "56.1%"),
    ]
    only_some = case.find("questions", "question-8")
    assert option_shares(case, only_some, case.find("answer_counts", "answers-8"))[0].text == "85.4%"
    by_group = option_shares(
        case, case.find("questions", "question-6"), case.find("answer_counts", "answers-6-by-1-2")
    )
    assert [share.text for share in by_group] == ["6.5%", "25.8%", "41.9%", "16.1%", "9.7%"]


def test_group_of_a_multiple_choice_gets_no_shares() -> None:
    case = example("shandong-linyi-single")
    answers = case.find("answer_counts", "answers-7").replace(group="一线")
    assert {share.value for share in option_shares(case, case.find("questions", "question-7"), answers)} == {
        None
    }


def test_staff_are_those_with_a_labour_relation() -> None:
    assert staff_total(example("shandong-linyi-single"))[0] == 386
    assert staff_total(example("weihai-express-industry"))[0] == 505
    assert staff_total(example("tianjin-hedong-area"))[0] == 268
    case = example("weihai-express-industry")
    unknown = case.with_record("covered_enterprises", case.covered_enterprises[0].replace(staff=None))
    assert staff_total(unknown)[0] is None


def test_what_is_not_known_is_a_dash_not_a_zero() -> None:
    assert survey_return_rate(Survey(id="s", issued=10)).text == "—"
    assert survey_return_rate(Survey(id="s", issued=0, returned=0)).text == "—"
    assert survey_return_rate(Survey(id="s", issued=10, returned=0)).text == "0.0%"
    assert satisfaction_rate(Poll(id="p", valid=10, very_satisfied=1, satisfied=2)).value is None
    assert rates_of(Case()) == ()


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (231, 240, "96.3"),
        (1, 8, "12.5"),
        (1, 16, "6.3"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 2000, "0.1"),
        (0, 5, "0.0"),
    ],
)
def test_halves_go_up(part: int, whole: int, shown: str) -> None:
    assert str(percent(part, whole)) == shown


def test_without_a_whole_there_is_no_percent() -> None:
    assert percent(1, 0) is None


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 4))
def test_rounding_is_to_the_nearest_and_exact(top: int, bottom: int, places: int) -> None:
    exact = Fraction(top, bottom)
    made = rounded(exact, places)
    step = Fraction(1, 10**places)
    assert abs(Fraction(made) - exact) <= step / 2
    assert -made.as_tuple().exponent == places  # type: ignore[operator]
    if abs(Fraction(made) - exact) == step / 2:
        assert abs(Fraction(made)) > abs(exact)


def test_a_figure_reads_as_on_paper() -> None:
    assert Figure(386, "人", "职工").text == "386 人"
    assert Figure(Decimal("94.5"), "%", "回收率").text == "94.5%"
    assert Figure(None, "家", "企业").text == "—"
