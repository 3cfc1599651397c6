"""The window's frame: navigation, page head, inner steps, pages, side panel, status bar, and their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.gui.shell.nav import Nav
from app.gui.shell.page_head import PageHead
from app.gui.shell.side_panel import PanelStrip, SidePanel
from app.gui.shell.status_bar import StatusBar
from app.gui.theme import current_theme
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.failure_sheet import FailureSheet, FailureView
from app.gui.widgets.focus_ring import FocusRing
from app.gui.widgets.focus_stops import focus_stops, is_alive
from app.gui.widgets.page_scroll import GUTTER, PageScroll
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.step_tabs import StepTabs
from app.gui.widgets.undo_bar import UndoBar

SMALLEST = (1024, 520)
NARROW_BELOW = 1280
WIDE_FROM = 1600

PanelMode = Literal["none", "docked", "closed"]
"""``none``: the page has no panel (首页).

``docked``: beside the page (a strip when narrow); ``closed``: only by F8.
"""


@dataclass(frozen=True, slots=True)
class _Page:
    outer: QWidget
    page: QWidget
    panel: PanelMode


class MainFrame(Painted):
    """Assembles the shell; free of business.

    Signals:
        page_requested: Nav, or Ctrl 0…9. arg: the page's id. The window decides and calls ``show_page``.
        action_requested: A button of the page head, Ctrl Enter included. arg: the action's id.
        undo_requested, redo_requested: Ctrl Z, Ctrl Y, 撤销.
        step_requested: An inner step was chosen. arg: its id.
        help_requested: F1. search_requested: Ctrl K (the search box has the focus). searched,
        search_chosen: its words.
        attach_requested: Ctrl U. print_requested: Ctrl P. restore_point_requested: Ctrl S.
        origin_requested: F4 on something that does not handle it itself.
        jump_requested, explain_requested, article_requested: From the side panel. arg: the finding's id.
        status_clicked: A cell of the status bar. arg: its place.
        failure_way_chosen: A button of the failure sheet. arg: the way's id. failure_record_requested:
        看详细记录.
        case_requested, case_action_requested: From the case switcher. arg: id.
        arrangement_changed: The window became narrow, middle or wide. arg: which.
    """

    page_requested = Signal(str)
    action_requested = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()
    step_requested = Signal(str)
    help_requested = Signal()
    search_requested = Signal()
    searched = Signal(str)
    search_chosen = Signal(str)
    attach_requested = Signal()
    print_requested = Signal()
    restore_point_requested = Signal()
    origin_requested = Signal()
    jump_requested = Signal(str)
    explain_requested = Signal(str)
    article_requested = Signal(str)
    status_clicked = Signal(str)
    failure_way_chosen = Signal(str)
    failure_record_requested = Signal()
    case_requested = Signal(str)
    case_action_requested = Signal(str)
    arrangement_changed = Signal(str)

    def __init__(self, nav: Nav | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(*SMALLEST)
        self._pages: dict[str, _Page] = {}
        self._current = ""
        self._arrangement = ""
        self._over_page = False
        self._mode_shown: PanelMode = "none"
        self._came_from: QWidget | None = None
        self.nav = nav or Nav()
        self.head = PageHead()
        self.steps = StepTabs()
        self.panel = SidePanel()
        self.strip = PanelStrip()
        self.status = StatusBar()
        self.failure: FailureSheet | None = None
        self._stack = QStackedWidget()
        self.undo_bar = UndoBar(self)
        self._build()
        self._connect()
        self._make_keys()
        self.ring = FocusRing(self)
        self._show_panel()

    # ---- building

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.nav)
        column = QVBoxLayout()
        column.setSpacing(0)
        across.addLayout(column, 1)
        column.addWidget(self.head)
        self._steps_row = QHBoxLayout()
        self._steps_row.addWidget(self.steps)
        column.addLayout(self._steps_row)
        self.steps.hide()
        self._failure_row = QHBoxLayout()
        column.addLayout(self._failure_row)
        self._middle = QWidget()
        self._middle_row = QHBoxLayout(self._middle)
        self._middle_row.setSpacing(16 - GUTTER)
        self._middle_row.addWidget(self._stack, 1)
        self._middle_row.addWidget(self.panel)
        self._middle_row.addWidget(self.strip)
        column.addWidget(self._middle, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        self.nav.page_requested.connect(self.page_requested)
        self.nav.case_requested.connect(self.case_requested)
        self.nav.case_action_requested.connect(self.case_action_requested)
        self.head.action_requested.connect(self.action_requested)
        self.head.undo_requested.connect(self.undo_requested)
        self.head.help_requested.connect(self.help_requested)
        self.head.searched.connect(self.searched)
        self.head.search_chosen.connect(self.search_chosen)
        self.steps.step_requested.connect(self.step_requested)
        self.panel.jump_requested.connect(self._on_jump)
        self.panel.explain_requested.connect(self.explain_requested)
        self.panel.article_requested.connect(self.article_requested)
        self.panel.close_requested.connect(self._on_panel_left)
        self.strip.clicked.connect(self._on_next_finding)
        self.status.cell_clicked.connect(self.status_clicked)
        self.undo_bar.undo_requested.connect(self.undo_requested)

    def _make_keys(self) -> None:
        control = Qt.KeyboardModifier.ControlModifier
        shift = Qt.KeyboardModifier.ShiftModifier
        for keys, slot in (
            (QKeySequence(Qt.Key.Key_F1), self.help_requested.emit),
            (QKeySequence(Qt.Key.Key_F4), self._on_origin),
            (QKeySequence(Qt.Key.Key_F6), self._on_next_region),
            (QKeySequence(shift | Qt.Key.Key_F6), self._on_previous_region),
            (QKeySequence(Qt.Key.Key_F8), self._on_next_finding),
            (QKeySequence(shift | Qt.Key.Key_F8), self._on_previous_finding),
            (QKeySequence(control | Qt.Key.Key_Return), self._on_primary),
            (QKeySequence(control | Qt.Key.Key_Enter), self._on_primary),
            (QKeySequence(control | Qt.Key.Key_K), self._on_search),
            (QKeySequence(control | Qt.Key.Key_S), self.restore_point_requested.emit),
            (QKeySequence(control | Qt.Key.Key_P), self.print_requested.emit),
            (QKeySequence(control | Qt.Key.Key_U), self.attach_requested.emit),
            (QKeySequence(control | Qt.Key.Key_Z), self.undo_requested.emit),
            (QKeySequence(control | Qt.Key.Key_Y), self.redo_requested.emit),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.activated.connect(slot)
        for page in self.nav.pages():
            key = self.nav.button(page).item.key
            if key:
                shortcut = QShortcut(QKeySequence(f"Ctrl+{key}"), self)
                shortcut.setProperty("page", page)
                shortcut.activated.connect(self._on_page_key)

    # ---- pages

    def add_page(
        self, page_id: str, page: QWidget, *, panel: PanelMode = "docked", scrolls: bool = True
    ) -> None:
        """Put a page into the stack.

        It scrolls as a whole when it is higher than its room, unless it does so itself.
        """
        if page_id in self._pages:
            raise ValueError(f"page already there: {page_id}")
        outer: QWidget = page
        if scrolls:
            outer = PageScroll(page)
        self._pages[page_id] = _Page(outer, page, panel)
        self._stack.addWidget(outer)

    def show_page(self, page_id: str, *, focus: bool = True) -> None:
        """Show a page and mark it in the navigation; KeyError when it was not added.

        ``focus``: it goes to the next thing to fill (see :meth:`focus_page`).
        """
        entry = self._pages[page_id]
        self._current = page_id
        self._over_page = False
        self._stack.setCurrentWidget(entry.outer)
        self.nav.set_current(page_id)
        self._show_panel()
        if focus:
            self.focus_page()

    def focus_page(self) -> None:
        """Focus the first field of the page that is empty, else its primary button, else its first stop.

        A page may know better: a method ``first_focus() -> QWidget | None`` is asked before.
        """
        entry = self._pages.get(self._current)
        if entry is None:
            return
        ask = getattr(entry.page, "first_focus", None)
        wanted = ask() if callable(ask) else None
        if wanted is None:
            editors = [
                editor for editor in entry.page.findChildren(FieldEditor) if editor.isVisibleTo(entry.page)
            ]
            open_ones = (
                editor for editor in editors if editor.value() == editor.empty and not editor.is_read_only()
            )
            wanted = next(open_ones, None) or self.head.primary or next(iter(focus_stops(entry.outer)), None)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_page(self) -> str:
        """The id of the page shown."""
        return self._current

    def page(self, page_id: str) -> QWidget:
        """A page by its id."""
        return self._pages[page_id].page

    def page_ids(self) -> tuple[str, ...]:
        """All pages, in the order they were added."""
        return tuple(self._pages)

    def reveal(self, part: QWidget) -> None:
        """Scroll the page so that ``part`` is seen."""
        entry = self._pages.get(self._current)
        if entry is not None and isinstance(entry.outer, QScrollArea):
            entry.outer.ensureWidgetVisible(part, 24, 48)

    def show_steps(self, *, visible: bool) -> None:
        """Show or hide the row of inner steps (fill it by ``frame.steps.set_steps``)."""
        self.steps.setVisible(visible)
        self._fit_margins()

    # ---- failure and undo

    def show_failure(self, failure: FailureView) -> FailureSheet:
        """Show a failure at the top of the page until :meth:`clear_failure`.

        The focus goes to its first way out.
        """
        self.clear_failure()
        sheet = FailureSheet(failure)
        sheet.way_chosen.connect(self.failure_way_chosen)
        sheet.record_requested.connect(self.failure_record_requested)
        sheet.closed.connect(self.clear_failure)
        self.failure = sheet
        self.head.set_quiet(True)
        self._failure_row.addWidget(sheet)
        sheet.show()
        self._fit_margins()
        sheet.focus_first_way()
        return sheet

    def clear_failure(self) -> None:
        """The failure is solved."""
        if self.failure is not None:
            self._failure_row.removeWidget(self.failure)
            self.failure.hide()
            self.failure.deleteLater()
            self.failure = None
            self.head.set_quiet(False)
            self._fit_margins()

    def show_undo(self, words: str) -> None:
        """The dark bar: 已移除“送达回执”."""
        self.undo_bar.show_done(words)
        self._place_undo()

    def hide_undo(self) -> None:
        """The next edit came."""
        self.undo_bar.hide()

    # ---- panel

    def panel_mode(self) -> PanelMode:
        """Which panel the page shown wants: it says so itself (``panel_mode()``), else as it was added."""
        entry = self._pages.get(self._current)
        if entry is None:
            return "none"
        ask = getattr(self._inner(), "panel_mode", None)
        said = ask() if callable(ask) else entry.panel
        return said if said in ("docked", "closed") else "none"

    def refresh_panel(self) -> None:
        """The page went to another step, which may want another panel."""
        mode = self.panel_mode()
        if mode != self._mode_shown:
            self._over_page = False
            self._show_panel()

    def refresh_counts(self) -> None:
        """Tell the strip how many findings the panel lists; call it after ``panel.show_findings``."""
        self.strip.show_counts(self.panel.counts())

    def is_panel_shown(self) -> bool:
        """Whether the panel can be seen, docked or over the page."""
        return not self.panel.isHidden()

    def _show_panel(self) -> None:
        mode = self._mode_shown = self.panel_mode()
        narrow = self._arrangement == "narrow"
        self.refresh_counts()
        docked = mode == "docked" and not narrow
        self.strip.setVisible(mode == "docked" and narrow)
        if docked:
            if self.panel.parentWidget() is not self._middle:
                self._middle_row.insertWidget(1, self.panel)
            self.panel.show()
        elif self._over_page and mode != "none":
            if self.panel.parentWidget() is not self:
                self._middle_row.removeWidget(self.panel)
                self.panel.setParent(self)
            self.panel.show()
            self.panel.raise_()
            self._place_panel()
        else:
            self.panel.hide()
        self.panel.setFixedWidth(
            current_theme().extent("panel_wide" if self._arrangement == "wide" else "panel")
        )
        self._fit_margins()

    def _place_panel(self) -> None:
        if self.panel.parentWidget() is self:
            place = self._middle.geometry()
            across = self.panel.width() or current_theme().extent("panel")
            self.panel.setGeometry(
                QRect(place.right() - across - 8, place.top() + 4, across, place.height() - 12)
            )

    def _step_finding(self, step: int) -> None:
        if self.panel_mode() == "none":
            return
        focus = QApplication.focusWidget()
        if focus is not None and not self.panel.isAncestorOf(focus):
            self._came_from = focus
        if not self.is_panel_shown():
            self._over_page = True
            self._show_panel()
        self.panel.step_finding(step)

    def _on_next_finding(self) -> None:
        self._step_finding(1)

    def _on_previous_finding(self) -> None:
        self._step_finding(-1)

    def _on_panel_left(self) -> None:
        back, self._came_from = self._came_from, None
        if self._over_page:
            self._over_page = False
            self._show_panel()
        if back is not None and is_alive(back):
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_jump(self, finding_id: str) -> None:
        if self._over_page:
            self._over_page = False
            self._show_panel()
        self.jump_requested.emit(finding_id)

    # ---- keys

    def _on_page_key(self) -> None:
        sender = self.sender()
        if isinstance(sender, QObject):
            self.page_requested.emit(str(sender.property("page")))

    def _on_primary(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()  # hands on what is being typed first
            self._press_primary()
            if is_alive(focus) and QApplication.focusWidget() is None:
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._press_primary()

    def _press_primary(self) -> None:
        """The red button of the head; where there is none, the one the page itself carries."""
        if self.head.primary is not None:
            self.head.press_primary()
            return
        ask = getattr(self._inner(), "primary", None)
        button = ask() if callable(ask) else None
        if isinstance(button, QAbstractButton) and button.isVisible() and button.isEnabled():
            button.click()

    def _on_origin(self) -> None:
        """F4: what the part with the focus did not keep for itself goes to the page."""
        show = getattr(self._inner(), "show_origin", None)
        if callable(show):
            show()
        self.origin_requested.emit()

    def _inner(self) -> QWidget | None:
        """The page shown, or what its holder holds."""
        entry = self._pages.get(self._current)
        if entry is None:
            return None
        held = getattr(entry.page, "page", None)
        return held if isinstance(held, QWidget) else entry.page

    def _on_search(self) -> None:
        self.head.open_search()
        self.search_requested.emit()

    def regions(self) -> list[QWidget]:
        """What F6 walks: navigation, head, steps, failure, page, panel or strip, status bar.

        Only what can be seen.
        """
        entry = self._pages.get(self._current)
        wanted = [self.nav, self.head, self.steps, self.failure, entry.outer if entry else None]
        wanted += [self.panel, self.strip, self.status]
        return [
            region for region in wanted if region is not None and region.isVisible() and focus_stops(region)
        ]

    def _walk_regions(self, step: int) -> None:
        regions = self.regions()
        if not regions:
            return
        focus = QApplication.focusWidget()
        at = next(
            (
                i
                for i, region in enumerate(regions)
                if focus and (region is focus or region.isAncestorOf(focus))
            ),
            None,
        )
        target = regions[0 if at is None else (at + step) % len(regions)]
        stops = focus_stops(target)
        proxy = target.focusProxy()
        wanted = proxy if proxy in stops else stops[0]
        assert wanted is not None
        wanted.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_next_region(self) -> None:
        self._walk_regions(1)

    def _on_previous_region(self) -> None:
        self._walk_regions(-1)

    # ---- arrangement

    def arrangement(self) -> str:
        """``narrow`` (below 1280), ``middle`` or ``wide`` (from 1600)."""
        return self._arrangement

    def _arrange(self, across: int) -> None:
        fresh = "narrow" if across < NARROW_BELOW else "wide" if across >= WIDE_FROM else "middle"
        if fresh == self._arrangement:
            return
        self._arrangement = fresh
        # At 125 % the window keeps its names: only a window that is narrow by itself shortens them.
        self.nav.set_extent({"narrow": "nav_narrow", "middle": "nav", "wide": "nav_wide"}[fresh])
        self._over_page = False
        self._show_panel()
        self._fit_margins()
        self.arrangement_changed.emit(fresh)

    def margin(self) -> int:
        """The page's margin: 24, 16 when narrow, 32 when wide."""
        theme = current_theme()
        if self._arrangement == "narrow":
            return theme.space("large")
        return theme.space("page_wide" if self._arrangement == "wide" else "page")

    def _fit_margins(self) -> None:
        side = self.margin()
        self.head.set_margin(side)
        self._steps_row.setContentsMargins(side, 0, side, 0)
        above = 12 if self.failure is not None and not self.steps.isHidden() else 0
        self._failure_row.setContentsMargins(side, above, side, 0 if self.failure is None else 4)
        top = 12 if not self.steps.isHidden() else 8 if self.failure is not None else 0
        beside = not self.strip.isHidden() or (
            not self.panel.isHidden() and self.panel.parentWidget() is self._middle
        )
        # Without a panel at its right the page's own scroll gutter lies in the margin.
        self._middle_row.setContentsMargins(side, top, side if beside else side - GUTTER, 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())
        self._place_undo()
        self._place_panel()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._arrangement:
            self._show_panel()
            self.strip.retheme()
            self._fit_margins()

    def _place_undo(self) -> None:
        left = self.nav.width() + self.margin()
        room = self.width() - left - self.margin()
        self.undo_bar.resize(min(max(self.undo_bar.sizeHint().width(), 340), room), current_theme().px(40))
        self.undo_bar.move(left, self.height() - self.status.height() - self.undo_bar.height() - 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        start_painting(self).fillRect(self.rect(), current_theme().colour("bg"))
