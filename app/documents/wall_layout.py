"""What stands where on a wall plan: the marks of every stage, the list below, and how large all of it can be.

All lengths are points on a lying A4 sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.blocks import Run
from app.documents.fonts import FontBook
from app.documents.lines import Line, Look, set_lines, text_width
from app.documents.wall_scale import WallScale, wall_scale
from app.domain.stages import Stage
from app.rules.dates_in_words import short_day
from app.rules.standing import Standing
from app.rules.year_plan import PlanEntry

MM = 72 / 25.4
WIDE, TALL = 297.0 * MM, 210.0 * MM
_EDGE = 9.0 * MM
NAMES = 84.0
HEAD, MONTHS, STRIP, FOOT = 40.0, 18.0, 18.0, 20.0
"""How tall title, names of months, names of holidays and the words at the foot are."""

_LANE = 23.0
"""A stage is at least so tall: its name and how far it is, below each other."""

_COLUMNS = 3
GAP = 14.0
_SCALES = (1.25, 1.2, 1.15, 1.1, 1.05, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
"""How large the words are; the largest that leaves everything on the sheet."""

INK, PALE, LINE, RED = (0.0, 0.0, 0.0), (0.38, 0.38, 0.38), (0.72, 0.72, 0.72), (0.72, 0.08, 0.08)

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class WallPlan:
    """What stands on the sheet.

    Attributes:
        title: the union and its year. on: the day it was made. pack: which rules it follows.
        year: the year shown while there is no day. entries: in the order of days. stages: the seven.
        days_off: statutory holidays with their names. practice: every print of a practice case says so.
        footer: the mark of the journal.
    """

    title: str
    on: date
    pack: str
    year: int
    entries: tuple[PlanEntry, ...]
    stages: tuple[Standing, ...]
    days_off: tuple[tuple[date, str], ...] = ()
    practice: bool = False
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One numbered mark: its entry, where its middle stands, and on which level of its stage."""

    number: int
    entry: PlanEntry
    x: float
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in the list below: its lines, the first of them large, and how tall it is."""

    number: int
    entry: PlanEntry
    lines: tuple[tuple[Line, float, Colour], ...]
    tall: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything measured at one size of words."""

    scale: float
    columns: WallScale
    marks: dict[Stage, tuple[Mark, ...]]
    rows: tuple[tuple[Row, ...], ...]
    list_tall: float
    lanes_tall: float
    left_out: int

    @property
    def tall(self) -> float:
        """How much room stages and list take."""
        return self.lanes_tall + self.list_tall


class Measure:
    """Measures one sheet."""

    def __init__(self, plan: WallPlan, fonts: FontBook) -> None:
        self.plan = plan
        self.fonts = fonts
        self.left, self.right = _EDGE, WIDE - _EDGE
        self.top, self.bottom = TALL - _EDGE, _EDGE

    @property
    def column_wide(self) -> float:
        """How wide a column of the list is."""
        return (self.right - self.left - GAP * (_COLUMNS - 1)) / _COLUMNS

    def layout(self) -> Layout:
        """Return the largest layout that fits; where none does, what is long done is left out first."""
        entries, left_out = list(self.plan.entries), 0
        smallest = self._measured(entries, _SCALES[-1], left_out)
        while len(entries) > 1 and smallest.tall > self._room():
            for _ in range(max(1, len(entries) // 20)):
                over = [each for each in entries if each.is_over]
                entries.remove(over[0] if over else entries[-1])
                left_out += 1
            smallest = self._measured(entries, _SCALES[-1], left_out)
        larger = (self._measured(entries, scale, left_out) for scale in _SCALES[:-1])
        return next((each for each in larger if each.tall <= self._room()), smallest)

    def _room(self) -> float:
        """What title, months and foot leave to stages and list."""
        return self.top - self.bottom - HEAD - MONTHS - STRIP - FOOT

    def _measured(self, kept: Sequence[PlanEntry], scale: float, left_out: int) -> Layout:
        entries = list(enumerate(kept, 1))
        also = [day for each in self.plan.stages for day in (each.first, each.last) if day is not None]
        marked = [entry.first for _, entry in entries]
        columns = wall_scale(marked, also, self.plan.on, self.plan.year, self.left + NAMES, self.right)
        marks = {
            stage: self._marks([each for each in entries if each[1].stage is stage], columns, scale)
            for stage in Stage
        }
        lanes = sum(lane_least(marks[stage], scale) for stage in Stage)
        rows = [self._row(number, entry, self.column_wide, scale) for number, entry in entries]
        balanced, tall = _balanced(rows)
        return Layout(scale, columns, marks, balanced, tall, lanes, left_out)

    def _marks(
        self, entries: Sequence[tuple[int, PlanEntry]], columns: WallScale, scale: float
    ) -> tuple[Mark, ...]:
        radius, free, found = radius_of(scale), list[float](), []
        for number, entry in entries:
            begin = columns.at(entry.first)
            if begin is None:
                continue
            x = min(
                max((begin + columns.after(entry.first)) / 2, self.left + NAMES + radius),
                self.right - radius,
            )
            words = f"约{entry.first.day}日" if entry.estimated else f"{entry.first.day}日"
            words += "起" if entry.kind == "window" else "前后" if entry.last != entry.first else ""
            across = text_width(words, Look("hei", 7.2 * scale), self.fonts)
            # Near the right edge the words stand before the mark.
            reach = (x - radius, x + radius + across + 5 * scale)
            if reach[1] > self.right + 2:
                reach = (x - radius - across - 5 * scale, x + radius)
            level = next((at for at, end in enumerate(free) if end <= reach[0]), len(free))
            free[level : level + 1] = [reach[1]]
            found.append(Mark(number, entry, x, level, words))
        return tuple(found)

    def _row(self, number: int, entry: PlanEntry, wide: float, scale: float) -> Row:
        room = wide - 17.0 * scale - (10.0 * scale if has_box(entry) else 0.0)
        ink = PALE if entry.is_over else INK
        day = entry.day_words(self.plan.on)
        if entry.starts is not None:
            day += f" {entry.starts:%H:%M}"
        open_red = RED if entry.overdue else ink
        look = Look("hei", 8.6 * scale)
        run = Run(f"{day}  {entry.what}", bold=not entry.is_over)
        head = set_lines((run,), room, look, self.fonts)
        for smaller in (8.2, 7.8):  # one last character alone on a line is worse than a smaller size
            tighter = set_lines((run,), room, Look("hei", smaller * scale), self.fonts)
            if len(tighter) < len(head):
                head = tighter
                break
        lines = [(line, 11.4 * scale, open_red) for line in head]
        tail = " · ".join(part for part in self._tail(entry) if part)
        if tail:
            small = set_lines((Run(tail),), room, Look("hei", 7.2 * scale), self.fonts)
            lines += [(line, 9.4 * scale, ink) for line in small]
        return Row(number, entry, tuple(lines), sum(pitch for _, pitch, _ in lines) + 4.0 * scale)

    def _tail(self, entry: PlanEntry) -> tuple[str, ...]:
        on = self.plan.on
        if entry.kind == "meeting":
            return (entry.place, entry.outcome or ("对方没有确认" if entry.estimated else ""))
        if entry.overdue:
            state = "已超期"
        elif entry.done is not None:
            state = f"{short_day(entry.done, on)}{entry.outcome}"
        else:
            state = "已到" if entry.is_over else ""
        early = ""
        if entry.advised is not None and not entry.is_over:
            early = f"那天放假，提前到{short_day(entry.advised, on)}"
        return (
            entry.period,
            entry.article(),
            "待核" if entry.verify else "",
            "" if entry.is_over else f"{entry.turn}办" if entry.turn != "等对方" else entry.turn,
            early,
            state,
        )


def lane_least(marks: Sequence[Mark], scale: float) -> float:
    """How tall the lane of a stage must be."""
    levels = max((mark.level for mark in marks), default=0) + 1
    return max(levels * pitch_of(scale) + 5.0, _LANE)


def has_box(entry: PlanEntry) -> bool:
    """Whether a box to be ticked by hand stands beside it."""
    return not entry.is_over and entry.kind != "window"


def radius_of(scale: float) -> float:
    """Of the disc of a mark."""
    return 5.8 * scale


def pitch_of(scale: float) -> float:
    """From one level of marks to the next."""
    return 13.2 * scale


def _balanced(rows: Sequence[Row]) -> tuple[tuple[tuple[Row, ...], ...], float]:
    """Rows over the columns from left to right, so that the tallest column is as low as it can be."""
    if not rows:
        return ((),) * _COLUMNS, 0.0
    low, high = max(row.tall for row in rows), sum(row.tall for row in rows)
    for _ in range(24):
        middle = (low + high) / 2
        if len(_filled(rows, middle)) <= _COLUMNS:
            high = middle
        else:
            low = middle
    columns = _filled(rows, high)
    tallest = max(sum(row.tall for row in column) for column in columns)
    return tuple(tuple(column) for column in columns), tallest


def _filled(rows: Sequence[Row], tall: float) -> list[list[Row]]:
    columns: list[list[Row]] = [[]]
    used = 0.0
    for row in rows:
        if columns[-1] and used + row.tall > tall + 0.001:
            columns.append([])
            used = 0.0
        columns[-1].append(row)
        used += row.tall
    return columns
