"""Two buttons of 到期事项: the year on paper for the wall, and as a file for a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.job_sheet import JobSheet
from app.gui.printing import PrintStrip
from app.gui.widgets.button import Button
from app.gui.widgets.item_row import ActionView
from app.progress import Progress

if TYPE_CHECKING:
    from app.gui.preview_pages import Looked
    from app.rules.year_plan import PlanEntry

CALENDAR_FILTER = "日历文件 (*.ics)"
_OPEN = ActionView("open", "打开日历文件", "open")


class PlanDoors(QWidget):
    """打印挂墙计划 and 导出到日历; ``strip`` and ``job`` say how far it is and stand where the page puts them.

    Signals:
        job_started: Something runs in the background. arg: the job.
    """

    job_started = Signal(object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._written: Path | None = None
        self.paper = Button("打印挂墙计划", "link")
        self.paper.clicked.connect(self.print_plan)
        self.calendar = Button("导出到日历", "link")
        self.calendar.clicked.connect(self.export)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.paper)
        row.addWidget(self.calendar)
        self.strip = PrintStrip(desk.runner, ask)
        self.strip.started.connect(self.job_started)
        self.strip.failed.connect(desk.failed)
        self.job = JobSheet(desk)
        self.job.started.connect(self.job_started)
        self.job.action_requested.connect(self._on_job_action)

    @Slot()
    def print_plan(self) -> None:
        """Lay the sheet out in the background, then ask for the printer."""
        if self.paper.is_busy() or self.strip.is_running():
            return
        program, library, case = self._desk.program, self._desk.library, self._desk.case

        def work(_progress: Progress) -> tuple[Looked, int]:
            from app.documents.wall_plan import render_wall_plan
            from app.gui.preview_pages import Looked, pages_of
            from app.usecases.make_wall_plan import plan_of

            looked = Looked(render_wall_plan(plan_of(program, library, case)), landscape=True)
            return looked, pages_of(looked)

        def done(result: tuple[Looked, int]) -> None:
            if shiboken6.isValid(self):
                self.paper.set_busy(None)
                self.strip.print_paper("挂墙计划", *result)

        self.paper.set_busy("正在排版…")
        self._desk.run_reading("打印", work, done=done, failed=self._on_failed)

    def _on_failed(self, error: object) -> None:
        if shiboken6.isValid(self):
            self.paper.set_busy(None)
        self._desk.failed.emit(error)

    @Slot()
    def export(self) -> None:
        """Ask where, then write due dates and meetings as a calendar file."""
        if self.job.is_running():
            return
        from app.exchange.safe_names import safe_name

        case = self._desk.case
        name = safe_name(f"{case.cycle.year or ''}集体协商日历_{case.union.name or '本工会'}.ics")
        target = self._ask.save_file(self.window(), "日历文件存到哪里", name, CALENDAR_FILTER)
        if target is None:
            return
        target = target if target.suffix.lower() == ".ics" else target.with_name(target.name + ".ics")
        program, library, case_id = self._desk.program, self._desk.library, self._desk.case_id
        self._written = target

        def work(_progress: Progress) -> tuple[PlanEntry, ...]:
            from app.usecases.export_calendar import export_calendar

            return export_calendar(program, library, case_id, target)

        self.job.run("导出到日历", work, done=self._on_exported)

    def _on_exported(self, entries: tuple[PlanEntry, ...]) -> None:
        guessed = sum(1 for each in entries if each.estimated)
        remarks = [
            f"存在 {self._written}",
            "在 Outlook、WPS 日历或手机上打开就能导入。登记有变动，再导出、导入一次。",
        ]
        if guessed:
            remarks.insert(0, f"有 {guessed} 项是估算，日历里写着“约”和“估算”。")
        self.job.say(f"日历文件存好了，期限和会议共 {len(entries)} 项。", remarks=remarks, actions=[_OPEN])

    @Slot(str)
    def _on_job_action(self, action: str) -> None:
        if action == _OPEN.id and self._written is not None:
            self._ask.show_file(self._written)
