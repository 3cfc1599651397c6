"""The charts of a survey as data: the numbers of the tables, and nothing of what is hidden."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from app.domain.case import Case
from app.domain.survey import AnswerCount, GroupBy, Question, QuestionKind, Survey
from app.figures.charts import Chart, ChartKind, ChartRow
from app.figures.origin import Figure
from app.figures.published import published
from app.figures.representativeness import comparisons
from app.figures.small_groups import Hidden
from app.figures.survey_charts import (
    bands_chart,
    groups_chart,
    question_chart,
    roster_chart,
    wishes_chart,
)
from app.figures.survey_results import questions_of
from app.usecases.make_demo import read_example

_RISE = Question(
    id="rise", survey="s", number=2, kind=QuestionKind.SINGLE, stem="您希望工资涨多少",
    options=("3%以下", "3%—5%", "5%以上"),
)  # fmt: skip
_SHOP = Question(
    id="shop", survey="s", number=1, kind=QuestionKind.SINGLE, stem="您的部门",
    options=("铸造", "装配", "质检"), asks_group=GroupBy.DEPARTMENT,
)  # fmt: skip


def by_shops(*numbers: tuple[int, int, int]) -> Case:
    """Three departments, each with its numbers for the three answers."""
    sums = tuple(sum(column) for column in zip(*numbers, strict=True))
    counts = [
        AnswerCount(id="answers-shop", question="shop", numbers=tuple(sum(row) for row in numbers)),
        AnswerCount(id="answers-rise", question="rise", numbers=sums),
        *(
            AnswerCount(id=f"by-{at}", question="rise", group_question="shop", group=name, numbers=row)
            for at, (name, row) in enumerate(zip(_SHOP.options, numbers, strict=True))
        ),
    ]
    return Case(
        surveys=(Survey(id="s", title_text="调查", valid=sum(sums)),),
        questions=(_SHOP, _RISE),
        answer_counts=tuple(counts),
    )


def groups_of(case: Case) -> Chart:
    decided = published(case, case.surveys[0])
    return groups_chart(decided.tables[0], 2)


def rows_of(chart: Chart | None) -> list[tuple[str, str, str]]:
    assert chart is not None
    return [
        (row.label, row.share.text, row.number.text if row.number is not None else "") for row in chart.rows
    ]


def test_wishes_come_most_wanted_first_with_what_became_of_them() -> None:
    case = read_example("shandong-linyi-single")
    survey = case.surveys[0]
    chart = wishes_chart(case, survey, published(case, survey))
    assert chart is not None and chart.kind is ChartKind.BARS and chart.source == "第7题"
    assert rows_of(chart)[:2] == [("工资增长", "87.9%", "268 人"), ("高温津贴", "56.1%", "171 人")]
    assert [row.tail for row in chart.rows][4:] == ["另行解决", "列入", "暂缓"]
    assert [row.ticked for row in chart.rows][4:] == [False, True, False]
    assert [row.label for row in chart.rows if row.strong] == ["工资增长"]
    assert chart.figures["工资增长"].origin[0].words == "第7题 工资增长 268 人"


def test_bands_keep_their_order_and_the_highest_stands_out() -> None:
    case = read_example("shandong-linyi-single")
    survey = case.surveys[0]
    chart = bands_chart(case, survey, published(case, survey))
    assert chart is not None and chart.title == "希望工资涨多少" and chart.remark == "最集中：5%—8%"
    assert [row.number.value for row in chart.rows if row.number is not None] == [11, 62, 143, 61, 28]
    assert chart.most == 143
    assert [row.label for row in chart.rows if row.strong] == ["5%—8%"]


def test_the_roster_stands_beside_the_answers_with_one_scale_for_all() -> None:
    case = read_example("shandong-linyi-single")
    compared = comparisons(case, case.surveys[0])
    chart = roster_chart(compared)
    assert chart is not None and chart.kind is ChartKind.PAIRS
    assert chart.rows[4].words == (
        "合同制职工：在册 386 人，有效 289 份，回收率 74.9%，在册占比 94.1%，答卷占比 94.8%，+0.7 点"
    )
    assert chart.most == 94.8
    assert [row.begins for row in chart.rows] == [True, False] * 3
    assert roster_chart(()) is None


def test_rows_of_a_matrix_tell_the_first_two_answers_together() -> None:
    case = read_example("shandong-linyi-single")
    decided = published(case, case.surveys[0])
    matrix = next(each for each in questions_of(case, case.surveys[0]) if each.kind is QuestionKind.MATRIX)
    chart = question_chart(case, matrix, decided)
    assert chart is not None
    assert [(row.label, row.share.text, row.tail) for row in chart.rows][:2] == [
        ("工资水平", "35.7%", "一般"),
        ("调整幅度", "28.2%", "一般"),
    ]


def test_a_hidden_group_has_no_number_to_draw() -> None:
    chart = groups_of(by_shops((10, 20, 30), (1, 1, 1), (0, 2, 8)))
    assert [row.hidden for row in chart.rows] == [None, Hidden.SMALL, Hidden.GUARD]
    for row in chart.rows[1:]:
        assert row.share.value is None and row.figure.value is None and row.tail == ""
        assert not row.share.origin and not row.figure.origin
    shops = question_chart(by_shops((10, 20, 30), (1, 1, 1), (0, 2, 8)), _SHOP, _decided())
    assert shops is not None
    assert [(row.label, row.hidden) for row in shops.rows] == [
        ("铸造", None),
        ("装配", Hidden.SMALL),
        ("质检", Hidden.GUARD),
    ]
    assert not any(row.strong for row in shops.rows)


def _decided():
    case = by_shops((10, 20, 30), (1, 1, 1), (0, 2, 8))
    return published(case, case.surveys[0])


def published_rows(case: Case) -> list[tuple[object, ...]]:
    rows = published(case, case.surveys[0]).tables[0].rows
    return [(row.name, row.sheets, row.numbers, row.reasons) for row in rows]


@pytest.mark.parametrize(
    "numbers",
    [
        ((40, 30, 50), (2, 20, 30), (30, 30, 31)),
        ((20, 21, 22), (22, 21, 20), (3, 9, 12)),
        ((7, 8, 40), (8, 7, 40), (2, 12, 11)),
    ],
)
def test_other_hidden_numbers_make_the_very_same_chart(numbers: tuple[tuple[int, int, int], ...]) -> None:
    """Neither a bar nor what a group is said to have chosen most tells one possible case from another."""
    first = by_shops(*numbers)
    alike = 0
    for upper, lower in itertools.permutations(range(3), 2):
        for left, right in itertools.permutations(range(3), 2):
            moved = [list(row) for row in numbers]
            for row, column, step in (
                (upper, left, 1),
                (upper, right, -1),
                (lower, left, -1),
                (lower, right, 1),
            ):
                moved[row][column] += step
            other = by_shops(*(tuple(row) for row in moved))
            if published_rows(other) == published_rows(first):
                alike += 1
                for at in range(3):
                    drawn = [
                        groups_chart(published(case, case.surveys[0]).tables[0], at)
                        for case in (first, other)
                    ]
                    assert [row.words for row in drawn[0].rows] == [row.words for row in drawn[1].rows]
    assert alike


def test_what_a_group_chose_most_is_said_where_the_shown_numbers_tell_it() -> None:
    whole = groups_of(by_shops((40, 30, 50), (20, 31, 30), (30, 30, 31)))
    assert [row.tail for row in whole.rows] == ["5%以上", "3%—5%", "5%以上"]


def test_a_row_that_is_hidden_refuses_a_number() -> None:
    share, number = Figure(None, "%", "装配"), Figure(3, "人", "装配")
    with pytest.raises(ValueError, match="hidden"):
        ChartRow(key="a", label="装配", share=share, figure=share, number=number, hidden=Hidden.SMALL)
    with pytest.raises(ValueError, match="hidden"):
        ChartRow(key="a", label="装配", share=number, figure=share, hidden=Hidden.SMALL)


def test_a_closed_question_is_drawn_without_bars_and_in_its_own_order() -> None:
    case = read_example("shandong-linyi-single")
    survey = case.surveys[0]
    decided = published(case, survey)
    wish = next(each for each in case.questions if each.number == 7)
    closed = dataclasses.replace(decided, closed={wish.id: Hidden.WHOLE})
    chart = wishes_chart(case, survey, closed)
    assert chart is not None
    assert [row.label for row in chart.rows] == list(wish.options)
    assert {row.hidden for row in chart.rows} == {Hidden.WHOLE}
    assert chart.most == 0
    assert not [
        text for text in chart.texts() if "%" in text or "人" in text.removesuffix(Hidden.WHOLE.label)[:0]
    ]


def test_a_ranking_is_drawn_by_its_scores_not_by_who_ranked_an_option_at_all() -> None:
    question = Question(
        id="q", survey="s", number=1, kind=QuestionKind.RANKING, stem="先谈什么", options=("甲", "乙", "丙")
    )
    counts = (
        AnswerCount(id="answers-q", question="q", numbers=(20, 20, 20)),
        AnswerCount(id="answers-q-row-1", question="q", group="第1位", numbers=(5, 9, 6)),
        AnswerCount(id="answers-q-row-2", question="q", group="第2位", numbers=(6, 8, 6)),
        AnswerCount(id="answers-q-row-3", question="q", group="第3位", numbers=(9, 3, 8)),
    )
    survey = Survey(id="s", title_text="调查", valid=20)
    case = Case(surveys=(survey,), questions=(question,), answer_counts=counts)
    chart = question_chart(case, question, published(case, survey))
    assert chart is not None
    assert [(row.label, row.tail) for row in chart.rows] == [
        ("乙", "2.30 分"),
        ("丙", "1.90 分"),
        ("甲", "1.80 分"),
    ]
