"""The only door to the system's own dialogs for files and printing.

Tests hand in another object with these methods.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QRectF, QStandardPaths, Qt, QTranslator, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import CancelledError, UserError
from app.progress import Progress, Silent

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PageImage = Callable[[int, int], QImage]
"""Draws one page: index from 0, dots per inch."""

Printing = Callable[[PageImage, Progress], None]
"""Prints the pages the user chose; called behind the window."""

EVIDENCE_FILTER = (
    "扫描件、照片和文件 "
    "(*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.docx *.doc *.xlsx *.xls *.ofd *.zip);;所有文件 (*)"
)
CASE_FILTER = "案卷文件 (*.json);;所有文件 (*)"
PDF_FILTER = "PDF 文件 (*.pdf)"

PRINT_DPI = 300


class Ask:
    """What is asked of the user outside our own pages: the system's file and print dialogs, nothing else."""

    def open_files(self, parent: QWidget | None, title: str, filters: str = EVIDENCE_FILTER) -> list[Path]:
        """Files to read; empty when the user left the dialog."""
        return _chosen(file_dialog(parent, title, QFileDialog.FileMode.ExistingFiles, filters))

    def open_file(self, parent: QWidget | None, title: str, filters: str) -> Path | None:
        """One file to read."""
        chosen = _chosen(file_dialog(parent, title, QFileDialog.FileMode.ExistingFile, filters))
        return chosen[0] if chosen else None

    def save_file(self, parent: QWidget | None, title: str, suggested: str, filters: str) -> Path | None:
        """Where to write one file; ``suggested`` is its name."""
        dialog = file_dialog(parent, title, QFileDialog.FileMode.AnyFile, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(suggested)
        chosen = _chosen(dialog)
        return chosen[0] if chosen else None

    def open_folder(self, parent: QWidget | None, title: str, start: Path | None = None) -> Path | None:
        """A folder to read from or write into."""
        dialog = file_dialog(parent, title, QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if start is not None:
            dialog.setDirectory(str(start))
        chosen = _chosen(dialog)
        return chosen[0] if chosen else None

    def choose_printer(
        self, parent: QWidget | None, title: str, pages: int, *, landscape: bool = False
    ) -> Printing | None:
        """Show the print dialog; the chosen printer as a function that prints behind the window.

        ``None`` when the dialog was left.
        """
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # asks the printers; not needed to start

        speak_chinese()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setDocName(title)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        if landscape:
            printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        dialog.setMinMax(1, max(1, pages))
        dialog.setFromTo(1, max(1, pages))
        chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not chosen:
            return None

        def print_all(page_image: PageImage, progress: Progress) -> None:
            print_images(printer, pages, page_image, progress)

        return print_all

    def show_file(self, path: Path) -> bool:
        """Open a file with the program the system has for it (WPS, a PDF reader)."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


_folder: list[Path] = []


def file_dialog(
    parent: QWidget | None, title: str, mode: QFileDialog.FileMode, filters: str = ""
) -> QFileDialog:
    """The desktop's own dialog for files where it has one, else Qt's with Chinese words."""
    from app.gui.file_list_words import speak_of_files  # not needed to start

    speak_chinese()
    dialog = QFileDialog(parent, title, start_folder(), filters)
    dialog.setFileMode(mode)
    label = QFileDialog.DialogLabel  # what the translation of Qt leaves out
    dialog.setLabelText(label.LookIn, "位置：")
    dialog.setLabelText(label.FileType, "文件类型：")
    speak_of_files(dialog)
    return dialog


def _chosen(dialog: QFileDialog) -> list[Path]:
    try:
        if dialog.exec() != QFileDialog.DialogCode.Accepted:
            return []
        chosen = [Path(name) for name in dialog.selectedFiles()]
        folder = dialog.fileMode() == QFileDialog.FileMode.Directory
        if chosen and not folder:
            remember_folder(chosen[0].parent)
        return chosen
    finally:
        dialog.deleteLater()


def start_folder() -> str:
    """Where a dialog begins: the folder used last, else the user's documents, never the program's own."""
    if _folder and _folder[0].is_dir():
        return str(_folder[0])
    places = QStandardPaths.StandardLocation
    for place in (places.DocumentsLocation, places.HomeLocation):
        found = QStandardPaths.writableLocation(place)
        if found and Path(found).is_dir():
            return found
    return str(Path.home())


def remember_folder(folder: Path) -> None:
    """Begin the next dialog here."""
    _folder[:] = [folder]


def speak_chinese() -> None:
    """Give Qt's own dialogs Chinese words, where the desktop has none of its own to lend (UOS, bare X11)."""
    app = QCoreApplication.instance()
    if app is None or app.findChild(QTranslator) is not None:
        return
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def print_images(
    printer: QPrinter, pages: int, page_image: PageImage, progress: Progress | None = None
) -> None:
    """Draw each page over the whole sheet of ``printer``, in the range its dialog chose; works in any thread.

    Raises:
        CancelledError: from ``progress``; the printer is told to forget what it got.
        UserError: the printer takes nothing.
    """
    told = progress or Silent()
    first, last = printer.fromPage() or 1, min(printer.toPage() or pages, pages)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(
            "打印机没有接收。",
            "文书和案卷没有变。",
            "看看打印机是不是开着、连着，再打印一次；也可以先另存再拿去打印。",
            code="W-301",
        )
    try:
        for index in range(first - 1, last):
            told.step(index - first + 1, last - first + 1)
            if index > first - 1:
                printer.newPage()
            image = page_image(index, PRINT_DPI)
            sheet = QRectF(painter.viewport())
            drawn = image.size().scaled(sheet.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, drawn.width(), drawn.height()), image)
    except CancelledError:
        printer.abort()
        raise
    finally:
        painter.end()
