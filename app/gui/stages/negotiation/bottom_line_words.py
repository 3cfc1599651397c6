"""Own bottom lines in one line, asked for only while they are held open."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.facts import facts_of
from app.domain.survey import BottomLine

_ORDER = ("floor", "middle", "best", "tradeable", "speaker")


def bottom_line_words(case: Case, topic: str) -> str:
    """底线 …，中间目标 …; says so when nothing is written for the topic."""
    labels = facts_of(BottomLine)
    parts = [
        f"{labels[name].label} {words}"
        for held in case.bottom_lines
        if held.topic == topic
        for name in _ORDER
        if (words := str(getattr(held, name)).strip())
    ]
    return "；".join(parts) if parts else "这个议题还没写底线"
