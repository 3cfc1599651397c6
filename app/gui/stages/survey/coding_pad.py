"""The topics, each with its key; takes the keys of the whole keyboard while open answers are coded."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.gui.stages.survey.keying_pad import KeyingPad

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_Home: -(10**9),
    Qt.Key.Key_End: 10**9,
}
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _is_undo(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~_KEYPAD
    return event.key() == Qt.Key.Key_Z and held == Qt.KeyboardModifier.ControlModifier


class CodingPad(KeyingPad):
    """A pad that walks a list of answers as well.

    Signals:
        walked: Up, down, a page, the first, the last. arg: by how many places.
        undo_asked: Ctrl Z: here it takes back the last coding, not the last change of the case.
        search_asked: The stroke key.
    """

    walked = Signal(int)
    undo_asked = Signal()
    search_asked = Signal()

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~_KEYPAD
        if _is_undo(event):
            self.undo_asked.emit()
        elif plain and Qt.Key(event.key()) in _STEPS:
            self.walked.emit(_STEPS[Qt.Key(event.key())])
        elif plain and event.key() == Qt.Key.Key_Slash:
            self.search_asked.emit()
        else:
            super().keyPressEvent(event)
