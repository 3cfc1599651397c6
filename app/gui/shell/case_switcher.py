"""Which case is open: union, year and kind; a click opens the list of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from app.gui.icons import icon, paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.painted import fill_round, start_painting


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case in the list: its id, the union's short name, 2026 年度 · 工资专项."""

    id: str
    union: str
    cycle: str


class CaseSwitcher(QAbstractButton):
    """A button with two lines; narrow: only the seal and a chevron.

    Signals:
        case_requested: A case was chosen. arg: its id.
        action_requested: One of the actions below the list was chosen. arg: its id.
    """

    case_requested = Signal(str)
    action_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = CaseEntry("", "", "")
        self._entries: tuple[CaseEntry, ...] = ()
        self._actions: tuple[ActionView, ...] = ()
        self._practice = False
        self._narrow = False
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._on_triggered)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)
        self.show_case(self._entry)

    def show_case(self, entry: CaseEntry, *, practice: bool = False) -> None:
        """Show which case is open; a practice case says 练习."""
        self._entry = entry
        self._practice = practice
        self.setAccessibleName(f"案卷：{entry.union} {entry.cycle}" if entry.union else "还没有打开案卷")
        self.setToolTip(f"{entry.union}\n{entry.cycle}".strip())
        self._build_menu()
        self.update()

    def set_cases(self, entries: Sequence[CaseEntry], actions: Sequence[ActionView] = ()) -> None:
        """What the list offers, and actions below it (新建案卷)."""
        self._entries = tuple(entries)
        self._actions = tuple(actions)
        self._build_menu()

    def set_narrow(self, narrow: bool) -> None:
        """Show the seal and a chevron only."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def menu_of_cases(self) -> QMenu:
        """The list; for tests."""
        return self._menu

    def open_menu(self) -> None:
        """Show the list below the button."""
        if not self._menu.isEmpty():
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _build_menu(self) -> None:
        self._menu.clear()
        for entry in self._entries:
            action = QAction(f"{entry.union}　{entry.cycle}".replace("&", "&&"), self._menu)
            action.setData(("case", entry.id))
            if entry.id == self._entry.id:
                action.setIcon(icon("check", "ink1"))
            self._menu.addAction(action)
        if self._entries and self._actions:
            self._menu.addSeparator()
        for way in self._actions:
            action = QAction(way.label, self._menu)
            action.setData(("action", way.id))
            if way.icon:
                action.setIcon(icon(way.icon))
            action.setEnabled(not way.blocked)
            action.setToolTip(way.blocked)
            self._menu.addAction(action)

    def _on_triggered(self, action: QAction) -> None:
        what, chosen = action.data()
        if what == "case":
            if chosen != self._entry.id:
                self.case_requested.emit(chosen)
        else:
            self.action_requested.emit(chosen)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(80), theme.px(36 if self._narrow else 56))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        side = theme.px(16)
        if self._narrow:
            if self.underMouse():
                fill_round(painter, area, theme.radius("popup"), theme.colour("hover"))
            seal = theme.px(28)
            top = (area.height() - seal) / 2
            paint_icon(painter, QRectF(theme.px(10), top, seal, seal), "seal", "accent")
            chevron = QRectF(area.width() - side - 4, (area.height() - side) / 2, side, side)
            paint_icon(painter, chevron, "chevron_down")
            return
        fill = theme.colour("hover" if self.underMouse() else "surface")
        fill_round(painter, area, theme.radius("popup"), fill, theme.colour("line2"))
        left, row = 10, theme.px(21)
        top = (area.height() - 2 * row) / 2
        room = int(area.width() - 2 * left)
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("ink1"))
        name = ("练习 · " if self._practice else "") + (self._entry.union or "还没有案卷")
        words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room - side - 4)
        painter.drawText(QRectF(left, top, room, row), flags, words)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        words = painter.fontMetrics().elidedText(self._entry.cycle, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, top + row, room, row), flags, words)
        chevron = QRectF(area.width() - side - 8, top + (row - side) / 2, side, side)
        paint_icon(painter, chevron, "chevron_down")
