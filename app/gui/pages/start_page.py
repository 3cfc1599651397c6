"""First use, and whenever no library is open: where to begin, then one page for each matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.facts import facts_of
from app.domain.union import AgreementKind, Cycle, Form, Union
from app.exchange.safe_names import safe_name
from app.gui.ask import Ask
from app.gui.jobs import Job
from app.gui.pages.start_parts import LimitRow, StartRail, StartWay, free_place, limits_of, make_room
from app.gui.theme import current_theme
from app.gui.widgets.button import Button, with_reason
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.failure_sheet import FailureSheet, FailureView
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.job_progress import JobProgress
from app.gui.widgets.line_field import LineField
from app.gui.widgets.number_field import NumberField
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.usecases.program import Program

FOLDER_NAME = "集体协商资料库"
DEMO_NAME = "集体协商示例"
_KIND_MEANS = {
    AgreementKind.WAGE: "工资、津贴、福利",
    AgreementKind.GENERAL: "一般三年一签",
    AgreementKind.WOMEN: "可与工资同谈",
    AgreementKind.SAFETY: "劳保、职业危害",
}
_FORM_MEANS = {
    Form.SINGLE: "只覆盖本企业",
    Form.AREA: "覆盖一片区域的企业",
    Form.INDUSTRY: "覆盖一个行业的企业",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the pages of first use found out; ``folder`` is ``None`` when a library is open already."""

    folder: Path | None
    union_name: str
    region: str
    year: int
    kind: AgreementKind
    form: Form


class StartPage(Painted):
    """新建, 打开, 还原, 看示例; and the year alone when a library is open.

    Signals:
        create_requested: arg: a :class:`Beginning` with a folder.
        year_requested: arg: a :class:`Beginning` without one.
        open_requested: arg: the folder.
        restore_requested: arg: the backup file, arg: the new folder.
        demo_requested: arg: the new folder.
        left: Back to the open library.
        failure_way_chosen: arg: the way's id. record_requested: 看详细记录.
    """

    create_requested = Signal(object)
    year_requested = Signal(object)
    open_requested = Signal(object)
    restore_requested = Signal(object, object)
    demo_requested = Signal(object)
    left = Signal()
    failure_way_chosen = Signal(str)
    record_requested = Signal()

    def __init__(
        self, program: Program, ask: Ask, recent: Sequence[Path] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._ask = ask
        self._only_year = False
        self._can_leave = False
        self._folder: Path | None = None
        self._busy = False
        self.failure: FailureSheet | None = None
        self.progress: JobProgress | None = None
        self._make_fields()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._rail = StartRail()
        across.addWidget(self._rail)
        column = QVBoxLayout()
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        across.addLayout(column, 1)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._title = Text("", "page")
        self._where = Text("", ink="ink2")
        head.addWidget(self._title)
        head.addWidget(self._where)
        head.addStretch(1)
        column.addLayout(head)
        self._above = QVBoxLayout()
        column.addLayout(self._above)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self._matters: list[tuple[str, QWidget, FieldEditor | Button | None]] = [
            ("从哪里开始", self._welcome(recent), None),
            ("资料放在哪里", self._place_page(), self.choose_place),
            ("工会", self._union_page(), self.union_name),
            ("地区和规则", self._region_page(), self.region),
            ("本年协商", self._year_page(), self.year),
        ]
        for _, page, _ in self._matters:
            self._stack.addWidget(PageScroll(page))
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self._note = Text("", ink="ink2", elide=True)
        foot.addWidget(self._note, 1)
        self.back = Button("上一步", "secondary", "chevron_left")
        self.leave = Button("回到打开的年度", "secondary", "undo")
        self.forth = Button("下一步", "primary")
        self.back.clicked.connect(self._on_back)
        self.leave.clicked.connect(self.left)
        self.forth.clicked.connect(self._on_forth)
        for button in (self.leave, self.back):
            foot.addWidget(button)
        self._forth_row = with_reason(self.forth)
        foot.addWidget(self._forth_row)
        column.addLayout(foot)
        self.show_matter(0)

    # ---- the fields

    def _make_fields(self) -> None:
        cycle, union = facts_of(Cycle), facts_of(Union)
        self.union_name = LineField(union["name"].label, hint="照工会法人资格证书写全称")
        regions = [Option(pack.key, pack.name, "") for pack in self._program.packs]
        self.region = ChoiceField("所在地区", regions)
        self.year = NumberField(
            cycle["year"].label, unit="年", minimum=cycle["year"].minimum, maximum=cycle["year"].maximum
        )
        self.year.set_value(self._program.clock.today().year)
        kinds = [Option(kind, kind.label, _KIND_MEANS[kind]) for kind in AgreementKind]
        forms = [Option(form, form.label, _FORM_MEANS[form]) for form in Form]
        self.kind = ChoiceField(cycle["agreement_kind"].label, kinds, tiles=True, extent="")
        self.kind.set_value(AgreementKind.WAGE)
        self.form = ChoiceField(cycle["form"].label, forms, tiles=True, extent="")
        self.form.set_value(Form.SINGLE)
        for editor in (self.union_name, self.region, self.year, self.kind, self.form):
            editor.edited.connect(self._on_edited)

    # ---- the pages

    def _welcome(self, recent: Sequence[Path]) -> QWidget:
        page, column = make_room()
        sheet = Sheet("这台电脑上还没有打开资料库")
        sheet.add(
            Text(
                "一个资料库就是一个文件夹，放着本会所有年度的协商资料，可以整个复制。", ink="ink2", wrap=True
            )
        )
        for name, icon, words, meaning in (
            ("new", "plus", "新建资料库", "第一次用，约 5 分钟，任何一步都可以先空着"),
            ("open", "folder", "打开资料库", "以前建好的，或从别的电脑、U 盘复制来的文件夹"),
            ("restore", "history", "从备份还原", "选备份文件，还原到一个新文件夹，原来的不动"),
            ("demo", "book", "看示例", "一个虚构企业从调查到履约的全年资料，随便改，不影响别的"),
        ):
            way = StartWay(name, icon, words, meaning)
            way.activated.connect(self._on_way)
            sheet.add(way)
        column.addWidget(sheet)
        self._recent_sheet = Sheet("最近打开的")
        column.addWidget(self._recent_sheet)
        column.addStretch(1)
        self.show_recent(recent)
        return page

    def show_recent(self, recent: Sequence[Path]) -> None:
        """List libraries opened lately."""
        self._recent_sheet.clear()
        for folder in recent:
            way = StartWay(f"recent:{folder}", "folder", folder.name, str(folder.parent))
            way.activated.connect(self._on_way)
            self._recent_sheet.add(way)
        self._recent_sheet.setVisible(bool(recent))

    def _place_page(self) -> QWidget:
        page, column = make_room()
        sheet = Sheet("资料库放在哪个文件夹")
        sheet.add(
            Text(
                "资料只存在这台电脑，不联网。以后可以整个文件夹复制到 U 盘或别的电脑。", ink="ink2", wrap=True
            )
        )
        self.choose_place = Button("选文件夹", "secondary", "folder")
        self.choose_place.clicked.connect(self._on_choose_place)
        self._place_words = Text("", wrap=True)
        sheet.body.addWidget(self.choose_place, 0, Qt.AlignmentFlag.AlignLeft)
        sheet.add(self._place_words)
        column.addWidget(sheet)
        column.addStretch(1)
        return page

    def _union_page(self) -> QWidget:
        page, column = make_room()
        sheet = Sheet("本会叫什么")
        grid = FormGrid(columns=1)
        grid.add(self.union_name.name, self.union_name)
        sheet.add(grid)
        sheet.add(Text("代码、主席、上级工会等，以后在“设置”里补。", ink="ink2", wrap=True))
        column.addWidget(sheet)
        column.addStretch(1)
        return page

    def _region_page(self) -> QWidget:
        page, column = make_room()
        sheet = Sheet("单位在哪里")
        grid = FormGrid(columns=1)
        grid.add(self.region.name, self.region)
        sheet.add(grid)
        sheet.add(Text("期限、票数和文书名称照这里的规定。没有列出的地方选“全国”。", ink="ink2", wrap=True))
        column.addWidget(sheet)
        self._limits = Sheet()
        column.addWidget(self._limits)
        column.addStretch(1)
        self._show_limits()
        return page

    def _year_page(self) -> QWidget:
        page, column = make_room()
        sheet = Sheet("这一年谈什么")
        grid = FormGrid(columns=1)
        for editor in (self.year, self.kind, self.form):
            grid.add(editor.name, editor)
        sheet.add(grid)
        column.addWidget(sheet)
        column.addStretch(1)
        return page

    def _show_limits(self) -> None:
        chosen = self.region.value()
        pack = self._program.packs.packs.get(chosen) if chosen else None
        self._limits.clear()
        self._limits.setVisible(pack is not None)
        if pack is None:
            return
        self._limits.set_title(f"选{pack.name}以后")
        self._limits.add(Text("下面这些期限会自动算好，每一条都写明依据。", ink="ink2", wrap=True))
        for title, words, article, read in limits_of(
            pack, self._program, self.kind.value(), self.form.value()
        ):
            self._limits.add(LimitRow(title, words, article, read))

    # ---- going through

    def begin(self, *, can_leave: bool) -> None:
        """Start over; ``can_leave``: a library is open to which one may go back."""
        self._only_year = False
        self._can_leave = can_leave
        self.show_matter(0)

    def ask_year(
        self, *, year: int, region: str, kind: AgreementKind | None, form: Form | None, can_leave: bool
    ) -> None:
        """Ask only for the year; the rest comes from the open library."""
        self._only_year = True
        self._can_leave = can_leave
        self.year.set_value(year)
        self.region.set_value(region or None)
        self.kind.set_value(kind or AgreementKind.WAGE)
        self.form.set_value(form or Form.SINGLE)
        self.show_matter(3 if not region else 4)

    def matter(self) -> int:
        """Which page is shown."""
        return self._stack.currentIndex()

    def show_matter(self, at: int) -> None:
        """Show a page and go to its field."""
        self._stack.setCurrentIndex(at)
        title, _, first = self._matters[at]
        names = [name for name, _, _ in self._matters[1:]]
        filled = (self._folder is not None, bool(self.union_name.value()), bool(self.region.value()), False)
        if at == 0 or self._only_year:
            self._rail.show_matters((), 0)
        else:
            self._rail.show_matters(names, at, filled)
        self._title.set_words(title)
        self._where.set_words(f"第 {at} 步，共 {len(names)} 步" if at and not self._only_year else "")
        self._where.setVisible(bool(self._where.words()))
        if at == 3:
            self._show_limits()
        self._show_foot()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            way = self.findChild(StartWay)
            if isinstance(way, StartWay):
                way.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        """The field of the page that is shown."""
        return self._matters[self.matter()][2]

    def _show_foot(self) -> None:
        at = self.matter()
        last = at == len(self._matters) - 1
        self.leave.setVisible(self._can_leave)
        self.back.setVisible(at > 0 and not self._only_year)
        self._forth_row.setVisible(at > 0)
        following = "" if last or at == 0 else self._matters[at + 1][0]
        self.forth.set_words(
            ("开这个年度" if self._only_year else "建好资料库") if last else f"下一步：{following}"
        )
        self.forth.set_blocked((self._lacks() or None) if last and not self._busy else None)
        self._note.set_words("每一步都可以先空着，最后再补。" if at > 0 and not last else "")

    def _lacks(self) -> str:
        if self._folder is None and not self._only_year:
            return "还没选文件夹"
        if not self.region.value():
            return "还没选地区"
        if not isinstance(self.year.value(), int):
            return "还没写年度"
        if self.kind.value() is None or self.form.value() is None:
            return "还没选合同类型和协商形式"
        return ""

    @Slot()
    def _on_edited(self) -> None:
        self._show_foot()
        if self.matter() == 3:
            self._show_limits()
        self._show_place()

    @Slot()
    def _on_back(self) -> None:
        self.show_matter(max(0, self.matter() - 1))

    @Slot()
    def _on_forth(self) -> None:
        if self._busy:
            return
        if self.matter() < len(self._matters) - 1:
            self.show_matter(self.matter() + 1)
            return
        year = self.year.value()
        if self._lacks() or not isinstance(year, int):
            return
        beginning = Beginning(
            folder=None if self._only_year else self.place(),
            union_name=self.union_name.value(),
            region=str(self.region.value()),
            year=year,
            kind=self.kind.value(),
            form=self.form.value(),
        )
        (self.year_requested if self._only_year else self.create_requested).emit(beginning)

    @Slot()
    def _on_choose_place(self) -> None:
        chosen = self._ask.open_folder(self.window(), "选资料库放在哪里")
        if chosen is not None:
            self._folder = chosen
            self._show_place()
            self._show_foot()

    def place(self) -> Path | None:
        """Where the new library will lie: the chosen folder if it is empty, else a new one in it."""
        return free_place(self._folder, self._named(FOLDER_NAME)) if self._folder is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Enter presses the red button; so does Enter in a line, except for making the library."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.matter() > 0:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            in_line = isinstance(QApplication.focusWidget(), QLineEdit)
            if control or (in_line and self.matter() < len(self._matters) - 1):
                if self.forth.isEnabled():
                    self.forth.click()
                return
        super().keyPressEvent(event)

    def _named(self, name: str) -> str:
        union = str(self.union_name.value()).strip()
        return f"{safe_name(union)}{name}" if union else name

    def _show_place(self) -> None:
        place = self.place()
        self._place_words.set_words(f"资料库会建在：{place}" if place is not None else "还没选。")

    @Slot()
    def _on_way(self) -> None:
        sender = self.sender()
        if not isinstance(sender, StartWay) or self._busy:
            return
        if sender.name == "new":
            self._show_place()
            self.show_matter(1)
        elif sender.name == "open":
            chosen = self._ask.open_folder(self.window(), "选资料库文件夹")
            if chosen is not None:
                self.open_requested.emit(chosen)
        elif sender.name == "restore":
            self._restore()
        elif sender.name == "demo":
            chosen = self._ask.open_folder(self.window(), "示例放在哪里")
            if chosen is not None:
                self.demo_requested.emit(free_place(chosen, DEMO_NAME))
        elif sender.name.startswith("recent:"):
            self.open_requested.emit(Path(sender.name.removeprefix("recent:")))

    def _restore(self) -> None:
        backup = self._ask.open_file(self.window(), "选备份文件", "备份 (*.zip);;所有文件 (*)")
        if backup is None:
            return
        chosen = self._ask.open_folder(self.window(), "还原到哪个文件夹")
        if chosen is not None:
            self.restore_requested.emit(backup, free_place(chosen, FOLDER_NAME))

    # ---- work and failure

    def show_job(self, job: Job) -> None:
        """Show that something is being made; 取消 stops it."""
        self.clear_failure()
        self.progress = JobProgress(job.name)
        self.progress.cancel_requested.connect(job.cancel)
        job.progressed.connect(self.progress.show_step)
        self._above.addWidget(self.progress)
        self._set_busy(True)

    def end_job(self) -> None:
        """The job is over."""
        if self.progress is not None:
            self.progress.hide()
            self.progress.deleteLater()
            self.progress = None
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.forth.set_busy("正在建…" if busy and self.matter() > 0 else None)
        self._stack.setEnabled(not busy)
        self._show_foot()

    def show_failure(self, failure: FailureView) -> None:
        """Show what did not work, above the page."""
        self.clear_failure()
        sheet = FailureSheet(failure)
        sheet.way_chosen.connect(self.failure_way_chosen)
        sheet.record_requested.connect(self.record_requested)
        sheet.closed.connect(self.clear_failure)
        self.failure = sheet
        self._above.addWidget(sheet)
        sheet.focus_first_way()

    def clear_failure(self) -> None:
        """The failure is solved or put away."""
        if self.failure is not None:
            self.failure.hide()
            self.failure.deleteLater()
            self.failure = None

    def paintEvent(self, event: QPaintEvent) -> None:
        start_painting(self).fillRect(self.rect(), current_theme().colour("bg"))
