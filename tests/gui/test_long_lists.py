"""Lists made piece by piece, rows of two lines, parts made in turns: what is made when, and what is painted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.gui.theme import apply_theme, current_theme
from app.gui.widgets.growing_list import FIRST, GrowingList
from app.gui.widgets.pieces import Pieces
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from tests.look.recorder import written_on


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    apply_theme(qapp, "light", 1.0)


class Maker:
    """Makes a part of one height for each item."""

    def make(self, item: object) -> QWidget:
        part = QLabel(str(item))
        part.setFixedHeight(20)
        return part


@pytest.fixture
def maker() -> Iterator[Maker]:
    made = Maker()
    yield made


def test_a_list_fills_a_high_room_although_nothing_can_be_scrolled(qtbot: QtBot, maker: Maker) -> None:
    shown = GrowingList(maker.make)
    qtbot.addWidget(shown)
    shown.resize(300, 2000)
    shown.show_items([str(number) for number in range(30)])  # before it is seen, as pages do
    assert len(shown.parts()) == FIRST
    shown.show()
    qtbot.waitExposed(shown)

    def filled() -> bool:
        shown.fill_room()
        return shown.is_whole()

    qtbot.waitUntil(filled, timeout=5_000)


def test_a_list_that_fills_its_room_makes_no_more_than_that(qtbot: QtBot, maker: Maker) -> None:
    shown = GrowingList(maker.make)
    qtbot.addWidget(shown)
    shown.resize(300, 40)
    shown.show_items([str(number) for number in range(4000)])
    shown.show()
    qtbot.waitExposed(shown)
    for _ in range(20):
        QApplication.processEvents()
    made = len(shown.parts())
    assert FIRST <= made < 4000
    for _ in range(20):
        shown.fill_room()
        QApplication.processEvents()
    assert len(shown.parts()) == made


def test_steps_are_done_in_turn_and_once(qtbot: QtBot) -> None:
    home, done = QObject(), []
    pieces = Pieces([lambda: done.append(1), lambda: done.append(2), lambda: done.append(3)], home)
    QApplication.processEvents()
    assert done == []
    with qtbot.waitSignal(pieces.whole, timeout=5_000):
        pieces.start()
        assert done == []
    assert done == [1, 2, 3]
    assert pieces.is_whole()
    pieces.start()
    QApplication.processEvents()
    assert done == [1, 2, 3]


def table_of(two_lines: bool) -> RecordTable:
    table = RecordTable("规则", (ColumnView(key="says", title="内容"),), two_lines=two_lines)
    table.resize(400, 300)
    table.show_rows([RowView("a", {"says": "10 日内\n原文已核对"}), RowView("b", {"says": "一行"})])
    return table


def test_a_row_of_two_lines_is_as_high_as_two(qtbot: QtBot) -> None:
    heights = {}
    for two in (False, True):
        table = table_of(two)
        qtbot.addWidget(table)
        table.show()
        heights[two] = table.view.rowHeight(0)
    theme = current_theme()
    assert heights == {False: theme.height("table_row"), True: theme.height("two_line_row")}


def test_the_second_line_is_painted_below_the_first(qtbot: QtBot) -> None:
    for two in (False, True):
        table = table_of(two)
        qtbot.addWidget(table)
        table.show()
        qtbot.waitExposed(table)
        held = table.findChildren(QWidget)
        lines = {line.words: line.ink for _, lines in written_on(table) for line in lines}
        assert held
        if two:
            assert lines["原文已核对"].top() >= lines["10 日内"].bottom() - 2
        else:
            assert "10 日内 原文已核对" in lines
            assert "10 日内" not in lines
