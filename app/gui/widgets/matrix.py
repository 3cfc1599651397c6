"""A matrix: topics below each other, rounds side by side, the current round framed and filled in where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.matrix_cells import MakeEditor, MatrixCells
from app.gui.widgets.matrix_head import MatrixHead
from app.gui.widgets.matrix_model import MatrixCell, MatrixColumn, MatrixGroup, MatrixModel, MatrixRow
from app.gui.widgets.row_view import set_up_rows

__all__ = ["Matrix", "MatrixCell", "MatrixColumn", "MatrixGroup", "MatrixRow"]

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Matrix(QTableView):
    """Arrows walk, Tab goes to the next cell to fill, F2 or a letter writes, Enter asks for the reason.

    Signals:
        row_chosen: Another row is looked at. arg: its id, empty when there is none.
        written: arg: row id, arg: column key, arg: the value. What is shown stays until ``show_matrix``.
        reason_wanted: Enter. arg: row id, arg: column key.
        held: Space was pressed (True) or let go (False) where there is nothing to choose.
        refused: What was typed is no value. arg: the sentence, empty to take it away.
    """

    row_chosen = Signal(str)
    written = Signal(str, str, object)
    reason_wanted = Signal(str, str)
    held = Signal(bool)
    refused = Signal(str)

    def __init__(self, name: str, *, most: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows_model = MatrixModel(self)
        self._most = most
        self._row_height = 0
        self._held = False
        self._chosen = ""
        self.origin_of: Callable[[str, str], Any] | None = None
        """(row id, column key) → the place of the case behind a cell, for F4."""
        self.cells = MatrixCells(self, self._rows_model)
        self.head = MatrixHead(self._rows_model, self)
        self.setHorizontalHeader(self.head)
        self.setModel(self._rows_model)
        self.setItemDelegate(self.cells)
        set_up_rows(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cells.written.connect(self.written)
        self.cells.reason_wanted.connect(self.reason_wanted)
        self.cells.refused.connect(self.refused)
        self.retheme()

    # ---- what is shown

    def show_matrix(
        self, groups: Sequence[MatrixGroup], columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]
    ) -> None:
        """Show these; cell and editor stay where they are as long as rows and columns do."""
        before = self._rows_model.names(self.currentIndex())
        if not self._rows_model.show_matrix(groups, columns, rows):
            self.head.viewport().update()
            self.viewport().update()
            return
        self.retheme()
        place = self._rows_model.place(*before)
        if not place.isValid() and before[0]:
            place = self._rows_model.place(before[0], columns[0].key if columns else "")
        if place.isValid():
            self.setCurrentIndex(place)
        else:
            self._tell_chosen()

    def set_editors(self, make: MakeEditor) -> None:
        """What makes the editor of a cell."""
        self.cells.make = make

    def set_most(self, most: int, row_height: int = 0) -> None:
        """Show so many rows before it scrolls; ``row_height`` in pixels, 0 for the usual one."""
        if (most, row_height) != (self._most, self._row_height):
            self._most, self._row_height = most, row_height
            self.retheme()

    def row_count(self) -> int:
        """How many rows there are."""
        return self._rows_model.rowCount()

    def current(self) -> tuple[str, str]:
        """Row id and column key of the cell in hand; empty when there is none."""
        return self._rows_model.names(self.currentIndex())

    def cell(self, row_id: str, key: str) -> MatrixCell:
        """What stands in a cell."""
        return self._rows_model.cell(self._rows_model.place(row_id, key))

    def go_to(self, row_id: str, key: str) -> bool:
        """Make a cell the one in hand; False when there is none."""
        place = self._rows_model.place(row_id, key)
        if place.isValid():
            self.setCurrentIndex(place)
            self.scrollTo(place)
        return place.isValid()

    def write(self, row_id: str, key: str) -> FieldEditor | None:
        """Open the editor of a cell; ``None`` when it cannot be filled in."""
        if not self.go_to(row_id, key):
            return None
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(self.currentIndex())
        return self.cells.editor()

    def next_to_fill(self) -> tuple[str, str]:
        """The first empty cell to fill; empty names when there is none."""
        for row in self._rows_model.rows:
            for column in self._rows_model.columns:
                cell = row.cells.get(column.key)
                if cell is not None and cell.box and not cell.words:
                    return row.id, column.key
        return "", ""

    def commit(self) -> None:
        """Hand on what is typed now."""
        self.cells.commit()

    def origin_where(self) -> Any:
        """The place behind the cell in hand."""
        return self.origin_of(*self.current()) if self.origin_of is not None else None

    # ---- measures

    def retheme(self) -> None:
        """Set what depends on the theme, the columns and the number of rows."""
        theme = current_theme()
        high = max(self._row_height, theme.height("table_row"))
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(high)
        self.head.setFixedHeight(self.head.sizeHint().height())
        for at, column in enumerate(self._rows_model.columns):
            self.head.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            if column.extent:
                self.setColumnWidth(at, theme.px(column.extent))
        self._share_width()
        self.setFixedHeight(self._height())
        self.updateGeometry()
        self.viewport().update()

    def _height(self) -> int:
        high = max(self._row_height, current_theme().height("table_row"))
        rows = max(1, min(self._most, self._rows_model.rowCount()))
        return self.head.sizeHint().height() + rows * high + 2 * self.frameWidth()

    def _share_width(self) -> None:
        theme = current_theme()
        columns = self._rows_model.columns
        shares = {at: column for at, column in enumerate(columns) if not column.extent}
        left = self.viewport().width() - sum(
            self.columnWidth(at) for at in range(len(columns)) if at not in shares
        )
        total = sum(column.share for column in shares.values())
        for at, column in sorted(shares.items(), key=lambda each: each[1].share):
            width = max(theme.px(column.least), left * column.share // total)
            self.setColumnWidth(at, width)
            left, total = left - width, total - column.share

    def sizeHint(self) -> QSize:
        return QSize(640, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._height())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "head"):
            self.retheme()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        framed = self.head.framed_area()
        if framed.isEmpty() or not self._rows_model.rows:
            return
        theme = current_theme()
        last = self.visualRect(self._rows_model.index(len(self._rows_model.rows) - 1, 0))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("ink1"), 2.5 if theme.name == "contrast" else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath()
        path.addRoundedRect(
            QRectF(framed.left() + 1, -8, framed.width() - 2, last.bottom() + 8),
            theme.radius("control"),
            theme.radius("control"),
        )
        painter.drawPath(path)

    # ---- keys and mouse

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self._rows_model.rows:
            row, key = self.next_to_fill()
            if row:
                self.go_to(row, key)
            else:
                self.setCurrentIndex(self._rows_model.index(0, 0))
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._let_go()
        super().focusOutEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        target = self.cells.next_cell(self.currentIndex(), 1 if onward else -1)
        if (
            target is None
            or not self.currentIndex().isValid()
            or self.state() == QAbstractItemView.State.EditingState
        ):
            return super().focusNextPrevChild(onward)
        self.setCurrentIndex(target)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        cell = self._rows_model.cell(index)
        if editing or not plain or not index.isValid():
            super().keyPressEvent(event)
        elif key in _ENTER and not cell.drops:
            self.reason_wanted.emit(*self._rows_model.names(index))
        elif key == Qt.Key.Key_Space or (key in _ENTER and cell.drops):
            if cell.drops:
                self.edit(index)
            elif not event.isAutoRepeat():
                self._held = True
                self.held.emit(True)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and (cell.box or cell.drops):
            self.written.emit(*self._rows_model.names(index), None)
        elif key == Qt.Key.Key_Home:
            self.setCurrentIndex(self._rows_model.index(index.row(), 0))
        elif key == Qt.Key.Key_End:
            self.setCurrentIndex(self._rows_model.index(index.row(), self._rows_model.columnCount() - 1))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat() and self._held:
            self._let_go()
            return
        super().keyReleaseEvent(event)

    def hideEvent(self, event: Any) -> None:
        self._let_go()
        super().hideEvent(event)

    def _let_go(self) -> None:
        if self._held:
            self._held = False
            self.held.emit(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        cell = self._rows_model.cell(index)
        if event.button() == Qt.MouseButton.LeftButton and (cell.box or cell.drops):
            self.setCurrentIndex(index)
            self.edit(index)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell_chosen()

    @Slot()
    def _tell_chosen(self) -> None:
        row = self._rows_model.names(self.currentIndex())[0]
        if row != self._chosen:
            self._chosen = row
            self.row_chosen.emit(row)
