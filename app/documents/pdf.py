"""Papers as PDF: embedded subset fonts, text that can be copied out, the same bytes for the same document.

Page furniture follows GB/T 9704-2012 7.5: the page number in 4号 half-width 宋体 between two dashes, 7 mm
below the text area, one character from the right on odd pages and from the left on even ones.
"""

from __future__ import annotations

import io

import pypdfium2
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Align, Document, Run, plain, texts
from app.documents.compose import MM, Composer
from app.documents.flow import Page, Pen, Sheet, draw_lines, paginate
from app.documents.fonts import FontBook, system_fonts
from app.documents.lines import Look, set_lines, text_width
from app.documents.question_pdf import draw_questionnaire
from app.one_at_a_time import PDFIUM, REPORTLAB
from app.progress import Progress

PROGRAM = "集体协商工作台"

_SIGN_ROOM = 12 * MM
"""Room kept at the foot of every page for hand-written marks."""

_NUMBER_SIZE = 14.0
_FOOTER_SIZE = 8.0
_EDGE = 6 * MM
"""Printers cannot reach closer to the paper's edge."""

"""The PDF writer keeps its font table in one place for the whole process."""


def render_pdf(document: Document, fonts: FontBook | None = None) -> bytes:
    """Return ``document`` as a PDF file.

    Args:
        document: what to print.
        fonts: the fonts to draw with; those of this computer when not given.

    Raises:
        UserError: D-101 a character no font has, D-102 no Chinese font, D-103 an unreadable picture,
            D-104 a ballot too full for its part of the sheet.
    """
    with REPORTLAB:
        return _render(document, fonts or system_fonts())


def render_copies(
    document: Document,
    *,
    numbers: range,
    even: bool,
    slip: tuple[str, ...],
    progress: Progress,
    fonts: FontBook | None = None,
) -> bytes:
    """Return numbered copies of a questionnaire as one PDF; see :func:`draw_questionnaire`.

    Raises:
        ValueError: the document is no questionnaire.
        UserError: D-101, D-102 as for :func:`render_pdf`; a cancelled job.
    """
    if document.questions is None:
        raise ValueError(f"{document.kind} is no questionnaire")
    with REPORTLAB:
        return draw_questionnaire(
            document,
            document.questions,
            fonts or system_fonts(),
            creator=PROGRAM,
            numbers=numbers,
            even=even,
            slip=slip,
            progress=progress,
        )


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF.

    Raises:
        pypdfium2.PdfiumError: the bytes are not a readable PDF.
    """
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _render(document: Document, fonts: FontBook) -> bytes:
    if document.questions is not None:
        return draw_questionnaire(document, document.questions, fonts, creator=PROGRAM)
    page = document.page
    fonts.require(_all_words(document))
    composer = Composer(page, fonts)
    pieces = composer.pieces(document.blocks)
    room = page.text_height * MM - (_SIGN_ROOM if document.page_sign else 0.0)
    pages = paginate(pieces, room)
    buffer = io.BytesIO()
    first_font = fonts.find("body", "工")
    assert first_font is not None
    fonts.load(first_font)
    rl_config.useA85 = 0
    canvas = Canvas(
        buffer,
        pagesize=(page.width * MM, page.height * MM),
        invariant=1,
        pageCompression=1,
        pdfVersion=(1, 5),
        initialFontName=first_font.name,
        lang="zh-CN",
    )
    canvas.setTitle(document.title)
    canvas.setSubject(document.kind)
    canvas.setAuthor("")
    canvas.setCreator(PROGRAM)
    canvas.setProducer(PROGRAM)
    pen = Pen(canvas, fonts)
    for number, content in enumerate(pages, start=1):
        _draw_page(document, content, number, pen)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _all_words(document: Document) -> list[str]:
    return [*map(plain, texts(document.blocks)), document.footer, document.page_sign]


def _draw_page(document: Document, content: Page, number: int, pen: Pen) -> None:
    page = document.page
    left, top = page.left * MM, (page.height - page.top) * MM
    sheet = next((piece for piece, _ in content.pieces if isinstance(piece, Sheet)), None)
    if document.mark:
        _draw_mark(document, document.mark, sheet, pen)
    for piece, down in content.pieces:
        piece.draw(pen, left, top - down)
    if sheet is not None:
        return
    bottom = page.bottom * MM
    if document.page_sign:
        look = Look("body", max(page.body_size * 0.8, 10.5))
        lines = set_lines((Run(document.page_sign),), page.text_width * MM, look, pen.fonts)
        upper, wide = bottom + _SIGN_ROOM * 0.6, page.text_width * MM
        draw_lines(pen, lines, left, upper, width=wide, pitch=16, align=Align.LEFT)
    if document.show_page_numbers:
        _draw_number(document, number, pen)
    if document.footer:
        _draw_footer(document, pen)


def _draw_number(document: Document, number: int, pen: Pen) -> None:
    page = document.page
    look = Look("song", _NUMBER_SIZE)
    text = f"— {number} —"
    width = text_width(text, look, pen.fonts)
    baseline = max(page.bottom * MM - 7 * MM - _NUMBER_SIZE * 0.4, _EDGE)
    x = (page.width - page.right) * MM - width - _NUMBER_SIZE if number % 2 else page.left * MM + _NUMBER_SIZE
    for line in set_lines((Run(text),), width + 1, look, pen.fonts):
        pen.line_of_text(line, x, baseline)


def _draw_footer(document: Document, pen: Pen) -> None:
    page = document.page
    look = Look("song", _FOOTER_SIZE)
    width = page.text_width * MM
    lines = set_lines((Run(document.footer),), width, look, pen.fonts)
    pitch = _FOOTER_SIZE * 1.3
    top = max(page.bottom * MM - 13.5 * MM, _EDGE - 4 + pitch * len(lines))
    draw_lines(pen, lines, page.left * MM, top, width=width, pitch=pitch, align=Align.CENTER)


def _draw_mark(document: Document, mark: str, sheet: Sheet | None, pen: Pen) -> None:
    """Draw the word of an unfinished or practice paper: pale across the page, plain in the upper corner."""
    page, canvas = document.page, pen.canvas
    columns, rows = (sheet.columns, sheet.rows) if sheet else (1, 1)
    width, height = page.width * MM / columns, page.height * MM / rows
    size = min(min(width, height) / (len(mark) + 1.4), 110.0)
    look = Look("hei", size)
    taken = text_width(mark, look, pen.fonts)
    canvas.saveState()
    canvas.setFillGray(0.92)
    canvas.setStrokeGray(0.92)
    for cell in range(columns * rows):
        canvas.saveState()
        canvas.translate((cell % columns + 0.5) * width, (cell // columns + 0.5) * height)
        canvas.rotate(35)
        for line in set_lines((Run(mark),), taken + 1, look, pen.fonts):
            pen.line_of_text(line, -taken / 2, -size * 0.35)
        canvas.restoreState()
    canvas.restoreState()
    if sheet is None:
        corner = Look("hei", 16.0)
        wide = text_width(mark, corner, pen.fonts)
        right, y = (page.width - page.right) * MM, (page.height - page.top) * MM + 5 * MM
        for line in set_lines((Run(mark),), wide + 1, corner, pen.fonts):
            pen.line_of_text(line, right - wide - 6, y)
        canvas.setLineWidth(0.8)
        canvas.rect(right - wide - 10, y - 5, wide + 8, 22)
