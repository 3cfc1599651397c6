"""How the cells of a matrix are painted and filled in: one editor at a time, in the cell itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionViewItem, QTableView, QWidget

from app.gui.icons import paint_icon, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.cell_editing import CellEditing
from app.gui.widgets.cell_painting import paint_focus, paint_ground
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.matrix_model import MatrixCell, MatrixModel
from app.gui.widgets.painted import fill_round

_Index = QModelIndex | QPersistentModelIndex

MakeEditor = Callable[[str, str], FieldEditor | None]
"""(row id, column key) → the editor with the cell's value in it; ``None`` when it is not filled in."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


class MatrixCells(CellEditing):
    """Boxes where something can be filled in, plain words elsewhere.

    Signals:
        written: A cell got a value. arg: row id, arg: column key, arg: the editor's value.
        reason_wanted: Enter while writing. arg: row id, arg: column key.
    """

    written = Signal(str, str, object)
    reason_wanted = Signal(str, str)

    def __init__(self, view: QTableView, model: MatrixModel) -> None:
        super().__init__(view)
        self._rows_model = model
        self.make: MakeEditor | None = None

    # ---- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        cell = self._rows_model.cell(index)
        column = self._rows_model.columns[index.column()]
        area = QRectF(option.rect)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, edge=index.column() == 0)
        if column.parted:
            painter.fillRect(QRectF(area.left(), area.top(), 1, area.height()), theme.colour("line"))
        box = self._box(area)
        if cell.box:
            line = "accentText" if cell.wrong else "ctl" if hover else "line2"
            fill_round(painter, box, theme.radius("control"), theme.colour("surface"), theme.colour(line))
        paint_focus(painter, option, box)
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

    def _names(self, index: _Index) -> tuple[str, str]:
        return self._rows_model.names(index)

    def _editor_for(self, row_id: str, key: str) -> FieldEditor | None:
        return self.make(row_id, key) if self.make is not None else None

    def _is_to_fill(self, index: QModelIndex) -> bool:
        return self._rows_model.cell(index).box

    def _take(self, row_id: str, key: str, value: object) -> None:
        self.written.emit(row_id, key, value)

    def _after_enter(self, row_id: str, key: str) -> None:
        self.reason_wanted.emit(row_id, key)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        box = self._box(QRectF(option.rect)).toRect()
        high = current_theme().height("control_table")
        editor.setGeometry(box.left(), box.center().y() - high // 2, box.width(), high)

    def _sees_key(self, watched: QObject, event: QKeyEvent, editor: FieldEditor) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and isinstance(watched, QLineEdit) and not _drops(watched):
            self._step(editor, -1 if key == Qt.Key.Key_Up else 1)
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


def _paint_mark(painter: QPainter, inner: QRectF, state: str) -> float:
    """Draw a shape at the left; where the words begin then."""
    side = current_theme().px(16)
    place = QRectF(inner.left() + 1, inner.center().y() - side / 2, side, side)
    paint_state(painter, place, state)
    return place.right() + 6


def _drops(line: QLineEdit) -> bool:
    """Whether a line belongs to a drop-down, whose arrows walk its list."""
    outer = line.parentWidget()
    return outer is not None and outer.inherits("QComboBox")
