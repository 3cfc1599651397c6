"""One row of the tally: its heading, up to three numbers, and beside them whether they agree."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.painted import Painted
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.usecases.vote_sheet import RowCheck

_BESIDE_FROM = 690
_HEADING, _LABEL, _FIELD, _NAME = 48, 30, 108, 200


class TallyRow(Painted):
    """The words of the check go below the numbers where there is no room beside them."""

    def __init__(self, heading: str, editors: Sequence[FieldEditor], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(4)
        self._numbers = QWidget()
        self._numbers.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self._numbers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._heading = Text(heading, bold=True)
        row.addWidget(self._heading)
        self._labels: list[Text] = []
        self.editors = tuple(editors)
        for editor in editors:
            label = Text(editor.name, ink="ink2")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setBuddy(editor)
            self._labels.append(label)
            row.addWidget(label)
            row.addWidget(editor)
        row.addStretch(1)
        self._beside.addWidget(self._numbers, 0)
        self._said = QWidget()
        said = QHBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(6)
        self._shape = Shape("", px=16)
        said.addWidget(self._shape)
        self.words = Text("", ink="ink2", wrap=True)
        said.addWidget(self.words, 1)
        self._beside.addWidget(self._said, 1)
        self.retheme()

    def retheme(self) -> None:
        """Take widths from the theme; a row's words are never narrower than their letters."""
        super().retheme()
        theme = current_theme()
        heading = max(theme.px(_HEADING), _width(self._heading.words(), bold=True))
        label = max([theme.px(_LABEL), *(_width(each.words()) for each in self._labels)])
        self._heading.setFixedWidth(heading)
        for each in self._labels:
            each.setFixedWidth(label)
        alone = len(self.editors) == 1  # a name, which with its padlock needs more room than a number
        field = theme.px(_NAME if alone else _FIELD)
        for editor in self.editors:
            editor.setFixedWidth(field)
        places = 1 if alone else 3  # so that the words beside rows of numbers stand below each other
        self._numbers.setFixedWidth(heading + places * (label + field + 16))

    def show_check(self, check: RowCheck) -> None:
        """Say whether the numbers of the row agree."""
        self._shape.show_shape(check.state)
        self._shape.setVisible(bool(check.state))
        self.words.set_ink({"must": "accentText", "explain": "warn"}.get(check.state, "ink2"))
        self.words.set_words(check.words)
        self.words.setVisible(bool(check.words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= current_theme().px(_BESIDE_FROM)
        wanted = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._beside.direction() != wanted:
            self._beside.setDirection(wanted)
        self._beside.setSpacing(12 if wide else 4)


def _width(words: str, *, bold: bool | None = None) -> int:
    return QFontMetrics(current_theme().font(bold=bold)).horizontalAdvance(words) + 2
