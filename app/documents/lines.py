"""Breaking text into lines the Chinese way, and measuring what the lines take.

避头尾: no closing mark at the start of a line, no opening mark at its end; numbers and Latin words stay whole
unless one alone is wider than the line. Widths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.blocks import Run
from app.documents.fonts import Face, FontBook, clean

NO_START = frozenset("，。、；：？！）》〉」』】〕］｝”’·…—～％‰℃,.;:?!)]}%”’")
"""Marks that must not begin a line."""

NO_END = frozenset("（《〈「『【〔［｛“‘([{￥$#№")
"""Marks that must not end a line."""

_PAIRED = frozenset("—…")
_SPREAD_LIMIT = 0.35
"""A justified line is not spread by more than this share of the type size per gap."""


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set: typeface role, size, and extra space after each full-width character (points)."""

    role: str
    size: float
    tracking: float = 0.0
    bold: bool = False


@dataclass(slots=True)
class _Char:
    char: str
    face: Face
    width: float
    bold: bool
    underline: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters drawn in one go: ``x`` from the start of the line, ``spacing`` after each character."""

    x: float
    text: str
    face: Face
    bold: bool
    underline: bool
    spacing: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its fragments from left to right, its natural width, whether it ends a paragraph."""

    fragments: tuple[Fragment, ...]
    width: float
    size: float
    last: bool


def set_lines(
    runs: Sequence[Run],
    width: float,
    look: Look,
    fonts: FontBook,
    *,
    indent: float = 0.0,
    justify: bool = False,
    lead: tuple[int, str] = (0, ""),
) -> tuple[Line, ...]:
    """Break ``runs`` into lines at most ``width`` wide.

    Args:
        runs: the text.
        width: the measure in points.
        look: how it is set.
        fonts: the fonts to measure with.
        indent: first-line indent in points, applied after every line end in the text.
        justify: spread every line but the last of a paragraph to the full width.
        lead: how many leading characters are set in which other role.

    Raises:
        UserError: a character no installed font has.
    """
    lines: list[Line] = []
    for paragraph in _paragraphs(runs, look, fonts, lead):
        start, first = 0, True
        while first or start < len(paragraph):
            offset = indent if first else 0.0
            end = _line_end(paragraph, start, max(width - offset, look.size))
            last = end >= len(paragraph)
            spread = justify and not last
            lines.append(_line(paragraph[start:end], offset, width, look, justify=spread, last=last))
            start, first = end, False
            while start < len(paragraph) and paragraph[start].char == " ":
                start += 1
    return tuple(lines)


def text_width(text: str, look: Look, fonts: FontBook) -> float:
    """Return the width of ``text`` on one line, in points."""
    chars = [char for paragraph in _paragraphs((Run(text),), look, fonts, (0, "")) for char in paragraph]
    return sum(char.width for char in chars)


def _paragraphs(runs: Sequence[Run], look: Look, fonts: FontBook, lead: tuple[int, str]) -> list[list[_Char]]:
    fonts.require((run.text for run in runs), look.role)
    out: list[list[_Char]] = [[]]
    count = 0
    for run in runs:
        for char in clean(run.text):
            if char == "\n":
                out.append([])
                continue
            role = lead[1] if count < lead[0] else look.role
            face = fonts.find(role, char)
            assert face is not None
            width = fonts.width(face, char) * look.size / 1000
            wide = width >= look.size * 0.9
            if wide:
                width += look.tracking
            out[-1].append(_Char(char, face, width, run.bold or look.bold, run.underline, wide))
            count += 1
    return out


def _line_end(chars: Sequence[_Char], start: int, width: float) -> int:
    """Return where the line that begins at ``start`` ends (at least one character further)."""
    used, end = 0.0, start
    while end < len(chars):
        used += chars[end].width
        if used > width + 0.01 and chars[end].char != " ":
            break
        end += 1
    if end >= len(chars):
        return len(chars)
    end = max(end, start + 1)
    for place in range(end, start, -1):
        if _may_break(chars, place):
            return place
    return end


def _may_break(chars: Sequence[_Char], place: int) -> bool:
    before, after = chars[place - 1], chars[place]
    if after.char == " ":
        return False
    if after.char in NO_START or before.char in NO_END:
        return False
    if before.char in _PAIRED and before.char == after.char:
        return False
    if before.char == " ":
        return True
    return before.wide or after.wide or before.char in "/·"


def _line(
    chars: Sequence[_Char], offset: float, width: float, look: Look, *, justify: bool, last: bool
) -> Line:
    end = len(chars)
    while end and chars[end - 1].char == " ":
        end -= 1
    kept = chars if last else chars[:end]
    natural = offset + sum(char.width for char in kept)
    extra = 0.0
    gaps = [kept[i].wide or kept[i + 1].wide for i in range(len(kept) - 1)]
    if justify and any(gaps):
        extra = (width - natural) / sum(gaps)
        if extra > look.size * _SPREAD_LIMIT:
            extra = 0.0
    fragments: list[Fragment] = []
    x = offset
    place = 0
    while place < len(kept):
        first = kept[place]
        added = extra if place < len(gaps) and gaps[place] else 0.0
        spacing = _spacing(first, look, added)
        stop = place + 1
        while stop < len(kept) and _same(first, kept[stop]):
            more = extra if stop < len(gaps) and gaps[stop] else 0.0
            if abs(_spacing(kept[stop], look, more) - spacing) > 1e-6 and stop < len(kept) - 1:
                break
            stop += 1
        taken = kept[place:stop]
        stretch = sum(char.width for char in taken) + sum(
            extra for index in range(place, stop) if index < len(gaps) and gaps[index]
        )
        text = "".join(char.char for char in taken)
        fragments.append(Fragment(x, text, first.face, first.bold, first.underline, spacing, stretch))
        x += stretch
        place = stop
    return Line(tuple(fragments), x, look.size, last)


def _spacing(char: _Char, look: Look, extra: float) -> float:
    return (look.tracking if char.wide else 0.0) + extra


def _same(one: _Char, other: _Char) -> bool:
    return one.face is other.face and one.bold == other.bold and one.underline == other.underline
