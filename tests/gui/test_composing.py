"""Chinese input is never interrupted, and Alt shows letters on buttons."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.gui.shell.access_letters import initial_of, letters_for
from app.gui.widgets.button import Button
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.line_field import LineField
from app.gui.widgets.text_area import TextAreaField
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def compose(widget: QWidget, letters: str) -> None:
    QApplication.sendEvent(widget, QInputMethodEvent(letters, []))


def choose(widget: QWidget, words: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def field(on_screen) -> LineField:
    line = LineField("致")
    on_screen(line)
    line.setFocus()
    return line


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Return, CTRL),
        (Qt.Key.Key_Z, CTRL),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_no_key_comes_between_a_word_that_is_being_composed(
    field: LineField, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    handed_on: list[object] = []
    field.value_changed.connect(handed_on.append)
    choose(field.line, "公司")
    compose(field.line, "hui'yi")
    QTest.keyClick(field.line, key, modifier)
    assert field.has_focus()
    assert handed_on == []
    assert field.typed() == "公司"  # neither committed nor lost
    choose(field.line, "会议室")
    assert field.typed() == "公司会议室"
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert handed_on == ["公司会议室"]


@pytest.mark.parametrize("make", [LineField, TextAreaField])
def test_autosave_waits_for_the_word(on_screen, make: type[FieldEditor]) -> None:
    editor = make("理由")
    on_screen(editor)
    editor.setFocus()
    target = QApplication.focusWidget()
    assert target is not None
    handed_on: list[object] = []
    editor.value_changed.connect(handed_on.append)
    choose(target, "上调")
    compose(target, "ba'fen")
    editor._on_rest()  # two seconds without a key
    assert handed_on == []
    assert editor._rest.isActive()
    editor.set_value("别处来的")  # and what comes from elsewhere does not overwrite it
    assert editor.value() == "上调"
    choose(target, "百分之八")
    editor._on_rest()
    assert handed_on == ["上调百分之八"]


def test_a_value_from_elsewhere_does_not_overwrite_the_first_letters(field: LineField) -> None:
    compose(field.line, "gong")
    field.set_value("别处来的")
    choose(field.line, "工会")
    assert field.typed() == "工会"


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, example_in_march(), MARCH)


def test_shortcuts_of_the_window_wait_in_the_search_too(hands: Hands) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    line = hands.window.frame.head.search.line
    compose(line, "ye'ban")
    assert hands.window.composing.is_composing()
    hands.key(Qt.Key.Key_3, CTRL)
    hands.key(Qt.Key.Key_F1)
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.frame.current_page() == "home"
    assert line.hasFocus()
    choose(line, "夜班")
    assert line.text() == "夜班"
    assert not hands.window.composing.is_composing()
    hands.key(Qt.Key.Key_3, CTRL)
    assert hands.window.frame.current_page() == "offer"


def test_letters_are_the_initials_and_no_letter_comes_twice() -> None:
    assert [initial_of(each) for each in "生要打W7撤，"] == ["S", "Y", "D", "W", "", "C", ""]
    given = letters_for(["生成要约书", "生成会议记录", "预览", "打印", "打印"] + ["添加"] * 30)
    assert given[:4] == ["S", "C", "Y", "D"]
    assert len([letter for letter in given if letter]) == 26
    assert len({letter for letter in given if letter}) == 26


def test_alt_shows_letters_and_a_letter_presses_its_button(hands: Hands) -> None:
    hands.go("congress")
    hands.settle()
    letters = hands.window.letters
    QTest.keyPress(hands.window, Qt.Key.Key_Alt, ALT)
    assert letters.shown()
    assigned = letters.assigned()
    assert assigned
    assert all(isinstance(button, Button) and button.isVisible() for button in assigned.values())
    QTest.keyRelease(hands.window, Qt.Key.Key_Alt)
    assert not letters.shown()
    button = hands.window.frame.head.help if hands.window.frame.head.help.isVisible() else None
    button = button or hands.window.frame.head.primary or next(iter(assigned.values()))
    letter = next(key for key, each in assigned.items() if each is button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    hands.key(Qt.Key(ord(letter)), ALT)
    assert pressed == [True]
