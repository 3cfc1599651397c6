"""Bordered tables on pages: spans, repeated heads, rows that break over pages.

Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.blocks import Align
from app.documents.flow import Pen, Piece, draw_lines
from app.documents.lines import Line

PAD_X = 4.0
PAD_Y = 3.0


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell with its lines already broken; ``at_top`` keeps them at the upper edge."""

    column: int
    colspan: int
    rowspan: int
    lines: tuple[Line, ...]
    align: Align
    pitch: float
    at_top: bool = False

    @property
    def needed(self) -> float:
        """Least height in points."""
        return len(self.lines) * self.pitch + 2 * PAD_Y


@dataclass(frozen=True, slots=True)
class RuledRow:
    """A row; ``cells`` are those that begin in it. ``group`` heads the rows below it."""

    cells: tuple[RuledCell, ...]
    min_height: float
    group: bool = False


def heights(rows: Sequence[RuledRow]) -> list[float]:
    """Return the height of every row, tall cells over several rows stretching the last of them."""
    out = [row.min_height for row in rows]
    for number, row in enumerate(rows):
        for cell in row.cells:
            if cell.rowspan == 1:
                out[number] = max(out[number], cell.needed)
    for number, row in enumerate(rows):
        for cell in row.cells:
            last = min(number + cell.rowspan, len(rows)) - 1
            lacking = cell.needed - sum(out[number : last + 1])
            if cell.rowspan > 1 and lacking > 0:
                out[last] += lacking
    return out


@dataclass(frozen=True, slots=True)
class Ruled(Piece):
    """A table: head rows repeated on every page, body rows, column edges from the left."""

    head: tuple[RuledRow, ...]
    rows: tuple[RuledRow, ...]
    edges: tuple[float, ...]
    borders: bool = True

    @property
    def height(self) -> float:
        """Height in points."""
        return sum(heights(self.head)) + sum(heights(self.rows))

    @property
    def least(self) -> float:
        """Room needed to begin at the foot of a page."""
        if self.whole:
            return self.height
        first = heights(self.rows[:2] if self.rows and self.rows[0].group else self.rows[:1])
        return sum(heights(self.head)) + min(sum(first), 120.0)

    def split(self, room: float, page: float) -> tuple[Piece, Piece] | None:
        """Cut as in :meth:`Piece.split`."""
        if self.whole and self.height <= page:
            return None
        head = sum(heights(self.head))
        room, full = room - head, page - head
        count = self._fitting(room)
        upper, lower = self._cut(count)
        while count and upper[-1].group and heights(lower[:1])[0] <= full:
            count -= 1
            upper, lower = self._cut(count)
        if lower and heights(lower[:1])[0] > full + 0.01:
            halves = _cut_row(lower[0], room - sum(heights(upper)))
            if halves is not None:
                upper, lower = (*upper, halves[0]), (halves[1], *lower[1:])
        if not upper or not lower:
            return None
        return replace(self, rows=upper), replace(self, rows=lower)

    def _fitting(self, room: float) -> int:
        """Return how many rows fit into ``room``, cells cut off at the end counted in."""
        total, count = 0.0, 0
        for tall in heights(self.rows):
            total += tall
            if total > room + 0.01:
                break
            count += 1
        while count and sum(heights(self._cut(count)[0])) > room + 0.01:
            count -= 1
        return count

    def _cut(self, count: int) -> tuple[tuple[RuledRow, ...], tuple[RuledRow, ...]]:
        """Cut before row ``count``; cells that reach over the cut appear in both parts."""
        upper, lower = list(self.rows[:count]), list(self.rows[count:])
        if not lower:
            return tuple(upper), ()
        carried: list[RuledCell] = []
        for number, row in enumerate(upper):
            cells = []
            for cell in row.cells:
                over = number + cell.rowspan - count
                if over > 0:
                    carried.append(replace(cell, rowspan=over))
                    cell = replace(cell, rowspan=cell.rowspan - over)
                cells.append(cell)
            upper[number] = replace(row, cells=tuple(cells))
        if carried:
            cells = sorted((*lower[0].cells, *carried), key=lambda cell: cell.column)
            lower[0] = replace(lower[0], cells=tuple(cells))
        return tuple(upper), tuple(lower)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw as in :meth:`Piece.draw`."""
        self._draw_rows(pen, self.head, x, top)
        self._draw_rows(pen, self.rows, x, top - sum(heights(self.head)))

    def _draw_rows(self, pen: Pen, rows: tuple[RuledRow, ...], x: float, top: float) -> None:
        tall = heights(rows)
        y = top
        for number, row in enumerate(rows):
            for cell in row.cells:
                left, right = x + self.edges[cell.column], x + self.edges[cell.column + cell.colspan]
                height = sum(tall[number : number + cell.rowspan])
                if self.borders:
                    pen.canvas.setLineWidth(0.6)
                    pen.canvas.rect(left, y - height, right - left, height, stroke=1, fill=0)
                taken = len(cell.lines) * cell.pitch
                inset = PAD_Y if cell.at_top else (height - taken) / 2
                width = right - left - 2 * PAD_X
                draw_lines(
                    pen, cell.lines, left + PAD_X, y - inset, width=width, pitch=cell.pitch, align=cell.align
                )
            y -= tall[number]


def _cut_row(row: RuledRow, room: float) -> tuple[RuledRow, RuledRow] | None:
    """Cut one over-tall row into two by lines; None when nothing useful fits into ``room``."""
    if any(cell.rowspan > 1 for cell in row.cells):
        row = replace(row, cells=tuple(replace(cell, rowspan=1) for cell in row.cells))
    upper, lower = [], []
    moved = False
    for cell in row.cells:
        count = int((room - 2 * PAD_Y + 0.01) // cell.pitch)
        if count < 1:
            return None
        moved = moved or len(cell.lines) > count
        upper.append(replace(cell, lines=cell.lines[:count], at_top=True))
        lower.append(replace(cell, lines=cell.lines[count:], at_top=True))
    if not moved:
        return replace(row, min_height=room), replace(
            row,
            min_height=max(row.min_height - room, 0.0),
            cells=tuple(replace(cell, lines=()) for cell in row.cells),
        )
    first = replace(row, cells=tuple(upper), min_height=min(row.min_height, room))
    return first, replace(row, cells=tuple(lower), min_height=0.0)
