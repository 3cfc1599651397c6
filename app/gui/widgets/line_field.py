"""One line of words."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from PySide6.QtWidgets import QWidget

from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.shape import Shape
from app.gui.widgets.suffix_line import SuffixLine
from app.gui.widgets.text import Text

_BREAKS = re.compile(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*")


class LineField(FieldEditor):
    """A single line; its value is a ``str`` without blanks around it, ``""`` when empty.

    ``masked`` shows an ID or phone number as 3713…0021 until the focus comes. ``unit`` stands inside at the
    right.
    """

    empty: Any = ""

    def __init__(
        self,
        name: str,
        *,
        hint: str = "",
        unit: str = "",
        masked: bool = False,
        in_table: bool = False,
        extent: str = "field_text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, extent=extent, parent=parent)
        self._masked = masked
        self._plain = ""
        self.line = SuffixLine()
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self._on_text_edited)
        self.line.returnPressed.connect(self.commit)
        self.box.set_in_table(in_table)
        self.box.inner.addWidget(self.line, 1)
        self.unit = Text(unit, ink="ink2")
        self.box.inner.addWidget(self.unit)
        self.unit.setVisible(bool(unit))  # once it has a parent, or it would be a window of its own
        self.lock = Shape("locked")
        self.lock.hide()
        self.box.inner.addWidget(self.lock)
        self._watch(self.line)

    def value(self) -> Any:
        """The words, without blanks around them."""
        return str(super().value())

    def typed(self) -> str:
        """The words exactly as they stand in the box."""
        return self.line.text()

    def set_typed(self, words: str) -> None:
        """Type ``words`` into the field as the user would."""
        self.line.setText(words)
        self._on_text_edited(words)

    def _on_text_edited(self, words: str) -> None:
        one_line = in_one_line(words)
        if one_line != words:  # pasted from a table or a web page
            # Qt counts 𬱖 as two.
            before = words.encode("utf-16-le")[: 2 * self.line.cursorPosition()].decode("utf-16-le", "ignore")
            self.line.setText(one_line)
            self.line.setCursorPosition(len(in_one_line(before).encode("utf-16-le")) // 2)
        self._plain = one_line
        self._touch()

    def _read(self) -> Any:
        return self._plain.strip()

    def _show(self, value: object) -> None:
        self._plain = str(value or "")
        shown = _mask(self._plain) if self._masked and not self.line.hasFocus() else self._plain
        if self.line.text() != shown:
            self.line.setText(shown)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)

    def _show_read_only(self, read_only: bool, source: str) -> None:
        self.line.setReadOnly(read_only)
        self.lock.setVisible(read_only)
        self.line.set_suffix(source)

    def _on_enter(self) -> None:
        if self._masked:
            self.line.setText(self._plain)

    def _on_leave(self) -> None:
        if self._masked:
            self.line.setText(_mask(self._plain))
        self.line.setCursorPosition(0)


def in_one_line(words: str) -> str:
    """``words`` without line ends, tabs and characters nobody sees (zero width, direction marks)."""
    seen = "".join(letter for letter in words if unicodedata.category(letter) != "Cf")
    return _BREAKS.sub(" ", seen)


def _mask(words: str) -> str:
    return f"{words[:4]}…{words[-4:]}" if len(words) > 8 else words
