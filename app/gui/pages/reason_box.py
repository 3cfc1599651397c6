"""写原因: why a paper that should be there is not, written in place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gui.desk import Desk
from app.gui.widgets.button import Button
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.gui.widgets.text_area import TextAreaField
from app.progress import Progress
from app.rules.required_papers import PaperNeed


class ReasonBox(Sheet):
    """Where the reason is written, inside the sheet.

    Signals:
        written: arg: the need's key, arg: the words. left: Esc or 先不写.
    """

    written = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tone="inset", parent=parent)
        self.key = ""
        self._asked = Text("", bold=True, wrap=True)
        self.add(self._asked)
        self.editor = TextAreaField("没有的原因", rows=2, hint="例如：企业当面拒收，没有签")
        self.editor.edited.connect(self._on_edited)
        self.add(self.editor)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.write = Button("写好原因", "secondary", "check")
        self.leave = Button("先不写", "text")
        self.write.clicked.connect(self._on_write)
        self.leave.clicked.connect(self.left)
        row.addWidget(self.write)
        row.addWidget(self.leave)
        row.addStretch(1)
        self.body.addLayout(row)

    def ask(self, key: str, need: PaperNeed) -> None:
        """Ask why one paper is not there."""
        self.key = key
        self._asked.set_words(f"{need.name} {need.about}".strip() + "：为什么没有")
        self.editor.set_error(None)
        self.editor.set_value(need.missing_reason)
        self.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_edited(self) -> None:
        self.editor.set_error(None)

    @Slot()
    def _on_write(self) -> None:
        self.editor.commit()
        words = str(self.editor.value()).strip()
        if not words:
            self.editor.set_error("还没有写。写一句为什么没有，缺件说明上会印。")
            return
        self.written.emit(self.key, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def write_reason(desk: Desk, need: PaperNeed, words: str) -> None:
    """Keep the reason as a slip in the case; a refusal goes out by the desk."""
    actor = desk.actor

    def work(_progress: Progress) -> Any:
        from app.usecases.note_missing import note_missing

        return note_missing(
            desk.library,
            desk.case_id,
            need.stage,
            need.key,
            need.name,
            words,
            actor=actor,
            proves=need.proves,
        )

    desk.run_writing("写原因", work)
