"""Several lines of words, and lists with one entry a line."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.editor import FieldEditor, NotUnderstoodError
from app.gui.widgets.shape import Shape


class _Lines(QPlainTextEdit):
    """A text edit as high as so many lines, in which Tab moves on."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows
        self.setProperty("inbox", True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # words wrap
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().lineSpacing() * self._rows + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())


class TextAreaField(FieldEditor):
    """Several lines; its value is a ``str``, ``""`` when empty. Enter makes a new line, Tab moves on."""

    empty: object = ""

    def __init__(
        self, name: str, *, rows: int = 3, hint: str = "", extent: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, extent=extent, parent=parent)
        self.area = _Lines(rows)
        self.area.setPlaceholderText(hint)
        self.area.textChanged.connect(self._on_text_changed)
        self._showing = False
        self.box.set_tall(True)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.inner.addWidget(self.area, 1)
        self.lock = Shape("locked")
        self.lock.hide()
        self.box.inner.addWidget(self.lock)
        self._watch(self.area)

    def value(self) -> str:
        """The words, without blanks at the end."""
        return str(super().value())

    def typed(self) -> str:
        """The words exactly as they stand in the box."""
        return self.area.toPlainText()

    def set_typed(self, words: str) -> None:
        """Type ``words`` into the box as the user would."""
        self.area.setPlainText(words)

    def _on_text_changed(self) -> None:
        if not self._showing:
            self._touch()

    def _read(self) -> object:
        return self.area.toPlainText().strip()

    def _words_of(self, value: object) -> str:
        return str(value or "")

    def _show(self, value: object) -> None:
        words = self._words_of(value)
        if words != self.area.toPlainText() and not (words and self._says(value)):
            self._showing = True
            self.area.setPlainText(words)
            self._showing = False

    def _says(self, value: object) -> bool:
        """Whether the words as they stand mean ``value``: they stay then, with the line begun and the caret."""
        try:
            return self._read() == value
        except NotUnderstoodError:
            return False

    def _show_read_only(self, read_only: bool, source: str) -> None:
        self.area.setReadOnly(read_only)
        self.lock.setVisible(read_only)
        if source:
            self.set_note(source)

    def changeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().changeEvent(event)
        if hasattr(self, "area"):
            self.area.setFont(current_theme().font())
            self.area.updateGeometry()


class LinesField(TextAreaField):
    """A list with one entry a line; its value is a ``tuple[str, ...]``, ``()`` when empty."""

    empty = ()

    def __init__(
        self,
        name: str,
        *,
        rows: int = 3,
        hint: str = "一行写一条",
        extent: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, rows=rows, hint=hint, extent=extent, parent=parent)

    def value(self) -> tuple[str, ...]:  # type: ignore[override]
        """The entries, empty lines left out."""
        result: tuple[str, ...] = FieldEditor.value(self)
        return result

    def _read(self) -> object:
        return tuple(line.strip() for line in self.area.toPlainText().splitlines() if line.strip())

    def _words_of(self, value: object) -> str:
        return "\n".join(str(entry) for entry in value) if isinstance(value, (tuple, list)) else ""


class NumbersField(LinesField):
    """Several whole numbers, divided by blanks, commas or lines; its value is a ``tuple[int, ...]``."""

    def __init__(
        self,
        name: str,
        *,
        rows: int = 1,
        hint: str = "数字之间空一格",
        extent: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, rows=rows, hint=hint, extent=extent, parent=parent)

    def _read(self) -> object:
        words = unicodedata.normalize("NFKC", self.area.toPlainText())
        entries = [entry for entry in re.split(r"[\s,、;]+", words) if entry]
        for entry in entries:
            if not re.fullmatch(r"-?\d+", entry):
                raise NotUnderstoodError(f"“{entry[:16]}”不是整数。请只写数字，中间空一格；没有可先留空。")
        return tuple(int(entry) for entry in entries)

    def _words_of(self, value: object) -> str:
        return " ".join(str(entry) for entry in value) if isinstance(value, (tuple, list)) else ""
