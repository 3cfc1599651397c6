"""The window's frame: navigation, page head, inner steps, pages, side panel, status bar, and their keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.gui.shell.frame_keys import FrameKeys
from app.gui.shell.kept_focus import KeptFocus
from app.gui.shell.nav import Nav
from app.gui.shell.page_head import PageHead
from app.gui.shell.panel_place import PanelMode, PanelPlace
from app.gui.shell.status_bar import StatusBar
from app.gui.theme import current_theme
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.failure_sheet import FailureSheet, FailureView
from app.gui.widgets.focus_ring import FocusRing
from app.gui.widgets.focus_stops import focus_stops
from app.gui.widgets.page_scroll import GUTTER, PageScroll
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.reading_order import go_on
from app.gui.widgets.step_tabs import StepTabs
from app.gui.widgets.undo_bar import UndoBar

SMALLEST = (1024, 520)
NARROW_BELOW = 1280
WIDE_FROM = 1600

__all__ = ["MainFrame", "PanelMode"]


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
        escape_requested: Esc that no part of the page wanted.
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
    escape_requested = Signal()
    arrangement_changed = Signal(str)

    def __init__(self, nav: Nav | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(*SMALLEST)
        self._pages: dict[str, _Page] = {}
        self._current = ""
        self._arrangement = ""
        self.nav = nav or Nav()
        self.head = PageHead()
        self.steps = StepTabs()
        self.status = StatusBar()
        self.failure: FailureSheet | None = None
        self._stack = QStackedWidget()
        self.undo_bar = UndoBar(self)
        self._build()
        self._connect()
        self.keys = FrameKeys(self)
        self.kept_focus = KeptFocus(self)
        self.ring = FocusRing(self)
        self.fit_panel()

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
        self.panel_place = PanelPlace(self, self._middle, self._middle_row)
        self.panel, self.strip = self.panel_place.panel, self.panel_place.strip
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
        self.status.cell_clicked.connect(self.status_clicked)
        self.undo_bar.undo_requested.connect(self.undo_requested)
        self.undo_bar.redo_requested.connect(self.redo_requested)

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
        self._make_room(entry.outer)
        self._stack.setCurrentWidget(entry.outer)
        self.nav.set_current(page_id)
        if focus:
            self.focus_page()
            self._show_top()

    def _show_top(self) -> None:
        """A page is opened at its top, or where the next field to fill can be seen."""
        outer, wanted = self.shown_page(), QApplication.focusWidget()
        room: QWidget | None = self.inner_page()
        while room is not None and room is not self and not isinstance(room, PageScroll):
            room = room.parentWidget()
        if isinstance(room, PageScroll):
            room.verticalScrollBar().setValue(0)
        field = wanted
        while field is not None and field is not outer and not isinstance(field, FieldEditor):
            field = field.parentWidget()
        if wanted is not None and isinstance(field, FieldEditor):
            self.reveal(wanted)

    def _make_room(self, page: QWidget) -> None:
        """Give the room of the pages its size before ``page`` comes into it: it is laid out only once."""
        left = self._stack.currentWidget()
        focus = QApplication.focusWidget()
        if left is not None and left is not page:
            if focus is not None and left.isAncestorOf(focus):
                focus.clearFocus()  # hands on what is being typed; nothing else takes it over
            left.hide()
        self.panel_place.fold()
        self.fit_panel()
        self._place_panel()

    def _place_panel(self) -> None:
        """Let panel and page have their new widths at once."""
        frame = self.layout()
        if frame is not None:
            frame.activate()
        self._middle_row.activate()

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

    def inner_page(self) -> QWidget | None:
        """The page shown, or what its holder holds."""
        entry = self._pages.get(self._current)
        if entry is None:
            return None
        held = getattr(entry.page, "page", None)
        return held if isinstance(held, QWidget) else entry.page

    def shown_page(self) -> QWidget | None:
        """The room of the page shown, its scroll area included."""
        entry = self._pages.get(self._current)
        return entry.outer if entry is not None else None

    def page_ids(self) -> tuple[str, ...]:
        """All pages, in the order they were added."""
        return tuple(self._pages)

    def reveal(self, part: QWidget) -> None:
        """Scroll the page so that ``part`` is seen."""
        step = part.parentWidget()
        while step is not None and step is not self:
            if isinstance(step, QScrollArea):
                step.ensureWidgetVisible(part, 24, 48)
            step = step.parentWidget()

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

    def show_undo(self, words: str, *, redo: bool = False) -> None:
        """The dark bar: 已移除“送达回执” 撤销, or what was taken back and 重做."""
        self.undo_bar.show_done(words, redo=redo)
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
        ask = getattr(self.inner_page(), "panel_mode", None)
        said = ask() if callable(ask) else entry.panel
        return said if said in ("docked", "closed") else "none"

    def refresh_panel(self) -> None:
        """The page went to another step, which may want another panel."""
        if self.panel_mode() != self.panel_place.mode_shown:
            self.panel_place.fold()
            self.fit_panel()
            self._place_panel()

    def fit_panel(self) -> None:
        """Put the panel where page and window want it, and the page's margins with it."""
        self.panel_place.show()
        self._fit_margins()

    def refresh_counts(self) -> None:
        """Tell the strip how many findings the panel lists; call it after ``panel.show_findings``."""
        self.strip.show_counts(self.panel.counts())

    def is_panel_shown(self) -> bool:
        """Whether the panel can be seen, docked or over the page."""
        return self.panel_place.is_shown()

    def _on_jump(self, finding_id: str) -> None:
        if self.panel_place.is_over_page():
            self.panel_place.fold()
            self.fit_panel()
        self.jump_requested.emit(finding_id)

    def regions(self) -> list[QWidget]:
        """What F6 walks, in order."""
        return self.keys.regions()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody wanted: what lies over the page goes, else back through the door one came by."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.panel_place.is_over_page():
            self.panel_place.leave()
        else:
            self.escape_requested.emit()

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
        self.status.set_narrow(fresh == "narrow")
        self.panel_place.fold()
        self.fit_panel()
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
        beside = self.panel_place.is_beside()
        # Without a panel at its right the page's own scroll gutter lies in the margin.
        self._middle_row.setContentsMargins(side, top, side if beside else side - GUTTER, 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())
        self._place_undo()
        self.panel_place.place()

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab: region by region, within a region as one reads."""
        if self.kept_focus.keep():
            return True
        over = [] if self.undo_bar.isHidden() else [self.undo_bar]
        return go_on([*self.keys.shown_regions(), *over], onward) or super().focusNextPrevChild(onward)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._arrangement:
            self.fit_panel()
            self.strip.retheme()
            self._fit_margins()

    def _place_undo(self) -> None:
        left = self.nav.width() + self.margin()
        room = self.width() - left - self.margin()
        self.undo_bar.resize(min(max(self.undo_bar.sizeHint().width(), 340), room), current_theme().px(40))
        self.undo_bar.move(left, self.height() - self.status.height() - self.undo_bar.height() - 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        start_painting(self).fillRect(self.rect(), current_theme().colour("bg"))
