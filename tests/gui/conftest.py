"""What window tests share: the look applied once, and a window that really has the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.gui.theme import apply_theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """The light theme at 100 %, whatever the test before left."""
    apply_theme(qapp, "light", 1.0)
    yield


@pytest.fixture
def on_screen(qtbot: QtBot) -> Callable[..., QWidget]:
    """Show parts below each other in one window that has the focus; returns the window."""
    windows: list[QWidget] = []  # the parts live as long as somebody holds their window

    def show(*parts: QWidget, size: tuple[int, int] = (900, 600)) -> QWidget:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


@pytest.fixture
def types() -> Callable[[QWidget, str], None]:
    """Type words: Latin letters by key, Chinese as an input method hands them over."""

    def type_words(widget: QWidget, words: str) -> None:
        for letter in words:
            if letter.isascii():
                QTest.keyClick(widget, letter, Qt.KeyboardModifier.NoModifier)
            else:
                event = QInputMethodEvent("", [])
                event.setCommitString(letter)
                QApplication.sendEvent(widget, event)

    return type_words
