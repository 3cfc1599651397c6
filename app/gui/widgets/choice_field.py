"""One of several: tiles for two to four possibilities, a drop-down with typing filter for more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QCompleter,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from app.gui.widgets.button import IconButton
from app.gui.widgets.choice_list import ChoiceList
from app.gui.widgets.choice_tiles import Option, Tile, Tiles
from app.gui.widgets.editor import FieldEditor, NotUnderstoodError
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.shape import Shape

__all__ = ["MOST_TILES", "ChoiceField", "ManyField", "Option", "YesNoField"]

MOST_TILES = 4


class _Drop(QComboBox):
    """A drop-down that is only turned by hand, not by a passing mouse wheel."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _DropLine(QLineEdit):
    """Ends in … while nobody types in it and the words are longer than the box; the whole is the tool tip."""

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.rect().adjusted(2, 0, -2, 0)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        cut = words != self.text()
        whole = self.text() if cut else ""
        if self.toolTip() != whole:
            self.setToolTip(whole)
        if not cut or self.hasFocus():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), words)


class ChoiceField(FieldEditor):
    """One of several; its value is the ``value`` of an option, ``empty`` (None) while nothing is chosen.

    Two to four options are tiles (a chosen tile is given back by clicking it again or by Delete), more a
    drop-down in which typing filters. ``tiles`` forces one or the other. With ``always`` something stays chosen:
    a tile cannot be given back.
    """

    empty = None

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        *,
        tiles: bool | None = None,
        empty: Any = None,
        hint: str = "选一项，或打字查找",
        extent: str = "field_text",
        always: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, extent=extent, parent=parent)
        self.empty = empty
        self._always = always
        self._committed = empty
        self._options: tuple[Option, ...] = ()
        self._hint = hint
        self._as_tiles = (2 <= len(options) <= MOST_TILES) if tiles is None else tiles
        self._tiles: Tiles | None = None
        self._chosen: Any = empty
        self._known = True
        if self._as_tiles:
            self._build_tiles(options)
        else:
            self._build_drop(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other possibilities (drop-down only).

        The value stays, shown even when it is no longer offered.
        """
        if self._as_tiles:
            raise ValueError("tiles are fixed")
        self._options = tuple(options)
        self.drop.blockSignals(True)
        self.drop.clear()
        for option in self._options:
            self.drop.addItem(option.label)
        self.drop.blockSignals(False)
        labels = tuple(option.label for option in self._options)
        for part in (self.list_of_all, self.list_of_found):
            part.set_labels(labels)
        self._show(self._chosen)

    def options(self) -> tuple[Option, ...]:
        """What can be chosen."""
        return self._options

    # ---- tiles

    def _build_tiles(self, options: Sequence[Option]) -> None:
        self._options = tuple(options)
        self.box.hide()
        self._tiles = Tiles(options, square=False)
        self._tiles.setAccessibleName(self.name)
        self.box_row.insertWidget(0, self._tiles, 1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # so that a choice can be taken back
        for tile in self._tiles.tiles:
            self._group.addButton(tile)
            self._watch(tile)
            tile.setAccessibleName(f"{self.name}：{tile.option.label}")
        self._group.buttonClicked.connect(self._on_tile_clicked)
        self._arrange_tab_stops()

    def _arrange_tab_stops(self) -> None:
        """Tab stops at the chosen tile only (or the first); arrows walk the rest."""
        assert self._tiles is not None
        stop = next((tile for tile in self._tiles.tiles if tile.isChecked()), self._tiles.tiles[0])
        for tile in self._tiles.tiles:
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tile is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)

    def _on_tile_clicked(self, clicked: QAbstractButton) -> None:
        assert isinstance(clicked, Tile)
        self._choose_tile(clicked if clicked.isChecked() else None)

    def _choose_tile(self, chosen: Tile | None) -> None:
        assert self._tiles is not None
        if chosen is None and self._always:
            self._show(self._chosen)
            return
        for tile in self._tiles.tiles:
            tile.setChecked(tile is chosen)
        self._chosen = chosen.option.value if chosen is not None else self.empty
        self._arrange_tab_stops()
        self._touch()
        self._commit(leaving=False)

    def repaint_tiles(self) -> None:
        """Paint the tiles now, before something that takes long; nothing happens to a drop-down."""
        for tile in self._tiles.tiles if self._tiles is not None else ():
            tile.repaint()

    # ---- drop-down

    def _build_drop(self, options: Sequence[Option]) -> None:
        self.drop = _Drop()
        self.drop.setProperty("inbox", True)
        self.drop.setEditable(True)
        self.drop.setLineEdit(_DropLine())
        self.drop.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.drop.setMaxVisibleItems(12)
        self.drop.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.drop.setMinimumContentsLength(4)
        self.drop.setFrame(False)
        line = self._drop_line()
        line.setPlaceholderText(self._hint)
        line.setFrame(False)
        completer = QCompleter(self.drop.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        # Lists of our own: asking a completer for its pop-up gives PySide 6.11 a second owner of it, and a
        # crash when the garbage collector comes by.
        self.list_of_all, self.list_of_found = ChoiceList(), ChoiceList()
        self.drop.setView(self.list_of_all)
        completer.setPopup(self.list_of_found)
        self.drop.setCompleter(completer)
        self.drop.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.set_end(3)
        self.box.inner.addWidget(self.drop, 1)
        self.lock = Shape("locked")
        self.lock.hide()
        self.box.inner.addWidget(self.lock)
        self.opener = IconButton(f"{self.name}：展开", "chevron_down")
        self.opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.opener.clicked.connect(self.drop.showPopup)
        self.box.inner.addWidget(self.opener)
        self._watch(self.drop)
        line.installEventFilter(self)  # for its keys; the focus is the drop-down's
        line.setAccessibleName(self.name)
        self.set_options(options)
        self.drop.activated.connect(self._on_activated)
        line.textEdited.connect(self._on_text_edited)

    def _drop_line(self) -> QLineEdit:
        line = self.drop.lineEdit()
        assert line is not None  # the drop-down is editable
        return line

    def _on_activated(self, index: int) -> None:
        if 0 <= index < len(self._options):
            self._chosen = self._options[index].value
            self._known = True
            self._touch()
            self._commit(leaving=False)

    def _on_text_edited(self, words: str) -> None:
        found = self._find(words)
        self._known = found is not None or not words.strip()
        if self._known:
            self._chosen = found.value if found is not None else self.empty
        self._touch()

    def close_found(self) -> None:
        """Close the list of what was found while typing; an entry marked in it is taken."""
        marked = self.list_of_found.currentIndex()
        words = str(marked.data() or "") if marked.isValid() else ""
        self.list_of_found.hide()
        if words and words != self._chosen_label():
            self._drop_line().setText(words)
            self._on_text_edited(words)

    def _chosen_label(self) -> str:
        return next((option.label for option in self._options if option.value == self._chosen), "")

    def _find(self, words: str) -> Option | None:
        words = words.strip()
        exact = [option for option in self._options if option.label == words]
        if exact:
            return exact[0]
        partly = [option for option in self._options if words and words in option.label]
        return partly[0] if len(partly) == 1 else None

    def _after_commit(self) -> None:
        self._show(self._chosen)

    def typed(self) -> str:
        """The words exactly as they stand in the drop-down; empty for tiles."""
        return "" if self._as_tiles else self.drop.currentText()

    def set_typed(self, words: str) -> None:
        """Type ``words`` into the drop-down as the user would."""
        self.drop.setEditText(words)
        self._on_text_edited(words)

    # ---- the editor's contract

    def _read(self) -> Any:
        if not self._known:
            words = self.drop.currentText().strip()[:16]
            raise NotUnderstoodError(f"没有“{words}”这一项。请从列表里选一项；没有可先留空。")
        return self._chosen

    def _show(self, value: Any) -> None:
        self._chosen = value
        self._known = True
        if self._tiles is not None:
            for tile in self._tiles.tiles:
                tile.setChecked(value != self.empty and tile.option.value == value)
            self._arrange_tab_stops()
            return
        index = next((i for i, option in enumerate(self._options) if option.value == value), -1)
        self.drop.blockSignals(True)
        self.drop.setCurrentIndex(index)
        if index < 0:
            self.drop.setEditText("" if value in (None, "") else str(value))
        self.drop.blockSignals(False)
        self._drop_line().setCursorPosition(0)

    def _show_read_only(self, read_only: bool, source: str) -> None:
        if self._tiles is not None:
            for tile in self._tiles.tiles:
                tile.setEnabled(not read_only)
        else:
            self.drop.setEnabled(not read_only)
            self.opener.setVisible(not read_only)
            self.lock.setVisible(read_only)
        if source:
            self.set_note(source)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone:
            return False
        if (
            self._tiles is not None
            and isinstance(watched, Tile)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            at = self._tiles.tiles.index(watched)
            steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                following = self._tiles.tiles[(at + steps[Qt.Key(event.key())]) % len(self._tiles.tiles)]
                following.setFocus(Qt.FocusReason.TabFocusReason)
                self._choose_tile(following)
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._choose_tile(None)
                return True
        return super().eventFilter(watched, event)


class YesNoField(ChoiceField):
    """Yes, no, or not known yet; its value is a ``bool`` or ``None``."""

    def __init__(
        self,
        name: str,
        *,
        yes: str = "是",
        no: str = "否",
        extent: str = "field_text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            name, (Option(True, yes), Option(False, no)), tiles=True, extent=extent, parent=parent
        )


_FEW = 4
"""So many check boxes stand in a line; more of them below each other, in columns if they are short."""


class ManyField(FieldEditor):
    """Any number of several, as check boxes.

    Its value is a ``tuple`` of option values in the options' order.
    """

    empty = ()

    def __init__(
        self, name: str, options: Sequence[Option], *, columns: int = 2, parent: QWidget | None = None
    ) -> None:
        from app.gui.widgets.check_field import CheckMark

        super().__init__(name, parent=parent)
        self.box.hide()
        self._columns = columns
        self._mark = CheckMark
        self._host = QWidget()
        many = len(options) > _FEW
        self._flow = FlowLayout(self._host, gap=4 if many else 12, even=many)
        # Not Fixed: it would keep the height of one row where many take several.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._host.setSizePolicy(policy)
        self.box_row.insertWidget(0, self._host, 1)
        self._marks: list[CheckMark] = []
        self._options: tuple[Option, ...] = ()
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other possibilities; what is chosen and still offered stays chosen."""
        kept = self._read() if self._marks else self._committed
        for mark in self._marks:
            self._flow.removeWidget(mark)
            mark.hide()
            mark.removeEventFilter(self)
            mark.deleteLater()
        self._marks.clear()
        self._watched.clear()
        self._options = tuple(options)
        for option in self._options:
            mark = self._mark(option.label)
            mark.setToolTip(option.meaning)
            mark.clicked.connect(self._on_clicked)
            self._marks.append(mark)
            self._flow.addWidget(mark)
            self._watch(mark)
            mark.setAccessibleName(f"{self.name}：{option.label}")
        self._show(kept)

    def _on_clicked(self) -> None:
        self._touch()
        self._commit(leaving=False)

    def _read(self) -> tuple[Any, ...]:
        pairs = zip(self._options, self._marks, strict=True)
        return tuple(option.value for option, mark in pairs if mark.isChecked())

    def _show(self, value: Any) -> None:
        for option, mark in zip(self._options, self._marks, strict=True):
            mark.setChecked(option.value in (value or ()))

    def _show_read_only(self, read_only: bool, source: str) -> None:
        for mark in self._marks:
            mark.setEnabled(not read_only)
        if source:
            self.set_note(source)
