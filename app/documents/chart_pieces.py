"""Charts on paper: drawn as vectors from :class:`app.figures.charts.Chart`, legible in black and white.

Every bar begins at zero and carries its number; what stands out is darker and bold, never only of another colour. Where
a number is hidden its reason is written and nothing is drawn. Lengths are points. A chart of rows is one piece for each
row, so that a long one runs on over pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.blocks import Align, Run
from app.documents.flow import Drawing, Pen, Piece, draw_lines
from app.documents.fonts import FontBook
from app.documents.lines import Line, Look, set_lines, text_width
from app.figures.charts import Chart, ChartKind, ChartRow
from app.figures.origin import Figure

SIZE = 10.0
_SMALL = 8.5
_PITCH = 12.5
_GAP = 7.0
_LEAST_ROW = 17.0
_BAR = 9.0
_COLUMNS_HIGH = 112.0
_RING, _DOT = 3.8, 2.3
_GREY, _DARK, _PALE = 0.62, 0.22, 0.78
_WHOLE_UP_TO = 16
"""A chart of so many rows is not parted by the end of a page."""

_Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words in their place in a row."""

    lines: tuple[Line, ...]
    span: _Span
    align: Align

    @property
    def height(self) -> float:
        return len(self.lines) * _PITCH

    def draw(self, pen: Pen, x: float, top: float, high: float) -> None:
        """Draw in the middle of a row ``high`` points high."""
        left, right = self.span
        down = (high - self.height) / 2
        draw_lines(pen, self.lines, x + left, top - down, width=right - left, pitch=_PITCH, align=self.align)


def chart_pieces(chart: Chart, width: float, fonts: FontBook, *, keep: bool = True) -> list[Piece]:
    """Return a chart as pieces ``width`` points wide; with ``keep`` the last one stays with what follows.

    Raises:
        UserError: D-101, a character no font has.
    """
    if not chart.rows:
        return []
    if chart.kind is ChartKind.BANDS:
        return [_bands(chart, width, fonts, keep)]
    pieces = _Rows(chart, width, fonts).pieces()
    last = len(pieces) - 1
    whole = last <= _WHOLE_UP_TO
    return [
        replace(each, keep_next=keep if at == last else whole or at < 2 or at > last - 3)
        for at, each in enumerate(pieces)
    ]


def _known(figure: Figure | None) -> str:
    return figure.text if figure is not None and figure.value is not None else ""


class _Rows:
    """BARS and PAIRS: label, cells, the drawing, figures, a word at the end."""

    def __init__(self, chart: Chart, width: float, fonts: FontBook) -> None:
        self._chart, self._width, self._fonts = chart, width, fonts
        self._pairs = chart.kind is ChartKind.PAIRS
        heads = chart.heads
        self._before = list(heads.cells) if heads is not None and not self._pairs else []
        self._after = (
            [heads.beside, heads.share, heads.difference] if heads is not None and self._pairs else []
        )
        self._measure()

    def pieces(self) -> list[Drawing]:
        made = [self._head()] if self._chart.heads is not None else [Drawing(3.0, lambda pen, x, top: None)]
        made += [self._row(row) for row in self._chart.rows]
        return [*made, self._foot()]

    # ---- columns

    def _texts(self, row: ChartRow) -> tuple[list[str], list[str]]:
        """The figures before and after the drawing; those of a hidden row that are known anyway."""
        if self._pairs:
            return [], [_known(row.beside), _known(row.share), row.difference]
        cells = [str(each.value) if each.value is not None else "" for each in row.cells]
        return cells, [_known(row.share), _known(row.number)]

    def _wide(self, words: Sequence[str], *, bold: bool = False) -> float:
        look = Look("song", SIZE, bold=bold)
        return max((text_width(each, look, self._fonts) for each in words if each), default=0.0)

    def _measure(self) -> None:
        """Place the columns: labels and last words give way (in more lines) before the drawing does."""
        rows, heads, width = self._chart.rows, self._chart.heads, self._width
        texts = [self._texts(row) for row in rows]
        columns = zip(*(before for before, _ in texts), strict=True) if rows[0].cells or self._pairs else ()
        befores = [
            max(self._wide(list(column)), self._wide([self._before[at] if at < len(self._before) else ""]))
            for at, column in enumerate(columns)
        ]
        afters = [
            max(self._wide(list(column)), (self._wide([head]) + 2 * _RING + 4) if head else 0.0)
            for column, head in zip(
                zip(*(after for _, after in texts), strict=True), [*self._after, "", ""], strict=False
            )
        ]
        tails = [row.tail for row in rows] + [heads.tail if heads is not None else ""]
        tail = min(self._wide(tails), width * 0.2) + 0.5 if any(tails) else 0.0
        labels = [row.label for row in rows] + [heads.label if heads is not None else ""]
        label = min(self._wide(labels) + 0.5, width * 0.36)
        place = label
        self._label = (0.0, label)
        self._cells: list[_Span] = []
        for wide in befores:
            self._cells.append((place + _GAP, place + _GAP + wide))
            place += _GAP + wide
        ends = width - (tail + _GAP if tail else 0.0)
        self._tail = (width - tail, width)
        self._figures: list[_Span] = []
        for wide in reversed(afters):
            self._figures.insert(0, (ends - wide, ends))
            ends -= wide + (_GAP if wide else 0.0)
        self._plot = (place + _GAP + 2, ends - 2)

    # ---- what is drawn

    def _cell(
        self, words: str, span: _Span, align: Align, *, bold: bool = False, role: str = "song"
    ) -> _Cell:
        look = Look(role, SIZE, bold=bold)
        lines = set_lines((Run(words),), max(span[1] - span[0], SIZE), look, self._fonts) if words else ()
        return _Cell(lines, span, align)

    def _head(self) -> Drawing:
        heads = self._chart.heads
        assert heads is not None
        cells = [self._cell(heads.label, self._label, Align.LEFT, role="hei")]
        for words, span in zip(self._before, self._cells, strict=False):
            cells.append(self._cell(words, span, Align.RIGHT, role="hei"))
        marks: list[tuple[float, bool]] = []
        if self._pairs:
            for at, (words, span) in enumerate(zip(self._after, self._figures, strict=True)):
                cells.append(self._cell(words, span, Align.RIGHT, role="hei"))
                if at < 2:
                    taken = text_width(words, Look("hei", SIZE), self._fonts)
                    marks.append((span[1] - taken - _RING - 2, at == 1))
        else:
            over = (self._plot[0], self._figures[-1][1])
            cells.append(self._cell(heads.share, over, Align.LEFT, role="hei"))
            cells.append(self._cell(heads.tail, self._tail, Align.LEFT, role="hei"))
        high = max(each.height for each in cells) + 5

        def paint(pen: Pen, x: float, top: float) -> None:
            for cell in cells:
                cell.draw(pen, x, top, high)
            for across, filled in marks:
                _mark(pen, x + across, top - high / 2, filled=filled)
            pen.rule(x, top - high, x + self._width, top - high, 0.6)

        return Drawing(high, paint)

    def _row(self, row: ChartRow) -> Drawing:
        before, after = self._texts(row)
        cells = [self._cell(row.label, self._label, Align.LEFT, bold=row.strong)]
        for words, span in zip(before, self._cells, strict=False):
            cells.append(self._cell(words, span, Align.RIGHT))
        if row.hidden is None:
            for at, (words, span) in enumerate(zip(after, self._figures, strict=True)):
                bold = row.strong and at == (2 if self._pairs else 0)
                cells.append(self._cell(words, span, Align.RIGHT, bold=bold))
            cells.append(self._cell(row.tail, self._tail, Align.LEFT))
        else:
            free = (self._plot[0] + 4, self._width)
            cells.append(self._cell(row.hidden.label, free, Align.LEFT, role="kai"))
        high = max(_LEAST_ROW, max(each.height for each in cells) + 4)
        ruled = self._chart.heads is not None
        draw = self._draw_pair if self._pairs else self._draw_bar

        def paint(pen: Pen, x: float, top: float) -> None:
            if row.begins and row is not self._chart.rows[0]:
                pen.rule(x, top, x + self._width, top, 0.6)
            elif ruled and row is not self._chart.rows[0]:
                with _grey(pen, _PALE):
                    pen.rule(x, top, x + self._width, top, 0.3)
            self._grid(pen, x, top, top - high)
            if row.hidden is None:
                draw(pen, row, x, top - high / 2)
            for cell in cells:
                cell.draw(pen, x, top, high)

        return Drawing(high, paint)

    def _grid(self, pen: Pen, x: float, upper: float, lower: float) -> None:
        """The lines of the axis: zero, and for shares of 100 also the half and the whole."""
        left, right = self._plot
        if not self._pairs:
            with _grey(pen, _PALE):
                for at in ((left + right) / 2, right):
                    pen.rule(x + at, upper, x + at, lower, 0.3)
        pen.rule(x + left, upper, x + left, lower, 0.7)

    def _draw_bar(self, pen: Pen, row: ChartRow, x: float, middle: float) -> None:
        left, right = self._plot
        share = min(float(row.share.value or 0), 100.0) / 100
        if share > 0:
            _box(pen, x + left, middle - _BAR / 2, (right - left) * share, _BAR, dark=row.strong)

    def _draw_pair(self, pen: Pen, row: ChartRow, x: float, middle: float) -> None:
        left, right = self._plot
        room, most = right - left - 2 * _RING, self._chart.most * 1.04 or 1.0
        spots = [
            x + left + _RING + room * float(each.value) / most
            if each is not None and each.value is not None
            else None
            for each in (row.beside, row.share)
        ]
        if spots[0] is not None and spots[1] is not None:
            with _grey(pen, 0.45):
                pen.rule(spots[0], middle, spots[1], middle, 1.0)
        for spot, filled in zip(spots, (False, True), strict=True):
            if spot is not None:
                _mark(pen, spot, middle, filled=filled)

    def _foot(self) -> Drawing:
        """What the axis measures."""
        left, right = self._plot
        if self._pairs:
            return Drawing(4.0, lambda pen, x, top: None)
        look = Look("song", _SMALL)
        marks = []
        for words, at in (("0", left), ("50%", (left + right) / 2), ("100%", right)):
            wide = text_width(words, look, self._fonts)
            marks.append((set_lines((Run(words),), wide + 1, look, self._fonts), at - wide / 2, wide))

        def paint(pen: Pen, x: float, top: float) -> None:
            for lines, across, wide in marks:
                draw_lines(pen, lines, x + across, top - 1, width=wide, pitch=10.0, align=Align.LEFT)

        return Drawing(14.0, paint)


# ---- columns


def _bands(chart: Chart, width: float, fonts: FontBook, keep: bool) -> Piece:
    """Columns on one line, number and share above each, its band below; the highest is darker and bold."""
    pitch = width / max(len(chart.rows), 1)
    wide = min(pitch * 0.6, 64.0)
    most = chart.most

    def words(text: str, *, bold: bool = False, role: str = "song") -> tuple[Line, ...]:
        return set_lines((Run(text),), pitch - 6, Look(role, SIZE, bold=bold), fonts) if text else ()

    labels = [words(row.label, bold=row.strong) for row in chart.rows]
    above = [
        (*words(_known(row.number), bold=row.strong), *words(_known(row.share)))
        if row.hidden is None
        else words(row.hidden.label, role="kai")
        for row in chart.rows
    ]
    head = max(len(each) for each in above) * _PITCH
    below = max(len(each) for each in labels) * _PITCH + 4

    def paint(pen: Pen, x: float, top: float) -> None:
        base = top - head - _COLUMNS_HIGH
        for at, row in enumerate(chart.rows):
            left = x + at * pitch
            number = row.number.value if row.number is not None and row.hidden is None else None
            high = _COLUMNS_HIGH * float(number) / most if number and most else 0.0
            if high:
                _box(pen, left + (pitch - wide) / 2, base, wide, high, dark=row.strong)
            taken = len(above[at]) * _PITCH
            for lines, upper in ((above[at], base + high + taken + 1), (labels[at], base - 3)):
                draw_lines(pen, lines, left, upper, width=pitch, pitch=_PITCH, align=Align.CENTER)
        pen.rule(x, base, x + width, base, 0.7)

    return Drawing(head + _COLUMNS_HIGH + below + 4, paint, keep_next=keep)


# ---- marks


class _grey:  # noqa: N801 - reads as a word at a with
    """Lines in grey while it lasts."""

    def __init__(self, pen: Pen, grey: float) -> None:
        self._canvas, self._shade = pen.canvas, grey

    def __enter__(self) -> None:
        self._canvas.saveState()
        self._canvas.setStrokeGray(self._shade)

    def __exit__(self, *_error: object) -> None:
        self._canvas.restoreState()


def _box(pen: Pen, x: float, y: float, wide: float, high: float, *, dark: bool) -> None:
    """A bar: grey with a thin black edge, so that it stands out of any print."""
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillGray(_DARK if dark else _GREY)
    canvas.setLineWidth(0.4)
    canvas.rect(x, y, wide, high, stroke=1, fill=1)
    canvas.restoreState()


def _mark(pen: Pen, x: float, y: float, *, filled: bool) -> None:
    """A ring for the roster, a dot for the answers; both can be seen where they meet."""
    canvas = pen.canvas
    canvas.saveState()
    canvas.setLineWidth(1.0)
    if filled:
        canvas.circle(x, y, _DOT, stroke=0, fill=1)
    else:
        canvas.circle(x, y, _RING, stroke=1, fill=0)
    canvas.restoreState()
