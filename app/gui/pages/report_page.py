"""统计与报送: the district's table with the origin of each cell, the package, and what was handed in so far."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.facts import facts_of
from app.domain.offer import ReportKind, UnionReport
from app.errors import UserError
from app.figures.origin import Origin
from app.figures.profiles import Profile
from app.figures.rates import rates_of
from app.figures.tables import Table
from app.forms.settings import OTHER_REPORTS
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.findings_view import in_order
from app.gui.forms.naming import shown
from app.gui.forms.section_view import SectionView
from app.gui.pages.head_view import HeadView
from app.gui.pages.job_sheet import JobSheet
from app.gui.pages.keeps_f4 import KeepsF4
from app.gui.pages.origin_line import OriginLine
from app.gui.pages.rates_sheet import RatesSheet
from app.gui.pages.statistics_grid import StatisticsGrid
from app.gui.pages.stick_job import StickJob, grouped
from app.gui.pages.verify_words import detail_words, verdict_words
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.item_row import ActionView, ItemList, ItemView
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.progress import Progress
from app.rules.dates_in_words import day_words, short_day
from app.rules.findings import Where
from app.usecases.export_package import refuse_unready
from app.usecases.make_table import profiles, tables_for
from app.usecases.package_contents import ContentRow, package_contents

if TYPE_CHECKING:
    from app.exchange.verify import Verification
    from app.usecases.export_package import Exported

XLSX_FILTER = "Excel 表格 (*.xlsx)"
_EXPORT = "export"
_TABLE = ActionView("table", "存为 XLSX", "download")
_VERIFY = ActionView("verify", "核对报送包", "shield")
_OPEN_TABLE = ActionView("open_table", "用 WPS 打开", "open")
_COLUMNS_FROM = 900
_NEAR_DAYS = 3
_PACKAGES = ("number", "made_on", "folder", "files", "fingerprint", "replaces")


class ReportPage(QWidget):
    """Figures with their origins, and the way out of the house.

    Signals:
        door_opened: Go there. arg: a ``Where``, or the tuple (page key, step key).
        head_changed: Due date or buttons of the page head are others now.
        job_started: A long job began. arg: the job.
        left_by_escape: Esc in the page.
    """

    door_opened = Signal(object)
    head_changed = Signal()
    job_started = Signal(object)
    left_by_escape = Signal()

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._profiles = profiles()
        self._written_table: Path | None = None
        self._contents: tuple[ContentRow, ...] | None = None
        self.setAccessibleName("统计与报送")
        self.job = JobSheet(desk)
        self.job.started.connect(self._on_job_started)
        self.job.action_requested.connect(self._on_job_action)
        self._make_table_sheet()
        self._make_package_sheets()
        self._make_lists()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.job, self._table_sheet):
            column.addWidget(part)
        column.addLayout(self._pair)
        for part in (self.rates, self._made_sheet, self.others):
            column.addWidget(part)
        column.addStretch(1)
        self._choose_profile()
        desk.case_changed.connect(self._on_changed)
        desk.checked.connect(self._on_changed)
        self.show_case()

    # ---- building

    def _make_table_sheet(self) -> None:
        self._table_sheet = Sheet("统计表")
        self.profile = ChoiceField(
            "上报要求", [Option(each.key, each.name, each.notice) for each in self._profiles], tiles=False
        )
        self.profile.value_changed.connect(self._on_profile)
        self.profile.setMinimumWidth(current_theme().px(220))
        self._table_sheet.head.addSpacing(8)
        self._table_sheet.head.addWidget(Text("上报要求"))
        self._table_sheet.head.addWidget(self.profile)
        self._header = Text("", ink="ink2", elide=True)
        self._table_sheet.add(self._header)
        self.grid = StatisticsGrid()
        self._keeps_f4 = KeepsF4(self)
        self._keeps_f4.keep(self.grid)
        self.grid.cell_chosen.connect(self._on_cell)
        self.grid.origin_requested.connect(self._on_cell_origin)
        self.origin = OriginLine()
        self.origin.origin_chosen.connect(self._on_origin)
        self._no_table = Text("", ink="ink2", wrap=True)
        self.fill_until = Button("去填统计截止日", "link")
        self.fill_until.clicked.connect(self._on_fill_until)
        self._problems = Text("", ink="warn", wrap=True)
        self._note = Text("", ink="ink2", wrap=True)
        for part in (self.grid, self.origin, self._no_table):
            self._table_sheet.add(part)
        self._table_sheet.body.addWidget(self.fill_until, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._problems, self._note):
            self._table_sheet.add(part)

    def _make_package_sheets(self) -> None:
        self.contents = Sheet("报送包里有什么")
        self._items = ItemList()
        self.contents.add(self._items)
        self.stick = StickJob(self._desk)
        self.stick.finding_chosen.connect(self._on_finding)
        self.stick.started.connect(self._on_stick_started)
        self.stick.written.connect(self._on_written)
        self.stick.open_requested.connect(self._on_open_folder)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(12)
        self._pair.addWidget(self.contents, 1)
        self._pair.addWidget(self.stick, 1)

    def _make_lists(self) -> None:
        self.rates = RatesSheet()
        self.rates.origin_chosen.connect(self._on_origin)
        self._made_sheet = Sheet("已导出的报送包")
        self.made = RecordTable(
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
        self._made_sheet.add(self.made)
        self.others = SectionView(OTHER_REPORTS, self._desk, parent=self)

    def _choose_profile(self) -> None:
        """The profile of the last package, else the first of this region that can be filled."""
        case = self._desk.case
        last = case.made_packages[-1].profile if case.made_packages else ""
        fitting = [each for each in self._profiles if each.region == case.cycle.region]
        fillable = [each for each in (*fitting, *self._profiles) if each.known_tables]
        first = next(iter(fillable), self._profiles[0])
        self.profile.set_value(last if any(each.key == last for each in self._profiles) else first.key)

    # ---- what is shown

    def chosen(self) -> Profile:
        """The notice for which figures and package are made."""
        key = self.profile.value()
        return next((each for each in self._profiles if each.key == key), self._profiles[0])

    def show_case(self) -> None:
        """Show the case as it is on the desk."""
        self._show_table()
        self.rates.show_rates(rates_of(self._desk.case))
        self._show_made()
        self._show_contents()
        blocking = in_order(finding for finding in self._desk.checkup.findings if finding.blocks)
        self.stick.show_blocking(blocking, "" if blocking else self._refusal())
        self.head_changed.emit()

    def _refusal(self) -> str:
        """Why a package cannot be frozen now, in one sentence; empty when it can."""
        try:
            refuse_unready(self._desk.case, self._desk.checkup)
        except UserError as error:
            return error.what_happened
        return ""

    def _table(self) -> tuple[Table | None, str]:
        profile, case = self.chosen(), self._desk.case
        try:
            tables = tables_for(case, profile.key, self._desk.program.clock.today())
        except UserError as error:
            return None, error.what_happened
        if tables:
            return tables[0], ""
        if profile.known_tables:
            return None, "统计截止日还没有填，填了才能算出每个数。"
        named = "、".join(f"“{table.name}”" for table in profile.tables)
        return None, f"这份通知只知道表名，栏目没有取得，填不了：{named}。"

    def _show_table(self) -> None:
        profile = self.chosen()
        table, why_not = self._table()
        self._table_sheet.set_title(table.title if table is not None else "统计表")
        self._table_sheet.set_remark(f"表样：{profile.issuer.partition('、')[0]}")
        for part in (self.grid, self.origin):
            part.setVisible(table is not None)
        self._no_table.set_words(why_not)
        self._no_table.setVisible(table is None)
        self.fill_until.setVisible(table is None and bool(profile.known_tables))
        self._note.setVisible(table is not None)
        self._problems.setVisible(table is not None and bool(table.problems))
        self._header.setVisible(table is not None)
        if table is None:
            return
        self.grid.show_table(table)
        fields = [f"{field.label} {field.value or '（空）'}" for field in table.header]
        until = table.until
        fields.append(f"数据截至 {until.year}年{until.month}月{until.day}日")
        self._header.set_words("　".join(fields))
        self._note.set_words("　".join((table.note, *table.remarks)))
        self._problems.set_words("　".join(table.problems))
        self._on_cell(*self.grid.current())

    def _show_made(self) -> None:
        case = self._desk.case
        self._made_sheet.setVisible(bool(case.made_packages))
        rows = []
        for held in case.made_packages:
            declared = facts_of(type(held))
            cells = {name: shown(case, declared[name], getattr(held, name)) for name in _PACKAGES}
            cells["fingerprint"] = grouped(held.fingerprint)
            rows.append(RowView(held.id, cells))
        if tuple(rows) != self.made.rows():
            self.made.show_rows(rows)

    def _show_contents(self) -> None:
        rows = package_contents(self._desk.program, self._desk.case, self.chosen().key)
        if rows == self._contents:
            return
        self._contents = rows
        items = [
            ItemView(
                id=str(at),
                name=f"{row.name}　{row.form}".strip("　"),
                remark=row.remark,
                shape="done" if row.ready else "explain",
                remark_ink="ink2" if row.ready else "warn",
            )
            for at, row in enumerate(rows)
        ]
        for letter in self.chosen().letters:
            wanted = f"约 {letter.words} 字" if letter.words else "字数没有规定"
            items.append(
                ItemView(
                    id=letter.name, name=letter.name, remark=f"通知要的，{wanted}，写好另附", shape="missing"
                )
            )
        self._items.show_items(items)

    # ---- the page head

    def head(self) -> HeadView:
        """To whom, by when; 导出报送包."""
        case, on = self._desk.case, self._desk.program.clock.today()
        due = self._due()
        context = f"报{case.union.district_union or case.union.upper_union or '上级工会'}"
        chip, tone = "", "far"
        if due is not None:
            context += f"，{day_words(due, on)}前"
            left = (due - on).days
            tone = "overdue" if left < 0 else "near" if left <= _NEAR_DAYS else "far"
            chip = f"已超期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"剩 {left} 天"
        handed_in = next((each.reported_on for each in self._reports() if each.reported_on), None)
        if handed_in is not None:
            chip, tone = f"{short_day(handed_in, on)}已报送", "done"
        refusal = self._refusal()
        primary = ActionView(_EXPORT, "导出报送包", "usb", refusal)
        return HeadView(
            title="统计与报送",
            context=context,
            due=chip,
            due_tone=tone,  # type: ignore[arg-type]
            primary=None if self._desk.read_only else primary,
            secondary=(_VERIFY, _TABLE),
        )

    def _reports(self) -> list[UnionReport]:
        """The reports of statistics and summary to the upper union, the last one first."""
        return [each for each in self._desk.case.union_reports if each.kind is ReportKind.STATISTICS][::-1]

    def _due(self) -> date | None:
        """The day the notice names: what was noted down, else the profile's in this year."""
        noted = next((each.due_by_notice for each in self._reports() if each.due_by_notice), None)
        year = self._desk.case.cycle.year
        return noted or (self.chosen().in_year(year).due if year else None)

    def first_focus(self) -> QWidget:
        """The table, else the choice of the notice."""
        return self.grid if not self.grid.isHidden() else self.profile

    def do(self, action: str) -> None:
        """A button of the page head."""
        self.commit()
        if action == _EXPORT:
            self.export()
        elif action == _TABLE.id:
            self.save_table()
        elif action == _VERIFY.id:
            self.verify()

    def commit(self) -> None:
        """Hand on what is typed."""
        self.others.commit()

    def open_where(self, where: Where) -> QWidget | None:
        """Go to a report or a package."""
        if where.collection == OTHER_REPORTS.collection:
            return self.others.focus_fact(where.record_id, where.fact)
        if where.collection == "made_packages":
            self.made.select(where.record_id)
            return self.made
        return None

    def print_or_look(self, _action: str) -> None:
        """Ctrl P: the table goes out as XLSX, which WPS prints."""
        self.save_table()

    # ---- origins

    @Slot(int, int)
    def _on_cell(self, row: int, column: int) -> None:
        figure = self.grid.figure(row, column)
        if figure is not None:
            self.origin.show_figure(self.grid.words_of(row, column), figure)

    @Slot(int, int)
    def _on_cell_origin(self, row: int, column: int) -> None:
        self._on_cell(row, column)
        self.origin.toggle()

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

    @Slot(object)
    def _on_profile(self, _key: object) -> None:
        self._contents = None
        self.show_case()

    # ---- the table as a file

    def save_table(self) -> None:
        """Ask where, then write the table with its 出处."""
        table, _why = self._table()
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
        folder = self._ask.open_folder(self.window(), "报送包写到哪里（U 盘或文件夹）")
        if folder is None:
            return
        desk, key, actor = self._desk, self.chosen().key, self._desk.actor

        def work(progress: Progress) -> Exported:
            from app.usecases.export_package import export_package

            return export_package(
                desk.program, desk.library, desk.case_id, folder, profile=key, actor=actor, progress=progress
            )

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= current_theme().px(_COLUMNS_FROM)
        wanted = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._pair.direction() != wanted:
            self._pair.setDirection(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
            return
        super().keyPressEvent(event)
