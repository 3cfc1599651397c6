"""Small groups stay hidden: fewer than five answers could be recognised (product: 意愿调查).

A number that is hidden must not come back by subtraction either. Everybody knows the sums (the frequencies of the
whole survey and the number of sheets of each group), and the words beside a hidden number tell how large it may be:
``不足 5 份`` is 0 to 4, ``为防倒推`` is 5 or more, ``各组都不显示`` says nothing. Numbers are hidden until each hidden
one could also be another number: changing it by one must leave all sums and words as they are.

The groups that are hidden in every table are one group more: what they chose together is what is left over, so its
numbers below five are hidden as well, with others beside them. And what is hidden of one option is five answers
together at least: several groups may be one group of another table.

A group that all chose one option tells what each of its people chose. That is not shown: 0 is fewer than five.
What everybody knows without any table stays known: what nobody chose, nobody of a hidden group chose either; what
all chose, all of it chose.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.facts import Choice

FEWEST = 5
"""The smallest number of answers that is shown of a group."""


class Hidden(Choice):
    """Why a number is not shown."""

    SMALL = "small", "不足 5 份，不显示"
    GUARD = "guard", "为防倒推，一并不显示"
    WHOLE = "whole", "人数太少，各组都不显示"


@dataclass(frozen=True, slots=True)
class Mask:
    """What is hidden in a table of groups (rows) and options (columns).

    Attributes:
        rows: for each group why it is hidden as a whole, with its number of sheets; ``None`` if it is shown.
        cells: the same for each number of the groups that are shown.
    """

    rows: tuple[Hidden | None, ...]
    cells: tuple[tuple[Hidden | None, ...], ...]

    def reason(self, row: int, column: int) -> Hidden | None:
        """Why this very number is not shown, ``None`` if it is."""
        return self.rows[row] or self.cells[row][column]


def hide_sizes(sizes: Sequence[int]) -> tuple[Hidden | None, ...]:
    """Return which groups of a whole stay hidden, sizes and all answers; the whole is known to everybody.

    The hidden groups together have at least five sheets, and from each of them one sheet could have come from another
    hidden one (or gone there) without a word or a sum being another: so neither its size nor, as all its answers
    are hidden in every table, any answer of it can be told. Where no choice of groups does that, all are hidden, and
    nothing is said of their sizes.
    """
    found: list[Hidden | None] = [Hidden.SMALL if size < FEWEST else None for size in sizes]
    if not any(found):
        return tuple(found)
    while not _cannot_be_told(sizes, found):
        shown = [(size, at) for at, size in enumerate(sizes) if found[at] is None]
        if not shown:
            return (Hidden.WHOLE,) * len(sizes)
        found[min(shown)[1]] = Hidden.GUARD
    return tuple(found)


def _cannot_be_told(sizes: Sequence[int], found: Sequence[Hidden | None]) -> bool:
    hidden = [at for at, why in enumerate(found) if why is not None]
    if sum(sizes[at] for at in hidden) < FEWEST:
        return False
    gives = {at for at in hidden if sizes[at] > (0 if found[at] is Hidden.SMALL else FEWEST)}
    takes = {at for at in hidden if found[at] is Hidden.GUARD or sizes[at] < FEWEST - 1}
    return all((at in gives and takes - {at}) or (at in takes and gives - {at}) for at in hidden)


def hide_small(
    sheets: Sequence[int],
    cells: Sequence[Sequence[int]],
    *,
    adds_up: bool = True,
    already: Sequence[Hidden | None] = (),
    at_most: Sequence[int] = (),
    each: int | None = None,
) -> Mask:
    """Return what must be hidden of ``cells`` (groups × options) and of the groups' ``sheets``.

    ``adds_up``: the numbers of a group add up to its sheets (one answer each); with several answers each they
    do not, but nobody chose more than ``each`` options, and who answered chose one at least. ``already``: the groups
    hidden in every table (:func:`hide_sizes`). ``at_most``: how many sheets each group can have, where that is known.
    Raises ValueError if numbers should add up and do not, or if a row is longer than another.
    """
    columns = len(cells[0]) if cells else 0
    if any(len(row) != columns for row in cells) or len(cells) != len(sheets):
        raise ValueError("every group needs one number for each option")
    if adds_up and any(sum(row) != whole for row, whole in zip(cells, sheets, strict=True)):
        raise ValueError("the numbers of a group do not add up to its sheets")
    before = tuple(already) or (None,) * len(sheets)
    most = tuple(at_most) or (None,) * len(sheets)
    shown = [at for at, why in enumerate(before) if why is None]
    together = [at for at, why in enumerate(before) if why is not None]
    if not shown:
        return Mask(before, tuple((None,) * columns for _ in cells))
    groups = [_Group(sheets[at], tuple(cells[at]), most[at]) for at in shown]
    if together:  # without words: nobody writes of them together
        left = tuple(sum(cells[at][column] for at in together) for column in range(columns))
        groups.append(_Group(sum(sheets[at] for at in together), left, None, worded=False))
    made = _Hiding(groups, adds_up, min(each or columns, columns)).run()
    rows: list[Hidden | None] = list(before)
    inside: list[tuple[Hidden | None, ...]] = [(None,) * columns for _ in cells]
    for place, at in enumerate(shown):
        rows[at], inside[at] = made.rows[place], made.cells[place]
    if all(rows[at] is Hidden.WHOLE for at in shown):
        rows = [Hidden.WHOLE] * len(rows)
    return Mask(tuple(rows), tuple(inside))


_Edge = tuple[int, int]
"""A number that can be hidden: its row, and its column or -1 for the number of sheets."""

_SHEETS = -1


@dataclass(frozen=True, slots=True)
class _Group:
    """``at_most``: how many sheets it can have; ``worded``: whether words beside its hidden numbers tell of them."""

    sheets: int
    numbers: tuple[int, ...]
    at_most: int | None
    worded: bool = True


class _Hiding:
    """Hides one number after the other until none can be worked out.

    The sums form a network: each number is a flow from its option through its group to all sheets. A hidden
    number is safe if the flow can go another way round, within what the words beside the numbers allow.
    """

    def __init__(self, groups: Sequence[_Group], adds_up: bool, each: int) -> None:
        self._groups, self._each = groups, each
        self._sheets = [each.sheets for each in groups]
        self._cells = [each.numbers for each in groups]
        self._adds_up = adds_up
        width = len(groups[0].numbers)
        self._chosen = [column for column in range(width) if any(row[column] for row in self._cells)]
        self._rows: list[Hidden | None] = [Hidden.SMALL if n < FEWEST else None for n in self._sheets]
        self._inside: list[list[Hidden | None]] = [
            [Hidden.SMALL if column in self._chosen and n < FEWEST else None for column, n in enumerate(row)]
            for row in self._cells
        ]
        limits = [(self._value((row, _SHEETS)), self._limits((row, _SHEETS))) for row in range(len(groups))]
        self._tight = adds_up or not any(low < value < (high or value) for value, (low, high) in limits)
        """Whether what a group chose is known in sum: by its sheets, or as each chose all that was allowed."""

    def run(self) -> Mask:
        while True:  # one more is hidden each time; then look again
            known = self._known()
            if not known:
                if not any(self._hide_cell(places) for places in self._too_little()):
                    break
            elif not any(self._hide_beside(edge) for edge in known) and not any(map(self._hide_more, known)):
                return Mask((Hidden.WHOLE,) * len(self._rows), tuple(tuple(row) for row in self._inside))
        return Mask(tuple(self._rows), tuple(tuple(row) for row in self._inside))

    # ---- what can be worked out

    def _too_little(self) -> Iterator[list[_Edge]]:
        """For each option of which fewer than five answers are hidden: its numbers."""
        for column in self._chosen:
            places = [(row, column) for row in range(len(self._rows))]
            hidden = [
                (r, c) for r, c in places if self._rows[r] is not None or self._inside[r][c] is not None
            ]
            if hidden and sum(self._cells[r][c] for r, c in hidden) < FEWEST:
                yield [(r, c) for r, c in places if self._rows[r] is None]

    def _hidden(self) -> Iterator[_Edge]:
        for row, why in enumerate(self._rows):
            if why is not None and self._adds_up:
                yield row, _SHEETS
            for column in self._chosen:
                if why is not None or self._inside[row][column] is not None:
                    yield row, column

    def _value(self, edge: _Edge) -> int:
        row, column = edge
        if column == _SHEETS:
            return self._sheets[row] if self._adds_up else sum(self._cells[row])
        return self._cells[row][column]

    def _limits(self, edge: _Edge) -> tuple[int, int | None]:
        """What the words beside a number say about it."""
        row, column = edge
        if column == _SHEETS and not self._adds_up:  # all ticks of a group, which are written nowhere
            return min(self._sheets[row], self._value(edge)), self._each * self._sheets[row]
        why = self._rows[row]
        most = self._groups[row].at_most if why is not None else self._sheets[row]
        if not self._groups[row].worded:
            return 0, most
        few = FEWEST - 1 if most is None else min(FEWEST - 1, most)
        if why is Hidden.SMALL:
            return 0, few
        if why is not None and column != _SHEETS:
            return 0, most
        if why is None:
            why = self._inside[row][column]
        return (0, few) if why is Hidden.SMALL else (FEWEST, most)

    def _ends(self, edge: _Edge) -> tuple[str, str]:
        row, column = edge
        group = f"row {row}"
        return (group, "all") if column == _SHEETS else (f"column {column}", group)

    def _known(self) -> list[_Edge]:
        """The hidden numbers that can be no other number."""
        hidden = list(self._hidden())
        ways: dict[str, list[tuple[str, _Edge]]] = defaultdict(list)
        room: dict[_Edge, tuple[bool, bool]] = {}
        moving = [] if self._adds_up else [(row, _SHEETS) for row in range(len(self._rows))]
        for edge in [*hidden, *moving]:
            tail, head = self._ends(edge)
            least, most = self._limits(edge)
            value = self._value(edge)
            more, less = most is None or value < most, value > least
            room[edge] = more, less
            if more:
                ways[tail].append((head, edge))
            if less:
                ways[head].append((tail, edge))
        found = []
        for edge in hidden:
            tail, head = self._ends(edge)
            more, less = room[edge]
            if not (more and _leads(ways, head, tail, edge)) and not (
                less and _leads(ways, tail, head, edge)
            ):
                found.append(edge)
        return found

    # ---- hiding another one

    def _hide_more(self, edge: _Edge) -> bool:
        """Hide one more number because of ``edge``; False when nothing is left that would help."""
        row, column = edge
        if self._rows[row] is None:
            near = (*self._beside(row), *self._below(column))
            ways = (near,) if self._tight else (self._below(column), near)
            return any(map(self._hide_cell, ways)) or self._hide_row([row])
        return self._hide_row(range(len(self._rows)))

    def _hide_beside(self, edge: _Edge) -> bool:
        """Give a number company that is hidden alone in its group or its option; False where none is."""
        row, column = edge
        return self._rows[row] is None and any(
            sum(self._inside[r][c] is not None for r, c in places) == 1 and self._hide_cell(places)
            for places in ([self._beside(row)] if self._tight else []) + [self._below(column)]
        )

    def _beside(self, row: int) -> list[_Edge]:
        return [(row, at) for at in self._chosen]

    def _below(self, column: int) -> list[_Edge]:
        return [(at, column) for at in range(len(self._rows)) if self._rows[at] is None]

    def _hide_cell(self, places: Sequence[_Edge]) -> bool:
        shown = [(self._cells[r][c], r, c) for r, c in places if self._inside[r][c] is None]
        if not shown:
            return False
        _, row, column = min(shown)
        self._inside[row][column] = Hidden.GUARD
        return True

    def _hide_row(self, rows: Sequence[int]) -> bool:
        shown = [(self._sheets[row], row) for row in rows if self._rows[row] is None]
        if not shown:
            return False
        self._rows[min(shown)[1]] = Hidden.GUARD
        return True


def _leads(ways: dict[str, list[tuple[str, _Edge]]], start: str, end: str, without: _Edge) -> bool:
    """Whether the flow finds a way from ``start`` to ``end`` that does not use ``without``."""
    seen, waiting = {start}, deque([start])
    while waiting:
        at = waiting.popleft()
        if at == end:
            return True
        for there, edge in ways.get(at, ()):
            if edge != without and there not in seen:
                seen.add(there)
                waiting.append(there)
    return False
