"""Where the side panel stands: beside the page, folded to a strip, or slid over the page by F8."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.gui.shell.panel_edge import PanelEdge
from app.gui.shell.side_panel import BASIS, PanelStrip, SidePanel
from app.gui.theme import current_theme
from app.gui.widgets.focus_stops import is_alive

if TYPE_CHECKING:
    from app.gui.shell.main_frame import MainFrame

PanelMode = Literal["none", "docked", "closed"]
"""``none``: the page has no panel (首页).

``docked``: beside the page (a strip when narrow); ``closed``: only by F8.
"""


LEAST_PANEL = 280
LEAST_PAGE = 640
"""Pixels the page keeps at least beside a panel that is dragged wider."""


class PanelPlace(QObject):
    """Puts the frame's panel where page and width of the window want it, and gives the focus back.

    Signals:
        extent_chosen: The edge between page and panel was dragged. arg: the panel's width in pixels at text
        size 100 %, 0 for the usual one.
        opened: It is about to slide over the page.
    """

    extent_chosen = Signal(int)
    opened = Signal()

    def __init__(self, frame: MainFrame, middle: QWidget, row: QHBoxLayout) -> None:
        super().__init__(frame)
        self._frame_ref = weakref.ref(frame)  # no cycle: a window goes as soon as nobody holds it
        self._middle = middle
        self._row = row
        self._over_page = False
        self._came_from: QWidget | None = None
        self.mode_shown: PanelMode = "none"
        self.panel = SidePanel()
        self.strip = PanelStrip()
        self._extent = 0
        row.addWidget(self.panel)
        row.addWidget(self.strip)
        self.edge = PanelEdge(middle)
        self.edge.dragged.connect(self._on_dragged)
        self.edge.let_go.connect(self._on_let_go)
        self.panel.close_requested.connect(self.leave)
        self.strip.clicked.connect(self.show_next)

    @property
    def _frame(self) -> MainFrame:
        frame = self._frame_ref()
        assert frame is not None
        return frame

    # ---- where it stands

    def is_shown(self) -> bool:
        """Whether the panel can be seen, docked or over the page."""
        return not self.panel.isHidden()

    def is_over_page(self) -> bool:
        """Whether the panel lies over the page, to be closed by Esc."""
        return self._over_page and self.is_shown()

    def is_beside(self) -> bool:
        """Whether panel or strip take room at the right of the page."""
        docked = not self.panel.isHidden() and self.panel.parentWidget() is self._middle
        return docked or not self.strip.isHidden()

    def fold(self) -> None:
        """Let the panel lie over the page no longer; :meth:`show` then puts it where it belongs."""
        self._over_page = False

    def show(self) -> None:
        """Put the panel where page and window want it."""
        mode = self.mode_shown = self._frame.panel_mode()
        narrow = self._frame.arrangement() == "narrow"
        self.strip.show_counts(self.panel.counts())
        docked = mode == "docked" and not narrow
        self.strip.setVisible(mode == "docked" and narrow)
        self.panel.setFixedWidth(self.across())
        if docked:
            if self.panel.parentWidget() is not self._middle:
                self._row.insertWidget(1, self.panel)
            self.panel.show()
        elif self._over_page and mode != "none":
            if self.panel.parentWidget() is not self._frame:
                self._row.removeWidget(self.panel)
                self.panel.setParent(self._frame)
            self.panel.show()
            self.panel.raise_()
            self.place()
        else:
            self.panel.hide()
        self.edge.setVisible(docked)
        self.place()

    def set_extent(self, width: int) -> None:
        """The width the panel was dragged to, in pixels at text size 100 %; 0 for the usual one."""
        self._extent = width
        self.panel.setFixedWidth(self.across())

    @Slot(int)
    def _on_dragged(self, by: int) -> None:
        theme = current_theme()
        usual = theme.extent("panel")
        most = max(usual, self._middle.width() - LEAST_PAGE)
        wanted = min(max(self.panel.width() - by, theme.px(LEAST_PANEL)), most)
        self._extent = round(wanted / theme.scale)
        self.panel.setFixedWidth(self.across())

    @Slot()
    def _on_let_go(self) -> None:
        self.extent_chosen.emit(self._extent)

    def across(self) -> int:
        """How wide the panel is, in logical pixels."""
        theme = current_theme()
        usual = theme.extent("panel_wide" if self._frame.arrangement() == "wide" else "panel")
        if not self._extent or self._frame.arrangement() == "narrow":
            return usual
        return min(
            max(theme.px(self._extent), theme.px(LEAST_PANEL)), max(usual, self._middle.width() - LEAST_PAGE)
        )

    def place(self) -> None:
        """The window has another size: keep the panel at the right, over the page, its edge beside it."""
        if not self.edge.isHidden():
            self.edge.place_beside(self.panel)
        if self.panel.parentWidget() is self._frame:
            room = self._middle.geometry()
            across = min(self.across(), room.width() - 16)
            self.panel.setFixedWidth(across)
            self.panel.setGeometry(
                QRect(room.right() - across - 8, room.top() + 4, across, room.height() - 12)
            )

    # ---- by key

    def open(self) -> bool:
        """Make the panel visible, over the page if need be; False where the page has none."""
        if self._frame.panel_mode() == "none":
            return False
        focus = QApplication.focusWidget()
        if focus is not None and not self.panel.isAncestorOf(focus):
            self._came_from = focus
        if not self.is_shown():
            self._over_page = True
            self.opened.emit()
            self._frame.fit_panel()
        return True

    @Slot()
    def show_next(self) -> None:
        """F8: the next finding has the focus."""
        self._step(1)

    @Slot()
    def show_previous(self) -> None:
        """Shift F8: the finding before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self.open():
            self.panel.step_finding(step)
            return
        ask = getattr(self._frame.inner_page(), "focus_findings", None)
        if callable(ask):
            ask()

    def show_finding(self, finding_id: str) -> bool:
        """Come back to a finding's card; False when it is listed no more."""
        came_from = self._came_from
        if not self.panel.has_finding(finding_id) or not self.open():
            return False
        self._came_from = came_from  # the field jumped to is not where one came from
        return self.panel.focus_finding(finding_id)

    def show_why(self) -> None:
        """F4: the first note of 依据 has the focus."""
        if self.open():
            self.panel.show_tab(BASIS)
            self.panel.focus_note()

    @Slot()
    def leave(self) -> None:
        """Esc in the panel: back to where the focus was; what lies over the page goes away."""
        back, self._came_from = self._came_from, None
        if self._over_page:
            self._over_page = False
            self._frame.fit_panel()
        if back is not None and is_alive(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._frame.focus_page()
