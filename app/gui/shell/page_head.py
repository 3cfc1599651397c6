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
        self._due.show_chip(due, due_tone)
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

    def press_primary(self) -> bool:
        """Do what the primary button does; False when there is none or it cannot be used now."""
        if self.primary is None or not self.primary.isEnabled() or self.primary.is_busy():
            return False
        self.primary.click()
        return True

    def open_search(self) -> None:
        """Ctrl K: show the search, even where buttons stand, and go there."""
        self.search.show()
        self.search.line.setFocus()
        self.search.line.selectAll()

    def close_search(self) -> None:
        """Put the search away again where buttons stand."""
        self.search.line.clear()
        self.search.setVisible(self.primary is None and not self._secondary)

    def set_margin(self, margin: int) -> None:
        """The page's margin at the left and right."""
        self._row.setContentsMargins(margin, 0, margin, 0)

    def _fit(self) -> None:
        narrow = self.width() < current_theme().px(900)
        self._chip.setVisible(bool(self._chip.words()))
        self._context.setVisible(bool(self._context.words()) and not (narrow and bool(self._secondary)))
        self._due.setVisible(bool(self._due.words()))

    def retheme(self) -> None:
        self.setFixedHeight(current_theme().height("page_head"))
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.action_requested.emit(str(sender.property("action")))
