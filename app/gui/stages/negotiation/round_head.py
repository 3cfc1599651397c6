"""The line above the matrix: who chairs, who records, who is there; and the way to earlier rounds."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.painted import start_painting
from app.gui.widgets.text import Text

_MOST = 0.4
"""No fact takes more than this part of the line."""
_LEAST_LETTERS = 11
"""A fact of which fewer letters would be seen is left out."""
_KEYS = "Tab 下一格，Enter 写理由"
_SIGNED = "记录已签字，再改会记进修改记录"


class RoundHead(QWidget):
    """Facts of the meeting as one door to its form; at the right the keys, or that its minutes are signed.

    Signals:
        door_opened: To the form of the meeting.
        earlier_wanted: arg: 1 for earlier rounds, 0 for the last ones again.
        next_wanted: The next meeting is to be added.
    """

    door_opened = Signal()
    earlier_wanted = Signal(int)
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.facts = _Facts()
        self.facts.activated.connect(self.door_opened)
        self.earlier = Button("更早的轮次", "text", "chevron_left", in_table=True)
        self.earlier.clicked.connect(self._on_earlier)
        self.latest = Button("回到最近", "text", "chevron_right", in_table=True)
        self.latest.clicked.connect(self._on_latest)
        self.next = Button("添加下一轮", "text", "plus", in_table=True)
        self.next.clicked.connect(self.next_wanted)
        self.remark = Text(_KEYS, ink="ink2")
        row.addWidget(self.facts, 1)
        for part in (self.earlier, self.latest, self.next):
            part.hide()
            row.addWidget(part)
        row.addWidget(self.remark)

    def show_round(self, case: Case, meeting: Meeting, *, writable: bool) -> None:
        """Tell who chairs, records and is there."""
        self.facts.show_facts(_facts_of(case, meeting), "打开会议情况")
        signed = bool(meeting.minutes_signed)
        self.remark.set_words((_SIGNED if signed else _KEYS) if writable else "")
        self.remark.setToolTip(_signed_words(meeting) if signed and writable else "")

    def show_switch(self, *, hidden: int, gone_back: bool) -> None:
        """Offer earlier rounds where there are any that are not shown."""
        self.earlier.setVisible(hidden > 0)
        self.earlier.speak_as(f"更早的轮次，还有 {hidden} 轮")
        self.latest.setVisible(gone_back)

    def show_next(self, *, wanted: bool) -> None:
        """Offer the next meeting."""
        self.next.setVisible(wanted)

    @Slot()
    def _on_earlier(self) -> None:
        self.earlier_wanted.emit(1)

    @Slot()
    def _on_latest(self) -> None:
        self.earlier_wanted.emit(0)


class _Facts(ClickRow):
    """Several facts in one line, parted by hairlines; what has no room is left out at the end."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: tuple[str, ...], what: str) -> None:
        self._facts = facts
        self.setAccessibleName(what)
        self.setAccessibleDescription("，".join(facts))
        self.setToolTip("，".join(facts))
        self.update()

    def words(self) -> tuple[str, ...]:
        """What is told."""
        return self._facts

    def sizeHint(self) -> QSize:
        return QSize(240, current_theme().height("control_table"))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        from PySide6.QtCore import QRectF, Qt

        theme = current_theme()
        painter = start_painting(self)
        painter.setFont(theme.font())
        metrics = QFontMetrics(theme.font())
        left = 0.0
        for at, fact in enumerate(self._facts):
            if at:
                left += 25
            room = min(self.width() - left, max(120.0, self.width() * _MOST))
            if metrics.horizontalAdvance(fact) > room < metrics.horizontalAdvance("字") * _LEAST_LETTERS:
                break
            words = metrics.elidedText(fact, Qt.TextElideMode.ElideRight, int(room))
            if at:
                painter.fillRect(QRectF(left - 13, 5, 1, self.height() - 10), theme.colour("line2"))
            painter.setPen(theme.colour("ink1"))
            area = QRectF(left, 0, room, self.height())
            painter.drawText(
                area, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), words
            )
            left += metrics.horizontalAdvance(words)


def _facts_of(case: Case, meeting: Meeting) -> tuple[str, ...]:
    chaired = f"（{meeting.chaired_by.label}）" if meeting.chaired_by else ""
    recorder = case.find("recorders", meeting.recorder)
    name = recorder.name if recorder is not None else ""
    outside = "（不是代表）" if recorder is not None and recorder.is_representative is False else ""
    return (
        f"主持人：{meeting.chair or '没写'}{chaired}",
        f"记录员：{name or '没写'}{outside}",
        f"到会：{_present(meeting)}",
        f"地点：{meeting.place or '没写'}",
    )


def _signed_words(meeting: Meeting) -> str:
    day = meeting.held_on
    when = f"{day.month}月{day.day}日" if day is not None else "这一轮"
    return (
        f"{when}的会议记录有 {meeting.minutes_signed} 人签了字，签过的那份不变。"
        "这里再改，谁在什么时候改了什么，都在“修改记录”里。"
    )


def _present(meeting: Meeting) -> str:
    ours, theirs = meeting.workers_present, meeting.employers_present
    if ours is None and theirs is None:
        return "没写"
    if ours == theirs:
        return f"双方各 {ours} 人"
    told = (("职工方", ours), ("企业方", theirs))
    return "，".join(f"{side} {count} 人" for side, count in told if count is not None)
