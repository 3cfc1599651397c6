"""The order of candidates by 姓氏笔画 (F-12): strokes of the surname, then how it is written, then the given name.

As lists of candidates do it: fewer strokes first; of equally many the kinds of strokes in their order (横竖撇点折);
of one surname single given names before double ones, then character by character. A compound surname (欧阳, 司马)
is placed by its first character. The counts are facts of the Unicode Character Database; which version stands in
``resources/strokes``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from app.paths import resource

_T = TypeVar("_T")

_BETWEEN_NAMES = frozenset("·•・‧\u3000 ")
"""What stands between the parts of a name (阿依古丽·买买提) and is no character of it."""

_LAST = 1_000
"""Sorts a character nobody counted behind all others."""


def strokes(character: str) -> int | None:
    """Return how many strokes a character has; ``None`` if nobody counted them (no ideograph)."""
    at = _totals().find(character) if len(character) == 1 and not character.isspace() else -1
    if at < 0 or character.isdecimal():
        return None
    start = _totals().rfind("\n", 0, at) + 1
    return int(_totals()[start : _totals().index("\t", start)])


def stroke_kinds(character: str) -> str:
    """Return the kinds of its strokes, 1 横 2 竖 3 撇 4 点 5 折, such as ``1121`` for 王; nothing if unknown."""
    at = _sequences().find(character) if len(character) == 1 and strokes(character) is not None else -1
    if at < 0:
        return ""
    start = _sequences().rfind("\n", 0, at) + 1
    return _sequences()[start : _sequences().index("\t", start)]


def name_key(name: str) -> tuple[object, ...]:
    """Return what a name is sorted by."""
    keys = [_character_key(each) for each in name if each not in _BETWEEN_NAMES]
    return (keys[:1] or [(_LAST, 1, "", 0)], len(keys), keys[1:])


def unknown_characters(name: str) -> str:
    """Return the characters of a name nobody counted the strokes of."""
    return "".join(each for each in name if each not in _BETWEEN_NAMES and strokes(each) is None)


def in_stroke_order(items: Iterable[_T], name_of: Callable[[_T], str]) -> tuple[_T, ...]:
    """Return items by the strokes of their names; equal names stay in the order given, unknown ones come last."""
    return tuple(
        sorted(items, key=lambda each: (bool(unknown_characters(name_of(each))), name_key(name_of(each))))
    )


@cache
def _character_key(character: str) -> tuple[int, int, str, int]:
    """Strokes, then how it is written; where that is not known, behind those where it is."""
    total, kinds = strokes(character), stroke_kinds(character)
    return (_LAST if total is None else total, int(not kinds), kinds, ord(character))


@cache
def _totals() -> str:
    return _read("strokes/total_strokes.txt")


@cache
def _sequences() -> str:
    return _read("strokes/stroke_sequences.txt")


def _read(name: str) -> str:
    """The lines of a table without what is said about its source."""
    lines = resource(name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))
