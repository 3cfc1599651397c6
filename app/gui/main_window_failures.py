"""What did not work, in the frame: the sheet at the top of the page, and when it goes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import CancelledError, UserError
from app.gui.failure_words import failure_view
from app.gui.jobs import Job
from app.gui.shell.main_frame import MainFrame
from app.gui.shell.status_bar import StatusView
from app.gui.widgets.failure_sheet import FailureSheet
from app.gui.widgets.item_row import ActionView
from app.rules.pack import NoPackError

if TYPE_CHECKING:
    from app.gui.desk import Desk

STORE_AGAIN, CHOOSE_REGION = "store_again", "choose_region"


class Failures(QObject):
    """Shows failures until they are solved: by their ways, or because what failed has succeeded since.

    Signals:
        crashed: It is nobody's mistake but the program's. arg: the exception.
        cancelled: Somebody stopped it; no failure. arg: what to say.
    """

    crashed = Signal(object)
    cancelled = Signal(str)

    def __init__(self, frame: MainFrame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._desk: Desk | None = None
        self._name = ""
        self._sheet: FailureSheet | None = None

    def show_desk(self, desk: Desk | None) -> None:
        """Another case is open, or none."""
        self._desk = desk
        self._name, self._sheet = "", None
        self._frame.clear_failure()

    def show_error(self, error: UserError, headline: str, ways: tuple[ActionView, ...] = ()) -> None:
        """Show a failure at the top of the page."""
        if self._desk is not None:
            at = self._desk.program.clock.now().astimezone()
            self._frame.show_failure(failure_view(error, headline, at, ways))

    def show_law_trouble(self, problems: tuple[str, ...]) -> None:
        """Packs or years that were brought into the library cannot be used; the program's own hold meanwhile."""
        error = UserError(
            "".join(problems),
            "案卷都在；这几份先不用，期限和检查照程序自带的算。",
            "到设置的规则包一页，装一份新的，或者退回程序自带的。",
            code="R-116",
        )
        self.show_error(error, "装过的规则包或放假安排有的用不了")

    @Slot(object)
    def on_failed(self, error: object) -> None:
        """Something the user asked for did not work."""
        if isinstance(error, CancelledError):
            self.cancelled.emit(error.what_happened)
        elif isinstance(error, UserError):
            ways = (
                (ActionView(CHOOSE_REGION, "选地区", "settings"),) if isinstance(error, NoPackError) else ()
            )
            self.show_error(error, "这一步没有做成", ways)
        else:
            self.crashed.emit(error)

    @Slot(object)
    def on_save_failed(self, error: object) -> None:
        """A change is shown but not on disk."""
        if not isinstance(error, UserError):
            self.crashed.emit(error)
            return
        self._frame.status.show_cell("saved", StatusView("没有存上，写的还在", "must", "accentText"))
        read_only = self._desk is not None and self._desk.read_only
        ways = () if read_only else (ActionView(STORE_AGAIN, "再试一次", "redo"),)
        self.show_error(error, "刚才的改动没有存上", ways)

    def on_saved(self, left: int) -> None:
        """A change is on disk; ``left`` others are not."""
        if not left and self._waits_for_storing():
            self._frame.clear_failure()

    @Slot(str)
    def on_way(self, way: str) -> None:
        """A button of the sheet."""
        if way == STORE_AGAIN and self._desk is not None:
            self._frame.clear_failure()
            self._desk.store_again()
        elif way == CHOOSE_REGION and self._desk is not None:
            self._frame.clear_failure()
            self._desk.region_wanted.emit()

    def on_job_over(self, job: Job) -> None:
        """Tie a failure to the job it came from; take it away once a job of that name succeeds."""
        if job.outcome == "failed":
            fresh = self._frame.failure
            if fresh is not None and fresh is not self._sheet:
                self._name, self._sheet = job.name, fresh
        elif job.outcome == "done" and job.name and job.name == self._name:
            if self._frame.failure is self._sheet and not self._waits_for_storing():
                self._frame.clear_failure()
            self._name, self._sheet = "", None

    def _waits_for_storing(self) -> bool:
        return self._frame.failure is not None and STORE_AGAIN in self._frame.failure.ways
