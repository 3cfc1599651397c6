"""One question by groups, as it is looked at: the share of one option in each group; what may be shown is decided before.

Cross tables come from :mod:`app.figures.published`, small groups hidden, so that the screen shows what papers show.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.survey import Question, Survey
from app.figures.origin import Figure, Origin, percent
from app.figures.published import Crossing, CrossRow, CrossTable, Published, published
from app.figures.small_groups import Hidden
from app.figures.survey_results import bands


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group: its sheets, the share that chose ``GroupTable.option``, and what it chose most.

    ``hidden`` tells why nothing of it may be shown, ``hidden_share`` why the share may not. Hidden figures have
    no value and no origin, so that no other part can show them by mistake.
    """

    name: str
    sheets: Figure
    share: Figure
    most: str
    hidden: Hidden | None = None
    hidden_share: Hidden | None = None


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A question by groups, small groups hidden."""

    question: Question
    by: str
    option: str
    groups: tuple[GroupResult, ...]


def group_table(case: Case, survey: Survey) -> GroupTable | None:
    """One question by groups: that on wages first; the share of the option most chosen by all."""
    decided = published(case, survey)
    first = first_crossing(case, survey, decided)
    return by_option(decided.made(first)) if first is not None else None


def first_crossing(case: Case, survey: Survey, decided: Published) -> Crossing | None:
    """What is looked at first by groups: the question on wages, if it was counted by any."""
    rise = bands(case, survey)
    wanted = rise.question.id if rise is not None else ""
    return min(decided.crossings, key=lambda each: each.question.id != wanted, default=None)


def by_option(table: CrossTable, at: int | None = None) -> GroupTable:
    """Return the share of the option ``at`` in each group; of the one most chosen by all, if none is given."""
    if at is None:
        at = table.totals.index(max(table.totals))
    groups = tuple(_group(table, row, at) for row in table.rows)
    return GroupTable(table.question, table.by.stem, table.question.options[at], groups)


def share_of(table: CrossTable, row: CrossRow, at: int) -> Figure:
    """The share of a group that chose the option ``at``, with its origin; without both where it is hidden."""
    option, rule = table.question.options[at], f"占“{row.name}”的答卷"
    number = row.numbers[at]
    if number is None or not row.sheets:
        return Figure(None, "%", option, (), rule)
    about = f"{table.row} " if table.row else ""
    words = f"第{table.question.number}题{about}“{option}” {row.name} {number} 人"
    origin = Origin("answer_counts", row.record, "numbers", words)
    return Figure(percent(number, row.sheets), "%", option, (origin,), rule)


def _group(table: CrossTable, row: CrossRow, at: int) -> GroupResult:
    told = () if row.hidden else (Origin("answer_counts", row.record, "numbers", f"{row.name}的答卷"),)
    return GroupResult(
        row.name,
        Figure(row.sheets, "份", row.name, told),
        share_of(table, row, at),
        _most(table, row),
        row.hidden,
        row.reasons[at],
    )


def _most(table: CrossTable, row: CrossRow) -> str:
    """What a group chose most; nothing where a hidden number, one that is not small, could be larger."""
    shown = [number for number in row.numbers if number is not None]
    if not shown or Hidden.GUARD in row.reasons:
        return ""
    return table.question.options[row.numbers.index(max(shown))]
