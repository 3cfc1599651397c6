"""The year as rows of a time line: where each stage lies, its statutory window, its meetings; without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.case import Case
from app.domain.congress import Purpose
from app.domain.stages import Stage
from app.rules.dates_in_words import short_day
from app.rules.findings import Deadline, Verdict
from app.rules.standing import Progress, Standing

MOST_DAYS = 420
"""A year that runs late is shown whole; what lies further off is left to the list of due dates."""

_FEWEST_DAYS = 100
_BEFORE, _BEHIND = timedelta(days=5), timedelta(days=24)
_OPEN = (Verdict.RUNNING, Verdict.OVERDUE)
_LONGEST_WINDOW = 120


@dataclass(frozen=True, slots=True)
class Window:
    """A statutory window: ``first`` to ``last`` inclusive; ``words`` stand behind its wall."""

    first: date
    last: date
    estimated: bool
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class YearRow:
    """One stage: its state, its bar from ``first`` to ``last`` (``None``: none yet), window, meetings."""

    stage: Stage
    label: str
    progress: Progress
    first: date | None
    last: date | None
    window: Window | None
    meetings: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class YearLine:
    """The whole time line from ``first`` to ``last``, inclusive."""

    first: date
    last: date
    today: date
    rows: tuple[YearRow, ...]

    def months(self) -> tuple[date, ...]:
        """The first day of every month that begins on the line."""
        found = []
        month = self.first if self.first.day == 1 else _next_month(self.first)
        while month <= self.last:
            found.append(month)
            month = _next_month(month)
        return tuple(found)


def year_line(case: Case, standings: Sequence[Standing], deadlines: Sequence[Deadline], on: date) -> YearLine:
    """Return the time line of a case on a day."""
    rows = tuple(_row(case, standing, deadlines, on) for standing in standings)
    days = [on]
    for row in rows:
        days += [day for day in (row.first, row.last, *row.meetings) if day is not None]
        if row.window is not None:
            days += [row.window.first, row.window.last]
    first = min(days) - _BEFORE
    last = max(max(days) + _BEHIND, first + timedelta(days=_FEWEST_DAYS))
    return YearLine(*_within(first, last, on), today=on, rows=rows)


def _within(first: date, last: date, on: date) -> tuple[date, date]:
    """Keep at most ``MOST_DAYS``, with today in the middle when both ends lie far off."""
    if (last - first).days <= MOST_DAYS:
        return first, last
    start = min(max(first, on - timedelta(days=MOST_DAYS // 2)), last - timedelta(days=MOST_DAYS))
    return start, start + timedelta(days=MOST_DAYS)


def _row(case: Case, standing: Standing, deadlines: Sequence[Deadline], on: date) -> YearRow:
    return YearRow(
        standing.stage,
        standing.stage.label,
        standing.progress,
        standing.first,
        standing.last,
        _window([row for row in deadlines if row.stage is standing.stage], on),
        _meetings(case, standing.stage),
    )


def _window(deadlines: Sequence[Deadline], on: date) -> Window | None:
    """The longest window that runs forward; one that still runs goes before those that are over.

    Where the start event has not happened yet only the estimated end is known.
    """
    possible = [
        (row, row.start or row.due, row.due)
        for row in deadlines
        if row.due is not None
        and (row.start is not None or row.estimated)
        and 0 <= (row.due - (row.start or row.due)).days <= _LONGEST_WINDOW
        and row.verdict is not Verdict.WINDOW
    ]
    if not possible:
        return None
    row, start, due = max(possible, key=lambda each: (each[0].verdict in _OPEN, each[2] - each[1], each[2]))
    is_open = row.verdict in _OPEN
    last = row.due_holiday or due
    when = short_day(last, on)
    if row.estimated:
        words = f"{row.period} · 约 {when}"
    elif is_open:
        words = f"{row.period} · 最迟 {when}"
    else:
        words = f"{row.period} · {short_day(row.actual, on)}已办" if row.actual else row.period
    return Window(start, last, row.estimated, words, is_open)


def _meetings(case: Case, stage: Stage) -> tuple[date, ...]:
    days: list[date | None] = []
    if stage is Stage.NEGOTIATION:
        days = [meeting.held_on for meeting in case.meetings]
        if not case.meetings:
            planned = [reply.agreed_meeting for reply in case.replies]
            planned += [offer.proposed_meeting for offer in case.offers]
            days += [at.date() for at in planned if at is not None][:1]
    elif stage is Stage.CONGRESS:
        days = [session.held_on for session in case.sessions if session.purpose is Purpose.DELIBERATE_DRAFT]
    return tuple(sorted(day for day in days if day is not None))


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
