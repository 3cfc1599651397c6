"""What lies over a page for a while: help on it, and what was searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.gui.forms.naming import in_region
from app.gui.shell.main_frame import MainFrame

if TYPE_CHECKING:
    from app.gui.desk import Desk
    from app.gui.pages.help_page import HelpPage
    from app.gui.pages.search_page import SearchPage

HELP, SEARCH = "help", "search"


class AsidePages(QObject):
    """Made when first asked for; neither stands in the navigation.

    Signals:
        opened: One of them is about to be shown: the head is no longer that of the page below.
        left: Back to the page below.
        door_opened: An answer was chosen. arg: a ``Where`` or (page key, step key).
    """

    opened = Signal()
    left = Signal()
    door_opened = Signal(object)

    def __init__(self, frame: MainFrame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._help: HelpPage | None = None
        self._search: SearchPage | None = None
        self._words = ""

    def show_help(self, label: str, page: object, desk: Desk) -> None:
        """F1: help on the page called ``label``; again leads back."""
        if self._frame.current_page() == HELP:
            self.left.emit()
            return
        from app.gui.pages.help_page import HelpPage

        if self._help is None:
            self._help = HelpPage()
            self._help.closed.connect(self.left)
            self._frame.add_page(HELP, self._help, panel="none")
        self._help.show_help(label, page, lambda words: in_region(desk.program, desk.case, words))
        self._open(HELP, f"帮助：{label}", focus=True)

    def show_search(self, words: str, desk: Desk) -> None:
        """Show what is found while it is typed; nothing typed leads back."""
        if not words:
            if self._frame.current_page() == SEARCH:
                self.left.emit()
            return
        from app.gui.forms.searching import search
        from app.gui.pages.search_page import SearchPage

        if self._search is None:
            self._search = SearchPage()
            self._search.door_opened.connect(self._on_found)
            self._search.closed.connect(self._on_search_left)
            self._frame.add_page(SEARCH, self._search, panel="none")
        self._words = words
        self._search.show_found(words, search(desk.program, desk.case, desk.checkup, words))
        if self._frame.current_page() != SEARCH:
            self._open(SEARCH, "找", focus=False)

    def show_search_again(self) -> None:
        """Back from an answer: the list as it stood, with its words."""
        if self._search is not None:
            self._frame.head.search.show_words(self._words)
            self._open(SEARCH, "找", focus=False)

    @Slot(str)
    def focus_answers(self, _words: str) -> None:
        """Enter in the search goes to the first answer."""
        if self._search is not None and (first := self._search.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, page: str, title: str, *, focus: bool) -> None:
        self.opened.emit()
        self._frame.show_steps(visible=False)
        self._frame.head.show_head(title)
        self._frame.head.set_actions(None)
        self._frame.show_page(page, focus=focus)

    @Slot(object)
    def _on_found(self, door: object) -> None:
        self._frame.head.search.line.clear()
        self.door_opened.emit(door)

    @Slot()
    def _on_search_left(self) -> None:
        self._frame.head.search.line.clear()
        self.left.emit()
