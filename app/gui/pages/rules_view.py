"""规则包: which packs and years of holidays are there; what each rule says stands in 检查与依据."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms.law import LAW, RULES
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.packs_view import PacksView
from app.gui.widgets.button import Button
from app.gui.widgets.item_row import ItemList, ItemView
from app.gui.widgets.sheet import Sheet
from app.rules.pack import RulePack

_FINGERPRINT = 8


class RulesView(QWidget):
    """What is there; a region is chosen in 工会和年度, and what is new is brought in by ``brought``.

    Signals:
        door_opened: Go to where rules are looked up. arg: the tuple (page key, step key).
    """

    door_opened = Signal(object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.brought = PacksView(desk, ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        packs = Sheet("规则包")
        self.packs = ItemList()
        packs.add(self.packs)
        self.look_up = Button("去查规则", "link", "arrow_right")
        self.look_up.setToolTip("检查与依据里有每条规则的内容、条文和核对程度，也能两地对照")
        self.look_up.clicked.connect(self._on_look_up)
        packs.body.addWidget(self.look_up, 0, Qt.AlignmentFlag.AlignLeft)
        self._packs_sheet = packs
        years = Sheet("放假安排", "没装的年份，期限写成从哪天到哪天")
        self.years = ItemList("一年都还没装。")
        years.add(self.years)
        for sheet in (self.brought, packs, years):
            column.addWidget(sheet)
        column.addStretch(1)
        self.show_case()

    def is_built(self) -> bool:
        """Stands as soon as it is made, unlike a ``StepView``."""
        return True

    def pack(self) -> RulePack:
        """The pack of this year, the national one while no region is chosen."""
        return self._desk.program.pack_or_national(self._desk.case)

    def show_case(self) -> None:
        """Show the pack of the year."""
        self.brought.show_case()
        chosen, program = self.pack(), self._desk.program
        self._packs_sheet.set_remark(f"本年度用 {chosen.name} {chosen.version}")
        self.packs.show_items(
            [
                ItemView(
                    id=pack.key,
                    name=f"{pack.name} {pack.version}",
                    remark=f"{'本年度用 · ' if pack is chosen else ''}"
                    f"指纹 {pack.fingerprint[:_FINGERPRINT].upper()} · {pack.summary}",
                    shape="done" if pack is chosen else "later",
                )
                for pack in program.packs
            ]
        )
        self.years.show_items(
            [
                ItemView(
                    id=str(year), name=f"{year} 年", remark=f"{plan.source} · {plan.read}", shape="calendar"
                )
                for year, plan in sorted(program.calendar.plans.items())
            ]
        )

    @Slot()
    def _on_look_up(self) -> None:
        self.door_opened.emit((LAW, RULES))
