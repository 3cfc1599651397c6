"""Tab goes where the eye goes, also among parts that were made later."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.gui.shell.main_frame import MainFrame
from app.gui.shell.nav import Nav
from app.gui.widgets.button import Button
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.reading_order import go_on, stops_in
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView

OnScreen = Callable[..., QWidget]


def words(region: QWidget) -> list[str]:
    return [stop.accessibleName() for stop in stops_in(region)]


def test_rows_are_read_from_left_to_right(on_screen: OnScreen) -> None:
    part = QWidget()
    grid = QGridLayout(part)
    for name, row, column in (("丁", 1, 1), ("乙", 0, 1), ("丙", 1, 0), ("甲", 0, 0)):
        grid.addWidget(Button(name), row, column)
    on_screen(part)
    assert words(part) == ["甲", "乙", "丙", "丁"]


def test_a_high_part_beside_several_low_ones_is_a_column(on_screen: OnScreen) -> None:
    part, high = QWidget(), QWidget()
    QVBoxLayout(high).addWidget(Button("丙"))
    across, left = QHBoxLayout(part), QVBoxLayout()
    across.addLayout(left)
    across.addWidget(high)
    for name in ("甲", "乙"):
        left.addWidget(Button(name))
    on_screen(part)
    assert words(part) == ["甲", "乙", "丙"]


def test_what_cannot_be_used_now_is_no_stop(on_screen: OnScreen) -> None:
    part = QWidget()
    column = QVBoxLayout(part)
    hidden, blocked, free = Button("甲"), Button("乙"), Button("丙")
    for button in (hidden, blocked, free):
        column.addWidget(button)
    hidden.hide()
    blocked.setEnabled(False)
    on_screen(part)
    assert words(part) == ["丙"]


def test_it_goes_round_both_ways_and_scrolls_there(on_screen: OnScreen) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    buttons = [Button(f"第 {n} 个") for n in range(40)]
    for button in buttons:
        column.addWidget(button)
    area = QScrollArea()
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window = on_screen(area, size=(300, 200))
    buttons[0].setFocus()
    assert go_on([window], False) and QApplication.focusWidget() is buttons[-1]
    assert area.verticalScrollBar().value() > 0
    assert go_on([window], True) and QApplication.focusWidget() is buttons[0]
    assert area.verticalScrollBar().value() < 30


def test_without_a_stop_qt_is_asked(on_screen: OnScreen) -> None:
    window = on_screen(QWidget())
    assert not go_on([window], True)


def test_the_frame_is_walked_region_by_region(qtbot: QtBot) -> None:
    frame = MainFrame(Nav())
    page = QWidget()
    column = QVBoxLayout(page)
    table = RecordTable("代表", (ColumnView(key="name", title="姓名"),), add_words="添加代表")
    late = QHBoxLayout()
    column.addLayout(late)
    column.addWidget(table)
    frame.add_page("one", page, panel="none")
    qtbot.addWidget(frame)
    frame.resize(1366, 697)
    frame.show()
    frame.show_page("one")
    table.show_rows((RowView("1", {"name": "张三"}),))
    first = Button("登记名单")
    late.addWidget(first)  # made last, read first
    frame.head.set_actions(ActionView("go", "公布名单"), ())
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    QApplication.processEvents()
    assert frame.head.primary is not None
    frame.head.primary.setFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().accessibleName())
    assert seen[:3] == ["登记名单", "代表", "添加代表"]
    QTest.keyClick(first, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is not first
