"""The quorum meter: how many are there of all, with the mark that must be reached."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.usecases.sign_in import Quorum


class _Bar(Painted):
    """A line as long as all, filled as far as those who are there; a stroke at the number needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quorum = Quorum(None, None, None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_quorum(self, quorum: Quorum) -> None:
        """Another state of the room."""
        self._quorum = quorum
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(160), current_theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, everyone = current_theme(), self._quorum.everyone or 0
        painter = start_painting(self)
        inset = theme.px(4)
        area = QRectF(0.0, inset, self.width(), self.height() - 2.0 * inset)
        radius = area.height() / 2
        fill_round(painter, area, radius, theme.colour("sunken"), theme.colour("line2"))
        if not everyone:
            return
        there = min(1.0, (self._quorum.present or 0) / everyone)
        if there:
            filled = QRectF(area.left(), area.top(), max(area.height(), area.width() * there), area.height())
            fill_round(painter, filled, radius, theme.colour("ink2"))
        if self._quorum.needed is not None:
            at = min(self.width() - 2.0, self.width() * self._quorum.needed / everyone)
            painter.fillRect(QRectF(at, 0.0, 2.0, self.height()), theme.colour("ink1"))


class QuorumBar(QWidget):
    """The bar with the words: 应到 52，实到 30，还差 5 人."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("到会人数")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._bar = _Bar(self)
        column.addWidget(self._bar)
        line = QHBoxLayout()
        line.setSpacing(6)
        self._shape = Shape("", px=16)
        line.addWidget(self._shape)
        self.words = Text("", wrap=True, parent=self)
        line.addWidget(self.words, 1)
        column.addLayout(line)

    def show_quorum(self, quorum: Quorum) -> None:
        """Tell who is there, who must be, and how many are missing."""
        self._bar.show_quorum(quorum)
        state, words = _told(quorum)
        self._shape.show_shape(state)
        self._shape.setVisible(bool(state))
        self.words.set_words(words)
        self.setAccessibleDescription(words)


def _told(quorum: Quorum) -> tuple[str, str]:
    if quorum.everyone is None:
        return "", "写上应到人数或职工代表名册，就算出要到多少人。"
    there = f"应到 {quorum.everyone} 人，实到 {quorum.present or 0} 人"
    if quorum.needed is None:
        return "", f"{there}；要到多少人，法规未规定。"
    if quorum.present is None:
        return "", f"{there}，至少要到 {quorum.needed} 人。"
    if quorum.missing:
        return "explain", f"{there}，至少要到 {quorum.needed} 人，还差 {quorum.missing} 人。"
    return "met", f"{there}，至少要到 {quorum.needed} 人，够了，可以开会。"
