"""One chart as data, for screen and paper alike: what is drawn, with the figures and their origins, not how it looks.

The parts of :mod:`app.gui.widgets.charts` and :mod:`app.documents.chart_pieces` draw exactly what stands here and work
out no number of their own, so that a chart in the window and its print cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from app.figures.origin import Figure
from app.figures.small_groups import Hidden


class ChartKind(Enum):
    """How the rows are drawn.

    BARS a bar for each row, as long as its share; the axis ends at 100 %. BANDS a column for each band of a number, in
    their order, as high as the number of people. PAIRS two marks for each row on one axis: the share of the roster
    beside the share of the answers.
    """

    BARS = "bars"
    BANDS = "bands"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One row: what is drawn of it, or why nothing may be.

    Attributes:
        key: names it for doors and 出处.
        share: how long its bar is, or where the mark of the answers stands, in percent.
        number: how many people that are; the height of a band.
        beside: the share of the roster, the other mark of PAIRS.
        cells: figures in columns of their own before the bar.
        difference: of both marks, in words (``+0.7 点``).
        tail: words at the end; ``ticked`` if they are good news.
        hidden: why it may not be shown; then ``share`` and ``number`` have no value.
        strong: the one to look at. begins: a new group of rows begins with it.
        figure: what is told when its origin is asked for.

    Raises:
        ValueError: a hidden row holds a number (a fault of the program: such a chart must never be drawn).
    """

    key: str
    label: str
    share: Figure
    figure: Figure
    number: Figure | None = None
    beside: Figure | None = None
    cells: tuple[Figure, ...] = ()
    difference: str = ""
    tail: str = ""
    ticked: bool = False
    hidden: Hidden | None = None
    strong: bool = False
    begins: bool = False

    def __post_init__(self) -> None:
        number = self.number.value if self.number is not None else None
        if self.hidden is not None and (self.share.value is not None or number is not None):
            raise ValueError(f"a hidden row of a chart holds its number: {self.key}")

    @property
    def words(self) -> str:
        """Everything it says, for who cannot see it."""
        cells = [f"{each.label} {each.text}" for each in self.cells if each.value is not None]
        if self.hidden is not None:
            return f"{self.label}：{'，'.join([*cells, self.hidden.label])}"
        shown = [each for each in (self.beside, self.share, self.number) if each is not None]
        named = self.beside is not None  # two shares are told apart by their names
        told = [
            f"{each.label} {each.text}" if named else each.text for each in shown if each.value is not None
        ]
        told += [part for part in (self.difference, self.tail) if part]
        return f"{self.label}：{'，'.join([*cells, *told])}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartHeads:
    """What stands above the columns of a chart that reads like a table."""

    label: str
    cells: tuple[str, ...] = ()
    share: str = ""
    beside: str = ""
    difference: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart.

    Attributes:
        key: what it is about: wishes, bands, roster, groups, or the id of a question.
        remark: its base (``可多选，305 份``) or what strikes the eye.
        source: where its figures stand in the paper (``第7题``).
        note: how it is to be read; empty if it needs nothing.
    """

    key: str
    kind: ChartKind
    title: str
    rows: tuple[ChartRow, ...]
    remark: str = ""
    source: str = ""
    note: str = ""
    heads: ChartHeads | None = None

    @property
    def figures(self) -> dict[str, Figure]:
        """The figure behind each row, by its key."""
        return {row.key: row.figure for row in self.rows}

    @property
    def most(self) -> float:
        """The largest number of people of a row, or the largest share of PAIRS; 0 if nothing is shown."""
        if self.kind is ChartKind.PAIRS:
            shares = (each for row in self.rows for each in (row.share, row.beside) if each is not None)
            return max((float(each.value) for each in shares if each.value is not None), default=0.0)
        numbers = (row.number for row in self.rows)
        known = (each.value for each in numbers if each is not None and each.value is not None)
        return float(max(known, default=0))

    def texts(self) -> Iterator[str]:
        """Every word and figure that is written when it is drawn."""
        if self.heads is not None:
            heads = self.heads
            yield from (heads.label, *heads.cells, heads.share, heads.beside, heads.difference, heads.tail)
        for row in self.rows:
            yield row.label
            yield from (each.text for each in row.cells)
            if row.hidden is not None:
                yield row.hidden.label
                continue
            yield from (each.text for each in (row.share, row.number, row.beside) if each is not None)
            yield from (row.difference, row.tail)
