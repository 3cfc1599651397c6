"""应有的材料: what a stage must leave, which of it is there, and why something is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.case import Case
from app.gui.widgets.button import Button
from app.gui.widgets.drop_zone import files_of
from app.gui.widgets.evidence_row import ADD, LOOK, REASON, EvidenceState, evidence_item
from app.gui.widgets.item_row import ActionView, ItemList, ItemRow, ItemView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.gui.widgets.text_area import TextAreaField
from app.rules.required_papers import PaperNeed

MORE = ActionView("add", "再加")
MAKE = ActionView("make", "去生成")


def need_key(need: PaperNeed) -> str:
    """Name of a need, the same as long as its record stays."""
    return f"{need.key}|{need.proves}"


def state_of(need: PaperNeed) -> EvidenceState:
    """已有, 已写原因, 缺 (due) or 应有 (later)."""
    if need.have:
        return "done"
    if need.missing_reason:
        return "explained"
    return "lacking" if need.due else "missing"


class NeedsSheet(Sheet):
    """One row for each paper; files can be dropped on a row.

    Signals:
        action_requested: arg: the need's key, arg: add, look, make.
        files_dropped: arg: the need's key, arg: the files.
        reason_written: arg: the need's key, arg: the words.
    """

    action_requested = Signal(str, str)
    files_dropped = Signal(str, object)
    reason_written = Signal(str, str)

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("应有的材料", parent=parent)
        self._read_only = read_only
        self._needs: dict[str, PaperNeed] = {}
        self.items = ItemList("这个阶段没有规定要留的材料。")
        self.items.action_requested.connect(self._on_action)
        self.items.row_made.connect(self._on_row_made)
        self.reason = _ReasonBox()
        self.reason.written.connect(self._on_reason)
        self.reason.left.connect(self._on_reason_left)
        self.reason.hide()
        self.add(self.reason)
        self.add(self.items)

    def show_needs(self, needs: Sequence[PaperNeed], case: Case) -> None:
        """Show these papers."""
        self._needs = {need_key(need): need for need in needs}
        due = [need for need in needs if need.due]
        there = sum(bool(need.have or need.missing_reason) for need in due)
        self.set_remark(f"{there} / {len(due)} 件" if due else "还没到时候" if needs else "")
        self.items.show_items([self._item(key, need, case) for key, need in self._needs.items()])
        if self.reason.key not in self._needs:
            self.reason.hide()

    @Slot(object)
    def _on_row_made(self, row: ItemRow) -> None:
        if not self._read_only:
            row.setAcceptDrops(True)
            row.installEventFilter(self)

    def need(self, key: str) -> PaperNeed | None:
        """The paper behind a row."""
        return self._needs.get(key)

    def needs(self) -> tuple[PaperNeed, ...]:
        """All papers shown."""
        return tuple(self._needs.values())

    def ask_reason(self, key: str) -> None:
        """Open the box in which the reason is written."""
        need = self._needs.get(key)
        if need is not None:
            self.reason.ask(key, need)

    def _item(self, key: str, need: PaperNeed, case: Case) -> ItemView:
        state = state_of(need)
        name = f"{need.name} {need.about}".strip()
        if state == "done":
            held = case.find("evidence", need.have[0]) or case.find("made_documents", need.have[0])
            code = getattr(held, "code", "")
            remark = code or ("本程序生成" if case.find("made_documents", need.have[0]) else "")
            if len(need.have) > 1:
                remark = f"{remark} 等 {len(need.have)} 件".strip()
        elif state == "explained":
            remark = need.missing_reason
        elif state == "lacking":
            remark = "缺"
        else:
            remark = "建议留" if need.suggested else "还没到时候"
        return evidence_item(key, name, remark, state=state, actions=self._actions(need, state))

    def _actions(self, need: PaperNeed, state: EvidenceState) -> tuple[ActionView, ...]:
        if self._read_only:
            return (LOOK,) if state == "done" else ()
        making = (MAKE,) if need.document and state != "done" and need.proves else ()
        if state == "done":
            return (LOOK, MORE)
        if state == "lacking":
            return (*making, ADD, REASON)
        return (ADD, REASON) if state == "explained" else (*making, ADD)

    @Slot(str, str)
    def _on_action(self, key: str, action: str) -> None:
        if action == "reason":
            self.ask_reason(key)
        else:
            self.action_requested.emit(key, action)

    @Slot(str, str)
    def _on_reason(self, key: str, words: str) -> None:
        self.reason.hide()
        self.reason_written.emit(key, words)

    @Slot()
    def _on_reason_left(self) -> None:
        self.reason.hide()
        row = next((row for row in self.items.rows if row.item.id == self.reason.key), None)
        if row is not None and "reason" in row.buttons:
            row.buttons["reason"].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, ItemRow):
            if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
                files = files_of(event)
                if files:
                    event.acceptProposedAction()
                    self.files_dropped.emit(watched.item.id, files)
                    return True
            elif isinstance(event, QDragEnterEvent) and files_of(event):
                event.acceptProposedAction()
                return True
        return super().eventFilter(watched, event)


class _ReasonBox(Sheet):
    """Where the reason is written, inside the sheet.

    Signals:
        written: arg: the need's key, arg: the words. left: Esc or 先不写.
    """

    written = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tone="inset")
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
