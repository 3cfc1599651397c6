"""Where things stand on the time line of 首页: days, months, today, words beside a window. Geometry, no painting.

All lengths are logical pixels from the left edge of the line. Nothing returned overlaps anything else returned,
and nothing is cut: what has no room is left out (the row's name for screen readers and its tool tip tell it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.gui.pages.year_rows import YearLine
from app.rules.dates_in_words import short_day

GAP = 6.0
_STEPS = (1, 2, 3, 4, 6, 12)
"""Every how many months a label may stand; January is always one of them."""

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the line from ``left`` to ``right``, with the words that stand there."""

    left: float
    right: float
    words: str = ""

    def meets(self, other: Span, gap: float = 0.0) -> bool:
        """Whether both lie closer than ``gap``."""
        return self.left < other.right + gap and other.left < self.right + gap


class Scale:
    """Where a day lies between ``left`` and ``right``."""

    def __init__(self, line: YearLine, left: float, right: float) -> None:
        self.left = left
        self.right = max(right, left + 1)
        self.first, self.last = line.first, line.last
        self._per_day = (self.right - self.left) / ((line.last - line.first).days + 1)

    def at(self, day: date) -> float:
        """The left edge of a day, kept on the line."""
        return min(self.right, max(self.left, self.left + (day - self.first).days * self._per_day))

    def after(self, day: date) -> float:
        """The right edge of a day."""
        return self.at(day + timedelta(days=1)) if day < date.max else self.right

    def middle(self, day: date) -> float:
        """The middle of a day."""
        return (self.at(day) + self.after(day)) / 2

    def shows(self, first: date, last: date) -> bool:
        """Whether any day from ``first`` to ``last`` lies on the line."""
        return first <= self.last and last >= self.first


def today_mark(line: YearLine, scale: Scale, measure: Measure, width: float, margin: float) -> Span:
    """The tag 今天; at the edge, with an arrow, where today does not lie on the line."""
    side = line.today_side()
    if side == 0:
        words = f"今天 {line.today.month}月{line.today.day}日"
        middle = scale.middle(line.today)
    else:
        day = short_day(line.today, line.first if side < 0 else line.last)
        words = f"← 今天 {day}" if side < 0 else f"今天 {day} →"
        middle = scale.left if side < 0 else width
    across = measure(words) + margin
    left = max(scale.left, min(middle - across / 2, width - across))
    return Span(left, left + across, words)


def month_labels(line: YearLine, scale: Scale, measure: Measure, width: float, mark: Span) -> list[Span]:
    """The names of months that have room beside each other and beside the tag 今天, from left to right."""
    named = [line.first] if line.first.day != 1 else []
    named += line.months()
    every = _thinning(line, scale, measure)
    across_years = line.first.year != line.last.year
    chosen = [
        (at, month)
        for at, month in enumerate(named)
        if (month.month - 1) % every == 0 or (at == 0 and every == 1)
    ]
    lead = chosen[0][0] if chosen else 0
    chosen.sort(key=lambda each: (each[1].month != 1, each[0] == 0 and each[1].day != 1, each[1]))
    placed: list[Span] = []
    for at, month in chosen:
        with_year = across_years and (month.month == 1 or at == lead)
        with_year = with_year or (at == lead and month.year != line.today.year)
        words = f"{month.year}年{month.month}月" if with_year else f"{month.month}月"
        ends = scale.at(named[at + 1]) if at + 1 < len(named) else width
        for start in (scale.at(month) + GAP, mark.right + GAP):
            label = Span(start, start + measure(words), words)
            # Moved behind the tag it must still stand in its own month.
            if start > scale.at(month) + GAP and start > ends:
                continue
            if label.right > width or label.meets(mark, GAP / 2):
                continue
            if all(not label.meets(other, GAP) for other in placed):
                placed.append(label)
                break
    return sorted(placed, key=lambda label: label.left)


def _thinning(line: YearLine, scale: Scale, measure: Measure) -> int:
    a_month = (scale.right - scale.left) / max(1.0, (line.last - line.first).days / 30.4)
    needed = measure("12月") + 2 * GAP
    return next((every for every in _STEPS if every * a_month >= needed), _STEPS[-1])


def apart(middles: Sequence[float], least: float) -> list[float]:
    """Those of many middles that stand at least ``least`` from each other; the first and the last stay."""
    ordered = sorted(middles)
    kept: list[float] = []
    for middle in ordered:
        if not kept or middle - kept[-1] >= least:
            kept.append(middle)
    if len(kept) > 1 and ordered[-1] != kept[-1]:
        kept[-1] = ordered[-1]
    return kept


def words_beside(
    taken: Sequence[Span], choices: Sequence[str], measure: Measure, left: float, right: float, wall: float
) -> Span | None:
    """Where one of ``choices`` (longest first) stands without touching anything: behind the wall if it can.

    ``None`` where not even the shortest has room.
    """
    gaps = _gaps(taken, left, right)
    for words in choices:
        behind = [gap for gap in gaps if gap.left >= wall and gap.right - gap.left >= measure(words)]
        if behind:
            return Span(behind[0].left, behind[0].left + measure(words), words)
    for words in choices:
        before = [gap for gap in gaps if gap.left < wall and gap.right - gap.left >= measure(words)]
        if before:
            return Span(before[-1].right - measure(words), before[-1].right, words)
    return None


def _gaps(taken: Sequence[Span], left: float, right: float) -> list[Span]:
    found: list[Span] = []
    at = left
    for span in sorted(taken, key=lambda each: each.left):
        if span.left - GAP > at:
            found.append(Span(at, span.left - GAP))
        at = max(at, span.right + GAP)
    if right > at:
        found.append(Span(at, right))
    return found
