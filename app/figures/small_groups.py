"""Small groups stay hidden: fewer than five answers could be recognised (product: 意愿调查).

A number that is hidden must not come back by subtraction either. Everybody knows the sums (the frequencies of the
whole survey and the number of sheets of each group), and the words beside a hidden number tell how large it may be:
``不足 5 份`` is 0 to 4, ``为防倒推`` is 5 or more. Numbers are hidden until each hidden one could also be another
number: changing it by one must leave all sums and words as they are.
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


def hide_small(sheets: Sequence[int], cells: Sequence[Sequence[int]], *, adds_up: bool = True) -> Mask:
    """Return what must be hidden of ``cells`` (groups × options) and of the groups' ``sheets``.

    ``adds_up``: the numbers of a group add up to its sheets (one answer each); with several answers each they
    do not. Raises ValueError if they should and do not, or if a row is longer than another.
    """
    columns = len(cells[0]) if cells else 0
    if any(len(row) != columns for row in cells) or len(cells) != len(sheets):
        raise ValueError("every group needs one number for each option")
    if adds_up and any(sum(row) != whole for row, whole in zip(cells, sheets, strict=True)):
        raise ValueError("the numbers of a group do not add up to its sheets")
    return _Hiding(sheets, cells, adds_up=adds_up).run()


_Edge = tuple[int, int]
"""A number that can be hidden: its row, and its column or -1 for the number of sheets."""

_SHEETS = -1


class _Hiding:
    """Hides one number after the other until none can be worked out.

    The sums form a network: each number is a flow from its option through its group to all sheets. A hidden
    number is safe if the flow can go another way round, within what the words beside the numbers allow.
    """

    def __init__(self, sheets: Sequence[int], cells: Sequence[Sequence[int]], *, adds_up: bool) -> None:
        self._sheets = tuple(sheets)
        self._cells = tuple(tuple(row) for row in cells)
        self._adds_up = adds_up
        width = len(cells[0]) if cells else 0
        self._chosen = [column for column in range(width) if any(row[column] for row in cells)]
        self._rows: list[Hidden | None] = [Hidden.SMALL if n < FEWEST else None for n in sheets]
        self._inside: list[list[Hidden | None]] = [
            [Hidden.SMALL if column in self._chosen and n < FEWEST else None for column, n in enumerate(row)]
            for row in cells
        ]

    def run(self) -> Mask:
        while any(self._hide_more(edge) for edge in self._known()):
            pass  # one more is hidden now; look again
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
        if why is Hidden.SMALL:
            return 0, FEWEST - 1
        if why is Hidden.GUARD and column != _SHEETS:
            return 0, None
        if why is None:
            why = self._inside[row][column]
        return (0, FEWEST - 1) if why is Hidden.SMALL else (FEWEST, None)

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
