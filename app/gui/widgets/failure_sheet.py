"""A failure in three parts, with the ways out as buttons; stays until it is solved."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.gui.widgets.button import Button
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureView:
    """``ways`` are the buttons, the shortest way first (it is the primary one); ``code`` such as U-204."""

    headline: str
    what_happened: str
    unharmed: str
    what_to_do: str
    code: str
    at: str = ""
    ways: tuple[ActionView, ...] = ()


class FailureSheet(Sheet):
    """发生了什么 · 哪些没受影响 · 现在怎么办.

    Signals:
        way_chosen: A button was pressed. arg: the way's id.
        record_requested: 看详细记录.
        closed: The user put the sheet away (only offered when there are no ways).
    """

    way_chosen = Signal(str)
    record_requested = Signal()
    closed = Signal()

    def __init__(self, failure: FailureView, parent: QWidget | None = None) -> None:
        super().__init__(tone="failure", parent=parent)
        self.failure = failure
        self._columns = 0
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Shape("must", px=20), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(Text(failure.headline, "empty", wrap=True), 1)
        code = f"编号 {failure.code}"
        head.addWidget(Text(f"{failure.at} 发生 · {code}" if failure.at else code, ink="ink2"))
        self.body.addLayout(head)
        self._parts: list[QWidget] = []
        for shape, ink, title, words in (
            ("info", "ink2", "发生了什么", failure.what_happened),
            ("met", "ok", "哪些没受影响", failure.unharmed),
            ("arrow_right", "ink2", "现在怎么办", failure.what_to_do),
        ):
            self._parts.append(_part(shape, "ink1" if ink == "ink2" else ink, title, words))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self.body.addLayout(self._grid)
        ways = QHBoxLayout()
        self.ways: dict[str, Button] = {}
        flow = FlowLayout(gap=10)
        for index, way in enumerate(failure.ways):
            button = Button(way.label, "primary" if index == 0 else "secondary", way.icon)
            button.setProperty("way", way.id)
            button.set_blocked(way.blocked or None)
            button.clicked.connect(self._on_way)
            self.ways[way.id] = button
            flow.addWidget(button)
        if not failure.ways:
            self.close_button = Button("收起", "secondary")
            self.close_button.clicked.connect(self.closed)
            flow.addWidget(self.close_button)
        ways.addLayout(flow, 1)
        record = Button("看详细记录", "link")
        record.clicked.connect(self.record_requested)
        ways.addWidget(record, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(ways)
        self.setAccessibleName(failure.headline)
        self._arrange(1000)

    def focus_first_way(self) -> None:
        """Put the focus on the shortest way out."""
        first = next(iter(self.ways.values()), None) or getattr(self, "close_button", None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self, room: int) -> None:
        columns = 3 if room >= 720 else 1
        if columns == self._columns:
            return
        self._columns = columns
        for index, part in enumerate(self._parts):
            self._grid.removeWidget(part)
            self._grid.addWidget(part, index // columns, index % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _on_way(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.way_chosen.emit(str(sender.property("way")))


def _part(shape: str, ink: str, title: str, words: str) -> QWidget:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    grid.addWidget(Shape(shape), 0, 0)
    grid.addWidget(Text(title, ink=ink, bold=True), 0, 1)
    grid.addWidget(Text(words, ink="ink1", wrap=True), 1, 1)
    grid.setColumnStretch(1, 1)
    return part
