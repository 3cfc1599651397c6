"""One result of the checks: closed a sentence, open also its why, its article and one action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.gui.icons import STATE_SHAPES
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.painted import fill_round, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text

Grade = Literal["must", "explain", "hint", "met"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """What a card shows. ``action`` is the label of its one button (写说明), empty for none.

    ``how_read`` says how well the article was read (原文已核对, 二手来源，待核); ``explained`` is the
    sentence that was written about it; ``closed`` is what it became by that (已说明, 程序瑕疵), empty
    while it is open. A closed one keeps its grade and its shape, but neither the red nor the count.
    ``place`` is the stage, told where those of several stages are listed.
    """

    id: str
    grade: Grade
    sentence: str
    why: str = ""
    article: str = ""
    how_read: str = ""
    fields: str = ""
    action: str = ""
    explained: str = ""
    closed: str = ""
    place: str = ""


class FindingCard(ClickRow):
    """A finding.

    Signals:
        jump_requested: Enter or a click: go to the field. arg: the finding's id.
        explain_requested: The action was chosen. arg: the finding's id.
        article_requested: The article's text is wanted. arg: the finding's id.
        opened: The card was opened. arg: the finding's id.
    """

    jump_requested = Signal(str)
    explain_requested = Signal(str)
    article_requested = Signal(str)
    opened = Signal(str)

    def __init__(self, finding: FindingView, *, is_open: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self._open = False
        self._told = False
        self._lined = False
        self.setProperty("ring", False)  # its own border turns into the ring: cards lie edge to edge
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 6, 10)
        row.setSpacing(8)
        _, ink, word = STATE_SHAPES[finding.grade]
        if finding.closed:
            ink, word = "ink2", f"{word} · {finding.closed}"
        row.addWidget(Shape(finding.grade, ink), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        row.addLayout(column, 1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text(word, ink=ink, bold=True))
        if finding.place:
            head.addWidget(Text(finding.place, ink="ink2"))
        head.addStretch(1)
        self._key_hint = Text("Enter 跳到这一项", ink="ink2")
        head.addWidget(self._key_hint)
        column.addLayout(head)
        self._sentence = Text(finding.sentence, wrap=True)
        column.addWidget(self._sentence)
        self._column = column
        self._more: QWidget | None = None
        if finding.action:
            self.action = Button(finding.action, "secondary", "pencil", in_table=True)
            self.action.clicked.connect(self._on_action)
            column.addSpacing(4)
            column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(f"{word}：{finding.sentence}")
        self.setAccessibleDescription(finding.why)
        self.activated.connect(self._on_activated)
        self.set_open(is_open)

    def _make_more(self) -> QWidget:
        """Why, fields, article: made when the card is opened for the first time."""
        finding = self.finding
        part = QWidget()
        more = QVBoxLayout(part)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(2)
        for words in (finding.why, finding.fields):
            if words:
                more.addWidget(Text(words, ink="ink2", wrap=True))
        if finding.explained:
            more.addWidget(Text(f"已写说明：{finding.explained}", ink="ink2", wrap=True))
        articles = finding.article.replace("、《", "\n《").split("\n") if finding.article else []
        for words in articles:
            link = Button(words, "article", "book")
            link.clicked.connect(self._on_article)
            row = QHBoxLayout()
            row.addWidget(link)
            row.addStretch(1)
            more.addLayout(row)
            self.article = link
        if finding.how_read:
            more.addWidget(Text(finding.how_read, ink="ink2", wrap=True))
        self._column.insertWidget(2, part)
        return part

    def is_open(self) -> bool:
        """Whether why and article are shown."""
        return self._open

    def set_open(self, is_open: bool) -> None:
        """Show or hide why, article and fields."""
        changed = is_open != self._open
        if not changed and self._told:
            return
        self._open, self._told = is_open, True
        if is_open and self._more is None:
            self._more = self._make_more()
        if self._more is not None:
            self._more.setVisible(is_open)
        self._key_hint.setVisible(is_open and self.finding.grade != "met")
        self._sentence.set_ink(
            "ink1", bold=is_open and self.finding.grade == "must" and not self.finding.closed
        )
        self.updateGeometry()
        self.update()
        if changed and is_open:
            self.opened.emit(self.finding.id)

    def set_lined(self, lined: bool) -> None:
        """Draw a hairline above, between two closed cards."""
        if lined != self._lined:
            self._lined = lined
            self.update()

    def has_focus_within(self) -> bool:
        """Whether the card or one of its buttons has the focus."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.set_open(not self._open)
            return
        super().keyPressEvent(event)

    def _on_activated(self) -> None:
        self.set_open(True)
        self.jump_requested.emit(self.finding.id)

    def _on_action(self) -> None:
        self.explain_requested.emit(self.finding.id)

    def _on_article(self) -> None:
        self.article_requested.emit(self.finding.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        if self._open:
            fill_round(painter, area, theme.radius("popup"), theme.colour("sel"), theme.colour("line2"))
        elif self.underMouse():
            fill_round(painter, area, theme.radius("popup"), theme.colour("hover"))
        elif self._lined and not self.hasFocus():
            painter.fillRect(0, 0, self.width(), 1, theme.colour("line"))
        if self.hasFocus():
            fill_round(painter, area, theme.radius("popup"), None, theme.colour("focus"), 2)
