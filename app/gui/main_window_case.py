"""The room of an open case: the frame's navigation, head, panel and status bar tied to desk and pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.facts import Record
from app.domain.stages import Stage
from app.errors import CancelledError, UserError
from app.forms.pages import page_of, place_of
from app.gui.failure_words import failure_view
from app.gui.forms.naming import label_of, record_title
from app.gui.jobs import Job
from app.gui.main_window_pages import EVIDENCE, HOME, PAGES, REPORT, PageHolder
from app.gui.pages.head_view import HeadView
from app.gui.shell.case_switcher import CaseEntry
from app.gui.shell.main_frame import MainFrame
from app.gui.shell.status_bar import StatusView
from app.gui.side_panel_content import SidePanelContent
from app.gui.widgets.date_reading import clock
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.step_tabs import StepView
from app.progress import Progress
from app.rules.findings import Checkup, Grade, State, Where
from app.usecases.overview import Overview, overview

if TYPE_CHECKING:
    from app.gui.ask import Ask
    from app.gui.desk import Desk
    from app.gui.window_memory import WindowMemory
    from app.storage.library import CaseHeading

NEW_YEAR, OTHER_LIBRARY = "new_year", "other_library"
NEAR_DAYS, RED_DAYS = 10, 3
STORE_AGAIN = "store_again"
READ_BACKUPS = "看有哪些备份"


class CaseRoom(QObject):
    """Shows one desk at a time in the frame.

    Signals:
        crashed: Something failed that is nobody's mistake but the program's. arg: the exception.
        year_wanted: 开新年度. library_wanted: 打开别的资料库.
        case_wanted: Another case of the library. arg: its id.
    """

    crashed = Signal(object)
    year_wanted = Signal()
    library_wanted = Signal()
    case_wanted = Signal(str)

    def __init__(
        self, frame: MainFrame, ask: Ask, memory: WindowMemory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self.frame = frame
        self.desk: Desk | None = None
        self._ask = ask
        self._content = SidePanelContent(frame, self)
        self._retired: list[QObject] = []
        self._jumped_from = ""
        self._head_shown: HeadView | None = None
        self._steps_shown: tuple[str, tuple[StepView, ...], str] | None = None
        self._nav_shown: dict[str, tuple[str, str, bool]] = {}
        self._holders: dict[str, PageHolder] = {}
        for entry in PAGES:
            holder = PageHolder(entry)
            self._holders[entry.key] = holder
            frame.add_page(entry.key, holder, panel=entry.panel, scrolls=False)
        self._connect()

    def _connect(self) -> None:
        frame = self.frame
        for signal, slot in (
            (frame.page_requested, self.show_page),
            (frame.step_requested, self._on_step),
            (frame.action_requested, self._on_action),
            (frame.undo_requested, self.undo),
            (frame.redo_requested, self.redo),
            (frame.jump_requested, self._on_jump),
            (frame.explain_requested, self._on_explain),
            (frame.article_requested, self._on_article),
            (frame.attach_requested, self._on_attach),
            (frame.print_requested, self._on_print),
            (frame.restore_point_requested, self._on_restore_point),
            (frame.help_requested, self._on_help),
            (frame.status_clicked, self._on_status),
            (frame.case_requested, self.case_wanted),
            (frame.case_action_requested, self._on_case_action),
            (frame.failure_way_chosen, self._on_way),
        ):
            signal.connect(slot)

    # ---- the desk

    def show_desk(self, desk: Desk, headings: tuple[CaseHeading, ...]) -> None:
        """Show another case; the pages are made for it anew."""
        self.leave_desk()
        self.desk = desk
        for signal, slot in self._desk_slots(desk):
            signal.connect(slot)
        desk.runner.job_over.connect(self._on_job_over)
        entries = [_entry_of(heading, desk.case.union.name) for heading in headings]
        actions = (
            ActionView(NEW_YEAR, "开新年度", "plus"),
            ActionView(OTHER_LIBRARY, "打开别的资料库", "folder"),
        )
        self.frame.nav.set_cases(entries, actions)
        self._show_case_name()
        self._show_status()
        self._show_nav()
        self._read_undo()
        if desk.read_only:
            reason = UserError(
                desk.library.read_only_reason or "这个资料库只能看。",
                "里面的内容都在，一点没动。",
                "要改，就把整个文件夹复制到本机再打开。",
                code="L-113",
            )
            self.show_error(reason, "这个资料库现在只能看，不能改")

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
        self.frame.clear_failure()
        self.frame.hide_undo()
        for holder in self._holders.values():
            page = holder.release()
            if page is not None:
                self._retired.append(page)
        self._retired.append(desk)

    def clear_retired(self) -> None:
        """Delete what was left behind, once no job works for it any more."""
        retired, self._retired = self._retired, []
        for each in retired:
            if shiboken6.isValid(each):
                each.deleteLater()

    def _desk_slots(self, desk: Desk) -> tuple[tuple[Any, Any], ...]:
        return (
            (desk.case_changed, self._on_case_changed),
            (desk.checked, self._on_checked),
            (desk.saved, self._on_saved),
            (desk.save_failed, self._on_save_failed),
            (desk.record_removed, self._on_removed),
            (desk.step_undone, self._on_undone),
            (desk.failed, self._on_failed),
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
        if callable(show_case):
            show_case()
        self._show_head()
        self._show_steps()
        self.frame.show_page(key)
        self._show_panel()

    _shown = HOME

    def page(self, key: str) -> QWidget:
        """A page, made if need be."""
        assert self.desk is not None
        holder = self._holders[key]
        if holder.page is None:
            page = holder.entry.make(self.desk, self._ask)
            for name, slot in (
                ("door_opened", self.open_door),
                ("head_changed", self._on_head_changed),
                ("steps_changed", self._on_steps_changed),
                ("job_started", self._on_job_started),
                ("left_by_escape", self._on_left_by_escape),
                ("look_chosen", self._on_look_chosen),
            ):
                signal = getattr(page, name, None)
                if signal is not None:
                    signal.connect(slot)
            show_look = getattr(page, "show_look", None)
            if callable(show_look):
                show_look(self._memory.theme(), self._memory.scale())
            holder.hold(page)
        assert holder.page is not None
        return holder.page

    def current(self) -> QWidget | None:
        """The page that is shown."""
        return self._holders[self._shown].page

    def _show_head(self) -> None:
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
        if self.sender() is self.current():
            self._show_head()

    @Slot()
    def _on_steps_changed(self) -> None:
        if self.sender() is self.current():
            self._show_steps()

    @Slot(str)
    def _on_step(self, key: str) -> None:
        show = getattr(self.current(), "show_step", None)
        if callable(show):
            self._commit_current()
            show(key)

    @Slot(str)
    def _on_action(self, action: str) -> None:
        do = getattr(self.current(), "do", None)
        if callable(do):
            self.frame.clear_failure()
            do(action)

    # ---- doors

    @Slot(object)
    def open_door(self, door: object) -> None:
        """Go to a ``Where``, or to (page key or stage, step key)."""
        if isinstance(door, Where):
            self.open_where(door)
        elif isinstance(door, tuple):
            key, step = door[0], str(door[1]) if len(door) > 1 else ""
            key = page_of(key).key if isinstance(key, Stage) else str(key)
            if key not in self._holders:
                return
            show = getattr(self.page(key), "show_step", None)
            if step and callable(show):
                show(step)
            self.show_page(key)

    def open_where(self, where: Where, stage: Stage | None = None) -> QWidget | None:
        """Go to a field; ``stage`` says which page is meant where several show the same record."""
        if self.desk is None:
            return None
        key = self._page_for(where, stage)
        page = self.page(key)
        if self._shown != key or self.frame.current_page() != key:
            self.show_page(key)
        open_it = getattr(page, "open_where", None)
        target = open_it(where) if callable(open_it) else None
        return target if isinstance(target, QWidget) else None

    def _page_for(self, where: Where, stage: Stage | None) -> str:
        assert self.desk is not None
        if where.collection in ("evidence", "made_documents"):
            held = self.desk.case.find(where.collection, where.record_id)
            own = stage or getattr(held, "stage", None)
            return page_of(own).key if where.collection == "evidence" and own is not None else EVIDENCE
        if where.collection == "made_packages":
            return REPORT
        if stage is not None:
            page = page_of(stage)
            if any(
                section.collection == where.collection for step in page.steps for section in step.sections
            ):
                return page.key
        held = self.desk.case.find(where.collection, where.record_id)
        place = place_of(where.collection, held)
        return place[0].key if place is not None else REPORT

    @Slot(str)
    def _on_jump(self, key: str) -> None:
        finding = self._content.finding(key)
        if finding is None:
            return
        self._jumped_from = key
        target = self.open_where(finding.where, finding.stage)
        if target is None and finding.related:
            self.open_where(finding.related[0], finding.stage)

    @Slot()
    def _on_left_by_escape(self) -> None:
        key, self._jumped_from = self._jumped_from, ""
        for card in self.frame.panel.cards():
            if card.finding.id == key:
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_explain(self, key: str) -> None:
        finding = self._content.finding(key)
        explain = getattr(self.current(), "explain", None)
        if finding is not None and callable(explain):
            explain(finding)

    @Slot(str)
    def _on_article(self, _key: str) -> None:
        self.frame.panel.show_tab("basis")

    # ---- keys of the whole window

    @Slot()
    def undo(self) -> None:
        """Ctrl Z."""
        if self.desk is not None and not self.desk.read_only:
            self._commit_current()
            self.frame.hide_undo()
            self.desk.undo()

    @Slot()
    def redo(self) -> None:
        """Ctrl Y."""
        if self.desk is not None and not self.desk.read_only:
            self._commit_current()
            self.desk.redo()

    def _commit_current(self) -> None:
        commit = getattr(self.current(), "commit", None)
        if callable(commit):
            commit()

    @Slot()
    def _on_attach(self) -> None:
        choose = getattr(self.current(), "choose_files", None)
        if callable(choose):
            choose()

    @Slot()
    def _on_print(self) -> None:
        show = getattr(self.current(), "print_or_look", None)
        if callable(show):
            show("print")

    @Slot()
    def _on_restore_point(self) -> None:
        self._commit_current()
        if self.desk is not None and self.desk.is_settled():
            self._on_saved(self.desk.program.clock.now().astimezone())

    @Slot()
    def _on_help(self) -> None:
        self.frame.show_undo(
            "F6 换区域 · F8 看检查结果 · Enter 跳到那一项 · Ctrl U 添加材料 · Ctrl 0 回首页 · Ctrl Z 撤销"
        )

    @Slot(str)
    def _on_status(self, place: str) -> None:
        if place == "help":
            self._on_help()
        elif place in ("backup", "pack", "calendar"):
            self.show_page("settings")

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
            self._show_case_name()
        if not hasattr(self.current(), "head_changed"):
            self._show_head()

    @Slot(object)
    def _on_checked(self, _checkup: Checkup) -> None:
        self._show_nav()
        self._show_panel()

    @Slot(object)
    def _on_saved(self, at: datetime) -> None:
        if self.desk is None:
            return
        left = self.desk.unsaved()
        if left:
            self.frame.status.show_cell("saved", StatusView(f"还有 {left} 处没有存上", "must", "accentText"))
        else:
            self.frame.status.show_cell("saved", StatusView(f"已自动保存 {clock(at)}", "done"))
            if self.frame.failure is not None and STORE_AGAIN in self.frame.failure.ways:
                self.frame.clear_failure()
        self._read_undo()

    @Slot(object)
    def _on_save_failed(self, error: object) -> None:
        if not isinstance(error, UserError):
            self.crashed.emit(error)
            return
        self.frame.status.show_cell("saved", StatusView("没有存上，写的还在", "must", "accentText"))
        ways = (
            ()
            if self.desk is not None and self.desk.read_only
            else (ActionView(STORE_AGAIN, "再试一次", "redo"),)
        )
        self.show_error(error, "刚才的改动没有存上", ways)

    @Slot(str)
    def _on_way(self, way: str) -> None:
        if way == STORE_AGAIN and self.desk is not None:
            self.frame.clear_failure()
            self.desk.store_again()

    @Slot(str, object)
    def _on_removed(self, collection: str, held: Record) -> None:
        if self.desk is not None:
            title = record_title(self.desk.case, held)
            named = title if title.startswith(held.LABEL) else f"{label_of(collection)} {title}"
            self.frame.show_undo(f"已移除“{named}”")

    @Slot(object)
    def _on_undone(self, step: object) -> None:
        name = str(getattr(step, "name", "") or step)
        self.frame.status.show_cell("saved", StatusView(f"已{name.replace('：', ' ', 1)}", "done"))
        self._read_undo()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if isinstance(error, CancelledError):
            self.frame.show_undo(error.what_happened)
        elif isinstance(error, UserError):
            self.show_error(error, "这一步没有做成")
        else:
            self.crashed.emit(error)

    def show_error(self, error: UserError, headline: str, ways: tuple[ActionView, ...] = ()) -> None:
        """Show a failure at the top of the page."""
        if self.desk is not None:
            at = self.desk.program.clock.now().astimezone()
            self.frame.show_failure(failure_view(error, headline, at, ways))

    @Slot(str, float)
    def _on_look_chosen(self, theme: str, scale: float) -> None:
        self._memory.keep(theme=theme, scale=scale)

    @Slot(object)
    def _on_job_started(self, job: Job) -> None:
        self.frame.status.show_cell("job", StatusView(f"正在{job.name}", "now", "ink1"))

    @Slot(object)
    def _on_job_over(self, job: Job) -> None:
        if job.name in self.frame.status.cell("job").words():
            self.frame.status.show_cell("job", StatusView(""))
        if "备份" in job.name and job.name != READ_BACKUPS and self.desk is not None:
            self._read_backup()

    # ---- navigation and status bar

    def _show_case_name(self) -> None:
        assert self.desk is not None
        case = self.desk.case
        entry = CaseEntry(self.desk.case_id, case.union.name or "还没写工会名称", _cycle_words(case.cycle))
        self.frame.nav.show_case(entry, practice=bool(case.cycle.practice))
        window = self.frame.window()
        parts = ("集体协商工作台", entry.union, entry.cycle, "练习" if case.cycle.practice else "")
        window.setWindowTitle(" — ".join(part for part in parts if part))

    def _show_nav(self) -> None:
        """States and remarks of the navigation, after each check."""
        if self.desk is None:
            return
        case, checkup = self.desk.case, self.desk.checkup
        pack = self.desk.program.packs.packs.get(case.cycle.region) or self.desk.program.packs.national
        view = overview(case, pack, checkup, checkup.on)
        for standing in view.stages:
            mine = [finding for finding in checkup.findings if finding.stage is standing.stage]
            musts = sum(finding.grade is Grade.MUST and finding.state is State.OPEN for finding in mine)
            remark, urgent = (
                (f"必须改 {musts}", True) if musts else _nearest(view, standing.stage, checkup.on)
            )
            self._set_nav(page_of(standing.stage).key, standing.progress.value, remark, urgent)
        self._set_nav(EVIDENCE, "", f"缺 {len(view.missing)}" if view.missing else "", False)

    def _set_nav(self, page: str, state: str, remark: str, urgent: bool) -> None:
        shown = (state, remark, urgent)
        if self._nav_shown.get(page) != shown:  # else the whole column would be painted anew at each key
            self._nav_shown[page] = shown
            self.frame.nav.set_state(page, state, remark, urgent=urgent)

    def _show_status(self) -> None:
        assert self.desk is not None
        status = self.frame.status
        only = "只能看" if self.desk.read_only else "打开时都已存好"
        status.show_cell("saved", StatusView(only, "locked" if self.desk.read_only else "done"))
        pack = self.desk.program.packs.packs.get(self.desk.case.cycle.region)
        if pack is not None:
            status.show_cell("pack", StatusView(f"{pack.name}规则包 {pack.version}"))
        status.show_cell("keys", StatusView("F6 换区域"))
        status.show_cell("help", StatusView("F1 帮助"))
        self._read_backup()

    def _read_backup(self) -> None:
        desk = self.desk
        assert desk is not None

        def work(_progress: Progress) -> datetime | None:
            from app.storage.backup import list_backups

            proven = [backup.at for backup in list_backups(desk.library.backups_folder) if backup.proven]
            return max(proven, default=None)

        def done(at: datetime | None) -> None:
            if self.desk is desk:
                today = desk.program.clock.today()
                self.frame.status.show_cell("backup", _backup_view(at, today.year, today.month, today.day))

        desk.run_reading(READ_BACKUPS, work, done=done)

    def _read_undo(self) -> None:
        desk = self.desk
        if desk is None or desk.read_only:
            self.frame.head.set_undo("")
            return

        def done(step: object) -> None:
            if self.desk is desk:
                self.frame.head.set_undo(str(getattr(step, "action", "")) if step is not None else "")

        desk.run_reading("看撤销", lambda _progress: desk.library.next_undo(desk.case_id), done=done)


def _backup_view(at: datetime | None, year: int, month: int, day: int) -> StatusView:
    if at is None:
        return StatusView("还没有备份", "missing")
    local = at.astimezone()
    same_day = (local.year, local.month, local.day) == (year, month, day)
    when = "今天" if same_day else f"{local.month}月{local.day}日"
    return StatusView(f"本机备份 {when} {clock(local)}", "shield", shape_ink="ok")


def _nearest(view: Overview, stage: Stage, on: date) -> tuple[str, bool]:
    """The nearest due date of a stage as a remark, and whether it is near enough to be red."""
    rows = [row for row in view.open_due if row.stage is stage and not row.estimated]
    left = [(row.due - on).days for row in rows if row.due is not None and row.due >= on]
    nearest = min(left, default=None)
    if nearest is None or nearest > NEAR_DAYS:
        return "", False
    return (f"剩 {nearest} 天" if nearest else "今天到期"), nearest <= RED_DAYS


def _cycle_words(cycle: Any) -> str:
    year = f"{cycle.year} 年度" if cycle.year else "还没写年度"
    kind = cycle.agreement_kind.label if cycle.agreement_kind is not None else ""
    return " · ".join(part for part in (year, kind) if part)


def _entry_of(heading: CaseHeading, union: str) -> CaseEntry:
    return CaseEntry(heading.case_id, heading.name or union or "还没写工会名称", _cycle_words(heading))
