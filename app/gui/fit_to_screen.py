"""A window on a screen that is smaller than it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

FRAME_HEIGHT = 31
"""The title bar of the system, in pixels: 1366×728 leaves 1366×697 (look, Real room)."""


def fit_to_screen(window: QWidget) -> None:
    """A window larger than its screen has room for starts maximised, so that its foot can be seen."""
    room = window.screen().availableGeometry().size()
    frame = QSize(2, FRAME_HEIGHT)
    wanted = window.size() + frame
    if wanted.width() > room.width() or wanted.height() > room.height():
        window.resize((room - frame).expandedTo(window.minimumSize()))
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
