"""How content each group is with each matter: one share for each row of a scale, small enough for paper (F-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.survey import GroupBy, Question
from app.figures.group_tables import share_of
from app.figures.origin import Figure
from app.figures.published import CrossRow, CrossTable, Published
from app.figures.survey_tables import (
    GUARD_NOTE,
    Entry,
    SurveyTable,
    TableLine,
    caption,
    hidden_words,
)

PRINTED = (GroupBy.DEPARTMENT, GroupBy.LEVEL, GroupBy.EMPLOYMENT, GroupBy.SEX)
"""By these the summary prints tables; those by other groups stand in the spreadsheet, or it would be a book."""


def is_printed(table: CrossTable) -> bool:
    """Whether the summary prints a cross table; by a question that names no grouping it does."""
    return table.by.asks_group is None or table.by.asks_group in PRINTED


def satisfied_by_groups(decided: Published) -> tuple[SurveyTable, ...]:
    """Return, for each scale and printed grouping, one table: which share of each group is content with each row."""
    return tuple(_satisfied(tables) for tables in _scales(decided) if is_printed(tables[0]))


@dataclass(frozen=True, slots=True)
class LeastContent:
    """The lowest share of a scale by groups; ``all_shown``: no other group's share is hidden."""

    table: CrossTable
    row: CrossRow
    share: Figure
    all_shown: bool


def least_content(decided: Published, question: Question) -> LeastContent | None:
    """The lowest share of content people that is shown of a scale, by its first grouping.

    ``None`` while fewer than two are shown, where the lowest is not alone, and where a row has a lower share by all:
    then a group that is hidden is less content still.
    """
    tables = next((each for each in _scales(decided) if each[0].question.id == question.id), [])
    shares = [(table, row, share_of(table, row, 0)) for table in tables for row in table.rows]
    shown = [(share.value, table, row, share) for table, row, share in shares if share.value is not None]
    shown.sort(key=lambda each: each[0])
    if len(shown) < 2 or shown[0][0] == shown[1][0]:
        return None
    value, table, row, share = shown[0]
    if any(sum(each.totals) and value * sum(each.totals) >= 100 * each.totals[0] for each in tables):
        return None
    return LeastContent(table, row, share, len(shown) == len(shares))


def _scales(decided: Published) -> list[list[CrossTable]]:
    """The tables of the rows of each scale by the same groups."""
    together: dict[tuple[str, str], list[CrossTable]] = {}
    for each in decided.tables:
        if each.merged and not each.is_hidden:
            together.setdefault((each.question.id, each.by.id), []).append(each)
    return list(together.values())


def _satisfied(tables: Sequence[CrossTable]) -> SurveyTable:
    """As narrow as can be: what there is less of, rows or groups, stands beside each other."""
    first = tables[0]
    groups = list(dict.fromkeys(row.name for table in tables for row in table.rows))
    cells = {(table.row, row.name): _cell(table, row) for table in tables for row in table.rows}
    rows = [table.row for table in tables]
    down, across = (groups, rows) if len(groups) > len(rows) else (rows, groups)
    lines = tuple(
        TableLine(line, tuple(cells.get((name, line), cells.get((line, name), "")) for name in across))
        for line in down
    )
    title = f"{caption(first.question)}　按{first.title}看满意的占比"
    hidden = any(isinstance(cell, str) for line in lines for cell in line.cells)
    note = f"{SATISFIED_RULE}。{GUARD_NOTE if hidden else ''}"
    return SurveyTable("satisfied", f"按{first.title}看满意", title, ("", *across), lines, note)


SATISFIED_RULE = "满意的占比＝（非常满意＋满意）÷该组答了这一行的份数"


def _cell(table: CrossTable, row: CrossRow) -> Entry:
    share = share_of(table, row, 0)
    if share.value is not None:
        return Figure(share.value, "%", f"{table.row} {row.name} 满意", share.origin, SATISFIED_RULE)
    why = row.hidden or row.reasons[0]
    return hidden_words(why) if why is not None else ""
