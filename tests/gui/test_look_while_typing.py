"""The look changes while somebody types: nothing typed is lost, no key is swallowed, the focus stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from app.gui.theme import apply_theme
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LOOKS = [("dark", 1.0), ("light", 1.25), ("contrast", 1.12)]


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    made = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    made.go("offer", "write")
    return made


def waiting(key: Qt.Key, words: str = "", modifier: Qt.KeyboardModifier = NONE) -> None:
    """A key pressed while the window is at work: it waits for its turn."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.postEvent(QApplication.focusWidget(), QKeyEvent(kind, key, modifier, words))


def restyle(hands: Hands, theme: str, scale: float) -> None:
    apply_theme(QApplication.instance(), theme, scale)
    hands.settle()


@pytest.mark.parametrize(("theme", "scale"), LOOKS)
def test_letters_typed_meanwhile_come_after_those_before(hands: Hands, theme: str, scale: float) -> None:
    field = hands.field("编号")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.clear()
    hands.type("A1")
    line = QApplication.focusWidget()
    waiting(Qt.Key.Key_B, "b")
    waiting(Qt.Key.Key_2, "2")
    restyle(hands, theme, scale)
    assert QApplication.focusWidget() is line
    hands.type("c")
    hands.key(Qt.Key.Key_Tab)
    hands.settle()
    assert hands.desk.library.read_case(hands.desk.case_id).offers[0].number == "A1b2c"


@pytest.mark.parametrize(("theme", "scale"), LOOKS)
def test_what_is_being_composed_goes_on(hands: Hands, theme: str, scale: float) -> None:
    field = hands.field("编号")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.clear()
    hands.type("砺")
    composing = QInputMethodEvent("xie", [])
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QApplication.sendEvent(line, composing)
    restyle(hands, theme, scale)
    assert QApplication.focusWidget() is line
    hands.type("协")
    assert line.text() == "砺协"


def test_a_shortcut_pressed_meanwhile_is_done_after_it(hands: Hands) -> None:
    field = hands.field("编号")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.clear()
    hands.type("A9")
    hands.be_active()
    apply_theme(QApplication.instance(), "dark", 1.25)
    hands.key(Qt.Key.Key_8, CTRL)
    apply_theme(QApplication.instance(), "light", 1.0)
    hands.settle()
    assert hands.window.frame.current_page() == "evidence"
    assert hands.desk.library.read_case(hands.desk.case_id).offers[0].number == "A9"


def test_the_cell_in_hand_stays_open_with_its_words(hands: Hands) -> None:
    hands.go("representatives", "workers")
    table = next(view.table for view in hands.page.view().sections if view.section.style == "grid")
    row = table.rows()[0].id
    column = next(at for at, each in enumerate(table._model.columns) if hands_opens(hands, table, row, at))
    cell = QApplication.focusWidget()
    hands.clear()
    hands.type("7")
    restyle(hands, "dark", 1.25)
    assert QApplication.focusWidget() is cell, f"column {column}"
    hands.type("8")
    assert isinstance(cell, QLineEdit) and cell.text() == "78"


def hands_opens(hands: Hands, table, row: str, column: int) -> bool:
    """Whether a cell opens as a line when it is clicked."""
    hands.open_cell(table, row, column)
    return isinstance(QApplication.focusWidget(), QLineEdit)
