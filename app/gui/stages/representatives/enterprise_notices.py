"""区域性、行业性: in which covered enterprise the workers' representatives were made known, and who sits for it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.facts import Fact, Record, facts_of, join_names
from app.domain.union import CoveredEnterprise, Side
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.fact_cells import FactCells, opens_with_keys
from app.gui.forms.naming import shown
from app.gui.stages.stage_view import StageView
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Where

_DAY, _NOTE = "representatives_published_on", "representatives_unpublished_note"
_CELLS = (_DAY, _NOTE)


class EnterpriseNotices(StageView):
    """One row for each covered enterprise; the day and the reason are filled in right there."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        editable = not desk.read_only
        declared = facts_of(CoveredEnterprise)
        self._sheet = Sheet("在各企业公示职工方代表")
        self.table = RecordTable(
            "在各企业公示职工方代表",
            (
                ColumnView(key="name", title=declared["name"].label, bold=True, share=3),
                ColumnView(key="people", title="职工方代表", share=2, ink="ink2"),
                ColumnView(key=_DAY, title="公示日期", extent=132, editable=editable),
                ColumnView(key=_NOTE, title=declared[_NOTE].label, share=3, editable=editable),
            ),
            empty_words="还没有覆盖企业。在设置里登记参加协商的企业。",
            most=6,
        )
        self.cells = FactCells(self.table.view, desk, self._held_by)
        self.table.view.setItemDelegate(self.cells)
        opens_with_keys(self.table.view)
        self.table.row_opened.connect(self._on_row_opened)
        self._sheet.add(self.table)
        self.refusal = Text("", ink="accentText", wrap=True)
        self.refusal.hide()
        self.cells.refused.connect(self._on_refused)
        self._sheet.add(self.refusal)
        self.column.addWidget(self._sheet)
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        self._show()

    def commit(self) -> None:
        self.cells.commit()

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        if collection != "covered_enterprises" or fact not in _CELLS or self.isHidden():
            return None
        if self._held_by(record_id, fact) is None:
            return None
        self.table.edit_cell(record_id, fact)
        return self.cells.editor() or self.table.view

    def _held_by(self, row_id: str, key: str) -> tuple[str, Record, Fact] | None:
        held: Record | None = self.desk.case.find("covered_enterprises", row_id)
        if held is None or key not in _CELLS or self.desk.read_only:
            return None
        return "covered_enterprises", held, facts_of(CoveredEnterprise)[key]

    def _show(self) -> None:
        case = self.desk.case
        declared = facts_of(CoveredEnterprise)
        wrong = {
            at.record_id: "must"
            for finding in self.desk.checkup.findings
            if finding.rule == "reg_worker_rep" and finding.blocks
            for at in (finding.where, *finding.related)
        }
        rows = []
        for held in case.covered_enterprises:
            people = [
                each.name
                for each in case.representatives
                if each.side is Side.WORKER and each.enterprise == held.id and each.left_on is None
            ]
            cells = {key: shown(case, declared[key], getattr(held, key)) for key in _CELLS}
            cells |= {"name": held.name, "people": join_names(people)}
            states = {"name": wrong[held.id]} if held.id in wrong else {}
            rows.append(RowView(held.id, cells, states))
        done = sum(held.representatives_published_on is not None for held in case.covered_enterprises)
        self._sheet.set_remark(f"已公示 {done} 家，共 {len(rows)} 家" if rows else "")
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)

    @Slot(str)
    def _on_row_opened(self, row_id: str) -> None:
        at = self.table.view.currentIndex()
        if at.isValid() and at.column() >= 2 and not self.desk.read_only:
            self.table.view.edit(at)
        else:
            self.door_opened.emit(Where("covered_enterprises", row_id, "name"))

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self.refusal.set_words(sentence)
        self.refusal.setVisible(bool(sentence))

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if "cycle" in changed:
            self.setVisible(self.desk.case.cycle.form is None or self.desk.case.cycle.form.value != "single")
        if changed & {"covered_enterprises", "representatives", "cycle"}:
            self._show()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        self._show()
