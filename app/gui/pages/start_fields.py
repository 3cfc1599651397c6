"""The fields of first use: one editor for each answer, and lines that break where they have no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.facts import Kind, facts_of
from app.domain.union import AgreementKind, Cycle
from app.gui.pages.start_facts import (
    CITY,
    DISTRICT,
    KIND_TILES,
    KINDS,
    NOTES,
    PICKED,
    PROVINCE,
    SHAPE,
    SHAPES,
    YEAR,
    Group,
    fact_of,
    provinces,
)
from app.gui.theme import current_theme
from app.gui.widgets.choice_field import ChoiceField, Option, YesNoField
from app.gui.widgets.choice_tiles import Tile
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.line_field import LineField
from app.gui.widgets.number_field import NumberField
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text

_MOST_TILES = 4
_LEAST = {
    PROVINCE: 150,
    CITY: 130,
    DISTRICT: 130,
    YEAR: 96,
    "union.name": 280,
    "enterprise.name": 240,
    "enterprise.code": 176,
    "enterprise.legal_person": 90,
    "enterprise.unit_type": 130,
}
_LEAST_NUMBER, _LEAST_TEXT, _LEAST_CODE = 110, 150, 230


class ManyTiles(FieldEditor):
    """Any number of a few possibilities as square tiles; its value is a tuple in the order of the options."""

    empty = ()

    def __init__(self, name: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.box.hide()
        host = QWidget()
        flow = FlowLayout(host, gap=8, even=True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        host.setSizePolicy(policy)
        self.box_row.insertWidget(0, host, 1)
        self.tiles = [Tile(option, square=True) for option in options]
        for tile in self.tiles:
            flow.addWidget(tile)
            self._watch(tile)
            tile.setAccessibleName(f"{name}：{tile.option.label}")
            tile.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._touch()
        self._commit(leaving=False)

    def _read(self) -> tuple[Any, ...]:
        return tuple(tile.option.value for tile in self.tiles if tile.isChecked())

    def _show(self, value: Any) -> None:
        for tile in self.tiles:
            tile.setChecked(tile.option.value in (value or ()))

    def _show_read_only(self, read_only: bool, source: str) -> None:
        for tile in self.tiles:
            tile.setEnabled(not read_only)


def editor_for(name: str, today: date) -> FieldEditor:
    """The editor of one answer, with what most begin with."""
    cycle = facts_of(Cycle)
    if name == PROVINCE:
        options = [Option(each, each) for each in provinces()]
        return ChoiceField("所在地区", options, tiles=False, hint="省、直辖市", extent="")
    if name in (CITY, DISTRICT):
        return LineField(
            "市" if name == CITY else "县（市、区）", hint="市、州" if name == CITY else "县、区", extent=""
        )
    if name == YEAR:
        fact = cycle["year"]
        year = NumberField(fact.label, unit=fact.unit, minimum=fact.minimum, maximum=fact.maximum)
        year.set_value(today.year)
        return year
    if name == KINDS:
        kinds = ManyTiles("本年协商", [Option(kind, *words) for kind, words in KIND_TILES.items()])
        kinds.set_value((AgreementKind.WAGE,))
        return kinds
    if name == SHAPE:
        shapes = [Option(shape.key, shape.label, shape.meaning) for shape in SHAPES]
        shape = ChoiceField("工会类型", shapes, tiles=True, extent="")
        shape.set_value(SHAPES[0].key)
        return shape
    return _editor_of_fact(name)


def _editor_of_fact(name: str) -> FieldEditor:
    fact = fact_of(name)
    if name in PICKED:
        options = [Option(key, words) for key, words in PICKED[name].items()]
        return ChoiceField(fact.label, options, tiles=False, empty="", hint="选一项", extent="")
    match fact.kind:
        case Kind.INTEGER:
            return NumberField(
                fact.label, unit=fact.unit, minimum=fact.minimum, maximum=fact.maximum, extent=""
            )
        case Kind.DECIMAL:
            return NumberField(fact.label, unit=fact.unit, decimals=2, extent="")
        case Kind.YES_NO:
            return YesNoField(fact.label)
        case Kind.CHOICE:
            assert fact.choices is not None
            choices = [Option(each, each.label) for each in fact.choices]
            return ChoiceField(fact.label, choices, tiles=len(choices) <= _MOST_TILES, extent="")
    line = LineField(fact.label, extent="field_code" if fact.code else "")
    line.set_note(NOTES.get(name, ""))
    return line


@dataclass(frozen=True, slots=True)
class Cell:
    """A field on a line: its label (empty beside the field it belongs to), and how narrow it may be."""

    label: str
    field: FieldEditor
    least: int
    share: int


def cell_of(name: str, field: FieldEditor) -> Cell:
    """How a field stands on its line."""
    label = "" if name in (CITY, DISTRICT) else field.name
    if name in (KINDS, SHAPE):
        return Cell(label, field, 0, 1)
    if isinstance(field, NumberField):
        return Cell(label, field, _LEAST.get(name, _LEAST_NUMBER), 1 if name != YEAR else 0)
    if name in NOTES:
        return Cell(label, field, _LEAST_CODE, 1)
    return Cell(label, field, _LEAST.get(name, _LEAST_CODE if name.endswith("code") else _LEAST_TEXT), 2)


class FieldLine(QWidget):
    """Fields beside each other after one label of fixed width; below each other where they have no room."""

    def __init__(self, cells: Sequence[Cell], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = tuple(cells)
        self._labels: list[Text | None] = []
        self._across: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        for cell in self._cells:
            label = Text(cell.label, wrap=True) if cell.label else None
            if label is not None:
                label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                label.setBuddy(cell.field)
            self._labels.append(label)
        self._arrange(10_000)

    def cells(self) -> tuple[Cell, ...]:
        """What stands on the line."""
        return self._cells

    def _label_width(self, at: int) -> int:
        label, theme = self._labels[at], current_theme()
        if label is None:
            return 0
        if at == 0:
            return theme.extent("label")
        return min(theme.extent("label"), label.fontMetrics().horizontalAdvance(label.words()) + 2)

    def _needed(self) -> int:
        theme = current_theme()
        labels = sum(self._label_width(at) + 16 for at in range(len(self._cells)))
        return labels + sum(theme.px(cell.least) for cell in self._cells)

    def _arrange(self, room: int) -> None:
        across = room >= self._needed()
        if across == self._across:
            return
        self._across = across
        for cell, label in zip(self._cells, self._labels, strict=True):  # not takeAt: see FormGrid
            if label is not None:
                self._grid.removeWidget(label)
            self._grid.removeWidget(cell.field)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        theme, top = current_theme(), Qt.AlignmentFlag.AlignTop
        for at, cell in enumerate(self._cells):
            label = self._labels[at]
            row, column = (0, 2 * at) if across else (at, 0)
            if label is not None:
                label.setFixedWidth(self._label_width(at) if across else theme.extent("label"))
                label.setMinimumHeight(theme.height("control"))
                self._grid.addWidget(label, row, column, top)
            cell.field.setMinimumWidth(theme.px(min(cell.least, 200)))
            self._grid.addWidget(cell.field, row, column + 1, top)
            self._grid.setColumnStretch(column + 1, max(1, cell.share) if across else 1)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        least = max((min(cell.least, 200) for cell in self._cells), default=0)
        return QSize(theme.extent("label") + 8 + theme.px(least), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._across = None
            self._arrange(self.width())


class FieldGroup(QWidget):
    """A 15 heading with lines of fields, below a hairline unless it is the first."""

    def __init__(self, group: Group, fields: dict[str, FieldEditor], today: date, *, first: bool) -> None:
        super().__init__()
        self.group = group
        self.names: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if not first:
            column.addWidget(Hairline())
            column.addSpacing(2)
        column.addWidget(Text(group.title, "sheet"))
        for line in group.lines:
            cells = []
            for name in line:
                if name not in fields:
                    fields[name] = editor_for(name, today)
                    self.names.append(name)
                    cells.append(cell_of(name, fields[name]))
            if cells:
                column.addWidget(FieldLine(cells))
        if group.remark:
            column.addWidget(Text(group.remark, ink="ink2", wrap=True))
