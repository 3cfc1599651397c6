"""A column whose parts stay at the top."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout


class TopColumn(QVBoxLayout):
    """Leaves at its end the room it is given beyond its need, and asks for none unless one part fills it."""

    _fills = False

    def close_end(self) -> None:
        """Call after the last part was added."""
        self.addStretch(1)

    def fill_with(self, index: int | None) -> None:
        """Let the part at ``index`` take the room beyond the need; None gives it back to the end."""
        self._fills = index is not None
        end = self.count() - 1
        for at in range(end):
            self.setStretch(at, 1 if at == index else 0)
        self.setStretch(end, 0 if self._fills else 1)
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        both = Qt.Orientation.Horizontal | Qt.Orientation.Vertical
        return both if self._fills else Qt.Orientation.Horizontal
