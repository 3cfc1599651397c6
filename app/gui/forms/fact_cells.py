"""The facts of a case filled in right in the rows of a table: F2, Enter, a letter or a double click opens a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView, QWidget

from app.domain.facts import Fact, Kind, Record
from app.gui.desk import Desk
from app.gui.forms.editors import make_cell_editor
from app.gui.widgets.cell_editing import CellEditing
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.record_rows import RowsModel, paint_cell

_Index = QModelIndex | QPersistentModelIndex

HeldBy = Callable[[str, str], tuple[str, Record, Fact] | None]
"""(row id, column key) → collection, record and fact behind the cell; ``None`` when it is not filled in here."""


class FactCells(CellEditing):
    """Delegate of a table whose cells are facts of the case.

    Signals:
        form_wanted: The cell's value does not fit a line. arg: the row's id.
    """

    form_wanted = Signal(str)

    def __init__(self, view: QTableView, desk: Desk, held_by: HeldBy) -> None:
        super().__init__(view)
        self._desk = desk
        self._held_by = held_by

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paint_cell(painter, option, index)

    def make_editor(self, collection: str, held: Record, fact: Fact) -> FieldEditor:
        """The editor for a cell, with its value; subclasses may show the value in another way."""
        editor = make_cell_editor(fact, self._desk, collection)
        editor.set_value(getattr(held, fact.name))
        return editor

    def with_value(self, held: Record, fact: Fact, value: object) -> Record:
        """The record with what was filled in."""
        return held.replace(**{fact.name: value})

    def is_skipped(self, row_id: str, key: str) -> bool:
        """Whether Tab passes over a cell."""
        return False

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        area = option.rect.adjusted(2, 0, -2, -1)
        editor.setGeometry(area.left(), area.top(), area.width(), area.height())

    # ---- from the editor

    def _editor_for(self, row_id: str, key: str) -> FieldEditor | None:
        found = self._held_by(row_id, key)
        if found is None:
            self.form_wanted.emit(row_id)
            return None
        editor = self.make_editor(*found)
        editor.setAutoFillBackground(False)
        editor.edited.connect(self._on_edited)
        self.refused.emit("")
        return editor

    def _take(self, row_id: str, key: str, value: object) -> None:
        found = self._held_by(row_id, key)
        if found is not None:
            collection, held, fact = found
            self._desk.change(collection, self.with_value(held, fact, value))

    @Slot()
    def _on_edited(self) -> None:
        found = self._held_by(*self._place)
        if found is None or self._open is None:
            return
        if self._open.is_understood():
            collection, held, fact = found
            self._desk.try_out(collection, self.with_value(held, fact, self._open.value()))
        else:
            self._desk.drop_draft()

    def _is_to_fill(self, index: QModelIndex) -> bool:
        editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        return editable and not self.is_skipped(*self._names(index))

    def _names(self, index: _Index) -> tuple[str, str]:
        model = index.model()
        assert isinstance(model, RowsModel)
        return model.rows[index.row()].id, model.columns[index.column()].key


def opens_with_keys(view: QTableView) -> None:
    """Let a cell open with F2, a letter, or a second click."""
    view.setEditTriggers(
        QAbstractItemView.EditTrigger.EditKeyPressed
        | QAbstractItemView.EditTrigger.AnyKeyPressed
        | QAbstractItemView.EditTrigger.SelectedClicked
        | QAbstractItemView.EditTrigger.DoubleClicked
    )


def fits_a_cell(fact: Fact, value: object) -> bool:
    """Whether a value can be filled in within one line: a text of several lines cannot."""
    if isinstance(value, str) and "\n" in value:
        return False
    return fact.kind not in (Kind.TEXTS, Kind.REFS, Kind.INTEGERS)


def cells_of(facts: Mapping[str, Fact], names: tuple[str, ...]) -> dict[str, Fact]:
    """The facts of these names, in this order."""
    return {name: facts[name] for name in names}
