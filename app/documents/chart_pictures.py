"""Charts as pictures for word processors: the very drawing of the PDF, in grey, fine enough for a laser printer.

A native chart of a word processor would carry its own numbers in a workbook inside the file, also those a person may
not see; a picture shows what is drawn and nothing else.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2
from PIL import Image
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.documents.chart_pieces import chart_pieces
from app.documents.flow import Page, Pen, paginate
from app.documents.fonts import FontBook, system_fonts
from app.figures.charts import Chart
from app.one_at_a_time import PDFIUM, REPORTLAB

DOTS = 220
"""Dots per inch: text of 10 points stays crisp in a print."""

_MM = 72 / 25.4
_EDGE = 3.0
"""Room around the drawing, in points, for marks and figures that reach over its edge."""


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A PNG with its size on paper in millimetres; the first of a chart tells its figures in words."""

    png: bytes
    width: float
    height: float
    words: tuple[str, ...]


def chart_pictures(
    chart: Chart, width: float, height: float, fonts: FontBook | None = None
) -> tuple[ChartPicture, ...]:
    """Return a chart as pictures at most ``width`` × ``height`` millimetres; several only where it is longer.

    Raises:
        UserError: D-101, D-102 as for a PDF.
    """
    fonts = fonts or system_fonts()
    across = width * _MM - 2 * _EDGE
    with REPORTLAB:
        fonts.require(chart.texts())
        pages = paginate(chart_pieces(chart, across, fonts, keep=False), height * _MM)
        drawn = _drawn([page for page in pages if page.pieces], across, fonts)
    if drawn is None:
        return ()
    words = tuple(row.words for row in chart.rows)
    with PDFIUM, pypdfium2.PdfDocument(drawn) as document:
        return tuple(_picture(page, () if at else words) for at, page in enumerate(document))


def _drawn(pages: list[Page], across: float, fonts: FontBook) -> bytes | None:
    """The drawing as a PDF, each page as high as what is on it."""
    if not pages:
        return None
    buffer = io.BytesIO()
    first = fonts.find("body", "工")
    assert first is not None
    fonts.load(first)
    rl_config.useA85 = 0
    canvas = Canvas(buffer, invariant=1, pageCompression=0, initialFontName=first.name)
    pen = Pen(canvas, fonts)
    for page in pages:
        canvas.setPageSize((across + 2 * _EDGE, page.used + 2 * _EDGE))
        for piece, down in page.pieces:
            piece.draw(pen, _EDGE, page.used + _EDGE - down)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _picture(page: pypdfium2.PdfPage, words: tuple[str, ...]) -> ChartPicture:
    wide, high = page.get_size()
    image = page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")
    out = io.BytesIO()
    _in_few_greys(image).save(out, "PNG", bits=4, compress_level=6, dpi=(DOTS, DOTS))
    return ChartPicture(out.getvalue(), wide / _MM, high / _MM, words)


def _in_few_greys(image: Image.Image) -> Image.Image:
    """Sixteen greys are enough for lines and letters, and half the bytes."""
    step = 255 // 15
    few = Image.new("P", image.size)
    few.frombytes(image.point([(value + step // 2) // step for value in range(256)]).tobytes())
    few.putpalette([grey * step for grey in range(16) for _ in range(3)])
    return few
