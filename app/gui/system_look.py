"""The look follows the system as long as nobody chose another one in 设置."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.gui.theme import AUTO, SYSTEM, apply_theme, system_theme_name
from app.gui.window_memory import WindowMemory


class SystemLook(QObject):
    """Watches the system's light or dark mode and its contrast theme while the program runs."""

    def __init__(self, app: QApplication, memory: WindowMemory) -> None:
        super().__init__(app)
        self._app = app
        self._memory = memory
        self._last = system_theme_name()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.follow)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._soon)
        accessibility = getattr(hints, "accessibility", None)  # Qt tells of the contrast theme since 6.10
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self._soon)

    def stop(self) -> None:
        """The program ends."""
        self._timer.stop()
        self.deleteLater()

    @Slot()
    def _soon(self) -> None:
        self._timer.start()

    @Slot()
    def follow(self) -> None:
        """Take over what the system shows now, if it is another look than before."""
        now = system_theme_name()
        # From one contrast theme to another the name stays and the colours change.
        if self._memory.theme() == AUTO and (now != self._last or now == SYSTEM):
            apply_theme(self._app, AUTO, self._memory.scale())
        self._last = now
