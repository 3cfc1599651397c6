"""F4 belongs to the row or cell that has the focus, before it belongs to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class KeepsF4(QObject):
    """An event filter that lets a widget receive F4 although the window has a shortcut of that key."""

    def keep(self, widget: QWidget) -> None:
        """Let ``widget`` receive F4."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F4
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)
