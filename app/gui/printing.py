"""Printing behind the window: the system's dialog first, then page after page with 取消."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import CancelledError
from app.gui.ask import Ask
from app.gui.jobs import Job, JobRunner
from app.gui.widgets.job_progress import JobProgress
from app.gui.widgets.text import Text
from app.progress import Progress

if TYPE_CHECKING:  # reading papers waits until one is printed
    from app.gui.preview_pages import Looked

_A4_INCHES = (8.27, 11.69)


class PrintStrip(QWidget):
    """Hidden until something is printed; then how far it is, and one sentence when it was stopped.

    Signals:
        started: The printer was chosen and the pages are on their way. arg: the job.
        finished: All pages were handed to the printer.
        failed: It did not work. arg: the exception.
    """

    started = Signal(object)
    finished = Signal()
    failed = Signal(object)

    def __init__(self, runner: JobRunner, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._ask = ask
        self._job: Job | None = None
        self.progress: JobProgress | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._words = Text("", ink="ink2", wrap=True)
        self._column.addWidget(self._words)
        self.hide()

    def is_running(self) -> bool:
        """Whether pages are on their way to a printer."""
        return self._job is not None

    def words(self) -> str:
        """The sentence that is shown."""
        return "" if self.isHidden() else self._words.words()

    def print_paper(self, title: str, looked: Looked, pages: int) -> bool:
        """Ask for the printer, then print; False when the dialog was left or another paper is being printed."""
        from app.gui.preview_pages import printed_page

        if self._job is not None or pages < 1:
            return False
        printing = self._ask.choose_printer(self.window(), title, pages, landscape=looked.landscape)
        if printing is None:
            return False
        across = _A4_INCHES[1] if looked.landscape else _A4_INCHES[0]

        def draw(index: int, dpi: int) -> QImage:
            return printed_page(looked, index, round(across * dpi))

        def work(progress: Progress) -> None:
            printing(draw, progress)

        job = Job(work, name="打印")
        self._job = job
        self._words.hide()
        self.progress = JobProgress("打印", unit="页", cancel_words="取消打印")
        self.progress.show_step(0, pages)
        self._column.addWidget(self.progress)
        job.progressed.connect(self.progress.show_step)
        self.progress.cancel_requested.connect(job.cancel)
        job.succeeded.connect(self._on_printed)
        job.failed.connect(self._on_failed)
        self.show()
        self._runner.start(job, writes=False)
        self.started.emit(job)
        return True

    def _end(self) -> None:
        self._job = None
        if self.progress is not None:
            self.progress.hide()
            self.progress.deleteLater()
            self.progress = None

    def _on_printed(self, _result: object) -> None:
        if shiboken6.isValid(self):
            self._end()
            self.hide()
            self.finished.emit()

    def _on_failed(self, error: object) -> None:
        if not shiboken6.isValid(self):
            return
        self._end()
        if isinstance(error, CancelledError):
            self._words.set_words("已停下。停下以前送到打印机的几页可能还会打出来。")
            self._words.show()
        else:
            self.hide()
            self.failed.emit(error)
