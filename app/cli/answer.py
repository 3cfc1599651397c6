"""What a command says, to people and to programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says: lines for people, one document for programs, and the exit code."""

    lines: tuple[str, ...]
    document: Any
    code: int = 0


def as_text(document: Any) -> str:
    """Return a document as the JSON that is printed."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)
