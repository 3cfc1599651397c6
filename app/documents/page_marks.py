"""What the binder adds to bound pages: the running number in the upper right corner, captions under pictures.

The marks of many pages are drawn as one small PDF, page by page, and laid over the pages they belong to.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Run
from app.documents.flow import Pen
from app.documents.fonts import FontBook, clean
from app.documents.lines import Look, set_lines, text_width
from app.documents.picture_page import A4, CAPTION_GAP, LEFT, RIGHT, Box
from app.one_at_a_time import REPORTLAB

_NUMBER = Look("song", 12.0)
_CAPTION = Look("song", 10.5)
_PITCH = 15.0
_MOST_LINES = 3
_FROM_TOP, _FROM_RIGHT = 28.0, 34.0
"""Where the number stands on A4, in points from the corner to its baseline and its end (about 1 cm)."""


@dataclass(frozen=True)
class Marks:
    """The marks of one page.

    Attributes:
        width, height: the page as seen, in points.
        number: the running page number.
        caption: printed under ``picture``; empty for pages that are no pictures.
        picture: where the picture stands.
        word: before the number, what every page must say (练习).
    """

    width: float
    height: float
    number: int
    caption: str = ""
    picture: Box | None = None
    word: str = ""


def draw_marks(pages: Sequence[Marks], fonts: FontBook) -> bytes:
    """Return a PDF with one page of marks for each of ``pages``.

    Raises:
        UserError: D-101, D-102, a caption with a character no installed font has.
    """
    with REPORTLAB:
        fonts.require([marks.caption + marks.word for marks in pages] + ["0123456789"], "song")
        first_font = fonts.find("song", "1")
        assert first_font is not None
        fonts.load(first_font)
        rl_config.useA85 = 0
        octets = io.BytesIO()
        canvas = Canvas(octets, invariant=1, pageCompression=1, initialFontName=first_font.name)
        pen = Pen(canvas, fonts)
        for marks in pages:
            canvas.setPageSize((marks.width, marks.height))
            _draw_number(marks, pen)
            if marks.caption and marks.picture is not None:
                _draw_caption(marks.caption, marks.picture, pen)
            canvas.showPage()
        canvas.save()
    return octets.getvalue()


def _draw_number(marks: Marks, pen: Pen) -> None:
    text = f"{marks.word}  {marks.number}".strip()
    # Pages of other sizes are printed fitted to A4: the number then comes out as large as its neighbours'.
    scale = min(max(min(marks.width, marks.height) / A4[0], 0.2), 24.0)
    wide = text_width(text, _NUMBER, pen.fonts)
    pen.canvas.saveState()
    pen.canvas.translate(marks.width - _FROM_RIGHT * scale, marks.height - _FROM_TOP * scale)
    pen.canvas.scale(scale, scale)
    for line in set_lines((Run(text),), wide + 1, _NUMBER, pen.fonts):
        pen.line_of_text(line, -wide, 0.0)
    pen.canvas.restoreState()


def _draw_caption(caption: str, picture: Box, pen: Pen) -> None:
    wide = A4[0] - LEFT - RIGHT
    text = " ".join(clean(caption).split())
    lines = set_lines((Run(text),), wide, _CAPTION, pen.fonts)
    while len(lines) > _MOST_LINES and text:
        text = text[: len(text) * 9 // 10].rstrip("…") + "…"
        lines = set_lines((Run(text),), wide, _CAPTION, pen.fonts)
    for place, line in enumerate(lines):
        baseline = picture.y - CAPTION_GAP - _CAPTION.size * 0.86 - place * _PITCH
        pen.line_of_text(line, LEFT + max((wide - line.width) / 2, 0.0), baseline)
