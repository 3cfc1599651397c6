"""A white sheet on the warm grey window, with a heading and a remark."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.text import Text
from app.gui.widgets.top_column import TopColumn


class Sheet(Painted):
    """Hairline, radius 8, no shadow; never inside another sheet. Put parts into ``body``.

    ``tone``: plain, failure (red hairline), inset (sunken: a quote, an origin line, 本方底线), bare (a group on
    the sheet it was put on: no ground and no margin of its own).
    """

    def __init__(
        self,
        title: str = "",
        remark: str = "",
        *,
        tone: Literal["plain", "failure", "inset", "bare"] = "plain",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        column = TopColumn(self)
        self._layout = column
        column.setContentsMargins(*((0, 0, 0, 0) if tone == "bare" else (16, 12, 16, 12)))
        column.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self._title = Text(title, "sheet", elide=True)
        self._remark = Text(remark, ink="ink2", elide=True)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self._title, 0)
        self.head.addStretch(1)
        self.head.addWidget(self._remark, 0)
        column.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body)
        column.close_end()
        self.set_title(title)
        self.set_remark(remark)

    def set_title(self, words: str) -> None:
        """Another heading; empty takes it away."""
        self._title.set_words(words)
        self._title.setVisible(bool(words))
        self.setAccessibleName(words)

    def set_remark(self, words: str) -> None:
        """What stands at the right of the heading."""
        self._remark.set_words(words)
        self._remark.setVisible(bool(words))

    def remark(self) -> str:
        """The words at the right of the heading."""
        return self._remark.words()

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Put a part below the others.

        With ``stretch`` it takes the room the sheet is given beyond its need.
        """
        self.body.addWidget(part, stretch)
        if stretch:
            self._layout.fill_with(1)

    def add_line(self) -> None:
        """A hairline between two groups."""
        self.body.addWidget(Hairline())

    def clear(self) -> None:
        """Take all parts out and delete them."""
        while self.body.count():
            item = self.body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._tone == "bare":
            return
        theme = current_theme()
        painter = start_painting(self)
        line = {"plain": "line", "failure": "accentTintLine", "inset": "line2"}[self._tone]
        fill = "sunken" if self._tone == "inset" else "surface"
        radius = theme.radius("control" if self._tone == "inset" else "sheet")
        fill_round(painter, QRectF(self.rect()), radius, theme.colour(fill), theme.colour(line))


class Hairline(QFrame):
    """A line of one pixel, lying or standing."""

    def __init__(self, *, standing: bool = False, token: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = start_painting(self)
        painter.fillRect(self.rect(), current_theme().colour(self._token))
