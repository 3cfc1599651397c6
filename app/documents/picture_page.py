"""Photos and scans on a sheet of A4: upright by their EXIF mark, as sharp as they came.

JPEG octets and plain PNG data go into the PDF as they are; only what a PDF cannot carry (transparency,
interlaced or 16-bit PNG, other formats) is unpacked.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageCms, ImageOps, TiffImagePlugin, WebPImagePlugin

A4 = (595.276, 841.89)
"""Width and height of a sheet in points."""

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 25 * MM, 15 * MM, 20 * MM, 32 * MM
"""Margins of a picture in points: the binding edge on the left, the page number above, the caption below."""

CAPTION_GAP = 4 * MM
"""From the picture's lower edge to its caption."""

PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/bmp", "image/gif", "image/tiff", "image/webp"})
"""The kinds that can be laid on a sheet."""

_FORMATS = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")
_LATE = (TiffImagePlugin, WebPImagePlugin)  # Pillow knows these formats only once they are imported
_LARGEST_OCTETS = 256 * 1024**2
_LARGEST_UNPACKED = 60_000_000  # pixels; three octets each
_LARGEST_SIDE = 65_500  # what JPEG can say
_ORIENTATION = 0x0112
_GREY, _RGB, _CMYK = "/DeviceGray", "/DeviceRGB", "/DeviceCMYK"
_PNG_START = b"\x89PNG\r\n\x1a\n"


class BadPictureError(Exception):
    """The picture cannot be laid on a sheet; the message says why, as the rest of a Chinese sentence."""


@dataclass(frozen=True)
class Picture:
    """A picture ready for a PDF.

    Attributes:
        width, height: stored pixels, before turning.
        orientation: EXIF 1 to 8, how to turn it upright.
        embed: makes the image object inside a book.
        octets: what embedding holds in memory.
    """

    width: int
    height: int
    orientation: int
    embed: Callable[[Pdf], Object]
    octets: int

    @property
    def upright(self) -> tuple[int, int]:
        """Pixels across and down when turned upright."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet in points from the lower left corner."""

    x: float
    y: float
    width: float
    height: float


def read_picture(content: bytes | Path) -> Picture:
    """Look at a picture and prepare it.

    Raises:
        BadPictureError: broken, cut off, or too large.
        OSError: the file cannot be read.
    """
    if isinstance(content, Path) and content.stat().st_size > _LARGEST_OCTETS:
        raise BadPictureError("文件太大，放不进书里")
    data = content.read_bytes() if isinstance(content, Path) else content
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if not (0 < opened.width <= _LARGEST_SIDE and 0 < opened.height <= _LARGEST_SIDE):
                raise BadPictureError("尺寸不对，打不开")
            if opened.format in ("JPEG", "MPO"):
                return _jpeg(opened, data)
            if opened.format == "PNG":
                plain = _plain_png(opened, data)
                if plain is not None:
                    return plain
            return _unpacked(opened)
    except BadPictureError:
        raise
    except Exception as broken:  # decoders answer hostile files with nearly anything
        raise BadPictureError("文件坏了，打不开") from broken


def place_picture(picture: Picture) -> Box:
    """Where the upright picture stands on A4: as large as fits, at least 72 dots to the inch, at the top."""
    across, down = picture.upright
    wide, high = A4[0] - LEFT - RIGHT, A4[1] - TOP - BOTTOM
    scale = min(wide / across, high / down, 1.0)
    width, height = across * scale, down * scale
    return Box(LEFT + (wide - width) / 2, A4[1] - TOP - height, width, height)


def picture_content(picture: Picture, box: Box, name: str) -> bytes:
    """The drawing instructions that put image ``name`` upright into ``box``."""
    x, y, w, h = box.x, box.y, box.width, box.height
    # Where the stored first row and first column are seen: TIFF 6.0, tag 274 (EXIF orientation).
    matrix = {
        1: (w, 0, 0, h, x, y),
        2: (-w, 0, 0, h, x + w, y),
        3: (-w, 0, 0, -h, x + w, y + h),
        4: (w, 0, 0, -h, x, y + h),
        5: (0, -h, -w, 0, x + w, y + h),
        6: (0, -h, w, 0, x, y + h),
        7: (0, h, w, 0, x, y),
        8: (0, h, -w, 0, x + w, y),
    }[picture.orientation]
    return f"q {' '.join(f'{number:.4f}' for number in matrix)} cm {name} Do Q\n".encode()


def _jpeg(opened: Image.Image, data: bytes) -> Picture:
    spaces = {"L": (_GREY, 1), "RGB": (_RGB, 3), "CMYK": (_CMYK, 4)}
    if opened.mode not in spaces:
        raise BadPictureError("颜色格式少见，打不开")
    if b"\xff\xd9" not in data[-(len(data) // 2) - 2 :]:
        raise BadPictureError("文件不完整，只有半张")
    space, channels = spaces[opened.mode]
    # Adobe programs store CMYK upside down and say so in a marker of their own.
    inverted = channels == 4 and "adobe" in opened.info
    profile = _profile(opened, channels)
    width, height = opened.size

    def embed(book: Pdf) -> Object:
        image = _image(book, data, width, height, space, 8, profile, channels)
        image.Filter = Name.DCTDecode
        if inverted:
            image.Decode = Array([1, 0] * 4)
        return book.make_indirect(image)

    return Picture(width, height, _orientation(opened), embed, len(data))


def _plain_png(opened: Image.Image, data: bytes) -> Picture | None:
    """A PNG whose compressed data a PDF can take as they are (ISO 32000-1, 7.4.4.4), else None."""
    chunks = _png_chunks(data)
    header = chunks["IHDR"][0]
    depth, kind, interlaced = header[8], header[9], header[12]
    if depth > 8 or interlaced or kind not in (0, 2, 3) or "tRNS" in chunks:
        return None
    colors = 3 if kind == 2 else 1
    body = b"".join(chunks["IDAT"])
    width, height = opened.size
    _check_length(body, (width * depth * colors + 7) // 8 + 1, height)
    palette = chunks["PLTE"][0] if kind == 3 else b""
    profile = None if kind == 3 else _profile(opened, colors)

    def embed(book: Pdf) -> Object:
        space = _RGB if kind == 2 else _GREY
        image = _image(book, body, width, height, space, depth, profile, colors)
        image.Filter = Name.FlateDecode
        image.DecodeParms = Dictionary(Predictor=15, Colors=colors, BitsPerComponent=depth, Columns=width)
        if kind == 3:
            table = Stream(book, palette)
            image.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, table])
        return book.make_indirect(image)

    return Picture(width, height, _orientation(opened), embed, len(body))


def _png_chunks(data: bytes) -> dict[str, list[bytes]]:
    chunks: dict[str, list[bytes]] = {}
    place = len(_PNG_START)
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        told = data[place + 8 + length : place + 12 + length]
        if zlib.crc32(kind + body).to_bytes(4, "big") != told:
            break
        chunks.setdefault(kind.decode("latin-1"), []).append(body)
        if kind == b"IEND":
            return chunks
        place += 12 + length
    raise BadPictureError("文件不完整或坏了，打不开")


def _check_length(body: bytes, row: int, rows: int) -> None:
    """Unpack without keeping anything: the data must give exactly the rows the header promises."""
    unpacker = zlib.decompressobj()
    wanted, got = row * rows, 0
    rest = body
    while not unpacker.eof and got <= wanted:
        piece = unpacker.decompress(rest, 1 << 20)
        rest = unpacker.unconsumed_tail
        if not piece and not rest:
            break
        got += len(piece)
    if got != wanted:
        raise BadPictureError("文件不完整或坏了，打不开")


def _unpacked(opened: Image.Image) -> Picture:
    if opened.width * opened.height > _LARGEST_UNPACKED:
        raise BadPictureError("像素太多，放不进书里")
    upright = ImageOps.exif_transpose(opened)
    if "A" in upright.getbands() or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    grey = upright.mode in ("1", "L")
    pixels = upright.convert("L" if grey else "RGB")
    width, height = pixels.size
    packed = zlib.compress(pixels.tobytes(), 6)

    def embed(book: Pdf) -> Object:
        image = _image(book, packed, width, height, _GREY if grey else _RGB, 8, None, 1 if grey else 3)
        image.Filter = Name.FlateDecode
        return book.make_indirect(image)

    return Picture(width, height, 1, embed, len(packed))


def _image(
    book: Pdf,
    data: bytes,
    width: int,
    height: int,
    space: str,
    bits: int,
    profile: bytes | None,
    channels: int,
) -> Stream:
    image = Stream(book, data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = width, height, bits
    image.ColorSpace = Name(space)
    if profile is not None:
        icc = Stream(book, profile)
        icc.N = channels
        icc.Alternate = Name(space)
        image.ColorSpace = Array([Name.ICCBased, icc])
    return image


def _profile(opened: Image.Image, channels: int) -> bytes | None:
    """The colour profile that came with the picture, if it is sound and fits."""
    raw = opened.info.get("icc_profile")
    if not isinstance(raw, bytes):
        return None
    try:
        space = ImageCms.ImageCmsProfile(io.BytesIO(raw)).profile.xcolor_space.strip()
    except (OSError, ImageCms.PyCMSError, ValueError):
        return None
    return raw if {"GRAY": 1, "RGB": 3, "CMYK": 4}.get(space) == channels else None


def _orientation(opened: Image.Image) -> int:
    try:
        told = opened.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken EXIF block must not cost the picture
        return 1
    return told if isinstance(told, int) and 1 <= told <= 8 else 1
