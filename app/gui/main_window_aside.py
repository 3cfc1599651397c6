"""What lies over a page for a while: help on it, and what was searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.gui.forms.naming import in_region
from app.gui.shell.main_frame import MainFrame
from app.progress import Progress

if TYPE_CHECKING:
    from app.gui.desk import Desk
    from app.gui.forms.searching import Answers
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
        self._asked = 0
        self._enter = False  # Enter came before the answers

    def show_help(self, label: str, page: object, desk: Desk) -> None:
        """F1: help on the page called ``label``; again leads back.

        ``page`` has its declaration as ``page``, or as ``HELP`` rows of what is on it and what that is for.
        """
        if self._frame.current_page() == HELP:
            self.left.emit()
            return
        from app.gui.pages.help_page import HelpPage

        if self._help is None:
            self._help = HelpPage()
            self._help.closed.connect(self.left)
            self._frame.add_page(HELP, self._help, panel="none")
        rows = getattr(page, "HELP", None)
        if rows is not None:
            self._help.show_table(label, rows)
        else:
            self._help.show_help(
                label, getattr(page, "page", None), lambda words: in_region(desk.program, desk.case, words)
            )
        self._open(HELP, f"帮助：{label}", focus=True)

    def show_search(self, words: str, desk: Desk) -> None:
        """Look while it is typed, behind the window, and show what is found; nothing typed leads back."""
        self._asked += 1
        self._enter = False
        if not words:
            if self._frame.current_page() == SEARCH:
                self.left.emit()
            return
        asked = self._asked
        program, case, checkup = desk.program, desk.case, desk.checkup

        def work(_progress: Progress) -> Answers:
            from app.gui.forms.searching import search

            return search(program, case, checkup, words)

        def done(answers: Answers) -> None:
            if asked == self._asked:
                self._show_answers(answers)

        desk.run_reading("找", work, done=done)

    def _show_answers(self, answers: Answers) -> None:
        from app.gui.pages.search_page import SearchPage

        if self._search is None:
            self._search = SearchPage()
            self._search.door_opened.connect(self._on_found)
            self._search.closed.connect(self._on_search_left)
            self._frame.add_page(SEARCH, self._search, panel="none")
        self._words = answers.words
        self._search.show_answers(answers)
        if self._frame.current_page() != SEARCH:
            self._open(SEARCH, "找", focus=False)
        if self._enter:
            self._enter = False
            if (first := self._search.first_focus()) is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def forget_search(self) -> None:
        """Somebody went elsewhere: what is still being looked for is not shown any more."""
        self._asked += 1
        self._enter = False

    def show_search_again(self) -> None:
        """Back from an answer: the list as it stood, with its words."""
        if self._search is not None:
            self._frame.head.search.show_words(self._words)
            self._open(SEARCH, "找", focus=False)

    @Slot(str)
    def focus_answers(self, words: str) -> None:
        """Enter in the search: the first answer gets the focus as soon as it is there."""
        self._enter = bool(words)

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
