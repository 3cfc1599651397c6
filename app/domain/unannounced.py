"""What a year may hold whose holiday notice is not loaded: bounds, so that a due date becomes a range.

Certain are weekends-by-default and the fixed days off of 《全国年节及纪念日放假办法》第二条. Everything else
depends on the yearly notice. The limits below are wider than every notice since 2008; they are no forecast
and decide nothing except how wide the range is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

FIXED_DAYS_OFF: Mapping[tuple[int, int], str] = MappingProxyType(
    {
        (1, 1): "元旦假期",
        (5, 1): "劳动节假期",
        (10, 1): "国庆节假期",
        (10, 2): "国庆节假期",
        (10, 3): "国庆节假期",
    }
)
"""Month and day that are off in every year, announced or not. (2 May only since 2025, so it is left out.)"""

LONGEST_BREAK = 10
"""Most days off in a row, weekends included. Notices go up to 9 (春节 2026); 春节 2020 was extended to 10."""

YEAR_END = (12, 29)
"""From this day on the next year's notice may still take days (30 December 2018 to 1 January 2019)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of every year by month and day; ``first`` after ``last`` runs across the turn of the year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def year_of(self, day: date) -> int | None:
        """Return the year whose break ``day`` may belong to, or None outside of the span."""
        place = (day.month, day.day)
        if self.first <= self.last:
            return day.year if self.first <= place <= self.last else None
        if place >= self.first:
            return day.year + 1
        return day.year if place <= self.last else None


@dataclass(frozen=True, slots=True)
class Season:
    """A holiday and how many days its notice may move.

    Attributes:
        name: the holiday.
        off: where the break can lie.
        weekdays_off: most Mondays to Fridays it takes (7 or 8 days in a row hold at most 6).
        worked: where weekends worked in exchange can lie, about two weeks around.
        weekends_worked: most Saturdays and Sundays worked in exchange.
    """

    name: str
    off: Span
    weekdays_off: int
    worked: Span
    weekends_worked: int


# Where two seasons overlap the narrower comes first: its days are spent first, which keeps the bound true.
SEASONS: tuple[Season, ...] = (
    Season("元旦", Span((12, 29), (1, 4)), 3, Span((12, 29), (1, 8)), 2),
    Season("春节", Span((1, 17), (3, 2)), 7, Span((1, 9), (3, 9)), 2),
    Season("清明节", Span((4, 1), (4, 9)), 3, Span((3, 28), (4, 14)), 2),
    Season("劳动节", Span((4, 27), (5, 7)), 5, Span((4, 19), (5, 15)), 2),
    Season("端午节", Span((5, 25), (6, 29)), 3, Span((5, 23), (7, 1)), 2),
    Season("国庆节", Span((9, 28), (10, 9)), 6, Span((9, 15), (10, 16)), 2),
    Season("中秋节", Span((9, 5), (10, 12)), 3, Span((9, 1), (10, 16)), 2),
    Season("临时放假", Span((1, 1), (12, 31)), 2, Span((1, 1), (12, 31)), 1),
)
"""All seasons; the last one is a break announced once, such as 3 to 5 September 2015, possible on any day."""


class DoubtfulDays:
    """The days a notice may still move, used up one by one along one count.

    Using up every doubtful day as it comes gives a true bound: no plan within the limits has moved more days
    up to any given day.
    """

    def __init__(self) -> None:
        self._spent: Counter[tuple[str, int]] = Counter()

    def weekday_may_be_off(self, day: date) -> bool:
        """Use up one day off if a break may still take this Monday to Friday; False if none is left."""
        return any(self._spend(season.name, season.off, season.weekdays_off, day) for season in SEASONS)

    def weekend_may_be_worked(self, day: date) -> bool:
        """Use up one worked weekend day if a notice may still ask for it; False if none is left."""
        return any(self._spend(season.name, season.worked, season.weekends_worked, day) for season in SEASONS)

    def _spend(self, name: str, span: Span, limit: int, day: date) -> bool:
        year = span.year_of(day)
        if year is None or self._spent[name, year] >= limit:
            return False
        self._spent[name, year] += 1
        return True
