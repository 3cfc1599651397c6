"""A period counted out and told in one sentence: event, count, holiday, the other reading (look.md §5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.calendar import (
    DueDate,
    Lateness,
    Unit,
    WorkCalendar,
    days_late,
    due_after,
    due_before,
    lateness,
    plain_after,
)
from app.domain.pauses import Stop
from app.rules.dates_in_words import day_words, short_day
from app.rules.findings import Verdict
from app.rules.terms import Bound, Term, TermUnit

_UNITS = {TermUnit.DAY: Unit.DAY, TermUnit.WORKDAY: Unit.WORKDAY, TermUnit.MONTH: Unit.MONTH}
NOT_ROLLED = frozenset({"effective"})
"""Periods of the authority that are counted from receipt and do not roll over (law.md K)."""


def count_out(
    term: Term, start: date, calendar: WorkCalendar, *, stops: Iterable[Stop] = ()
) -> DueDate | None:
    """Return the last day of a period, or ``None`` if it lies beyond the calendar.

    Args:
        term: a period.
        start: the event.
        calendar: days off.
        stops: pauses that do not count in (a suspension by force majeure, 鲁工资 28).
    """
    unit, amount = _UNITS[term.unit], term.amount
    try:
        if term.rule in NOT_ROLLED:
            return plain_after(start, amount)
        if term.bound is Bound.BEFORE:
            return due_before(start, amount, unit, calendar)
        return due_after(start, amount, unit, calendar, stops=stops)
    except OverflowError:
        return None


def judge(due: DueDate, actual: date | None, on: date) -> Verdict:
    """Return how the due date and what happened compare, seen from ``on``."""
    if actual is None:
        return Verdict.OVERDUE if on > due.weekend_reading else Verdict.RUNNING
    late = lateness(due, actual)
    if late is Lateness.LATE:
        return Verdict.LATE
    return Verdict.DONE if late is Lateness.ON_TIME else Verdict.DONE_BETWEEN


def late_by(due: DueDate, actual: date | None, on: date, calendar: WorkCalendar) -> int:
    """Return by how much it is late in reading 甲, 0 while the later reading is kept."""
    end = actual if actual is not None else on
    return days_late(due, end, calendar) if end > due.weekend_reading else 0


def count_words(due: DueDate, on: date, calendar: WorkCalendar, *, estimated: bool = False) -> str:
    """Return how the day came about: ``次日起算满 10 日是3月22日（周日）；周末也顺延就是3月23日（周一）``."""
    if due.unit is Unit.WORKDAY and not due.exact:
        return _range(due, on)
    last = day_words(due.nominal, on)
    unit = {Unit.DAY: "日", Unit.WORKDAY: "个工作日", Unit.MONTH: "个月"}[due.unit]
    about = "约" if estimated else ""
    if due.backwards:
        said = f"倒数 {due.amount} {unit}是{about}{last}"
        if due.skipped:
            said += f"，跳过{_days(due.skipped, on)}"
        if due.advised is not None:
            name = calendar.holiday_name(due.nominal) or "不上班"
            said += f"，那天{name}，建议提前到{day_words(due.advised, on)}"
        missing = calendar.missing_year(due.nominal)
        if missing is not None:
            said += f"；{missing} 年放假安排还没装，那几天放不放假到时再看"
        return said
    said = f"次日起算满 {due.amount} {unit}是{about}{last}"
    if due.skipped:
        said += f"，跳过{_days(due.skipped, on)}"
    if due.unit is Unit.DAY and not due.rolls:
        off = calendar.name_of_day_off(due.nominal)
        return f"{said}，那天{_at(off)}，审查期顺延不顺延条文没有写，这里不顺延" if off else said
    return said + _roll_words(due, on)


def _at(name: str) -> str:
    """Return what a day off is, as told after its date, which names the weekday already."""
    return "是周末" if name.startswith("周") else f"在{name}里"


def _roll_words(due: DueDate, on: date) -> str:
    if not due.exact:
        return f"；{_range(due, on)}" if due.earliest != due.latest else ""
    if due.holiday_reading != due.nominal:
        name = due.rolled_over[0][1]
        said = f"，在{name}里，顺延到{day_words(due.holiday_reading, on)}"
        if due.weekend_reading != due.holiday_reading:
            said += f"；周末也顺延就是{day_words(due.weekend_reading, on)}"
        return said
    if due.weekend_reading != due.nominal:
        return f"；周末也顺延就是{day_words(due.weekend_reading, on)}"
    return ""


def _range(due: DueDate, on: date) -> str:
    years = "、".join(str(year) for year in due.missing_years)
    return f"{short_day(due.earliest, on)}至{short_day(due.latest, on)}之间：{years} 年放假安排还没装"


def _days(days: tuple[date, ...], on: date) -> str:
    """Join consecutive days: ``2月15日至2月23日``."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    shown = [
        short_day(run[0], on) if len(run) == 1 else f"{short_day(run[0], on)}至{short_day(run[-1], on)}"
        for run in runs
    ]
    return "、".join(shown)
