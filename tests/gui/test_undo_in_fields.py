"""Ctrl Z and Ctrl Y in a field: first the words being typed there, then the steps of the window; nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.gui.widgets import editor as editor_module
from app.gui.widgets.line_field import LineField
from app.gui.widgets.text_area import TextAreaField
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(qtbot, tmp_path) -> Hands:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("offer", "write")
    hands.settle()
    return hands


def undo(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Z, CTRL)
    hands.settle()


def redo(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Y, CTRL)
    hands.settle()


def rest(field: LineField) -> None:
    """Two seconds without a key."""
    field._rest.stop()
    field._on_rest()


def place(hands: Hands) -> LineField:
    field = hands.field("建议地点")
    assert isinstance(field, LineField)
    return field


def test_what_is_being_typed_is_taken_back_and_typed_again_without_a_step(hands: Hands) -> None:
    field = place(hands)
    before = field.value()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("abc")
    undo(hands)
    assert field.typed() == before
    redo(hands)
    assert field.typed() == "abc"
    undo(hands)
    hands.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert field.typed() == "abc"
    assert hands.desk.case.offers[0].proposed_place == before, "nothing was handed on yet"


def test_what_was_saved_while_typing_is_undone_by_its_name_and_done_again(hands: Hands) -> None:
    field = place(hands)
    before = field.value()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("abc")
    rest(field)
    hands.settle()
    assert hands.desk.case.offers[0].proposed_place == "abc"
    undo(hands)
    assert field.typed() == before == hands.desk.case.offers[0].proposed_place
    rest(field)
    hands.settle()
    redo(hands)
    assert field.typed() == "abc" == hands.desk.case.offers[0].proposed_place


def test_taking_back_in_the_field_never_costs_what_the_window_can_do_again(hands: Hands) -> None:
    field = place(hands)
    before = field.value()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("first")
    rest(field)
    hands.settle()
    undo(hands)  # the window's step
    hands.type("xyz")
    undo(hands)  # only the words
    assert field.typed() == before
    rest(field)
    hands.settle()
    hands.key(Qt.Key.Key_Tab)
    hands.settle()
    redo(hands)
    assert hands.desk.case.offers[0].proposed_place == "first"


def test_what_was_taken_back_last_is_done_again_first(hands: Hands) -> None:
    other = hands.desk.case.offers[0]
    hands.desk.change("offers", other.replace(number="另一号"))
    hands.settle()
    field = place(hands)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("abc")
    undo(hands)
    undo(hands)  # nothing left in the field: the step of the window
    assert hands.desk.case.offers[0].number == other.number
    redo(hands)
    assert hands.desk.case.offers[0].number == "另一号"
    assert field.typed() == other.proposed_place
    redo(hands)
    assert field.typed() == "abc"


def test_the_history_of_a_field_begins_when_the_focus_comes(on_screen, types, qtbot) -> None:
    area, other = TextAreaField("说明"), LineField("地点")
    on_screen(area, other)
    area.setFocus()
    types(area.area, "abc")
    other.setFocus()
    area.setFocus()
    qtbot.keyClick(area.area, Qt.Key.Key_Z, CTRL)
    assert area.value() == "abc"
    types(area.area, "d")
    qtbot.keyClick(area.area, Qt.Key.Key_Z, CTRL)
    assert area.value() == "abc"
    qtbot.keyClick(area.area, Qt.Key.Key_Y, CTRL)
    assert area.value() == "abcd"


def test_saving_while_typing_leaves_caret_and_selection(on_screen, types, monkeypatch) -> None:
    monkeypatch.setattr(editor_module, "REST_MS", 10_000)
    field = LineField("地点")
    on_screen(field)
    field.setFocus()
    types(field.line, "abcdef")
    field.line.setSelection(4, -2)
    rest(field)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert (line.selectedText(), line.cursorPosition()) == ("cd", 2)
    assert not line.isUndoAvailable()
