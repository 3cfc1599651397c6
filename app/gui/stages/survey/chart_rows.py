"""From a chart as data to the parts that draw it: nothing is worked out here, each number is the chart's own."""

from __future__ import annotations

from app.figures.charts import Chart, ChartRow
from app.figures.origin import Figure
from app.figures.representativeness import Comparison
from app.gui.widgets.charts.band_columns import BandView
from app.gui.widgets.charts.bar_rows import BarHeads, BarRowView
from app.gui.widgets.charts.dot_pairs import DotHeads, DotPairView


def bar_rows(chart: Chart) -> tuple[list[BarRowView], BarHeads | None]:
    """The bars of a chart, with heads if it reads like a table."""
    heads = chart.heads
    rows = [
        BarRowView(
            id=row.key,
            label=row.label,
            lead=_bare(row.cells[0]) if row.cells else "",
            share=float(row.share.value) / 100 if row.share.value is not None else 0.0,
            percent=_known(row.share),
            number=_known(row.number),
            tail=row.tail,
            tail_icon="check" if row.ticked else "",
            tail_ink="ok" if row.ticked else "ink2",
            hidden=_why(row),
            bold=row.strong,
        )
        for row in chart.rows
    ]
    if heads is None:
        return rows, None
    lead = heads.cells[0] if heads.cells else ""
    return rows, BarHeads(label=heads.label, lead=lead, bar=heads.share, tail=heads.tail)


def band_views(chart: Chart) -> list[BandView]:
    """The bands in their order, with the rounded share beside the number."""
    return [
        BandView(
            id=row.key,
            label=row.label,
            number=int(row.number.value or 0) if row.number is not None else 0,
            words=_known(row.number),
            extra=f"{row.share.value:.0f}%" if row.share.value is not None else "",
            hidden=_why(row),
        )
        for row in chart.rows
    ]


def pair_rows(chart: Chart) -> tuple[list[DotPairView], DotHeads]:
    """All comparisons below each other, a darker rule between them."""
    rows = [
        DotPairView(
            id=row.key,
            label=row.label,
            cells=tuple(_bare(each) for each in row.cells),
            ring=_number(row.beside),
            dot=_number(row.share),
            difference=row.difference,
            hidden=_why(row),
            bold=row.strong,
            begins=row.begins,
        )
        for row in chart.rows
    ]
    heads = chart.heads
    assert heads is not None
    return rows, DotHeads(
        label=heads.label,
        cells=heads.cells,
        ring=heads.beside,
        dot=heads.share,
        difference=heads.difference,
    )


def verdict_words(compared: tuple[Comparison, ...]) -> str:
    """Who answered too little and how many more to ask: for the screen, where it tells what to do."""
    few = list(dict.fromkeys(each.words for one in compared for each in one.too_few))
    said = "；".join(few) or "各组都没有答得太少"
    return f"{said}。"


def tests_in_words(compared: tuple[Comparison, ...]) -> str:
    """Each test with its figures, the tests of a name together."""
    named: dict[str, list[str]] = {}
    for one in compared:
        if one.fit is not None:
            found = one.fit.words.removeprefix(f"{one.fit.name}：")
            named.setdefault(one.fit.name, []).append(f"{one.title} {found}")
    return "；".join(f"{name}：{'；'.join(told)}" for name, told in named.items())


def _why(row: ChartRow) -> str:
    return row.hidden.label if row.hidden is not None else ""


def _known(figure: Figure | None) -> str:
    return figure.text if figure is not None and figure.value is not None else ""


def _bare(figure: Figure) -> str:
    """A figure under a head that tells its unit."""
    if figure.value is None:
        return ""
    return figure.text if figure.unit == "%" else str(figure.value)


def _number(figure: Figure | None) -> float | None:
    return float(figure.value) if figure is not None and figure.value is not None else None
