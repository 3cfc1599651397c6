"""A row with a shape, a name, a remark and a few links: the ground of document and evidence rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.painted import Painted
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text

FIRST_SLICE, NEXT_SLICE = 16, 6
"""How many new rows of a list are made at once, and then in each turn of the window: some 20 ms of work."""

_GAP = 8
_TWO_LINES = 50
_HEIGHTS = {"item_row": 32, "table_row": 33, "read_row": 26}
"""Pixels at 100 %; with the hairline a pixel more."""


@dataclass(frozen=True, slots=True)
class ActionView:
    """Something that can be done: ``id`` for the program, ``label`` for people."""

    id: str
    label: str
    icon: str = ""
    blocked: str = ""
    """Why it cannot be done now; empty when it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """``shape`` is a state or an icon name; ``ink`` its colour token (a state has its own).

    ``tail`` stands at the right end.
    """

    id: str
    name: str
    remark: str = ""
    shape: str = "document"
    ink: str = ""
    remark_ink: str = "ink2"
    tail: str = ""
    tail_ink: str = "ink1"
    actions: tuple[ActionView, ...] = ()


class ItemRow(Painted):
    """Enter, or Space, does the first action; Delete asks for ``remove`` if the row has that action.

    Signals:
        action_requested: arg: the item's id, arg: the action's id.
    """

    action_requested = Signal(str, str)

    def __init__(
        self, item: ItemView, parent: QWidget | None = None, *, row_height: str = "item_row"
    ) -> None:
        super().__init__(parent)
        self.item = item
        self._row_height = row_height
        self.buttons: dict[str, Button] = {}
        self._two_lines = False
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        lines.addLayout(row)
        self._below = QHBoxLayout()
        self._below.setSpacing(_GAP)
        self._below.addStretch(1)
        lines.addLayout(self._below)
        self._row = row
        self._shape = Shape(item.shape, item.ink or None)
        row.addWidget(self._shape)
        name = Text(item.name, elide=True)
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(name, 3)
        remark = Text(item.remark, ink=item.remark_ink, elide=True)
        remark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(remark, 2)
        row.addStretch(0)
        self._words = [name, remark]
        if item.tail:
            tail = Text(item.tail, ink=item.tail_ink, elide=True)
            tail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            tail.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            row.addWidget(tail, 2)
            self._words.append(tail)
        for action in item.actions:
            button = Button(action.label, "link", action.icon)
            button.setProperty("action", action.id)
            button.set_blocked(action.blocked or None)
            button.clicked.connect(self._on_clicked)
            self.buttons[action.id] = button
            row.addWidget(button)
        for action in item.actions:
            self.buttons[action.id].speak_as(f"{action.label}：{item.name}")
        self.setAccessibleName("，".join(part for part in (item.name, item.remark, item.tail) if part))
        self.retheme()

    def retheme(self) -> None:
        self._arrange(self.width())
        self._fit_height()
        super().retheme()

    def _fit_height(self) -> None:
        self.setFixedHeight(current_theme().px(_TWO_LINES if self._two_lines else _HEIGHTS[self._row_height]))

    def _arrange(self, across: int) -> None:
        """Put what can be done below the words where both have no room beside each other."""
        words = sum(text.sizeHint().width() + _GAP for text in self._words if text.words())
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        needed = self._shape.sizeHint().width() + words + self._across(shown)
        two = bool(shown) and needed > across
        if two == self._two_lines:
            return
        self._two_lines = two
        for button in self.buttons.values():
            (self._row if two else self._below).removeWidget(button)
            (self._below if two else self._row).addWidget(button)
        self._fit_height()

    @staticmethod
    def _across(buttons: list[Button]) -> int:
        return sum(button.sizeHint().width() + _GAP for button in buttons)

    def minimumSizeHint(self) -> QSize:
        """As narrow as in two lines."""
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        words = sum(text.minimumSizeHint().width() + _GAP for text in self._words if text.words())
        return QSize(max(self._across(shown), self._shape.sizeHint().width() + words), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and "remove" in self.buttons:
            self.action_requested.emit(self.item.id, "remove")
            return
        super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.action_requested.emit(self.item.id, str(sender.property("action")))


class ItemList(Painted):
    """Item rows below each other with hairlines between them; an empty list says what comes here.

    A long list is made in slices, so that the window never stands still for it; a row that stays the
    same is not made anew.

    Signals:
        action_requested: arg: the item's id, arg: the action's id.
        row_made: arg: a new :class:`ItemRow`.
    """

    action_requested = Signal(str, str)
    row_made = Signal(object)

    def __init__(
        self, empty_words: str = "", parent: QWidget | None = None, *, row_height: str = "item_row"
    ) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self._wanted: list[ItemView] | None = None
        self._coming: list[ItemView] = []
        self._kept: dict[str, ItemRow] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_slice)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._empty_words = empty_words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.rows: list[ItemRow] = []
        self.show_items(())

    def show_items(self, items: tuple[ItemView, ...] | list[ItemView]) -> None:
        """Show these items, in this order; the focus stays on the same item's same action."""
        wanted = list(items)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        focused = next(
            (
                (row.item.id, key)
                for row in self.rows
                for key, button in row.buttons.items()
                if button.hasFocus()
            ),
            None,
        )
        same = {item.id: item for item in wanted}
        before = [*self.rows, *self._kept.values()]
        self._kept = {row.item.id: row for row in before if same.get(row.item.id) == row.item}
        staying = set(self._kept.values())
        for row in before:
            if row not in staying:
                row.hide()
                row.deleteLater()
        while self._column.count():
            entry = self._column.takeAt(0)
            widget = entry.widget() if entry is not None else None
            if widget is not None and not isinstance(widget, ItemRow):
                widget.hide()
                widget.deleteLater()
        self.rows = []
        self._coming = list(wanted)
        at = next((at for at, item in enumerate(wanted) if focused and item.id == focused[0]), 0)
        self._make(max(FIRST_SLICE, at + 1))
        if focused is not None and wanted and wanted[at].id == focused[0]:
            button = self.rows[at].buttons.get(focused[1])
            if button is not None and not button.hasFocus():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.rows and self._empty_words:
            self._column.addWidget(Text(self._empty_words, ink="ink2", wrap=True))

    def _make(self, count: int) -> None:
        """Put rows below each other until ``count`` new ones were made; they are placed all at once."""
        self._column.setEnabled(False)
        while self._coming and (count > 0 or self._coming[0].id in self._kept):
            item = self._coming.pop(0)
            if self.rows:
                self._column.addWidget(Hairline())
            row = self._kept.pop(item.id, None)
            if row is None:
                count -= 1
                row = ItemRow(item, self, row_height=self._row_height)
                row.action_requested.connect(self.action_requested)
                self.row_made.emit(row)
            self.rows.append(row)
            self._column.addWidget(row)
            row.show()
        for row in self._kept.values():
            row.hide()
        self._column.setEnabled(True)
        self._column.invalidate()
        if self._coming:
            self._timer.start()
        else:
            self._timer.stop()

    def row(self, item_id: str) -> ItemRow | None:
        """The row of one item, made at once if its slice has not come yet; ``None`` when it is not listed."""
        at = next((at for at, item in enumerate(self._wanted or ()) if item.id == item_id), None)
        if at is None:
            return None
        if at >= len(self.rows):
            self._make(at + 1 - len(self.rows))
        return self.rows[at]

    @Slot()
    def _make_slice(self) -> None:
        self._make(NEXT_SLICE)
