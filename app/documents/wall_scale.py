"""Where the days of a wall plan stand: months side by side, full months wide, empty ones narrow or drawn together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_COLUMNS = 20
_FEWEST_MONTHS = 6
_ALL_MONTHS = 12
_EMPTY_RUN = 3
"""So many months without a day are drawn together as one column, where the plan is longer than a year."""

_EMPTY, _JOINED = 0.6, 0.7
_EACH_MORE = 0.3

Month = int
"""Months counted from the year 0, so that they can be added to."""


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """One month, or several empty ones: ``first`` to ``last`` inclusive, from ``left`` to ``right``."""

    first: date
    last: date
    left: float
    right: float

    @property
    def is_joined(self) -> bool:
        """Whether several months were drawn together."""
        return (self.first.year, self.first.month) != (self.last.year, self.last.month)


@dataclass(frozen=True, slots=True)
class WallScale:
    """The columns from left to right."""

    columns: tuple[MonthColumn, ...]

    def at(self, day: date) -> float | None:
        """Where a day begins; ``None`` where it lies on no column."""
        for column in self.columns:
            if column.first <= day <= column.last:
                share = (day - column.first).days / ((column.last - column.first).days + 1)
                return column.left + share * (column.right - column.left)
        return None

    def near(self, day: date) -> float:
        """Where a day begins, drawn to the nearest edge where it lies on no column."""
        at = self.at(day)
        if at is not None:
            return at
        before = [column for column in self.columns if column.last < day]
        return before[-1].right if before else self.columns[0].left

    def after(self, day: date) -> float:
        """Where a day ends."""
        for column in self.columns:
            if column.first <= day <= column.last:
                days = (column.last - column.first).days + 1
                share = ((day - column.first).days + 1) / days
                return column.left + share * (column.right - column.left)
        return self.near(day)


def wall_scale(
    marked: Sequence[date],
    also: Iterable[date],
    on: date,
    year: int,
    left: float,
    right: float,
) -> WallScale:
    """Lay out the months.

    Args:
        marked: days with something to be read beside them; a month with many of them gets more room.
        also: other days that must have a column (where a stage begins and ends).
        on: the day of printing; some months behind it are shown, empty as they are.
        year: the year shown while there is no day at all.
        left: where the columns begin.
        right: where they end.
    """
    counts: dict[Month, int] = {}
    for day in marked:
        counts[_month(day)] = counts.get(_month(day), 0) + 1
    for day in also:
        counts.setdefault(_month(day), 0)
    if not counts:
        begin = year * 12
        counts = {begin + place: 0 for place in range(12)}
    first, last = min(counts), max(counts)
    if first - 1 <= _month(on) <= last:
        last = max(last, _month(on) + 1)
    last = max(last, first + _FEWEST_MONTHS - 1)
    groups = _nearest(_grouped(counts, first, min(last, 9999 * 12 + 10)), _month(on))
    weights = [_weight(counts, group) for group in groups]
    weights[0] = max(weights[0], 1.0)  # the year stands there too
    whole, at, columns = sum(weights), left, []
    for group, weight in zip(groups, weights, strict=True):
        wide = (right - left) * weight / whole
        columns.append(MonthColumn(_first(group[0]), _last(group[-1]), at, at + wide))
        at += wide
    return WallScale(tuple(columns))


def _grouped(counts: dict[Month, int], first: Month, last: Month) -> list[tuple[Month, ...]]:
    """The months with a day one by one, and what lies between them."""
    if last - first < _ALL_MONTHS:  # blank months ahead are written on by hand
        return [(month,) for month in range(first, last + 1)]
    known = sorted({*counts, first, last})
    groups: list[tuple[Month, ...]] = []
    for place, month in enumerate(known):
        if place:
            gap = range(known[place - 1] + 1, month)
            groups += [(gap[0], gap[-1])] if len(gap) >= _EMPTY_RUN else [(each,) for each in gap]
        groups.append((month,))
    return groups


def _nearest(groups: list[tuple[Month, ...]], on: Month) -> list[tuple[Month, ...]]:
    """As many columns as a sheet holds: those nearest to the day of printing, in their order."""
    if len(groups) <= _MOST_COLUMNS:
        return groups
    best = sorted(
        range(len(groups)), key=lambda place: min(abs(groups[place][0] - on), abs(groups[place][-1] - on))
    )
    return [groups[place] for place in sorted(best[:_MOST_COLUMNS])]


def _weight(counts: dict[Month, int], group: tuple[Month, ...]) -> float:
    if len(group) > 1:
        return _JOINED
    count = counts.get(group[0], 0)
    return 1 + _EACH_MORE * (count - 1) if count else _EMPTY


def _month(day: date) -> Month:
    return day.year * 12 + day.month - 1


def _first(month: Month) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last(month: Month) -> date:
    following = month + 1
    return _first(following) - timedelta(days=1) if following // 12 <= date.max.year else date.max
