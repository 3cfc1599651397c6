"""Small pictures of anything, none of what is broken or dangerous."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Page, Pdf
from PIL import Image

from app.attachments.thumbnails import thumbnail


def picture(kind: str, size: tuple[int, int] = (800, 400), orientation: int = 1, mode: str = "RGB") -> bytes:
    """Left half red, right half white."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    octets = io.BytesIO()
    image.convert(mode).save(octets, kind, exif=exif)
    return octets.getvalue()


def one_page(width: float, height: float, rotate: int = 0) -> Pdf:
    book = Pdf.new()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, width, height]),
        Rotate=rotate,
        Contents=book.make_stream(f"1 0 0 rg 0 0 {width / 2} {height} re f".encode()),
    )
    book.pages.append(Page(book.make_indirect(page)))
    return book


def made(file: Path, content: bytes, kind: str, box: tuple[int, int] = (200, 200)) -> Image.Image | None:
    file.write_bytes(content)
    drawn = thumbnail(file, kind, box)
    assert drawn == thumbnail(file, kind, box)
    return None if drawn is None else Image.open(io.BytesIO(drawn), formats=["PNG"])


def is_red(image: Image.Image, across: float, down: float) -> bool:
    pixel = image.convert("RGB").getpixel((int(image.width * across), int(image.height * down)))
    assert isinstance(pixel, tuple)
    return pixel[0] > 200 and pixel[1] < 60


@pytest.mark.parametrize(
    ("fmt", "kind"),
    [
        ("JPEG", "image/jpeg"), ("PNG", "image/png"), ("BMP", "image/bmp"),
        ("TIFF", "image/tiff"), ("WEBP", "image/webp"),
    ],
)  # fmt: skip
def test_pictures(tmp_path: Path, fmt: str, kind: str) -> None:
    drawn = made(tmp_path / "x", picture(fmt), kind)
    assert drawn is not None
    assert drawn.size == (200, 100)
    assert is_red(drawn, 0.2, 0.5)
    assert not is_red(drawn, 0.8, 0.5)


def test_a_photo_stands_upright(tmp_path: Path) -> None:
    drawn = made(tmp_path / "x", picture("JPEG", orientation=6), "image/jpeg")
    assert drawn is not None
    assert drawn.size == (100, 200)
    assert is_red(drawn, 0.5, 0.2)
    assert not is_red(drawn, 0.5, 0.8)


@pytest.mark.parametrize(("fmt", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "CMYK")])
def test_other_colour_modes(tmp_path: Path, fmt: str, mode: str) -> None:
    kind = "image/png" if fmt == "PNG" else "image/jpeg"
    drawn = made(tmp_path / "x", picture(fmt, mode=mode), kind)
    assert drawn is not None
    assert drawn.mode == "RGB"


def test_see_through_becomes_white(tmp_path: Path) -> None:
    octets = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(octets, "PNG")
    drawn = made(tmp_path / "x", octets.getvalue(), "image/png")
    assert drawn is not None
    assert drawn.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("rotate", "size"), [(0, (141, 200)), (90, (200, 141))])
def test_first_page_of_a_pdf(tmp_path: Path, rotate: int, size: tuple[int, int]) -> None:
    octets = io.BytesIO()
    one_page(595, 842, rotate).save(octets)
    drawn = made(tmp_path / "x", octets.getvalue(), "application/pdf")
    assert drawn is not None
    assert all(abs(one - other) <= 1 for one, other in zip(drawn.size, size, strict=True))
    assert max(drawn.size) <= 200
    assert is_red(drawn, 0.25, 0.25)


def test_a_huge_page_stays_small(tmp_path: Path) -> None:
    octets = io.BytesIO()
    one_page(14_000, 14_000).save(octets)
    drawn = made(tmp_path / "x", octets.getvalue(), "application/pdf", (64, 64))
    assert drawn is not None
    assert drawn.size == (64, 64)


def test_a_locked_pdf_has_none(tmp_path: Path) -> None:
    octets = io.BytesIO()
    one_page(100, 100).save(octets, encryption=Encryption(user="a", owner="b"))
    assert made(tmp_path / "x", octets.getvalue(), "application/pdf") is None


def bomb(side: int) -> bytes:
    """A PNG that promises side x side pixels in a few octets."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1 << 16))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_000, 16_000, 60_000])
def test_bombs_are_not_unpacked(tmp_path: Path, side: int) -> None:
    assert made(tmp_path / "x", bomb(side), "image/png") is None


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "application/pdf", "image/tiff"])
@pytest.mark.parametrize(
    "content", [b"", b"junk", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00\xff"]
)
def test_broken_files_have_none(tmp_path: Path, kind: str, content: bytes) -> None:
    assert made(tmp_path / "x", content, kind) is None


def test_cut_files_and_wrong_kinds_have_none(tmp_path: Path) -> None:
    whole = picture("PNG")
    assert made(tmp_path / "x", whole[: len(whole) // 2], "image/png") is None
    assert made(tmp_path / "x", picture("PNG"), "image/jpeg") is None
    assert made(tmp_path / "x", b"text", "text/plain") is None
    assert thumbnail(tmp_path / "没有", "image/png", (10, 10)) is None


def test_an_empty_box_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="box"):
        thumbnail(tmp_path / "x", "image/png", (0, 10))
