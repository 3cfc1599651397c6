"""协商代表: the strip above, rows filled in where they stand, the whole form below, notices in each enterprise."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.representatives import Role
from app.domain.union import Side
from app.gui.widgets.line_field import LineField
from app.rules.findings import Where
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, example_in_march, open_case


@pytest.fixture
def hands(qtbot, tmp_path):
    made = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    made.window.resize(1366, 697)
    made.go("representatives", "workers")
    made.settle()
    return made


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def test_the_strip_follows_what_is_filled_in(hands):
    strip = hands.page.view().views["worker_composition"]
    assert {mark.key: mark.number for mark in strip.marks()}["frontline"] == "2/5"
    assert not strip.sentences()
    for each in hands.desk.case.representatives:
        if each.side is Side.WORKER and each.frontline:
            hands.desk.change("representatives", each.replace(frontline=False))
    hands.settle()
    assert {mark.key: mark.number for mark in strip.marks()}["frontline"] == "0/5"
    assert any("不足 1/3" in sentence for sentence in strip.sentences())


def test_a_number_of_the_strip_tells_who_is_counted_and_by_which_article(hands):
    strip = hands.page.view().views["worker_composition"]
    strip.strip.origin_requested.emit("frontline")
    assert strip.origin.isVisible()
    names = " ".join(row.accessibleName() for row in strip.origin.rows.rows())
    assert "郇立夏" in names and "孟砺川" not in names
    strip.strip.origin_requested.emit("frontline")
    assert strip.origin.isHidden()


def test_a_representative_is_added_and_filled_in_in_the_row(hands):
    section = hands.page.view().sections[0]
    hands.press("添加职工方代表")
    assert section._cells.editor().name == "姓名"
    hands.type("吴小满")
    press(Qt.Key.Key_Tab)
    made = hands.desk.case.representatives[-1]
    assert (made.name, made.side) == ("吴小满", Side.WORKER)
    assert section._cells.editor().name == "身份"
    press(Qt.Key.Key_Escape)
    hands.settle()


def test_personal_data_waits_in_the_whole_form_and_is_masked(hands):
    section = hands.page.view().sections[0]
    first = section.records()[0]
    hands.desk.change("representatives", first.replace(phone="13800001234"))
    section.table.select(first.id)
    assert section.form is None
    QTest.mouseClick(section.whole, Qt.MouseButton.LeftButton)
    phone = section.form.editors["phone"]
    assert isinstance(phone, LineField)
    assert phone.line.text() == "1380…1234"
    phone.setFocus()
    assert phone.line.text() == "13800001234"
    QTest.mouseClick(section.whole, Qt.MouseButton.LeftButton)
    assert section.form.isHidden()
    hands.settle()


def test_a_finding_opens_the_very_cell(hands):
    first = hands.desk.case.representatives[2]
    target = hands.page.open_where(Where("representatives", first.id, "frontline"))
    assert target is not None and target.name == "一线岗位"


def test_the_employers_step_has_its_own_strip(hands):
    hands.go("representatives", "employers")
    strip = hands.page.view().views["employer_composition"]
    assert [mark.key for mark in strip.marks()] == ["number", "chief", "published"]


def test_in_an_area_each_enterprise_has_its_day_of_notice(qtbot, tmp_path):
    hands = open_case(qtbot, tmp_path, read_example("weihai-express-industry"))
    hands.go("representatives", "workers")
    notices = hands.page.view().views["enterprise_notices"]
    assert notices.isVisible()
    missing = next(
        each for each in hands.desk.case.covered_enterprises if each.representatives_published_on is None
    )
    target = hands.page.open_where(Where("covered_enterprises", missing.id, "representatives_published_on"))
    assert target is notices.cells.editor()
    hands.type("2026-03-12")
    press(Qt.Key.Key_Return)
    hands.settle()
    held = hands.desk.case.find("covered_enterprises", missing.id)
    assert held.representatives_published_on == date(2026, 3, 12)


def test_a_single_enterprise_has_no_such_table(hands):
    assert hands.page.view().views["enterprise_notices"].isHidden()


def test_the_chief_s_name_is_said_once(hands):
    strip = hands.page.view().views["worker_composition"]
    people = [each for each in hands.desk.case.representatives if each.side is Side.WORKER]
    chief = next(each for each in people if each.role is Role.CHIEF)
    hands.desk.change("representatives", chief.replace(name="王建国", chief_basis=None))
    hands.settle()
    mark = next(mark for mark in strip.marks() if mark.key == "chief")
    assert (mark.number, mark.remark) == ("王建国", "每方一名")
