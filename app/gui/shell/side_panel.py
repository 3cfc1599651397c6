"""The panel at the right of a stage: 检查结果, 依据, 修改记录."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.gui.shell.panel_notes import NotesList, NoteView
from app.gui.shell.panel_strip import GRADES, PanelStrip
from app.gui.widgets.finding_card import FindingCard, FindingView
from app.gui.widgets.growing_list import GrowingList
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.step_tabs import StepTabs, StepView
from app.gui.widgets.text import Text

__all__ = ["BASIS", "FINDINGS", "GRADES", "HISTORY", "NoteView", "PanelStrip", "SidePanel"]

FINDINGS, BASIS, HISTORY = "findings", "basis", "history"


class SidePanel(Sheet):
    """Findings as cards, the articles behind the page, and what was changed.

    Signals:
        jump_requested: Go to a finding's field. arg: its id.
        explain_requested: A finding's action. arg: its id.
        article_requested: A finding's article. arg: its id.
        note_opened: Enter or a click on a note that leads somewhere. arg: its door.
        tab_shown: Another tab is looked at. arg: findings, basis or history.
        close_requested: Esc: give the focus back to the page.
    """

    jump_requested = Signal(str)
    explain_requested = Signal(str)
    article_requested = Signal(str)
    note_opened = Signal(object)
    close_requested = Signal()
    tab_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("检查结果、依据、修改记录")
        self._findings: tuple[FindingView, ...] = ()
        self._met = 0
        self._open_id = ""
        self._filled = False
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
        self._cards_list = GrowingList(self._make_card)
        self._cards_list.grown.connect(self._tell_cards)
        self._stack.addWidget(self._cards_list)
        self._notes = {
            BASIS: NotesList("这一页没有引用条文。"),
            HISTORY: NotesList("这一页还没有改动。"),
        }
        for notes in self._notes.values():
            notes.note_opened.connect(self.note_opened)
            self._stack.addWidget(notes)
        self.show_findings((), 0)

    # ---- findings

    def show_findings(self, findings: Sequence[FindingView], met: int) -> None:
        """Show open findings (gravest first, as handed in) and how many checks are met.

        Quiet when nothing changed; a finding that is the same keeps its card and the focus on it.
        """
        fresh = tuple(findings)
        if fresh == self._findings and met == self._met and self._filled:
            return
        focused = next((card.finding.id for card in self.cards() if card.hasFocus()), "")
        self._findings, self._met, self._filled = fresh, met, True
        ids = [finding.id for finding in fresh]
        if self._open_id not in ids:
            self._open_id = ids[0] if ids else ""
        tail: QWidget | None = None
        if met:
            tail = _Met(f"其余 {met} 项已符合" if fresh else f"{met} 项都已符合")
        elif not fresh:
            tail = Text("这一页还没有要检查的内容。", ink="ink2", wrap=True)
        self._cards_list.show_items(fresh, tail)
        self._tell_cards()
        if focused and focused in ids:
            self._card_of(focused).setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_tabs()

    def _make_card(self, finding: FindingView) -> FindingCard:
        card = FindingCard(finding, is_open=finding.id == self._open_id)
        card.jump_requested.connect(self.jump_requested)
        card.explain_requested.connect(self.explain_requested)
        card.article_requested.connect(self.article_requested)
        card.opened.connect(self._on_opened)
        card.set_lined(bool(self._findings) and finding is not self._findings[0])
        return card

    @Slot()
    def _tell_cards(self) -> None:
        """One card is open; a line divides two closed ones."""
        for card in self.cards():
            card.set_open(card.finding.id == self._open_id)
        self._show_lines()

    def findings(self) -> tuple[FindingView, ...]:
        """What is listed."""
        return self._findings

    def cards(self) -> tuple[FindingCard, ...]:
        """The cards made so far, in order; more come as one scrolls or walks towards them."""
        return tuple(card for card in self._cards_list.parts() if isinstance(card, FindingCard))

    def counts(self) -> dict[str, int]:
        """How many findings of each grade are listed and still open."""
        still_open: list[str] = [finding.grade for finding in self._findings if not finding.closed]
        return {grade: still_open.count(grade) for grade in GRADES}

    def has_finding(self, finding_id: str) -> bool:
        """Whether a finding is listed."""
        return any(finding.id == finding_id for finding in self._findings)

    def _card_of(self, finding_id: str) -> FindingCard:
        at = next(i for i, finding in enumerate(self._findings) if finding.id == finding_id)
        card = self._cards_list.build_to(at)
        assert isinstance(card, FindingCard)
        return card

    def step_finding(self, step: int) -> str:
        """F8: open and focus the next finding (-1: the one before).

        Returns its id, empty when there is none.
        """
        self.show_tab(FINDINGS)
        if not self._findings:
            self.tabs.setFocus(Qt.FocusReason.TabFocusReason)
            return ""
        cards = self.cards()
        at = next((index for index, card in enumerate(cards) if card.has_focus_within()), None)
        if at is None:
            at = next((index for index, card in enumerate(cards) if card.is_open()), 0) - step
        target = at + step
        # Backwards from the first one leads to the last that was made: making all would take too long.
        target = len(cards) - 1 if target < 0 else target % len(self._findings)
        finding_id = self._findings[target].id
        self.focus_finding(finding_id)
        return finding_id

    def focus_finding(self, finding_id: str) -> bool:
        """Open a card and give it the focus; False when it is not listed."""
        if not self.has_finding(finding_id):
            return False
        self.show_tab(FINDINGS)
        card = self._card_of(finding_id)
        card.set_open(True)
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self._cards_list.ensureWidgetVisible(card, 0, 8)
        return True

    def open_finding(self, finding_id: str) -> None:
        """Open one card; nothing happens when it is not listed."""
        if self.has_finding(finding_id):
            self._card_of(finding_id).set_open(True)

    @Slot(str)
    def _on_opened(self, finding_id: str) -> None:
        self._open_id = finding_id
        for card in self.cards():
            if card.finding.id != finding_id:
                card.set_open(False)
        self._show_lines()

    def _show_lines(self) -> None:
        before_open = True  # none above the first
        for card in self.cards():
            card.set_lined(not before_open)
            before_open = card.is_open()

    # ---- basis and history

    def show_basis(self, notes: Sequence[NoteView]) -> None:
        """The articles this page rests on."""
        self._notes[BASIS].show_notes(notes)

    def show_history(self, notes: Sequence[NoteView]) -> None:
        """What was changed on this page, newest first."""
        self._notes[HISTORY].show_notes(notes)

    def focus_note(self) -> bool:
        """Give the first note of the tab the focus; False when there is none."""
        shown = self._notes.get(self.current_tab())
        return shown is not None and shown.focus_first()

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

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        self._stack.setCurrentIndex((FINDINGS, BASIS, HISTORY).index(key))
        self.tab_shown.emit(key)

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
