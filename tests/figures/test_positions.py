"""Rounds, changes, distances and what a percentage costs, told from the case alone."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from app.domain.case import Case
from app.domain.negotiation import Meeting, Position, RoundResult, YearFigures
from app.domain.offer import OfferItem
from app.domain.survey import Topic, TopicCategory, TopicDecision
from app.domain.union import Cycle, Side
from app.figures.positions import (
    Round,
    Said,
    Talks,
    current_round,
    gap_between,
    rounds_of,
    step_unit,
    topics_of,
    with_step_unit,
)
from app.figures.wage_cost import base_year, is_yearly_adjustment, wage_cost
from app.usecases.make_demo import read_example

OURS, THEIRS = Side.WORKER, Side.EMPLOYER


@pytest.fixture
def talks() -> Talks:
    return Talks(read_example("shandong-linyi-single"))


def topic(talks: Talks, key: str) -> Topic:
    return next(each for each in talks.topics if each.id == key)


def test_rounds_stand_in_the_order_of_their_number_then_day() -> None:
    case = Case(
        meetings=(
            Meeting(id="undated"),
            Meeting(id="second", number=2, held_on=date(2026, 4, 1)),
            Meeting(id="later", held_on=date(2026, 6, 1)),
            Meeting(id="first", number=1, held_on=date(2026, 4, 9)),
        )
    )
    assert [each.meeting.id for each in rounds_of(case)] == ["first", "second", "later", "undated"]
    assert [each.name for each in rounds_of(case)] == ["第一轮", "第二轮", "第三轮", "第四轮"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "第一轮"),
        (10, "第十轮"),
        (12, "第十二轮"),
        (20, "第二十轮"),
        (99, "第九十九轮"),
        (200, "第 200 轮"),
    ],
)
def test_a_round_is_named_by_its_number(number: int, words: str) -> None:
    assert Round(Meeting(id="m"), number).name == words


def test_the_round_of_the_day_is_the_last_one_held() -> None:
    rounds = rounds_of(read_example("shandong-linyi-single"))
    assert current_round(rounds, date(2026, 4, 9)) == 0
    assert current_round(rounds, date(2026, 4, 17)) == 1
    assert current_round(rounds, date(2026, 4, 21)) == 1
    assert current_round(rounds, date(2027, 1, 1)) == 2
    assert current_round((), date(2026, 4, 1)) == -1


def test_a_change_is_told_against_what_was_said_last(talks: Talks) -> None:
    assert talks.move("topic-1", 1, OURS) == Decimal("-1.0")
    assert talks.move("topic-1", 1, THEIRS) == Decimal("1.0")
    assert talks.move("topic-1", 0, OURS) is None
    assert talks.changed("topic-1", 1, OURS)
    assert not talks.changed("topic-1", 0, OURS)


def test_a_round_in_which_nobody_spoke_is_passed_over() -> None:
    case = read_example("weihai-express-industry")
    talks = Talks(case)
    skipped = next(each for each in talks.topics if each.id == "topic-5")
    assert talks.said("topic-5", 1, OURS) == Said()
    assert talks.last_said("topic-5", 1, THEIRS).value == Decimal("80")
    assert talks.gap(skipped, 1).amount == Decimal("20")
    assert talks.move("topic-5", 2, THEIRS) == Decimal("20")


def test_distance_in_the_unit_of_one_step(talks: Talks) -> None:
    assert talks.gap(topic(talks, "topic-1"), 1).words == "2.0 个百分点"
    assert talks.gap(topic(talks, "topic-4"), 1).words == "40 元"
    assert talks.gap(topic(talks, "topic-2"), 1).words == "—"


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (Said(), Said(Decimal(1)), ""),
        (Said(text="应发工资"), Said(Decimal(2400)), "口径不同"),
        (Said(text="应发工资"), Said(text="基本工资"), "口径不同"),
        (Said(text="应发工资"), Said(text="应发工资"), "—"),
        (Said(Decimal("0.95")), Said(Decimal("1.1")), "0.15 元"),
        (Said(Decimal("123456789012.5")), Said(Decimal(0)), "123456789012.5 元"),
        (Said(Decimal(0)), Said(Decimal(0)), "—"),
    ],
)
def test_distance_of_numbers_and_words(ours: Said, theirs: Said, words: str) -> None:
    assert gap_between(ours, theirs, "元/件").words == words


@pytest.mark.parametrize(
    ("unit", "step"),
    [
        ("%", "个百分点"),
        ("定额下调%", "个百分点"),
        ("元/班", "元"),
        ("次/年", "次"),
        ("天", "天"),
        ("每月几日", ""),
        ("", ""),
    ],
)
def test_unit_of_a_difference(unit: str, step: str) -> None:
    assert step_unit(unit) == step


def test_what_was_agreed_stays_agreed_until_somebody_says_otherwise(talks: Talks) -> None:
    wage = topic(talks, "topic-1")
    assert talks.outcome(wage, 1).result is RoundResult.OPEN
    assert talks.outcome(wage, 2).words == "6.0%"
    check = topic(talks, "topic-6")
    assert not talks.agreed_before(check, 0)
    assert talks.agreed_before(check, 1)
    assert talks.outcome(check, 2).at == 0
    assert {each.id for each in talks.open_topics(1)} == {"topic-1", "topic-4"}
    assert talks.open_topics(2) == ()


def test_taking_a_topic_up_again_opens_it() -> None:
    case = read_example("shandong-linyi-single")
    again = Position(id="again", topic="topic-6", meeting="meeting-2", result=RoundResult.OPEN)
    talks = Talks(dataclasses.replace(case, positions=(*case.positions, again)))
    assert not talks.agreed_before(topic(talks, "topic-6"), 1)
    assert talks.outcome(topic(talks, "topic-6"), 1).result is RoundResult.OPEN


def test_agreed_on_different_numbers_names_none() -> None:
    assert with_step_unit(Said(text="15 日前"), "每月几日") == "15 日前"
    case = read_example("shandong-linyi-single")
    odd = tuple(
        each.replace(employer_value=Decimal("5.5")) if each.id == "position-1-3" else each
        for each in case.positions
    )
    talks = Talks(dataclasses.replace(case, positions=odd))
    assert talks.outcome(topic(talks, "topic-1"), 2).words == ""


def test_topics_come_in_the_order_of_the_offer_then_what_was_spoken_on() -> None:
    case = Case(
        topics=(
            Topic(id="a"),
            Topic(id="b", decision=TopicDecision.OFFERED),
            Topic(id="c", decision=TopicDecision.ELSEWHERE),
            Topic(id="d"),
        ),
        offer_items=(OfferItem(id="i", topic="d"), OfferItem(id="gone", topic="nobody")),
        positions=(Position(id="p", topic="c", meeting="m"),),
    )
    assert [each.id for each in topics_of(case)] == ["d", "c", "b"]
    assert [each.id for each in topics_of(Case(topics=(Topic(id="a"),)))] == ["a"]


# ---- what a percentage costs


def test_a_percentage_costs_its_part_of_the_disclosed_wage_total() -> None:
    case = read_example("shandong-linyi-single")
    cost = wage_cost(case, Decimal("7.0"), Decimal("5.0"))
    assert cost is not None
    assert cost.per_point.text == "29.64 万元"
    assert (cost.ours.value, cost.theirs.value) == (Decimal("207.48"), Decimal("148.20"))
    assert cost.difference.value == Decimal("59.28")
    assert cost.ours_each.text == "6955 元/月"
    (origin,) = cost.ours.origin
    assert (origin.collection, origin.record_id, origin.fact) == ("year_figures", "year-2025", "wage_total")


def test_without_a_wage_total_nothing_is_told() -> None:
    assert wage_cost(Case(), Decimal(7), Decimal(5)) is None
    assert wage_cost(Case(year_figures=(YearFigures(id="y", year=2025),)), Decimal(7), None) is None


def test_without_an_average_wage_nothing_is_told_for_one_person() -> None:
    cost = wage_cost(read_example("weihai-express-industry"), Decimal(7), None)
    assert cost is not None
    assert cost.ours_each.value is None
    assert cost.theirs.value is None
    assert cost.difference.value is None


def test_the_year_counted_from_is_the_latest_one_known() -> None:
    years = tuple(
        YearFigures(id=str(year), year=year, wage_total=total)
        for year, total in ((2023, Decimal(1)), (2025, Decimal(3)), (2026, None), (2030, Decimal(9)))
    )
    found = base_year(Case(cycle=Cycle(id="cycle", year=2026), year_figures=years))
    assert found is not None
    assert found.year == 2025


def test_only_the_yearly_adjustment_in_percent_is_a_part_of_the_wage_total() -> None:
    assert is_yearly_adjustment(Topic(id="t", category=TopicCategory.LEVEL, unit="%"))
    assert not is_yearly_adjustment(Topic(id="t", category=TopicCategory.LEVEL, unit="元/月"))
    assert not is_yearly_adjustment(Topic(id="t", category=TopicCategory.QUOTA, unit="%"))
