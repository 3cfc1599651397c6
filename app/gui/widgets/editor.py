"""What every field editor has in common: the box, the error line below, and when a value is handed on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.composing import Composition
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.gui.widgets.typed_history import TypedHistory

REST_MS = 2000
"""After so long without a key the value is handed on although the field still has the focus."""

_STILL_HERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The focus comes back to the field it had never left for another."""


class NotUnderstoodError(Exception):
    """What was typed is not a value of this field; the message is the sentence shown below it."""


class FieldBox(Painted):
    """The bordered box of a field: plain, hover, focus, read-only, error."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inner = QHBoxLayout(self)
        self.inner.setSpacing(8)
        self._tall = False
        self._end: int | None = None
        self._in_table = False
        self._focused = False
        self._wrong = False
        self._read_only = False
        self._estimated = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retheme()

    def set_tall(self, tall: bool) -> None:
        """Let the box take the height of what lies inside."""
        self._tall = tall
        self.retheme()

    def set_in_table(self, in_table: bool) -> None:
        """Use the lower height and smaller margins of a table cell."""
        self._in_table = in_table
        self.retheme()

    def set_end(self, end: int) -> None:
        """Leave ``end`` pixels at the right, for a button inside the box."""
        self._end = end
        self.retheme()

    def show_state(
        self,
        *,
        focused: bool | None = None,
        wrong: bool | None = None,
        read_only: bool | None = None,
        estimated: bool | None = None,
    ) -> None:
        """Change what is given; the rest stays."""
        self._focused = self._focused if focused is None else focused
        self._wrong = self._wrong if wrong is None else wrong
        self._read_only = self._read_only if read_only is None else read_only
        self._estimated = self._estimated if estimated is None else estimated
        # Around a field with an error the focus ring stays outside so that both show.
        self.setProperty("ring", self._wrong and self._focused)
        self.update()

    def retheme(self) -> None:
        theme = current_theme()
        side = 8 if self._in_table else 11
        above = 4 if self._tall else 2
        self.inner.setContentsMargins(side, above, side if self._end is None else self._end, above)
        if self._tall:
            self.setMinimumHeight(0)
            self.setMaximumHeight(16777215)
        else:
            self.setFixedHeight(theme.height("control_table" if self._in_table else "control"))
        super().retheme()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        radius = theme.radius("control")
        sunken = self._read_only or self._estimated
        fill = theme.colour("sunken" if sunken else "surface")
        if self._wrong:
            fill_round(painter, area, radius, fill, theme.colour("accentText"), 1.5 if self._focused else 1)
        elif self._focused:
            fill_round(painter, area, radius, fill, theme.colour("focus"), 2)
        elif sunken:
            style = Qt.PenStyle.DashLine if self._estimated else Qt.PenStyle.SolidLine
            fill_round(painter, area, radius, fill, theme.colour("line2"), 1, style)
        else:
            line = "ink2" if self.underMouse() and self.isEnabled() else "ctl"
            fill_round(painter, area, radius, fill, theme.colour(line))


class ErrorLine(QWidget):
    """The octagon and the sentence below a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(Shape("must"), 0, Qt.AlignmentFlag.AlignTop)
        self._text = Text("", ink="accentText", wrap=True)
        row.addWidget(self._text, 1)
        self.hide()

    def show_sentence(self, sentence: str | None) -> None:
        """Show the sentence, or go away."""
        self._text.set_words(sentence or "")
        self.setVisible(bool(sentence))

    def sentence(self) -> str:
        """What is shown."""
        return self._text.words()


class FieldMark(QWidget):
    """The diamond at the right of a field, and its word: 请说明, 已说明, 程序瑕疵."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(Shape("explain"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._text = Text("", ink="ink2")
        row.addWidget(self._text, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_word(self, word: str, said: str) -> None:
        """Show a word, or go away."""
        self._text.set_words(word)
        self.setToolTip(said)
        self.setVisible(bool(word))

    def word(self) -> str:
        """What is shown."""
        return self._text.words() if not self.isHidden() else ""


class FieldEditor(QWidget):
    """The base of all field editors; a value at the edge is always a Python value.

    Signals:
        value_changed: Leaving the field, or two seconds of rest, handed on a new value. arg: the value.
        edited: A key was pressed or something chosen; ``value()`` already tells the new value. Nothing is
        stored yet.
        entered: The focus came into the field.
        left: The focus left the field, after ``value_changed`` if there was one.
        unread: What stands in the field when it is to be handed on is no value of it.

    ``name`` is the label in Chinese, used as accessible name. Subclasses write ``_read`` (may raise
    :class:`NotUnderstoodError`), ``_show`` and call ``_watch`` for each widget that takes the focus.
    """

    value_changed = Signal(object)
    edited = Signal()
    entered = Signal()
    left = Signal()
    unread = Signal()

    empty: Any = ""
    """The value that stands for not known yet."""

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(self, name: str, *, extent: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gone = False
        self.name = name
        self._extent = extent
        self._committed: Any = self.empty
        self._dirty = False
        self._as_typed = False
        self._watched: list[QWidget] = []
        self._own_error: str | None = None
        self._given_error: str | None = None
        self._read_only = False
        self._composition = Composition()
        self._history = TypedHistory()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.box_row = QHBoxLayout()
        self.box_row.setSpacing(8)
        self._column.addLayout(self.box_row)
        self.box = FieldBox()
        self.box_row.addWidget(self.box, 1)
        self.box_row.addStretch(0)  # takes what a box of limited length leaves
        self._note: Text | None = None
        self._diamond: FieldMark | None = None
        self._heard = ""
        self._error_line = ErrorLine()
        self._column.addWidget(self._error_line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._limit_extent()

    # ---- the uniform API

    def value(self) -> Any:
        """What the field says now; while it cannot be understood, the last value that was handed on."""
        try:
            return self._read()
        except NotUnderstoodError:
            return self._committed

    def set_value(self, value: Any) -> None:
        """Show a value without a signal. What is being typed right now is not overwritten."""
        self._committed = value
        if (self._dirty or self._composition.is_going_on()) and self.has_focus():
            return
        if not self.is_understood() or self._read() != value or not self.has_focus():
            self._rest.stop()
            self._show(value)
        self._dirty = False
        self._own_error = None
        self._show_error()

    def set_error(self, sentence: str | None) -> None:
        """Show the sentence of a check below the field with a red border, or take it away."""
        self._given_error = sentence or None
        self._show_error()

    def error(self) -> str | None:
        """The sentence shown below the field."""
        return self._own_error or self._given_error

    def is_understood(self) -> bool:
        """Whether what is typed is a value of this field."""
        try:
            self._read()
        except NotUnderstoodError:
            return False
        return True

    def is_dirty(self) -> bool:
        """Whether something was typed that was not handed on yet."""
        return self._dirty

    def commit(self) -> None:
        """Hand on what is typed now, as leaving the field does; the window calls it before it closes."""
        self._commit(leaving=True)

    def set_read_only(self, read_only: bool, source: str = "") -> None:
        """Sunken with a padlock; ``source`` says where the value comes from (山东规则)."""
        self._read_only = read_only
        self.box.show_state(read_only=read_only)
        self._show_read_only(read_only, source)

    def is_read_only(self) -> bool:
        """Whether the value comes from elsewhere or is locked."""
        return self._read_only

    def set_note(self, words: str) -> None:
        """Say something at the right of the box (18 位，在工会法人资格证书上)."""
        if self._note is None:
            self._note = Text("", ink="ink2", elide=True)
            self.box_row.insertWidget(1, self._note, 1)
        self._note.set_words(words)
        self._note.setVisible(bool(words))

    def set_mark(self, word: str, sentence: str = "") -> None:
        """Say with a diamond and a word at the right that something is to be explained, or was; empty: nothing.

        ``sentence`` is what was found; who cannot see the diamond hears it, and it stands in the tool tip.
        """
        self._heard = f"{word}：{sentence}" if word and sentence else word
        if self._diamond is None and word:
            self._diamond = FieldMark()
            self.box_row.insertWidget(self.box_row.count() - 1, self._diamond)
        if self._diamond is not None:
            self._diamond.show_word(word, self._heard)
        self._describe()

    def marked(self) -> str:
        """The word beside the diamond, empty without one."""
        return self._diamond.word() if self._diamond is not None else ""

    def set_extent(self, extent: str) -> None:
        """Limit the box to ``field_text``, ``field_code``, ``field_date`` or ``field_amount``.

        Empty: no limit.
        """
        self._extent = extent
        self._limit_extent()

    def has_focus(self) -> bool:
        """Whether any part of the field has the focus."""
        return any(widget.hasFocus() for widget in self._watched)

    # ---- for subclasses

    def _read(self) -> Any:
        raise NotImplementedError

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _show_read_only(self, read_only: bool, source: str) -> None:
        raise NotImplementedError

    def _watch(self, widget: QWidget) -> None:
        """Follow the focus of ``widget``; the first one watched is where the field's focus goes."""
        widget.installEventFilter(self)
        if not self._watched:
            self.setFocusProxy(widget)
            self.box.setFocusProxy(widget)
        self._watched.append(widget)
        widget.setAccessibleName(self.name)

    def _touch(self) -> None:
        """The user typed or chose something."""
        self._dirty = True
        self._history.typed()
        self._own_error = None
        self._show_error()
        self._rest.start()
        self.edited.emit()

    def _after_commit(self) -> None:
        """Put the typed text into its usual form; called when the field was left and understood."""

    def _commit(self, *, leaving: bool) -> None:
        self._rest.stop()
        if not self._dirty:
            if leaving and self._as_typed:
                self._as_typed = False
                self._after_commit()
            return
        try:
            value = self._read()
        except NotUnderstoodError as error:
            if leaving:  # checks never shout while typing
                self._own_error = str(error)
                self._show_error()
            self.unread.emit()
            return
        self._dirty = False
        self._own_error = None
        self._show_error()
        self._as_typed = not leaving  # a rest hands on, but never changes what is being typed
        if leaving:
            self._after_commit()
        if value != self._committed:
            self._committed = value
            for widget in self._watched:
                self._history.begin(widget)
            self.value_changed.emit(value)

    def _give_back(self) -> bool:
        """Esc: show the value from before typing. False when there was nothing to give back."""
        if not self._dirty:
            return False
        self._dirty = False
        self._rest.stop()
        self._show(self._committed)
        self._own_error = None
        self._show_error()
        self.edited.emit()
        return True

    def _show_error(self) -> None:
        sentence = self.error()
        self.box.show_state(wrong=bool(sentence))
        self._error_line.show_sentence(sentence)
        self._describe()

    def _describe(self) -> None:
        said = self.error() or self._heard
        for widget in self._watched:
            widget.setAccessibleDescription(said)

    def _limit_extent(self) -> None:
        self.box.setMaximumWidth(current_theme().extent(self._extent) if self._extent else 16777215)

    def _on_rest(self) -> None:
        if self._composition.is_going_on():
            self._rest.start()  # a word is being composed: rest again
            return
        self._commit(leaving=False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._limit_extent()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone:
            return False
        kind = event.type()  # asked once: hundreds of fields see each change of page
        if self._composition.sees(event, kind):
            return True
        if self._history.sees(watched, event, kind):
            return True
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self.box.show_state(focused=True)
            if event.reason() not in _STILL_HERE and isinstance(watched, QWidget):
                self._history.begin(watched)
            self._on_enter()
            self.entered.emit()
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.box.show_state(focused=False)
                self._commit(leaving=True)
                self._on_leave()
                self.left.emit()
        elif (
            kind == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._give_back()
        ):
            return True
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        """The focus came; for subclasses."""

    def _on_leave(self) -> None:
        """The focus went; for subclasses."""
