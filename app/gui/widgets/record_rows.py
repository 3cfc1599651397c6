"""What a record table shows: columns, rows, and how a cell is painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.gui.icons import STATE_SHAPES, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.cell_painting import paint_focus, paint_ground, paint_words
from app.gui.widgets.choice_tiles import paint_mark
from app.gui.widgets.painted import fill_round

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """``extent`` in pixels at 100 %, 0 takes what is left (``share`` of it).

    ``kind``: text, number, check.
    """

    key: str
    title: str
    extent: int = 0
    kind: str = "text"
    bold: bool = False
    editable: bool = False
    ink: str = "ink1"
    share: int = 1


@dataclass(frozen=True, slots=True)
class RowView:
    """``cells`` by column key (a ``bool`` in check columns).

    ``states`` puts a shape before a cell's words.
    """

    id: str
    cells: Mapping[str, Any]
    states: Mapping[str, str] = field(default_factory=dict)
    locked: bool = False


class RowsModel(QAbstractTableModel):
    """Serves the last rows it was given."""

    cell_edited = Signal(str, str, str)
    cell_ticked = Signal(str, str, bool)

    def __init__(self, columns: Sequence[ColumnView], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[RowView, ...] = ()

    def show_rows(self, rows: Sequence[RowView]) -> None:
        fresh = tuple(rows)
        if [row.id for row in fresh] == [row.id for row in self.rows]:
            self.rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows = fresh
        self.endResetModel()

    def set_title(self, key: str, title: str) -> None:
        at = next(at for at, column in enumerate(self.columns) if column.key == key)
        if self.columns[at].title != title:
            changed = replace(self.columns[at], title=title)
            self.columns = (*self.columns[:at], changed, *self.columns[at + 1 :])
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, at, at)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_side(column) | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        value = row.cells.get(column.key, "")
        if column.kind == "check":
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
            return column.title if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return str(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = row.states.get(column.key, "")
            word = STATE_SHAPES[state][2] if state in STATE_SHAPES else ""
            return " ".join(part for part in (column.title, str(value), word) if part)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_side(column) | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole:
            return current_theme().font(bold=column.bold)
        if role == Qt.ItemDataRole.ForegroundRole:
            return current_theme().colour(column.ink)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            self.cell_ticked.emit(row.id, column.key, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole and str(value) != str(row.cells.get(column.key, "")):
            self.cell_edited.emit(row.id, column.key, str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or self.rows[index.row()].locked:
            return shown
        column = self.columns[index.column()]
        if column.kind == "check":
            return shown | Qt.ItemFlag.ItemIsUserCheckable
        return shown | Qt.ItemFlag.ItemIsEditable if column.editable else shown


def _side(column: ColumnView) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column.kind == "number" else Qt.AlignmentFlag.AlignLeft


def paint_cell(painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
    """A plain cell with a hairline below; the selected row has a dark edge, editable cells a box."""
    theme = current_theme()
    model = index.model()
    assert isinstance(model, RowsModel)
    column, row = model.columns[index.column()], model.rows[index.row()]
    area = QRectF(option.rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_ground(painter, option, edge=index.column() == 0)
    inner = area.adjusted(8, 0, -8, -1)
    if column.editable and not row.locked:
        box = area.adjusted(3, 3, -3, -4)
        fill_round(painter, box, theme.radius("control"), theme.colour("surface"), theme.colour("line2"))
    paint_focus(painter, option)
    if column.kind == "check":
        side = theme.px(16)
        mark = QRectF(inner.left() + 1, inner.center().y() - side / 2, side, side)
        paint_mark(painter, mark, chosen=bool(row.cells.get(column.key)), square=True)
    else:
        state = row.states.get(column.key, "")
        if state:
            side = theme.px(16)
            place = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            paint_state(painter, place, state)
            inner.setLeft(inner.left() + side + 8)
        ink = STATE_SHAPES[state][1] if state in ("must", "explain") else column.ink
        words, _, below = str(row.cells.get(column.key, "")).partition("\n")
        if area.height() < theme.height("two_line_row"):
            words, below = f"{words} {below}".rstrip(), ""
        if below:
            half = inner.adjusted(0, inner.height() / 2, 0, -3)
            if _is_in_sight(option, half):
                paint_words(painter, half, below, "ink2", right=column.kind == "number")
            inner.setBottom(half.top() + 1)
        if not below or _is_in_sight(option, inner):
            paint_words(painter, inner, words, ink, bold=column.bold, right=column.kind == "number")
    painter.restore()


def _is_in_sight(option: QStyleOptionViewItem, line: QRectF) -> bool:
    """Whether a line of a row of two is scrolled into sight; of such a row one line may be outside."""
    view = option.widget
    return not isinstance(view, QAbstractItemView) or 0 < line.center().y() < view.viewport().height()


class CellPainter(QStyledItemDelegate):
    """The cells of a table of records; those that may be edited open a plain line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        paint_cell(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(40, current_theme().height("table_row"))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 2, -2, -3))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        theme = current_theme()
        editor.setStyleSheet(
            f"background: {theme.colours['surface']}; border: 2px solid {theme.colours['focus']};"
            f"border-radius: {theme.radius('control')}px; padding: 0px 4px;"
        )
        return editor
