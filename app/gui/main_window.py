"""The window: opening libraries, first use, the open case, and what to show when one cannot be opened."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.errors import CancelledError, UserError
from app.gui.ask import Ask
from app.gui.collecting import WindowCollector
from app.gui.failure_words import failure_view
from app.gui.fit_to_screen import fit_to_screen, room_for
from app.gui.icons import seal_icon
from app.gui.jobs import Job, JobRunner
from app.gui.main_window_case import CaseRoom
from app.gui.main_window_loading import PageLoader
from app.gui.main_window_opening import ACTOR, Opened, WaitingRoom, add_year, not_stored, read_opened
from app.gui.main_window_pages import HOME, PAGES, load_home
from app.gui.shell.access_letters import AccessLetters
from app.gui.shell.main_frame import SMALLEST, MainFrame
from app.gui.shell.nav import Nav
from app.gui.widgets.column_widths import remember_columns_in
from app.gui.widgets.composing import ComposingGuard
from app.gui.window_memory import WindowMemory
from app.progress import Progress
from app.usecases.program import Program

if TYPE_CHECKING:
    from app.gui.crash import CrashView
    from app.gui.pages.start_facts import Beginning
    from app.gui.pages.start_page import StartPage
    from app.gui.pages.trouble_page import TroublePage
    from app.storage.library import Library

SIZE = QSize(1366, 768)


class MainWindow(QMainWindow):
    """One window, one library at a time.

    Signals:
        ready: Something usable stands on the screen: a case, the first use, or a failure with its ways out.
    """

    ready = Signal()

    def __init__(
        self,
        program: Program,
        runner: JobRunner,
        ask: Ask,
        memory: WindowMemory,
        *,
        log_file: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._runner = runner
        self._ask = ask
        self._memory = memory
        self._log_file = log_file
        self._library: Library | None = None
        self._left_libraries: list[Library] = []
        self._closing = False
        self._wanted: Path | None = None
        self._collector = WindowCollector(runner.is_idle, self)
        self._loader = PageLoader(self)
        self.setWindowTitle("集体协商工作台")
        self.setWindowIcon(seal_icon())
        self.frame = MainFrame(Nav([entry.nav for entry in PAGES]))
        self.case_room = CaseRoom(self.frame, ask, memory, self)
        self.start_page: StartPage | None = None
        self.trouble: TroublePage | None = None
        self.crash: CrashView | None = None
        self._waiting = WaitingRoom()
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self._waiting)
        self._rooms.addWidget(self.frame)
        self.setCentralWidget(self._rooms)
        self.composing = ComposingGuard(self)
        self.letters = AccessLetters(self)
        self.resize(SIZE)
        place = memory.place()
        if place:
            self.restoreGeometry(QByteArray(place))
        remember_columns_in(memory)
        self.case_room.crashed.connect(self.show_crash)
        self.case_room.case_wanted.connect(self.open_case)
        self.case_room.year_wanted.connect(self.ask_new_year)
        self.case_room.library_wanted.connect(self.show_start)
        self.case_room.record_wanted.connect(self.show_record)
        self.case_room.law_changed.connect(self._on_law_changed)
        runner.job_over.connect(self._on_job_over)

    @property
    def library(self) -> Library | None:
        """The library that is open."""
        return self._library

    # ---- beginning

    def begin(self, library: Path | None) -> None:
        """Open the library handed in, else the one of last time, else show where to begin."""
        wanted = library or self._memory.last_library()
        if wanted is None:
            self.show_start()
        else:
            self.open_library(wanted)
            load_home()  # while the library is being opened behind the window

    @Slot()
    def show_start(self) -> None:
        """Show where to begin."""
        page = self._start()
        page.show_recent(self._memory.recent())
        page.begin(can_leave=self.case_room.desk is not None)
        self._show_room(page)

    def _start(self) -> StartPage:
        if self.start_page is None:
            from app.gui.pages.start_help import StartHelp
            from app.gui.pages.start_page import StartPage

            page = StartPage(self._program, self._ask, self._memory.recent(), memory=self._memory)
            page.create_requested.connect(self._on_create)
            page.year_requested.connect(self._on_year)
            page.open_requested.connect(self.open_library)
            page.restore_requested.connect(self._on_restore)
            page.demo_requested.connect(self._on_demo)
            page.left.connect(self._on_start_left)
            page.record_requested.connect(self.show_record)
            self._rooms.addWidget(page)
            self._start_help = StartHelp(self._rooms, page)
            self.start_page = page
        return self.start_page

    @Slot()
    def ask_new_year(self) -> None:
        """开新年度: like the year that is open."""
        desk = self.case_room.desk
        if desk is None:
            return
        self.case_room.commit()
        cycle = desk.case.cycle
        page = self._start()
        page.ask_year(
            packs=desk.program.packs,
            year=(cycle.year or self._program.clock.today().year) + 1,
            region=cycle.region,
            kind=cycle.agreement_kind,
            form=cycle.form,
            can_leave=True,
        )
        self._show_room(page)

    @Slot()
    def _on_start_left(self) -> None:
        if self.case_room.desk is not None:
            self._show_room(self.frame)

    def _show_room(self, room: QWidget) -> None:
        self._rooms.setCurrentWidget(room)
        self._waiting.stop()
        QTimer.singleShot(0, self._tell_ready)

    @Slot()
    def _tell_ready(self) -> None:
        self._collector.settle()
        self.ready.emit()
        if not self._closing:
            self._loader.start(self._program.packs.packs)

    # ---- opening

    @Slot(object)
    def open_library(self, folder: Path) -> None:
        """Open a library in the background and show its latest case."""
        if self._library is not None and folder == self._library.folder:
            self._on_start_left()
            return
        program, remembered = self._program, self._memory

        def work(_progress: Progress) -> Opened:
            from app.storage.library import Library

            library = Library.open(folder, clock=program.clock, program_version=program.version)
            try:
                return read_opened(program, library, remembered.last_case(library.library_id))
            except BaseException:
                library.close()
                raise

        self._wanted = folder
        self._run("打开资料库", work, self._on_opened, self._on_not_opened)

    @Slot(str)
    def open_case(self, case_id: str) -> None:
        """Open another case of the library."""
        library, program = self._library, self._program
        if library is None:
            return
        self.case_room.commit()
        self._run(
            "打开年度",
            lambda _progress: read_opened(program, library, case_id),
            self._on_opened,
            self._on_not_opened,
        )

    @Slot(str)
    def _on_law_changed(self, told: str) -> None:
        """Another pack or year holds now: the open case is read anew, and all its pages are made anew."""
        desk = self.case_room.desk
        if desk is not None:
            self.case_room.commit()
            stay = (*self.case_room.place(), told)
            read = partial(read_opened, self._program, desk.library, desk.case_id, stay)
            self._run("换规则包", lambda _progress: read(), self._on_opened, self._on_not_opened)

    def _run(self, name: str, work: Any, done: Any, failed: Any, *, shown: bool = False) -> None:
        job = Job(work, name=name)
        job.succeeded.connect(done)
        job.failed.connect(failed)
        if shown and self.start_page is not None:
            self.start_page.show_job(job)
        elif self.case_room.desk is None and (self.start_page is None or not self.start_page.isVisible()):
            self._waiting.wait(f"正在{name}…")
            self._rooms.setCurrentWidget(self._waiting)
        self._runner.start(job, writes=True)  # after every change of the case that is left

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        if self.start_page is not None:
            self.start_page.end_job()
        if self._closing:
            if opened.library is not self._library:
                opened.library.close()
            return
        if opened.library is not self._library:
            self._leave_library()
            self._library = opened.library
            self._memory.remember_library(opened.library.folder)
        if opened.case is None:
            page = self._start()
            year = self._program.clock.today().year
            packs = opened.program.packs
            page.ask_year(packs=packs, year=year, region="", kind=None, form=None, can_leave=False)
            self._show_room(page)
            return
        from app.gui.desk import Desk

        desk = Desk(
            opened.program,
            opened.library,
            opened.case_id,
            self._runner,
            actor=ACTOR,
            case=opened.case,
            checkup=opened.checkup,
            parent=self,
        )
        self._memory.remember_case(opened.library.library_id, opened.case_id)
        self._drop_trouble()
        self.case_room.show_desk(desk, opened.headings)
        self._rooms.setCurrentWidget(self.frame)
        if opened.stay is None:
            self.case_room.show_page(HOME)
        else:
            self.case_room.coming_back.start(*opened.stay)
        self._show_room(self.frame)

    def _leave_library(self) -> None:
        self.case_room.leave_desk()
        if self._library is not None:
            self._left_libraries.append(self._library)
            self._library = None

    @Slot(object)
    def _on_job_over(self, _job: object) -> None:
        if self._runner.is_idle():
            left, self._left_libraries = self._left_libraries, []
            for library in left:
                library.close()
            self.case_room.clear_retired()

    @Slot(object)
    def _on_not_opened(self, error: object) -> None:
        if self.start_page is not None:
            self.start_page.end_job()
        if not isinstance(error, UserError):
            self.show_crash(error)
            return
        from app.gui.pages.trouble_page import TroublePage, headline_of, ways_of

        at = self._program.clock.now().astimezone()
        view = failure_view(error, headline_of(error), at, ways_of(error))
        if self.start_page is not None and self.start_page.isVisible():
            self.start_page.show_failure(replace(view, ways=()))
            self.ready.emit()
            return
        self._drop_trouble()
        page = TroublePage(view, self._wanted, self._memory.recent())
        page.way_chosen.connect(self._on_trouble_way)
        page.open_requested.connect(self.open_library)
        page.record_requested.connect(self.show_record)
        self.trouble = page
        self._rooms.addWidget(page)
        self._show_room(page)
        page.focus_first_way()

    @Slot(str)
    def _on_trouble_way(self, way: str) -> None:
        if way == "again" and self._wanted is not None:
            self.open_library(self._wanted)
        else:
            self.show_start()
            if way == "restore" and self.start_page is not None:
                self.start_page.restore()

    def _drop_trouble(self) -> None:
        if self.trouble is not None:
            self._rooms.removeWidget(self.trouble)
            self.trouble.deleteLater()
            self.trouble = None

    # ---- making

    @Slot(object)
    def _on_create(self, beginning: Beginning) -> None:
        program, folder = self._program, beginning.folder
        assert folder is not None

        def work(_progress: Progress) -> Opened:
            from app.storage.library import Library

            library = Library.create(folder, clock=program.clock, program_version=program.version)
            try:
                return read_opened(program, library, add_year(library, beginning, None))
            except BaseException:
                library.close()
                raise

        self._run("建资料库", work, self._on_made, self._on_not_made, shown=True)

    @Slot(object)
    def _on_made(self, opened: Opened) -> None:
        if self.start_page is not None:
            self.start_page.forget()
        self._on_opened(opened)

    @Slot(object)
    def _on_year(self, beginning: Beginning) -> None:
        library, program, desk = self._library, self._program, self.case_room.desk
        if library is None:
            return
        like = desk.case if desk is not None else None

        def work(_progress: Progress) -> Opened:
            return read_opened(program, library, add_year(library, beginning, like))

        self._run("开年度", work, self._on_opened, self._on_not_made, shown=True)

    @Slot(object, object)
    def _on_restore(self, backup: Path, folder: Path) -> None:
        program = self._program

        def work(_progress: Progress) -> Path:
            from app.usecases.keep_backup import bring_back

            bring_back(program, backup, folder)
            return folder

        self._run("还原备份", work, self._on_folder_made, self._on_not_made, shown=True)

    @Slot(object)
    def _on_demo(self, folder: Path) -> None:
        program = self._program

        def work(progress: Progress) -> Path:
            from app.usecases.make_demo import make_demo

            make_demo(program, folder, actor=ACTOR, progress=progress, practice=True)
            return folder

        self._run("准备练习案例", work, self._on_folder_made, self._on_not_made, shown=True)

    @Slot(object)
    def _on_folder_made(self, folder: Path) -> None:
        if self.start_page is not None:
            self.start_page.end_job()
        if not self._closing:
            self.open_library(folder)

    @Slot(object)
    def _on_not_made(self, error: object) -> None:
        page = self._start()
        page.end_job()
        if isinstance(error, UserError):
            headline = "已经停下" if isinstance(error, CancelledError) else "没有做成"
            page.show_failure(failure_view(error, headline, self._program.clock.now().astimezone()))
        else:
            self.show_crash(error)

    # ---- when the program slips

    @Slot(object)
    def show_crash(self, error: object) -> None:
        """Show what the program itself did wrong; nothing saved is lost."""
        from app.gui.crash import CrashView, log_crash  # the start need not wait for it

        if not isinstance(error, BaseException):
            return
        log_crash(error)
        back = self._rooms.currentWidget()
        self._drop_crash()
        view = CrashView(error, self._program.version, self._drop_crash)
        self.crash = view
        self._before_crash = back if back is not None else self.frame
        self._rooms.addWidget(view)
        self._show_room(view)
        view.sheet.focus_first_way()

    def _drop_crash(self) -> None:
        if self.crash is not None:
            self._rooms.removeWidget(self.crash)
            self.crash.deleteLater()
            self.crash = None
            self._rooms.setCurrentWidget(self._before_crash)

    @Slot()
    def show_record(self) -> None:
        """看详细记录: open the program's log, which holds no names and no answers."""
        if self._log_file is not None and self._log_file.is_file():
            self._ask.show_file(self._log_file)

    @Slot()
    def fit_screens_soon(self) -> None:
        """Screens are changing; once that is over the window is put where it can be seen."""
        QTimer.singleShot(0, self.fit_screens)

    @Slot()
    def fit_screens(self) -> None:
        """A screen came, went, or has another scaling."""
        smallest = QSize(*SMALLEST).boundedTo(room_for(self))
        self.frame.setMinimumSize(smallest)
        self.setMinimumSize(smallest)
        fit_to_screen(self)

    # ---- Alt shows letters on buttons

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.letters.show_letters()
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.letters.hide_letters()
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and hasattr(self, "letters"):
            self.letters.hide_letters()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hand on what is typed, wait until it is on disk, let go of the library."""
        desk = self.case_room.desk
        if self.case_room.jobs.holds_window(self.case_room.failures.show_error):
            event.ignore()
            return
        self.case_room.commit()
        self.case_room.jobs.cancel_all()
        self._runner.drain()
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
        if desk is not None and desk.unsaved() and not self._closing and not desk.read_only:
            self._closing = True  # a second try closes
            event.ignore()
            self.case_room.failures.on_save_failed(not_stored(desk.unsaved()))
            return
        self._closing = True
        self._loader.stop()
        self._memory.remember_place(bytes(self.saveGeometry().data()))
        self._leave_library()
        self._runner.close()
        QCoreApplication.sendPostedEvents()
        for library in self._left_libraries:
            library.close()
        self._left_libraries = []
        self._collector.stop()
        event.accept()
