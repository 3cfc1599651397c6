"""File names that survive NTFS, FAT32, exFAT, ZIP and a manifest line, and still read as Chinese."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache

_FALLBACK = "没有名字"

# What Windows forbids is shown by its full-width twin, which reads the same and is legal everywhere.
# The percent sign is legal on disk, but a BagIt manifest would have to encode it and no reader agrees how
# (RFC 8493 section 2.1.3 against sha256sum).
_TWINS = str.maketrans({char: chr(ord(char) + 0xFEE0) for char in '<>:"/\\|?*%'})
_LEADING_TWINS = {char: chr(ord(char) + 0xFEE0) for char in ".-~"}

_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}
)

_LONGEST_SUFFIX = 16
_LIMIT = 255


def safe_name(text: str, *, taken: Collection[str] = frozenset(), max_bytes: int = 120) -> str:
    """Turn any text into one file or folder name.

    Characters Windows forbids become their full-width twins; control and invisible direction characters go;
    rare characters (䶮 㐆 𬱖, variation selectors, private use) stay; the ending (``.pdf``) survives
    shortening. The name is in NFC and does not begin with ``. - ~`` nor end with a dot or a space.

    Args:
        text: what the name should say; an ending counts as such from the last dot on.
        taken: names already given in the same folder, as returned earlier; compared as Windows compares,
            without regard to case. A clash gets （2）, （3）… before the ending.
        max_bytes: the longest name in octets of UTF-8, 40 to 255. UTF-16 units, which NTFS and FAT count,
            are never more than that.
    """
    if not 40 <= max_bytes <= _LIMIT:
        raise ValueError(f"max_bytes out of range: {max_bytes}")
    stem, suffix = _split(_cleaned(text))
    used = {_folded(name) for name in taken}
    number = 1
    while True:
        mark = f"（{number}）" if number > 1 else ""
        name = _assembled(stem, mark, suffix, max_bytes)
        if _folded(name) not in used:
            return name
        number += 1


def is_safe_name(name: str) -> bool:
    """Whether ``name`` can be written as it is; what :func:`safe_name` returns always can."""
    return safe_name(name, max_bytes=_LIMIT) == name


def same_name(name: str) -> str:
    """The form under which two names meet on a disk that ignores case."""
    return _folded(name)


def _cleaned(text: str) -> str:
    kept = (" " if char.isspace() else char for char in text if not _is_invisible(char))
    normal = unicodedata.normalize("NFC", "".join(kept)).translate(_TWINS)
    # Normalisation may bring forth a forbidden character (U+037E becomes a semicolon, U+1FEF a grave accent);
    # translating after it closes that door, and the twins themselves are stable under NFC.
    return " ".join(normal.split())


def _is_invisible(char: str) -> bool:
    if char.isspace():
        return False
    code = ord(char)
    if unicodedata.category(char) in ("Cc", "Cs", "Cf"):
        return True
    # Noncharacters may not be interchanged; unassigned code points may be newer ideographs and stay.
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if stem.strip(". ") and ending and " " not in ending and len((dot + ending).encode()) <= _LONGEST_SUFFIX:
        return stem, dot + ending
    return name, ""


def _assembled(stem: str, mark: str, suffix: str, max_bytes: int) -> str:
    stem = stem.strip(" ").rstrip(". ")
    if stem[:1] in _LEADING_TWINS:
        stem = _LEADING_TWINS[stem[0]] + stem[1:]
    if stem.split(".")[0].rstrip(" ").upper() in _DEVICES:
        stem = f"_{stem}"
    room = max_bytes - len((mark + suffix).encode())
    stem = _shortened(stem, room).rstrip(". ")
    if not stem:
        stem = _FALLBACK
    return unicodedata.normalize("NFC", stem + mark + suffix)


def _shortened(text: str, room: int) -> str:
    if len(text.encode()) <= room:
        return text
    end = len(text.encode()[:room].decode("utf-8", "ignore"))
    # A mark belongs to the character before it: cut before both, never between.
    while end > 0 and unicodedata.combining(text[end]) | (unicodedata.category(text[end]) == "Mn"):
        end -= 1
    return text[:end]


@lru_cache(maxsize=16384)
def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
