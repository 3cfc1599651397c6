"""设置: who we are, the enterprise, the law on this computer, the library, the look."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.forms.settings import SETTINGS_PAGE
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.step_view import StepView
from app.gui.pages.head_view import HeadView
from app.gui.pages.library_view import LibraryView
from app.gui.pages.look_view import LookView
from app.gui.pages.rules_view import RulesView
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.step_tabs import StepView as TabView
from app.rules.findings import Where

ROSTER, RULES, LIBRARY, LOOK = "roster", "rules", "library", "look"
_OWN = ((ROSTER, "花名册"), (RULES, "规则包"), (LIBRARY, "资料库和备份"), (LOOK, "外观"))


class SettingsPage(QWidget):
    """The steps of ``SETTINGS_PAGE``, then what is not about the case; each is built when first shown.

    Signals:
        door_opened: Go there. arg: a ``Where``, or the tuple (page key, step key).
        head_changed, steps_changed: See ``StagePage``.
        job_started: A long job began. arg: the job.
        law_changed: Another rule pack or year holds now. arg: what was done, in words.
        look_changing: Another look is about to be put on.
        look_chosen: To be remembered. arg: theme, arg: text size.
        left_by_escape: Esc in the page.
    """

    SCROLLS_ITSELF = True

    door_opened = Signal(object)
    head_changed = Signal()
    steps_changed = Signal()
    job_started = Signal(object)
    law_changed = Signal(str)
    look_changing = Signal()
    look_chosen = Signal(str, float)
    left_by_escape = Signal()

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._look: tuple[str, float] | None = None
        self._views: dict[str, QWidget] = {}
        self._outer: dict[str, PageScroll] = {}
        self._current = SETTINGS_PAGE.steps[0].key
        self.setAccessibleName("设置")
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        desk.case_changed.connect(self._on_case_changed)
        self.show_step(self._current)

    # ---- steps

    def tabs(self) -> list[TabView]:
        """The steps as tabs."""
        steps = [(step.key, step.title) for step in SETTINGS_PAGE.steps]
        return [TabView(key, title, "") for key, title in (*steps, *_OWN)]

    def current_step(self) -> str:
        """The key of the step that is shown."""
        return self._current

    def show_step(self, key: str) -> None:
        """Show a step; builds it the first time. KeyError when there is none of that key."""
        if key not in {tab.id for tab in self.tabs()}:
            raise KeyError(key)
        self.commit()
        self._current = key
        self.view(key)
        self._stack.setCurrentWidget(self._outer[key])
        self.steps_changed.emit()

    def view(self, key: str = "") -> QWidget:
        """What a step (by default the one shown) shows; each has ``is_built()``."""
        key = key or self._current
        if key not in self._views:
            made = self._make(key)
            self._views[key] = made
            self._outer[key] = PageScroll(made)
            self._stack.addWidget(self._outer[key])
        return self._views[key]

    def _make(self, key: str) -> QWidget:
        if key == ROSTER:
            from app.gui.pages.roster_view import RosterView  # reads spreadsheets; not needed to start

            roster = RosterView(self._desk, self._ask)
            roster.job_started.connect(self.job_started)
            return roster
        if key == RULES:
            rules = RulesView(self._desk, self._ask)
            rules.brought.law_changed.connect(self.law_changed)
            rules.brought.job_started.connect(self.job_started)
            rules.door_opened.connect(self.door_opened)
            return rules
        if key == LIBRARY:
            library = LibraryView(self._desk, self._ask)
            library.door_opened.connect(self._on_door)
            library.job_started.connect(self.job_started)
            return library
        if key == LOOK:
            look = LookView()
            if self._look is not None:
                look.show_look(*self._look)
            look.look_changing.connect(self.look_changing)
            look.look_chosen.connect(self.look_chosen)
            return look
        step = next(step for step in SETTINGS_PAGE.steps if step.key == key)
        return StepView(step, self._desk, self._ask)

    # ---- what the window asks

    def head(self) -> HeadView:
        """The title; nothing is to be pressed here."""
        words = "只能看，不能改" if self._desk.read_only else "改了就存，不用按保存"
        return HeadView(title="设置", context=words)

    def show_case(self) -> None:
        """Show the case as it is on the desk."""
        for view in self._views.values():
            if isinstance(view, (RulesView, LibraryView)):
                view.show_case()
        self.steps_changed.emit()
        self.head_changed.emit()

    def show_look(self, theme: str, scale: float) -> None:
        """Tell what look is remembered."""
        self._look = (theme, scale)
        view = self._views.get(LOOK)
        if isinstance(view, LookView):
            view.show_look(theme, scale)

    def first_focus(self) -> QWidget | None:
        """The next thing to fill."""
        view = self._views[self._current]
        if isinstance(view, RulesView):
            return view.brought.first_focus()
        return view.first_focus() if isinstance(view, StepView) else None

    def commit(self) -> None:
        """Hand on what is typed."""
        for view in self._views.values():
            if isinstance(view, StepView):
                view.commit()

    def holds(self, where: Where) -> bool:
        """Whether a place is on this page."""
        return self._step_of(where) is not None

    def open_where(self, where: Where) -> QWidget | None:
        """Go to a field; the widget that has the focus then, ``None`` when the place is not here."""
        key = self._step_of(where)
        if key is None:
            return None
        self.show_step(key)
        view = self._views[key]
        if key == ROSTER:
            from app.gui.pages.roster_view import RosterView

            assert isinstance(view, RosterView)
            first = view.first_focus()
            first.setFocus(Qt.FocusReason.TabFocusReason)
            return first
        assert isinstance(view, StepView)
        holding = [each for each in view.step.sections if each.collection == where.collection]
        section = next((each for each in holding if where.fact not in each.leave_out), holding[0])
        shown = view.section_view(section)
        target = shown.focus_fact(where.record_id, where.fact) if shown is not None else None
        if target is not None:
            self._outer[key].ensureWidgetVisible(target, 24, 64)
        return target

    def _step_of(self, where: Where) -> str | None:
        if where.collection == "staff_groups":
            return ROSTER
        for step in SETTINGS_PAGE.steps:
            if any(section.collection == where.collection for section in step.sections):
                return step.key
        return None

    @Slot(object)
    def _on_door(self, where: Where) -> None:
        if self.open_where(where) is None:
            self.door_opened.emit(where)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & {"union", "cycle"}:
            for view in self._views.values():
                if isinstance(view, (RulesView, LibraryView)):
                    view.show_case()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_case()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
            return
        super().keyPressEvent(event)
