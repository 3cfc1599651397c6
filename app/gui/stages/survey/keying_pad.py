"""The options of the question that is on, each with its key; takes the keys of the whole keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.stages.survey.keying_steps import KEYS, OptionLine
from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting

_ROW, _KEY, _GAP = 32, 26, 8
_ONE_COLUMN = 5
_WIDE = 560
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def is_save(event: QKeyEvent) -> bool:
    """Whether it is Ctrl Enter, on either side of the keyboard."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and held == Qt.KeyboardModifier.ControlModifier


def _is_ours(event: QKeyEvent) -> bool:
    """Plain keys and Ctrl Enter; Esc, F1 and their like stay the window's."""
    return is_save(event) or (
        not event.modifiers() & _HELD and bool(event.text()) and event.key() != Qt.Key.Key_Escape
    )


def _told(line: OptionLine) -> str:
    """An option for whoever hears it."""
    if line.key:
        return f"{line.key} {line.words}{'，选中' if line.chosen else ''}"
    number = f"，写的是 {line.place}" if line.place else ""
    return f"{'现在打：' if line.chosen else ''}{line.words}{number}"


class KeyingPad(Painted):
    """Up to 36 options. It takes no input method: with Chinese input switched on digits and letters arrive as well.

    Signals:
        pressed: A digit, or a letter, on any part of the keyboard. arg: that character.
        went_on: Enter or the space bar.
        went_back: Backspace.
        save_asked: Ctrl Enter.
        spoil_asked: The minus key.
    """

    pressed = Signal(str)
    went_on = Signal()
    went_back = Signal()
    save_asked = Signal()
    spoil_asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._lines: tuple[OptionLine, ...] = ()
        self._most = 0
        self._longest = ""

    def keep_room(self, most: int, longest: str) -> None:
        """Keep room for so many options, so that nothing moves from question to question.

        They stand in two columns where the longest has room in one.
        """
        self._most, self._longest = most, longest
        self.updateGeometry()

    def show_lines(self, lines: Sequence[OptionLine], about: str) -> None:
        """Show these options; ``about`` is the question, for who hears it."""
        self._lines = tuple(lines)
        self.setAccessibleName(about)
        self.setAccessibleDescription("，".join(map(_told, lines)))
        self.update()

    def lines(self) -> tuple[OptionLine, ...]:
        """What is shown."""
        return self._lines

    # ---- room

    def _columns(self) -> int:
        if self._most <= _ONE_COLUMN:
            return 1
        theme = current_theme()
        letters = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self._longest)
        return 2 if self.width() >= 2 * (letters + theme.px(_KEY + 4 * _GAP)) else 1

    def sizeHint(self) -> QSize:
        rows = -(-max(1, self._most) // self._columns())
        return QSize(current_theme().px(_WIDE), rows * current_theme().px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(240), self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def _areas(self) -> list[QRectF]:
        columns, tall = self._columns(), current_theme().px(_ROW)
        across = self.width() / columns
        down = -(-max(1, len(self._lines)) // columns) if len(self._lines) > _ONE_COLUMN else len(self._lines)
        return [
            QRectF((at // max(1, down)) * across, (at % max(1, down)) * tall, across, tall)
            for at in range(len(self._lines))
        ]

    # ---- keys

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()  # Ctrl Enter would press the button of the page head
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_save(event):
            self.save_asked.emit()
        elif event.modifiers() & _HELD or event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
        elif event.key() in (*_ENTER, Qt.Key.Key_Space):
            self.went_on.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.went_back.emit()
        elif event.key() == Qt.Key.Key_Minus:
            self.spoil_asked.emit()
        elif event.text().casefold() in KEYS and event.text():
            self.pressed.emit(event.text().casefold())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for line, area in zip(self._lines, self._areas(), strict=True):
            if line.key and area.contains(event.position()):
                self.pressed.emit(line.key)
                return

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        box = theme.px(_KEY)
        for line, area in zip(self._lines, self._areas(), strict=True):
            if line.chosen:
                fill_round(
                    painter,
                    area.adjusted(0, 1, -theme.px(_GAP), -1),
                    theme.radius("control"),
                    theme.colour("sel"),
                )
            key = QRectF(area.left() + 4, area.top() + (area.height() - box) / 2, box, box)
            full = line.chosen and bool(line.key)  # a box of a ranking waits for its number
            ink = theme.colour("ink1" if full else "surface")
            fill_round(
                painter, key, theme.radius("control"), ink, theme.colour("ink1" if line.chosen else "ctl")
            )
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour("surface" if full else "ink1"))
            boxed = line.key or (str(line.place) if line.place else "")
            painter.drawText(key, int(Qt.AlignmentFlag.AlignCenter), boxed)
            font = theme.font(bold=line.chosen)
            room = area.adjusted(box + 4 + theme.px(_GAP), 0, -2 * theme.px(_GAP), 0)
            painter.setFont(font)
            painter.setPen(theme.colour("ink1"))
            shown = QFontMetrics(font).elidedText(line.words, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
