"""Whether a file can be opened at all: a broken scan, or something else under the name of one, proves nothing."""

from __future__ import annotations

import logging
import zipfile
from pathlib import Path, PurePath

import pypdfium2
from PIL import Image

from app.attachments.media_type import PDF, UNKNOWN
from app.attachments.thumbnails import FORMATS, LARGEST_PIXELS
from app.one_at_a_time import PDFIUM

_LOG = logging.getLogger(__name__)

_PAGES = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp"})
"""Who opens a file of such a name expects a page or a picture."""
_BOXES = frozenset({".docx", ".xlsx", ".pptx", ".ofd"})
_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
_OLE = b"\xd0\xcf\x11\xe0"  # a document locked by a password is wrapped like an old one


def can_be_opened(path: Path, media_type: str, name: str) -> bool:
    """Tell whether a PDF, a picture or a document is what it claims to be; other kinds are believed.

    Args:
        path: the file; only read. A large picture is not unpacked, only its head is read.
        media_type: as told by its content.
        name: the name it came with; its ending says what was meant.

    Returns:
        False for what is cut off, destroyed, locked by a password, or no page, picture or document at all.
    """
    ending = PurePath(name).suffix.lower()
    try:
        if media_type == PDF:
            return _pdf_opens(path)
        if media_type in FORMATS:
            return _picture_opens(path, FORMATS[media_type])
        if ending in _PAGES:
            return media_type not in (UNKNOWN, "text/plain")
        return ending not in _BOXES or _box_opens(path)
    except Exception as broken:  # decoders answer hostile files with nearly anything
        _LOG.info("cannot be opened: %s", type(broken).__name__)
        return False


def needs_password(path: Path, media_type: str) -> bool:
    """Tell whether a PDF is whole as far as can be seen, and locked by a password; only read."""
    if media_type != PDF:
        return False
    try:
        with PDFIUM:
            pypdfium2.PdfDocument(path).close()
    except pypdfium2.PdfiumError as error:
        return bool(error.err_code == _WRONG_PASSWORD)
    except Exception as broken:  # as above
        _LOG.info("cannot be opened: %s", type(broken).__name__)
    return False


def _pdf_opens(path: Path) -> bool:
    with PDFIUM:
        document = pypdfium2.PdfDocument(path)
        try:
            if len(document) == 0:
                return False
            document[0].get_size()  # raises where the page is not there
            return True
        finally:
            document.close()


def _picture_opens(path: Path, formats: tuple[str, ...]) -> bool:
    try:
        with Image.open(path, formats=formats) as opened:
            opened.draft("RGB", (64, 64))  # JPEG is unpacked reduced
            if opened.width * opened.height <= LARGEST_PIXELS:
                opened.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return True  # whole as far as can be told without unpacking it
    return True


def _box_opens(path: Path) -> bool:
    if zipfile.is_zipfile(path):
        return True
    with path.open("rb") as content:
        return content.read(len(_OLE)) == _OLE
