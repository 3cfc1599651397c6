"""Where room is short parts wrap, stand below each other or give some of it; nothing has to be moved sideways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.gui.stages.congress.tally_row import TallyRow
from app.gui.theme import apply_theme, current_theme
from app.gui.widgets.charts.bar_rows import BarHeads, BarRows, BarRowView
from app.gui.widgets.charts.two_lines import LineView, TwoLines
from app.gui.widgets.figure_strip import FigureStrip, FigureView
from app.gui.widgets.number_field import NumberField
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.record_head import share_need, share_out
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.side_by_side import SideBySide
from app.gui.widgets.text import Text
from tests.look.judge import Fault, judge

_COLUMNS = (
    ColumnView(key="clause", title="条款", share=2, bold=True),
    ColumnView(key="actual", title="实际情况", share=2),
    ColumnView(key="people", title="企业方代表参加", extent=118, kind="number"),
    ColumnView(key="due", title="整改期限", extent=132),
    ColumnView(key="again", title="复查日期", extent=132),
)


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def table() -> RecordTable:
    made = RecordTable("逐条结果", _COLUMNS, add_words="添加一条")
    row = {
        "clause": "3 条",
        "actual": "已发",
        "people": "2 人",
        "due": "10月31日 周六",
        "again": "11月4日 周三",
    }
    made.show_rows([RowView("a", row)])
    return made


def kinds(window: QWidget) -> set[str]:
    return {fault.kind for fault in judge(window, colours=False)}


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_a_table_takes_two_lines_for_its_titles_before_it_has_to_be_moved(on_screen, qapp, scale) -> None:
    held = table()
    window = on_screen(held)
    apply_theme(qapp, "light", scale)
    window.resize(round(470 * scale), 500)
    settle()
    assert held.view.horizontalScrollBar().maximum() == 0
    assert held.view.horizontalHeader().height() > current_theme().height("table_head")
    assert kinds(window) <= {"name"}


def test_a_wide_table_has_titles_in_one_line_and_columns_as_declared(on_screen) -> None:
    held = table()
    on_screen(held)
    assert held.view.horizontalHeader().height() == current_theme().height("table_head")
    assert [held.view.columnWidth(at) for at in (2, 3, 4)] == [118, 132, 132]


def test_columns_share_what_is_left_and_none_falls_below_its_least() -> None:
    assert share_out(1000, {0: 100}, {1: 1, 2: 2}, {1: 72, 2: 72}) == {0: 100, 1: 300, 2: 600}
    assert share_out(400, {0: 100}, {1: 1, 2: 5}, {1: 90, 2: 72}) == {0: 100, 1: 90, 2: 210}


def test_a_column_gives_room_only_as_far_as_its_least_and_only_where_it_is_short() -> None:
    assert share_out(300, {0: 130, 1: 130}, {2: 1}, {0: 100, 1: 120, 2: 80}) == {0: 100, 1: 120, 2: 80}
    assert sum(share_out(330, {0: 130, 1: 130}, {2: 1}, {0: 100, 1: 120, 2: 80}).values()) == 330
    assert share_out(340, {0: 130, 1: 130}, {2: 1}, {0: 100, 1: 120, 2: 80}) == {0: 130, 1: 130, 2: 80}


def test_parts_that_stood_beside_each_other_can_be_made_narrow_again(on_screen) -> None:
    pair = SideBySide(500)
    for _ in range(2):
        part = QWidget()
        part.setMinimumSize(240, 40)
        pair.add(part, 1)
    page = PageScroll(pair)
    window = on_screen(page, size=(700, 300))
    settle()
    assert pair.is_beside()
    window.resize(330, 300)
    settle()
    assert not pair.is_beside()
    assert page.horizontalScrollBar().maximum() == 0


def test_parts_beside_each_other_go_below_when_one_needs_more_room_than_it_did(on_screen) -> None:
    pair = SideBySide(500)
    part, other = QWidget(), QWidget()
    for each in (part, other):
        pair.add(each, 1)
    on_screen(pair, size=(600, 300))
    settle()
    assert pair.is_beside()
    part.setMinimumWidth(450)
    other.setMinimumWidth(200)
    settle()
    assert not pair.is_beside()


def _figures(count: int) -> list[FigureView]:
    return [
        FigureView(id=str(at), label="女代表", number="12", unit="人", remark="法规未规定", icon="done")
        for at in range(count)
    ]


@pytest.mark.parametrize(("across", "rows"), [(900, 1), (430, 2), (330, 3)])
def test_figures_stand_in_as_many_rows_as_their_words_need(on_screen, across: int, rows: int) -> None:
    strip = FigureStrip()
    strip.show_figures(_figures(6))
    window = on_screen(strip, size=(across, 400))
    settle()
    assert len({part.y() for part in strip.findChildren(QWidget) if part.property("ring")}) == rows
    assert [fault for fault in judge(window, colours=False) if fault.kind in ("shortened", "cut")] == []


def test_a_group_with_a_long_name_has_two_lines(on_screen) -> None:
    chart = BarRows("分群体看")
    views = [
        BarRowView(id=name, label=name, lead="402", share=0.5, percent="52.0%", tail="1.00—1.10")
        for name in ("与快递企业签劳动合同", "众包或外包")
    ]
    heads = BarHeads(label="群体", lead="有效", bar="选 1.00—1.10", tail="选得最多")
    chart.show_rows(views, heads)
    wide = chart.sizeHint().height()
    window = on_screen(chart, size=(380, 300))
    settle()
    assert chart.sizeHint().height() > wide
    assert not any("与快递" in fault.words for fault in _shortened(window))
    assert chart.toolTip() == ""


def _shortened(window: QWidget) -> list[Fault]:
    return [fault for fault in judge(window, colours=False) if fault.kind == "shortened"]


def test_rounds_close_together_are_named_from_the_last_one_back(on_screen) -> None:
    lines = TwoLines("双方主张的变化")
    values = tuple(Decimal(each) for each in ("8", "7", "6"))
    lines.show_lines(
        ["一轮", "二轮", "三轮"], LineView(name="工会", values=values), LineView(name="企业"), "%"
    )
    lines.setFixedWidth(150)
    window = on_screen(lines)
    settle()
    assert lines._titled() == {0, 2}
    assert _shortened(window) == []


def test_a_row_of_the_tally_follows_the_text_size(on_screen, qapp) -> None:
    row = TallyRow("到会", [NumberField("应到", unit="人"), NumberField("实到", unit="人")])
    window = on_screen(row)
    apply_theme(qapp, "light", 1.25)
    settle()
    assert [fault for fault in judge(window, colours=False) if fault.kind in ("cut", "shortened")] == []


def test_words_keep_the_letters_of_the_new_text_size(on_screen, qapp) -> None:
    title = Text("履约检查", "page")
    on_screen(title)
    apply_theme(qapp, "light", 1.25)
    settle()
    assert title.font().pixelSize() == current_theme().font("page").pixelSize()
    assert title.palette().windowText().color() == current_theme().colour("ink1")


def test_free_room_goes_to_the_columns_whose_words_are_cut(qtbot) -> None:
    assert share_need(100, {0: 40, 1: -5}) == {0: 40}
    assert share_need(30, {0: 40, 1: 20}) == {0: 20, 1: 10}
    columns = (
        ColumnView(key="year", title="年", extent=80),
        ColumnView(key="revenue", title="营业收入", extent=100, kind="number"),
    )
    table = RecordTable("年度数字", columns)
    qtbot.addWidget(table)
    table.resize(900, 200)
    table.show()
    table.show_rows([RowView(id="1", cells={"year": "2025", "revenue": "999,999,999,999.99 元"})])
    assert table.view.columnWidth(1) >= table.view._content_width(1) > 100
    assert table.view.columnWidth(0) == current_theme().px(80)
