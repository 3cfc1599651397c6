"""What may be shown of a year's surveys, decided once for all outputs: screen, papers, spreadsheets, packages.

Groups below five stay hidden, and so much beside them that no hidden number can be worked out from everything that is
shown of the year together:

* which groups are hidden is decided for a question once, for its own frequencies, for who answered against the roster
  and for every cross table by it (:func:`app.figures.small_groups.hide_sizes`). Those who left the question out count
  as a group: their answers are what is left over;
* inside a table single numbers are hidden as well (:func:`app.figures.small_groups.hide_small`);
* a row of a matrix (满意: 食堂) by groups is a table like that of a single choice. Of a scale of satisfaction only
  three numbers are told of a group (:data:`BANDS`): of five, nearly every one would be too small to be shown. Telling
  both ways would give hidden numbers away, so the five never leave by groups;
* a group is never crossed with another group (部门 by 性别): such cells point to persons;
* a sum of numbers that were written is told of five or more answers together, by groups never;
* a question asked of fewer than five, or of a hidden group only, is not shown at all.

Known to everybody, and therefore not hidden: how many sheets were valid, what all together answered, what follows
from that for everyone (what nobody chose, what all chose), how many of a shown group left a question out, and what
five or more answered who did not say their group: nobody knows who they are.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.figures.sheet_tally import CROSSED
from app.figures.small_groups import FEWEST, Hidden, Mask, hide_small
from app.figures.survey_groups import NOT_SAID, Grouping, groupings
from app.figures.survey_results import questions_of, subject_of, whole_of

BANDS = (
    ("满意（含非常满意）", ("非常满意", "满意")),
    ("一般", ("一般",)),
    ("不满意（含非常不满意）", ("不满意", "非常不满意")),
)
"""What the answers of a scale of satisfaction are taken together as, by groups."""


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One group of a cross table.

    Attributes:
        sheets: the sheets its shares refer to; ``None`` where they are hidden.
        numbers: how many of it chose each option, ``None`` where hidden; ``reasons`` tells why.
        hidden: why nothing of it is shown.
        record: id of the answer count it stands in, for its origin.
    """

    name: str
    sheets: int | None
    numbers: tuple[int | None, ...]
    reasons: tuple[Hidden | None, ...]
    hidden: Hidden | None
    record: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is hidden."""
        return self.hidden is None and None not in self.numbers


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A question by groups; ``totals`` are the numbers of all, ``title`` what the groups are (部门).

    ``row`` is the row of a matrix it tells of; empty for every other question. ``merged``: the options of
    ``question`` are :data:`BANDS`, not its own.
    """

    question: Question
    by: Question
    title: str
    rows: tuple[CrossRow, ...]
    totals: tuple[int, ...]
    row: str = ""
    merged: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it is shown."""
        return all(row.hidden is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A question that was counted by groups: what a cross table is made of. Nothing of ``counts`` is decided yet."""

    question: Question
    by: Question
    counts: tuple[AnswerCount, ...]
    whole: AnswerCount | None
    grouping: Grouping | None
    row: str = ""
    """The row of a matrix; empty for every other question."""
    merged: bool = False

    @property
    def title(self) -> str:
        """What the groups are: 部门, or the question that asks for them."""
        return self.by.asks_group.label if self.by.asks_group is not None else subject_of(self.by)


@dataclass(frozen=True)
class Published:
    """The decision for one survey.

    Attributes:
        groupings: the questions that ask for a group, with what of them is hidden.
        closed: ids of the questions of which nothing is shown, and why.
        crossings: what was counted by groups, in the order of the questions.
    """

    survey: Survey
    groupings: tuple[Grouping, ...]
    closed: dict[str, Hidden]
    crossings: tuple[Crossing, ...]

    @functools.cached_property
    def tables(self) -> tuple[CrossTable, ...]:
        """Every cross table; for a large survey that takes a moment."""
        return tuple(self.made(each) for each in self.crossings)

    def made(self, crossing: Crossing) -> CrossTable:
        """One cross table, small groups hidden."""
        return _table(self.survey, crossing)

    def grouping(self, question: Question) -> Grouping | None:
        """The groups this question asks for, ``None`` if it asks for something else."""
        return next((each for each in self.groupings if each.question.id == question.id), None)

    def reasons(self, question: Question) -> tuple[Hidden | None, ...]:
        """Why the frequency of each option by all is not shown."""
        if question.id in self.closed:
            return (self.closed[question.id],) * len(question.options)
        held = self.grouping(question)
        return held.hidden[: len(question.options)] if held is not None else (None,) * len(question.options)


def published(case: Case, survey: Survey) -> Published:
    """Decide for one survey what is shown, everywhere. Surveys share no sheets, so each is decided alone."""
    groups = groupings(case, survey)
    asked = questions_of(case, survey)
    closed = {each.id: Hidden.WHOLE for each in asked if _is_closed(survey, each, groups)}
    own = {each.question.id for each in groups}
    crossed: dict[tuple[str, str, str], list[AnswerCount]] = {}
    for each in case.answer_counts:
        if each.group_question:
            crossed.setdefault((each.question, each.group_question, each.row), []).append(each)
    crossings = []
    for question in asked:
        if question.id in closed or question.id in own or question.kind not in CROSSED:
            continue
        for row in dict.fromkeys(question.rows) if question.kind is QuestionKind.MATRIX else ("",):
            whole = whole_of(case, question, row)
            for by in asked:
                counts = crossed.get((question.id, by.id, row), [])
                if by.kind is not QuestionKind.SINGLE or by.id in closed or not _fits(question, counts):
                    continue
                grouping = next((held for held in groups if held.question.id == by.id), None)
                counts = sorted(counts, key=functools.partial(_place, by.options))
                made = Crossing(question, by, tuple(counts), whole, grouping, row)
                crossings.append(_in_bands(made) if _is_scale(question) else made)
    return Published(survey, groups, closed, tuple(crossings))


def _is_scale(question: Question) -> bool:
    """Whether a matrix asks how content people are: all its options, in whatever order, are of the bands."""
    known = {option for _, options in BANDS for option in options}
    return question.kind is QuestionKind.MATRIX and len(question.options) > 3 and known >= {*question.options}


def _in_bands(crossing: Crossing) -> Crossing:
    question = crossing.question

    def merged(held: AnswerCount) -> AnswerCount:
        told = dict(zip(question.options, held.numbers, strict=True))
        numbers = tuple(sum(told.get(option, 0) for option in options) for _, options in BANDS)
        return held.replace(numbers=numbers)

    return Crossing(
        question.replace(options=tuple(name for name, _ in BANDS)),
        crossing.by,
        tuple(map(merged, crossing.counts)),
        merged(crossing.whole) if crossing.whole is not None else None,
        crossing.grouping,
        crossing.row,
        merged=True,
    )


def _place(options: Sequence[str], counts: AnswerCount) -> int:
    return options.index(counts.group) if counts.group in options else len(options)


def _fits(question: Question, counts: Sequence[AnswerCount]) -> bool:
    width = len(question.options)
    return bool(width and counts) and all(len(each.numbers) == width for each in counts)


def _is_closed(survey: Survey, question: Question, groups: Iterable[Grouping]) -> bool:
    base = question.asked_count if question.asked_count is not None else survey.valid
    if base is not None and base < FEWEST:
        return True
    return bool(question.asked_of) and any(
        why is not None and (name in question.asked_of or question.asked_of in name)
        for held in groups
        for name, why in zip(held.names, held.hidden, strict=True)
    )


def _table(survey: Survey, crossing: Crossing) -> CrossTable:
    question, by, grouping = crossing.question, crossing.by, crossing.grouping
    counts, whole, width = crossing.counts, crossing.whole, len(crossing.question.options)
    adds_up = question.kind in (QuestionKind.SINGLE, QuestionKind.MATRIX)
    sizes = dict(zip(grouping.names, grouping.sizes, strict=True)) if grouping is not None else {}
    cells = [each.numbers for each in counts]
    added = [sum(row[at] for row in cells) for at in range(width)]
    totals = tuple(max(pair) for pair in zip(added, whole.numbers if whole else added, strict=True))
    names = [each.group for each in counts]
    left = tuple(total - number for total, number in zip(totals, added, strict=True))
    others = [name for name in sizes if name not in names]
    already = [grouping.why(name) if grouping is not None else None for name in names]
    bounds = [sizes.get(name, survey.valid or sum(totals)) for name in names]
    away = [grouping.why(name) for name in others] if grouping is not None else []
    why = next((each for each in away if each is not None), None)
    if any(left) and (why is not None or others != [NOT_SAID]):  # what is left over is a group of its own
        cells.append(left)
        already.append(why if len(others) == 1 or why is None else Hidden.GUARD)
        bounds.append(sum(sizes[name] for name in others) or (survey.valid or sum(totals)))
    sheets = [
        sum(row) if adds_up else max(bound if known else 0, *row)
        for row, bound, known in zip(
            cells, bounds, [*(name in sizes for name in names), bool(others)], strict=False
        )
    ]
    at_most = [max(pair) for pair in zip(bounds, sheets, strict=True)]
    mask = hide_small(sheets, cells, adds_up=adds_up, already=already, at_most=at_most)
    rows = tuple(_row(each, at, sheets[at], mask) for at, each in enumerate(counts))
    return CrossTable(question, by, crossing.title, rows, totals, crossing.row, crossing.merged)


def _row(counts: AnswerCount, at: int, sheets: int, mask: Mask) -> CrossRow:
    reasons = tuple(mask.reason(at, column) for column in range(len(counts.numbers)))
    hidden = mask.rows[at]
    numbers = tuple(
        None if why is not None else number for number, why in zip(counts.numbers, reasons, strict=True)
    )
    return CrossRow(counts.group, None if hidden else sheets, numbers, reasons, hidden, counts.id)


def _sums_up_few(counts: AnswerCount) -> bool:
    """The program keeps no such sum; a case file from elsewhere may hold one."""
    return counts.total is not None and (bool(counts.group_question) or sum(counts.numbers) < FEWEST)


def published_case(case: Case) -> Case:
    """Return the case as it may leave the program: without the counts of which something is hidden.

    A count is one record, so it goes as a whole where any number of it is hidden; papers of the same case show
    the others of its numbers, and that is the most that can be put together. A sum goes with its record where fewer
    than five wrote a number, and where it stands beside a group.
    """
    kept: set[str] = set()
    closed: set[str] = set()
    for survey in case.surveys:
        decided = published(case, survey)
        closed |= decided.closed.keys()
        whole = {
            row.record for table in decided.tables if not table.merged for row in table.rows if row.is_whole
        }
        for question in questions_of(case, survey):
            if question.id in decided.closed:
                continue
            plain = not any(decided.reasons(question))
            for each in case.answer_counts:
                if each.question != question.id or _sums_up_few(each):
                    continue
                if each.id in whole if each.group_question else plain:
                    kept.add(each.id)
    return dataclasses.replace(
        case,
        answer_counts=tuple(each for each in case.answer_counts if each.id in kept),
        questions=tuple(
            each.replace(asked_count=None) if each.id in closed and each.asked_count else each
            for each in case.questions
        ),
    )
