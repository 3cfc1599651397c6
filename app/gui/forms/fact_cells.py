"""Filling facts in right in the rows of a table: the editor of the fact opens in its cell.

F2, Enter, a letter or a double click opens it; Tab hands on and goes to the next cell to fill, Enter to the one
below, Esc gives the old value back. Tables of sixty rows stay quick, because only the cell in hand has an editor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.facts import Fact, Kind, Record
from app.gui.desk import Desk
from app.gui.forms.editors import make_cell_editor
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.record_rows import CellPainter, RowsModel

_Index = QModelIndex | QPersistentModelIndex

HeldBy = Callable[[str, str], tuple[str, Record, Fact] | None]
"""(row id, column key) → collection, record and fact behind the cell; ``None`` when it is not filled in here."""


class FactCells(CellPainter):
    """Delegate of a table whose cells are facts of the case.

    Signals:
        refused: What was typed cannot be understood and was not taken. arg: the sentence.
        form_wanted: The cell's value does not fit a line. arg: the row's id.
    """

    refused = Signal(str)
    form_wanted = Signal(str)

    def __init__(self, view: QTableView, desk: Desk, held_by: HeldBy) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._held_by = held_by
        self._open: FieldEditor | None = None
        self._parts: list[QWidget] = []
        self._place: tuple[str, str] = ("", "")

    def editor(self) -> FieldEditor | None:
        """The editor that is open."""
        return self._open

    def commit(self) -> None:
        """Hand on what is typed now; the cell stays open."""
        if self._open is not None:
            self._open.commit()

    def createEditor(  # type: ignore[override]  # Qt takes no editor for an answer
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget | None:
        row_id, key = self._names(index)
        found = self._held_by(row_id, key)
        if found is None:
            self.form_wanted.emit(row_id)
            return None
        collection, held, fact = found
        editor = self.make_editor(collection, held, fact)
        editor.setParent(parent)
        editor.box.set_in_table(True)
        editor.setAutoFillBackground(False)
        editor.value_changed.connect(self._on_value)
        editor.edited.connect(self._on_edited)
        editor.left.connect(self._on_left)
        self._open, self._place = editor, (row_id, key)
        self._parts = [editor, *editor.findChildren(QWidget)]
        for part in self._parts:
            part.installEventFilter(self)
            if isinstance(part, QLineEdit):
                part.selectAll()  # a letter that opens the cell replaces what is there, as in a spreadsheet
        self.refused.emit("")
        return editor

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

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """The editor knows its value already; a later refresh must not overwrite what is being typed."""

    def setModelData(self, editor: QWidget, model: Any, index: _Index) -> None:
        if isinstance(editor, FieldEditor):
            editor.commit()

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:
        if editor is self._open:
            self._open, self._parts = None, []
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        area = option.rect.adjusted(2, 0, -2, -1)
        editor.setGeometry(area.left(), area.top(), area.width(), area.height())

    # ---- from the editor

    def _held(self) -> tuple[str, Record, Fact] | None:
        return self._held_by(*self._place)

    @Slot(object)
    def _on_value(self, value: object) -> None:
        found = self._held()
        if found is not None:
            collection, held, fact = found
            self._desk.change(collection, self.with_value(held, fact, value))

    @Slot()
    def _on_edited(self) -> None:
        found = self._held()
        if found is not None and self._open is not None and self._open.is_understood():
            collection, held, fact = found
            self._desk.try_out(collection, self.with_value(held, fact, self._open.value()))

    @Slot()
    def _on_left(self) -> None:
        editor = self._open
        if editor is not None and not editor.has_focus():
            QTimer.singleShot(0, self._close_if_left)

    @Slot()
    def _close_if_left(self) -> None:
        editor = self._open
        if editor is not None and not editor.has_focus():
            self._shut(editor)

    def _shut(self, editor: FieldEditor) -> None:
        """Hand on and close; a value that cannot be understood is told and the old one stays."""
        editor.commit()
        if not editor.is_understood():
            self.refused.emit(editor.error() or "")
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        editor = self._open
        if editor is None or watched not in self._parts:
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._go_on(editor, -1 if key == Qt.Key.Key_Backtab else 1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ):
                self._shut(editor)
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if key == Qt.Key.Key_Escape:
                if editor.is_dirty():
                    return False  # the field gives its old value back first
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _go_on(self, editor: FieldEditor, step: int) -> None:
        """To the next cell to fill, across the rows; at the end out of the table."""
        at = self._view.currentIndex()
        self._shut(editor)
        target = next_cell(self._view, at, step)
        while target is not None and self.is_skipped(*self._names(target)):
            target = next_cell(self._view, target, step)
        if target is None:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._view.focusNextPrevChild(step > 0)
            return
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._view.setCurrentIndex(target)
        self._view.edit(target)

    def _names(self, index: _Index) -> tuple[str, str]:
        model = index.model()
        assert isinstance(model, RowsModel)
        return model.rows[index.row()].id, model.columns[index.column()].key


def next_cell(view: QTableView, at: QModelIndex, step: int) -> QModelIndex | None:
    """The next cell of a table that can be filled in, row by row; ``None`` past the end."""
    model = view.model()
    columns, rows = model.columnCount(), model.rowCount()
    place = at.row() * columns + at.column() + step
    while 0 <= place < rows * columns:
        index = model.index(place // columns, place % columns)
        if model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return index
        place += step
    return None


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
