"""The judge finds what was planted, each kind of it, and nothing where nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.gui.theme import apply_theme, current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.chip import Chip
from app.gui.widgets.line_field import LineField
from app.gui.widgets.text import Text
from app.gui.widgets.text_area import LinesField
from tests.look.inks import contrast
from tests.look.judge import SIDEWAYS, judge
from tests.look.keyboard import walk

LONG = "临沂市兰山区鲁南精密机械制造有限公司工会委员会"

Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    apply_theme(qapp, "light", 1.0)
    windows: list[QWidget] = []

    def put(*parts: QWidget, size: tuple[int, int] = (600, 400)) -> QWidget:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        for part in parts:
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return put


def kinds(window: QWidget) -> set[str]:
    return {fault.kind for fault in judge(window)}


class Painted(QWidget):
    """Writes for itself, as many parts do."""

    def __init__(self, words: str, *, ink: str = "ink1", px: int = 14, at: float = 0) -> None:
        super().__init__()
        self._words, self._ink, self._px, self._at = words, ink, px, at
        self.setFixedSize(200, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = current_theme().font()
        font.setPixelSize(self._px)
        painter.setFont(font)
        painter.setPen(current_theme().colour(self._ink))
        painter.drawText(QRectF(self._at, 0, 1000, 30), int(Qt.AlignmentFlag.AlignVCenter), self._words)


# ---- what is as it should be


def test_good_parts_are_not_blamed(show: Show) -> None:
    field = LineField("名称")
    field.set_value("临沂砺岱沂")
    lines = LinesField("清单")
    lines.set_value(tuple(f"第 {n} 条" for n in range(12)))
    window = show(
        Text("意愿调查", "page"),
        Text(LONG * 3, wrap=True),
        Button("生成要约书", "primary", "print"),
        Chip("剩 3 天", "near"),
        Painted("318 人"),
        field,
        lines,
        size=(500, 500),
    )
    assert judge(window) == []
    assert walk(window) == []


def test_a_scrolled_page_is_judged_at_its_full_height(show: Show) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    for number in range(40):
        column.addWidget(Text(f"第 {number} 行"))
    cut = Text(LONG)
    cut.setFixedWidth(60)
    column.addWidget(cut)
    area = QScrollArea()
    area.setAccessibleName("列表")
    area.setWidgetResizable(True)
    area.setWidget(inner)
    area.setFixedSize(300, 200)
    assert [fault.words for fault in judge(show(area))] == [LONG]


# ---- what was planted


def test_a_label_that_is_cut_off_is_found(show: Show) -> None:
    cut = Text(LONG)
    cut.setFixedWidth(100)
    assert kinds(show(cut)) == {"cut"}


def test_lines_that_do_not_fit_are_found(show: Show) -> None:
    wrapped = Text(LONG * 2, wrap=True)
    wrapped.setFixedSize(120, 22)
    faults = judge(show(wrapped))
    assert {fault.kind for fault in faults} == {"cut"}
    assert "少了" in "".join(fault.detail for fault in faults)


def test_words_painted_by_hand_are_read_too(show: Show) -> None:
    assert kinds(show(Painted("一二三四五六七八九十一二三四五六七八九十"))) == {"cut"}


def test_a_part_cut_off_by_the_one_it_lies_in_is_found(show: Show) -> None:
    box = QWidget()
    box.setFixedSize(40, 30)
    inner = Text("材料与证据", parent=box)
    inner.resize(200, 24)
    assert kinds(show(box)) == {"cut"}


def test_a_field_too_short_for_what_stands_in_it_is_found(show: Show) -> None:
    line = QLineEdit(LONG)
    line.setAccessibleName("名称")
    line.setFixedWidth(120)
    assert kinds(show(line)) == {"cut"}


def test_shortened_titles_are_found(show: Show) -> None:
    title = Text(LONG, "sheet", elide=True)
    title.setFixedWidth(160)
    assert kinds(show(title)) == {"shortened"}


def test_a_shortened_cell_needs_a_tip(show: Show) -> None:
    table = QTableWidget(1, 1)
    table.setAccessibleName("名册")
    table.setHorizontalHeaderLabels(["工会"])
    cell = QTableWidgetItem(LONG)
    table.setItem(0, 0, cell)
    table.setColumnWidth(0, 100)
    window = show(table)
    assert kinds(window) == {"shortened"}
    cell.setToolTip(LONG)
    assert kinds(window) == set()


def test_overlapping_words_are_found(show: Show) -> None:
    window = show(QLabel("上"))
    for at, words in ((50, "必须改"), (58, "请说明")):
        label = Text(words, parent=window)
        label.move(100, at)
        label.adjustSize()
        label.show()
    assert kinds(window) == {"overlap"}


def test_words_over_each_other_in_one_part_are_found(show: Show) -> None:
    class Twice(Painted):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            painter = QPainter(self)
            painter.setPen(current_theme().colour("ink2"))
            painter.drawText(QRectF(10, 0, 150, 30), int(Qt.AlignmentFlag.AlignVCenter), "4月3日")

    assert kinds(show(Twice("3月24日"))) == {"overlap"}


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_faint_words_are_found_in_each_theme(show: Show, qapp: QApplication, theme: str) -> None:
    apply_theme(qapp, theme, 1.0)
    faint, clear = Painted("看不清", ink="line2"), Painted("看得清", ink="ink3")
    window = show(faint, clear)
    palette = window.palette()
    palette.setColor(QPalette.ColorRole.Window, current_theme().colour("surface"))
    window.setPalette(palette)
    window.setAutoFillBackground(True)
    found = [(fault.kind, fault.words) for fault in judge(window)]
    # In high contrast every line is black, and so nothing is faint.
    assert found == ([] if theme == "contrast" else [("contrast", "看不清")])


def test_words_painted_over_are_found(show: Show) -> None:
    class Hidden(Painted):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QPainter(self).fillRect(self.rect(), current_theme().colour("surface"))

    assert kinds(show(Hidden("盖住了"))) == {"covered"}


def test_small_letters_are_found(show: Show) -> None:
    assert kinds(show(Painted("太小", px=12))) == {"small"}


def test_a_page_that_must_be_moved_sideways_is_found(show: Show) -> None:
    inner = QWidget()
    QHBoxLayout(inner).addWidget(Text(LONG))
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    area.setFixedSize(200, 100)
    window = show(area)
    assert kinds(window) == {"overflow"}
    area.setProperty(SIDEWAYS, True)
    assert kinds(window) == set()


def test_controls_without_a_name_are_found(show: Show) -> None:
    named, nameless = QLineEdit("已经写了"), QLineEdit("已经写了")
    named.setAccessibleName("经办人")
    icon_only = Button("", "text", "close")
    faults = judge(show(named, nameless, icon_only))
    assert [fault.kind for fault in faults] == ["name", "name"]


def test_a_control_tab_does_not_reach_is_found(show: Show) -> None:
    first, mouse_only, last = Button("上一步"), Button("看记录"), Button("下一步")
    mouse_only.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window = show(first, mouse_only, last)
    assert [(fault.kind, fault.words) for fault in walk(window)] == [("unreachable", "看记录")]


def test_a_part_that_keeps_tab_for_itself_is_found(show: Show) -> None:
    class Greedy(QPushButton):
        def focusNextPrevChild(self, _forth: bool) -> bool:
            return True

    window = show(Greedy("走不出去"), Button("下一步"))
    assert [fault.words for fault in walk(window)] == ["下一步"]


def test_buttons_that_say_too_much_or_nothing_are_found(show: Show) -> None:
    window = show(Button("把这一年的全部材料都打印出来"), Button("确定"), Button("打印全部材料"))
    assert [fault.words for fault in judge(window)] == ["把这一年的全部材料都打印出来", "确定"]


def test_values_as_a_programmer_writes_them_are_found(show: Show) -> None:
    window = show(Text("最迟 2026-04-03"), Text("写{offer}"), Text("共 None 人"), Text("5,480 元"))
    assert [fault.kind for fault in judge(window)] == ["words"] * 4


def test_contrast_is_that_of_the_guidelines() -> None:
    theme = current_theme()
    assert round(contrast(theme.colour("ink1"), theme.colour("surface")), 1) == 16.5
    assert round(contrast(theme.colour("ink3"), theme.colour("surface")), 1) == 5.8
