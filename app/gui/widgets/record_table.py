"""A list of records as a table: arrows walk, Enter opens, Insert adds, Delete removes, F2 edits a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.column_widths import ColumnWidths
from app.gui.widgets.painted import Painted
from app.gui.widgets.record_head import MARGIN, RecordHead, share_need, share_out
from app.gui.widgets.record_rows import CellPainter, ColumnView, RowsModel, RowView
from app.gui.widgets.row_view import set_up_rows
from app.gui.widgets.text import Text
from app.gui.widgets.top_column import TopColumn

__all__ = ["ColumnView", "RecordTable", "RowView"]

_DAY = 84
"""How narrow a column of words with a width of its own may become, in pixels at 100 %: 10月31日… still shows."""

_MEASURED = 60
"""So many rows tell how wide the words of a column are."""


class _Rows(QTableView):
    """The view itself: keys and heights."""

    opened = Signal(str)
    add_asked = Signal()
    remove_asked = Signal(str)
    chosen = Signal(object)
    origin_asked = Signal(str, str)

    def __init__(self, name: str, model: RowsModel, fewest: int, most: int, row_height: str) -> None:
        super().__init__()
        self._row_height = row_height
        self._rows_model = model
        self._fewest = fewest
        self._most = most
        self._asked_to_edit = False
        self._head = RecordHead(model, self)
        self.setHorizontalHeader(self._head)
        self.widths = ColumnWidths(self, name, [column.key for column in model.columns])
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        set_up_rows(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        model.modelReset.connect(self._on_reset)
        self.doubleClicked.connect(self._on_double_clicked)
        self.widths.dragged.connect(self._fit_head)
        self.fit()

    def set_most(self, most: int) -> None:
        self._most = most
        self.updateGeometry()

    def fit(self) -> None:
        theme = current_theme()
        self.verticalHeader().setDefaultSectionSize(theme.height(self._row_height))
        self.verticalHeader().setMinimumSectionSize(24)
        self._head.setMinimumSectionSize(theme.px(32))
        for at, column in enumerate(self._rows_model.columns):
            if column.extent or self.widths.of(column.key):
                self._head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
        self._share_width()
        self._on_reset()

    def fit_columns(self) -> None:
        """Other words stand in the cells: the free room goes to those that are cut."""
        self._share_width()

    def _share_width(self) -> None:
        """Give each column its width; where the room is short titles take two lines, then wide columns shrink."""
        theme, room = current_theme(), self.viewport().width()
        shown = {
            at: column for at, column in enumerate(self._rows_model.columns) if not self.isColumnHidden(at)
        }
        dragged = {at: width for at, column in shown.items() if (width := self.widths.of(column.key))}
        extents = {at: theme.px(column.extent) for at, column in shown.items() if column.extent}
        wanted = {**extents, **dragged}
        shares = {at: column.share for at, column in shown.items() if at not in wanted}
        least: dict[int, int] = {}
        for lines in (1, 2):
            least = {at: max(theme.px(72), self._head.title_width(at, lines=lines)) for at in shares}
            if sum(wanted.values()) + sum(least.values()) <= room:
                break
        else:
            narrow = extents.keys() - dragged.keys()
            least |= {at: max(self._head.title_width(at, lines=2), self._content_width(at)) for at in narrow}
            if sum((dragged | least).values()) > room:  # of a date the weekday may go
                least |= {at: min(least[at], theme.px(_DAY)) for at in narrow if shown[at].kind == "text"}
        free = room - sum(wanted.values()) - sum(least.values() if shares else ())
        if free > 0:
            asked = {at: self._content_width(at) - wanted[at] for at in extents.keys() - dragged.keys()}
            wanted |= {at: wanted[at] + more for at, more in share_need(free, asked).items()}
        for at, width in share_out(room, wanted, shares, least).items():
            self.setColumnWidth(at, width)
        self._fit_head()

    def _fit_head(self) -> None:
        if self._head.fit_height():
            self._on_reset()

    def _content_width(self, at: int) -> int:
        """How wide the words of a column are; of long tables those of the first rows."""
        column = self._rows_model.columns[at]
        if column.kind == "check":
            return 0
        metrics = QFontMetrics(current_theme().font(bold=column.bold))
        cells = (str(row.cells.get(column.key, "")) for row in self._rows_model.rows[:_MEASURED])
        return max((metrics.horizontalAdvance(words) + 2 * MARGIN + 2 for words in cells), default=0)

    def _height_for(self, rows: int) -> int:
        theme = current_theme()
        return self._head.minimumHeight() + rows * theme.height(self._row_height) + 2

    def sizeHint(self) -> QSize:
        shown = max(self._fewest, min(self._most, self._rows_model.rowCount()))
        return QSize(320, self._height_for(shown))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._height_for(max(self._fewest, min(3, self._rows_model.rowCount()))))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.fit()

    def row_id(self, at: int) -> str | None:
        rows = self._rows_model.rows
        return rows[at].id if 0 <= at < len(rows) else None

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        rows = self.selectionModel().selectedRows()
        self.chosen.emit(self.row_id(rows[0].row()) if rows else None)

    def _on_reset(self) -> None:
        self.setMaximumHeight(self._height_for(max(self._fewest, self._rows_model.rowCount())))
        self.updateGeometry()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if self._rows_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            if not self.editTriggers() & QAbstractItemView.EditTrigger.DoubleClicked:  # else Qt opens it
                self.edit(index)
        elif (row := self.row_id(index.row())) is not None:
            self.opened.emit(row)

    def edit(  # type: ignore[override]
        self, index: QModelIndex, trigger: Any = None, event: QEvent | None = None
    ) -> Any:
        """Open a cell. A second click opens it only some time later: no more when the focus has gone on."""
        if trigger is None:
            self._asked_to_edit = True
            super().edit(index)
            self._asked_to_edit = False
            return None
        if event is None and not self._asked_to_edit and not self.hasFocus():
            return True  # else Qt warns that it failed
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    def focusInEvent(self, event: Any) -> None:
        if not self.selectionModel().hasSelection() and self._rows_model.rows:
            at = max(0, self.currentIndex().row())
            self.setCurrentIndex(self._rows_model.index(at, max(0, self.currentIndex().column())))
        super().focusInEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._rows_model.columns[index.column()].kind == "check":
            self._tick(index)

    def _tick(self, index: QModelIndex) -> None:
        if self._rows_model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            on = self._rows_model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            self._rows_model.setData(
                index,
                Qt.CheckState.Unchecked if on else Qt.CheckState.Checked,
                Qt.ItemDataRole.CheckStateRole,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        row = self.row_id(index.row()) if index.isValid() else None
        if not editing and plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row is not None:
                self.opened.emit(row)
        elif not editing and plain and key == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif (
            not editing
            and key in (Qt.Key.Key_Home, Qt.Key.Key_End)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            # Qt would take the selection away from a row that is reached with Ctrl.
            last = self._rows_model.rowCount() - 1
            at = 0 if key == Qt.Key.Key_Home else last
            column = 0 if key == Qt.Key.Key_Home else self._rows_model.columnCount() - 1
            self.setCurrentIndex(self._rows_model.index(at, column))
        elif not editing and plain and key == Qt.Key.Key_Delete:
            if row is not None:
                self.remove_asked.emit(row)
        elif not editing and key == Qt.Key.Key_F4 and row is not None:
            self.origin_asked.emit(row, self._rows_model.columns[index.column()].key)
        elif not editing and key == Qt.Key.Key_Space and index.isValid():
            checks = [at for at, column in enumerate(self._rows_model.columns) if column.kind == "check"]
            if checks:
                self._tick(self._rows_model.index(index.row(), checks[0]))
        else:
            super().keyPressEvent(event)


class RecordTable(Painted):
    """A table of records with 添加 and 移除 below it.

    Signals:
        row_selected: arg: the row's id, or None.
        row_opened: Enter or a double click. arg: the row's id.
        add_requested: 添加 or Insert.
        remove_requested: 移除 or Delete. arg: the row's id. Nothing is asked: it can be undone.
        cell_edited: arg: row id, arg: column key, arg: the words typed. The old words stay until
        ``show_rows``.
        cell_ticked: arg: row id, arg: column key, arg: whether it is to be ticked.
        origin_requested: F4 on a cell. arg: row id, arg: column key.
    """

    row_selected = Signal(object)
    row_opened = Signal(str)
    add_requested = Signal()
    remove_requested = Signal(str)
    cell_edited = Signal(str, str, str)
    cell_ticked = Signal(str, str, bool)
    origin_requested = Signal(str, str)

    def __init__(
        self,
        name: str,
        columns: Sequence[ColumnView],
        *,
        add_words: str = "",
        remove_words: str = "",
        empty_words: str = "",
        fewest: int = 1,
        most: int = 8,
        two_lines: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With ``two_lines`` what follows the first line end of a cell stands below it, in quieter ink."""
        super().__init__(parent)
        self._model = RowsModel(columns, self)
        row_height = "two_line_row" if two_lines else "table_row"
        self.view = _Rows(name, self._model, fewest, most, row_height)
        column = TopColumn(self)
        self._column = column
        self._most = most
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.view)
        self._empty = Text(empty_words, ink="ink2", wrap=True)
        column.addWidget(self._empty)
        buttons = self._buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.add_button = Button(add_words, "secondary", "plus", in_table=True)
        self.remove_button = Button(remove_words, "text", "remove", in_table=True)
        if not add_words:
            self.add_button.hide()
        self.remove_button.hide()
        self._may_remove = bool(remove_words)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        if add_words or remove_words:
            column.addLayout(buttons)
        column.close_end()
        self.setFocusProxy(self.view)
        self.view.chosen.connect(self._on_chosen)
        self.view.opened.connect(self.row_opened)
        self.view.add_asked.connect(self._on_add)
        self.view.remove_asked.connect(self._on_remove)
        self.view.origin_asked.connect(self.origin_requested)
        self._model.cell_edited.connect(self.cell_edited)
        self._model.cell_ticked.connect(self.cell_ticked)
        self.add_button.clicked.connect(self.add_requested)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.show_rows(())

    def show_rows(self, rows: Sequence[RowView]) -> None:
        """Show these; the selected row stays selected, else its neighbour when it is gone."""
        before, at = self.selected(), self.view.currentIndex().row()
        column = max(0, self.view.currentIndex().column())
        self._model.show_rows(rows)
        self.view.fit_columns()
        self._empty.setVisible(not rows and bool(self._empty.words()))
        self.view.setVisible(bool(rows) or not self._empty.words())
        # A proxy that cannot be seen would hold Tab fast in front of the table.
        adds = self.add_button if self.add_button.words() else None
        self.setFocusProxy(self.view if not self.view.isHidden() else adds)  # type: ignore[arg-type]
        if before is not None and self.selected() != before and rows:
            if any(row.id == before for row in rows):
                self.select(before, column)
            else:
                self.select(rows[min(max(at, 0), len(rows) - 1)].id, column)
        # More rows than are shown by default: the table may take the room its sheet is given.
        self._column.fill_with(0 if len(rows) > self._most else None)
        self._show_remove()

    def add_to_buttons(self, part: QWidget) -> None:
        """Put another button behind 添加 and 移除; only where the table has one of these."""
        self._buttons.insertWidget(self._buttons.count() - 1, part)

    def set_most(self, most: int) -> None:
        """Show so many rows before the others scroll inside."""
        if most != self._most:
            self._most = most
            self.view.set_most(most)
            self._column.fill_with(0 if len(self.rows()) > most else None)

    def set_title(self, key: str, title: str) -> None:
        """Another head above a column."""
        self._model.set_title(key, title)

    def rows(self) -> tuple[RowView, ...]:
        """What is shown."""
        return self._model.rows

    def selected(self) -> str | None:
        """The id of the selected row."""
        chosen = self.view.selectionModel().selectedRows()
        return self.view.row_id(chosen[0].row()) if chosen else None

    def select(self, row_id: str, column: int = 0) -> None:
        """Select a row; nothing happens when there is none with this id."""
        for at, row in enumerate(self._model.rows):
            if row.id == row_id:
                self.view.setCurrentIndex(self._model.index(at, column))
                return

    def current_cell(self) -> tuple[str, str]:
        """Row id and column key of the cell walked to; both empty when there is none."""
        index = self.view.currentIndex()
        row = self.view.row_id(index.row()) if index.isValid() else None
        return (row, self._model.columns[index.column()].key) if row is not None else ("", "")

    def edit_cell(self, row_id: str, key: str) -> None:
        """Open the editor of a cell."""
        keys = [column.key for column in self._model.columns]
        self.select(row_id, keys.index(key))
        self.view.setFocus()
        self.view.edit(self.view.currentIndex())

    def _show_remove(self) -> None:
        chosen = self.selected()
        locked = any(row.locked for row in self._model.rows if row.id == chosen)
        self.remove_button.setVisible(self._may_remove and chosen is not None and not locked)

    def _on_chosen(self, row_id: object) -> None:
        self._show_remove()
        self.row_selected.emit(row_id)

    def _on_add(self) -> None:
        if self.add_button.words():
            self.add_requested.emit()

    def _on_remove(self, row_id: str) -> None:
        if self._may_remove:
            self.remove_requested.emit(row_id)

    def _on_remove_clicked(self) -> None:
        chosen = self.selected()
        if chosen is not None:
            self.remove_requested.emit(chosen)

    def cell_area(self, row_id: str, key: str) -> QRect:
        """Where a cell lies inside the view's viewport; for jumping to it and for tests."""
        keys = [column.key for column in self._model.columns]
        at = [row.id for row in self._model.rows].index(row_id)
        return self.view.visualRect(self._model.index(at, keys.index(key)))
