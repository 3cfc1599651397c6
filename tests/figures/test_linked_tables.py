"""What tables of one question hold back for each other."""

from __future__ import annotations

import dataclasses

from app.figures.group_tables import by_option, first_crossing, group_table
from app.figures.linked_tables import Side, held_back
from app.figures.published import CrossRow, CrossTable, published
from app.figures.small_groups import Hidden
from tests.figures.made_surveys import RISE, SEX
from tests.figures.test_attack import GO_TOGETHER


def side(*rows: tuple[int, ...], hidden: str = "", left: tuple[int, ...] = ()) -> Side:
    """``hidden`` names the hidden numbers row by row: ``x.. ...``."""
    marks = hidden.split() or ["." * len(row) for row in rows]
    return Side(rows, tuple(tuple(mark == "x" for mark in line) for line in marks), left)


def test_where_nothing_is_hidden_everything_is_shown() -> None:
    assert held_back([side((5, 6), (7, 8)), side((6, 9), (6, 5))], (12, 14)) == (None, None)


def test_one_table_alone_shows_what_it_may() -> None:
    assert held_back([side((4, 26), (26, 4), hidden="xx xx")], (30, 30)) == (None,)


def test_only_one_table_hides_single_numbers() -> None:
    # By shop 4 of 30 are hidden; by sex nothing is small, so that is the table that shows most.
    shops, sexes = side((4, 26), (26, 4), hidden="xx xx"), side((14, 16), (16, 14))
    assert held_back([shops, sexes], (30, 30)) == (frozenset({0, 1}), None)


def test_the_others_show_the_options_of_which_nothing_is_hidden() -> None:
    shops = side((2, 9, 20), (8, 7, 20), (9, 8, 20), hidden="xx. xx. ...")
    sexes = side((9, 2, 30), (10, 22, 30), hidden="xx. xx.")
    assert held_back([shops, sexes], (19, 24, 60)) == (None, frozenset({0, 1}))


def test_an_option_never_stands_alone_and_hidden_answers_are_five_at_least() -> None:
    posts = side((3, 20, 10), (9, 30, 10), hidden="x.x x.x")
    sexes = side((1, 25, 10), (11, 25, 10), hidden="x.x x.x")
    for back in held_back([posts, sexes], (12, 50, 20)):
        assert back is None or back == frozenset({0, 2})
    few = side((0, 20, 1, 9), (12, 20, 11, 9), hidden="x.x. x.x.")
    more = side((6, 20, 6, 9), (6, 20, 6, 9), hidden="x.x. x.x.")
    plan = held_back([more, few], (12, 40, 12, 18))
    assert plan[1] is None or {0, 2} < plan[1]  # 0 and 1 together are one person's


def test_a_table_of_small_numbers_only_is_left_out_and_spares_the_others() -> None:
    posts = side(*[(4, 3, 2)] * 8, hidden=" ".join(["xxx"] * 8))
    sexes, levels = side((16, 12, 8), (16, 12, 8)), side((20, 12, 9), (12, 12, 7))
    assert held_back([posts, sexes, levels], (32, 24, 16)) == (frozenset({0, 1, 2}), None, frozenset())


def test_what_the_hidden_groups_chose_together_counts_as_a_group() -> None:
    shops = side((30, 30, 9), left=(10, 2, 9), hidden=".x.")
    sexes = side((20, 16, 9), (20, 16, 9))
    assert held_back([shops, sexes], (40, 32, 18)) == (frozenset({1, 2}), None)


def test_what_is_looked_at_first_shows_something() -> None:
    case = GO_TOGETHER.case
    survey = case.surveys[0]
    decided = published(case, survey)
    sure = [each for each in decided.crossings if each.question.id == "sure"]
    assert [decided.made(each).is_hidden for each in sure] == [True, False]  # by shop, by sex
    only = dataclasses.replace(decided, crossings=tuple(sure))
    first = first_crossing(case, survey, only)
    assert first is not None and first.title == "性别"
    table = group_table(case, survey)
    assert table is not None and any(group.share.value is not None for group in table.groups)


def test_the_option_shown_at_first_is_one_that_is_shown() -> None:
    row = CrossRow("男", 40, (None, None, 9), (Hidden.WHOLE, Hidden.WHOLE, None), None, "r")
    table = CrossTable(RISE, SEX, "性别", (row,), (60, 20, 18))
    assert by_option(table).option == RISE.options[2]
