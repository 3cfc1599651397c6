"""How the cells of a matrix are painted and filled in: one editor at a time, in the cell itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.gui.icons import STATE_SHAPES, paint_icon, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.matrix_model import MatrixCell, MatrixModel
from app.gui.widgets.painted import fill_round

_Index = QModelIndex | QPersistentModelIndex

MakeEditor = Callable[[str, str], FieldEditor | None]
"""(row id, column key) → the editor with the cell's value in it; ``None`` when it is not filled in."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MatrixCells(QStyledItemDelegate):
    """Boxes where something can be filled in, plain words elsewhere.

    Signals:
        written: A cell got a value. arg: row id, arg: column key, arg: the editor's value.
        reason_wanted: Enter while writing. arg: row id, arg: column key.
        refused: What was typed is no value. arg: the sentence; empty once something was.
    """

    written = Signal(str, str, object)
    reason_wanted = Signal(str, str)
    refused = Signal(str)

    def __init__(self, view: QTableView, model: MatrixModel) -> None:
        super().__init__(view)
        self._view = view
        self._rows_model = model
        self.make: MakeEditor | None = None
        self._open: FieldEditor | None = None
        self._parts: list[QWidget] = []
        self._place = ("", "")

    def editor(self) -> FieldEditor | None:
        """The editor that is open."""
        return self._open

    def commit(self) -> None:
        """Hand on what is typed now."""
        if self._open is not None:
            self._open.commit()

    # ---- painting

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(40, current_theme().height("table_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        cell = self._rows_model.cell(index)
        column = self._rows_model.columns[index.column()]
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hover:
            painter.fillRect(area, theme.colour("sel" if chosen else "hover"))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line"))
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(area.left(), area.top(), 3, area.height() - 1), theme.colour("ink1"))
        if column.parted:
            painter.fillRect(QRectF(area.left(), area.top(), 1, area.height()), theme.colour("line"))
        box = self._box(area)
        if cell.box:
            line = "accentText" if cell.wrong else "ctl" if hover else "line2"
            fill_round(painter, box, theme.radius("control"), theme.colour("surface"), theme.colour(line))
        if option.state & QStyle.StateFlag.State_HasFocus:
            fill_round(painter, box, theme.radius("control"), None, theme.colour("focus"), 2)
        self._paint_words(painter, cell, box.adjusted(7, 0, -7, 0), number=column.number)
        painter.restore()

    def _box(self, area: QRectF) -> QRectF:
        high = min(area.height() - 4, current_theme().height("control_table") + 8.0)
        return QRectF(area.left() + 3, area.center().y() - high / 2 - 0.5, area.width() - 6, high)

    def _paint_words(self, painter: QPainter, cell: MatrixCell, inner: QRectF, *, number: bool) -> None:
        theme = current_theme()
        if cell.wrong:
            inner.setLeft(_paint_mark(painter, inner, "must"))
        if cell.state:
            inner.setLeft(_paint_mark(painter, inner, cell.state))
        if cell.drops:
            side = theme.px(14)
            place = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
            paint_icon(painter, place, "chevron_down", "ink2")
            inner.setRight(place.left() - 4)
        plain = QFontMetrics(theme.font())
        if cell.lead:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink2"))
            # The change gives way where the number needs the room.
            wide = QFontMetrics(theme.font(bold=cell.bold)).horizontalAdvance(cell.words)
            if plain.horizontalAdvance(cell.lead) + 6 + wide <= inner.width():
                painter.drawText(inner, _LEFT, cell.lead)
                inner.setLeft(inner.left() + plain.horizontalAdvance(cell.lead) + 6)
        painter.setFont(theme.font(bold=cell.bold and bool(cell.words)))
        metrics = painter.fontMetrics()
        unit = plain.horizontalAdvance(cell.unit) + 6 if cell.unit and cell.words else 0
        if unit and metrics.horizontalAdvance(cell.words) + unit > inner.width():
            unit = min(unit, max(0, int(inner.width() * 0.4)))
        room = int(inner.width()) - unit
        shown = cell.words or cell.hint
        words = metrics.elidedText(shown.replace("\n", " "), Qt.TextElideMode.ElideRight, max(0, room))
        painter.setPen(theme.colour("ink3" if not cell.words else "accentText" if cell.wrong else cell.ink))
        painter.drawText(inner, _RIGHT if number else _LEFT, words)
        if unit:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink3"))
            at = inner.left() + metrics.horizontalAdvance(words) + 6
            rest = QRectF(at, inner.top(), inner.right() - at, inner.height())
            painter.drawText(
                rest, _LEFT, plain.elidedText(cell.unit, Qt.TextElideMode.ElideRight, int(rest.width()))
            )

    # ---- filling in

    def createEditor(  # type: ignore[override]  # Qt takes no editor for an answer
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget | None:
        place = self._rows_model.names(index)
        editor = self.make(*place) if self.make is not None else None
        if editor is None:
            return None
        editor.setParent(parent)
        editor.box.set_in_table(True)
        editor.value_changed.connect(self._on_value)
        editor.left.connect(self._on_left)
        self._open, self._place = editor, place
        self._parts = [editor, *editor.findChildren(QWidget)]
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

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        box = self._box(QRectF(option.rect)).toRect()
        high = current_theme().height("control_table")
        editor.setGeometry(box.left(), box.center().y() - high // 2, box.width(), high)

    @Slot(object)
    def _on_value(self, value: object) -> None:
        self.written.emit(*self._place, value)

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
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._go_on(editor, -1 if key == Qt.Key.Key_Backtab else 1)
            return True
        if key in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._shut(editor)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reason_wanted.emit(*place)
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and isinstance(watched, QLineEdit) and not _drops(watched):
            self._step(editor, -1 if key == Qt.Key.Key_Up else 1)
            return True
        if key == Qt.Key.Key_Escape:
            if editor.is_dirty():
                return False  # the field gives its old value back first
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _step(self, editor: FieldEditor, rows: int) -> None:
        """Up and down hand on and go to the cell above or below."""
        at = self._view.currentIndex()
        self._shut(editor)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        target = self._rows_model.index(at.row() + rows, at.column())
        if target.isValid():
            self._view.setCurrentIndex(target)

    def _go_on(self, editor: FieldEditor, step: int) -> None:
        """To the next cell to fill, across the rows; at the end out of the table."""
        at = self._view.currentIndex()
        self._shut(editor)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        target = next_box(self._rows_model, at, step)
        if target is None:
            QWidget.focusNextPrevChild(self._view, step > 0)
            return
        self._view.setCurrentIndex(target)
        self._view.edit(target)


def next_box(model: MatrixModel, at: _Index, step: int) -> QModelIndex | None:
    """The next cell to fill, row by row; ``None`` past the end."""
    columns, rows = model.columnCount(), model.rowCount()
    place = at.row() * columns + at.column() + step
    while 0 <= place < rows * columns:
        index = model.index(place // columns, place % columns)
        if model.cell(index).box:
            return index
        place += step
    return None


def _paint_mark(painter: QPainter, inner: QRectF, state: str) -> float:
    """Draw a shape at the left; where the words begin then."""
    side = current_theme().px(16)
    place = QRectF(inner.left() + 1, inner.center().y() - side / 2, side, side)
    if state in STATE_SHAPES:
        paint_state(painter, place, state)
    else:
        paint_icon(painter, place, state)
    return place.right() + 6


def _drops(line: QLineEdit) -> bool:
    """Whether a line belongs to a drop-down, whose arrows walk its list."""
    outer = line.parentWidget()
    return outer is not None and outer.inherits("QComboBox")
