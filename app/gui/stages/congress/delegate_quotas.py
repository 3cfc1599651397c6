"""名额怎么分: what the region lays down on the delegates, and a fair share by heads beside who is on the roster."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.congress import Body
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.delegate_quotas import SILENT, LawQuota, Quotas, delegate_quotas
from app.rules.findings import cite

_SHOWN = frozenset(
    {"delegates", "congress", "departments", "staff_groups", "enterprise", "covered_enterprises", "cycle"}
)
_COLUMNS = (
    ColumnView(key="by", title="按什么分", extent=96, ink="ink2"),
    ColumnView(key="name", title="组", bold=True, share=3),
    ColumnView(key="people", title="职工", extent=80, kind="number"),
    ColumnView(key="wanted", title="应有", extent=80, kind="number"),
    ColumnView(key="there", title="名册里", extent=80, kind="number"),
    ColumnView(key="difference", title="差", extent=88),
)
_NO_HEADS = "写上各部门人数，或者导入花名册，就算出各部门、一线、女职工各应有几名代表。"
_NO_TOTAL = "先在“本届职代会”写代表总数，才算得出各组应有几名。"


class DelegateQuotas(StageView):
    """Follows every change of the roster of delegates; nothing is typed here."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._shown: Quotas | None = None
        self._sheet = Sheet("代表名额怎么分", parent=self)
        self.column.addWidget(self._sheet)
        law = QWidget(self._sheet)
        self._law = QVBoxLayout(law)
        self._law.setContentsMargins(0, 0, 0, 0)
        self._law.setSpacing(4)
        self._lines: list[QWidget] = []
        self._sheet.add(law)
        self.table = RecordTable("按职工人数各应有几名", _COLUMNS, most=12, parent=self._sheet)
        self._sheet.add(self.table)
        self.told = Text("", ink="ink2", wrap=True)
        self._sheet.add(self.told)
        desk.case_changed.connect(self._on_case_changed)
        self._show()

    def sheet(self) -> Sheet | None:
        return self._sheet

    def quotas(self) -> Quotas:
        """What is shown."""
        program = self.desk.program
        return delegate_quotas(
            self.desk.case, program.pack_or_national(self.desk.case), program.clock.today()
        )

    def _show(self) -> None:
        quotas = self.quotas()
        all_staff = self.desk.case.congress.body is Body.ALL_STAFF
        self.setVisible(not all_staff)
        if quotas == self._shown:
            return
        self._shown = quotas
        self._show_law(quotas.law)
        rows = [
            RowView(
                f"{each.by}/{each.name}",
                {
                    "by": each.by,
                    "name": each.name,
                    "people": _number(each.people),
                    "wanted": _number(each.wanted),
                    "there": _number(each.there),
                    "difference": each.difference,
                },
                {"difference": "met" if each.difference == "正好" else "explain"} if each.difference else {},
            )
            for each in quotas.heads
        ]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        told = f"{quotas.method}这不是法条，只供参考。" if rows else _NO_HEADS
        if rows and self.desk.case.congress.delegates is None:
            told = _NO_TOTAL
        if quotas.unplaced:
            told += f"部门和人数表对不上的：{'、'.join(each or '没有写部门' for each in quotas.unplaced)}。"
        self.told.set_words(told)

    def _show_law(self, law: tuple[LawQuota, ...]) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [_law_line(each) for each in law] or [Text(SILENT, ink="ink2", wrap=True)]
        for line in self._lines:
            self._law.addWidget(line)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self._show()


def _law_line(each: LawQuota) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    state = "" if each.holds is None else "met" if each.holds else "explain"
    row.addWidget(Shape(state, px=16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(each.sentence(cite(each.sources)), wrap=True), 1)
    return line


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
