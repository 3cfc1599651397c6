"""What taking something in would bring or change: lists with words above them, and one decision; nothing changed yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gui.widgets.button import Button
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text


class PreviewSheet(Sheet):
    """Hidden until there is something to decide.

    Signals:
        accepted: It is to be done. left: It is not.
    """

    accepted = Signal()
    left = Signal()

    def __init__(self, accept: str, leave: str, *, most: int, parent: QWidget | None = None) -> None:
        """``accept`` and ``leave``: words of the two buttons; ``most``: rows of a list before it scrolls."""
        super().__init__(parent=parent)
        self._most = most
        self.heads = Text("", wrap=True)
        self.add(self.heads)
        self.accept_button = Button(accept, "primary", "check")
        self.leave_button = Button(leave, "text")
        self.accept_button.clicked.connect(self.accepted)
        self.leave_button.clicked.connect(self.left)
        self.hide()

    def add_buttons(self) -> None:
        """Put the decision below what stands on the sheet so far."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.accept_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def add_list(self, name: str, *columns: ColumnView) -> WordsAndTable:
        """Put a list with words above it below what stands on the sheet so far."""
        made = WordsAndTable(name, columns, self._most)
        self.add(made.words)
        self.add(made.table)
        return made


class WordsAndTable:
    """A table and the words above it."""

    def __init__(self, name: str, columns: Sequence[ColumnView], most: int) -> None:
        self.words = Text("", bold=True, wrap=True)
        self.table = RecordTable(name, columns, most=most)

    def fill(self, rows: Sequence[RowView], words: str, *, without: str = "") -> None:
        """Show rows under ``words``; where there are none ``without`` stands alone, or nothing."""
        said = words if rows else without
        self.words.set_words(said)
        self.words.setVisible(bool(said))
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
