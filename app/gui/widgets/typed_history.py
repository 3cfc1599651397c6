"""Ctrl Z and Ctrl Y in a field: first what was typed there since the focus came, then the steps of the window.

What was handed on is a step of the window with a name. If the field took it back by itself, that would be handed
on as one more step, and with it all that could be done again would be gone. So the field's own history begins anew
each time something is handed on.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_UNDO = frozenset({(Qt.Key.Key_Z, _CONTROL)})
_REDO = frozenset({(Qt.Key.Key_Y, _CONTROL), (Qt.Key.Key_Z, _CONTROL | _SHIFT)})
"""Everywhere the same keys; what the system calls redo differs, and on X11 it is not Ctrl Y."""


class TypedHistory:
    """Decides, for one field, whether such a key is for the words being typed or for the window."""

    def __init__(self) -> None:
        self._passed = 0  # steps the window took back after the last one of this field

    def begin(self, widget: QWidget) -> None:
        """The focus came, or what was typed was handed on: there is nothing to take back here."""
        self._passed = 0
        box = _box(widget)
        if isinstance(box, QPlainTextEdit):
            box.document().clearUndoRedoStacks()
        elif box is not None and (box.isUndoAvailable() or box.isRedoAvailable()):
            start, chosen, caret = box.selectionStart(), len(box.selectedText()), box.cursorPosition()
            box.setText(box.text())  # the only way to empty its history
            box.setCursorPosition(caret)
            if chosen:
                forward = caret != start
                box.setSelection(start if forward else start + chosen, chosen if forward else -chosen)

    def typed(self) -> None:
        """Something was typed."""
        self._passed = 0

    def sees(self, watched: object, event: QEvent, kind: QEvent.Type) -> bool:
        """Use a key event on its way to the field; True when it must not get there."""
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        box = _box(watched)
        if box is None or not isinstance(event, QKeyEvent):
            return False
        key = (Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        if key not in _UNDO and key not in _REDO:
            return False
        undoing = key in _UNDO
        here = self._can_undo(box) if undoing else self._can_redo(box)
        if kind == QEvent.Type.ShortcutOverride:
            event.setAccepted(here)  # accepted: it comes again as a key press; else it is a shortcut
            if not here:
                self._pass_on(undoing)
        elif here:
            box.undo() if undoing else box.redo()
        return True

    def _can_undo(self, box: QLineEdit | QPlainTextEdit) -> bool:
        if isinstance(box, QLineEdit):
            return box.isUndoAvailable()
        return not box.isReadOnly() and box.document().isUndoAvailable()

    def _can_redo(self, box: QLineEdit | QPlainTextEdit) -> bool:
        if self._passed:
            return False  # the window's turn: what was taken back last is done again first
        if isinstance(box, QLineEdit):
            return box.isRedoAvailable()
        return not box.isReadOnly() and box.document().isRedoAvailable()

    def _pass_on(self, undoing: bool) -> None:
        self._passed = self._passed + 1 if undoing else max(0, self._passed - 1)


def _box(widget: object) -> QLineEdit | QPlainTextEdit | None:
    """Where the words of a field stand."""
    if isinstance(widget, QComboBox):
        return widget.lineEdit()
    return widget if isinstance(widget, (QLineEdit, QPlainTextEdit)) else None
