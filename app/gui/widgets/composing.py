"""Chinese input: while words are being composed, no shortcut and no autosave may come between.

An input method keeps the letters typed so far beside the text (the preedit) until a word is chosen. Whatever
changes the field meanwhile, or takes the focus, would commit or lose them.

The other way round, a few keys of the window are editing keys of the system too: where desktops follow X11, Ctrl U
and Ctrl K erase what stands in the field. They stay the window's, or the search key would cost her a line.
"""

from __future__ import annotations

import weakref

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_BETWEEN = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_LEAVING = frozenset(
    {
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        *(Qt.Key(Qt.Key.Key_F1 + at) for at in range(12)),
    }
)
_WINDOWS_OWN = frozenset((key, Qt.KeyboardModifier.ControlModifier) for key in (Qt.Key.Key_U, Qt.Key.Key_K))


class Composition:
    """Whether a field is being composed in, by the events it receives."""

    def __init__(self) -> None:
        self._going_on = False

    def is_going_on(self) -> bool:
        """Whether there are letters that are no word yet."""
        return self._going_on

    def sees(self, event: QEvent, kind: QEvent.Type) -> bool:
        """Follow an event of this kind on its way to the field; True when it must not get there.

        Kept away are the keys that would press a shortcut, hand the value on or leave the field. Plain
        letters pass: an input method that lets them through wants them there.
        """
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._going_on = bool(event.preeditString())
        elif kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._going_on = False
        elif self._going_on and isinstance(event, QKeyEvent):
            if not (event.modifiers() & _BETWEEN or event.key() in _LEAVING):
                return False
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()  # it is no shortcut now; the key press that follows is dropped below
                return True
            return kind == QEvent.Type.KeyPress
        return False


class ComposingGuard(QObject):
    """Guards whatever has the focus in one window, a table's cell or the search as well as a field."""

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._gone = False
        self._window = weakref.ref(window)
        self._watched: QWidget | None = None
        self._composition = Composition()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        _tell_weakly(app, weakref.ref(self))

    def is_composing(self) -> bool:
        """Whether something is being composed in this window."""
        return self._composition.is_going_on()

    def follow_focus(self, now: QWidget | None) -> None:
        """The focus went to ``now``."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        self._composition = Composition()
        window = self._window()
        if now is None or window is None or not window.isAncestorOf(now):
            return
        if now.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            now.installEventFilter(self)
            self._watched = now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone or watched is not self._watched:
            return False
        kind = event.type()
        if self._composition.sees(event, kind):
            return True
        if kind != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if (Qt.Key(event.key()), event.modifiers()) not in _WINDOWS_OWN:
            return False
        event.ignore()  # not accepted by the field: it is the window's shortcut
        return True


def _tell_weakly(app: QApplication, guard: weakref.ref[ComposingGuard]) -> None:
    """Tell the guard of every move of the focus for as long as it lives, without keeping it alive."""

    def on_focus_changed(_before: QWidget | None, now: QWidget | None) -> None:
        there = guard()
        if there is None or not shiboken6.isValid(there):
            app.focusChanged.disconnect(on_focus_changed)
        elif not there._gone:
            there.follow_focus(now)

    app.focusChanged.connect(on_focus_changed)
