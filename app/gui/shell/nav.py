"""The navigation at the left: seal, case switcher, 首页, the seven stages on a rail, 资料与上报, 设置."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.gui.icons import paint_icon
from app.gui.shell.case_switcher import CaseEntry, CaseSwitcher
from app.gui.shell.nav_item import NavButton, NavItem
from app.gui.theme import current_theme
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.step_tabs import WALKING_KEYS
from app.gui.widgets.text import Text

STAGES = "七个阶段"
MATERIALS = "资料与上报"
BOTTOM = "bottom"

NAV_ITEMS: tuple[NavItem, ...] = (
    NavItem(page="home", label="首页", short="首页", icon="home", key="0"),
    NavItem(page="survey", label="意愿调查", short="调查", number=1, group=STAGES, key="1"),
    NavItem(page="representatives", label="协商代表", short="代表", number=2, group=STAGES, key="2"),
    NavItem(page="offer", label="要约与应约", short="要约", number=3, group=STAGES, key="3"),
    NavItem(page="meetings", label="协商会议", short="会议", number=4, group=STAGES, key="4"),
    NavItem(page="congress", label="职代会审议", short="审议", number=5, group=STAGES, key="5"),
    NavItem(page="filing", label="签订与报审备案", short="签订", number=6, group=STAGES, key="6"),
    NavItem(page="fulfilment", label="履约检查", short="履约", number=7, group=STAGES, key="7"),
    NavItem(page="evidence", label="材料与证据", short="材料", icon="folder", group=MATERIALS, key="8"),
    NavItem(page="statistics", label="统计与报送", short="报送", icon="chart", group=MATERIALS, key="9"),
    NavItem(page="law", label="检查与依据", short="依据", icon="scales", group=MATERIALS),
    NavItem(page="settings", label="设置", short="设置", icon="settings", group=BOTTOM),
)
"""The navigation of look.md §3; the window may hand in another table."""


class _Mark(Painted):
    """The red seal."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = current_theme().px(28)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(start_painting(self), QRectF(self.rect()), "seal", "accent")


class Nav(Painted):
    """Drawn from a table of entries; nothing is greyed out.

    Signals:
        page_requested: An entry was chosen. arg: the page's id.
        case_requested: Another case was chosen. arg: its id.
        case_action_requested: An action below the cases was chosen. arg: its id.
    """

    page_requested = Signal(str)
    case_requested = Signal(str)
    case_action_requested = Signal(str)

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(
        self,
        items: Sequence[NavItem] = NAV_ITEMS,
        *,
        name: str = "集体协商工作台",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._gone = False
        self._buttons: dict[str, NavButton] = {}
        self._labels: list[Text] = []
        self._lines: list[QWidget] = []
        self._narrow = False
        self._extent = ""
        self._current = ""
        self.setAccessibleName("导航")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(13, 13, 8, 9)
        head.setSpacing(8)
        head.addWidget(_Mark())
        head.addWidget(Text(name, "strong", elide=True), 1)
        column.addWidget(self._head)
        self.switcher = CaseSwitcher()
        self._switcher_row = QHBoxLayout()
        self._switcher_row.addWidget(self.switcher)
        column.addLayout(self._switcher_row)
        self.switcher.case_requested.connect(self.case_requested)
        self.switcher.action_requested.connect(self.case_action_requested)
        inner = QWidget()
        inner.setProperty("scrolled", True)
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 6, 0, 4)
        self._list.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        column.addWidget(self._scroll, 1)
        self._bottom = QVBoxLayout()
        self._bottom.setContentsMargins(0, 0, 0, 8)
        column.addLayout(self._bottom)
        self.set_items(items)
        self.set_extent("nav")

    def set_items(self, items: Sequence[NavItem]) -> None:
        """Draw another table of entries."""
        for layout in (self._list, self._bottom):
            while layout.count():
                entry = layout.takeAt(0)
                widget = entry.widget() if entry is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self._buttons, self._labels, self._lines = {}, [], []
        group = ""
        numbers = [item.number for item in items if item.number]
        for item in items:
            if item.group not in (group, BOTTOM):
                group = item.group
                self._add_label(group)
            is_first = item.number == min(numbers, default=0)
            button = NavButton(item, first=is_first, last=item.number == max(numbers, default=0))
            button.clicked.connect(self._on_clicked)
            button.installEventFilter(self)  # before the scroll area takes the arrows
            self._buttons[item.page] = button
            (self._bottom if item.group == BOTTOM else self._list).addWidget(button)
        self._list.addStretch(1)
        self._show_narrow()

    def _add_label(self, words: str) -> None:
        label = Text(words, ink="ink2")
        label.setContentsMargins(20, 0, 0, 0)
        line = QWidget()
        row = QVBoxLayout(line)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(Hairline(token="line2"))
        self._labels.append(label)
        self._lines.append(line)
        self._list.addWidget(label)
        self._list.addWidget(line)

    def set_current(self, page: str) -> None:
        """Mark the page that is shown."""
        self._current = page
        for key, button in self._buttons.items():
            button.setChecked(key == page)
        if page in self._buttons:
            self.setFocusProxy(self._buttons[page])
            if self._buttons[page].item.group != BOTTOM:
                self._scroll.ensureWidgetVisible(self._buttons[page], 0, 8)

    def set_state(self, page: str, state: str = "", remark: str = "", *, urgent: bool = False) -> None:
        """The state of an entry (stages: done, now, later) and its remark.

        KeyError for a page not in the table.
        """
        self._buttons[page].show_state(state, remark, urgent=urgent)

    def button(self, page: str) -> NavButton:
        """The entry of a page."""
        return self._buttons[page]

    def pages(self) -> tuple[str, ...]:
        """The pages of the table, in order."""
        return tuple(self._buttons)

    def show_case(self, entry: CaseEntry, *, practice: bool = False) -> None:
        """Which case is open."""
        self.switcher.show_case(entry, practice=practice)

    def set_cases(self, entries: Sequence[CaseEntry], actions: Sequence[ActionView] = ()) -> None:
        """What the case list offers."""
        self.switcher.set_cases(entries, actions)

    def set_extent(self, extent: str) -> None:
        """``nav``, ``nav_wide`` or ``nav_narrow``."""
        self._extent = extent
        self._narrow = extent == "nav_narrow"
        self._show_narrow()
        self.retheme()

    def is_narrow(self) -> bool:
        """Whether only two-character names are shown."""
        return self._narrow

    def _show_narrow(self) -> None:
        self._head.setVisible(not self._narrow)
        for label in self._labels:
            label.setVisible(not self._narrow)
        for line in self._lines:
            line.setVisible(self._narrow)
        for button in self._buttons.values():
            button.set_narrow(self._narrow)
        self.switcher.set_narrow(self._narrow)
        side = 8 if self._narrow else 12
        self._switcher_row.setContentsMargins(side, 8 if self._narrow else 0, side, 0)

    def retheme(self) -> None:
        theme = current_theme()
        if self._extent:
            self.setFixedWidth(theme.extent(self._extent))
        for label in self._labels:
            label.setFixedHeight(theme.tight_height("nav_label"))
        super().retheme()

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, NavButton):
            self.set_current(self._current)  # only the window marks another page
            self.page_requested.emit(sender.item.page)

    def _walk(self, button: NavButton, key: int) -> bool:
        """Arrows, Home and End walk the entries, Enter opens; False for any other key."""
        buttons = list(self._buttons.values())
        at = buttons.index(button)
        targets = {
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(buttons) - 1,
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.page_requested.emit(button.item.page)
        elif key in targets:
            target = targets[Qt.Key(key)]
            if 0 <= target < len(buttons):
                buttons[target].setFocus(Qt.FocusReason.TabFocusReason)
                self._scroll.ensureWidgetVisible(buttons[target], 0, 8)
        else:
            return key in WALKING_KEYS
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            not self._gone
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, NavButton)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return self._walk(watched, event.key())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        painter.fillRect(self.rect(), theme.colour("nav"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("line2"))
