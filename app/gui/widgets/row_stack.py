"""Rows directly below each other with hairlines between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text


class RowStack(QWidget):
    """Holds rows (due rows, finding cards, item rows); shows one line of words while it is empty."""

    def __init__(self, empty_words: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty_words = empty_words
        self._rows: tuple[QWidget, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.show_rows(())

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these rows instead; the old ones are deleted."""
        while self._column.count():
            entry = self._column.takeAt(0)
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = tuple(rows)
        for row in self._rows:
            if self._column.count():
                self._column.addWidget(Hairline())
            self._column.addWidget(row)
        if not self._rows and self._empty_words:
            self._column.addWidget(Text(self._empty_words, ink="ink2", wrap=True))

    def rows(self) -> tuple[QWidget, ...]:
        """The rows, in order."""
        return self._rows
