"""Papers below each other, each with a small picture, its name and one line of what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.gui.icons import STATE_SHAPES, paint_icon, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.cell_painting import paint_focus, paint_ground, paint_words
from app.gui.widgets.painted import fill_round

_Index = QModelIndex | QPersistentModelIndex
_ROW, _ACROSS, _DOWN = 50, 52, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """``sha256`` and ``media_type`` say whose picture it is; ``shape`` is a state, or an icon without one."""

    id: str
    name: str
    remark: str = ""
    shape: str = "document"
    sha256: str = ""
    media_type: str = ""


Picture = Callable[[str, str], QPixmap | None]


class _Papers(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[PaperView, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.name}\n{row.remark}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            word = STATE_SHAPES[row.shape][2] if row.shape in STATE_SHAPES else ""
            return "，".join(part for part in (row.name, row.remark, word) if part)
        return None

    def show_rows(self, rows: tuple[PaperView, ...]) -> None:
        same = [row.id for row in rows] == [row.id for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))


class PaperList(QListView):
    """Arrows walk; Enter, Space or a double click opens; Delete removes. Only rows on the screen are drawn.

    Signals:
        row_selected: arg: the row's id, or None.
        row_opened: arg: the row's id.
        remove_requested: arg: the row's id. Nothing is asked: it can be undone.
    """

    row_selected = Signal(object)
    row_opened = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, name: str, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = _Papers(self)
        self.setModel(self._papers)
        self.setItemDelegate(_PaperPainter(picture, self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("background: transparent; outline: none;")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_rows(self, rows: Sequence[PaperView]) -> None:
        """Show these; the selected row stays selected, else its neighbour when it is gone."""
        before, at = self.selected(), self.currentIndex().row()
        self._papers.show_rows(tuple(rows))
        if before is not None and self.selected() != before and rows:
            if any(row.id == before for row in rows):
                self.select(before)
            else:
                self.select(rows[min(max(at, 0), len(rows) - 1)].id)
        self.updateGeometry()

    def rows(self) -> tuple[PaperView, ...]:
        """What is shown."""
        return self._papers.rows

    def selected(self) -> str | None:
        """The id of the selected row."""
        chosen = self.selectionModel().selectedIndexes()
        at = chosen[0].row() if chosen else -1
        return self._papers.rows[at].id if 0 <= at < len(self._papers.rows) else None

    def select(self, row_id: str) -> None:
        """Select a row; nothing happens when there is none with this id."""
        for at, row in enumerate(self._papers.rows):
            if row.id == row_id:
                self.setCurrentIndex(self._papers.index(at))
                return

    def show_picture(self, sha256: str) -> None:
        """The picture of a paper is there now."""
        for at, row in enumerate(self._papers.rows):
            if row.sha256 == sha256:
                self.update(self._papers.index(at))

    def _row_height(self) -> int:
        return current_theme().px(_ROW)

    def sizeHint(self) -> QSize:
        return QSize(320, self.minimumSizeHint().height())  # it takes what its sheet has beyond that

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._row_height() * max(1, min(3, len(self._papers.rows))))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.row_selected.emit(self.selected())

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.selected() is None and self._papers.rows:
            self.setCurrentIndex(self._papers.index(0))
        super().focusInEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._papers.rows[index.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, chosen = event.key(), self.selected()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and chosen and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.row_opened.emit(chosen)
        elif plain and chosen and key == Qt.Key.Key_Delete:
            self.remove_requested.emit(chosen)
        elif key == Qt.Key.Key_Escape or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the page's
        else:
            super().keyPressEvent(event)


class _PaperPainter(QStyledItemDelegate):
    def __init__(self, picture: Picture, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = picture

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, current_theme().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        model = index.model()
        assert isinstance(model, _Papers)
        row = model.rows[index.row()]
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, edge=True)
        paint_focus(painter, option)
        across, down = theme.px(_ACROSS), theme.px(_DOWN)
        frame = QRectF(area.left() + 9, area.top() + (area.height() - 1 - down) / 2, across, down)
        self._paint_picture(painter, frame, row)
        left = frame.right() + 10
        side = theme.px(16)
        line = (area.height() - 5) / 2
        room = area.right() - 10 - left
        shape = QRectF(left, area.top() + 2 + (line - side) / 2, side, side)
        paint_state(painter, shape, row.shape)
        for words, bold, ink, top, at in (
            (row.name, True, "ink1", area.top() + 2, left + side + 6),
            (row.remark, False, "ink2", area.top() + 2 + line, left),
        ):
            paint_words(painter, QRectF(at, top, room - (at - left), line), words, ink, bold=bold)
        painter.restore()

    def _paint_picture(self, painter: QPainter, frame: QRectF, row: PaperView) -> None:
        theme = current_theme()
        picture = self._picture(row.sha256, row.media_type) if row.sha256 else None
        if picture is None:
            fill_round(painter, frame, 2, theme.colour("sunken"), theme.colour("line"))
            side = theme.px(18)
            middle = QRectF(frame.center().x() - side / 2, frame.center().y() - side / 2, side, side)
            paint_icon(
                painter, middle, "photo" if row.media_type.startswith("image/") else "document", "ink3"
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        fitted = picture.size().scaled(frame.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            frame.center().x() - fitted.width() / 2,
            frame.center().y() - fitted.height() / 2,
            fitted.width(),
            fitted.height(),
        )
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.setPen(theme.colour("line2"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
