"""Numbers as people write them; what is none is told why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.written_numbers import NEGATIVE, NO_NUMBER, TOO_LARGE, read_together, written_number


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("3500", "3500", ""),
        ("3,500", "3500", ""),
        ("3，500元", "3500", "元"),
        ("３５００", "3500", ""),
        ("￥3500.00", "3500", ""),
        ("3500元/月", "3500", "元/月"),
        ("200块钱", "200", "元"),
        ("1.5万元", "15000", "元"),
        ("4k", "4000", ""),
        ("约 3500 左右", "3500", ""),
        ("三千", "3000", ""),
        ("三千五", "3500", ""),
        ("三千零五", "3005", ""),
        ("两万三千四百五十六", "23456", ""),
        ("一万零五十", "10050", ""),
        ("十五天", "15", "天"),
        ("二十", "20", ""),
        ("二点五小时", "2.5", "小时"),
        ("二五〇〇", "2500", ""),
        ("3个月", "3", "月"),
        ("6个", "6", "个"),
        ("10%", "10", "%"),
        ("0", "0", ""),
        ("-0", "0", ""),
    ],
)
def test_what_is_a_number(words: str, value: str, unit: str) -> None:
    found = written_number(words)
    assert (found.value, found.unit, found.problem) == (Decimal(value), unit, "")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("", NO_NUMBER),
        ("不知道", NO_NUMBER),
        ("3000-4000", NO_NUMBER),
        ("3000到4000", NO_NUMBER),
        ("12,34", NO_NUMBER),
        ("1e5", NO_NUMBER),
        ("万", NO_NUMBER),
        ("一二十三", NO_NUMBER),
        ("点五", NO_NUMBER),
        ("nan", NO_NUMBER),
        ("-500", NEGATIVE),
        ("−500元", NEGATIVE),
        ("负三", NEGATIVE),
        ("13812345678", TOO_LARGE),
        ("99999万", ""),
        ("100000万", TOO_LARGE),
    ],
)
def test_what_is_none(words: str, problem: str) -> None:
    found = written_number(words)
    assert found.problem == problem
    assert (found.value is None) is bool(problem)


@given(st.integers(0, 999_999_999), st.sampled_from(["", ",", "元"]))
def test_whole_numbers_come_back(number: int, way: str) -> None:
    words = f"{number:,}" if way == "," else f"{number}{way}"
    assert written_number(words).value == number


@given(st.text(max_size=30))
def test_nothing_written_breaks_it(words: str) -> None:
    found = written_number(words)
    assert (found.value is None) is bool(found.problem)


def test_the_unit_most_wrote_is_that_of_all() -> None:
    found = read_together(["3年", "3年", "6个月", "4", "很久"])
    assert found.unit == "年" and found.other_unit == {"6个月"}
    assert found.values == {"3年": 3, "4": 4} and found.problems == {"很久": NO_NUMBER}
    assert read_together([]).unit == ""
