"""Filling in right in the cells of a table: the field opens in the cell, one at a time.

Tab hands on and goes to the next cell to fill, Enter hands on, Esc gives the old value back; leaving the cell
hands on too. Tables of sixty rows stay quick, because only the cell in hand has an editor.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.gui.theme import current_theme
from app.gui.widgets.choice_field import ChoiceField
from app.gui.widgets.editor import FieldEditor

_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellEditing(QStyledItemDelegate):
    """Delegate whose cells are filled in with a :class:`FieldEditor`; subclasses say which, and paint.

    Subclasses write ``_names``, ``_editor_for``, ``_is_to_fill`` and ``_take``.

    Signals:
        refused: What was typed is no value and was not taken. arg: the sentence; empty once something was.
    """

    refused = Signal(str)

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
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

    def next_cell(self, at: _Index, step: int) -> QModelIndex | None:
        """The next cell to fill, row by row; ``None`` past the end."""
        model = self._view.model()
        columns, rows = model.columnCount(), model.rowCount()
        place = at.row() * columns + at.column() + step
        while 0 <= place < rows * columns:
            index = model.index(place // columns, place % columns)
            if self._is_to_fill(index):
                return index
            place += step
        return None

    # ---- for subclasses

    def _names(self, index: _Index) -> tuple[str, str]:
        """Row id and column key of a cell."""
        raise NotImplementedError

    def _editor_for(self, row_id: str, key: str) -> FieldEditor | None:
        """The editor with the cell's value in it; ``None`` when it is not filled in here."""
        raise NotImplementedError

    def _is_to_fill(self, index: QModelIndex) -> bool:
        """Whether Tab stops at a cell."""
        raise NotImplementedError

    def _take(self, row_id: str, key: str, value: object) -> None:
        """Store what was filled in."""
        raise NotImplementedError

    def _after_enter(self, row_id: str, key: str) -> None:
        """Enter handed on and closed the cell."""

    def _sees_key(self, watched: QObject, event: QKeyEvent, editor: FieldEditor) -> bool:
        """Whether a key that is none of Tab, Enter and Esc was used up."""
        return False

    # ---- what Qt asks

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(40, current_theme().height("table_row"))

    def createEditor(  # type: ignore[override]  # Qt takes no editor for an answer
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget | None:
        place = self._names(index)
        editor = self._editor_for(*place)
        if editor is None:
            return None
        editor.setParent(parent)
        editor.box.set_in_table(True)
        editor.value_changed.connect(self._on_value)
        editor.left.connect(self._on_left)
        self._open, self._place = editor, place
        self._parts = [editor, *editor.findChildren(QWidget)]
        if isinstance(editor, ChoiceField):
            self._parts.append(editor.list_of_found)  # while it is open the keys go there
        for part in self._parts:
            part.installEventFilter(self)
            if isinstance(part, QLineEdit):
                part.selectAll()  # a letter that opens the cell replaces what is there, as in a spreadsheet
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """The editor knows its value already; a later refresh must not overwrite what is being typed."""

    def setModelData(self, editor: QWidget, model: Any, index: _Index) -> None:
        if isinstance(editor, FieldEditor):
            editor.commit()

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:
        if editor is self._open:
            self._open, self._parts = None, []
        super().destroyEditor(editor, index)

    # ---- from the editor

    @Slot(object)
    def _on_value(self, value: object) -> None:
        self._take(*self._place, value)

    @Slot()
    def _on_left(self) -> None:
        if self._open is not None and not self._open.has_focus():
            QTimer.singleShot(0, self._close_if_left)

    @Slot()
    def _close_if_left(self) -> None:
        if self._open is not None and not self._open.has_focus():
            self._shut(self._open)

    def _shut(self, editor: FieldEditor) -> None:
        """Hand on and close; a value that cannot be understood is told and the old one stays."""
        editor.commit()
        self.refused.emit("" if editor.is_understood() else editor.error() or "")
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        editor = self._open
        if editor is None or watched not in self._parts or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        key, place = event.key(), self._place
        if isinstance(editor, ChoiceField) and watched is editor.list_of_found:
            if key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return False
            editor.close_found()
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._go_on(editor, -1 if key == Qt.Key.Key_Backtab else 1)
            return True
        if key in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._shut(editor)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._after_enter(*place)
            return True
        if key == Qt.Key.Key_Escape:
            if editor.is_dirty():
                return False  # the field gives its old value back first
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self._sees_key(watched, event, editor)

    def _go_on(self, editor: FieldEditor, step: int) -> None:
        """To the next cell to fill, across the rows; at the end out of the table."""
        at = self._view.currentIndex()
        self._shut(editor)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        target = self.next_cell(at, step)
        if target is None:
            QWidget.focusNextPrevChild(self._view, step > 0)  # the view's own would walk its cells
            return
        self._view.setCurrentIndex(target)
        self._view.edit(target)
