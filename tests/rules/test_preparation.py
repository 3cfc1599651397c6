"""The check list before the first meeting tells what is there, what is not, and never what a bottom line says."""

from __future__ import annotations

import dataclasses
from datetime import date

from app.domain.case import Case
from app.domain.survey import BottomLine
from app.rules.preparation import preparations
from app.usecases.check_case import check_case
from app.usecases.make_demo import read_example
from tests.gui.window_driver import fixed_program


def listed(case: Case, on: date = date(2026, 4, 1)):
    return {row.key: row for row in preparations(case, check_case(fixed_program(on), case).deadlines)}


def test_what_was_handed_over_is_told_with_its_due_date() -> None:
    rows = listed(read_example("shandong-linyi-single"))
    employer = rows["disclosure_employer"]
    assert employer.done
    assert employer.words == "4月2日提供 6 项，孟砺川签收"
    assert employer.due is not None
    assert employer.due.due == date(2026, 3, 31)
    assert rows["report"].due is not None
    assert "gaps" not in rows


def test_a_gap_is_listed_until_it_is_filled() -> None:
    case = read_example("weihai-express-industry")
    gap = listed(case)["gaps"]
    assert not gap.done
    assert gap.words == "1 项没补：上年度净利润"
    (held,) = case.disclosure_gaps
    filled = dataclasses.replace(case, disclosure_gaps=(held.replace(supplied_on=date(2026, 4, 9)),))
    assert listed(filled)["gaps"].done


def test_where_no_rule_asks_for_a_report_none_is_listed() -> None:
    assert "report" not in listed(read_example("tianjin-hedong-area"))


def test_of_bottom_lines_only_the_number_is_told() -> None:
    case = read_example("shandong-linyi-single")
    assert not listed(case)["bottom_lines"].done
    written = dataclasses.replace(case, bottom_lines=(BottomLine(id="b", topic="topic-1", floor="百分之五"),))
    assert listed(written)["bottom_lines"].words == "1 项议题写了"


def test_nothing_is_there_in_an_empty_case() -> None:
    rows = preparations(Case(), ())
    assert not any(row.done for row in rows)
    assert {row.key for row in rows} >= {"disclosure_employer", "disclosure_worker", "recorder", "claims"}
