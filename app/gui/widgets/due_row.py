"""One due date: when, what, why, article, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text

DueTone = Literal["overdue", "near", "far", "estimated", "waiting", "done"]

_LOOKS: dict[str, tuple[str, str, bool]] = {
    "overdue": ("octagon", "accentText", True),
    "near": ("clock", "accentText", True),
    "far": ("clock", "ink2", False),
    "estimated": ("calendar", "ink2", False),
    "waiting": ("clock", "info", False),
    "done": ("circle_check", "ok", False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView:
    """What a row says, in words.

    ``day`` 4月3日, ``weekday`` 周五, ``remark`` 剩 3 天, ``article`` 鲁条例 21条, ``whose`` 等对方.
    """

    id: str
    day: str
    weekday: str = ""
    remark: str = ""
    tone: DueTone = "far"
    what: str
    why: str = ""
    article: str = ""
    whose: str = ""


class DueRow(ClickRow):
    """A due date in two lines.

    Signals:
        chosen: Clicked or Enter. arg: the id.
        why_requested: F4. arg: the id.
        article_requested: The article's text is wanted. arg: the id.
    """

    chosen = Signal(str)
    why_requested = Signal(str)
    article_requested = Signal(str)

    def __init__(self, due: DueView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.due = due
        icon, ink, bold = _LOOKS[due.tone]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        when = QHBoxLayout()
        when.setSpacing(6)
        when.addWidget(Text(due.day, bold=True))
        when.addWidget(Text(due.weekday, ink="ink2"))
        when.addStretch(1)
        grid.addLayout(when, 0, 0)
        left = QHBoxLayout()
        left.setSpacing(5)
        left.addWidget(Shape(icon, ink))
        left.addWidget(Text(due.remark, ink=ink, bold=bold))
        left.addStretch(1)
        if due.remark:
            grid.addLayout(left, 1, 0)
        grid.addWidget(Text(due.what, bold=True, elide=True), 0, 1)
        why = QHBoxLayout()
        why.setSpacing(12)
        why_text = Text(due.why, ink="ink2", elide=True)
        why_text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        why.addWidget(why_text)
        if due.article:
            self.article = Button(due.article, "article")
            self.article.clicked.connect(self._on_article)
            why.addWidget(self.article)
        why.addStretch(1)
        grid.addLayout(why, 1, 1)
        grid.addWidget(Text(due.whose, ink="ink2"), 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Shape("chevron_right", "ink2"), 0, 3)
        grid.setColumnStretch(1, 1)
        self.why = Text("", ink="ink2", wrap=True)
        self.why.hide()
        grid.addWidget(self.why, 2, 1, 1, 3)
        self._grid = grid
        words = (due.day, due.weekday, due.remark, due.what, due.why, due.whose)
        self.setAccessibleName("，".join(word for word in words if word))
        self.activated.connect(self._on_activated)
        self.retheme()

    def show_why(self, words: str) -> None:
        """Open the whole why below the row; no words close it."""
        self.why.set_words(words)
        self.why.setVisible(bool(words))
        self.setAccessibleDescription(words)

    def retheme(self) -> None:
        theme = current_theme()
        self._grid.setColumnMinimumWidth(0, theme.px(112))
        if self.due.article:  # the article stands in short and whole; the why beside it gives way
            self.article.setMinimumWidth(min(self.article.sizeHint().width(), theme.px(200)))
        super().retheme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self.why_requested.emit(self.due.id)
            return
        super().keyPressEvent(event)

    def _on_activated(self) -> None:
        self.chosen.emit(self.due.id)

    def _on_article(self) -> None:
        self.article_requested.emit(self.due.id)
