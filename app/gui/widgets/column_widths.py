"""Columns keep the widths somebody dragged them to, from one day to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from app.gui.theme import current_theme

_WRITE_AFTER_MS = 400


class ColumnMemory(Protocol):
    """What remembers the widths; :class:`app.gui.window_memory.WindowMemory` does."""

    def column_widths(self, table: str) -> Mapping[str, int]:
        """Column key → pixels at text size 100 %, for a table by its name."""

    def keep_column_widths(self, table: str, widths: Mapping[str, int]) -> None:
        """Remember them."""


_memory: list[ColumnMemory] = []  # one per process, as the theme is


def remember_columns_in(memory: ColumnMemory) -> None:
    """From now on widths are read from and written to ``memory``."""
    _memory[:] = [memory]


class ColumnWidths(QObject):
    """The dragged widths of one table.

    Signals:
        dragged: A column was dragged to another width.
    """

    dragged = Signal()

    def __init__(self, view: QTableView, table: str, keys: Sequence[str]) -> None:
        super().__init__(view)
        self._table = f"{table}|{','.join(keys)}"
        self._keys = tuple(keys)
        kept = _memory[-1].column_widths(self._table) if _memory else {}
        self._widths = {key: width for key, width in kept.items() if key in self._keys}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)
        view.horizontalHeader().sectionResized.connect(self._on_resized)

    def of(self, key: str) -> int:
        """The dragged width of a column in logical pixels, 0 when it was never dragged."""
        return current_theme().px(self._widths.get(key, 0))

    @Slot(int, int, int)
    def _on_resized(self, at: int, _before: int, width: int) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton and 0 <= at < len(self._keys):
            self.keep(self._keys[at], width)

    def keep(self, key: str, width: int) -> None:
        """A column was dragged to ``width`` logical pixels."""
        self._widths[key] = round(width / current_theme().scale)
        self._timer.start()
        self.dragged.emit()

    @Slot()
    def _write(self) -> None:
        if _memory:
            _memory[-1].keep_column_widths(self._table, self._widths)
