"""设置 › 花名册: a file is looked at, a column is read as something else, it is taken in and undone as one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.gui.pages.roster_rows import masked
from app.gui.pages.roster_view import RosterView
from app.gui.widgets.choice_field import ChoiceField
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import open_case
from tests.gui.heartbeat import MOST_MS, quietest
from tests.gui.window_driver import Hands

PHONE, NUMBER = "13912344321", "11010519491231002X"
ROWS = [
    ["某厂花名册"],
    ["姓名", "性别", "所在单元", "部门", "身份证号", "手机"],
    ["金丝雀", "女", "一单元", "装配", NUMBER, PHONE],
    ["乙", "男", "二单元", "装配", "", ""],
    ["丙", "不详", "二单元", "质检", "3.7E+17", ""],
]


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    made = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    made.go("settings", "roster")
    made.settle()
    return made


def view(hands: Hands) -> RosterView:
    return hands.page.view("roster")


def look(hands: Hands, folder: Path, rows: list[list[str]] = ROWS) -> None:
    choose(hands, written(folder, rows))


def written(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "花名册.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def choose(hands: Hands, path: Path) -> None:
    hands.ask.files.append([path])
    hands.press_button(view(hands).import_button)
    hands.settle()


def read_as(hands: Hands, column: str, label: str) -> None:
    """Choose with the keys what a column is read as: Enter opens the list, the arrows walk it."""
    preview = view(hands).preview
    hands.select_row(preview.columns, column)
    hands.key(Qt.Key.Key_Return)
    editor = preview.cells.editor()
    assert isinstance(editor, ChoiceField) and editor.list_of_all.isVisible()
    labels = [option.label for option in editor.options()]
    step = labels.index(label) - labels.index(editor.typed())
    for _ in range(abs(step)):
        QTest.keyClick(editor.list_of_all, Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
    QTest.keyClick(editor.list_of_all, Qt.Key.Key_Return)
    hands.settle()
    assert preview.cells.editor() is None and preview.columns.view.hasFocus()


def groups(hands: Hands) -> list[tuple[str, str, str]]:
    return [tuple(row.cells[key] for key in ("by", "name", "people")) for row in view(hands).groups.rows()]


def test_a_roster_is_looked_at_changed_taken_in_and_undone(hands: Hands, tmp_path: Path) -> None:
    before = hands.desk.library.read_case(hands.desk.case_id)
    assert view(hands).in_use() is None
    look(hands, tmp_path)
    preview = view(hands).preview
    assert preview.isVisible()
    assert [row.cells["reads"] for row in preview.columns.rows()] == [
        "姓名", "性别", "不收", "部门", "身份证号", "手机",
    ]  # fmt: skip
    assert "3 行，会收下 2 人，有 1 行没有收下" in preview.heads.words()
    assert [row.cells["row"] for row in preview.remarks.rows()] == ["第 5 行", "第 5 行"]
    assert hands.desk.library.read_case(hands.desk.case_id) == before

    read_as(hands, "2", "部门")
    assert [row.cells["reads"] for row in preview.columns.rows()][2:4] == ["部门", "不收"]
    names = [row.cells["name"] for row in preview.changes.rows() if row.cells["by"] == "部门"]
    assert names == ["一单元", "二单元"]

    hands.press("收下花名册")
    hands.settle()
    assert not preview.isVisible()
    assert ("部门", "一单元", "1") in groups(hands)
    assert "“花名册.csv”，2 人" in view(hands).words.words()
    assert hands.window.frame.undo_bar.isVisible()
    assert "已收下花名册 2 人" in [each.text() for each in hands.visible(QLabel, hands.window.frame.undo_bar)]
    assert len(hands.desk.library.people(hands.desk.case_id)) == 2
    assert QApplication.focusWidget() is view(hands).import_button

    look(hands, tmp_path)
    assert [row.cells["reads"] for row in preview.columns.rows()][2:4] == ["部门", "不收"]
    hands.press("不收")
    hands.desk.undo()
    hands.settle()
    assert groups(hands) == []
    assert hands.desk.library.read_case(hands.desk.case_id) == before
    assert hands.desk.library.people(hands.desk.case_id) == ()
    assert view(hands).in_use() is None


def test_a_roster_is_removed_and_can_be_undone_until_the_program_is_closed(
    hands: Hands, tmp_path: Path
) -> None:
    assert not view(hands).remove_button.isVisible()
    look(hands, tmp_path)
    hands.press("收下花名册")
    hands.settle()
    held = hands.desk.case
    hands.press("移除花名册")
    hands.settle()
    assert view(hands).in_use() is None and groups(hands) == []
    assert view(hands).job.words() == "花名册移除了，2 人。"
    said = "".join(each.text() for each in hands.visible(QLabel, view(hands).job))
    assert "关掉程序以前还能撤销" in said and "备份" in said
    assert QApplication.focusWidget() is view(hands).import_button
    hands.desk.undo()
    hands.settle()
    assert hands.desk.case == held and view(hands).remove_button.isVisible()
    assert not view(hands).job.isVisible()


def test_numbers_are_masked_wherever_they_are_shown(hands: Hands, tmp_path: Path) -> None:
    look(hands, tmp_path)
    preview = view(hands).preview
    shown = [
        str(cell)
        for table in (preview.columns, preview.people, preview.remarks, preview.changes)
        for row in table.rows()
        for cell in row.cells.values()
    ]
    assert "110****2X" in "".join(shown)
    assert not [cell for cell in shown if PHONE in cell or NUMBER in cell]
    assert masked("2024年3月5日，13912344321") == "2024年3月5日，139****21"


def test_a_click_on_what_a_column_is_read_as_opens_its_list(hands: Hands, tmp_path: Path) -> None:
    look(hands, tmp_path)
    preview = view(hands).preview
    hands.select_row(preview.columns, "2", 1)
    hands.settle()
    editor = preview.cells.editor()
    assert isinstance(editor, ChoiceField) and editor.list_of_all.isVisible()
    line = editor.drop.lineEdit()
    assert line.width() >= line.fontMetrics().horizontalAdvance("岗位类别") + 8  # no word is cut


def test_the_first_words_say_that_the_roster_in_use_is_replaced(hands: Hands, tmp_path: Path) -> None:
    look(hands, tmp_path)
    preview = view(hands).preview
    assert not preview.replaces.isVisible()
    hands.press("收下花名册")
    hands.settle()
    look(hands, tmp_path, ROWS[:4])
    assert preview.replaces.isVisible()
    assert preview.replaces.words() == "收下以后就代替现在这份“花名册.csv”：2 人换成 2 人，不是加在一起。"


def test_without_a_name_it_cannot_be_taken_in(hands: Hands, tmp_path: Path) -> None:
    look(hands, tmp_path)
    preview = view(hands).preview
    read_as(hands, "0", "不收")
    assert preview.accept_button.toolTip().endswith("先指明哪一列是姓名")
    hands.press("不收")
    assert view(hands).job.words() == "没有收，什么都没有变。"
    assert view(hands).sheet.isVisible()


def test_a_bad_file_gets_its_sentence(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    head = hands.desk.library.journal_head()
    hands.ask.files.append([path])
    hands.press("导入花名册")
    hands.settle()
    told = [each.text() for each in hands.visible(QLabel)]
    assert any("它是照片，不是表格" in each for each in told)
    assert hands.desk.library.journal_head() == head


def test_twenty_thousand_rows_do_not_hold_the_window(hands: Hands, tmp_path: Path) -> None:
    rows = [["姓名", "性别", "部门"], *(["甲", "不详", f"{number % 300}班"] for number in range(20_000))]
    path = written(tmp_path, rows)

    def work() -> None:
        choose(hands, path)
        assert len(view(hands).preview.remarks.rows()) >= 20_000
        hands.press("不收")

    beat = quietest(work)
    assert beat.busiest_ms < MOST_MS, beat.report()
