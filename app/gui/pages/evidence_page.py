"""材料与证据."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk


class EvidencePage(QWidget):
    """材料与证据.

    Signals:
        door_opened: Go there. arg: a ``Where``, or the tuple (page key, step key).
    """

    door_opened = Signal(object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask

    def show_case(self) -> None:
        """Show the case as it is on the desk."""
