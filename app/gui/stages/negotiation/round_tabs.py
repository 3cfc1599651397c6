"""The rounds as tabs: 第一轮 4月16日 已签字. Of many only the last ones and the one in hand."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case
from app.figures.positions import Round, current_round, rounds_of
from app.gui.stages.views import PartTab

MOST = 3


def round_tabs(case: Case, on: date, wanted: str = "") -> tuple[PartTab, ...]:
    """One tab for each round that is shown; ``wanted``: the meeting in hand, empty for the one of the day."""
    rounds = rounds_of(case)
    if not rounds:
        return ()
    today = current_round(rounds, on)
    here = next((at for at, each in enumerate(rounds) if each.meeting.id == wanted), today)
    last = min(len(rounds), max(today + 2, MOST))
    shown = {*range(max(0, last - MOST), last), here}
    return tuple(
        PartTab(
            id=rounds[at].meeting.id,
            label=rounds[at].name,
            state=_state(rounds[at], at, today),
            remark=_remark(rounds[at], on, case.cycle.year),
            first=at == today,
        )
        for at in sorted(shown)
    )


def _state(held: Round, at: int, today: int) -> str:
    if held.signed:
        return "done"
    return "now" if at <= today else "later"


def _remark(held: Round, on: date, year: int | None) -> str:
    day = held.meeting.held_on
    if day is None:
        return "日期没写"
    words = day_words(day, year)
    if held.signed:
        return f"{words} 已签字"
    return f"{words} 今天" if day == on else words


def day_words(day: date, year: int | None) -> str:
    """4月16日, with the year where it is not the case's own."""
    written = f"{day.month}月{day.day}日"
    return written if year in (None, day.year) else f"{day.year}年{written}"
