"""A table some of whose cells are facts filled in where they stand; what was not taken is said below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.facts import Fact, Record, facts_of
from app.figures.kept_counts import fixed_facts
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.fact_cells import FactCells, opens_with_keys
from app.gui.stages.stage_view import StageView
from app.gui.widgets.record_table import ColumnView, RecordTable
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Where


class FactTable(StageView):
    """One sheet with the table. Enter on a cell of a fact opens it, on any other the record's own form."""

    COLLECTION = ""
    RECORD: type[Record] = Record
    CELLS: Sequence[str] = ()
    """The facts that are filled in here."""
    CELL_EDITING: type[FactCells] = FactCells

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        parent: QWidget | None = None,
        *,
        title: str,
        columns: Sequence[ColumnView],
        empty_words: str,
        most: int,
    ) -> None:
        super().__init__(desk, ask, parent)
        self._sheet = Sheet(title)
        self.table = RecordTable(title, tuple(columns), empty_words=empty_words, most=most)
        self._keys = [column.key for column in columns]
        self.cells = self.CELL_EDITING(self.table.view, desk, self._held_by)
        self.table.view.setItemDelegate(self.cells)
        opens_with_keys(self.table.view)
        self.table.row_opened.connect(self._on_row_opened)
        self._sheet.add(self.table)
        self.refusal = Text("", ink="accentText", wrap=True)
        self.refusal.hide()
        self.cells.refused.connect(self._on_refused)
        self._sheet.add(self.refusal)
        self.column.addWidget(self._sheet)

    def sheet(self) -> Sheet | None:
        return self._sheet

    def commit(self) -> None:
        self.cells.commit()

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        if collection != self.COLLECTION or self.isHidden() or self._held_by(record_id, fact) is None:
            return None
        self.table.edit_cell(record_id, fact)
        return self.cells.editor() or self.table.view

    def _held_by(self, row_id: str, key: str) -> tuple[str, Record, Fact] | None:
        held: Record | None = self.desk.case.find(self.COLLECTION, row_id)
        if held is None or key not in self.CELLS or self.desk.read_only:
            return None
        if key in fixed_facts(self.desk.case, self.COLLECTION, row_id):
            return None  # a closed count stands on it
        return self.COLLECTION, held, facts_of(self.RECORD)[key]

    @Slot(str)
    def _on_row_opened(self, row_id: str) -> None:
        at = self.table.view.currentIndex()
        if at.isValid() and self._keys[at.column()] in self.CELLS and not self.desk.read_only:
            self.table.view.edit(at)
        else:
            self.door_opened.emit(Where(self.COLLECTION, row_id, "name"))

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self.refusal.set_words(sentence)
        self.refusal.setVisible(bool(sentence))
