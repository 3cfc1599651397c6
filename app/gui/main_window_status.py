"""What stands around the pages of a case: its name, the state of each stage, what is saved, backed up, undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from app.domain.stages import Stage
from app.forms.pages import page_of
from app.gui.main_window_pages import EVIDENCE, SETTINGS
from app.gui.shell.case_switcher import CaseEntry
from app.gui.shell.main_frame import MainFrame
from app.gui.shell.status_bar import StatusView
from app.gui.stick_watch import stick_words, watch_of
from app.gui.widgets.date_reading import clock
from app.gui.widgets.item_row import ActionView
from app.progress import Progress
from app.rules.findings import Finding, Grade, State
from app.usecases.overview import Overview

if TYPE_CHECKING:
    from app.exchange.sticks import Stick
    from app.gui.desk import Desk
    from app.storage.headings import CaseHeading

NEW_YEAR, OTHER_LIBRARY = "new_year", "other_library"
READ_BACKUPS = "看有哪些备份"
NEAR_DAYS, RED_DAYS = 10, 3
"""A due date is told beside its stage from so many days before, and in red from so many (look.md, due chip)."""


class CaseSurroundings(QObject):
    """Fills navigation, title and status bar of the frame for the case that is open."""

    def __init__(self, frame: MainFrame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._desk: Desk | None = None
        self._nav_shown: dict[str, tuple[str, str, bool]] = {}
        self._counted = ""

    def show_desk(self, desk: Desk, headings: tuple[CaseHeading, ...]) -> None:
        """Another case is open."""
        self._desk = desk
        entries = [_entry_of(heading, desk.case.union.name) for heading in headings]
        actions = (
            ActionView(NEW_YEAR, "开新年度", "plus"),
            ActionView(OTHER_LIBRARY, "打开别的资料库", "folder"),
        )
        self._frame.nav.set_cases(entries, actions)
        self.show_case_name()
        self._show_status()
        self.show_nav()
        self.read_undo()

    def leave_desk(self) -> None:
        """No case is open."""
        self._desk = None

    def show_case_name(self) -> None:
        """Switcher and title of the window."""
        if self._desk is None:
            return
        case = self._desk.case
        entry = CaseEntry(self._desk.case_id, case.union.name or "还没写工会名称", _cycle_words(case.cycle))
        self._frame.nav.show_case(entry, practice=bool(case.cycle.practice))
        # The program's name comes after it by itself.
        parts = (entry.union, entry.cycle, "练习" if case.cycle.practice else "")
        self._frame.window().setWindowTitle(" — ".join(part for part in parts if part))

    def show_nav(self) -> None:
        """States and remarks of the navigation, after each check."""
        if self._desk is None:
            return
        checkup, view = self._desk.checkup, self._desk.overview()
        for standing in view.stages:
            mine = [finding for finding in checkup.findings if finding.belongs_to(standing.stage)]
            musts = _musts(mine)
            remark, urgent = _nearest(view, standing.stage, checkup.on)
            open_ones = sum(finding.is_open for finding in mine)
            if musts:
                remark, urgent = f"必须改 {musts}", True
            elif open_ones and page_of(standing.stage).key == self._counted:
                remark, urgent = f"请说明 {open_ones}", False
            self._set_nav(page_of(standing.stage).key, standing.progress.value, remark, urgent)
        musts = _musts(finding for finding in checkup.findings if not finding.of_stage)
        self._set_nav(SETTINGS, "", f"必须改 {musts}" if musts else "", bool(musts))
        self._set_nav(EVIDENCE, "", f"缺 {len(view.missing)}" if view.missing else "", False)

    def count_for(self, page: str) -> None:
        """The panel of this page is closed: its entry tells how many findings wait; empty: none is."""
        if page != self._counted:
            self._counted = page
            self.show_nav()

    def _set_nav(self, page: str, state: str, remark: str, urgent: bool) -> None:
        shown = (state, remark, urgent)
        if self._nav_shown.get(page) != shown:  # else the whole column would be painted anew at each key
            self._nav_shown[page] = shown
            self._frame.nav.set_state(page, state, remark, urgent=urgent)

    def show_saved(self, at: datetime, left: int, *, point: str = "") -> None:
        """When the last change was saved, or how many could not be; ``point`` names a restore point just set."""
        if left:
            view = StatusView(f"还有 {left} 处没有存上", "must", "accentText")
        else:
            point = f"，还原点：{point}" if point else ""
            view = StatusView(
                f"已自动保存 {clock(at)}{point}",
                "done",
                tip=point.lstrip("，"),
                short=f"已自动保存 {clock(at)}",
            )
        self._frame.status.show_cell("saved", view)
        self.read_undo()

    def _show_status(self) -> None:
        assert self._desk is not None
        status = self._frame.status
        only = "只能看" if self._desk.read_only else "打开时都已存好"
        status.show_cell("saved", StatusView(only, "locked" if self._desk.read_only else "done"))
        pack = self._desk.program.packs.packs.get(self._desk.case.cycle.region)
        name = f"{pack.name}规则包 {pack.version}" if pack is not None else ""
        status.show_cell("pack", StatusView(name, short=""))
        status.show_cell("keys", StatusView("F6 换区域", short="F8 检查结果"))
        status.show_cell("help", StatusView("F1 帮助"))
        self.read_backup()
        watch = watch_of(self._desk)
        watch.seen.connect(self._on_sticks)
        if watch.is_known():
            self._on_sticks(watch.sticks())

    @Slot(object)
    def _on_sticks(self, sticks: tuple[Stick, ...]) -> None:
        words = stick_words(sticks)
        view = StatusView(words, "usb", tip=words, short="有 U 盘" if sticks else "没有 U 盘")
        self._frame.status.show_cell("stick", view)

    def read_backup(self) -> None:
        """Tell the age of the newest proven backup."""
        desk = self._desk
        if desk is None:
            return

        def work(_progress: Progress) -> datetime | None:
            from app.storage.backup import list_backups

            proven = [backup.at for backup in list_backups(desk.library.backups_folder) if backup.proven]
            return max(proven, default=None)

        def done(at: datetime | None) -> None:
            if self._desk is desk:
                self._frame.status.show_cell("backup", _backup_view(at, desk.program.clock.today()))

        desk.run_reading(READ_BACKUPS, work, done=done)

    @Slot(object)
    def show_undone(self, step: object) -> None:
        """A step was taken back or done again; what was taken back may be done again."""
        name = str(getattr(step, "name", "") or step)
        verb, _, what = name.partition("：")
        self._frame.status.show_cell("saved", StatusView(f"已{verb} {what}", "done"))
        if verb == "撤销":
            self._frame.show_undo(f"已撤销“{what}”", redo=True)
        self.read_undo()

    def read_undo(self) -> None:
        """Name the step that 撤销 would take back."""
        desk = self._desk
        if desk is None or desk.read_only:
            self._frame.head.set_undo("")
            return

        def done(step: object) -> None:
            if self._desk is desk:
                self._frame.head.set_undo(str(getattr(step, "action", "")) if step is not None else "")

        desk.run_reading("看撤销", lambda _progress: desk.library.next_undo(desk.case_id), done=done)


def _backup_view(at: datetime | None, today: date) -> StatusView:
    if at is None:
        return StatusView("还没有备份", "missing")
    local = at.astimezone()
    when = "今天" if local.date() == today else f"{local.month}月{local.day}日"
    return StatusView(
        f"本机备份 {when} {clock(local)}", "shield", shape_ink="ok", short=f"备份 {when} {clock(local)}"
    )


def _musts(findings: Iterable[Finding]) -> int:
    return sum(finding.grade is Grade.MUST and finding.state is State.OPEN for finding in findings)


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
