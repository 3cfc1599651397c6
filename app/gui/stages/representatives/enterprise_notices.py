"""区域性、行业性: in which covered enterprise the workers' representatives were made known, and who sits for it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.facts import facts_of, join_names
from app.domain.union import CoveredEnterprise, Side
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.naming import shown
from app.gui.stages.fact_table import FactTable
from app.gui.widgets.record_table import ColumnView, RowView

_DAY, _NOTE = "representatives_published_on", "representatives_unpublished_note"
_CELLS = (_DAY, _NOTE)


class EnterpriseNotices(FactTable):
    """One row for each covered enterprise; the day and the reason are filled in right there."""

    COLLECTION, RECORD, CELLS = "covered_enterprises", CoveredEnterprise, _CELLS

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        editable = not desk.read_only
        declared = facts_of(CoveredEnterprise)
        columns = (
            ColumnView(key="name", title=declared["name"].label, bold=True, share=3),
            ColumnView(key="people", title="职工方代表", share=2, ink="ink2"),
            ColumnView(key=_DAY, title="公示日期", extent=132, editable=editable),
            ColumnView(key=_NOTE, title=declared[_NOTE].label, share=3, editable=editable),
        )
        super().__init__(
            desk,
            ask,
            parent,
            title="在各企业公示职工方代表",
            columns=columns,
            empty_words="还没有覆盖企业。在设置里登记参加协商的企业。",
            most=6,
        )
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        self._show()

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

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if "cycle" in changed:
            self.setVisible(self.desk.case.cycle.form is None or self.desk.case.cycle.form.value != "single")
        if changed & {"covered_enterprises", "representatives", "cycle"}:
            self._show()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        self._show()
