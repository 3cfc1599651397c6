"""存成表格: all tables of the survey as one spreadsheet, written behind the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.job_sheet import JobSheet
from app.gui.widgets.item_row import ActionView
from app.progress import Progress

XLSX_FILTER = "电子表格 (*.xlsx)"
_OPEN = ActionView("open_survey_tables", "打开结果表", "open")


class SaveTables(QObject):
    """Asks where, writes, and tells on ``job``, which lies on the page."""

    def __init__(self, desk: Desk, ask: Ask, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._ask, self._page = desk, ask, page
        self._written: Path | None = None
        self.job = JobSheet(desk, page)
        self.job.action_requested.connect(self._on_action)

    def save(self, survey_id: str) -> None:
        """Ask for the file, then write the tables of this survey."""
        from app.exchange.safe_names import safe_name

        case = self._desk.case
        name = safe_name(f"{case.cycle.year or ''}意愿调查结果表_{case.union.name or '本工会'}.xlsx")
        target = self._ask.save_file(self._page.window(), "结果表存到哪里", name, XLSX_FILTER)
        if target is None or self.job.is_running():
            return
        target = target if target.suffix.lower() == ".xlsx" else target.with_name(target.name + ".xlsx")
        desk, self._written = self._desk, target

        def work(_progress: Progress) -> int:
            from app.usecases.survey_workbook import save_survey_tables

            return save_survey_tables(desk.library, desk.case_id, target, survey_id=survey_id)

        self.job.run("存结果表", work, done=self._on_saved)

    def _on_saved(self, tables: int) -> None:
        remarks = [f"存在 {self._written}", "另有一页“出处”，写明每个数来自哪里。不足 5 份的没有写进去。"]
        self.job.say(f"结果表存好了，共 {tables} 张。", remarks=remarks, actions=[_OPEN])

    @Slot(str)
    def _on_action(self, action: str) -> None:
        if action == _OPEN.id and self._written is not None:
            self._ask.show_file(self._written)
