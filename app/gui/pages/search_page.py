"""What Ctrl K found, under its heads, as a list to walk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui.forms.searching import GROUPS, Answers, Found
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

LOOKED_IN = "页面、文书与材料、议题、条款、人员、各阶段登记的内容、条文与规则"


class SearchPage(QWidget):
    """Answers below each other; arrows walk, Enter opens one, Esc leads back.

    Signals:
        door_opened: arg: a ``Where``, a ``RuleDoor`` or (page key, step key).
        closed: Esc.
    """

    door_opened = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._none = Text("", wrap=True)
        self._none.hide()
        self._rows: list[ClickRow] = []
        self._sheet = Sheet("找到的")
        self._sheet.body.setSpacing(4)
        self._sheet.add(self._none)
        self._room = QVBoxLayout()
        self._room.setSpacing(4)
        self._sheet.body.addLayout(self._room)
        column.addWidget(self._sheet)
        column.addStretch(1)

    def show_answers(self, answers: Answers) -> None:
        """Show what was found, or what is nearest to the words."""
        while self._room.count():
            entry = self._room.takeAt(0)
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = []
        if answers.found:
            for group in GROUPS:
                self._add(group, [each for each in answers.found if each.group == group])
            shown = len(answers.found)
            more = f"，先列 {shown} 处" if answers.total > shown else ""
            self._sheet.set_title("找到的")
            self._sheet.set_remark(f"{answers.total} 处{more}")
            self._none.hide()
            return
        self._sheet.set_title("没有找到")
        self._sheet.set_remark("")
        hint = "最接近的有：" if answers.nearest else "换一个短一点的词试试。"
        self._none.set_words(f"没有找到“{answers.words}”。找过了：{LOOKED_IN}。{hint}")
        self._none.show()
        self._add("", list(answers.nearest))

    def _add(self, group: str, found: list[Found]) -> None:
        if not found:
            return
        if group:
            head = Text(group, ink="ink2", bold=True)
            head.setContentsMargins(4, 8, 0, 0)
            self._room.addWidget(head)
        rows: list[QWidget] = []
        for each in found:
            row = _Answer(each)
            row.activated.connect(self._on_row)
            self._rows.append(row)
            rows.append(row)
        stack = RowStack()
        stack.show_rows(rows)
        self._room.addWidget(stack)

    def rows(self) -> tuple[ClickRow, ...]:
        """The answers, in order."""
        return tuple(self._rows)

    def first_focus(self) -> QWidget | None:
        """The first answer."""
        return self._rows[0] if self._rows else None

    @Slot()
    def _on_row(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Answer):
            self.door_opened.emit(sender.found.door)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        focus = next((at for at, row in enumerate(self._rows) if row.hasFocus()), None)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in steps and focus is not None and 0 <= focus + steps[Qt.Key(key)] < len(self._rows):
            self._rows[focus + steps[Qt.Key(key)]].setFocus(Qt.FocusReason.TabFocusReason)  # to the next head
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._rows:
            self._rows[0 if key == Qt.Key.Key_Home else -1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
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
