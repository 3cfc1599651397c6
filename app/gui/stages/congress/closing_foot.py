"""结束计票: whether the numbers agree, the reason that rides along, and opening a closed count again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.representatives import Count
from app.gui.desk import Desk
from app.gui.forms.naming import short_day
from app.gui.stages.congress.two_tellers import listed
from app.gui.widgets.button import Button
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.line_field import LineField
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.usecases.close_count import close_count, closing_of, reopen_count, with_agreed


class ClosingFoot(QWidget):
    """One count: what keeps it open, a line for the reason, and the button.

    Signals:
        closing: The button that closes is about to go; the focus goes elsewhere than to the one that opens again.
    """

    closing = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._count_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        said = QWidget(self)
        line = QHBoxLayout(said)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self._shape = Shape("", px=16)
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        self.words = Text("", wrap=True, parent=said)
        line.addWidget(self.words, 1)
        column.addWidget(said)
        self._reason_name = Text(
            "数字不齐的说明（会印进计票单、决议和情况说明）", ink="ink2", wrap=True, parent=self
        )
        column.addWidget(self._reason_name)
        self.reason = LineField("数字不齐的说明", hint="例如 1 人中途离场，没有投", extent="", parent=self)
        self.reason.value_changed.connect(self._on_reason)
        column.addWidget(self.reason)
        self._why_name = Text("为什么重新打开", ink="ink2", parent=self)
        column.addWidget(self._why_name)
        self.why = LineField("重新打开的原因", hint="例如 票箱里又找到 1 张", extent="", parent=self)
        self.why.edited.connect(self._on_why)
        column.addWidget(self.why)
        bar = QWidget(self)
        flow = FlowLayout(bar)
        self.take = Button("记入计票单", "secondary", parent=bar)
        self.take.clicked.connect(self._on_take)
        self.close_button = Button("结束计票", "secondary", parent=bar)
        self.close_button.clicked.connect(self._on_close)
        self.reopen = Button("重新打开计票", "secondary", parent=bar)
        self.reopen.clicked.connect(self._on_reopen)
        for each in (self.take, self.close_button, self.reopen):
            flow.addWidget(each)
        column.addWidget(bar)

    def count(self) -> Count | None:
        """The count in hand."""
        held = self._desk.case.find("counts", self._count_id)
        return held if isinstance(held, Count) else None

    def show_count(self, count_id: str) -> None:
        """Show how far this count is from being closed."""
        if count_id != self._count_id:
            self._count_id = count_id
            self.why.set_value("")
        self.refresh()

    def refresh(self) -> None:
        """Say anew what keeps it open."""
        count, case = self.count(), self._desk.case
        if count is None:
            return
        closing = closing_of(case, count)
        done, free = count.closed_on is not None, not self._desk.read_only
        uneven = bool(closing.differing)
        self.take.setVisible(free and not done and with_agreed(case, count) != count)
        self.close_button.setVisible(free and not done)
        self.reopen.setVisible(free and done)
        for part in (self.why, self._why_name):
            part.setVisible(free and done)
        for part in (self.reason, self._reason_name):
            part.setVisible(not done and (uneven or bool(count.note)))
        self.reason.set_value(count.note)
        self.reason.set_read_only(not free)
        if done and count.closed_on is not None:
            ended = f"{short_day(count.closed_on, case.cycle.year)}已经结束计票，数字不再改动。"
            state, words = "met", ended + (f"数字不齐，写了说明：{count.note}" if uneven else "")
        elif closing.allowed:
            words = (
                "数字都对得上，可以结束计票。"
                if not uneven
                else f"写了说明，可以结束计票。{listed(closing.differing)}"
            )
            state = "met" if not uneven else "explain"
        else:
            lacks = (f"没有写{'、'.join(closing.lacking)}",) if closing.lacking else ()
            state, words = "explain", f"还不能结束：{listed((*lacks, *closing.differing))}"
        self._shape.show_shape(state)
        self.words.set_words(words)
        self._on_why()

    def commit(self) -> None:
        """Hand on the reason."""
        self.reason.commit()

    @Slot(object)
    def _on_reason(self, value: object) -> None:
        count = self.count()
        if count is not None and count.closed_on is None:
            self._desk.change("counts", count.replace(note=str(value)))

    @Slot()
    def _on_why(self) -> None:
        lacks = not self.why.typed().strip()
        self.reopen.set_blocked("先写一句为什么重新打开。" if lacks else None)

    @Slot()
    def _on_take(self) -> None:
        count = self.count()
        if count is not None:
            self._desk.change("counts", with_agreed(self._desk.case, count))

    @Slot()
    def _on_close(self) -> None:
        self.commit()
        desk, count_id = self._desk, self._count_id
        self.why.set_value("")  # a reason of earlier opens nothing now
        self.why.set_typed("")
        self.closing.emit()
        desk.run_writing(
            "结束计票",
            lambda _progress: close_count(
                desk.program, desk.library, desk.case_id, count_id, actor=desk.actor
            ),
        )

    @Slot()
    def _on_reopen(self) -> None:
        desk, count_id, reason = self._desk, self._count_id, self.why.typed()
        self.why.set_value("")
        self.why.set_typed("")
        desk.run_writing(
            "重新打开计票",
            lambda _progress: reopen_count(desk.library, desk.case_id, count_id, reason, actor=desk.actor),
        )
