"""Measured pieces of a page and how they fall onto pages.

A piece knows its height, can draw itself, and some can be cut in two. Lengths are points; ``top`` is the
distance of the piece's upper edge from the lower edge of the paper, as the PDF counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.documents.blocks import Align
from app.documents.fonts import FontBook
from app.documents.lines import Line

_BOLD_STROKE = 0.032
_EMBOLDEN_STROKE = 0.022


@dataclass(slots=True)
class Pen:
    """What pieces draw with: the PDF canvas and the fonts."""

    canvas: Any
    fonts: FontBook

    def line_of_text(self, line: Line, x: float, baseline: float) -> None:
        """Draw one line of text starting at ``x``."""
        canvas = self.canvas
        for part in line.fragments:
            self.fonts.load(part.face)
            start = x + part.x
            if part.text.strip():
                stroke = _BOLD_STROKE * part.bold + _EMBOLDEN_STROKE * part.face.embolden
                text = canvas.beginText(start, baseline)
                text.setFont(part.face.name, line.size)
                text.setCharSpace(part.spacing)
                if stroke:
                    canvas.setLineWidth(line.size * stroke)
                    text.setTextRenderMode(2)
                text.textOut(part.text)
                if stroke:
                    text.setTextRenderMode(0)
                text.setCharSpace(0)
                canvas.drawText(text)
            if part.underline:
                canvas.setLineWidth(0.6)
                y = baseline - line.size * 0.16
                canvas.line(start, y, start + part.width, y)

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.5) -> None:
        """Draw a straight line ``weight`` points thick."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x1, y1, x2, y2)

    def dashes(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a thin dashed line along which paper is cut."""
        self.canvas.saveState()
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(4, 3)
        self.canvas.line(x1, y1, x2, y2)
        self.canvas.restoreState()


def draw_lines(
    pen: Pen, lines: Sequence[Line], x: float, top: float, *, width: float, pitch: float, align: Align
) -> None:
    """Draw ``lines`` below ``top``, each in a slot of ``pitch``, placed in ``width`` by ``align``."""
    for number, line in enumerate(lines):
        baseline = top - number * pitch - (pitch - line.size) / 2 - line.size * 0.86
        offset = 0.0
        if align is Align.CENTER:
            offset = (width - line.width) / 2
        elif align is Align.RIGHT:
            offset = width - line.width
        pen.line_of_text(line, x + max(offset, 0.0), baseline)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that takes no room; base of the others.

    ``keep_next`` holds it on the page of what follows; ``closing`` marks an issuer that must not stand alone.
    """

    keep_next: bool = field(default=False, kw_only=True)
    closing: bool = field(default=False, kw_only=True)
    whole: bool = field(default=False, kw_only=True)

    @property
    def height(self) -> float:
        """Height in points."""
        return 0.0

    @property
    def least(self) -> float:
        """Room the piece needs at the foot of a page to begin there."""
        return self.height

    def split(self, room: float, page: float) -> tuple[Piece, Piece] | None:
        """Cut so that the first part fits ``room``; ``page`` is the height of an empty page. None: cannot."""
        return None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw with the upper left corner at (``x``, ``top``)."""


@dataclass(frozen=True, slots=True)
class Space(Piece):
    """Empty room, dropped where a page ends."""

    room: float = 0.0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.room


@dataclass(frozen=True, slots=True)
class NewPage(Piece):
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Words(Piece):
    """Lines of text."""

    lines: tuple[Line, ...]
    width: float
    pitch: float
    align: Align = Align.LEFT

    @property
    def height(self) -> float:
        """Height in points."""
        return len(self.lines) * self.pitch

    @property
    def least(self) -> float:
        """Room needed to begin at the foot of a page."""
        return self.height if self.whole else min(len(self.lines), 2) * self.pitch

    def split(self, room: float, page: float) -> tuple[Piece, Piece] | None:
        """Cut as in :meth:`Piece.split`."""
        count = int((room + 0.01) // self.pitch)
        if self.whole and self.height <= page:
            return None
        return self.cut(count)

    def cut(self, count: int) -> tuple[Words, Words] | None:
        """Cut after ``count`` lines; None when that leaves a part empty."""
        if count < 1 or count >= len(self.lines):
            return None
        return replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:])

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw as in :meth:`Piece.draw`."""
        draw_lines(pen, self.lines, x, top, width=self.width, pitch=self.pitch, align=self.align)


@dataclass(frozen=True, slots=True)
class Drawing(Piece):
    """Something of fixed height drawn by a function; never cut."""

    tall: float
    paint: Callable[[Pen, float, float], None]

    @property
    def height(self) -> float:
        """Height in points."""
        return self.tall

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw as in :meth:`Piece.draw`."""
        self.paint(pen, x, top)


@dataclass(frozen=True, slots=True)
class Beside(Piece):
    """Pieces side by side, each with its distance from the left and from the top; never cut."""

    parts: tuple[tuple[float, float, Piece], ...]
    extra: float = 0.0

    @property
    def height(self) -> float:
        """Height in points."""
        return max((down + piece.height for _, down, piece in self.parts), default=0.0) + self.extra

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw as in :meth:`Piece.draw`."""
        for across, down, piece in self.parts:
            piece.draw(pen, x + across, top - down)


@dataclass(frozen=True, slots=True)
class Sheet(Piece):
    """A whole page drawn by a function (ballots to be cut into ``columns``×``rows``)."""

    paint: Callable[[Pen], None]
    columns: int = 1
    rows: int = 1

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw as in :meth:`Piece.draw`."""
        self.paint(pen)


@dataclass(slots=True)
class Page:
    """The pieces of one page, each with its distance from the top of the text area."""

    pieces: list[tuple[Piece, float]] = field(default_factory=list)
    used: float = 0.0

    def put(self, piece: Piece) -> None:
        """Add ``piece`` below what is there."""
        self.pieces.append((piece, self.used))
        self.used += piece.height

    @property
    def is_empty(self) -> bool:
        """Whether nothing but empty room is on the page."""
        return all(isinstance(piece, Space) for piece, _ in self.pieces)


def paginate(pieces: Sequence[Piece], height: float) -> list[Page]:
    """Distribute ``pieces`` over pages whose text area is ``height`` tall; at least one page."""
    pages = [Page()]
    for index, piece in enumerate(pieces):
        page = pages[-1]
        if isinstance(piece, NewPage):
            if not page.is_empty:
                pages.append(Page())
        elif isinstance(piece, Sheet):
            if not page.is_empty:
                pages.append(Page())
            pages[-1].put(piece)
            if index < len(pieces) - 1:
                pages.append(Page())
        elif isinstance(piece, Space):
            fits = page.used + piece.height <= height
            if fits and (len(pages) == 1 or not page.is_empty):
                page.put(piece)
        else:
            _place(pages, piece, _needed(pieces, index), height)
    if len(pages) > 1 and not pages[-1].pieces:
        pages.pop()
    return pages


def _needed(pieces: Sequence[Piece], index: int) -> float:
    """Room that must be free for the piece at ``index`` and those it must stay with."""
    total, place = 0.0, index
    while place < len(pieces) - 1 and (pieces[place].keep_next or isinstance(pieces[place], Space)):
        if isinstance(pieces[place + 1], (NewPage, Sheet)):
            break
        total += pieces[place].height
        place += 1
    return total + pieces[place].least


def _place(pages: list[Page], piece: Piece, needed: float, height: float) -> None:
    page = pages[-1]
    begun = not page.is_empty or page.used > height / 3
    if begun and page.used + min(needed, height) > height + 0.01:
        carried = _carry(page) if piece.closing else []
        page = Page()
        pages.append(page)
        for moved in carried:
            page.put(moved)
    while True:
        room = height - page.used
        if piece.height <= room + 0.01:
            page.put(piece)
            return
        parts = piece.split(room, height)
        if parts is None and page.is_empty:
            page.put(piece)
            return
        if parts is not None:
            page.put(parts[0])
            piece = parts[1]
        page = Page()
        pages.append(page)


def _carry(page: Page) -> list[Piece]:
    """Take the last lines of text off ``page``: a signature must not stand alone on the next one."""
    texts = [place for place, (piece, _) in enumerate(page.pieces) if isinstance(piece, Words)]
    if not texts:
        return []
    place = texts[-1]
    words, top = page.pieces[place]
    after = [piece for piece, _ in page.pieces[place + 1 :]]
    if any(not isinstance(piece, Space) for piece in after) or not isinstance(words, Words):
        return []
    cut = words.cut(len(words.lines) - 2) if len(words.lines) >= 4 else None
    if cut is None:
        while place and page.pieces[place - 1][0].keep_next:
            place -= 1  # a heading goes with its text
        if place == 0:
            return []
        moved = [piece for piece, _ in page.pieces[place:]]
        page.used = page.pieces[place][1]
        del page.pieces[place:]
        return moved
    del page.pieces[place:]
    page.used = top
    page.put(cut[0])
    return [cut[1], *after]
