"""Keys of the window that are editing keys of X11 too: on a real screen they reach the window and erase nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.gui.widgets.text_area import TextAreaField
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


def _words(box: QLineEdit | QPlainTextEdit) -> str:
    return box.text() if isinstance(box, QLineEdit) else box.toPlainText()


@pytest.mark.xvfb
def test_ctrl_u_and_ctrl_k_in_a_field_are_the_windows(qtbot: QtBot, tmp_path: Path) -> None:
    assert QGuiApplication.platformName() == "xcb"
    erasing = QKeySequence.keyBindings(QKeySequence.StandardKey.DeleteCompleteLine)
    assert QKeySequence("Ctrl+U") in erasing, "the trap is not set on this desktop"
    hands: Hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    attached: list[bool] = []
    hands.window.frame.attach_requested.connect(lambda: attached.append(True))
    hands.go("offer", "deliver")
    hands.settle()
    area = TextAreaField("理由", rows=2)
    area.setParent(hands.window)
    area.show()
    area.set_value("物价上涨")
    lines = [box for box in hands.visible(QLineEdit, hands.page) if box.isEnabled() and box.text()]
    areas = area.findChildren(QPlainTextEdit)
    assert lines
    assert areas
    for box in [*lines, *areas]:
        before, told = _words(box), len(attached)
        box.setFocus()
        hands.key(Qt.Key.Key_U, CTRL)
        assert (len(attached), _words(box)) == (told + 1, before)
        box.setFocus()
        hands.key(Qt.Key.Key_K, CTRL)
        assert _words(box) == before
        assert QApplication.focusWidget() is hands.window.frame.head.search.line
        hands.key(Qt.Key.Key_Escape)
