"""Small groups stay hidden: fewer than five answers could be recognised (product: 意愿调查).

A number that is hidden must not come back by subtraction either. Everybody knows the sums (the frequencies of the
whole survey and the number of sheets of each group), and the words beside a hidden number tell how large it may be:
``不足 5 份`` is 0 to 4, ``为防倒推`` is 5 or more, ``各组都不显示`` says nothing. Numbers are hidden until each hidden
one could also be another number: changing it by one must leave all sums and words as they are.

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
) -> Mask:
    """Return what must be hidden of ``cells`` (groups × options) and of the groups' ``sheets``.

    ``adds_up``: the numbers of a group add up to its sheets (one answer each); with several answers each they
    do not. ``already``: the groups hidden in every table (:func:`hide_sizes`). ``at_most``: how many sheets each
    group can have, where that is known. Raises ValueError if numbers should add up and do not, or if a row is longer
    than another.
    """
    columns = len(cells[0]) if cells else 0
    if any(len(row) != columns for row in cells) or len(cells) != len(sheets):
        raise ValueError("every group needs one number for each option")
    if adds_up and any(sum(row) != whole for row, whole in zip(cells, sheets, strict=True)):
        raise ValueError("the numbers of a group do not add up to its sheets")
    return _Hiding(sheets, cells, adds_up, tuple(already), tuple(at_most)).run()


_Edge = tuple[int, int]
"""A number that can be hidden: its row, and its column or -1 for the number of sheets."""

_SHEETS = -1


class _Hiding:
    """Hides one number after the other until none can be worked out.

    The sums form a network: each number is a flow from its option through its group to all sheets. A hidden
    number is safe if the flow can go another way round, within what the words beside the numbers allow.
    """

    def __init__(
        self,
        sheets: Sequence[int],
        cells: Sequence[Sequence[int]],
        adds_up: bool,
        already: tuple[Hidden | None, ...],
        at_most: tuple[int, ...],
    ) -> None:
        self._already = already or (None,) * len(sheets)
        self._at_most: tuple[int | None, ...] = at_most or (None,) * len(sheets)
        self._sheets = tuple(sheets)
        self._cells = tuple(tuple(row) for row in cells)
        self._adds_up = adds_up
        width = len(cells[0]) if cells else 0
        self._chosen = [column for column in range(width) if any(row[column] for row in cells)]
        self._rows: list[Hidden | None] = [
            why or (Hidden.SMALL if n < FEWEST else None)
            for why, n in zip(self._already, sheets, strict=True)
        ]
        self._inside: list[list[Hidden | None]] = [
            [Hidden.SMALL if column in self._chosen and n < FEWEST else None for column, n in enumerate(row)]
            for row in cells
        ]

    def run(self) -> Mask:
        while known := self._known():
            if not any(self._hide_more(edge) for edge in known):  # one more is hidden now; look again
                return Mask((Hidden.WHOLE,) * len(self._rows), tuple(tuple(row) for row in self._inside))
        return Mask(tuple(self._rows), tuple(tuple(row) for row in self._inside))

    # ---- what can be worked out

    def _hidden(self) -> Iterator[_Edge]:
        for row, why in enumerate(self._rows):
            if why is not None:
                yield row, _SHEETS
            for column in self._chosen:
                if why is not None or self._inside[row][column] is not None:
                    yield row, column

    def _value(self, edge: _Edge) -> int:
        row, column = edge
        return self._sheets[row] if column == _SHEETS else self._cells[row][column]

    def _limits(self, edge: _Edge) -> tuple[int, int | None]:
        """What the words beside a number say about it."""
        row, column = edge
        why = self._rows[row]
        most = self._at_most[row] if self._rows[row] is not None else self._sheets[row]
        if self._already[row] is not None and column == _SHEETS:
            return self._sheets[row], self._sheets[
                row
            ]  # it moves with all tables together, never in one alone
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
        group = f"row {row}" if self._adds_up else "any"
        return (group, "all") if column == _SHEETS else (f"column {column}", group)

    def _known(self) -> list[_Edge]:
        """The hidden numbers that can be no other number."""
        hidden = list(self._hidden())
        ways: dict[str, list[tuple[str, _Edge]]] = defaultdict(list)
        room: dict[_Edge, tuple[bool, bool]] = {}
        for edge in hidden:
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
            if self._already[edge[0]] is not None:
                continue  # its group is hidden in all tables, in company
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
            beside = [(row, at) for at in self._chosen] if self._adds_up else []
            below = [(at, column) for at in range(len(self._rows)) if self._rows[at] is None]
            for places in (beside, below):
                hidden = sum(self._inside[r][c] is not None for r, c in places)
                if hidden == 1 and self._hide_cell(places):
                    return True
            return self._hide_cell([*beside, *below]) or self._hide_row([row])
        return self._hide_row(range(len(self._rows)))

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
