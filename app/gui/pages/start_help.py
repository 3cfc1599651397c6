"""F1 where no year is open yet: what can be begun here, and the keys that hold here."""

from __future__ import annotations

import weakref

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.gui.pages.help_page import HelpPage
from app.gui.pages.start_page import WELCOME, YEAR_PAGE, StartPage
from app.gui.pages.start_welcome import WAYS
from app.gui.widgets.focus_stops import is_alive
from app.gui.widgets.page_scroll import PageScroll

KEYS: tuple[tuple[str, str], ...] = (
    ("Tab、Shift Tab", "走到下一格、上一格"),
    ("Enter、空格", "按下选中的那一项"),
    ("F1", "这一页怎么用"),
    ("Ctrl Enter", "按红色的按钮"),
    ("Alt", "按钮上显示字母；再按这个字母就按下按钮"),
    ("Esc", "格里退回原来的内容；从这里回到刚才那一页"),
)

FILLING: tuple[tuple[str, str], ...] = (
    ("每一格", "知道的先填，不知道的先空着"),
    ("下一步、上一步", "可以来回走，填好的都在"),
    ("没填完就关掉", "填了多少存多少，下次打开接着填"),
)


class StartHelp(QObject):
    """Lies over the start page for a while; made when first asked for."""

    def __init__(self, rooms: QStackedWidget, page: StartPage) -> None:
        super().__init__(page)
        self._rooms_ref = weakref.ref(rooms)
        self._page_ref = weakref.ref(page)  # no cycle: a page goes as soon as nobody holds it
        self._before: weakref.ref[QWidget] | None = None
        self.help: HelpPage | None = None
        self._outer: PageScroll | None = None
        self._bind(page)

    def _bind(self, part: QWidget) -> None:
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_F1), part)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.toggle)

    @Slot()
    def toggle(self) -> None:
        """F1: to the help, and from it back."""
        rooms, page = self._rooms_ref(), self._page_ref()
        if rooms is None or page is None:
            return
        if self._outer is not None and rooms.currentWidget() is self._outer:
            self.close()
            return
        focus = QApplication.focusWidget()
        self._before = weakref.ref(focus) if focus is not None else None
        if self.help is None:
            self.help = HelpPage(KEYS)
            self.help.closed.connect(self.close)
            self._outer = PageScroll(self.help)
            self._outer.setContentsMargins(24, 16, 24, 16)
            self._bind(self._outer)
            rooms.addWidget(self._outer)
        self.help.show_table(page.title(), _about(page.matter()))
        assert self._outer is not None
        rooms.setCurrentWidget(self._outer)
        self.help.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close(self) -> None:
        """Back to the start page, to what had the focus."""
        rooms, page = self._rooms_ref(), self._page_ref()
        if rooms is None or page is None:
            return
        rooms.setCurrentWidget(page)
        before = self._before() if self._before is not None else None
        wanted = before if before is not None and is_alive(before) else page.first_focus()
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)


def _about(matter: int) -> list[tuple[str, str]]:
    """What there is to tell about a page of the start."""
    if matter == WELCOME:
        return [(words, meaning) for _, _, words, meaning in WAYS]
    return [] if matter == YEAR_PAGE else list(FILLING)
