"""A choice filled in by typing: in the cell of a table, and in a form after a rest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.survey import QuestionKind
from app.forms.layout import Section
from app.gui.forms.section_view import SectionView
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.line_field import LineField
from tests.gui.demo_pages import example_in_march, open_case

ROWS = Section(
    collection="questions",
    title="题目",
    add="添加题目",
    style="grid",
    columns=("number", "kind", "stem"),
    cells=("number", "kind", "stem"),
)
MANY = tuple(
    Option(letter, label)
    for letter, label in zip("ABCDE", ("农业", "采矿业", "制造业", "电力", "建筑业"), strict=True)
)


@pytest.fixture
def opened(qtbot, tmp_path, on_screen):
    """The table of questions with the kind of the first one open."""
    hands = open_case(qtbot, tmp_path, example_in_march())
    view = SectionView(ROWS, hands.desk)
    on_screen(view)
    record = view.records()[0]
    hands.desk.change("questions", record.replace(kind=QuestionKind.OPEN))
    QApplication.processEvents()
    view.table.edit_cell(record.id, "kind")
    return hands, view, record.id


def test_tab_takes_the_only_match_and_goes_to_the_next_cell(opened, types):
    hands, view, record_id = opened
    field = view._cells.editor()
    QApplication.focusWidget().lineEdit().selectAll()
    types(QApplication.focusWidget().lineEdit(), "矩阵")
    assert field.list_of_found.isVisible()
    QTest.keyClick(field.list_of_found, Qt.Key.Key_Tab)  # the system sends keys to the list that is open
    QApplication.processEvents()
    assert hands.desk.case.find("questions", record_id).kind is QuestionKind.MATRIX
    assert view._cells.editor().name == "题干"
    hands.settle()


def test_tab_takes_the_entry_that_is_marked(opened, types):
    hands, view, record_id = opened
    field = view._cells.editor()
    QApplication.focusWidget().lineEdit().selectAll()
    types(QApplication.focusWidget().lineEdit(), "选")
    assert field.list_of_found.model().rowCount() > 1
    QTest.keyClick(field.list_of_found, Qt.Key.Key_Down)
    QTest.keyClick(field.list_of_found, Qt.Key.Key_Down)
    marked = field.list_of_found.currentIndex().data()
    QTest.keyClick(field.list_of_found, Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert hands.desk.case.find("questions", record_id).kind.label == marked
    assert view._cells.editor().name == "题干"
    hands.settle()


def test_the_list_of_a_narrow_cell_shows_its_entries_whole(opened, types):
    _, view, _ = opened
    field = view._cells.editor()
    field.setFixedWidth(70)
    QApplication.focusWidget().lineEdit().selectAll()
    types(QApplication.focusWidget().lineEdit(), "选")
    found = field.list_of_found
    assert found.isVisible()
    assert found.viewport().width() >= found.sizeHintForColumn(0)
    assert not found.horizontalScrollBar().isVisible() and not found.verticalScrollBar().isVisible()
    found.hide()


def test_a_match_is_written_out_on_leaving_also_after_a_rest(on_screen, types):
    field, other = ChoiceField("行业门类", MANY, tiles=False), LineField("致")
    on_screen(field, other)
    field.setFocus()
    types(field.drop.lineEdit(), "制造")
    field._rest.timeout.emit()
    assert field.drop.currentText() == "制造", "nothing changes below the hands"
    field.list_of_found.hide()
    other.setFocus()
    assert (field.value(), field.drop.currentText()) == ("C", "制造业")
