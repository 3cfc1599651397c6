"""The line under a table that says where a figure comes from; opened, each record behind it is a door."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.figures.origin import Figure, Origin
from app.gui.widgets.button import Button
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text


class _OriginRow(ClickRow):
    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self.origin = origin
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.addWidget(Text(origin.words, elide=True), 1)
        row.addWidget(Shape("chevron_right", "ink2", px=16))
        self.setAccessibleName(f"出处：{origin.words}")


class OriginLine(Sheet):
    """A figure in words, its records and its rule.

    Signals:
        origin_chosen: Go to a record. arg: the :class:`app.figures.origin.Origin`.
    """

    origin_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tone="inset", parent=parent)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(12, 4, 12, 4)
        self._figure: Figure | None = None
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Shape("origin", px=16))
        self._named = Text("", bold=True, elide=True)
        self._from = Text("", ink="ink2", elide=True)
        for text in (self._named, self._from):
            text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self._named, 3)
        row.addWidget(self._from, 4)
        row.addStretch(0)
        self.button = Button("看出处 F4", "link")
        self.button.clicked.connect(self.toggle)
        row.addWidget(self.button)
        self.body.setSpacing(4)
        self.body.addLayout(row)
        self._rule = Text("", ink="ink2", wrap=True)
        self.rows = RowStack("没有这样的记录，所以是 0。")
        self.add(self._rule)
        self.add(self.rows)
        self._open(False)

    def show_figure(self, words: str, figure: Figure) -> None:
        """Show another figure; ``words`` name it with its number."""
        self._figure = figure
        self._named.set_words(words)
        named = "；".join(dict.fromkeys(part.words for part in figure.origin if part.words))
        self._from.set_words(f"来自 {named}" if named else "没有这样的记录")
        self._rule.set_words(f"算法：{figure.rule}" if figure.rule else "")
        self.setAccessibleName(f"出处：{words}，{self._from.words()}")
        if not self.rows.isHidden():
            self._show_rows()

    def words(self) -> str:
        """The figure in words."""
        return self._named.words()

    def is_open(self) -> bool:
        """Whether the records are listed."""
        return not self.rows.isHidden()

    @Slot()
    def toggle(self) -> None:
        """Open or close the list of records."""
        self._open(self.rows.isHidden())

    def open(self) -> None:
        """List the records."""
        self._open(True)

    def _open(self, is_open: bool) -> None:
        self.rows.setVisible(is_open)
        self._rule.setVisible(is_open and bool(self._rule.words()))
        self.button.set_words("收起出处 F4" if is_open else "看出处 F4")
        if is_open:
            self._show_rows()

    def close_open(self) -> bool:
        """Esc, told by the page: close the list of records; False when it is closed already."""
        if self.isHidden() or not self.is_open():
            return False
        inside = self.rows.isAncestorOf(self.window().focusWidget() or self)
        self._open(False)
        if inside:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show_rows(self) -> None:
        rows = [_OriginRow(part) for part in (self._figure.origin if self._figure is not None else ())]
        for row in rows:
            row.activated.connect(self._on_activated)
        self.rows.show_rows(rows)

    @Slot()
    def _on_activated(self) -> None:
        sender = self.sender()
        if isinstance(sender, _OriginRow):
            self.origin_chosen.emit(sender.origin)
