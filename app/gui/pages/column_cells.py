"""What each column of a file is read as, chosen where it stands: a click, Enter or F2 opens the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.cell_editing import CellEditing
from app.gui.widgets.choice_field import ChoiceField
from app.gui.widgets.choice_tiles import Option
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.record_rows import RowsModel, paint_cell
from app.gui.widgets.record_table import RecordTable

_Index = QModelIndex | QPersistentModelIndex


class ColumnCells(CellEditing):
    """Delegate of a table that lists the columns of a file, a row each; one of its columns is chosen from a list.

    Signals:
        chosen: A column is to be read as something else. arg: its row's id, arg: the option's value.
    """

    chosen = Signal(str, str)

    def __init__(self, table: RecordTable, key: str, options: Sequence[Option]) -> None:
        super().__init__(table.view)
        self._table = table
        self._key = key
        self._options = tuple(options)
        table.view.setItemDelegate(self)
        table.view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        table.view.clicked.connect(self._on_clicked)
        table.row_opened.connect(self.open_cell)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paint_cell(painter, option, index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            side = current_theme().px(16)
            area = QRectF(option.rect)
            place = QRectF(area.right() - side - 9, area.center().y() - side / 2, side, side)
            paint_icon(painter, place, "chevron_down", "ink2")

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 0, -2, -1))

    @Slot(str)
    def open_cell(self, row_id: str) -> None:
        """Open the list of a row."""
        self._table.edit_cell(row_id, self._key)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if self._is_to_fill(index):
            self._view.edit(index)

    def _names(self, index: _Index) -> tuple[str, str]:
        model = index.model()
        assert isinstance(model, RowsModel)
        return model.rows[index.row()].id, model.columns[index.column()].key

    def _editor_for(self, row_id: str, key: str) -> FieldEditor | None:
        if key != self._key:
            return None
        row = next(each for each in self._table.rows() if each.id == row_id)
        heading = next(iter(row.cells.values()), "")
        editor = ChoiceField(f"{heading}读作", self._options, tiles=False, always=True, extent="")
        editor.set_value(next(each.value for each in self._options if each.label == row.cells[key]))
        QTimer.singleShot(0, self._show_list)
        return editor

    @Slot()
    def _show_list(self) -> None:
        if isinstance(self._open, ChoiceField) and self._open.isVisible():
            self._open.drop.showPopup()

    def _is_to_fill(self, index: QModelIndex) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)

    def _take(self, row_id: str, key: str, value: object) -> None:
        self.chosen.emit(row_id, str(value))
        QTimer.singleShot(0, self._close)

    @Slot()
    def _close_if_left(self) -> None:
        """The list that hangs on the cell has the keys: the cell is not left."""
        if not (isinstance(self._open, ChoiceField) and self._open.list_of_all.isVisible()):
            super()._close_if_left()

    @Slot()
    def _close(self) -> None:
        """The choice is made: the keys go back to the rows."""
        if self._open is not None:
            self._shut(self._open)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
