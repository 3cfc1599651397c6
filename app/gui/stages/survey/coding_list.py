"""The open answers as a list: thousands of them, drawn only where they are seen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.answered_sheet import SAYS_NOTHING
from app.gui.icons import paint_state
from app.gui.stages.survey.coding_steps import CodingInHand
from app.gui.theme import current_theme
from app.gui.widgets.cell_painting import paint_ground, paint_words

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
NOTHING = "没有内容"
_STATE, _GAP, _COUNT, _TOPICS = 18, 8, 64, 0.34


class _Answers(QAbstractListModel):
    """The listed groups of a :class:`CodingInHand`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hand: CodingInHand | None = None
        self.names: Mapping[str, str] = {}

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() or self.hand is None else len(self.hand.shown())

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.hand is None or not index.isValid() or index.row() >= len(self.hand.shown()):
            return None
        group = self.hand.groups[self.hand.shown()[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return group.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (group.words, "、".join(self.topics(index))) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = "、".join(self.topics(index)) or "还没归类"
            return f"{group.words}，{len(group.sheets)} 份，{told}"
        return None

    def topics(self, index: _Index) -> tuple[str, ...]:
        """The names of the topics of a row."""
        if self.hand is None:
            return ()
        found = self.hand.state(self.hand.groups[self.hand.shown()[index.row()]]).topics
        return tuple(self.names.get(each, NOTHING if each == SAYS_NOTHING else "") for each in found)

    def is_done(self, index: _Index) -> bool:
        """Whether a row is wholly coded."""
        if self.hand is None:
            return False
        return self.hand.state(self.hand.groups[self.hand.shown()[index.row()]]).is_done

    def count(self, index: _Index) -> int:
        """How many sheets say this."""
        return 0 if self.hand is None else len(self.hand.groups[self.hand.shown()[index.row()]].sheets)


class _Row(QStyledItemDelegate):
    """State, words, how many, topics."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(40, current_theme().height("table_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, _Answers):
            return
        theme = current_theme()
        paint_ground(painter, option, edge=True)
        area = QRectF(option.rect).adjusted(theme.px(10), 0, -theme.px(_GAP), 0)
        side, gap = theme.px(_STATE), theme.px(_GAP)
        box = QRectF(area.left(), area.center().y() - side / 2, side, side)
        paint_state(painter, box, "done" if model.is_done(index) else "missing")
        across, count = area.width() * _TOPICS, theme.px(_COUNT)
        right = QRectF(area.right() - across, area.top(), across, area.height())
        paint_words(painter, right, "、".join(model.topics(index)), "ink2")
        middle = QRectF(right.left() - 2 * gap - count, area.top(), count, area.height())
        if (number := model.count(index)) > 1:
            paint_words(painter, middle, f"{number} 份", "ink1", bold=True, right=True)
        words = QRectF(box.right() + gap, area.top(), middle.left() - box.right() - 2 * gap, area.height())
        paint_words(painter, words, str(index.data()), "ink1")


class CodingList(QListView):
    """Shows the answers; the keys are taken by the pad beside it.

    Signals:
        place_chosen: A row was clicked. arg: its place.
    """

    place_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Answers(self)
        self.setModel(self._model)
        self.setItemDelegate(_Row(self))
        self.setAccessibleName("开放题的答案")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)

    def show_hand(self, hand: CodingInHand | None, names: Mapping[str, str]) -> None:
        """List the answers anew."""
        self._model.beginResetModel()
        self._model.hand, self._model.names = hand, names
        self._model.endResetModel()
        self.show_place()

    def show_names(self, names: Mapping[str, str]) -> None:
        """The topics are called so now."""
        self._model.names = names
        self.viewport().update()

    def show_place(self) -> None:
        """The answer that is on is another one, or is coded now."""
        hand = self._model.hand
        if hand is not None and hand.shown():
            index = self._model.index(hand.at(), 0)
            self.setCurrentIndex(index)
            self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)
        self.viewport().update()

    def words_of_topics(self, place: int) -> tuple[str, ...]:
        """The names of the topics a row shows."""
        return self._model.topics(self._model.index(place, 0))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.place_chosen.emit(index.row())
