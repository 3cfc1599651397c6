"""Counting days by walking from one to the next: the naive reading of law.md K, to judge the program's counting.

Nothing of ``app.domain.calendar`` is used here. A year is known by the raw lists of its notice; of a year that
is not known only the weekend, the fixed days off and the limits declared in ``unannounced.py`` are.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app import paths
from app.domain.unannounced import FIXED_DAYS_OFF, LONGEST_BREAK, SEASONS

FIRST, LAST = date(2014, 1, 1), date(2037, 12, 31)
DAY = timedelta(days=1)

Notice = tuple[frozenset[date], frozenset[date]]
"""Days off and weekends worked of one calendar year."""


def every_day(first: date, last: date) -> Iterator[date]:
    """Walk from one day to another, both included."""
    while first <= last:
        yield first
        first += DAY


def shipped_notices() -> dict[int, Notice]:
    """Return the years that ship with the program, from the raw files."""
    found = {}
    for path in sorted(paths.resource("calendar").glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        off = {day for each in raw["holiday"] for day in every_day(each["first"], each["last"])}
        found[int(path.stem)] = (frozenset(off), frozenset(raw["workdays"]))
    return found


def all_notices() -> dict[int, Notice]:
    """Return a notice for every year: shipped, else as announced at the time, else made up."""
    raw = tomllib.loads((Path(__file__).parent / "notices.toml").read_text(encoding="utf-8"))
    announced = {
        int(year): (
            frozenset(day for first, last in each["off"] for day in every_day(first, last)),
            frozenset(each["worked"]),
        )
        for year, each in raw.items()
    }
    made_up = {year: _made_up(year) for year in range(2027, LAST.year + 1)}
    return made_up | announced | shipped_notices()


def _made_up(year: int) -> Notice:
    """Make a year up in the shape of the notices since 2014; the days of the moon are anywhere they can be."""
    spring = date(year, 1, 20) + DAY * (year * 11 % 30)
    dragon_boat = date(year, 5, 27) + DAY * (year * 7 % 30)
    autumn = date(year, 9, 8) + DAY * (year * 13 % 18)
    breaks = [
        (date(year, 1, 1), 1 + year % 3),
        (spring, 7 + year % 3),
        (date(year, 4, 4), 3),
        (date(year, 5, 1), 5),
        (dragon_boat, 3),
        (autumn, 3),
        (date(year, 10, 1), 7 + year % 2),
    ]
    off: set[date] = set()
    worked: set[date] = set()
    for first, length in breaks:
        off.update(every_day(first, first + DAY * (length - 1)))
    for first, length in (breaks[1], breaks[3], breaks[6]):
        before = next(day for day in _from(first, -1) if day.weekday() >= 5 and day not in off)
        after = next(day for day in _from(first + DAY * length, 1) if day.weekday() >= 5 and day not in off)
        worked |= {before, after}
    return frozenset(off), frozenset(worked)


def _from(day: date, step: int) -> Iterator[date]:
    while True:
        yield day
        day += DAY * step


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a walk ended, in every reading."""

    nominal: date
    by_holidays: date
    by_weekends: date
    earliest: date
    latest: date
    skipped: tuple[date, ...] = ()
    rolled_over: tuple[date, ...] = ()
    missing: tuple[int, ...] = ()
    advised: date | None = None


class Walker:
    """Walks through the days of some notices; what no notice says, it walks twice."""

    def __init__(self, notices: Mapping[int, Notice]) -> None:
        """Note down for every day what is known of it."""
        self._off: dict[date, bool] = {}
        self._listed: dict[date, bool] = {}
        self._missing: dict[date, int] = {}
        nothing: Notice = (frozenset(), frozenset())
        for day in every_day(FIRST, LAST):
            off, worked = notices.get(day.year, nothing)
            fixed = (day.month, day.day) in FIXED_DAYS_OFF
            known = day.year in notices
            self._listed[day] = day in off or (not known and fixed)
            self._off[day] = day in off or (day.weekday() >= 5 and day not in worked) or (not known and fixed)
            if not known:
                self._missing[day] = day.year
            elif (
                day.month == 12 and day.day >= 29 and day not in off | worked and day.year + 1 not in notices
            ):
                self._missing[day] = day.year + 1

    def is_off(self, day: date) -> bool:
        """Say whether a day is not worked, as far as is known."""
        return self._off[day]

    def days_after(self, start: date, amount: int, *, rolls: bool) -> Walked:
        """So many calendar days after the event, which does not count."""
        day = start
        for _ in range(amount):
            day += DAY
        return self._ends(day) if rolls else Walked(day, day, day, day, day)

    def months_after(self, start: date, amount: int) -> Walked:
        """So many months after: the same day of the month, or the month's last."""
        return self._ends(_month_walk(start, amount, DAY))

    def days_before(self, event: date, amount: int) -> Walked:
        """So many calendar days before the event, which does not count."""
        day = event
        for _ in range(amount):
            day -= DAY
        return self._advised(day)

    def months_before(self, event: date, amount: int) -> Walked:
        """So many months before."""
        return self._advised(_month_walk(event, amount, -DAY))

    def workdays(self, start: date, amount: int, *, back: bool = False) -> Walked:
        """So many workdays after or before the event: the shortest and the longest way that can be."""
        ends, passed, missing = [], [], set()
        for most in (False, True):
            guess = _Guess(self._missing, self._off, most=most)
            day, left, over = start, amount, []
            while left:
                day += -DAY if back else DAY
                if guess.off(day):
                    over.append(day)
                else:
                    left -= 1
            ends.append(day)
            passed.append(over)
            missing |= guess.asked
        if back:
            ends.reverse()
            passed.reverse()
        first, last = ends
        return Walked(
            first,
            first,
            last,
            first,
            last,
            skipped=tuple(sorted(passed[0])),
            missing=tuple(sorted(missing)),
        )

    def _ends(self, nominal: date) -> Walked:
        by_holidays = nominal
        while self._listed[by_holidays]:
            by_holidays += DAY
        guess = _Guess(self._missing, self._off, most=True)
        by_weekends = nominal
        while guess.off(by_weekends):
            if guess.asked and by_weekends - nominal >= DAY * LONGEST_BREAK:
                break
            by_weekends += DAY
        sure = by_holidays if guess.asked else by_weekends
        return Walked(
            nominal,
            by_holidays,
            by_weekends,
            by_holidays,
            by_weekends if guess.asked else by_holidays,
            rolled_over=tuple(every_day(nominal, sure - DAY)),
            missing=tuple(sorted(guess.asked)),
        )

    def _advised(self, day: date) -> Walked:
        better = day
        while self._off[better]:
            better -= DAY
        return Walked(day, day, day, day, day, advised=better if better != day else None)


def last_counted(start: date, amount: int, counts: Callable[[date], bool]) -> date:
    """Walk until so many days have counted; the start does not."""
    day = start
    while amount:
        day += DAY
        amount -= counts(day)
    return day


class _Guess:
    """One way through days of which not all are known: each season can move only so many of them."""

    def __init__(self, missing: Mapping[date, int], off: Mapping[date, bool], *, most: bool) -> None:
        self._missing, self._off, self._most = missing, off, most
        self._used: Counter[tuple[str, int]] = Counter()
        self.asked: set[int] = set()

    def off(self, day: date) -> bool:
        year = self._missing.get(day)
        if year is None:
            return self._off[day]
        self.asked.add(year)
        fixed, weekend = (day.month, day.day) in FIXED_DAYS_OFF, day.weekday() >= 5
        if self._most:
            moved = not weekend and self._moves(day, worked=False)
            return weekend or fixed or moved
        return fixed or (weekend and not self._moves(day, worked=True))

    def _moves(self, day: date, *, worked: bool) -> bool:
        for season in SEASONS:
            span = season.worked if worked else season.off
            most = season.weekends_worked if worked else season.weekdays_off
            year = _year_in(day, span.first, span.last)
            if year is not None and self._used[season.name, year] < most:
                self._used[season.name, year] += 1
                return True
        return False


def _year_in(day: date, first: tuple[int, int], last: tuple[int, int]) -> int | None:
    for year in (day.year, day.year + 1):
        begins = date(year if first <= last else year - 1, *first)
        if begins <= day <= date(year, *last):
            return year
    return None


def _month_walk(start: date, amount: int, step: timedelta) -> date:
    """Walk until the month has changed so often, then to the same day or as near to it as the month allows."""
    day, changes = start, 0
    while changes < amount:
        changes += (day + step).month != day.month
        day += step
    inside: Iterable[date] = every_day(day.replace(day=1), day) if step < timedelta() else _month(day)
    days = list(inside)
    return next((each for each in days if each.day == start.day), days[-1])


def _month(first: date) -> Iterator[date]:
    day = first
    while day.month == first.month:
        yield day
        day += DAY
