"""Where scans and photos are dropped; Ctrl U or a click opens the file dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.icons import paint_icon
from app.gui.theme import current_theme
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.painted import fill_round, start_painting


class DropZone(ClickRow):
    """A dashed box that takes files.

    Signals:
        files_dropped: Files were dropped. arg: ``list[pathlib.Path]``, folders too.
        activated: Click, Enter or Ctrl U: the page asks for files through ``Ask`` and hands them on itself.
    """

    files_dropped = Signal(object)

    def __init__(
        self, words: str = "把扫描件或照片拖到这里（Ctrl U 选择）", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, current_theme().height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        files = files_of(event)
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        lit = self._over or self.underMouse()
        fill = theme.colour("hover" if lit else "sunken")
        fill_round(
            painter,
            area,
            theme.radius("control"),
            fill,
            theme.colour("ctl"),
            1.5 if self._over else 1,
            Qt.PenStyle.DashLine,
        )
        font = theme.font()
        painter.setFont(font)
        side = theme.px(16)
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, int(area.width()) - side - 24
        )
        across = painter.fontMetrics().horizontalAdvance(words)
        left = (area.width() - across - side - 8) / 2
        paint_icon(painter, QRectF(left, (area.height() - side) / 2, side, side), "upload", "ink2")
        painter.setPen(theme.colour("ink2"))
        where = QRectF(left + side + 8, 0, across + 2, area.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)


def files_of(event: QDropEvent) -> list[Path]:
    """The files and folders of this computer a drag carries; web addresses left out."""
    if not event.mimeData().hasUrls():
        return []
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.exists()]
