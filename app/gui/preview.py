"""Papers and pictures looked at inside the window: one page at a time, drawn behind it; Esc closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from app.errors import CancelledError, UserError
from app.gui.jobs import Job
from app.gui.preview_pages import PDF, PICTURES, Looked, can_show, page_image, pages_of
from app.gui.printing import PrintStrip
from app.gui.widgets.button import Button, IconButton
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.progress import Progress

if TYPE_CHECKING:
    from app.gui.ask import Ask
    from app.gui.jobs import JobRunner

__all__ = ["PDF", "PICTURES", "Looked", "Preview", "can_show", "page_image", "pages_of"]

_MOST_ACROSS = 920
_WAIT = "正在排版…"
_NOT_HERE = "这种文件在窗口里看不了，可以用本机程序打开。"


class Preview(Sheet):
    """The pages of one paper.

    Signals:
        closed: Esc or 收起预览.
        failed: It could not be made. arg: the exception.
    """

    closed = Signal()
    failed = Signal(object)

    def __init__(self, runner: JobRunner, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._runner = runner
        self._ask = ask
        self._paper = ""
        self._looked: Looked | None = None
        self._pages = 0
        self._at = 0
        self._asked = 0
        self._print_next = False
        row = QHBoxLayout()
        row.setSpacing(8)
        self._name = Text("", "sheet", elide=True)
        self._where = Text("", ink="ink2")
        self.back = IconButton("上一页", "chevron_left")
        self.forth = IconButton("下一页", "chevron_right")
        self.print = Button("打印", "secondary", "print")
        self.word = Button("用 WPS 打开", "secondary", "open")
        self.open = Button("用本机程序打开", "secondary", "open")
        self.close_button = Button("收起预览  Esc", "secondary", "close")
        self.close_button.setAccessibleName("收起预览")
        row.addWidget(self._name, 1)
        for part in (
            self._where,
            self.back,
            self.forth,
            self.print,
            self.word,
            self.open,
            self.close_button,
        ):
            row.addWidget(part)
        self.body.addLayout(row)
        self.strip = PrintStrip(runner, ask)
        self.strip.failed.connect(self.failed)
        self.add(self.strip)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._picture.setWordWrap(True)
        self._picture.setAccessibleName("页面")
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName("预览")
        self._scroll.setWidget(self._picture)
        self.add(self._scroll, 1)
        self.back.clicked.connect(self._on_back)
        self.forth.clicked.connect(self._on_forth)
        self.print.clicked.connect(self.print_all)
        self.word.clicked.connect(self._on_word)
        self.open.clicked.connect(self._on_open)
        self.close_button.clicked.connect(self.closed)
        self._show_place()

    def show_paper(self, title: str, load: Callable[[Progress], Looked]) -> None:
        """Show what ``load`` returns; it is called in the background."""
        self._paper = title
        self._looked = None
        self._pages = self._at = 0
        self._print_next = False
        self._asked += 1
        asked = self._asked
        self._name.set_words(title)
        self.setAccessibleName(f"预览：{title}")
        self._say(_WAIT)
        self._show_place()

        def work(progress: Progress) -> tuple[Looked, int, str]:
            looked = load(progress)
            try:
                return looked, pages_of(looked), ""
            except UserError as broken:
                return looked, 0, f"{broken.what_happened}{broken.what_to_do}"

        def done(result: object) -> None:
            if not shiboken6.isValid(self) or asked != self._asked:
                return
            assert isinstance(result, tuple)
            self._looked, self._pages, broken = result
            if self._pages == 0:
                self._say(broken or _NOT_HERE)
            self._show_place()
            self._show_page(0)
            if self._print_next:
                self.print_all()

        def went_wrong(error: object) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._say("")
                self.failed.emit(error)

        self._start(work, done, went_wrong)
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def title(self) -> str:
        """What is shown."""
        return self._paper

    def pages(self) -> int:
        """How many pages there are; 0 until they are known."""
        return self._pages

    def has_picture(self) -> bool:
        """Whether a page is drawn."""
        return not self._picture.pixmap().isNull()

    def words(self) -> str:
        """What is said in place of a page."""
        return self._picture.text()

    @Slot()
    def print_all(self) -> None:
        """Print through the system's dialog; as soon as the pages are there, if they are not yet."""
        if self._looked is None:
            self._print_next = True
            return
        self._print_next = False
        self.strip.print_paper(self._paper, self._looked, self._pages)

    # ---- pages

    def _start(
        self,
        work: Callable[[Progress], object],
        done: Callable[[object], None],
        wrong: Callable[[object], None],
    ) -> None:
        job = Job(work, name="预览")
        job.succeeded.connect(done)
        job.failed.connect(wrong)
        self._runner.start(job, writes=False)

    def _say(self, words: str) -> None:
        self._picture.setPixmap(QPixmap())
        self._picture.setText(words)

    def _show_page(self, index: int) -> None:
        if self._looked is None or not 0 <= index < self._pages:
            return
        self._at = index
        self._show_place()
        looked, asked, ratio = self._looked, self._asked, self.devicePixelRatioF()
        across = round(min(_MOST_ACROSS, max(320, self._scroll.viewport().width() - 16)) * ratio)

        def done(picture: object) -> None:
            if not shiboken6.isValid(self) or asked != self._asked or index != self._at:
                return
            assert isinstance(picture, QImage)
            drawn = QPixmap.fromImage(picture)
            drawn.setDevicePixelRatio(ratio)
            self._picture.setText("")
            self._picture.setPixmap(drawn)
            self._scroll.verticalScrollBar().setValue(0)

        def went_wrong(error: object) -> None:
            if not shiboken6.isValid(self) or asked != self._asked:
                return
            if isinstance(error, UserError) and not isinstance(error, CancelledError):
                self._say(f"{error.what_happened}{error.what_to_do}")
            else:
                self.failed.emit(error)

        self._start(lambda _progress: page_image(looked, index, across), done, went_wrong)

    def _show_place(self) -> None:
        self._where.set_words(f"第 {self._at + 1} 页，共 {self._pages} 页" if self._pages else "")
        several = self._pages > 1
        for button, possible in ((self.back, self._at > 0), (self.forth, self._at + 1 < self._pages)):
            button.setVisible(several)
            button.setEnabled(possible)
        self.print.setVisible(self._pages > 0)
        looked = self._looked
        self.open.setVisible(looked is not None and looked.file is not None)
        self.word.setVisible(looked is not None and looked.write_word is not None)

    @Slot()
    def _on_back(self) -> None:
        self._show_page(self._at - 1)

    @Slot()
    def _on_forth(self) -> None:
        self._show_page(self._at + 1)

    @Slot()
    def _on_open(self) -> None:
        if self._looked is not None and self._looked.file is not None:
            self._ask.show_file(self._looked.file)

    @Slot()
    def _on_word(self) -> None:
        write = self._looked.write_word if self._looked is not None else None
        if write is None or self.word.is_busy():
            return
        self.word.set_busy("正在生成…")

        def done(written: object) -> None:
            assert isinstance(written, Path)
            if shiboken6.isValid(self):
                self.word.set_busy(None)
                self._ask.show_file(written)

        def went_wrong(error: object) -> None:
            if shiboken6.isValid(self):
                self.word.set_busy(None)
                self.failed.emit(error)

        self._start(lambda _progress: write(), done, went_wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_PageDown:
            self._show_page(self._at + 1)
        elif event.key() == Qt.Key.Key_PageUp:
            self._show_page(self._at - 1)
        else:
            super().keyPressEvent(event)
