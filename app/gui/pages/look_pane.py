"""The selected paper beside its list, where the window is wide: one page, the way to the next, 放大."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import CancelledError, UserError
from app.gui.jobs import Job, JobRunner
from app.gui.pages.live_preview import PageView
from app.gui.preview_pages import Looked, page_image, pages_of
from app.gui.theme import current_theme
from app.gui.widgets.button import Button, IconButton
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.progress import Progress

_NOTHING = "选一份材料，这里看它的样子。"
_NOT_HERE = "这种文件在窗口里看不了，可以用本机程序打开。"


class LookPane(Sheet):
    """Draws only while it can be seen.

    Signals:
        enlarge_requested: 放大. arg: the key of what is shown.
        failed: It could not be read. arg: the exception.
    """

    enlarge_requested = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("预览", parent=parent)
        self._runner = runner
        self._key = ""
        self._looked: Looked | None = None
        self._pages = self._at = self._asked = 0
        self.view = PageView()
        self.add(self.view, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._where = Text("")
        self.back = IconButton("上一页", "chevron_left")
        self.forth = IconButton("下一页", "chevron_right")
        self.enlarge = Button("放大", "text", "search", in_table=True)
        self.back.clicked.connect(self._on_back)
        self.forth.clicked.connect(self._on_forth)
        self.enlarge.clicked.connect(self._on_enlarge)
        for part in (self._where, self.back, self.forth):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.enlarge)
        self.body.addLayout(foot)
        self.clear_paper()

    def shown(self) -> str:
        """The key of what is shown, empty when nothing is."""
        return self._key

    def clear_paper(self, words: str = _NOTHING) -> None:
        """Show nothing but a sentence."""
        self._asked += 1
        self._key, self._looked, self._pages, self._at = "", None, 0, 0
        self.set_title("预览")
        self.view.show_words(words)
        self._show_place()

    def show_paper(self, key: str, title: str, load: Callable[[Progress], Looked]) -> None:
        """Show what ``load`` returns; it is called in the background. The same key again changes nothing."""
        if key == self._key:
            return
        self._key, self._looked, self._pages, self._at = key, None, 0, 0
        self._asked += 1
        asked = self._asked
        self.set_title(title)
        self._show_place()
        across = self._across()

        def work(progress: Progress) -> tuple[Looked, int, QImage | None]:
            looked = load(progress)
            pages = pages_of(looked)
            return looked, pages, page_image(looked, 0, across) if pages else None

        def done(result: tuple[Looked, int, QImage | None]) -> None:
            if not shiboken6.isValid(self) or asked != self._asked:
                return
            self._looked, self._pages, picture = result
            if picture is None:
                self.view.show_words(_NOT_HERE)
            else:
                self.view.show_picture(picture)
            self._show_place()

        self._start(work, done, asked)

    def _across(self) -> int:
        return round(max(320, self.view.width()) * self.devicePixelRatioF())

    def _start(self, work: Callable[[Progress], object], done: Callable[..., None], asked: int) -> None:
        def went_wrong(error: object) -> None:
            if not shiboken6.isValid(self) or asked != self._asked or isinstance(error, CancelledError):
                return
            if isinstance(error, UserError):
                self.view.show_words(f"{error.what_happened}{error.what_to_do}")
            else:
                self.failed.emit(error)

        job = Job(work, name="预览")
        job.succeeded.connect(done)
        job.failed.connect(went_wrong)
        self._runner.start(job, writes=False)

    def _turn_to(self, index: int) -> None:
        looked, asked, across = self._looked, self._asked, self._across()
        if looked is None or not 0 <= index < self._pages:
            return
        self._at = index
        self._show_place()

        def done(picture: QImage) -> None:
            if shiboken6.isValid(self) and asked == self._asked and index == self._at:
                self.view.show_picture(picture)

        self._start(lambda _progress: page_image(looked, index, across), done, asked)

    def _show_place(self) -> None:
        self._where.set_words(f"第 {self._at + 1} 页，共 {self._pages} 页" if self._pages else "")
        for button, possible in ((self.back, self._at > 0), (self.forth, self._at + 1 < self._pages)):
            button.setVisible(self._pages > 1)
            button.setEnabled(possible)
        self.enlarge.setVisible(bool(self._key))
        self.view.setMinimumWidth(current_theme().px(280))

    @Slot()
    def _on_back(self) -> None:
        self._turn_to(self._at - 1)

    @Slot()
    def _on_forth(self) -> None:
        self._turn_to(self._at + 1)

    @Slot()
    def _on_enlarge(self) -> None:
        self.enlarge_requested.emit(self._key)
