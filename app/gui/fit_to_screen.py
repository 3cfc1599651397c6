"""A window on the screens there are: none lies where nobody sees it, none is larger than its screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

FRAME_HEIGHT = 31
"""The title bar of the system, in pixels: 1366×728 leaves 1366×697 (look, Real room)."""
FRAME = QMargins(1, FRAME_HEIGHT, 1, 0)
IN_SIGHT = QSize(160, FRAME_HEIGHT)
"""So much of the title bar has to be on a screen to take hold of the window."""


def fit_to_screen(window: QWidget) -> None:
    """Put the window where it can be seen and used; larger than its screen it is maximised.

    Call it after the remembered place was restored, and whenever a screen goes or changes: the remembered
    screen may be gone, or smaller than it was (another scaling of Windows).
    """
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not rooms:
        return
    inner = window.geometry()
    room = room_of(inner, rooms)
    window.setMinimumSize(window.minimumSize().boundedTo(room.marginsRemoved(FRAME).size()))
    if window.isMaximized() or window.isFullScreen():
        if not inner.intersects(room):
            window.move(room.topLeft())
        return
    wanted = place_on(inner, rooms)
    if wanted.isEmpty():
        window.setGeometry(QRect(room.topLeft() + QPoint(FRAME.left(), FRAME.top()), window.minimumSize()))
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    elif wanted != inner:
        window.setGeometry(wanted)


def room_for(window: QWidget) -> QSize:
    """How large a window can be on the screen that shows it."""
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    return room_of(window.geometry(), rooms).marginsRemoved(FRAME).size() if rooms else window.size()


def room_of(inner: QRect, rooms: Sequence[QRect]) -> QRect:
    """The screen that shows most of a window, the first one (the main screen) when none shows any."""

    def seen(room: QRect) -> int:
        both = room.intersected(inner)
        return both.width() * both.height() if both.isValid() else 0

    best = max(rooms, key=seen)
    return best if seen(best) else rooms[0]


def place_on(inner: QRect, rooms: Sequence[QRect]) -> QRect:
    """Where a window goes: where it is if it can be taken hold of, else into the middle of a screen.

    ``inner`` is the window without the system's frame, ``rooms`` what each screen has room for. Empty when
    it is larger than its screen.
    """
    room = room_of(inner, rooms)
    inside = room.marginsRemoved(FRAME)
    if inner.width() > inside.width() or inner.height() > inside.height():
        return QRect()
    title = QRect(inner.left(), inner.top() - FRAME_HEIGHT, inner.width(), FRAME_HEIGHT)
    if any(_holds(each, title) for each in rooms):
        return inner
    moved = QRect(inner)
    moved.moveCenter(inside.center())
    return moved


def _holds(room: QRect, title: QRect) -> bool:
    seen = room.intersected(title)
    return seen.width() >= min(IN_SIGHT.width(), title.width()) and seen.height() >= IN_SIGHT.height() - 8
