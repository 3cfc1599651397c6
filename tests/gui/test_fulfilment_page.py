"""履约检查 in the window: figures with their origin above rows that are filled in where they stand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.usecases.make_demo import read_example
from tests.gui.demo_pages import open_case
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))


def step(hands: Hands, key: str):
    hands.go("fulfilment", key)
    hands.settle()
    return hands.page.view()


def test_obligations_tell_how_far_they_are_and_where_the_number_comes_from(hands: Hands) -> None:
    view = step(hands, "obligations").views["obligation_figures"]
    assert [figure.value for figure in view.figures()] == [7, 7, 6, 1, 0]
    view.strip.origin_requested.emit("3")
    assert view.origin.isVisible() and view.origin.is_open()
    view.strip.origin_requested.emit("3")
    assert not view.origin.isVisible()


def test_a_result_is_written_in_its_row_and_the_figures_follow(hands: Hands) -> None:
    section = next(
        each for each in step(hands, "inspect").sections if each.section.collection == "inspection_items"
    )
    section.table.edit_cell("inspection-item-3", "measure")
    hands.type("补发差额")
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert hands.desk.case.find("inspection_items", "inspection-item-3").measure == "补发差额"


def test_the_rates_of_the_poll_stand_below_its_numbers(hands: Hands) -> None:
    view = step(hands, "evaluate").views["poll_figures"]
    assert [figure.text for figure in view.figures()] == ["92.0%", "83.7%", "91.7%", "90.0%"]
    hands.write("知道并能说出主要内容", 144)
    hands.settle()
    assert view.figures()[0].text == "50.0%"


def test_marks_are_summed_below_the_score_sheet(hands: Hands) -> None:
    view = step(hands, "evaluate")
    assert not view.views["score_figures"].isVisible()
    hands.desk.add("evaluations", {"scorecard": "区评分表", "item": "程序", "full_marks": Decimal(60)})
    hands.desk.add("evaluations", {"scorecard": "区评分表", "item": "实效", "full_marks": Decimal(40)})
    hands.settle()
    (total,) = view.views["score_figures"].figures()
    assert (total.label, total.text) == ("标准分合计", "100 分")


def test_the_report_of_the_year_has_its_due_date(hands: Hands) -> None:
    rows = step(hands, "report").views["report_dates"].due_rows()
    assert rows and rows[0].due.what == "企业方向职代会报告履行情况"
