"""Pages of papers and pictures as images, for the screen and for the printer; works in any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QFont, QImage, QImageReader, QPainter

from app.errors import DamagedError
from app.gui.theme import current_theme
from app.one_at_a_time import PDFIUM

PDF = "application/pdf"
_MARK_SHARE = 0.03
"""Size of the word on a printed page, a share of the page's width."""
_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/gif", "image/bmp", "image/webp")


@dataclass(frozen=True, slots=True)
class Looked:
    """Something to look at: its bytes and what they are.

    Attributes:
        file: where they lie, if anywhere.
        landscape: printed across.
        mark: printed over each page's upper right corner (练习 on the originals of a practice case).
        write_word: writes a copy for WPS somewhere and tells where; called behind the window.
    """

    content: bytes
    media_type: str = PDF
    file: Path | None = None
    landscape: bool = False
    mark: str = ""
    write_word: Callable[[], Path] | None = None


def can_show(media_type: str) -> bool:
    """Whether the window itself can show this kind of file."""
    return media_type == PDF or media_type in PICTURES


def pages_of(looked: Looked) -> int:
    """How many pages there are; 0 for what cannot be shown here.

    Raises:
        DamagedError: the file is broken or locked by a password.
    """
    if looked.media_type in PICTURES:
        return max(1, _reader(looked.content)[0].imageCount()) if looked.media_type == "image/tiff" else 1
    if looked.media_type != PDF:
        return 0
    import pypdfium2

    try:
        with PDFIUM, pypdfium2.PdfDocument(looked.content) as document:
            return len(document)
    except pypdfium2.PdfiumError as error:
        raise (_locked() if error.err_code == _WRONG_PASSWORD else _broken()) from error


def page_image(looked: Looked, index: int, across: int) -> QImage:
    """One page as a picture ``across`` pixels wide (pictures are never made larger than they are).

    Raises:
        DamagedError: the file is broken, or a picture too large to unpack.
    """
    if looked.media_type != PDF:
        return _picture(looked, index, across)
    import pypdfium2

    try:
        with PDFIUM, pypdfium2.PdfDocument(looked.content) as document:
            page = document[index]
            bitmap = page.render(scale=across / page.get_width(), prefer_bgrx=True)
            picture = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            bitmap.close()
            page.close()
            return picture
    except pypdfium2.PdfiumError as error:
        raise (_locked() if error.err_code == _WRONG_PASSWORD else _broken()) from error


def printed_page(looked: Looked, index: int, across: int) -> QImage:
    """The same as it goes to the printer: with the word it must carry.

    Raises:
        DamagedError: see :func:`page_image`.
    """
    image = page_image(looked, index, across)
    if not looked.mark:
        return image
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    font = QFont(current_theme().font())
    font.setPixelSize(max(12, round(across * _MARK_SHARE)))
    painter.setFont(font)
    room = painter.fontMetrics().boundingRect(looked.mark)
    edge = room.height() // 2
    box = QRect(image.width() - room.width() - 3 * edge, edge, room.width() + 2 * edge, room.height() + edge)
    painter.fillRect(box, Qt.GlobalColor.white)
    painter.setPen(Qt.GlobalColor.black)
    painter.drawRect(box)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, looked.mark)
    painter.end()
    return image


def _picture(looked: Looked, index: int, across: int) -> QImage:
    reader, _buffer = _reader(looked.content)
    if index:
        reader.jumpToImage(index)
    size = reader.size()
    turned = reader.transformation().value & 4  # by a quarter: width and height change places
    wide = size.height() if turned else size.width()
    if size.isValid() and wide > across:
        # Told before it is unpacked, so that a large photo never takes its full room in memory.
        share = across / wide
        size.setWidth(max(1, round(size.width() * share)))
        size.setHeight(max(1, round(size.height() * share)))
        reader.setScaledSize(size)
    picture = reader.read()
    if picture.isNull():
        raise _broken()
    return picture


def _reader(content: bytes) -> tuple[QImageReader, QBuffer]:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader, buffer


def _locked() -> DamagedError:
    return DamagedError(
        "这个文件有密码，在窗口里打不开，也印不出来。",
        "原件一点没动，还在资料库里。",
        "用本机程序和原来的密码打开它，另存一份不带密码的，再添加进来。",
        code="W-303",
    )


def _broken() -> DamagedError:
    return DamagedError(
        "这个文件在窗口里打不开：可能坏了、太大，或者设了密码。",
        "原件一点没动，还在资料库里。",
        "用本机程序打开看看；真坏了就再扫一份添加进来。",
        code="W-302",
    )
