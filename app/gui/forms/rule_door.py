"""A door to a rule: not a place in the case, but what 检查与依据 tells about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window does without looking rules up until a door is opened
    from app.rules.lookup import Asked


@dataclass(frozen=True, slots=True)
class RuleDoor:
    """Leads to a rule on the page where rules are looked up.

    Attributes:
        rule: its id.
        words: what is to stand in the search field beside it, such as an article that several rules cite.
        region: key of the pack to look in; empty for the year's own.
        asked: for which agreement, form and day; ``None`` for the year's own, today.
    """

    rule: str
    words: str = ""
    region: str = ""
    asked: Asked | None = None
