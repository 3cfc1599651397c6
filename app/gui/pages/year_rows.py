"""The year as rows of a time line: where each stage lies, its statutory window, its meetings; without Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.case import Case
from app.domain.congress import Purpose
from app.domain.stages import Stage
from app.rules.dates_in_words import short_day
from app.rules.findings import Deadline, State, Verdict
from app.rules.standing import Progress, Standing
from app.usecases.overview import days_left

MOST_DAYS = 760
"""A year that runs late, and one that runs into a second year, is shown whole; what lies further off is left to
the list of due dates."""

MOST_EMPTY_DAYS = 240
"""A year that ended longer ago than this is shown without today: its own days are what is looked at."""

_FEWEST_DAYS = 100
_BEFORE, _BEHIND = timedelta(days=5), timedelta(days=24)
_SHARE_BEHIND = 0.18
"""So much room, measured by the days shown, is left behind the last of them for the words beside its wall."""
_MOST_SHOWN = int((MOST_DAYS - _BEFORE.days) / (1 + _SHARE_BEHIND)) - 1
_ENDED = {Verdict.LATE: "才办，晚了", Verdict.SHORT: "，天数不够"}
"""What stands behind the day something was done; else it was done in time."""
_LONGEST_WINDOW = 120


_SHORT_NAMES = {
    "reply_due": "书面答复",
    "rep_publish_due": "公布名单",
    "congress_notice": "公开议程",
    "congress_result_publish": "公开决议",
    "period": "谈完签字",
    "file_due": "报送",
    "effective": "审查",
    "publish_due": "公布合同",
    "upper_union_file": "报上级工会",
    "report_freq": "履约报告",
}
"""What a window is for, as short as the line has room for; the list of due dates says it in full."""


@dataclass(frozen=True, slots=True)
class Window:
    """A statutory window, ``first`` to ``last`` inclusive.

    ``words`` stand behind its wall, the first of ``shorter`` that has room where those have none.
    """

    first: date
    last: date
    estimated: bool
    words: str
    is_open: bool
    shorter: tuple[str, ...] = ()


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

    def today_side(self) -> int:
        """0 where today lies on the line, -1 where it lies before it, 1 behind it."""
        return -1 if self.today < self.first else 1 if self.today > self.last else 0

    def has_dates(self) -> bool:
        """Whether there is anything to draw yet."""
        return any(_days_of(row) for row in self.rows)

    def months(self) -> tuple[date, ...]:
        """The first day of every month that begins on the line."""
        found = []
        month = self.first if self.first.day == 1 else _next_month(self.first)
        while month <= self.last:
            found.append(month)
            month = _next_month(month)
        return tuple(found)


def year_line(case: Case, standings: Sequence[Standing], deadlines: Sequence[Deadline], on: date) -> YearLine:
    """Return the time line of a case on a day.

    Today lies on it unless the year is long over (or far ahead); then :meth:`YearLine.today_side` tells where.
    """
    rows = tuple(_row(case, standing, deadlines, on) for standing in standings)
    days = sorted(day for row in rows for day in _days_of(row))
    if not days:
        days = [on]
    near = days[0] - timedelta(days=MOST_EMPTY_DAYS) <= on <= days[-1] + timedelta(days=MOST_EMPTY_DAYS)
    running = any(row.progress is Progress.NOW for row in rows)
    if near or (running and _span([*days, on]) <= _MOST_SHOWN):
        days = sorted([*days, on])
    shown = _fullest(days, on)
    first = shown[0] - _BEFORE
    behind = max(_BEHIND, timedelta(days=round(_span(shown) * _SHARE_BEHIND)))
    last = max(shown[-1] + behind, first + timedelta(days=_FEWEST_DAYS))
    return YearLine(first, last, today=on, rows=rows)


def _days_of(row: YearRow) -> list[date]:
    days = [day for day in (row.first, row.last, *row.meetings) if day is not None]
    return days + ([row.window.first, row.window.last] if row.window is not None else [])


def _span(days: Sequence[date]) -> int:
    return (max(days) - min(days)).days


def _fullest(days: Sequence[date], on: date) -> Sequence[date]:
    """Of days in order, those that fit on the line: as many as can be, today among them if it is one."""
    most = _MOST_SHOWN
    if _span(days) <= most:
        return days
    best: Sequence[date] = days[:1]
    for at, first in enumerate(days):
        fitting = [day for day in days[at:] if (day - first).days <= most]
        if (on in fitting or on not in days, len(fitting)) > (on in best or on not in days, len(best)):
            best = fitting
    return best


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
    row, start, due = max(possible, key=lambda each: (each[0].presses, each[2] - each[1], each[2]))
    is_open = row.presses
    last = row.due_holiday or due
    when, left = short_day(last, on), days_left(row, on) or 0
    if row.latest is not None and row.latest > last:
        when = f"{when}至{short_day(row.latest, on)}之间"
    period = spaced(row.period)
    if row.estimated:
        by = f"约 {when}"
    elif is_open and left < 0:
        by = f"{when}，已超期 {-left} 天"
    elif is_open:
        by = f"最迟 {when}"
    elif row.actual is None and row.state is not State.OPEN:
        by = f"{when}，{row.state.label}"
    else:
        by = f"{short_day(row.actual, on)}{_ENDED.get(row.verdict, '已办')}" if row.actual else ""
    name = "" if row.variant else _SHORT_NAMES.get(row.rule, "")
    unnamed = " · ".join(part for part in (period, by) if part)
    words = f"{name} {unnamed}".strip()
    late = f"已超期 {-left} 天" if is_open and left < 0 and not row.estimated else ""
    shorter = tuple(dict.fromkeys(each for each in (unnamed, by, late) if each and each != words))
    return Window(start, last, row.estimated, words, is_open, shorter)


def spaced(words: str) -> str:
    """A period with half a space before its unit: 10 日, 5 个工作日."""
    return re.sub(r"(?<=[^\d\s/.])(?=\d)|(?<=\d)(?=[^\d\s/%.])", " ", words)


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
