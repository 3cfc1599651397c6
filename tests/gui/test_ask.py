"""The door to the system's dialogs: what is drawn on paper once the user agreed."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFileSystemModel,
    QLabel,
    QPushButton,
    QStyleOptionViewItem,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from app.errors import CancelledError, UserError
from app.gui.ask import PRINT_DPI, Ask, file_dialog, print_images, remember_folder, start_folder
from app.gui.file_list_words import ChineseCells
from app.gui.jobs import JobRunner
from app.gui.preview_pages import Looked, page_image, printed_page
from app.gui.printing import PrintStrip


def printer_into(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(PRINT_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    return printer


def white_page(_index: int, dpi: int) -> QImage:
    image = QImage(round(8.27 * dpi / 4), round(11.69 * dpi / 4), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def test_all_pages_are_printed_on_a4(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "要约书.pdf"
    print_images(printer_into(file), 3, white_page)
    with pikepdf.open(file) as paper:
        assert len(paper.pages) == 3
        box = [float(edge) for edge in paper.pages[0].mediabox]
        assert (round(box[2]), round(box[3])) == (595, 842)


def test_only_the_chosen_pages_are_printed(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "要约书.pdf"
    printer = printer_into(file)
    printer.setFromTo(2, 3)
    asked: list[int] = []

    def page(index: int, dpi: int) -> QImage:
        asked.append(index)
        return white_page(index, dpi)

    print_images(printer, 5, page)
    assert asked == [1, 2]
    with pikepdf.open(file) as paper:
        assert len(paper.pages) == 2


def test_stopping_leaves_the_other_pages_out(qapp: QApplication, tmp_path: Path) -> None:
    drawn: list[int] = []

    class Stopped:
        def step(self, done: int, total: int, what: str = "") -> None:
            assert total == 4
            if done == 2:
                raise CancelledError

    def page(index: int, dpi: int) -> QImage:
        drawn.append(index)
        return white_page(index, dpi)

    with pytest.raises(CancelledError):
        print_images(printer_into(tmp_path / "半份.pdf"), 4, page, Stopped())
    assert drawn == [0, 1]


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_takes_nothing_is_a_sentence(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打印机没有接收"):
        print_images(printer_into(tmp_path / "没有这个文件夹" / "要约书.pdf"), 1, white_page)


def test_pages_are_printed_behind_the_window_and_can_be_stopped(qtbot: QtBot) -> None:
    reached, go_on = threading.Event(), threading.Event()

    class SlowPrinter(Ask):
        def choose_printer(self, parent, title, pages, *, landscape=False):
            def print_all(page_image, progress) -> None:
                for index in range(pages):
                    progress.step(index, pages)
                    reached.set()
                    assert go_on.wait(10)

            return print_all

    runner = JobRunner()
    strip = PrintStrip(runner, SlowPrinter())
    qtbot.addWidget(strip)
    assert strip.print_paper("要约书", Looked(b""), 3)
    assert reached.wait(10)
    assert not strip.print_paper("回执", Looked(b""), 1)  # one at a time
    assert strip.progress.words() == "正在打印，第 1 页，共 3 页"
    strip.progress.cancel.click()
    go_on.set()
    qtbot.waitUntil(lambda: strip.words().startswith("已停下"), timeout=10_000)
    assert not strip.is_running()
    runner.close()


def test_dialogs_of_qt_speak_chinese_and_begin_where_the_user_has_files(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    begun: list[str] = []

    def answered(dialog: QFileDialog) -> int:
        begun.append(dialog.directory().absolutePath())
        seen.extend(label.text() for label in dialog.findChildren(QLabel) if label.text())
        seen.extend(
            button.text() for button in dialog.findChildren(QPushButton) if button.parent() is not None
        )
        dialog.selectFile(str(tmp_path))
        return QFileDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", answered)
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    try:
        assert Ask().open_folder(None, "选文件夹") == tmp_path
    finally:
        qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()
    assert Path(begun[0]) == Path(start_folder()) != Path.cwd()
    assert len(seen) >= 4
    assert all(any(ord(letter) > 0x4E00 for letter in words) for words in seen), seen


def test_kinds_sizes_and_dates_of_files_are_chinese_on_any_computer(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "子文件夹").mkdir()
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(bytes(2000))
    os.utime(file, (1_775_180_000, 1_775_180_000))  # 2026-04-03
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    try:
        dialog = file_dialog(None, "选文件", QFileDialog.FileMode.ExistingFile)
        qtbot.addWidget(dialog)
        dialog.setDirectory(str(tmp_path))
        rows = dialog.findChild(QTreeView)
        model = rows.model()
        assert isinstance(model, QFileSystemModel)
        qtbot.waitUntil(lambda: model.rowCount(rows.rootIndex()) == 2, timeout=10_000)

        def shown(path: Path, column: int) -> str:  # by name: the rows are put in order a moment later
            option = QStyleOptionViewItem()
            cells = rows.itemDelegate()
            assert isinstance(cells, ChineseCells)
            cells.initStyleOption(option, model.index(str(path), column))
            return str(option.text)

        assert shown(tmp_path / "子文件夹", 2) == "文件夹"
        assert shown(file, 1) == "2 KB"
        assert shown(file, 3).startswith("2026年4月3日 ")
        assert rows.columnWidth(3) >= rows.fontMetrics().horizontalAdvance("2026年12月30日 00:00")
    finally:
        qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()


def test_the_next_dialog_begins_where_the_last_one_ended(tmp_path: Path) -> None:
    before = start_folder()
    remember_folder(tmp_path)
    assert start_folder() == str(tmp_path)
    remember_folder(Path(before))


def test_originals_of_a_practice_case_are_printed_with_the_word(qapp: QApplication, tmp_path: Path) -> None:
    photo = QImage(400, 300, QImage.Format.Format_RGB32)
    photo.fill(Qt.GlobalColor.green)
    file = tmp_path / "现场.png"
    assert photo.save(str(file))
    plain = Looked(file.read_bytes(), "image/png", file)
    marked = Looked(file.read_bytes(), "image/png", file, mark="练习")
    assert printed_page(plain, 0, 400) == page_image(plain, 0, 400)
    printed = printed_page(marked, 0, 400)
    corner = {printed.pixelColor(x, y).name() for x in range(340, 395) for y in range(5, 20)}
    assert {"#ffffff", "#000000"} <= corner
    assert printed.pixelColor(20, 200) == photo.pixelColor(20, 200)
    assert page_image(marked, 0, 400) == page_image(plain, 0, 400)  # what is looked at stays the original
