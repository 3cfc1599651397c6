"""Alt shows a letter on every button; pressing it presses the button (look.md §6)."""

from __future__ import annotations

import weakref
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.painted import fill_round, start_painting

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# The first characters of GB 2312's first level, which is in the order of Pinyin, for each initial letter.
_INITIALS = (
    (0xB0A1, "A"),
    (0xB0C5, "B"),
    (0xB2C1, "C"),
    (0xB4EE, "D"),
    (0xB6EA, "E"),
    (0xB7A2, "F"),
    (0xB8C1, "G"),
    (0xB9FE, "H"),
    (0xBBF7, "J"),
    (0xBFA6, "K"),
    (0xC0AC, "L"),
    (0xC2E8, "M"),
    (0xC4C3, "N"),
    (0xC5B6, "O"),
    (0xC5BE, "P"),
    (0xC6DA, "Q"),
    (0xC8BB, "R"),
    (0xC8F6, "S"),
    (0xCBFA, "T"),
    (0xCDDA, "W"),
    (0xCEF4, "X"),
    (0xD1B9, "Y"),
    (0xD4D1, "Z"),
)
_END = 0xD7FA


def initial_of(character: str) -> str:
    """The letter somebody typing Pinyin would begin a character with; empty when it is not known."""
    if character.isascii():
        return character.upper() if character.isalpha() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _INITIALS[0][0] <= code < _END:
        return ""
    return [letter for first, letter in _INITIALS if first <= code][-1]


def letters_for(words: Sequence[str]) -> list[str]:
    """One letter for each of the words, no letter twice; empty for those beyond the 26th.

    The initial of its first character that is still free, else any that is free: 生成要约书 takes S.
    """
    left = list(LETTERS)
    given: list[str] = []
    for each in words:
        wanted = [letter for letter in map(initial_of, each) if letter in left]
        letter = wanted[0] if wanted else left[0] if left else ""
        if letter:
            left.remove(letter)
        given.append(letter)
    return given


class AccessLetters(QObject):
    """Gives the buttons that can be seen in a window their letters."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window_ref = weakref.ref(window)
        self._sheet: _Letters | None = None
        for letter in LETTERS:
            shortcut = QShortcut(QKeySequence(f"Alt+{letter}"), window)
            shortcut.setProperty("letter", letter)
            shortcut.activated.connect(self._on_letter)

    def assigned(self) -> dict[str, Button]:
        """Letter → button, for the buttons that can be seen and used now, in reading order."""
        window = self._window_ref()
        if window is None:
            return {}
        seen = [(place, button) for button in window.findChildren(Button) if (place := _seen(button, window))]
        seen.sort(key=lambda each: (each[0].top() // 8, each[0].left()))
        letters = letters_for([button.words() or button.accessibleName() for _, button in seen])
        return {letter: button for letter, (_, button) in zip(letters, seen, strict=True) if letter}

    def show_letters(self) -> None:
        """Alt went down."""
        window = self._window_ref()
        if window is None:
            return
        if self._sheet is None:
            self._sheet = _Letters(window)
        self._sheet.show_letters(
            [(letter, _seen(button, window)) for letter, button in self.assigned().items()]
        )

    def hide_letters(self) -> None:
        """Alt came up, or the window is another's."""
        if self._sheet is not None:
            self._sheet.hide()

    def shown(self) -> bool:
        """Whether the letters can be seen."""
        return self._sheet is not None and self._sheet.isVisible()

    @Slot()
    def _on_letter(self) -> None:
        sender = self.sender()
        button = self.assigned().get(str(sender.property("letter"))) if sender is not None else None
        self.hide_letters()
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)  # hands on what is being typed first
            button.click()


def _seen(button: Button, window: QWidget) -> QRect:
    """Where a button is seen in the window; empty when it is not, or cannot be used.

    What never takes the focus has a key of its own (the calendar of a date: Alt ↓).
    """
    if not button.isVisible() or not button.isEnabled() or button.is_busy() or not button.focusPolicy():
        return QRect()
    place = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
    step = button.parentWidget()
    while step is not None and step is not window:
        if isinstance(step, QScrollArea):
            view = step.viewport()
            room = QRect(view.mapTo(window, QPoint(0, 0)), view.size())
            if not room.contains(place.center()):
                return QRect()
        step = step.parentWidget()
    return place


class _Letters(QWidget):
    """Lies over the window and draws the letters."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._letters: list[tuple[str, QRect]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_letters(self, letters: list[tuple[str, QRect]]) -> None:
        self._letters = letters
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        font = theme.font(bold=True)
        painter.setFont(font)
        side = QFontMetrics(font).height() + 2
        for letter, place in self._letters:
            left = min(max(place.left() - side // 3, 0), self.width() - side)
            box = QRect(left, max(place.top() - side // 3, 0), side, side)
            fill_round(
                painter,
                box.toRectF(),
                theme.radius("control"),
                theme.colour("undoBar"),
                theme.colour("surface"),
            )
            painter.setPen(theme.colour("onUndoBar"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
