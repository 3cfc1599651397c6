"""First use, and whenever no library is open: where to begin, then four pages, each of which may stay half done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.union import AgreementKind, Form
from app.exchange.safe_names import safe_name
from app.gui.ask import Ask
from app.gui.jobs import Job
from app.gui.pages.start_facts import Beginning
from app.gui.pages.start_form import FIRST_USE, PLACE, REVIEW, StartForm
from app.gui.pages.start_parts import StartRail, free_name, free_place
from app.gui.pages.start_welcome import WelcomeView, YearView
from app.gui.theme import current_theme
from app.gui.widgets.button import Button, with_reason
from app.gui.widgets.failure_sheet import FailureSheet, FailureView
from app.gui.widgets.job_progress import JobProgress
from app.gui.widgets.page_scroll import GUTTER, PageScroll
from app.gui.widgets.painted import Painted, start_painting
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.rules.pack import RulePacks
from app.usecases.program import Program

FOLDER_NAME = "集体协商资料库"
DEMO_NAME = "集体协商练习"
WELCOME = 0
YEAR_PAGE = len(FIRST_USE) + 1
_WIDEST, _HIGHEST = 1280, 800
_KEEP_AFTER_MS = 1000
__all__ = ["Beginning", "StartPage"]


class KeepsFirstUse(Protocol):
    """Where half-done answers lie until the library is made; :class:`app.gui.window_memory.WindowMemory`."""

    def first_use(self) -> dict[str, Any]:
        """What was kept; empty when nothing was."""

    def remember_first_use(self, kept: dict[str, Any]) -> None:
        """Keep this instead."""


class StartPage(Painted):
    """新建, 打开, 还原, 看练习案例; and the year alone when a library is open.

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
        self,
        program: Program,
        ask: Ask,
        recent: Sequence[Path] = (),
        parent: QWidget | None = None,
        *,
        memory: KeepsFirstUse | None = None,
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._ask = ask
        self._memory = memory
        self._can_leave = False
        self._folder: Path | None = None
        self._busy = False
        self.failure: FailureSheet | None = None
        self.progress: JobProgress | None = None
        self.form = StartForm(program)
        self.form.changed.connect(self._on_changed)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_KEEP_AFTER_MS)
        self._rest.timeout.connect(self._keep)
        self.form.place_wanted.connect(self._on_choose_place)
        self.form.page_wanted.connect(self._on_page_wanted)
        self.welcome = WelcomeView()
        self.welcome.way_chosen.connect(self._on_way)
        self.year_view = YearView(program)
        self.year_view.changed.connect(self._show_foot)
        self.year = self.year_view.year
        self._build()
        self.show_recent(recent)
        self._take_up()

    # ---- building

    def _build(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._rail = StartRail()
        across.addWidget(self._rail)
        middle = QHBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        self._middle = QWidget()
        middle.addStretch(1)
        middle.addWidget(self._middle, 1000)
        middle.addStretch(1)
        room = QVBoxLayout()
        room.setContentsMargins(0, 0, 0, 0)
        room.addLayout(middle, 1000)
        room.addStretch(1)
        across.addLayout(room, 1)
        self._limit()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._title = Text("", "page")
        self._where = Text("", ink="ink2", elide=True)
        self.open_button = Button("打开已有资料库", "text", "folder")
        self.open_button.clicked.connect(self._on_open)
        head.addWidget(self._title)
        head.addWidget(self._where, 1)
        head.addWidget(self.open_button)
        head.addSpacing(GUTTER)
        column.addLayout(head)
        self._above = QVBoxLayout()
        column.addLayout(self._above)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        for page in (self.welcome, *self.form.pages, self.year_view):
            self._stack.addWidget(PageScroll(page))
        column.addLayout(self._make_foot())

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self._kept = Shape("met", px=16)
        self._note = Text("", ink="ink2", elide=True)
        foot.addWidget(self._kept)
        foot.addWidget(self._note, 1)
        self.from_backup = Button("从去年的备份接着用", "secondary", "undo")
        self.practice = Button("先看练习案例", "secondary", "book")
        self.back = Button("上一步", "secondary", "chevron_left")
        self.leave = Button("回到打开的年度", "secondary", "undo")
        self.forth = Button("下一步", "primary")
        for button, slot in (
            (self.leave, self.left),
            (self.from_backup, self._on_restore),
            (self.practice, self._on_practice),
            (self.back, self._on_back),
            (self.forth, self._on_forth),
        ):
            button.clicked.connect(slot)
        for button in (self.leave, self.from_backup, self.practice, self.back):
            foot.addWidget(button)
        self._forth_row = with_reason(self.forth)
        foot.addWidget(self._forth_row)
        foot.addSpacing(GUTTER)
        return foot

    def _limit(self) -> None:
        theme = current_theme()
        self._middle.setMaximumSize(theme.px(_WIDEST), theme.px(_HIGHEST))

    def retheme(self) -> None:
        self._limit()
        super().retheme()

    # ---- going through

    def show_recent(self, recent: Sequence[Path]) -> None:
        """List libraries opened lately."""
        self.welcome.show_recent(recent)

    def begin(self, *, can_leave: bool) -> None:
        """Start over; ``can_leave``: a library is open to which one may go back.

        The very first time the first page stands there at once, or the page that was left half done.
        """
        self._can_leave = can_leave
        first = not can_leave and not self.welcome.has_recent()
        self.show_matter(self._left_at() if first else WELCOME)

    def ask_year(
        self,
        *,
        packs: RulePacks,
        year: int,
        region: str,
        kind: AgreementKind | None,
        form: Form | None,
        can_leave: bool,
    ) -> None:
        """Ask only for the year; the rest comes from the open library, and so do the packs."""
        self.year_view.show_packs(packs)
        self._can_leave = can_leave
        self.year_view.show_year(year, region, kind, form)
        self.show_matter(YEAR_PAGE)

    def title(self) -> str:
        """What stands at the top of the page that is shown."""
        return self._title.words()

    def matter(self) -> int:
        """Which page is shown: 0 where to begin, 1 to 4 first use, 5 a further year."""
        return self._stack.currentIndex()

    def show_matter(self, at: int) -> None:
        """Show a page and go to its first field."""
        self.form.commit()
        if at == REVIEW:
            self.form.show_review(self.place())
        self._stack.setCurrentIndex(at)
        within = WELCOME < at < YEAR_PAGE
        self._rail.show_matters(
            FIRST_USE if within else (),
            at if within else 0,
            self.form.filled(placed=self._folder is not None or at == REVIEW),
        )
        self._title.set_words(
            FIRST_USE[at - 1] if within else "开新年度" if at == YEAR_PAGE else "从哪里开始"
        )
        self._where.set_words(f"第 {at} 步，共 {len(FIRST_USE)} 步" if within else "")
        self.open_button.setVisible(within)
        self._show_place()
        self._show_foot()
        if within:
            self._keep()
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        """The next thing to fill on the page that is shown, else the red button."""
        at = self.matter()
        if at == WELCOME:
            return self.welcome.first_focus()
        if at == YEAR_PAGE:
            return self.year_view.first_focus()
        return self.form.first_focus(at) or self.forth

    def _show_foot(self) -> None:
        at = self.matter()
        within, last = WELCOME < at < YEAR_PAGE, at in (REVIEW, YEAR_PAGE)
        self.leave.setVisible(self._can_leave)
        for button in (self.from_backup, self.practice):
            button.setVisible(within and not self._can_leave)
        self.back.setVisible((at > 1 and at != YEAR_PAGE) or (at == 1 and self._shows_welcome()))
        self._forth_row.setVisible(at != WELCOME)
        if at == YEAR_PAGE:
            self.forth.set_words("开这个年度")
        elif within:
            self.forth.set_words("建好资料库" if last else f"下一步：{FIRST_USE[at]}")
        lacks = self.year_view.lacks() if at == YEAR_PAGE else self.form.lacks()
        self.forth.set_blocked((lacks or None) if last and not self._busy else None)
        note = "已自动保存，随时可以关掉，下次接着填" if self._memory is not None else "每一项都可以先空着"
        self._note.set_words(note if within and not (last and lacks) else "")
        self._kept.setVisible(bool(self._note.words()) and self._memory is not None)

    def _shows_welcome(self) -> bool:
        return self._can_leave or self.welcome.has_recent()

    @Slot()
    def _on_changed(self) -> None:
        self._rest.start()
        self._show_place()
        self._show_foot()

    @Slot(int, str)
    def _on_page_wanted(self, at: int, name: str) -> None:
        self.show_matter(at)
        self.form.go_to(name)

    @Slot()
    def _on_back(self) -> None:
        self.show_matter(max(WELCOME, self.matter() - 1))

    @Slot()
    def _on_forth(self) -> None:
        if self._busy:
            return
        at = self.matter()
        if at == YEAR_PAGE:
            beginning = self.year_view.beginning()
            if beginning is not None:
                self.year_requested.emit(beginning)
        elif at < REVIEW:
            self.show_matter(at + 1)  # half done is no hindrance: the last page lists what is open
        else:
            beginning = self.form.beginning(self.place())
            if beginning is not None:
                self.create_requested.emit(beginning)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Enter presses the red button; so does Enter in a line, except for making the library."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.matter() != WELCOME:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            in_line = isinstance(QApplication.focusWidget(), QLineEdit)
            if control or (in_line and self.matter() < REVIEW):
                if self.forth.isEnabled():
                    self.forth.click()
                return
        super().keyPressEvent(event)

    # ---- half done

    def _take_up(self) -> None:
        """Put back what was filled in last time."""
        kept = self._memory.first_use() if self._memory is not None else {}
        answers = kept.get("answers")
        if isinstance(answers, dict):
            self.form.take(answers)
        unread = kept.get("unread")
        if isinstance(unread, dict):
            self.form.take_unread(unread)
        folder = kept.get("folder")
        self._folder = Path(folder) if isinstance(folder, str) and folder else None

    def _left_at(self) -> int:
        page = self._memory.first_use().get("page") if self._memory is not None else None
        return page if isinstance(page, int) and 1 <= page <= REVIEW else 1

    @Slot()
    def _keep(self) -> None:
        self._rest.stop()
        if self._memory is None or not WELCOME < self.matter() < YEAR_PAGE:
            return
        self._memory.remember_first_use(
            {
                "page": self.matter(),
                "answers": self.form.answers(),
                "unread": self.form.unread(),
                "folder": str(self._folder) if self._folder is not None else "",
            }
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """The window closes, or something else is shown: keep what is being typed."""
        super().hideEvent(event)
        if self._rest.isActive() or self.matter() in (1, 2):
            self.form.commit()
            self._keep()

    def forget(self) -> None:
        """The library is made: nothing is half done any more."""
        if self._memory is not None and self._memory.first_use():
            self._memory.remember_first_use({})
        self._stack.setCurrentIndex(WELCOME)
        self.form.clear()
        self._rest.stop()
        self._folder = None

    # ---- the place

    @Slot()
    def _on_choose_place(self) -> None:
        chosen = self._ask.open_folder(self.window(), "选资料库放在哪里")
        if chosen is not None:
            self._folder = chosen
            self._on_changed()
            if self.matter() == REVIEW:
                self.form.show_review(self.place())

    def place(self) -> Path:
        """Where the new library will lie: the chosen folder if it is empty, else a new one in it.

        While none was chosen, a new folder among the user's documents.
        """
        union = self.form.union_name()
        name = f"{safe_name(union)}{FOLDER_NAME}" if union else FOLDER_NAME
        if self._folder is not None:
            return free_place(self._folder, name)
        where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return free_name(Path(where), name)

    def _show_place(self) -> None:
        if self.matter() == PLACE:
            self.form.show_place(self.place(), chosen=self._folder is not None)

    # ---- other ways to begin

    @Slot(str)
    def _on_way(self, name: str) -> None:
        if self._busy:
            return
        if name == "new":
            self.show_matter(self._left_at())
        elif name == "open":
            self._on_open()
        elif name == "restore":
            self._on_restore()
        elif name == "demo":
            self._on_practice()
        elif name.startswith("recent:"):
            self.open_requested.emit(Path(name.removeprefix("recent:")))

    @Slot()
    def _on_open(self) -> None:
        chosen = self._ask.open_folder(self.window(), "选资料库文件夹")
        if chosen is not None:
            self.open_requested.emit(chosen)

    @Slot()
    def _on_restore(self) -> None:
        """Ask for a backup and for where its contents go."""
        backup = self._ask.open_file(self.window(), "选备份文件", "备份 (*.zip);;所有文件 (*)")
        if backup is None:
            return
        chosen = self._ask.open_folder(self.window(), "还原到哪个文件夹")
        if chosen is not None:
            self.restore_requested.emit(backup, free_place(chosen, FOLDER_NAME))

    def restore(self) -> None:
        """从备份还原, asked for from outside."""
        self._on_restore()

    @Slot()
    def _on_practice(self) -> None:
        chosen = self._ask.open_folder(self.window(), "练习案例放在哪里")
        if chosen is not None:
            self.demo_requested.emit(free_place(chosen, DEMO_NAME))

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
        self.forth.set_busy("正在建…" if busy and self.matter() in (REVIEW, YEAR_PAGE) else None)
        self._stack.setEnabled(not busy)
        for button in (self.from_backup, self.practice, self.back, self.open_button):
            button.setEnabled(not busy)
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
