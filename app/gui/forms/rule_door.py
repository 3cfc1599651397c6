"""A door to a rule: not a place in the case, but a page and what stands in its 依据."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleDoor:
    """Leads to the page of the rule's stage, with what it says and its articles in 依据."""

    page: str
    title: str
    words: str
    articles: str
