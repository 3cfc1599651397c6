"""The focus stays where somebody works when the part that has it goes away: a row made anew, a form put away.

Qt hands the focus of a part that is hidden or disabled to the next one it knows of, which is mostly the navigation:
what is typed then is lost.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.gui.widgets.focus_stops import focus_stops

if TYPE_CHECKING:
    from app.gui.shell.main_frame import MainFrame


@dataclass(frozen=True, slots=True)
class _Lost:
    """What had the focus: its name, and where its middle was in each of the parts around it, innermost first."""

    name: str
    rooms: tuple[tuple[QWidget, QPoint], ...]


class KeptFocus(QObject):
    """Gives the focus at once to the nearest stop, and a moment later to the part that took the lost one's place.

    That is the stop of the same name, nearest around; else the one nearest to where the lost one stood. Whoever
    gives the focus to something else meanwhile has the last word.
    """

    def __init__(self, frame: MainFrame) -> None:
        super().__init__(frame)
        self._frame_ref = weakref.ref(frame)
        self._lost: _Lost | None = None
        self._held: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._settle)

    def keep(self) -> bool:
        """Whether the part with the focus goes away and another of its region has it now."""
        here, frame = QApplication.focusWidget(), self._frame_ref()
        if here is None or frame is None or (here.isVisible() and here.isEnabled()):
            return False
        region = next((each for each in frame.keys.shown_regions() if each.isAncestorOf(here)), None)
        if region is None:
            return False
        lost = _Lost(here.accessibleName(), _rooms(here, region))
        if self._lost is None or here is not self._held:
            self._lost = lost
        wanted = _nearest(lost)
        if wanted is None:
            return False
        self._held = wanted
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()
        return True

    @Slot()
    def _settle(self) -> None:
        lost, held = self._lost, self._held
        self._lost = self._held = None
        now = QApplication.focusWidget()
        if lost is None or (now is not None and now is not held):
            return
        wanted = _same(lost) or _nearest(lost)
        if wanted is not None and wanted is not now:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)


def _rooms(part: QWidget, region: QWidget) -> tuple[tuple[QWidget, QPoint], ...]:
    rooms: list[tuple[QWidget, QPoint]] = []
    middle, inner = part.rect().center(), part
    while inner is not region and (outer := inner.parentWidget()) is not None:
        middle, inner = inner.mapToParent(middle), outer
        rooms.append((inner, middle))
    return tuple(rooms)


def _stops(room: QWidget) -> list[QWidget]:
    if not shiboken6.isValid(room) or not room.isVisible() or not room.isEnabled():
        return []
    return [stop for stop in focus_stops(room) if stop is not room]


def _same(lost: _Lost) -> QWidget | None:
    """The stop of the same name in the innermost part that has one."""
    for room, middle in lost.rooms:
        named = [stop for stop in _stops(room) if lost.name and stop.accessibleName() == lost.name]
        if named:
            return min(named, key=lambda stop: _apart(stop, room, middle))
    return None


def _nearest(lost: _Lost) -> QWidget | None:
    """The stop nearest to it in the innermost part that has one."""
    for room, middle in lost.rooms:
        if stops := _stops(room):
            return min(stops, key=lambda stop: _apart(stop, room, middle))
    return None


def _apart(stop: QWidget, room: QWidget, middle: QPoint) -> tuple[int, int]:
    """How far from ``middle``, lines before columns."""
    area = stop.rect().translated(stop.mapTo(room, QPoint(0, 0)))
    down = max(area.top() - middle.y(), middle.y() - area.bottom(), 0)
    return down, abs(area.center().x() - middle.x())
