"""The panel at the right of a stage: 检查结果, 依据, 修改记录."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.gui.icons import paint_icon, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.finding_card import FindingCard, FindingView
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.step_tabs import StepTabs, StepView
from app.gui.widgets.text import Text

FINDINGS, BASIS, HISTORY = "findings", "basis", "history"
GRADES = ("must", "explain", "hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """An entry of 依据 (article and what it says) or 修改记录 (when and what changed)."""

    title: str
    words: str = ""
    remark: str = ""
    shape: str = ""


class PanelStrip(QAbstractButton):
    """The folded panel: 44 wide, shapes with counts; a click opens the panel over the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = dict.fromkeys(GRADES, 0)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setToolTip("检查结果 F8")
        self.retheme()

    def show_counts(self, counts: dict[str, int]) -> None:
        """How many findings of each grade there are."""
        self._counts = counts
        words = "，".join(
            f"{word} {counts[grade]}"
            for grade, word in zip(GRADES, ("必须改", "请说明", "提示"), strict=True)
        )
        self.setAccessibleName(f"检查结果：{words}")
        self.update()

    def retheme(self) -> None:
        """Take the width from the theme."""
        self.setFixedWidth(current_theme().extent("panel_folded"))

    def sizeHint(self) -> QSize:
        return QSize(current_theme().extent("panel_folded"), 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        fill_round(painter, area, theme.radius("sheet"), theme.colour("surface"), theme.colour("line"))
        side, middle = theme.px(16), area.width() / 2
        row, top = theme.px(20), float(theme.px(13))
        paint_icon(painter, QRectF(middle - side / 2, top, side, side), "chevron_left")
        top += theme.px(32)
        inks = {"must": "accentText", "explain": "warn", "hint": "info"}
        for grade in GRADES:
            if not self._counts[grade]:
                continue
            paint_state(painter, QRectF(middle - side / 2, top, side, side), grade)
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.colour(inks[grade]))
            painter.drawText(
                QRectF(0, top + side, area.width(), row),
                Qt.AlignmentFlag.AlignCenter,
                str(self._counts[grade]),
            )
            top += theme.px(52)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        top += theme.px(8)
        for letter in "检查结果":
            painter.drawText(QRectF(0, top, area.width(), row), Qt.AlignmentFlag.AlignCenter, letter)
            top += row
        foot = QRectF(0, area.height() - theme.px(32), area.width(), row)
        if foot.top() > top:
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, "F8")


class SidePanel(Sheet):
    """Findings as cards, the articles behind the page, and what was changed.

    Signals:
        jump_requested: Go to a finding's field. arg: its id.
        explain_requested: A finding's action. arg: its id.
        article_requested: A finding's article. arg: its id.
        close_requested: Esc: give the focus back to the page.
    """

    jump_requested = Signal(str)
    explain_requested = Signal(str)
    article_requested = Signal(str)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("检查结果、依据、修改记录")
        self._findings: tuple[FindingView, ...] = ()
        self._met = 0
        self._open_id = ""
        self._cards: list[FindingCard] = []
        outer = self.layout()
        assert outer is not None
        outer.setContentsMargins(8, 2, 0, 8)  # the scroll gutter is the right margin
        self.tabs = StepTabs(gap=12)
        self.tabs.setAccessibleName("检查结果、依据、修改记录")
        self.tabs.step_requested.connect(self._on_tab)
        tabs_row = QHBoxLayout()
        tabs_row.setContentsMargins(0, 0, 8, 0)
        tabs_row.addWidget(self.tabs)
        self.body.addLayout(tabs_row)
        self._stack = QStackedWidget()
        self.add(self._stack, 1)
        self._lists: dict[str, QVBoxLayout] = {}
        for key in (FINDINGS, BASIS, HISTORY):
            self._stack.addWidget(self._build_list(key))
        self.show_findings((), 0)
        self.show_basis(())
        self.show_history(())

    def _build_list(self, key: str) -> PageScroll:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        self._lists[key] = column
        area = PageScroll(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    # ---- findings

    def show_findings(self, findings: Sequence[FindingView], met: int) -> None:
        """Show open findings (gravest first, as handed in) and how many checks are met.

        Quiet when nothing changed.
        """
        fresh = tuple(findings)
        if fresh == self._findings and met == self._met and self._cards:
            return
        focused = next((card.finding.id for card in self._cards if card.hasFocus()), "")
        area = self._stack.widget(0)
        assert isinstance(area, PageScroll)
        at = area.verticalScrollBar().value()
        self._findings, self._met = fresh, met
        column = self._lists[FINDINGS]
        _empty(column)
        self._cards = []
        ids = [finding.id for finding in fresh]
        if self._open_id not in ids:
            self._open_id = ids[0] if ids else ""
        for finding in fresh:
            if self._cards:
                column.addWidget(Hairline())
            card = FindingCard(finding, is_open=finding.id == self._open_id)
            card.jump_requested.connect(self.jump_requested)
            card.explain_requested.connect(self.explain_requested)
            card.article_requested.connect(self.article_requested)
            card.opened.connect(self._on_opened)
            self._cards.append(card)
            column.addWidget(card)
            card.show()
            if finding.id == focused:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
        if met:
            if self._cards:
                column.addWidget(Hairline())
            words = f"其余 {met} 项已符合" if fresh else f"{met} 项都已符合"
            met_part = _Met(words)
            column.addWidget(met_part)
            met_part.show()
        elif not fresh:
            column.addWidget(Text("这一页还没有要检查的内容。", ink="ink2", wrap=True))
        column.addStretch(1)
        area.verticalScrollBar().setValue(at)
        self._show_tabs()

    def findings(self) -> tuple[FindingView, ...]:
        """What is listed."""
        return self._findings

    def cards(self) -> tuple[FindingCard, ...]:
        """The cards, in order."""
        return tuple(self._cards)

    def counts(self) -> dict[str, int]:
        """How many findings of each grade are listed and still open."""
        still_open: list[str] = [finding.grade for finding in self._findings if not finding.closed]
        return {grade: still_open.count(grade) for grade in GRADES}

    def step_finding(self, step: int) -> str:
        """F8: open and focus the next finding (-1: the one before).

        Returns its id, empty when there is none.
        """
        self.show_tab(FINDINGS)
        if not self._cards:
            self.tabs.setFocus(Qt.FocusReason.TabFocusReason)
            return ""
        at = next((index for index, card in enumerate(self._cards) if card.hasFocus()), None)
        if at is None:
            at = next((index for index, card in enumerate(self._cards) if card.is_open()), 0) - step
        card = self._cards[(at + step) % len(self._cards)]
        card.set_open(True)
        card.setFocus(Qt.FocusReason.TabFocusReason)
        area = self._stack.widget(0)
        if isinstance(area, PageScroll):
            area.ensureWidgetVisible(card, 0, 8)
        return card.finding.id

    def open_finding(self, finding_id: str) -> None:
        """Open one card; nothing happens when it is not listed."""
        for card in self._cards:
            if card.finding.id == finding_id:
                card.set_open(True)

    def _on_opened(self, finding_id: str) -> None:
        self._open_id = finding_id
        for card in self._cards:
            if card.finding.id != finding_id:
                card.set_open(False)

    # ---- basis and history

    def show_basis(self, notes: Sequence[NoteView]) -> None:
        """The articles this page rests on."""
        self._show_notes(BASIS, notes, "这一页没有引用条文。")

    def show_history(self, notes: Sequence[NoteView]) -> None:
        """What was changed on this page, newest first."""
        self._show_notes(HISTORY, notes, "这一页还没有改动。")

    def _show_notes(self, key: str, notes: Sequence[NoteView], empty_words: str) -> None:
        column = self._lists[key]
        _empty(column)
        for index, note in enumerate(notes):
            if index:
                column.addWidget(Hairline())
            column.addWidget(_note(note))
        if not notes:
            column.addWidget(Text(empty_words, ink="ink2", wrap=True))
        column.addStretch(1)

    # ---- tabs

    def show_tab(self, key: str) -> None:
        """``findings``, ``basis`` or ``history``."""
        self.tabs.set_current(key)
        self._on_tab(key)

    def current_tab(self) -> str:
        """Which tab is shown."""
        return self.tabs.current()

    def _show_tabs(self) -> None:
        count = sum(self.counts().values())
        self.tabs.set_steps(
            (
                StepView(FINDINGS, f"检查结果 {count}" if count else "检查结果", ""),
                StepView(BASIS, "依据", ""),
                StepView(HISTORY, "修改记录", ""),
            )
        )

    def _on_tab(self, key: str) -> None:
        self._stack.setCurrentIndex((FINDINGS, BASIS, HISTORY).index(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
            return
        super().keyPressEvent(event)


class _Met(QWidget):
    """已符合 n"""

    def __init__(self, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 6, 10)
        row.setSpacing(8)
        row.addWidget(Shape("met"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Text("已符合", ink="ok", bold=True))
        column.addWidget(Text(words, wrap=True))
        row.addLayout(column, 1)


def _note(note: NoteView) -> QWidget:
    part = Painted()
    row = QHBoxLayout(part)
    row.setContentsMargins(8, 8, 8, 8)
    row.setSpacing(8)
    if note.shape:
        row.addWidget(Shape(note.shape), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Text(note.title, bold=True, wrap=True))
    if note.words:
        column.addWidget(Text(note.words, wrap=True))
    if note.remark:
        column.addWidget(Text(note.remark, ink="ink2", wrap=True))
    row.addLayout(column, 1)
    return part


def _empty(column: QVBoxLayout) -> None:
    while column.count():
        entry = column.takeAt(0)
        widget = entry.widget() if entry is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
