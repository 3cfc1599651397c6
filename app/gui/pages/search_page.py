"""What Ctrl K found, as a list to walk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui.forms.searching import Found
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text


class SearchPage(QWidget):
    """Answers below each other; Enter opens one, Esc leads back.

    Signals:
        door_opened: arg: a ``Where`` or (page key, step key).
        closed: Esc.
    """

    door_opened = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._sheet = Sheet("找到的")
        self._rows = RowStack()
        self._none = Text("", ink="ink2", wrap=True)
        self._sheet.add(self._rows)
        self._sheet.add(self._none)
        column.addWidget(self._sheet)
        column.addStretch(1)

    def show_found(self, words: str, found: tuple[Found, ...]) -> None:
        """Show what was found for ``words``."""
        rows: list[QWidget] = []
        for each in found:
            row = _Answer(each)
            row.activated.connect(self._on_row)
            rows.append(row)
        self._rows.show_rows(rows)
        self._sheet.set_remark(f"{len(found)} 处" if found else "")
        self._none.set_words(
            ""
            if found
            else f"没有找到“{words}”。找过了：页面、各阶段登记的内容、材料、条文。换一个短一点的词试试。"
        )
        self._none.setVisible(not found)

    def first_focus(self) -> QWidget | None:
        """The first answer."""
        rows = self._rows.rows()
        return rows[0] if rows else None

    @Slot()
    def _on_row(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Answer):
            self.door_opened.emit(sender.found.door)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


class _Answer(ClickRow):
    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 6, 4, 6)
        row.setSpacing(12)
        row.addWidget(Text(found.title, bold=True, elide=True), 2)
        row.addWidget(Text(found.place, ink="ink2", elide=True), 3)
        self.setAccessibleName(f"{found.title}，{found.place}")
