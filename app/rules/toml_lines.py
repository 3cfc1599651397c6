"""In which line of a TOML text a table or a key stands; asked only when something in it is refused."""

from __future__ import annotations

import re

_HEAD = re.compile(r"^[ \t]*(\[{1,2})[ \t]*([\w.\-]+)[ \t]*\]{1,2}", re.MULTILINE)
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)

Step = tuple[str, int]
"""The name of a table, and which one of several it is (from 1); 0 for a table that stands alone."""


def line_of(text: str, steps: tuple[Step, ...], key: str = "") -> int:
    """Return the line, from 1, of a key in a table, of the table when the key is not found; 0: neither is.

    Args:
        text: the whole file.
        steps: the way from the top to the table.
        key: what is looked for in it; empty for the table itself.
    """
    bare = _STRING.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    start, end = 0, _next_head(bare, 0, "")
    named = ""
    for name, number in steps:
        named = f"{named}.{name}" if named else name
        found = _head(bare, named, number) or _inline(bare, start, end, name, number)
        if found is None:
            return 0
        start, end = found
    at = _key(bare, start, end, key) if key else None
    if at is None and not steps:
        return 0
    return text.count("\n", 0, start if at is None else at) + 1


def _next_head(bare: str, start: int, below: str) -> int:
    """Where the block that begins at ``start`` ends; tables below it are part of it."""
    for found in _HEAD.finditer(bare, start):
        if not below or not found[2].startswith(f"{below}."):
            return found.start()
    return len(bare)


def _head(bare: str, name: str, number: int) -> tuple[int, int] | None:
    heads = [found for found in _HEAD.finditer(bare) if found[2] == name]
    place = max(number, 1) - 1
    if place >= len(heads):
        return None
    at = heads[place]
    return at.start(1), _next_head(bare, at.end(), name)


def _inline(bare: str, start: int, end: int, name: str, number: int) -> tuple[int, int] | None:
    """The n-th ``{…}`` of what is written after ``name =``."""
    at = _key(bare, start, end, name)
    if at is None:
        return None
    depth, seen, begun = 0, 0, at
    for place in range(at, end):
        if bare[place] == "{":
            depth += 1
            if depth == 1:
                seen, begun = seen + 1, place
        elif bare[place] == "}":
            depth -= 1
            if depth == 0 and seen == max(number, 1):
                return begun, place + 1
    return at, min(end, bare.find("\n", at) % (len(bare) + 1))


def _key(bare: str, start: int, end: int, key: str) -> int | None:
    name = re.escape(key)
    for pattern in (rf"(?m)^[ \t]*({name})[ \t]*=", rf"[{{,][ \t\n]*({name})[ \t]*="):
        found = re.compile(pattern).search(bare, start, end)
        if found is not None:
            return found.start(1)
    return None
