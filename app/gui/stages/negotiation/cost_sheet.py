"""一年要多花多少: what can be told from the disclosed figures, and own bottom lines, covered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.figures.wage_cost import WageCost
from app.gui.stages.negotiation.cost_bars import CostBars
from app.gui.widgets.button import Button
from app.gui.widgets.secret_block import SecretBlock
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Where

_NOTHING = "写了上年工资总额，这里就算出工资调整一年多花多少。"
_NOT_COUNTED = "只算了工资调整；其他议题还没有人数和班次数据。"


class CostSheet(Sheet):
    """Right half below the matrix.

    Signals:
        door_opened: To the figures behind. arg: a ``Where``.
    """

    door_opened = Signal(object)

    def __init__(self, reveal: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__("一年要多花多少", parent=parent)
        self._layout.setContentsMargins(16, 10, 16, 10)
        self._where = Where("year_figures")
        self.bars = CostBars()
        self._words = Text("", wrap=True)
        self._rest = Text(_NOT_COUNTED, ink="ink2", wrap=True)
        self.door = Button("看年度数字", "link")
        self.door.clicked.connect(self._on_door)
        self.add(self.bars)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._words, 1)
        self._note = QWidget()
        note = QHBoxLayout(self._note)
        note.setContentsMargins(0, 0, 0, 0)
        note.setSpacing(8)
        note.addWidget(Shape("hint"), 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self._rest, 1)
        line.addWidget(self.door, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.add(self._note)
        self.body.addStretch(1)
        self.secret = SecretBlock("本方底线", reveal)
        self.add(self.secret)
        self._layout.fill_with(1)

    def show_cost(self, cost: WageCost | None, *, has_topic: bool) -> None:
        """Show what both percentages cost; ``None``: the wage total is not known."""
        spoken = cost is not None and (cost.ours.value is not None or cost.theirs.value is not None)
        self.bars.setVisible(spoken)
        self.set_remark(f"每 1 个百分点 {cost.per_point.text}" if cost is not None else "")
        self._where = Where("year_figures")
        if cost is None:
            self._words.set_words(_NOTHING)
        else:
            origin = cost.per_point.origin[0]
            self._where = Where(origin.collection, origin.record_id, origin.fact)
            said = "" if has_topic else "没有以 % 谈的工资调整议题。"
            self._words.set_words(f"{said}按 {origin.words} 推算，人数不变。")
            if spoken:
                self.bars.show_cost(cost)
        self._note.setVisible(spoken)

    @Slot()
    def _on_door(self) -> None:
        self.door_opened.emit(self._where)
