"""The text of a bag's tag files (RFC 8493, 2.1.1 and 2.2.2): ``Label: value`` lines, folded when long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""The whole of ``bagit.txt``."""

_LINE = 79
"""RFC 8493 recommends lines of at most 79 characters."""


def write_bag_info(info: Mapping[str, str]) -> bytes:
    """Write the fields in the order given, UTF-8 with LF.

    A value is one paragraph: any white space in it counts as one blank. Long values are folded at a blank,
    so that reading them back gives the same value; Chinese text without blanks stays on one line.

    Raises:
        ValueError: a label is empty or holds a colon, white space or a control character.
    """
    lines: list[str] = []
    for label, value in info.items():
        if not label or ":" in label or not label.isprintable() or any(char.isspace() for char in label):
            raise ValueError(f"not a bag-info label: {label!r}")
        line = f"{label}:"
        for place, word in enumerate(_visible(value).split()):
            if place and len(line) + 1 + len(word) > _LINE:
                lines.append(line)
                line = f" {word}"
            else:
                line = f"{line} {word}"
        lines.append(line)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def read_bag_info(text: str) -> tuple[dict[str, str], list[str]]:
    """Read fields back; return them and the lines that are none.

    Continuation lines are joined with one blank. Of a repeated label the first value is kept, as other
    readers do for Payload-Oxum.
    """
    fields: list[tuple[str, list[str]]] = []
    strange: list[str] = []
    for line in re.split(r"\r\n|\r|\n", text):
        if not line.strip():
            continue
        if line[0] in " \t":
            if fields:
                fields[-1][1].append(line.strip())
            else:
                strange.append(line.strip())
            continue
        label, colon, value = line.partition(":")
        if not colon or not label.strip():
            strange.append(line.strip())
            continue
        fields.append((label.strip(), [value.strip()]))
    info: dict[str, str] = {}
    for label, parts in fields:
        info.setdefault(label, " ".join(part for part in parts if part))
    return info, strange


def _visible(value: str) -> str:
    return "".join(" " if char.isspace() else char for char in value if not _is_control(char))


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and not char.isspace()
