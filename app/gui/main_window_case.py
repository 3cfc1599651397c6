"""The room of an open case: the frame's navigation, head, panel and status bar tied to desk and pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.facts import Record
from app.errors import UserError
from app.gui.forms.naming import label_of, record_title
from app.gui.jobs import Job
from app.gui.main_window_aside import AsidePages
from app.gui.main_window_doors import Doors
from app.gui.main_window_failures import Failures
from app.gui.main_window_jobs import JobWatch
from app.gui.main_window_keys import WindowKeys
from app.gui.main_window_look import let_hidden_go
from app.gui.main_window_pages import HOME, PAGES, REPORT, PageHolder
from app.gui.main_window_return import ComingBack
from app.gui.main_window_status import NEW_YEAR, OTHER_LIBRARY, READ_BACKUPS, CaseSurroundings
from app.gui.pages.head_view import HeadView
from app.gui.restore_points import RestorePoints
from app.gui.shell.main_frame import MainFrame
from app.gui.side_panel_content import SidePanelContent
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.step_tabs import StepView
from app.rules.findings import Checkup, Where
from app.usecases.restore_point import RestorePoint

if TYPE_CHECKING:
    from app.gui.ask import Ask
    from app.gui.desk import Desk
    from app.gui.window_memory import WindowMemory
    from app.storage.headings import CaseHeading

PANEL = "panel"


class CaseRoom(QObject):
    """Shows one desk at a time in the frame.

    Signals:
        crashed: Something failed that is nobody's mistake but the program's. arg: the exception.
        year_wanted: 开新年度. library_wanted: 打开别的资料库.
        case_wanted: Another case of the library. arg: its id. record_wanted: 看详细记录.
        law_changed: Another pack or year holds from now on. arg: what is to be said of it.
    """

    crashed = Signal(object)
    year_wanted = Signal()
    library_wanted = Signal()
    case_wanted = Signal(str)
    record_wanted = Signal()
    law_changed = Signal(str)

    def __init__(
        self, frame: MainFrame, ask: Ask, memory: WindowMemory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self.frame = frame
        self.desk: Desk | None = None
        self._ask = ask
        self._content = SidePanelContent(frame, self)
        frame.panel_place.set_extent(memory.extent(PANEL))
        frame.panel_place.extent_chosen.connect(self._on_panel_dragged)
        self._retired: list[QObject] = []
        self.failures = Failures(frame, self)
        self.failures.crashed.connect(self.crashed)
        self.jobs = JobWatch(frame, memory.running, self)
        self.jobs.page_wanted.connect(self._on_job_page)
        self.failures.cancelled.connect(self.jobs.tell)
        self.doors = Doors(self)
        self.coming_back = ComingBack(self)
        self.points = RestorePoints(frame, self)
        self.points.point_set.connect(self._on_point_set)
        self.keys = WindowKeys(self)
        self._head_shown: HeadView | None = None
        self._steps_shown: tuple[str, tuple[StepView, ...], str] | None = None
        self.aside = AsidePages(frame, self)
        self.aside.opened.connect(self._on_aside_opened)
        self.aside.left.connect(self.doors.leave_aside)
        self.aside.door_opened.connect(self.doors.open)
        self.around = CaseSurroundings(frame, self)
        self._holders: dict[str, PageHolder] = {}
        for entry in PAGES:
            holder = PageHolder(entry)
            self._holders[entry.key] = holder
            frame.add_page(entry.key, holder, panel=entry.panel, scrolls=False)
        self._connect()

    def _connect(self) -> None:
        frame = self.frame
        for signal, slot in (
            (frame.page_requested, self._on_nav),
            (frame.step_requested, self._on_step),
            (frame.action_requested, self._on_action),
            (frame.jump_requested, self._on_jump),
            (frame.explain_requested, self._on_explain),
            (frame.article_requested, self._on_article),
            (frame.origin_requested, self._on_origin),
            (frame.escape_requested, self.doors.back),
            (frame.search_requested, self.doors.note_search),
            (frame.panel.note_opened, self._on_note),
            (frame.help_requested, self._on_help),
            (frame.searched, self._on_searched),
            (frame.search_chosen, self.aside.focus_answers),
            (frame.status_clicked, self._on_status),
            (frame.case_requested, self.case_wanted),
            (frame.case_action_requested, self._on_case_action),
            (frame.failure_way_chosen, self.failures.on_way),
            (frame.failure_record_requested, self.record_wanted),
        ):
            signal.connect(slot)

    # ---- the desk

    def show_desk(self, desk: Desk, headings: tuple[CaseHeading, ...]) -> None:
        """Show another case; the pages are made for it anew."""
        self.leave_desk()
        self.desk = desk
        desk.half_typed = self._memory.half_typed(f"{desk.library.library_id}/{desk.case_id}")
        for signal, slot in self._desk_slots(desk):
            signal.connect(slot)
        desk.runner.job_over.connect(self._on_job_over)
        self.failures.show_desk(desk)
        self.around.show_desk(desk, headings)
        self.jobs.show_desk(desk)
        if desk.read_only:
            reason = UserError(
                desk.library.read_only_reason or "这个资料库只能看。",
                "里面的内容都在，一点没动。",
                "要改，就把整个文件夹复制到本机再打开。",
                code="L-113",
            )
            self.failures.show_error(reason, "这个资料库现在只能看，不能改")
        elif desk.program.law_problems:
            self.failures.show_law_trouble(desk.program.law_problems)

    def leave_desk(self) -> None:
        """Let go of the case that is open; what is being typed is handed on before."""
        desk = self.desk
        if desk is None:
            return
        self.commit()
        desk.retire()
        self.desk = None
        for signal, slot in self._desk_slots(desk):
            signal.disconnect(slot)
        desk.runner.job_over.disconnect(self._on_job_over)
        self.around.leave_desk()
        self.doors.forget()
        self.failures.show_desk(None)
        self.frame.hide_undo()
        for holder in self._holders.values():
            page = holder.release()
            if page is not None:
                self._retired.append(page)
        self._retired.append(desk)

    def clear_retired(self) -> None:
        """Delete what was left behind, once no job works for it any more."""
        retired, self._retired = self._retired, []
        for each in filter(shiboken6.isValid, retired):
            each.deleteLater()

    def _desk_slots(self, desk: Desk) -> tuple[tuple[Any, Any], ...]:
        return (
            (desk.case_changed, self._on_case_changed),
            (desk.checked, self._on_checked),
            (desk.saved, self._on_saved),
            (desk.save_failed, self.failures.on_save_failed),
            (desk.record_removed, self._on_removed),
            (desk.taken_in, self.frame.show_undo),
            (desk.step_undone, self.around.show_undone),
            (desk.failed, self.failures.on_failed),
            (desk.region_wanted, self._on_region_wanted),
        )

    def commit(self) -> None:
        """Hand on what is being typed."""
        for holder in self._holders.values():
            commit = getattr(holder.page, "commit", None)
            if callable(commit):
                commit()

    # ---- pages

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page; it is made the first time."""
        if self.desk is None:
            return
        page = self.page(key)
        tabs = getattr(page, "tabs", None)
        self.frame.show_steps(visible=callable(tabs))
        show_case = getattr(page, "show_case", None)
        self._shown = key
        self._aside = True  # told once, below
        if callable(show_case):
            show_case()
        self._aside = False
        self._show_head()
        self._show_steps()
        self.frame.show_page(key)
        self._show_panel()
        self.around.count_for(key if self.frame.panel_mode() == "closed" else "")

    _shown = HOME
    _aside = False  # help or search lie over the page

    def page(self, key: str) -> QWidget:
        """A page, made if need be."""
        assert self.desk is not None
        holder = self._holders[key]
        if holder.page is None:
            page = holder.entry.make(self.desk, self._ask, holder)
            for name, slot in (
                ("door_opened", self.doors.open),
                ("head_changed", self._on_head_changed),
                ("steps_changed", self._on_steps_changed),
                ("job_started", self._on_job_started),
                ("left_by_escape", self._on_left_by_escape),
                ("look_chosen", self._on_look_chosen),
                ("look_changing", self._on_look_changing),
                ("law_changed", self.law_changed),
            ):
                signal = getattr(page, name, None)
                if signal is not None:
                    signal.connect(slot)
            show_look = getattr(page, "show_look", None)
            if callable(show_look):
                show_look(self._memory.theme(), self._memory.scale())
            tell = getattr(page, "tell_broken_off", None)
            if callable(tell):
                tell(self.jobs)
            holder.hold(page)
        assert holder.page is not None
        return holder.page

    def place(self) -> tuple[str, str]:
        """The key of the page that is shown and of its step."""
        current = getattr(self.current(), "current_step", None)
        step = current() if callable(current) else ""
        return self._shown, str(getattr(step, "key", step) or "")

    def current(self) -> QWidget | None:
        """The page that is shown."""
        return self._holders[self._shown].page

    def _show_head(self) -> None:
        if self.frame.current_page() == self._shown:
            self.frame.refresh_panel()
        page = self.current()
        head = getattr(page, "head", None)
        view = head() if callable(head) else HeadView(title=self._holders[self._shown].entry.nav.label)
        if view == self._head_shown:
            return
        self._head_shown = view
        self.frame.head.show_head(
            view.title, chip=view.chip, context=view.context, due=view.due, due_tone=view.due_tone
        )
        self.frame.head.set_actions(view.primary, view.secondary)

    def _show_steps(self) -> None:
        if self.frame.current_page() == self._shown:
            self.frame.refresh_panel()
            closed = self.frame.panel_mode() == "closed"
            self.around.count_for(self._shown if closed else "")
        page = self.current()
        tabs, current = getattr(page, "tabs", None), getattr(page, "current_step", None)
        if callable(tabs):
            step = current() if callable(current) else ""
            shown = (self._shown, tuple(tabs()), str(getattr(step, "key", step) or ""))
            if shown != self._steps_shown:
                self._steps_shown = shown
                self.frame.steps.set_steps(shown[1], shown[2])

    def _show_panel(self) -> None:
        page = getattr(self.current(), "page", None)
        if self.desk is not None:
            self._content.show(self.desk, page if getattr(page, "stage", None) is not None else None)

    @Slot()
    def _on_head_changed(self) -> None:
        if self.sender() is self.current() and not self._aside:
            self._show_head()

    @Slot()
    def _on_steps_changed(self) -> None:
        if self.sender() is self.current() and not self._aside:
            self._show_steps()

    @Slot(str)
    def _on_step(self, key: str) -> None:
        show = getattr(self.current(), "show_step", None)
        if callable(show):
            self._commit_current()
            self.doors.forget()
            show(key)

    @Slot(str)
    def _on_action(self, action: str) -> None:
        do = getattr(self.current(), "do", None)
        if callable(do):
            self.frame.clear_failure()
            do(action)

    # ---- doors

    def open_door(self, door: object) -> None:
        """Go to a ``Where``, or to (page key or stage, step key); Esc comes back."""
        self.doors.open(door)

    def has_page(self, key: str) -> bool:
        """Whether a page of the case has this key (help and search have not)."""
        return key in self._holders

    def shown_key(self) -> str:
        """The key of the page that is shown, or lies below help or search."""
        return self._shown

    @Slot()
    def _on_region_wanted(self) -> None:
        self.doors.open(Where("cycle", "cycle", "region"))

    @Slot(str)
    def _on_nav(self, key: str) -> None:
        self.doors.forget()
        self.aside.forget_search()
        self.frame.head.close_search()
        self.show_page(key)

    @Slot(str)
    def _on_jump(self, key: str) -> None:
        finding = self._content.finding(key)
        if finding is not None:
            self.doors.jump(key, (finding.where, *finding.related), finding.stage)

    @Slot()
    def _on_left_by_escape(self) -> None:
        if self.sender() is self.current():
            self.doors.back()

    @Slot(str)
    def _on_explain(self, key: str) -> None:
        if (finding := self._content.finding(key)) is not None:
            if not hasattr(self.current(), "explain"):
                self._on_jump(key)
            if callable(explain := getattr(self.current(), "explain", None)):
                explain(finding)

    @Slot(str)
    def _on_article(self, _key: str) -> None:
        self.frame.panel.show_tab("basis")

    # ---- what the frame asks

    def _commit_current(self) -> None:
        self.ask_page("commit")

    def ask_page(self, name: str, *arguments: object) -> None:
        """Let the page shown do what it may be able to."""
        do = getattr(self.current(), name, None)
        if callable(do):
            do(*arguments)

    @Slot(object, str)
    def _on_point_set(self, at: datetime, name: str) -> None:
        if self.desk is not None:
            self.around.show_saved(at, self.desk.unsaved(), point=name)
            self._content.read_history_if_shown()

    @Slot(object)
    def _on_note(self, door: object) -> None:
        if not isinstance(door, RestorePoint):
            self.doors.open(door)
        elif self.desk is not None and not self.desk.read_only:
            self._commit_current()
            self.points.go_back(self.desk, door)

    @Slot()
    def _on_help(self) -> None:
        desk = self.desk
        if desk is not None:
            self._commit_current()
            label = self._holders[self._shown].entry.nav.label
            self.aside.show_help(label, self.current(), desk)

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        if self.desk is not None:
            self.aside.show_search(words, self.desk)

    @Slot()
    def _on_aside_opened(self) -> None:
        self.doors.on_aside()
        self._aside = True
        self._head_shown = None

    def show_search_again(self) -> None:
        """Back from an answer to the list it stood in."""
        if self.desk is not None:
            self.aside.show_search_again()

    @Slot()
    def _on_origin(self) -> None:
        """F4: the reasons behind the field or figure that has the focus, in the panel."""
        if self.desk is not None:
            self._content.show_why(QApplication.focusWidget())

    @Slot(str)
    def _on_job_page(self, key: str) -> None:
        if key != self.frame.current_page():
            self.doors.open((key, ""))
        else:
            self.frame.focus_page()

    @Slot(str)
    def _on_status(self, place: str) -> None:
        if place == "help":
            self._on_help()
        elif place == "job":
            self.jobs.go_back()
        elif place == "stick":
            self.doors.open((REPORT, ""))
        elif place in ("pack", "calendar"):
            self.doors.open(("settings", "rules"))
        elif place == "backup":
            self.doors.open(("settings", "library"))

    @Slot(str)
    def _on_case_action(self, action: str) -> None:
        if action == NEW_YEAR:
            self.year_wanted.emit()
        elif action == OTHER_LIBRARY:
            self.library_wanted.emit()

    # ---- what the desk tells

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        self.frame.hide_undo()
        if changed & {"union", "cycle"}:
            self.around.show_case_name()
        if not self._aside and not hasattr(self.current(), "head_changed"):
            self._show_head()

    @Slot(object)
    def _on_checked(self, _checkup: Checkup) -> None:
        self.around.show_nav()
        self._show_panel()

    @Slot(object)
    def _on_saved(self, at: datetime) -> None:
        if self.desk is None:
            return
        left = self.desk.unsaved()
        self.around.show_saved(at, left)
        self.failures.on_saved(left)

    @Slot(str, object)
    def _on_removed(self, collection: str, held: Record) -> None:
        if self.desk is not None:
            title = record_title(self.desk.case, held)
            named = title if title.startswith(held.LABEL) else f"{label_of(collection)} {title}"
            self.frame.show_undo(f"已移除“{named}”")

    def show_error(self, error: UserError, headline: str, ways: tuple[ActionView, ...] = ()) -> None:
        """Show a failure at the top of the page."""
        self.failures.show_error(error, headline, ways)

    @Slot(int)
    def _on_panel_dragged(self, width: int) -> None:
        self._memory.keep_extent(PANEL, width)

    @Slot()
    def _on_look_changing(self) -> None:
        let_hidden_go(self._holders.values(), self._holders[self._shown], self.desk)

    @Slot(str, float)
    def _on_look_chosen(self, theme: str, scale: float) -> None:
        self._memory.keep(theme=theme, scale=scale)

    @Slot(object)
    def _on_job_started(self, job: Job) -> None:
        keys = [key for key, holder in self._holders.items() if holder.page is self.sender()]
        self.jobs.follow(job, keys[0] if keys else self._shown)

    @Slot(object)
    def _on_job_over(self, job: Job) -> None:
        self.jobs.over(job)
        self.failures.on_job_over(job)
        if "备份" in job.name and job.name != READ_BACKUPS:
            self.around.read_backup()
