"""The paper as it would be printed now, beside the form: its first page, drawn anew while facts change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import shiboken6
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.case import Case
from app.errors import CancelledError, UserError
from app.gui.desk import Desk
from app.gui.jobs import Job
from app.gui.preview import Looked, page_image, pages_of
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.text import Text
from app.progress import Progress

AFTER_MS = 400
"""How long the facts must rest before the page is drawn again."""

_WAIT = "正在排版…"
_LIVE = "草稿，随填随变"
_A4 = QSize(210, 297)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One paper, typeset: ``digest`` tells whether it says anything else than the one before."""

    kind: str
    subject: str
    name: str
    title: str
    digest: str
    looked: Looked
    pages: int
    picture: QImage
    across: int


class LivePreview(Painted):
    """First page of one paper of the case on the desk, what is just being typed included.

    The old page stays until the new one is ready; while it cannot be seen nothing is drawn.

    Signals:
        preview_requested: 放大. arg: title, arg: a function that loads the whole paper, as ``StagePage`` takes it.
        drawn: Another page is shown.
    """

    preview_requested = Signal(str, object)
    drawn = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = ""
        self._subject = ""
        self._shown: _Drawn | None = None
        self._case: Case | None = None
        self._job: Job | None = None
        self._stale = False
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = Text("", "sheet", wrap=True)  # some papers carry a company's whole name
        self._remark = Text(_LIVE, ink="ink2")
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._remark, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.page = PageView()
        column.addWidget(self.page, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._where = Text("")
        self.enlarge = Button("放大", "text", "search", in_table=True)
        self.enlarge.clicked.connect(self._on_enlarge)
        self.enlarge.hide()
        foot.addWidget(self._where)
        foot.addStretch(1)
        foot.addWidget(self.enlarge)
        column.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw)
        self.page.resized.connect(self._on_resized)
        desk.case_changed.connect(self._on_changed)
        desk.checked.connect(self._on_changed)

    # ---- what is asked for

    def show_paper(self, kind: str, record_id: str | None = None) -> None:
        """Show the paper ``kind`` of the catalogue about a record (``None``: the first it can be about)."""
        if (kind, record_id or "") == (self._kind, self._subject):
            return
        self._kind, self._subject = kind, record_id or ""
        self._case = None
        self._timer.start(0)

    def kind(self) -> str:
        """The key of the paper that is shown."""
        return self._kind

    def is_about(self) -> tuple[str, str]:
        """Which paper is asked for: its kind, and the id of the record it is about."""
        return self._kind, self._subject

    def is_drawn(self) -> bool:
        """Whether a page stands here."""
        return self._shown is not None

    def words(self) -> str:
        """What is written in place of a page, or which page it is."""
        return self._where.words() or self.page.words()

    # ---- drawing

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        case = self._desk.draft or self._desk.case
        if case is not self._case:
            self._timer.start(AFTER_MS)

    @Slot()
    def _on_resized(self) -> None:
        if self._shown is not None and self._shown.across < self._across():
            self._case = None
            self._timer.start(AFTER_MS)

    def _across(self) -> int:
        """How many pixels wide the page is drawn: some more than are seen, so that growing stays sharp."""
        return round(max(240, self.page.width()) * self.devicePixelRatioF())

    @Slot()
    def _draw(self) -> None:
        if not self._kind or not self.isVisible():
            return
        if self._job is not None:
            self._stale = True
            return
        case = self._desk.draft or self._desk.case
        if case is self._case:
            return
        self._case = case
        kind, subject, across, before = self._kind, self._subject, self._across(), self._shown
        program, library = self._desk.program, self._desk.library

        def work(_progress: Progress) -> _Drawn:
            from app.documents.catalogue import kind_named
            from app.usecases.make_document import build_document, digest_of, render

            document = build_document(program, library, case, kind, subject)
            declared = kind_named(kind)
            name = declared.name(program.pack_or_national(case), case) if declared else document.title
            digest = f"{document.page.is_landscape}|{digest_of(document)}"
            if before is not None and before.digest == digest and before.across >= across:
                return replace(before, kind=kind, subject=subject, name=name)
            looked = Looked(render(document, ".pdf"), landscape=document.page.is_landscape)
            return _Drawn(
                kind=kind,
                subject=subject,
                name=name,
                title=document.title,
                digest=digest,
                looked=looked,
                pages=pages_of(looked),
                picture=page_image(looked, 0, across),
                across=across,
            )

        if self._shown is None:
            self.page.show_words(_WAIT)
        self._job = self._desk.run_reading("预览", work, done=self._on_drawn, failed=self._on_failed)

    def _on_drawn(self, drawn: _Drawn) -> None:
        if not shiboken6.isValid(self):
            return
        self._job = None
        if (drawn.kind, drawn.subject) != (self._kind, self._subject):
            self._go_on()  # another paper was asked for meanwhile
            return
        self._shown = drawn
        self.page.show_picture(drawn.picture)
        self._title.set_words(f"{drawn.name}预览")
        self._where.set_words(f"第 1 页，共 {drawn.pages} 页")
        self.enlarge.show()
        self.setAccessibleName(f"{drawn.name}预览")
        self.page.setAccessibleName(f"{drawn.title}，第 1 页，共 {drawn.pages} 页")
        self.drawn.emit()
        self._go_on()

    def _on_failed(self, error: object) -> None:
        if not shiboken6.isValid(self):
            return
        self._job = None
        if isinstance(error, UserError) and not isinstance(error, CancelledError):
            self._shown = None
            self._where.set_words("")
            self.enlarge.hide()
            self.page.show_words(f"{error.what_happened}\n{error.what_to_do}".strip())
        elif not isinstance(error, CancelledError):
            self._desk.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        """Facts changed while the page was drawn."""
        if self._stale:
            self._stale = False
            self._timer.start(0)

    @Slot()
    def _on_enlarge(self) -> None:
        shown = self._shown
        if shown is None:
            return
        looked = shown.looked

        def load(_progress: Progress) -> Any:
            return looked

        self.preview_requested.emit(shown.name, load)

    # ---- the part itself

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(440), theme.px(680))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        fill_round(
            start_painting(self),
            QRectF(self.rect()),
            theme.radius("sheet"),
            theme.colour("sunken"),
            theme.colour("line"),
        )


class PageView(Painted):
    """A white page, as wide as there is room and never higher; words where there is none yet.

    Signals:
        resized: It has another width.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._scaled: QPixmap | None = None
        self._text = Text("", ink="ink2", wrap=True, parent=self)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)

    def show_picture(self, picture: QImage) -> None:
        """Show a page; the one before goes only now."""
        self._text.hide()
        self._picture, self._scaled = picture, None
        self.update()

    def show_words(self, words: str) -> None:
        """Show words in place of a page."""
        self._picture = self._scaled = None
        self._text.set_words(words)
        self._text.show()
        self.update()

    def words(self) -> str:
        """The words shown in place of a page."""
        return self._text.words() if not self._text.isHidden() else ""

    def has_picture(self) -> bool:
        """Whether a page is drawn."""
        return self._picture is not None

    def page_area(self) -> QRectF:
        """Where the page lies."""
        size = self._picture.size() if self._picture is not None else _A4
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - fitted.width()) / 2, 0, fitted.width(), fitted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scaled = None
        area = self.page_area().adjusted(24, 24, -24, -24).toRect()
        self._text.setGeometry(area)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = self.page_area()
        painter.fillRect(area, Qt.GlobalColor.white if self._picture else theme.colour("surface"))
        if self._picture is not None:
            if self._scaled is None:
                ratio = self.devicePixelRatioF()
                self._scaled = QPixmap.fromImage(
                    self._picture.scaled(
                        (area.size() * ratio).toSize(),
                        Qt.AspectRatioMode.IgnoreAspectRatio,
                        Qt.TransformationMode.SmoothTransformation,
                    )
                )
                self._scaled.setDevicePixelRatio(ratio)
            painter.drawPixmap(QPointF(area.topLeft()), self._scaled)
        painter.setPen(theme.colour("line2"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
