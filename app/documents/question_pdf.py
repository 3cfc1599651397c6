"""A questionnaire as PDF: anchors, a square code and the sheet's number on every page, every box where it belongs.

What all copies share is drawn once and stamped, so a thousand copies take little more room than one.
"""

from __future__ import annotations

import io

from reportlab import rl_config
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import Document, Run
from app.documents.flow import Pen
from app.documents.fonts import FontBook, clean
from app.documents.lines import Look, set_lines, text_width
from app.documents.question_layout import (
    ANCHOR,
    ANCHORS,
    CODE,
    TALL,
    WIDE,
    Layout,
    PlacedPage,
    PlacedText,
    code_of,
    layout_of,
)
from app.documents.question_paper import QuestionPaper
from app.progress import Progress, Silent

_MM = 72 / 25.4
_QUIET = 1
"""White modules around the code within its place; the paper around it is white as well."""

_NUMBER, _FOOT = 11.0, 9.5


def number_words(number: int | None, most: int = 0) -> str:
    """Return a sheet's number as printed: at least four digits, empty for a sheet without one."""
    return "" if number is None else str(number).zfill(max(4, len(str(most))))


def draw_questionnaire(
    document: Document,
    paper: QuestionPaper,
    fonts: FontBook,
    *,
    creator: str,
    numbers: range | None = None,
    even: bool = False,
    slip: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> bytes:
    """Return the questionnaire as a PDF; the caller holds the lock of the PDF writer.

    Args:
        document: whose title and marks (草稿, 练习) are printed.
        paper: what is asked.
        fonts: the fonts to draw with.
        creator: the program's name, for the file's properties.
        numbers: numbers of the copies; one blank copy without a number when not given.
        even: every copy begins on a fresh sheet when both sides are printed.
        slip: lines of a first page for whoever hands the copies out.
        progress: told of every copy; may cancel.

    Raises:
        UserError: D-101 a character no font has, D-102 no Chinese font.
    """
    progress = progress or Silent()
    layout = layout_of(paper)
    fonts.require(_all_words(layout, document, slip))
    first = fonts.find("body", "工")
    assert first is not None
    fonts.load(first)
    rl_config.useA85 = 0
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(WIDE * _MM, TALL * _MM),
        invariant=1,
        pageCompression=1,
        pdfVersion=(1, 5),
        initialFontName=first.name,
        lang="zh-CN",
    )
    canvas.setTitle(document.title)
    canvas.setSubject(document.kind)
    canvas.setAuthor("")
    canvas.setCreator(creator)
    canvas.setProducer(creator)
    pen = Pen(canvas, fonts)
    if slip:
        _draw_slip(pen, slip)
        canvas.showPage()
        if even:
            canvas.showPage()
    copies: list[int | None] = [*numbers] if numbers is not None else [None]
    most = max((each for each in copies if each is not None), default=0)
    count = len(layout.pages)
    for done, number in enumerate(copies):
        progress.step(done, len(copies))
        for at, page in enumerate(layout.pages, start=1):
            name = f"page{at}"
            if len(copies) == 1:
                _draw_shared(pen, page, document, at, count)
            else:
                if not canvas.hasForm(name):
                    canvas.beginForm(name, 0, 0, WIDE * _MM, TALL * _MM)
                    _draw_shared(pen, page, document, at, count)
                    canvas.endForm()
                canvas.doForm(name)
            _draw_own(pen, paper, at, count, number, most)
            canvas.showPage()
        if even and count % 2:
            canvas.showPage()
    progress.step(len(copies), len(copies))
    canvas.save()
    return buffer.getvalue()


def _all_words(layout: Layout, document: Document, slip: tuple[str, ...]) -> list[str]:
    return [
        *(text.words for page in layout.pages for text in page.texts),
        document.title,
        *slip,
        "不记名第页共编号：0123456789",
    ]


def _draw_shared(pen: Pen, page: PlacedPage, document: Document, at: int, count: int) -> None:
    """Everything but code and number."""
    canvas = pen.canvas
    if document.mark:
        _draw_mark(pen, document.mark)
    canvas.setFillGray(0)
    canvas.setStrokeGray(0)
    for x, y in ANCHORS:
        canvas.rect(x * _MM, (TALL - y - ANCHOR) * _MM, ANCHOR * _MM, ANCHOR * _MM, stroke=0, fill=1)
    canvas.setLineWidth(0.4)
    for rule in page.rules:
        canvas.line(rule.x1 * _MM, (TALL - rule.y1) * _MM, rule.x2 * _MM, (TALL - rule.y2) * _MM)
    canvas.setLineWidth(0.9)
    for box in page.boxes:
        canvas.rect(
            box.x * _MM,
            (TALL - box.y - box.height) * _MM,
            box.width * _MM,
            box.height * _MM,
            stroke=1,
            fill=0,
        )
    for text in page.texts:
        _draw_text(pen, text)
    foot = PlacedText(20.0, 283.0, 170.0, 5.0, _FOOT, f"第{at}页 共{count}页", "song", True)
    _draw_text(pen, foot)
    if document.mark:
        _draw_text(pen, PlacedText(60.0, 12.0, 70.0, 7.0, 14.0, document.mark, "hei", True))


def _draw_own(pen: Pen, paper: QuestionPaper, at: int, count: int, number: int | None, most: int) -> None:
    """What tells this sheet and this page from all others."""
    said = number_words(number, most)
    version = f"版次 {paper.version}" if paper.version else ""
    if said:
        _draw_text(pen, PlacedText(134.0, 11.0, 38.0, 6.0, _NUMBER, f"编号 {said}", "hei"))
    if version:
        _draw_text(pen, PlacedText(134.0, 18.0, 38.0, 5.0, 8.5, version, "song"))
    _draw_text(
        pen, PlacedText(18.0, 10.0, 40.0, 6.0, 11.0, "不记名" if "不记名" in paper.heading else "", "hei")
    )
    _draw_code(pen, code_of(paper, at, count, number))


def _draw_code(pen: Pen, words: str) -> None:
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(words)
    code.make()
    left, top, side = CODE
    modules = code.getModuleCount()
    step = side / (modules + 2 * _QUIET)
    canvas = pen.canvas
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for row in range(modules):
        column = 0
        while column < modules:
            if not code.isDark(row, column):
                column += 1
                continue
            start = column
            while column < modules and code.isDark(row, column):
                column += 1
            x, y = left + (start + _QUIET) * step, top + (row + 1 + _QUIET) * step
            path.rect(x * _MM, (TALL - y) * _MM, (column - start) * step * _MM, step * _MM)
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_text(pen: Pen, text: PlacedText) -> None:
    """Draw one line; a font wider than the even measure is set smaller, so that nothing runs into a neighbour."""
    words = clean(text.words).replace("\n", " ")
    if not words.strip():
        return
    size, room = text.size, text.room * _MM
    taken = text_width(words, Look(text.role, size), pen.fonts)
    if taken > room:
        size *= room / taken * 0.999
        taken = room
    look = Look(text.role, size)
    x = text.x * _MM + ((room - taken) / 2 if text.centred else 0.0)
    baseline = (TALL - text.y) * _MM - (text.height * _MM - size) / 2 - size * 0.86
    for line in set_lines((Run(words),), room + size, look, pen.fonts)[:1]:
        pen.line_of_text(line, x, baseline)


def _draw_mark(pen: Pen, mark: str) -> None:
    """草稿 or 练习, pale across the page, below everything else."""
    canvas = pen.canvas
    size = min(WIDE * _MM / (len(mark) + 1.4), 110.0)
    look = Look("hei", size)
    taken = text_width(mark, look, pen.fonts)
    canvas.saveState()
    canvas.setFillGray(0.92)
    canvas.setStrokeGray(0.92)
    canvas.translate(WIDE * _MM / 2, TALL * _MM / 2)
    canvas.rotate(35)
    for line in set_lines((Run(mark),), taken + 1, look, pen.fonts):
        pen.line_of_text(line, -taken / 2, -size * 0.35)
    canvas.restoreState()


def _draw_slip(pen: Pen, lines: tuple[str, ...]) -> None:
    """The page for the chair: large, no anchors, so that nobody scans it."""
    canvas = pen.canvas
    canvas.setFillGray(0)
    down = 40.0
    for at, words in enumerate(lines):
        look = Look("hei", 20.0) if at == 0 else Look("body", 14.0)
        for line in set_lines((Run(words),), 160 * _MM, look, pen.fonts):
            pen.line_of_text(line, 25 * _MM, (TALL - down) * _MM)
            down += 14.0 if at == 0 else 9.0
        down += 2.0
