"""首页: the next step, the year on one line, due dates, findings, papers, backup."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.stages import Stage
from app.domain.union import AgreementKind, Form
from app.errors import UserError
from app.forms.pages import page_of
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.failure_words import failure_view
from app.gui.forms.paper_door import PaperDoor
from app.gui.pages.head_view import HeadView
from app.gui.pages.home_cards import BackupCard, FindingsCard, PapersCard
from app.gui.pages.home_words import due_view, why_words
from app.gui.pages.keeps_f4 import KeepsF4
from app.gui.pages.next_step_card import NextStepCard
from app.gui.pages.plan_doors import PlanDoors
from app.gui.pages.time_line import Legend, TimeLine
from app.gui.pages.year_rows import year_line
from app.gui.stick_watch import watch_of
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.date_reading import weekday
from app.gui.widgets.due_row import DueRow
from app.gui.widgets.failure_sheet import FailureSheet
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.sheet import Sheet
from app.rules.findings import Deadline, Finding, Where
from app.rules.odd_days import is_far
from app.rules.required_papers import PaperNeed, required_papers
from app.usecases.overview import CHOOSE_REGION, Overview

if TYPE_CHECKING:
    from app.gui.main_window_jobs import JobWatch
    from app.gui.pages.broken_off_sheet import BrokenOffSheet

EVIDENCE_DOOR = ("evidence", "")
REPORT_DOOR = ("report", "")
REGION_DOOR = Where("cycle", "cycle", "region")
LIBRARY_DOOR = ("settings", "library")
_COLUMNS_FROM = 900
_WIDE_FROM = 1300
_SIDE = 304
_SIDE_WIDE = 380
_FEWEST_DUE = 3
_LOW_UNDER = 560
_NO_LIMIT = 16_777_215


class RowsScroll(PageScroll):
    """Scrolled rows that ask for no more room than they must have and lie close when there is more."""

    def __init__(self, rows: RowStack) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rows)
        column.addStretch(1)
        super().__init__(inner)

    def sizeHint(self) -> QSize:
        return QSize(320, self.minimumHeight())


class HomePage(QWidget):
    """Everything of :class:`app.usecases.overview.Overview`, each part a door to where it is mended.

    Signals:
        door_opened: Go there. arg: a ``Where``, a ``PaperDoor``, or the tuple (page key, step key).
        head_changed: The line beside the title is another one.
        job_started: A backup, the wall plan or the calendar is being made. arg: the job.
    """

    door_opened = Signal(object)
    head_changed = Signal()
    job_started = Signal(object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: Overview | None = None
        self._due: dict[str, Deadline] = {}
        self._arrangement = ""
        self._room: QWidget | None = None  # what is seen of the page where it scrolls
        self._shown_as: tuple[str, date | None] = ("", None)
        self._keeps_f4 = KeepsF4(self)
        self.setAccessibleName("首页")
        self.next = NextStepCard()
        self.next.step_chosen.connect(self.go_on)
        self.next.aside_chosen.connect(self._on_aside)
        self.line = TimeLine()
        self.line.stage_chosen.connect(self._on_stage)
        self._year = Sheet("七个阶段与法定期限")
        self._year.head.addWidget(Legend())
        self._year.body.setSpacing(4)
        self._year.add(self.line, 1)
        self.due_rows = RowStack("眼下没有要到期的事。")
        self._due_scroll = RowsScroll(self.due_rows)
        self._due_sheet = Sheet("到期事项")
        self._due_sheet.body.setSpacing(4)
        self.plan = PlanDoors(desk, ask)
        self.plan.job_started.connect(self.job_started)
        self._due_sheet.head.addWidget(self.plan)
        self._due_sheet.add(self.plan.strip)
        self._due_sheet.add(self._due_scroll, 1)
        self.findings = FindingsCard()
        self.findings.finding_chosen.connect(self._on_finding)
        self.papers = PapersCard()
        self.papers.evidence_chosen.connect(self._on_evidence)
        self.backup = BackupCard(desk)
        self.backup.away_chosen.connect(self._on_away)
        self.backup.started.connect(self.job_started)
        self.backup.failed.connect(self._on_backup_failed)
        self.backup.made.connect(self.clear_failure)
        self.watch = watch_of(desk)
        self.watch.seen.connect(self.backup.show_sticks)
        self.failure: FailureSheet | None = None
        self.broken_off: BrokenOffSheet | None = None
        self._jobs: JobWatch | None = None
        for sheet in (self.next, self._year, self._due_sheet, self.findings, self.papers, self.backup):
            tighten(sheet)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._side = QWidget()
        self._side.setLayout(self._right)
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(16)
        self._outer.addLayout(self._left, 1)
        self._outer.addWidget(self._side)
        self._right.setContentsMargins(0, 0, 0, 0)
        for column in (self._left, self._right):
            column.setSpacing(12)
        desk.checked.connect(self._on_checked)
        self._arrange()
        self.show_case()

    # ---- what is shown

    def show_case(self) -> None:
        """Show the case as it is on the desk."""
        case, on = self._desk.case, self._desk.program.clock.today()
        view = self._desk.overview()
        if view is self._view and (self._arrangement, on) == self._shown_as:
            return
        self._view = view
        self._shown_as = (self._arrangement, on)
        self.next.show_view(view, on, self._says(view.due))
        self.line.show_line(year_line(case, view.stages, self._desk.checkup.deadlines, on))
        self._show_due(view)
        wide = self._arrangement == "wide"
        self.findings.show_grades(view.grades, wide=wide)
        self.findings.say_checked(view.step is not CHOOSE_REGION)
        pack = self._desk.program.pack_or_national(case)
        self.papers.show_papers(view, required_papers(case, pack, on) if wide else (), wide=wide)
        self.head_changed.emit()

    def head(self) -> HeadView:
        """What the page head says: 3月31日 周二 · 本轮协商第 30 天."""
        on = self._desk.program.clock.today()
        context = f"{on.month}月{on.day}日 {weekday(on)}"
        case = self._desk.case
        stages = self._view.stages if self._view else ()
        begun = [row.first for row in stages if row.first and not is_far(row.first, case)]
        if begun and min(begun) <= on:
            context += f" · 本轮协商第 {(on - min(begun)).days + 1} 天"
        chip = "练习案卷" if case.cycle.practice else ""
        return HeadView(title="首页", chip=chip, context=context)

    def primary(self) -> Button:
        """The red button, for Ctrl Enter."""
        return self.next.button

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page is opened."""
        return self.next.button

    def columns(self) -> tuple[QWidget, ...]:
        """The sheets in the order of importance, as they stand in one column."""
        return (self.next, self._due_sheet, self._year, self.findings, self.papers, self.backup)

    def _show_due(self, view: Overview) -> None:
        on = self._desk.program.clock.today()
        self._due = {
            f"{row.rule}/{row.variant}/{row.where.collection}/{row.where.record_id}/{at}": row
            for at, row in enumerate(view.open_due)
        }
        views = [due_view(row, key, on) for key, row in self._due.items()]
        shown = self.due_rows.rows()
        if views == [row.due for row in shown if isinstance(row, DueRow)] and (shown or not views):
            return
        rows = [DueRow(each) for each in views]
        for row in rows:
            self._keeps_f4.keep(row)
            row.chosen.connect(self._on_due)
            row.why_requested.connect(self.show_why)
            row.article_requested.connect(self.show_why)
        self.due_rows.show_rows(rows)
        self._due_sheet.set_remark(f"按日期，共 {len(rows)} 项" if rows else "")
        self._fit_due()

    def _fit_due(self) -> None:
        """The list keeps three rows in sight and takes what room is left.

        In one column, and where the page scrolls anyway, it shows all: no list scrolls inside a scrolled page.
        """
        count = len(self.due_rows.rows())
        self._share_height(due=bool(count))
        row = max((each.sizeHint().height() for each in self.due_rows.rows()), default=current_theme().px(24))
        whole = self._arrangement == "narrow" or self._is_low()
        least = max(1, count if whole else min(count, _FEWEST_DUE)) * (row + 1)
        self._due_scroll.setMinimumHeight(least)
        self._due_scroll.setMaximumHeight(_NO_LIMIT if count else least)

    def _share_height(self, *, due: bool) -> None:
        """The year and the due dates share what room is left; where nothing is due the year takes it."""
        beside = self._arrangement != "narrow"
        year = {"narrow": 0, "middle": 0, "wide": 3}[self._arrangement]
        self._left.setStretchFactor(self._year, year if due else int(beside))
        self._left.setStretchFactor(self._due_sheet, 4 if due and beside else 0)
        most = _NO_LIMIT if due else self._year.sizeHint().height() + self.line.room_to_grow()
        self._year.setMaximumHeight(most)
        policy = QSizePolicy.Policy.Expanding if due else QSizePolicy.Policy.Maximum
        self._due_sheet.setSizePolicy(QSizePolicy.Policy.Preferred, policy)

    def _is_low(self) -> bool:
        return self._room is not None and self._room.height() < current_theme().px(_LOW_UNDER)

    @Slot(str)
    def show_why(self, key: str) -> None:
        """Open the why of a due date below its row; a second time closes it."""
        due = self._due.get(key)
        for row in self.due_rows.rows():
            if isinstance(row, DueRow):
                wanted = due is not None and row.due.id == key and row.why.isHidden()
                row.show_why(why_words(due, self._says(due)) if wanted and due is not None else "")
        self._fit_due()

    def _says(self, due: Deadline | None) -> str:
        """What the article behind a due date says, in the pack's own paraphrase."""
        if due is None:
            return ""
        cycle = self._desk.case.cycle
        kind, form = cycle.agreement_kind or AgreementKind.WAGE, cycle.form or Form.SINGLE
        rule = self._desk.program.pack_or_national(self._desk.case).rule(due.rule, kind, form)
        return rule.says if rule is not None else ""

    def show_origin(self) -> None:
        """F4 from anywhere: the why of the due date that belongs to the next step, else of the nearest."""
        if self._view is None or not self._due:
            return
        wanted = next((key for key, row in self._due.items() if row is self._view.due), next(iter(self._due)))
        self.show_why(wanted)

    # ---- doors

    @Slot()
    def go_on(self) -> None:
        """Go where the next step is done."""
        if self._view is None:
            return
        step = self._view.step
        if step is CHOOSE_REGION:
            self.door_opened.emit(REGION_DOOR)
        elif step.where is not None:
            self.door_opened.emit(step.where)
        else:
            self.door_opened.emit((page_of(step.stage).key, step.step) if step.stage else REPORT_DOOR)

    @Slot()
    def _on_aside(self) -> None:
        step = self._view.step if self._view is not None else None
        if step is not None and step.stage is not None and step.aside_step:
            self.door_opened.emit((page_of(step.stage).key, step.aside_step))

    @Slot(object)
    def _on_stage(self, stage: Stage) -> None:
        self.door_opened.emit((page_of(stage).key, ""))

    @Slot(str)
    def _on_due(self, key: str) -> None:
        if key in self._due:
            self.door_opened.emit(self._due[key].where)

    @Slot(object)
    def _on_finding(self, finding: Finding) -> None:
        self.door_opened.emit(finding.where)

    @Slot(object)
    def _on_evidence(self, need: PaperNeed | None) -> None:
        self.door_opened.emit(EVIDENCE_DOOR if need is None else PaperDoor(need))

    @Slot()
    def _on_away(self) -> None:
        self.door_opened.emit(LIBRARY_DOOR)

    # ---- what was broken off

    def tell_broken_off(self, jobs: JobWatch) -> None:
        """Say at the top of the page what was under way when the program ended last time, until it is read."""
        self._jobs = jobs
        told = jobs.broken_off()
        if self.broken_off is not None and self.broken_off.jobs != told:
            self._left.removeWidget(self.broken_off)
            self.broken_off.hide()
            self.broken_off.deleteLater()
            self.broken_off = None
        if told and self.broken_off is None:
            from app.gui.pages.broken_off_sheet import BrokenOffSheet

            self.broken_off = BrokenOffSheet(told, self._desk, self)
            self.broken_off.page_wanted.connect(self._on_page)
            self.broken_off.read.connect(self._on_broken_off_read)
            self._left.insertWidget(0, self.broken_off)

    @Slot()
    def _on_broken_off_read(self) -> None:
        if self._jobs is not None:
            self._jobs.forget_broken_off()
            self.tell_broken_off(self._jobs)
            self.next.button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_page(self, page: str) -> None:
        self.door_opened.emit((page, ""))

    # ---- failure

    @Slot(object)
    def _on_backup_failed(self, error: UserError) -> None:
        """Tell it at the top of the page; it goes away as soon as a backup is made."""
        self.clear_failure()
        at = self._desk.program.clock.now().astimezone()
        ways = (ActionView("again", "再备份一次", "redo"), ActionView("away", "备份到 U 盘", "usb"))
        self.failure = FailureSheet(failure_view(error, "备份没有做成", at, ways))
        self.failure.way_chosen.connect(self._on_failure_way)
        self._left.insertWidget(0, self.failure)
        self.failure.focus_first_way()

    @Slot(str)
    def _on_failure_way(self, way: str) -> None:
        if way == "again":
            self.backup.back_up()
        else:
            self._on_away()

    @Slot()
    def clear_failure(self) -> None:
        """What failed was done after all."""
        if self.failure is not None:
            self._left.removeWidget(self.failure)
            self.failure.hide()
            self.failure.deleteLater()
            self.failure = None

    # ---- keeping up

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        if self.isVisible():
            self.show_case()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._room:
            self._fit_due()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the why of the next step and gives the focus back to its link."""
        if event.key() == Qt.Key.Key_Escape and self.next.close_why():
            self.next.how.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.next.close_why()
        if self._room is not self.parentWidget():
            self._room = self.parentWidget()
            if self._room is not None:
                self._room.installEventFilter(self)
        self._fit_due()
        self.show_case()
        if self._jobs is not None:
            self.tell_broken_off(self._jobs)  # it may have been done again meanwhile
        self.backup.read()
        if self.watch.is_known():
            self.backup.show_sticks(self.watch.sticks())

    # ---- arrangement

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme, across = current_theme(), self.width()
        wanted = "narrow" if across < theme.px(_COLUMNS_FROM) else "middle"
        if across >= theme.px(_WIDE_FROM):
            wanted = "wide"
        if wanted == self._arrangement:
            self._fit_due()
            return
        self._arrangement = wanted
        # An item that was only taken out lives on in Python, and the next one never forgets a height.
        for column in (self._left, self._right):
            for part in (self.failure, self.broken_off, self.plan.job, *self.columns()):
                if part is not None:
                    column.removeWidget(part)
            while column.count():
                column.takeAt(0)  # what is left is a stretch
        if self.failure is not None:
            self._left.addWidget(self.failure)
        if self.broken_off is not None:
            self._left.addWidget(self.broken_off)
        self._left.addWidget(self.plan.job)
        cards = (self.findings, self.papers, self.backup)
        if wanted == "narrow":
            self._outer.setDirection(QBoxLayout.Direction.TopToBottom)
            for part in (self.next, self._due_sheet, self._year):
                self._left.addWidget(part)
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_NO_LIMIT)
        else:
            self._outer.setDirection(QBoxLayout.Direction.LeftToRight)
            self._left.addWidget(self.next)
            self._left.addWidget(self._year, 3 if wanted == "wide" else 0)
            self._left.addWidget(self._due_sheet, 4)
            self._left.addStretch(0)
            self._side.setFixedWidth(theme.px(_SIDE_WIDE if wanted == "wide" else _SIDE))
        for card in cards:
            self._right.addWidget(card, 1 if card is self.papers and wanted != "narrow" else 0)
        self._fit_due()
        if self._view is not None:
            self.show_case()


def tighten(sheet: Sheet) -> None:
    """Give a sheet of 首页 the lower margins that let everything important stand without scrolling."""
    layout = sheet.layout()
    assert layout is not None
    layout.setContentsMargins(16, 10, 16, 8)
