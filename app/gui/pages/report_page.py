"""统计与报送: the district's table with the origin of each cell, the package, and what was handed in so far."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.facts import facts_of
from app.errors import UserError
from app.figures.origin import Origin
from app.forms.settings import OTHER_REPORTS
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.findings_view import in_order
from app.gui.forms.naming import shown
from app.gui.forms.section_view import SectionView
from app.gui.pages.head_view import HeadView
from app.gui.pages.job_sheet import JobSheet
from app.gui.pages.package_list import PackageList, grouped
from app.gui.pages.rates_sheet import RatesSheet
from app.gui.pages.report_head import EXPORT, PRINT, TABLE, VERIFY, report_head
from app.gui.pages.report_paper import ReportPaper
from app.gui.pages.stick_job import StickJob
from app.gui.pages.table_sheet import TableSheet
from app.gui.pages.verify_words import detail_words, verdict_words
from app.gui.stick_watch import watch_of
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.side_by_side import SideBySide
from app.progress import Progress
from app.rules.findings import Checkup, Where
from app.usecases.package_ready import refuse_unready

if TYPE_CHECKING:
    from app.exchange.verify import Verification
    from app.figures.profiles import Profile
    from app.figures.tables import Table
    from app.usecases.earlier_packages import EarlierPackage
    from app.usecases.export_package import Exported
    from app.usecases.report_figures import ReportFigures

XLSX_FILTER = "Excel 表格 (*.xlsx)"
_OPEN_TABLE = ActionView("open_table", "用 WPS 打开", "open")
_PACKAGES = ("number", "made_on", "folder", "files", "fingerprint", "replaces")


class ReportPage(QWidget):
    """Figures with their origins, and the way out of the house.

    Signals:
        door_opened: Go there. arg: a ``Where``, or the tuple (page key, step key).
        head_changed: Due date or buttons of the page head are others now.
        job_started: A long job began. arg: the job.
        left_by_escape: Esc in the page.
    """

    HELP = (
        ("统计表", "数字从案卷里算出来，不用填；选一格按 F4，看它来自哪条记录。"),
        ("报送包", "先处理完拦着的几项，再写到 U 盘；写完逐个读回核对。"),
    )
    door_opened = Signal(object)
    head_changed = Signal()
    job_started = Signal(object)
    left_by_escape = Signal()

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._written_table: Path | None = None
        self._wanted = ""
        self._figures: ReportFigures | None = None
        self._figures_of: tuple[Case, str] | None = None
        self._told: tuple[Case, Checkup, str] | None = None
        self._asked = 0
        self.setAccessibleName("统计与报送")
        # Each part has its place at once: one that is put from one into another is styled anew each time.
        self._sheets = QWidget(self)
        self.job = JobSheet(desk, self._sheets)
        self.job.started.connect(self._on_job_started)
        self.job.action_requested.connect(self._on_job_action)
        self.table = TableSheet(self._sheets)
        self.table.profile_chosen.connect(self._on_profile)
        self.table.origin_chosen.connect(self._on_origin)
        self.table.until_wanted.connect(self._on_fill_until)
        self.grid, self.origin, self.profile = self.table.grid, self.table.origin, self.table.profile
        pair = SideBySide(parent=self._sheets)
        self.contents = PackageList(pair)
        self.stick = StickJob(desk, pair)
        self.stick.finding_chosen.connect(self._on_finding)
        self.stick.started.connect(self._on_stick_started)
        self.stick.written.connect(self._on_written)
        self.stick.open_requested.connect(self._on_open_folder)
        self.watch = watch_of(desk)
        self.watch.seen.connect(self.stick.show_sticks)
        pair.add(self.contents, 1)
        pair.add(self.stick, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._sheets)
        self.paper = ReportPaper(desk, ask, outer, self._sheets)
        self.paper.left.connect(self._on_paper_left)
        column = QVBoxLayout(self._sheets)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.job)
        column.addWidget(self.table)
        column.addWidget(pair, 1)
        self._column = column
        self._rates: RatesSheet | None = None
        self._made: RecordTable | None = None
        self._others: SectionView | None = None
        self._coming: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._build_next)
        desk.case_changed.connect(self._on_changed)
        desk.checked.connect(self._on_changed)

    @Slot()
    def _build_next(self) -> None:
        """What follows the first sight is made piece by piece, so that the page opens at once."""
        if self._coming:
            self._coming.pop(0)()
        elif self._rates is None:
            _ = self.rates
        elif self._made is None:
            _ = self.made
        elif self._others is None:
            _ = self.others
        if self.is_built():
            self._timer.stop()

    def is_built(self) -> bool:
        """Whether everything stands and shows what was worked out last."""
        return self._others is not None and not self._coming

    def _soon(self, *steps: Callable[[], object]) -> None:
        """Do these in turn: at once when the page stands, else each in a turn of its own."""
        self._coming += steps
        while self._others is not None and self._coming:
            self._coming.pop(0)()
        if self.isVisible() and self._coming:
            self._timer.start()

    @property
    def rates(self) -> RatesSheet:
        """比率, below the package."""
        if self._rates is None:
            self._rates = RatesSheet(self._sheets)
            self._rates.origin_chosen.connect(self._on_origin)
            self._column.addWidget(self._rates)
            self._rates.show_rates(self._figures.rates if self._figures is not None else ())
        return self._rates

    @property
    def made(self) -> RecordTable:
        """已导出的报送包, below the rates."""
        if self._made is None:
            _ = self.rates
            self._made_sheet = Sheet("已导出的报送包", parent=self._sheets)
            self._made = RecordTable(
                "已导出的报送包",
                (
                    ColumnView(key="number", title="序号", extent=56, kind="number", bold=True),
                    ColumnView(key="made_on", title="日期", extent=130),
                    ColumnView(key="folder", title="文件夹", share=3),
                    ColumnView(key="files", title="文件", extent=64, kind="number"),
                    ColumnView(key="fingerprint", title="指纹", extent=190),
                    ColumnView(key="replaces", title="替换", share=2),
                ),
                empty_words="还没有导出过。",
            )
            self._made_sheet.add(self._made)
            self._column.addWidget(self._made_sheet)
            self._show_made()
        return self._made

    @property
    def others(self) -> SectionView:
        """报送和其他报告, at the end of the page."""
        if self._others is None:
            _ = self.made
            self._others = SectionView(OTHER_REPORTS, self._desk, parent=self)
            self._column.addWidget(self._others)
        return self._others

    # ---- what is shown

    def chosen(self) -> Profile | None:
        """The notice for which figures and package are made; ``None`` until it is known."""
        return self._figures.chosen if self._figures is not None else None

    def show_case(self) -> None:
        """Show the case as it is on the desk; its figures follow as soon as they are worked out."""
        told = (self._desk.case, self._desk.checkup, self._wanted)
        if self._told is not None and all(old is new for old, new in zip(self._told, told, strict=True)):
            return
        self._told = told
        self._show_made()
        self._soon(self._show_blocking)
        self.head_changed.emit()
        self._work_out()

    def _show_blocking(self) -> None:
        blocking = in_order(finding for finding in self._desk.checkup.findings if finding.blocks)
        self.stick.show_blocking(blocking, "" if blocking else self._refusal())

    def _refusal(self) -> str:
        """Why a package cannot be frozen now, in one sentence; empty when it can."""
        try:
            refuse_unready(self._desk.case, self._desk.checkup)
        except UserError as error:
            return error.what_happened
        return ""

    def _work_out(self) -> None:
        program, case, wanted = self._desk.program, self._desk.case, self._wanted
        if self._figures_of is not None and self._figures_of[0] is case and self._figures_of[1] == wanted:
            return
        self._figures_of = (case, wanted)
        self._asked += 1
        asked, on = self._asked, program.clock.today()

        def work(_progress: Progress) -> ReportFigures:
            from app.usecases.report_figures import report_figures

            return report_figures(program, case, wanted, on)

        def done(figures: ReportFigures) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._figures = figures
                self.head_changed.emit()
                self._soon(
                    partial(self.table.show_figures, figures),
                    partial(self.contents.show_figures, figures, case),
                    self._show_rates,
                )

        self._desk.run_reading("算统计表", work, done=done)

    def _read_earlier(self) -> None:
        """Packages of the years before; read once, they do not change while this year is open."""
        self._has_earlier = True
        library, year = self._desk.library, self._desk.case.cycle.year

        def work(progress: Progress) -> tuple[EarlierPackage, ...]:
            from app.usecases.earlier_packages import earlier_packages

            return earlier_packages(library, year, progress)

        def done(found: tuple[EarlierPackage, ...]) -> None:
            if shiboken6.isValid(self):
                self.contents.show_earlier(found)

        self._desk.run_reading("看往年报送", work, done=done)

    _has_earlier = False
    _exported_from: QWidget | None = None

    def _show_rates(self) -> None:
        if self._rates is not None and self._figures is not None:
            self._rates.show_rates(self._figures.rates)

    def _show_made(self) -> None:
        case = self._desk.case
        if self._made is None:
            return
        self._made_sheet.setVisible(bool(case.made_packages))
        rows = []
        for held in case.made_packages:
            declared = facts_of(type(held))
            cells = {name: shown(case, declared[name], getattr(held, name)) for name in _PACKAGES}
            cells["fingerprint"] = grouped(held.fingerprint)
            rows.append(RowView(held.id, cells))
        if tuple(rows) != self._made.rows():
            self._made.show_rows(rows)

    # ---- the page head

    def head(self) -> HeadView:
        """To whom, by when; 导出报送包."""
        return report_head(self._desk, self.chosen(), self._refusal())

    def first_focus(self) -> QWidget | None:
        """The table; the red button while its figures are worked out."""
        if self.paper.preview is not None:
            return self.paper.preview
        return None if self.grid.isHidden() else self.grid

    def do(self, action: str) -> None:
        """A button of the page head."""
        self.commit()
        if action != PRINT.id:
            self.paper.close()
        if action == EXPORT:
            self.export()
        elif action == TABLE.id:
            self.save_table()
        elif action == PRINT.id:
            self.print_or_look("print")
        elif action == VERIFY.id:
            self.verify()

    def commit(self) -> None:
        """Hand on what is typed."""
        if self._others is not None:
            self._others.commit()

    def open_where(self, where: Where) -> QWidget | None:
        """Go to a report or a package."""
        self.paper.close()
        if where.collection == OTHER_REPORTS.collection:
            return self.others.focus_fact(where.record_id, where.fact)
        if where.collection == "made_packages":
            self.made.select(where.record_id)
            return self.made
        return None

    def print_or_look(self, action: str) -> None:
        """Ctrl P, 打印统计表: show the table as a paper and, to print it, the system's dialog."""
        table = self._figures.table if self._figures is not None else None
        if self.paper.preview is not None and action == "print":
            self.paper.preview.print_all()
        elif table is None:
            self.profile.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.paper.show_table(table, printing=action == "print")

    @Slot()
    def _on_paper_left(self) -> None:
        if not self.grid.isHidden():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- origins

    def show_origin(self) -> None:
        """F4 from anywhere: the origin of the cell that is chosen."""
        if not self.origin.isHidden():
            self.origin.toggle()

    @Slot(object)
    def _on_origin(self, origin: Origin) -> None:
        self.door_opened.emit(Where(origin.collection, origin.record_id, origin.fact))

    @Slot()
    def _on_fill_until(self) -> None:
        self.door_opened.emit(Where("cycle", "cycle", "statistics_until"))

    @Slot(object)
    def _on_finding(self, finding: object) -> None:
        self.door_opened.emit(getattr(finding, "where", None))

    @Slot(str)
    def _on_profile(self, key: str) -> None:
        self._wanted = key
        self.show_case()

    # ---- the table as a file

    def save_table(self) -> None:
        """Ask where, then write the table with its 出处."""
        table = self._figures.table if self._figures is not None else None
        if table is None:
            self.profile.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        from app.exchange.safe_names import safe_name

        case = self._desk.case
        name = safe_name(f"{case.cycle.year or ''}{table.title}_{case.union.name or '本工会'}.xlsx")
        target = self._ask.save_file(self.window(), "统计表存到哪里", name, XLSX_FILTER)
        if target is None or self.job.is_running():
            return
        target = target if target.suffix.lower() == ".xlsx" else target.with_name(target.name + ".xlsx")
        desk, key = self._desk, table.key
        self._written_table = target

        def work(_progress: Progress) -> Table:
            from app.usecases.make_table import make_table

            return make_table(desk.program, desk.library, desk.case_id, key, target)

        self.job.run("存统计表", work, done=self._on_table_saved)

    def _on_table_saved(self, table: Table) -> None:
        remarks = [f"存在 {self._written_table}", "另有一页“出处”，写明每个数来自哪里。", *table.problems]
        self.job.say("统计表存好了。", remarks=remarks, actions=[_OPEN_TABLE])

    @Slot(str)
    def _on_job_action(self, action: str) -> None:
        if action == _OPEN_TABLE.id and self._written_table is not None:
            self._ask.show_file(self._written_table)

    # ---- the package

    def export(self) -> None:
        """Ask for the folder, then write the package there."""
        if self.stick.is_running():
            return
        plugged = self.watch.sticks()
        start = plugged[0].place if len(plugged) == 1 else None
        folder = self._ask.open_folder(self.window(), "报送包写到哪里（U 盘或文件夹）", start)
        if folder is None:
            return
        chosen = self.chosen()
        desk, key, actor = self._desk, chosen.key if chosen is not None else "", self._desk.actor

        def work(progress: Progress) -> Exported:
            from app.usecases.export_package import export_package

            return export_package(
                desk.program, desk.library, desk.case_id, folder, profile=key, actor=actor, progress=progress
            )

        self._exported_from = QApplication.focusWidget()
        self.stick.write(folder, work)
        self._reveal(self.stick)

    @Slot(object)
    def _on_job_started(self, job: object) -> None:
        self._reveal(self.job)
        self.job_started.emit(job)

    @Slot(object)
    def _on_stick_started(self, job: object) -> None:
        self.job_started.emit(job)

    @Slot(object)
    def _on_written(self, _made: object) -> None:
        self.show_case()
        now, begun = QApplication.focusWidget(), self._exported_from
        elsewhere = now is not None and self.isAncestorOf(now) and not self.stick.isAncestorOf(now)
        if now is begun or not elsewhere:  # nobody went on with something else on the page meanwhile
            self.stick.focus_result()

    @Slot(object)
    def _on_open_folder(self, folder: Path) -> None:
        self._ask.show_file(folder)

    def verify(self) -> None:
        """Ask for a package and check it against its own lists."""
        if self.job.is_running():
            return
        folder = self._ask.open_folder(self.window(), "选要核对的报送包（里面有 bagit.txt 的文件夹）")
        if folder is None:
            return

        def work(progress: Progress) -> Verification:
            from app.exchange.verify import verify_package

            return verify_package(folder, progress)

        self.job.run("核对报送包", work, done=self._on_verified, unit="", cancelled="已停下，没有核对完。")

    def _on_verified(self, found: Verification) -> None:
        state = "done" if found.ok else "must"
        self.job.say(verdict_words(found), state=state, remarks=detail_words(found))

    def _reveal(self, part: QWidget) -> None:
        """Scroll to what the user just started."""
        outer = self.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        if outer is not None:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            outer.ensureWidgetVisible(part, 0, 12)

    # ---- keeping up

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        if self.isVisible():
            self.show_case()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_case()
        if self.watch.is_known():
            self.stick.show_sticks(self.watch.sticks())
        if not self._has_earlier:
            self._read_earlier()
        if not self.is_built():
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self.origin.close_open():
                self.left_by_escape.emit()
            return
        super().keyPressEvent(event)
