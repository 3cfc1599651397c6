"""Pauses of a period (中止): which of its days do not count, and where its end moves."""

from __future__ import annotations

from datetime import date

Stop = tuple[date, date]
"""The day a pause begins, which still counts (《民法典》201), and its last day (恢复), which does not."""


def past_stops(start: date, end: date, stops: tuple[Stop, ...]) -> date:
    """Move the end of a period on by the days that were stopped before it was reached; ``stops`` ascend.

    A pause before the start or after the end stops nothing, and days of two pauses are stopped once.

    Raises:
        OverflowError: the end lies beyond the year 9999.
    """
    reached = start
    for begins, last in stops:
        first = max(begins, reached)
        if first < end and first < last:
            end += last - first
            reached = last
    return end


def stopped_until(start: date, end: date, stops: tuple[Stop, ...]) -> int:
    """Return how many days of ``stops`` lie after ``start`` up to ``end``."""
    days, reached = 0, start
    for begins, until in stops:
        first, last = max(begins, reached), min(until, end)
        if first < last:
            days += (last - first).days
            reached = last
    return days
