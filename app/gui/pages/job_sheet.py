"""A long job at the top of a page: its progress with 取消, then one sentence of what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from app.errors import CancelledError
from app.gui.desk import Desk
from app.gui.jobs import Job
from app.gui.widgets.button import Button
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.job_progress import JobProgress
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.progress import Progress

CLOSE = ActionView("close", "收起")


class JobSheet(Sheet):
    """Hidden until there is something to say.

    Signals:
        action_requested: A button below the result. arg: its id; ``close`` is done here.
        started: A job began. arg: the job.
    """

    action_requested = Signal(str)
    started = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self.job: Job | None = None
        self.progress: JobProgress | None = None
        self.buttons: dict[str, Button] = {}
        self.hide()

    def is_running(self) -> bool:
        """Whether a job of this sheet runs."""
        return self.job is not None

    def run(
        self,
        name: str,
        work: Callable[[Progress], Any],
        *,
        done: Callable[[Any], None],
        writes: bool = False,
        unit: str = "个",
        cancelled: str = "已停下，原来的没有变。",
    ) -> Job:
        """Start ``work`` and show how far it is.

        ``done`` gets its result and says what came of it by :meth:`say`; ``cancelled`` is said when it
        was stopped; any other failure goes out by the desk. One job at a time: ask :meth:`is_running` before.
        """

        def over(result: Any) -> None:
            if shiboken6.isValid(self):
                self.job = None
                self.hide()
                done(result)

        def failed(error: object) -> None:
            if shiboken6.isValid(self):
                self.job = None
                self.hide()
                if isinstance(error, CancelledError):
                    self.say(cancelled, state="hint")
                    return
            self._desk.failed.emit(error)

        self.clear()
        start = self._desk.run_writing if writes else self._desk.run_reading
        job = start(name, work, done=over, failed=failed)
        self.job = job
        self.progress = JobProgress(name, unit=unit)
        self.add(self.progress)
        job.progressed.connect(self.progress.show_step)
        self.progress.cancel_requested.connect(job.cancel)
        self.show()
        self.started.emit(job)
        return job

    def say(
        self,
        words: str,
        *,
        state: str = "done",
        remarks: Sequence[str] = (),
        actions: Sequence[ActionView] = (),
    ) -> None:
        """Show a result in one sentence, remarks below it, and what can be done with it."""
        self.clear()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Shape(state))
        head.addWidget(Text(words, bold=True, wrap=True), 1)
        self.body.addLayout(head)
        for remark in remarks:
            self.add(Text(remark, ink="ink2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons = {}
        for action in (*actions, CLOSE):
            button = Button(action.label, "text" if action is CLOSE else "secondary", action.icon)
            button.setProperty("action", action.id)
            button.clicked.connect(self._on_clicked)
            self.buttons[action.id] = button
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.setAccessibleName(words)
        self.show()

    def words(self) -> str:
        """The sentence that is shown; empty while a job runs."""
        return "" if self.isHidden() or self.job is not None else self.accessibleName()

    def clear(self) -> None:
        """Take everything out."""
        _empty(self.body)
        self.progress = None
        self.buttons = {}

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if not isinstance(sender, Button):
            return
        action = str(sender.property("action"))
        if action == CLOSE.id:
            self.hide()
        else:
            self.action_requested.emit(action)


def _empty(layout: QLayout) -> None:
    while layout.count():
        entry = layout.takeAt(0)
        if entry is None:
            continue
        widget, inner = entry.widget(), entry.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _empty(inner)
