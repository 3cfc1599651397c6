"""Pages of foreign PDFs made ready for binding: upright, cropped as seen, seals and filled fields printed in.

Every page becomes one closed picture of itself (a form XObject) on a fresh page. Whatever the original leaves
open (graphics state, rotation, units) cannot touch what the binder adds.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from app.documents.picture_page import A4

_LARGEST_SIDE = 14_400.0  # points; what PDF readers accept (ISO 32000-1, annex C.2)


class UnreadablePaperError(Exception):
    """A paper cannot be bound; the message is the rest of a Chinese sentence that begins with its name."""


@dataclass(frozen=True)
class Seen:
    """How a page is seen.

    Attributes:
        box: its visible part in its own coordinates.
        width, height: its upright size in points.
        matrix: from its own coordinates to the upright page.
    """

    box: tuple[float, float, float, float]
    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]


def open_paper(content: bytes | Path) -> Pdf:
    """Open a PDF that has pages; the caller closes it.

    Raises:
        UnreadablePaperError: protected by a password, broken or empty.
        OSError: the file cannot be read.
    """
    readable = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        source = pikepdf.open(readable, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise UnreadablePaperError("加了密码，打不开") from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise UnreadablePaperError("文件坏了，打不开") from error
    try:
        if len(source.pages) == 0:
            raise UnreadablePaperError("里面一页也没有")
    except UnreadablePaperError:
        source.close()
        raise
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        source.close()
        raise UnreadablePaperError("文件坏了，打不开") from error
    return source


def make_bindable(source: Pdf) -> list[Seen]:
    """Replace every page of ``source`` by an upright one that shows it; the file on disk is not touched.

    Raises:
        UnreadablePaperError: a page has no size.
    """
    _print_annotations(source)
    looks = [look_at_page(page) for page in source.pages]
    for place, seen in enumerate(looks):
        page = source.pages[place]
        page.trimbox = Array(list(seen.box))
        form = page.as_form_xobject(handle_transformations=False)
        matrix = " ".join(f"{number:.5f}" for number in seen.matrix)
        content = f"q {matrix} cm /Pg Do Q\n".encode()
        source.pages[place] = drawn_page(source, seen.width, seen.height, content, "/Pg", form)
    return looks


def drawn_page(
    book: Pdf, width: float, height: float, content: bytes, name: str, drawn: pikepdf.Object
) -> pikepdf.Page:
    """A new page of ``book`` whose ``content`` draws the one object ``drawn`` under ``name``."""
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=Dictionary(XObject=Dictionary({name: drawn})),
        Contents=book.make_stream(content),
    )
    return pikepdf.Page(book.make_indirect(page))


def look_at_page(page: pikepdf.Page) -> Seen:
    """Work out rotation, crop box and user unit (ISO 32000-1, 7.7.3.3 and 14.11.2).

    Raises:
        UnreadablePaperError: the page has no size.
    """
    media = _box(page, "/MediaBox") or (0.0, 0.0, *A4)
    crop = _box(page, "/CropBox") or media
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    if x1 - x0 < 1 or y1 - y0 < 1:
        x0, y0, x1, y1 = media
    wide, high = x1 - x0, y1 - y0
    if wide < 1 or high < 1:
        raise UnreadablePaperError("有的页没有大小，打不开")
    unit = _number(page.obj.get("/UserUnit"), 1.0)
    s = min(unit if unit > 0 else 1.0, _LARGEST_SIDE / wide, _LARGEST_SIDE / high)
    turn = int(_number(_inherited(page, "/Rotate"), 0.0)) % 360 // 90 * 90
    matrix = {
        0: (s, 0.0, 0.0, s, -s * x0, -s * y0),
        90: (0.0, -s, s, 0.0, -s * y0, s * x1),
        180: (-s, 0.0, 0.0, -s, s * x1, s * y1),
        270: (0.0, s, -s, 0.0, s * y1, -s * x0),
    }[turn]
    across, up = (high, wide) if turn in (90, 270) else (wide, high)
    return Seen((x0, y0, x1, y1), across * s, up * s, matrix)


def _box(page: pikepdf.Page, name: str) -> tuple[float, float, float, float] | None:
    found = _inherited(page, name)
    if not isinstance(found, Array) or len(found) != 4:
        return None
    numbers = [_number(each, float("nan")) for each in found]
    if not all(abs(number) < 1e7 for number in numbers):
        return None
    (x0, x1), (y0, y1) = sorted(numbers[0::2]), sorted(numbers[1::2])
    return x0, y0, x1, y1


def _inherited(page: pikepdf.Page, name: str) -> object:
    node: object = page.obj
    for _ in range(64):  # deeper than any real page tree; a tree that bites its tail ends here
        if not isinstance(node, Dictionary):
            return None
        if name in node:
            return node[name]
        node = node.get("/Parent")
    return None


def _number(value: object, otherwise: float) -> float:
    try:
        number = float(value) if value is not None else otherwise  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return otherwise
    return number if abs(number) < 1e9 else otherwise


def _print_annotations(source: Pdf) -> None:
    """Make seals, stamps and filled fields part of the page as they would print; drop links and scripts."""
    try:
        source.generate_appearance_streams()
        source.flatten_annotations("print")
    except (pikepdf.PdfError, RuntimeError, ValueError):
        # Broken annotations are left out; the paper itself can still be bound.
        pass
    for page in source.pages:
        for name in ("/Annots", "/AA", "/B"):
            if name in page.obj:
                del page.obj[name]
