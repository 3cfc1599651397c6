"""What was under way when the program ended last time: told once on 首页, until it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui.desk import Desk
from app.gui.main_window_pages import HOME, PAGES
from app.gui.running_jobs import WHAT_IS_LEFT, RunningJob
from app.gui.widgets.button import Button
from app.gui.widgets.date_reading import clock
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.dates_in_words import short_day


class BrokenOffSheet(Sheet):
    """One line for each job, what is left of it below, the way to its page and 收起 at the right.

    Signals:
        page_wanted: Where it can be done again. arg: the key of the page.
        read: It need not be told again.
    """

    page_wanted = Signal(str)
    read = Signal()

    def __init__(self, jobs: Sequence[RunningJob], desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.jobs = tuple(jobs)
        on = desk.program.clock.today()
        for job in self.jobs:
            began = job.since.astimezone()
            day = "今天" if began.date() == on else short_day(began.date(), on)
            words = f"上次“{job.name}”还没有做完，程序就关了（{day} {clock(began)} 开始的）。"
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Shape("hint"), 0, Qt.AlignmentFlag.AlignTop)
            said = QVBoxLayout()
            said.setSpacing(4)
            said.addWidget(Text(words, bold=True, wrap=True))
            said.addWidget(Text(WHAT_IS_LEFT[job.name], ink="ink2", wrap=True))
            row.addLayout(said, 1)
            if job is self.jobs[0]:
                self._add_buttons(row)
            self.body.addLayout(row)
        self.setAccessibleName("上次没有做完的事")

    def _add_buttons(self, row: QHBoxLayout) -> None:
        label = next((entry.nav.label for entry in PAGES if entry.key == self.jobs[0].page), "")
        if label and self.jobs[0].page != HOME:
            go = Button(f"去{label}", "secondary", "arrow_right")
            go.clicked.connect(self._on_go)
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        seen = Button("收起", "text")
        seen.clicked.connect(self.read)
        row.addWidget(seen, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_go(self) -> None:
        page = self.jobs[0].page
        self.read.emit()
        self.page_wanted.emit(page)
