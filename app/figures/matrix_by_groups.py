"""How content each group is with each matter: the means of a scale's rows by groups, small enough for paper (F-02)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.survey import GroupBy, Question
from app.figures.origin import Figure
from app.figures.published import CrossRow, CrossTable, Published
from app.figures.survey_tables import (
    GUARD_NOTE,
    MEAN_RULE,
    SurveyTable,
    TableLine,
    caption,
    group_mean,
    scale_points,
)

PRINTED = (GroupBy.DEPARTMENT, GroupBy.LEVEL, GroupBy.EMPLOYMENT, GroupBy.SEX)
"""By these the summary prints tables; those by other groups stand in the spreadsheet, or it would be a book."""


def is_printed(table: CrossTable) -> bool:
    """Whether the summary prints a cross table; by a question that names no grouping it does."""
    return table.by.asks_group is None or table.by.asks_group in PRINTED


def means_by_groups(decided: Published) -> tuple[SurveyTable, ...]:
    """Return, for each scale and printed grouping, one table with the means of its rows in each group."""
    return tuple(_means(tables) for tables in _scales(decided) if is_printed(tables[0]))


def least_content(decided: Published, question: Question) -> tuple[CrossTable, CrossRow, Figure] | None:
    """The lowest mean that is shown of a scale by the first grouping of it: which row, which group, and the mean.

    ``None`` while fewer than two are shown, or where the lowest is not alone.
    """
    points = scale_points(question.options)
    tables = next((each for each in _scales(decided) if each[0].question.id == question.id), ())
    shown = [
        (table, row, mean)
        for table in tables
        for row in table.rows
        if isinstance(mean := group_mean(table, row, points), Figure) and mean.value is not None
    ]
    shown.sort(key=lambda each: each[2].value or 0)
    if len(shown) < 2 or shown[0][2].value == shown[1][2].value:
        return None
    return shown[0]


def _scales(decided: Published) -> list[list[CrossTable]]:
    """The tables of the rows of each scale by the same groups."""
    together: dict[tuple[str, str], list[CrossTable]] = {}
    for each in decided.tables:
        if each.row and scale_points(each.question.options) and not each.is_hidden:
            together.setdefault((each.question.id, each.by.id), []).append(each)
    return list(together.values())


def _means(tables: Sequence[CrossTable]) -> SurveyTable:
    """As narrow as can be: what there is less of, rows or groups, stands beside each other."""
    first = tables[0]
    points = scale_points(first.question.options)
    groups = list(dict.fromkeys(row.name for table in tables for row in table.rows))
    means = {(table.row, row.name): group_mean(table, row, points) for table in tables for row in table.rows}
    rows = [table.row for table in tables]
    down, across = (groups, rows) if len(groups) > len(rows) else (rows, groups)
    lines = tuple(
        TableLine(line, tuple(means.get((name, line), means.get((line, name), "")) for name in across))
        for line in down
    )
    title = f"{caption(first.question)}　按{first.title}看平均分"
    hidden = any(isinstance(cell, str) for line in lines for cell in line.cells)
    note = f"{MEAN_RULE}。{GUARD_NOTE if hidden else ''}"
    return SurveyTable("means", f"按{first.title}看平均分", title, ("", *across), lines, note)
