"""Fields for 本方底线: covered with dots, shown while Space or the mouse is held, written after F2 or Enter.

While covered the secret is in no child widget, so that neither a picture nor a screen reader finds it. An empty
field has nothing to hide and is written at once; what was written is covered when the field is left.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.gui.widgets.line_field import LineField
from app.gui.widgets.text_area import TextAreaField

DOTS = "••••••"
HOW = "按住空格看，F2 修改"

_SHOWN, _COVERED, _OPEN = "shown", "covered", "open"
_WRITES = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALKS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class _Cover:
    """What both kinds of field do with keys and mouse; they say how they show and cover."""

    _state = _OPEN
    _plain: str
    _read_only: bool

    def _turn(self, state: str) -> None:
        raise NotImplementedError

    def is_covered(self) -> bool:
        """Whether dots stand in place of the words."""
        return self._state == _COVERED

    def _cover(self) -> None:
        self._turn(_COVERED if self._plain else _OPEN)

    def _handles(self, event: QEvent) -> bool:
        """Whether the event was about covering; True ends it."""
        if self._state == _OPEN:
            return False
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return False
        if isinstance(event, QKeyEvent) and kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return self._handles_key(event, pressed=kind == QEvent.Type.KeyPress)
        if kind == QEvent.Type.MouseButtonPress:
            self._turn(_SHOWN)
        elif kind in (QEvent.Type.MouseButtonRelease, QEvent.Type.Leave, QEvent.Type.Hide):
            self._turn(_COVERED)
        elif kind == QEvent.Type.MouseButtonDblClick:
            self._turn(_COVERED if self._read_only else _OPEN)
            return True
        elif kind == QEvent.Type.InputMethod:
            return True
        return False

    def _handles_key(self, event: QKeyEvent, *, pressed: bool) -> bool:
        key = Qt.Key(event.key())
        if key in _WALKS or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            copies = event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in (
                Qt.Key.Key_V,
                Qt.Key.Key_X,
            )
            return bool(copies)
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._turn(_SHOWN if pressed else _COVERED)
            return True
        if pressed and key in _WRITES:
            if not self._read_only:
                self._turn(_OPEN)
            return True
        return bool(event.text())


class SecretField(_Cover, LineField):
    """One line."""

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self.line.setToolTip(HOW)

    def _turn(self, state: str) -> None:
        self._state = state
        self.line.setReadOnly(state != _OPEN or self._read_only)
        shown = DOTS if state == _COVERED else self._plain
        if self.line.text() != shown:
            self.line.setText(shown)

    def _show(self, value: object) -> None:
        self._plain = str(value or "")
        self._cover()

    def _on_leave(self) -> None:
        self._cover()

    def _show_read_only(self, read_only: bool, source: str) -> None:
        super()._show_read_only(read_only, source)
        self._cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._gone and watched is self.line and self._handles(event):
            return True
        return super().eventFilter(watched, event)


class SecretArea(_Cover, TextAreaField):
    """Several lines."""

    def __init__(self, name: str, *, rows: int = 2, hint: str = "", parent: QWidget | None = None) -> None:
        self._plain = ""
        super().__init__(name, rows=rows, hint=hint, parent=parent)
        self.area.setToolTip(HOW)
        self.area.viewport().installEventFilter(self)

    def _turn(self, state: str) -> None:
        self._state = state
        self.area.setReadOnly(state != _OPEN or self._read_only)
        self._put(DOTS if state == _COVERED else self._plain)

    def _put(self, words: str) -> None:
        if self.area.toPlainText() != words:
            self._showing = True
            self.area.setPlainText(words)
            self._showing = False

    def _on_text_changed(self) -> None:
        if not self._showing:
            self._plain = self.area.toPlainText()
        super()._on_text_changed()

    def _read(self) -> object:
        return self._plain.strip()

    def _show(self, value: object) -> None:
        self._plain = self._words_of(value)
        self._cover()

    def _on_leave(self) -> None:
        self._cover()

    def _show_read_only(self, read_only: bool, source: str) -> None:
        super()._show_read_only(read_only, source)
        self._cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        mine: tuple[Any, ...] = (self.area, self.area.viewport()) if not self._gone else ()
        if watched in mine and self._handles(event):
            return True
        return False if mine and watched is self.area.viewport() else super().eventFilter(watched, event)
