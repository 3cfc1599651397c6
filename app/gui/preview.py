"""Papers and pictures looked at inside the window: one page at a time, drawn behind it; Esc closes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from app.gui.jobs import Job
from app.gui.widgets.button import Button, IconButton
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.one_at_a_time import PDFIUM
from app.progress import Progress

if TYPE_CHECKING:
    from app.gui.ask import Ask
    from app.gui.jobs import JobRunner

PDF = "application/pdf"
PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/gif", "image/bmp", "image/webp")
_MOST_ACROSS = 920


@dataclass(frozen=True, slots=True)
class Looked:
    """Something to look at: its bytes and what they are. ``file`` is where they lie, if anywhere."""

    content: bytes
    media_type: str = PDF
    file: Path | None = None
    landscape: bool = False


def can_show(media_type: str) -> bool:
    """Whether the window itself can show this kind of file."""
    return media_type == PDF or media_type in PICTURES


def pages_of(looked: Looked) -> int:
    """How many pages there are; 0 for what cannot be shown here."""
    if looked.media_type != PDF:
        return 1 if looked.media_type in PICTURES else 0
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(looked.content) as document:
        return len(document)


def page_image(looked: Looked, index: int, across: int) -> QImage:
    """One page as a picture ``across`` pixels wide (pictures are never made larger than they are)."""
    if looked.media_type != PDF:
        picture = QImage.fromData(looked.content)
        if picture.width() > across:
            picture = picture.scaledToWidth(across, Qt.TransformationMode.SmoothTransformation)
        return picture
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(looked.content) as document:
        page = document[index]
        bitmap = page.render(scale=across / page.get_width(), prefer_bgrx=True)
        picture = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        ).copy()
        bitmap.close()
        page.close()
        return picture


class Preview(Sheet):
    """The pages of one paper.

    Signals:
        closed: Esc or 收起预览.
        failed: It could not be made or read. arg: the exception.
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
        row = QHBoxLayout()
        row.setSpacing(8)
        self._name = Text("", "sheet", elide=True)
        self._where = Text("", ink="ink2")
        self.back = IconButton("上一页", "chevron_left")
        self.forth = IconButton("下一页", "chevron_right")
        self.print = Button("打印", "secondary", "print")
        self.open = Button("用本机程序打开", "secondary", "open")
        self.close_button = Button("收起预览  Esc", "secondary", "close")
        self.close_button.setAccessibleName("收起预览")
        row.addWidget(self._name, 1)
        for part in (self._where, self.back, self.forth, self.print, self.open, self.close_button):
            row.addWidget(part)
        self.body.addLayout(row)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
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
        self.open.clicked.connect(self._on_open)
        self.close_button.clicked.connect(self.closed)
        self._show_place()

    def show_paper(self, title: str, load: Callable[[Progress], Looked]) -> None:
        """Show what ``load`` returns; it is called in the background."""
        self._paper = title
        self._looked = None
        self._pages = self._at = 0
        self._asked += 1
        asked = self._asked
        self._name.set_words(title)
        self.setAccessibleName(f"预览：{title}")
        self._picture.setPixmap(QPixmap())
        self._picture.setText("正在排版…")
        self._show_place()

        def work(progress: Progress) -> tuple[Looked, int]:
            looked = load(progress)
            return looked, pages_of(looked)

        def done(result: object) -> None:
            if not shiboken6.isValid(self) or asked != self._asked:
                return
            assert isinstance(result, tuple)
            self._looked, self._pages = result
            if self._pages == 0:
                self._picture.setText("这种文件在窗口里看不了，可以用本机程序打开。")
            self._show_place()
            self._show_page(0)

        def went_wrong(error: object) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._picture.setText("")
                self.failed.emit(error)

        job = Job(work, name="预览")
        job.succeeded.connect(done)
        job.failed.connect(went_wrong)
        self._runner.start(job, writes=False)
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

    @Slot()
    def print_all(self) -> None:
        """Print through the system's dialog."""
        if self._looked is not None:
            print_paper(self._ask, self.window(), self._paper, self._looked, self._pages)

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

        job = Job(lambda _progress: page_image(looked, index, across), name="预览")
        job.succeeded.connect(done)
        job.failed.connect(self.failed)
        self._runner.start(job, writes=False)

    def _show_place(self) -> None:
        self._where.set_words(f"第 {self._at + 1} 页，共 {self._pages} 页" if self._pages else "")
        several = self._pages > 1
        for button, possible in ((self.back, self._at > 0), (self.forth, self._at + 1 < self._pages)):
            button.setVisible(several)
            button.setEnabled(possible)
        self.print.setVisible(self._pages > 0)
        has_file = self._looked is not None and self._looked.file is not None
        self.open.setVisible(has_file)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_PageDown:
            self._show_page(self._at + 1)
        elif event.key() == Qt.Key.Key_PageUp:
            self._show_page(self._at - 1)
        else:
            super().keyPressEvent(event)


def print_paper(ask: Ask, parent: QWidget, title: str, looked: Looked, pages: int) -> bool:
    """Hand the pages to the system's print dialog; False when it was left."""

    def draw(index: int, dpi: int) -> QImage:
        return page_image(looked, index, round((11.69 if looked.landscape else 8.27) * dpi))

    return ask.print_pages(parent, title, pages, draw, landscape=looked.landscape)
