"""Small pictures of papers for lists. Whatever is broken, locked or absurdly large simply has none."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps, TiffImagePlugin, WebPImagePlugin

from app.one_at_a_time import PDFIUM

_LOG = logging.getLogger(__name__)

FORMATS = {
    "image/jpeg": ("JPEG",),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/tiff": ("TIFF",),
    "image/webp": ("WEBP",),
}
_LATE = (TiffImagePlugin, WebPImagePlugin)  # Pillow knows these formats only once they are imported
LARGEST_PIXELS = 60_000_000
"""Larger pictures are not unpacked; JPEG is unpacked already reduced and may be larger."""
_LARGEST_JPEG_PIXELS = 250_000_000
_LARGEST_PDF_OCTETS = 512 * 1024**2

# The library's own guard only prints a warning below twice this size; here it is the outer wall, and the
# numbers above decide before anything is unpacked.
Image.MAX_IMAGE_PIXELS = _LARGEST_JPEG_PIXELS


def thumbnail(path: Path, media_type: str, box: tuple[int, int]) -> bytes | None:
    """Draw the first page or the picture, upright, as PNG no larger than ``box`` (width, height in pixels).

    Args:
        path: the original; only read.
        media_type: as told by its content.
        box: at least 1 by 1.

    Returns:
        PNG octets, the same for the same file; None if the kind has no picture or the file is broken,
        protected by a password or too large to unpack safely.
    """
    if min(box) < 1:
        raise ValueError(f"box too small: {box}")
    try:
        if media_type == "application/pdf":
            picture = _first_page(path, box)
        elif media_type in FORMATS:
            picture = _picture(path, FORMATS[media_type], box)
        else:
            return None
        return None if picture is None else _as_png(picture)
    except Exception as broken:  # decoders answer hostile files with nearly anything
        _LOG.debug("no thumbnail: %s", type(broken).__name__)
        return None


def _picture(path: Path, formats: tuple[str, ...], box: tuple[int, int]) -> Image.Image | None:
    with Image.open(path, formats=formats) as opened:
        is_jpeg = opened.format in ("JPEG", "MPO")
        if opened.width * opened.height > (_LARGEST_JPEG_PIXELS if is_jpeg else LARGEST_PIXELS):
            return None
        longest = max(box)
        opened.draft("RGB", (longest, longest))
        if opened.width * opened.height > LARGEST_PIXELS:
            return None
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail(box)
        return _on_white(turned)


def _first_page(path: Path, box: tuple[int, int]) -> Image.Image | None:
    if path.stat().st_size > _LARGEST_PDF_OCTETS:
        return None
    with PDFIUM:
        document = pypdfium2.PdfDocument(path)
        try:
            if len(document) == 0:
                return None
            page = document[0]
            width, height = page.get_size()
            if not (0 < width < 1e6 and 0 < height < 1e6):
                return None
            scale = min(box[0] / width, box[1] / height)
            picture: Image.Image = page.render(scale=scale).to_pil().copy()
        finally:
            document.close()
    # PDFium rounds up; one pixel too many would break a tight list.
    picture.thumbnail(box)
    return _on_white(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return picture.convert("RGB")


def _as_png(picture: Image.Image) -> bytes:
    # A fresh picture carries neither dates nor profiles of the original.
    plain = Image.frombytes("RGB", picture.size, picture.tobytes())
    octets = io.BytesIO()
    plain.save(octets, "PNG", optimize=False)
    return octets.getvalue()
