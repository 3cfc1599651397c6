"""任期和保护: from when until when each workers' representative holds office, who came after, and what protects them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.dates_in_words import short_day
from app.rules.findings import Where
from app.rules.protection import Tenure, protection, tenures

_SHOWN = frozenset({"representatives", "elections", "candidates", "replacements", "agreements", "cycle"})


class TenureList(StageView):
    """Everybody who is or was a representative; the region's sentences with their articles stand below."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._sheet = Sheet("职工方代表的任期和保护")
        self.table = RecordTable(
            "职工方代表的任期",
            (
                ColumnView(key="name", title="姓名", bold=True, share=2),
                ColumnView(key="since", title="任期自", extent=132),
                ColumnView(key="until", title="任期至", share=3),
                ColumnView(key="change", title="接替", share=2, ink="ink2"),
            ),
            empty_words="还没有职工方代表。",
            most=10,
        )
        self.table.row_opened.connect(self._on_row_opened)
        self._sheet.add(self.table)
        said = QWidget()
        self._lines = QVBoxLayout(said)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._said: list[Text] = []
        self._sheet.add(said)
        self.column.addWidget(self._sheet)
        desk.case_changed.connect(self._on_case_changed)
        self._show()

    def sheet(self) -> Sheet | None:
        return self._sheet

    def sentences(self) -> tuple[str, ...]:
        """What the region says, as shown."""
        return tuple(line.words() for line in self._said)

    def _show(self) -> None:
        case = self.desk.case
        pack = self.desk.program.pack_or_national(case)
        rows = [self._row(each) for each in tenures(case, pack)]
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)
        told = [each.words for each in protection(case, pack)]
        if list(self.sentences()) == told:
            return
        for line in self._said:
            line.hide()
            line.deleteLater()
        self._said = [Text(words, ink="ink2", wrap=True) for words in told]
        for line in self._said:
            self._lines.addWidget(line)

    def _row(self, each: Tenure) -> RowView:
        today = self.desk.program.clock.today()
        since = short_day(each.since, today) if each.since is not None else "还没写"
        until = each.until_words
        if each.until is not None:
            until = f"{short_day(each.until, today)}，{each.until_words}"
        change = f"接替{each.predecessor}" if each.predecessor else ""
        if each.over:
            change = f"由{each.successor}接替" if each.successor else "还没有人接替"
        cells = {"name": each.representative.name, "since": since, "until": until, "change": change}
        states = {"change": "explain"} if each.over and not each.successor else {}
        return RowView(each.representative.id, cells, states)

    @Slot(str)
    def _on_row_opened(self, row_id: str) -> None:
        self.door_opened.emit(Where("representatives", row_id, "name"))

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self._show()
