"""Rows of a matrix by groups and numbers that were written: what is told of them, and what never leaves."""

from __future__ import annotations

import dataclasses
import json

from app.domain.answered_sheet import AnsweredSheet
from app.domain.survey import AnswerCount
from app.figures.matrix_by_groups import least_content, satisfied_by_groups
from app.figures.origin import Figure
from app.figures.published import BANDS, published, published_case
from app.figures.small_groups import Hidden
from app.figures.survey_analysis import analysis
from app.figures.survey_results import number_result
from app.figures.survey_tables import question_tables, survey_tables
from app.usecases.leaving import data_leaving
from tests.figures.matrix_case import MATTERS, QUESTIONS, SHOPS, matrix_case, sheets

_HOURS = QUESTIONS[3]


def _counted(held: list[AnsweredSheet], shop: int, row: int) -> tuple[int, int, int]:
    """Content, in between, not content: counted one by one."""
    own = [sheet.answers["content"] for sheet in held if sheet.answers["shop"] == shop]
    given = [rows[row] for rows in own if isinstance(rows, tuple) and rows[row] is not None]
    return sum(each < 2 for each in given), given.count(2), sum(each > 2 for each in given)


def test_each_row_is_a_table_of_its_own_in_three_bands() -> None:
    case = matrix_case()
    tables = [each for each in published(case, case.surveys[0]).tables if each.by.id == "shop"]
    assert [each.row for each in tables] == list(MATTERS)
    assert all(each.merged and len(each.question.options) == len(BANDS) for each in tables)
    shown = 0
    for at, table in enumerate(tables):
        for shop, row in enumerate(table.rows):
            true = _counted(sheets(), shop, at)
            assert all(told in (None, number) for told, number in zip(row.numbers, true, strict=True))
            assert row.sheets in (None, sum(true))
            shown += row.is_whole
            assert all(number is None or number >= 5 or number == 0 for number in row.numbers)
    assert shown >= 4
    assert {table.rows[3].hidden for table in tables} == {Hidden.SMALL}


def test_the_five_numbers_of_a_group_never_leave_and_those_of_all_do() -> None:
    case = matrix_case()
    crossed = [each for each in case.answer_counts if each.question == "content" and each.group_question]
    assert len(crossed) == len(MATTERS) * (len(SHOPS) + 2)
    left = [each for each in json.loads(data_leaving(case))["answer_counts"] if each["question"] == "content"]
    assert [each["group"] for each in left] == list(MATTERS)
    assert not any(each.get("group_question") for each in left)


def test_a_sum_leaves_only_of_five_and_never_of_a_group() -> None:
    case = matrix_case()
    (held,) = (each for each in case.answer_counts if each.question == "hours")
    assert held.total is not None and held.unit == "小时"
    assert held in published_case(case).answer_counts
    few = held.replace(numbers=(4,))
    assert few not in published_case(case.with_record("answer_counts", few)).answer_counts
    group = AnswerCount(
        id="g", question="hours", group="装配", group_question="shop", numbers=(50,), total=held.total
    )
    assert group not in published_case(case.with_record("answer_counts", group)).answer_counts
    told = number_result(case.with_record("answer_counts", few), _HOURS)
    assert told is not None and told.mean.value is None and told.mean.origin == ()


def test_the_mean_of_what_was_written_stands_in_the_tables() -> None:
    case = matrix_case()
    decided = published(case, case.surveys[0])
    (table,) = question_tables(case, _HOURS, decided)
    numbers = [int(str(sheet.answers["hours"]).removesuffix("小时")) for sheet in sheets()]
    cells = [line.cells[0] for line in table.lines]
    assert all(isinstance(cell, Figure) for cell in cells)
    assert [cell.value for cell in cells if isinstance(cell, Figure)] == [120, round(sum(numbers) / 120, 2)]
    assert table.lines[1].label == "平均（小时）"
    said = analysis(case, case.surveys[0], decided)
    assert any("120 份填了数字，平均 19.50 小时" in each for each in said), said


def test_who_is_content_stands_beside_each_other_and_hidden_groups_in_words() -> None:
    case = matrix_case()
    (table,) = satisfied_by_groups(
        published(case, case.surveys[0])
    )  # by members it is in the spreadsheet only
    assert table.heads == ("", *MATTERS) and [line.label for line in table.lines] == list(SHOPS)
    content, between, not_content = _counted(sheets(), 1, 0)
    cell = table.lines[1].cells[0]
    assert isinstance(cell, Figure)
    assert cell.value is not None
    assert abs(float(cell.value) - 100 * content / (content + between + not_content)) < 0.06
    assert set(table.lines[3].cells) == {"不足 5 份"}


def test_the_rows_by_one_grouping_make_one_table_of_the_spreadsheet() -> None:
    case = matrix_case()
    survey = case.surveys[0]
    by_shop, by_member = (
        each for each in survey_tables(case, survey, published(case, survey)) if each.key == "cross"
    )
    assert (by_shop.name, by_member.name) == ("第3题按部门", "第3题按是否会员")
    assert [line.label for line in by_shop.lines] == [row for row in MATTERS for _ in SHOPS]
    assert by_shop.heads[:3] == ("第3题　您满意吗", "部门", "答卷")


def test_the_least_content_are_named_only_if_no_hidden_group_can_be_less_so() -> None:
    case = matrix_case()
    content = QUESTIONS[2]
    found = least_content(published(case, case.surveys[0]), content)
    shares = {
        (shop, row): _counted(sheets(), shop, row)[0] / sum(_counted(sheets(), shop, row))
        for shop in range(3)
        for row in range(3)
    }
    assert found is not None and min(shares, key=lambda each: shares[each]) == (1, 1)
    assert (found.row.name, found.table.row) == (SHOPS[1], MATTERS[1]) and not found.all_shown
    worse = dataclasses.replace(
        case,
        answer_counts=tuple(
            each.replace(numbers=(0, 60, 0, 0, 900))
            if each.group == "班车" and not each.group_question
            else each
            for each in case.answer_counts
        ),
    )
    assert least_content(published(worse, worse.surveys[0]), content) is None
