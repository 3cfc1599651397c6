"""How a row of the topic table looks and how its cells are filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from app.domain.facts import Fact, Record
from app.figures.offer_topics import TopicRow, read_claim, typed_claim
from app.gui.desk import Desk
from app.gui.forms.fact_cells import FactCells, HeldBy
from app.gui.icons import STATE_SHAPES, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.cell_painting import paint_focus, paint_ground, paint_words
from app.gui.widgets.choice_tiles import paint_mark
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.line_field import LineField
from app.gui.widgets.painted import fill_round
from app.gui.widgets.record_rows import RowsModel

_Index = QModelIndex | QPersistentModelIndex
MARK_ROOM = 30
"""Pixels at 100 % at the left of a name that belong to its check mark."""


class TopicCells(FactCells):
    """Check mark and name, share, claim in bold, reason; a claim still to be written is an open box.

    Signals:
        mark_clicked: The check mark of a row was clicked. arg: the row's id.
    """

    mark_clicked = Signal(str)

    def __init__(
        self, view: QTableView, desk: Desk, held_by: HeldBy, row_of: Callable[[str], TopicRow | None]
    ) -> None:
        super().__init__(view, desk, held_by)
        self._row_of = row_of

    # ---- filling in

    def make_editor(self, collection: str, held: Record, fact: Fact) -> FieldEditor:
        row = self._row_of(self._row_id(held))
        if fact.name != "claim" or row is None:
            return super().make_editor(collection, held, fact)
        typed = typed_claim(getattr(held, "claim", ""), row.unit)
        bare = not typed or typed != getattr(held, "claim", "")
        editor = LineField(fact.label, unit=row.unit if bare else "", extent="")
        editor.set_value(typed)
        return editor

    def with_value(self, held: Record, fact: Fact, value: object) -> Record:
        row = self._row_of(self._row_id(held))
        if fact.name != "claim" or row is None:
            return super().with_value(held, fact, value)
        if value == typed_claim(getattr(held, "claim", ""), row.unit):
            return held
        claim, number = read_claim(str(value), row.unit)
        return held.replace(claim=claim, claim_value=number)

    def is_skipped(self, row_id: str, key: str) -> bool:
        row = self._row_of(row_id)
        if key == "topic":
            return row is None or row.topic is None or bool(row.topic.name)
        return row is None or row.item is None

    def _row_id(self, held: Record) -> str:
        """Items are listed under their topic."""
        topic = getattr(held, "topic", "")
        return topic if topic and self._row_of(topic) is not None else held.id

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        super().updateEditorGeometry(editor, option, index)
        if self._names(index)[1] == "topic":
            room = current_theme().px(MARK_ROOM)
            editor.setGeometry(editor.geometry().adjusted(room, 0, 0, 0))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        row_id, key = self._names(index)
        on_mark = (
            key == "topic"
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
            and event.position().x() < option.rect.left() + current_theme().px(MARK_ROOM)
        )
        if on_mark:
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.mark_clicked.emit(row_id)
            return True
        return super().editorEvent(event, model, option, index)

    # ---- looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        model = index.model()
        assert isinstance(model, RowsModel)
        cells, row = model.rows[index.row()].cells, self._row_of(model.rows[index.row()].id)
        key = model.columns[index.column()].key
        area = QRectF(option.rect)
        at = self._view.currentIndex()
        here = at.row() == index.row() and (self._view.hasFocus() or self.editor() is not None)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, edge=index.column() == 0, chosen=here)
        inner = area.adjusted(8, 0, -8, -1)
        listed = row is not None and row.item is not None
        words, ink, bold = str(cells.get(key, "")), "ink2", False
        if key == "topic":
            side = theme.px(16)
            mark = QRectF(inner.left() + 1, inner.center().y() - side / 2, side, side)
            paint_mark(painter, mark, chosen=listed, square=True)
            inner.setLeft(area.left() + theme.px(MARK_ROOM) + 4)
            ink, bold = ("ink1" if listed else "ink2"), here
        elif key == "claim" and listed:
            ink, bold = "ink1", True
            if not words:
                self._paint_open(painter, area, row.unit if row is not None else "")
        state = model.rows[index.row()].states.get(key, "")
        if state:
            side = theme.px(16)
            paint_state(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), state)
            inner.setLeft(inner.left() + side + 8)
            ink = STATE_SHAPES[state][1]
        paint_focus(painter, option)
        paint_words(painter, inner, words, ink, bold=bold)
        painter.restore()

    def _paint_open(self, painter: QPainter, area: QRectF, unit: str) -> None:
        theme = current_theme()
        box = area.adjusted(2, 2, -2, -3)
        fill_round(painter, box, theme.radius("control"), theme.colour("surface"), theme.colour("ctl"))
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(8, 0, -8, 0), int(flags) | int(Qt.TextFlag.TextSingleLine), unit)

    def helpEvent(self, event: Any, view: Any, option: QStyleOptionViewItem, index: _Index) -> bool:
        """The whole words stand in the tool tip only where they are cut."""
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        room = option.rect.width() - (current_theme().px(MARK_ROOM) if index.column() == 0 else 16)
        if current_theme().font() and view.fontMetrics().horizontalAdvance(words) <= room:
            return False
        return super().helpEvent(event, view, option, index)
