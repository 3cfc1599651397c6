"""The head of a page: title, stage chip, context.

At the right 撤销, secondary buttons, the one primary button.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.button import Button, IconButton
from app.gui.widgets.chip import Chip, ChipTone
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.painted import Painted
from app.gui.widgets.search_box import SearchBox
from app.gui.widgets.text import Text

_LEAST_CONTEXT = 10
"""Characters of the context that must be left of it, so that one still knows what is meant."""


class PageHead(Painted):
    """Sixty high, always in place.

    Signals:
        action_requested: A button was pressed. arg: the action's id (the primary one included).
        undo_requested: 撤销 was pressed.
        help_requested: ? was pressed.
        searched: arg: the words looked for.
        search_chosen: Enter in the search. arg: the words.
    """

    action_requested = Signal(str)
    undo_requested = Signal()
    help_requested = Signal()
    searched = Signal(str)
    search_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.primary: Button | None = None
        self._quiet = False
        self._due_words = ""
        self._due_tone: ChipTone = "near"
        self._secondary: list[Button] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(10)
        self._row = row
        self._title = Text("", "page", elide=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chip = Chip("")
        self._context = Text("", ink="ink2", elide=True)
        self._context.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._due = Chip("", "near")
        for part, share in ((self._title, 3), (self._chip, 0), (self._context, 2), (self._due, 0)):
            row.addWidget(part, share)
        row.addStretch(0)
        self.undo = Button("撤销", "text", "undo")
        self.undo.clicked.connect(self.undo_requested)
        row.addWidget(self.undo)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(10)
        row.addLayout(self._actions)
        self.search = SearchBox()
        self.search.searched.connect(self.searched)
        self.search.chosen.connect(self.search_chosen)
        row.addWidget(self.search)
        self.help = IconButton("帮助", "help")
        self.help.setToolTip("帮助 F1")
        self.help.clicked.connect(self.help_requested)
        row.addWidget(self.help)
        self.show_head("")
        self.set_undo("")
        self.set_actions(None)
        self.retheme()

    def show_head(
        self,
        title: str,
        *,
        chip: str = "",
        context: str = "",
        due: str = "",
        due_tone: ChipTone = "near",
    ) -> None:
        """Title, stage chip (第 3 阶段), one line of context, and a due chip."""
        self._title.set_words(title)
        self._chip.show_chip(chip)
        self._context.set_words(context)
        self._due_words, self._due_tone = due, due_tone
        self.setAccessibleName(title)
        self._fit()

    def title(self) -> str:
        """The page's title."""
        return self._title.words()

    def set_actions(self, primary: ActionView | None, secondary: Sequence[ActionView] = ()) -> None:
        """The page's buttons; without a primary one the search and 帮助 stand there instead."""
        wanted = [*secondary, *([primary] if primary is not None else [])]
        present = [*self._secondary, *([self.primary] if self.primary is not None else [])]
        same = [action.id for action in wanted] == [str(button.property("action")) for button in present]
        if not (same and (primary is None) == (self.primary is None)):
            while self._actions.count():
                entry = self._actions.takeAt(0)
                widget = entry.widget() if entry is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            self._secondary, self.primary, present = [], None, []
            for action in wanted:
                is_primary = primary is not None and action is primary
                button = Button(action.label, "primary" if is_primary else "secondary", action.icon)
                button.setProperty("action", action.id)
                button.clicked.connect(self._on_clicked)
                self._actions.addWidget(button)
                button.show()
                present.append(button)
                if is_primary:
                    self.primary = button
                    button.setToolTip("Ctrl Enter")
                else:
                    self._secondary.append(button)
        self._show_kinds()
        for action, button in zip(wanted, present, strict=True):
            button.set_words(action.label, action.icon)
            button.set_blocked(action.blocked or None)
        # Opened by Ctrl K it stays while somebody types in it.
        self.search.setVisible(not wanted or self.search.line.hasFocus())
        self.help.setVisible(not wanted)
        self._fit()

    def set_quiet(self, quiet: bool) -> None:
        """While a failure is shown its first way out is the one red button; the head's is outlined."""
        self._quiet = quiet
        self._show_kinds()

    def _show_kinds(self) -> None:
        if self.primary is not None:
            self.primary.set_kind("secondary" if self._quiet else "primary")

    def button(self, action_id: str) -> Button:
        """The button of an action; KeyError when there is none."""
        present = [*self._secondary, *([self.primary] if self.primary is not None else [])]
        return {str(button.property("action")): button for button in present}[action_id]

    def set_undo(self, what: str) -> None:
        """Offer 撤销 with its name (移除送达回执) in the tip; empty takes it away."""
        self.undo.setVisible(bool(what))
        self.undo.setToolTip(f"撤销：{what}  Ctrl Z" if what else "")
        self.undo.setAccessibleDescription(what)
        self._fit()

    def press_primary(self) -> bool:
        """Do what the primary button does; False when there is none or it cannot be used now."""
        if self.primary is None or not self.primary.isEnabled() or self.primary.is_busy():
            return False
        self.primary.click()
        return True

    def open_search(self) -> None:
        """Ctrl K: show the search, even where buttons stand, and go there."""
        self.search.show()
        self._fit()
        self.search.line.setFocus()
        self.search.line.selectAll()

    def close_search(self) -> None:
        """Put the search away again where buttons stand."""
        self.search.line.clear()
        self.search.setVisible(self.primary is None and not self._secondary)
        self._fit()

    def set_margin(self, margin: int) -> None:
        """The page's margin at the left and right."""
        self._row.setContentsMargins(margin, 0, margin, 0)
        self._fit()

    def _fit(self) -> None:
        """Give up, one after the other, what the room is too short for; never letters of the title or a button.

        The context is shortened, then goes; then the due chip keeps its first words, the stage chip goes (the
        navigation marks the stage), the due chip goes (the navigation tells it too). While somebody searches in a
        short room, the secondary buttons wait.
        """
        for button in self._secondary:
            button.show()
        short = self._due_words.partition("，")[0]
        chip, context = self._chip.words(), self._context.words()
        least = self._context.fontMetrics().horizontalAdvance("字" * _LEAST_CONTEXT)
        least = min(self._context.sizeHint().width(), least)
        searching = not self.search.isHidden() and bool(self._secondary or self.primary is not None)
        steps = (
            (chip, self._due_words, least if context else 0),
            (chip, self._due_words, 0),
            (chip, short, 0),
            ("", short, 0),
            ("", "", 0),
        )
        for shown_chip, due, asked in steps:
            self._due.show_chip(due, self._due_tone)
            needed = asked + self._row.spacing() if asked else 0
            for part, words in ((self._chip, shown_chip), (self._due, due)):
                needed += part.sizeHint().width() + self._row.spacing() if words else 0
            if needed <= self._left_over():
                break
        else:
            for button in self._secondary:
                button.setHidden(searching)
        self._due.setToolTip(self._due_words if due != self._due_words else "")
        self._due.setAccessibleName(self._due_words)
        self._chip.setVisible(bool(shown_chip))
        self._context.setVisible(bool(asked))
        self._due.setVisible(bool(due))

    def _left_over(self) -> int:
        """Pixels beside the title and what stands at the right."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        buttons = [*self._secondary, *([self.primary] if self.primary is not None else [])]
        right = [part for part in (self.undo, self.search, self.help) if not part.isHidden()]
        fixed = sum(part.sizeHint().width() + gap for part in (self._title, *buttons, *right))
        return self.width() - margins.left() - margins.right() - fixed - 2 * gap

    def retheme(self) -> None:
        self.setFixedHeight(current_theme().height("page_head"))
        super().retheme()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.action_requested.emit(str(sender.property("action")))
