"""Where everything stands on a printed questionnaire, so that a scan of an answered sheet can be read.

:func:`layout_of` is pure: it measures with fixed widths (a Chinese character one em, see :class:`EvenWidths`), never
with the fonts of a computer, so the same questions have the same places everywhere and for ever. Places are
millimetres from the upper left corner of the A4 page; a scan is turned and scaled by the four anchors first.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.documents.blocks import Run
from app.documents.fonts import Face, FontBook
from app.documents.lines import Look, set_lines
from app.documents.question_paper import Asked, QuestionPaper
from app.domain.survey import QuestionKind

LAYOUT = 1
"""Number of this way of placing; printed in the code, raised with every change of a place."""

WIDE, TALL = 210.0, 297.0
ANCHOR = 5.0
"""Side of the four black squares."""

ANCHORS = ((10.0, 10.0), (195.0, 10.0), (10.0, 282.0), (195.0, 282.0))
"""Upper left corners of the squares: upper left, upper right, lower left, lower right."""

CODE = (174.0, 9.0, 18.0)
"""Left, top and side of the square code."""

BOX = 3.6
"""Side of a box to tick."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 20.0, 190.0, 30.0, 279.0
_ROOM = _RIGHT - _LEFT
_MM = 72 / 25.4
_INDENT = 5.0
_PITCH = 6.0
_STEM, _TEXT, _SMALL = 11.0, 10.5, 9.5
_GAP = 2.4
_TEXT_AFTER = BOX + 1.8
_HEAD_MOST = 6
_CELL_LEAST = 14.0
_ROW_LABEL = 44.0
_WRITE_LINE = 9.0
_WRITE_LINES = 3
_RANK = (8.0, 5.4)
_NUMBER = (30.0, 7.0)

TICK, WRITE = "tick", "write"


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box on the paper: ``option`` and ``row`` count from 0; ``use``: ``tick`` or ``write`` (a number, words)."""

    question: str
    use: str
    x: float
    y: float
    width: float
    height: float
    option: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One line of words: left end and top of its line, the room it has, type size in points."""

    x: float
    y: float
    room: float
    height: float
    size: float
    words: str
    role: str = "body"
    centred: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A thin line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One page."""

    texts: tuple[PlacedText, ...]
    boxes: tuple[PlacedBox, ...]
    rules: tuple[PlacedRule, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages of one questionnaire."""

    pages: tuple[PlacedPage, ...]
    anchors: tuple[tuple[float, float], ...] = ANCHORS
    anchor: float = ANCHOR
    code: tuple[float, float, float] = CODE

    def as_data(self) -> dict[str, Any]:
        """Return the places as plain data (JSON), without the words."""
        return {
            "layout": LAYOUT,
            "unit": "mm",
            "paper": [WIDE, TALL],
            "anchors": [[x, y, self.anchor] for x, y in self.anchors],
            "code": list(self.code),
            "pages": [
                [
                    {
                        "question": box.question,
                        "option": box.option,
                        "row": box.row,
                        "use": box.use,
                        "at": [box.x, box.y, box.width, box.height],
                    }
                    for box in page.boxes
                ]
                for page in self.pages
            ],
        }


def code_of(paper: QuestionPaper, page: int, pages: int, number: int | None) -> str:
    """Return what the square code of a page says: layout, questions, version, page, sheet number (0: none)."""
    return f"XS{LAYOUT}/{paper.digest}/{paper.version[:16]}/{page}/{pages}/{number or 0}"


class EvenWidths(FontBook):
    """Widths that depend on no font: what is full width takes one em, the rest a share that no usual face exceeds."""

    def __init__(self) -> None:
        super().__init__(())
        self._even = Face("even", Path("even"), 0)

    def find(self, role: str, char: str) -> Face | None:
        """Every character can be measured."""
        return self._even

    def require(self, texts: Any, role: str = "body") -> None:
        """Nothing is missing here; who draws asks again."""

    def width(self, face: Face, char: str) -> float:
        """The width of a character in thousandths of the type size."""
        if unicodedata.east_asian_width(char) in "WFA" or char in "·…—“”‘’":
            return 1000.0
        return 620.0 if char.isdigit() or char.islower() or char in " .,;:'()-/" else 1000.0


_EVEN = EvenWidths()


@dataclass(slots=True)
class _Strip:
    """A stretch of the page that is never cut; places count from its own top."""

    height: float
    texts: list[PlacedText] = field(default_factory=list)
    boxes: list[PlacedBox] = field(default_factory=list)
    rules: list[PlacedRule] = field(default_factory=list)
    keep: bool = False
    """Stays on the page of the strip that follows."""


def layout_of(paper: QuestionPaper) -> Layout:
    """Return where everything of a questionnaire stands; the first page has its title and how to answer."""
    pages: list[list[tuple[_Strip, float]]] = [[]]
    at = _TOP
    for block in (_head(paper), *(_question(asked) for asked in paper.questions)):
        tall = sum(strip.height for strip in block)
        if at + tall > _BOTTOM and tall <= _BOTTOM - _TOP and at > _TOP:
            pages.append([])
            at = _TOP
        for place, strip in enumerate(block):
            needed = strip.height
            follow = place
            while block[follow].keep and follow + 1 < len(block):
                follow += 1
                needed += block[follow].height
            if at + min(needed, _BOTTOM - _TOP) > _BOTTOM + 0.01 and at > _TOP:
                pages.append([])
                at = _TOP
            pages[-1].append((strip, at))
            at += strip.height
        at += _GAP
    return Layout(tuple(_page(each) for each in pages))


def _page(strips: list[tuple[_Strip, float]]) -> PlacedPage:
    texts: list[PlacedText] = []
    boxes: list[PlacedBox] = []
    rules: list[PlacedRule] = []
    for strip, top in strips:
        texts += [
            PlacedText(t.x, round(t.y + top, 2), t.room, t.height, t.size, t.words, t.role, t.centred)
            for t in strip.texts
        ]
        boxes += [
            PlacedBox(
                b.question,
                b.use,
                round(b.x, 2),
                round(b.y + top, 2),
                round(b.width, 2),
                round(b.height, 2),
                b.option,
                b.row,
            )
            for b in strip.boxes
        ]
        rules += [PlacedRule(r.x1, round(r.y1 + top, 2), r.x2, round(r.y2 + top, 2)) for r in strip.rules]
    return PlacedPage(tuple(texts), tuple(boxes), tuple(rules))


# ---- words


def _lines(words: str, room: float, size: float) -> list[str]:
    set_ = set_lines((Run(words),), room * _MM, Look("body", size), _EVEN)
    return ["".join(part.text for part in line.fragments) for line in set_]


def _words_strips(
    words: str,
    *,
    x: float,
    room: float,
    size: float,
    role: str = "body",
    centred: bool = False,
    pitch: float = _PITCH,
) -> list[_Strip]:
    return [
        _Strip(pitch, [PlacedText(x, 0.0, room, pitch, size, line, role, centred)])
        for line in _lines(words, room, size)
    ]


def _head(paper: QuestionPaper) -> list[_Strip]:
    found = _words_strips(paper.title, x=_LEFT, room=_ROOM, size=18.0, role="title", centred=True, pitch=9.0)
    if paper.union:
        found += _words_strips(paper.union, x=_LEFT, room=_ROOM, size=_TEXT, role="kai", centred=True)
    found += _words_strips(paper.heading, x=_LEFT, room=_ROOM, size=12.0, role="hei", centred=True, pitch=7.5)
    found += _words_strips(paper.how_to, x=_LEFT, room=_ROOM, size=_TEXT)
    found.append(_Strip(2.0, rules=[PlacedRule(_LEFT, 1.5, _RIGHT, 1.5)]))
    return found


# ---- questions


def _question(asked: Asked) -> list[_Strip]:
    stem = f"{asked.number}. {asked.stem}"
    if asked.note:
        stem += f"（{asked.note}）"
    found = _words_strips(stem, x=_LEFT, room=_ROOM, size=_STEM, role="hei")
    for strip in found:
        strip.keep = True
    match asked.kind:
        case QuestionKind.MATRIX:
            return [*found, *_matrix(asked)]
        case QuestionKind.RANKING:
            return [*found, *_ranking(asked)]
        case QuestionKind.NUMBER:
            width, height = _NUMBER
            box = PlacedBox(asked.id, WRITE, _LEFT + _INDENT, 0.6, width, height)
            return [*found, _Strip(height + 1.2, boxes=[box])]
        case QuestionKind.OPEN:
            tall = _WRITE_LINE * _WRITE_LINES
            box = PlacedBox(asked.id, WRITE, _LEFT + _INDENT, 0.6, _ROOM - _INDENT, tall)
            lines = [
                PlacedRule(_LEFT + _INDENT, 0.6 + _WRITE_LINE * n, _RIGHT, 0.6 + _WRITE_LINE * n)
                for n in range(1, _WRITE_LINES)
            ]
            return [*found, _Strip(tall + 1.5, boxes=[box], rules=lines)]
        case _:
            return [*found, *_options(asked, asked.options)]


def _options(asked: Asked, options: tuple[str, ...], row: int | None = None) -> list[_Strip]:
    """Options side by side in as many columns as the longest allows, or one below the other."""
    room = _ROOM - _INDENT
    columns = next(
        (
            count
            for count in (6, 5, 4, 3, 2)
            if all(_fits(option, room / count - _TEXT_AFTER - 2.0) for option in options)
        ),
        1,
    )
    found: list[_Strip] = []
    across = room / columns
    for first in range(0, len(options), columns):
        strip = _Strip(_PITCH)
        rest: list[_Strip] = []
        for place, option in enumerate(options[first : first + columns]):
            x = _LEFT + _INDENT + place * across
            strip.boxes.append(PlacedBox(asked.id, TICK, x, (_PITCH - BOX) / 2, BOX, BOX, first + place, row))
            words_room = across - _TEXT_AFTER - (0.0 if columns == 1 else 2.0)
            lines = _lines(option, words_room, _TEXT)
            strip.texts.append(PlacedText(x + _TEXT_AFTER, 0.0, words_room, _PITCH, _TEXT, lines[0]))
            rest += [
                _Strip(_PITCH, [PlacedText(x + _TEXT_AFTER, 0.0, words_room, _PITCH, _TEXT, line)])
                for line in lines[1:]
            ]
        found += [strip, *rest]
    return found


def _fits(option: str, room: float) -> bool:
    return len(_lines(option, room, _TEXT)) == 1


def _ranking(asked: Asked) -> list[_Strip]:
    width, height = _RANK
    found = []
    for place, option in enumerate(asked.options):
        x = _LEFT + _INDENT
        room = _ROOM - _INDENT - width - 2.0
        lines = _lines(option, room, _TEXT)
        strip = _Strip(_PITCH + 0.8)
        strip.boxes.append(PlacedBox(asked.id, WRITE, x, 0.6, width, height, place))
        strip.texts.append(PlacedText(x + width + 2.0, 0.4, room, _PITCH, _TEXT, lines[0]))
        found += [
            strip,
            *(
                _Strip(_PITCH, [PlacedText(x + width + 2.0, 0.0, room, _PITCH, _TEXT, line)])
                for line in lines[1:]
            ),
        ]
    return found


def _matrix(asked: Asked) -> list[_Strip]:
    """A grid; where its options are too many or too long for columns, one line of options below each row."""
    count = len(asked.options)
    cell = (_ROOM - _INDENT - _ROW_LABEL) / max(count, 1)
    heads = [_lines(option, cell - 1.0, _SMALL) for option in asked.options]
    if not count or cell < _CELL_LEAST or max(map(len, heads)) > _HEAD_MOST:
        found: list[_Strip] = []
        for number, label in enumerate(asked.rows):
            words = _words_strips(f"· {label}", x=_LEFT + _INDENT, room=_ROOM - _INDENT, size=_TEXT)
            for strip in words:
                strip.keep = True
            found += [*words, *_options(asked, asked.options, number)]
        return found
    left = _LEFT + _INDENT
    edges = [left, *(left + _ROW_LABEL + cell * n for n in range(count + 1))]
    tall = max(map(len, heads)) * 4.6 + 1.6
    head = _Strip(tall, keep=True)
    for column, lines in enumerate(heads):
        x = edges[column + 1] + 0.5
        down = (tall - len(lines) * 4.6) / 2
        for at, line in enumerate(lines):
            head.texts.append(PlacedText(x, down + at * 4.6, cell - 1.0, 4.6, _SMALL, line, centred=True))
    head.rules.append(PlacedRule(left, 0.0, _RIGHT, 0.0))
    _verticals(head, edges)
    strips = [head]
    for number, label in enumerate(asked.rows):
        lines = _lines(label, _ROW_LABEL - 2.0, _TEXT)
        for at, line in enumerate(lines):
            strip = _Strip(_PITCH + 0.8 if len(lines) == 1 else _PITCH)
            strip.texts.append(
                PlacedText(left + 1.0, 0.4 * (len(lines) == 1), _ROW_LABEL - 2.0, _PITCH, _TEXT, line)
            )
            if at == 0:
                strip.rules.append(PlacedRule(left, 0.0, _RIGHT, 0.0))
                strip.boxes += [
                    PlacedBox(
                        asked.id,
                        TICK,
                        edges[column + 1] + (cell - BOX) / 2,
                        (strip.height - BOX) / 2,
                        BOX,
                        BOX,
                        column,
                        number,
                    )
                    for column in range(count)
                ]
            _verticals(strip, edges)
            strips.append(strip)
    if strips:
        last = strips[-1]
        last.rules.append(PlacedRule(left, last.height, _RIGHT, last.height))
    return strips


def _verticals(strip: _Strip, edges: list[float]) -> None:
    strip.rules += [PlacedRule(x, 0.0, x, strip.height) for x in edges]
