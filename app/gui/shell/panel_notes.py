"""依据 and 修改记录: notes below each other, each a stop for the keyboard, some of them doors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.growing_list import GrowingList
from app.gui.widgets.painted import fill_round, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """An entry of 依据 (article and what it says) or 修改记录 (when and what changed).

    ``door`` is where Enter leads (a place in the case), ``None`` for nowhere.
    """

    title: str
    words: str = ""
    remark: str = ""
    shape: str = ""
    door: object = None


class NotesList(GrowingList):
    """Made only once it is seen: every page has one, few are looked at.

    Signals:
        note_opened: A note that leads somewhere was chosen. arg: its door.
    """

    note_opened = Signal(object)

    def __init__(self, empty_words: str, parent: QWidget | None = None) -> None:
        super().__init__(self._make_note, parent)
        self._empty_words = empty_words
        self._wanted: tuple[NoteView, ...] | None = ()

    def show_notes(self, notes: Sequence[NoteView]) -> None:
        """Show these."""
        self._wanted = tuple(notes)
        if self.isVisible():
            self._fill()

    def focus_first(self) -> bool:
        """Give the first note the focus; False when there is none."""
        self._fill()
        first = self.build_to(0)
        if first is None:
            return False
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(first, 0, 8)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        empty = None if wanted else Text(self._empty_words, ink="ink2", wrap=True)
        if empty is not None:
            empty.setContentsMargins(8, 8, 8, 8)
        self.show_items(wanted, empty)

    def _make_note(self, note: NoteView) -> QWidget:
        part = _Note(note)
        part.activated.connect(self._on_note)
        return part

    @Slot()
    def _on_note(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Note) and sender.note.door is not None:
            self.note_opened.emit(sender.note.door)


class _Note(ClickRow):
    """One note."""

    def __init__(self, note: NoteView) -> None:
        super().__init__()
        self.note = note
        self.setProperty("ring", False)  # its own border turns into the ring: notes lie edge to edge
        if note.door is None:
            self.setCursor(Qt.CursorShape.ArrowCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        if note.shape:
            row.addWidget(Shape(note.shape), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Text(note.title, bold=True, wrap=True))
        if note.words:
            column.addWidget(Text(note.words, wrap=True))
        if note.remark:
            column.addWidget(Text(note.remark, ink="ink2", wrap=True))
        row.addLayout(column, 1)
        self.setAccessibleName(note.title)
        self.setAccessibleDescription("\n".join(part for part in (note.words, note.remark) if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        if self.underMouse() and self.note.door is not None:
            fill_round(painter, area, theme.radius("popup"), theme.colour("hover"))
        if self.hasFocus():
            fill_round(painter, area, theme.radius("popup"), None, theme.colour("focus"), 2)
        else:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
