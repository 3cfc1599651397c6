"""What a matrix shows: columns in groups (the rounds), rows, and cells that may be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from app.gui.icons import STATE_SHAPES

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixGroup:
    """Columns under one head, e.g. a round; ``framed``: the one that is worked at."""

    key: str
    title: str
    remark: str = ""
    icon: str = ""
    framed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    """``extent`` in pixels at 100 %, 0 takes what is left (``share`` of it, at least ``least``)."""

    key: str
    title: str
    extent: int = 0
    share: int = 1
    least: int = 120
    number: bool = False
    group: str = ""
    bold: bool = False
    parted: bool = False
    """A line at its left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell.

    Attributes:
        words: what stands there; empty cells may show ``hint`` in the ink of hints.
        lead: the change against the round before, before the words (``▼1``).
        unit: in the ink of hints behind the words.
        state: shape before the words, as in ``STATE_SHAPES``.
        box: it can be filled in.
        wrong: sentence of what must be mended here.
        spoken: said by screen readers in place of the words.
    """

    words: str = ""
    hint: str = ""
    lead: str = ""
    unit: str = ""
    state: str = ""
    ink: str = "ink1"
    bold: bool = False
    box: bool = False
    drops: bool = False
    wrong: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Cells by column key."""

    id: str
    cells: Mapping[str, MatrixCell] = field(default_factory=dict)


NO_CELL = MatrixCell()


class MatrixModel(QAbstractTableModel):
    """Serves the last columns and rows it was given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.groups: Mapping[str, MatrixGroup] = {}
        self.columns: tuple[MatrixColumn, ...] = ()
        self.rows: tuple[MatrixRow, ...] = ()

    def show_matrix(
        self, groups: Sequence[MatrixGroup], columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]
    ) -> bool:
        """Show these; False when only what stands in the cells is other, so that an open editor stays."""
        same = [row.id for row in rows] == [row.id for row in self.rows] and tuple(columns) == self.columns
        if not same:
            self.beginResetModel()
        heads = {group.key: group for group in groups}
        retitled = heads != self.groups
        self.groups, self.columns, self.rows = heads, tuple(columns), tuple(rows)
        if not same:
            self.endResetModel()
        elif self.rows and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        if same and retitled and self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        return not same

    def cell(self, index: _Index) -> MatrixCell:
        """What stands in a cell."""
        if not index.isValid():
            return NO_CELL
        return self.rows[index.row()].cells.get(self.columns[index.column()].key, NO_CELL)

    def names(self, index: _Index) -> tuple[str, str]:
        """Row id and column key of a cell; empty when there is none."""
        if not index.isValid():
            return "", ""
        return self.rows[index.row()].id, self.columns[index.column()].key

    def place(self, row_id: str, key: str) -> QModelIndex:
        """The cell of these names; an invalid index when there is none."""
        row = next((at for at, each in enumerate(self.rows) if each.id == row_id), -1)
        column = next((at for at, each in enumerate(self.columns) if each.key == key), -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken_head(column)
        return None

    def spoken_head(self, column: MatrixColumn) -> str:
        """第二轮 今天 工会要求."""
        group = self.groups.get(column.group)
        parts = (group.title, group.remark, column.title) if group is not None else (column.title,)
        return " ".join(part for part in parts if part)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.wrong or cell.words or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            word = STATE_SHAPES[cell.state][2] if cell.state in STATE_SHAPES else ""
            said = cell.spoken or " ".join(part for part in (cell.words, cell.unit, cell.lead) if part)
            parts = [self.spoken_head(self.columns[index.column()]), said or "还没写"]
            if word and word not in said:
                parts.append(word)
            if cell.wrong:
                parts.append(f"必须改：{cell.wrong}")
            return "，".join(part for part in parts if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        cell = self.cell(index)
        return shown | Qt.ItemFlag.ItemIsEditable if cell.box or cell.drops else shown
