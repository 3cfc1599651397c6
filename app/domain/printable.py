"""Text without what cannot be shown: what comes in by pasting or as a file name may hold it."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no paper, table or case file can hold: control characters, halves of a character, noncharacters."""


def printable(text: str) -> str:
    """Return the text as it can be kept: page and line breaks of word processors as line breaks, the rest gone.

    Halves of a character stay, so that storing them is refused in words instead of losing what was meant.
    """
    broken = re.sub("[\x0b\x0c]", "\n", text)
    return UNPRINTABLE.sub(lambda found: found[0] if "\ud800" <= found[0] <= "\udfff" else "", broken)


def printable_name(name: str) -> str:
    """Return a file name as it can be kept, in one line; what cannot be shown becomes a box."""
    return " ".join(UNPRINTABLE.sub("□", name).split())
