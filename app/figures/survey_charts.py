"""The charts of a survey, once for screen and paper (F-02): what is wanted, by how much, who answered, how groups differ.

What is shown in them is decided by :mod:`app.figures.published`. Where a number of a chart is hidden the rows keep the
order of the question and none stands out: the order alone would tell of the hidden ones.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from app.domain.case import Case
from app.domain.survey import Question, QuestionKind, Survey, TopicDecision
from app.figures.charts import Chart, ChartHeads, ChartKind, ChartRow
from app.figures.group_tables import GroupResult, by_option
from app.figures.origin import Figure, rounded
from app.figures.published import CrossRow, CrossTable, Published
from app.figures.representativeness import Compared, Comparison
from app.figures.small_groups import FEWEST, Hidden
from app.figures.survey_results import (
    OptionResult,
    QuestionResult,
    asks_for_rise,
    bands,
    leading_share,
    results_of,
    subject_of,
    wishes,
)
from app.figures.survey_tables import ranking_scores

_BECAME = {
    TopicDecision.OFFERED: "列入",
    TopicDecision.POSTPONED: "暂缓",
    TopicDecision.ELSEWHERE: "另行解决",
}


# ---- what is wanted


def wishes_chart(case: Case, survey: Survey, decided: Published) -> Chart | None:
    """What people want to be talked about, most wanted first, with what became of it."""
    result = wishes(case, survey)
    if result is None:
        return None
    reasons = decided.reasons(result.question)
    rows = result.rows if any(reasons) else result.ranked
    return Chart(
        key="wishes",
        kind=ChartKind.BARS,
        title="最想谈的事",
        rows=tuple(_option(row, result, reasons, became=bool(case.topics)) for row in rows),
        remark=result.base_words,
        source=_asked(result.question),
    )


def bands_chart(case: Case, survey: Survey, decided: Published) -> Chart | None:
    """The rise people expect, or the first other question whose options are bands of money."""
    result = bands(case, survey)
    if result is None:
        return None
    reasons = decided.reasons(result.question)
    top = "" if any(reasons) else "、".join(row.option for row in result.top)
    question = result.question
    return Chart(
        key="bands",
        kind=ChartKind.BANDS,
        title="希望工资涨多少" if asks_for_rise(question) else subject_of(question),
        rows=tuple(_option(row, result, reasons) for row in result.rows),
        remark=f"最集中：{top}" if top else "",
        source=_asked(question),
    )


def _option(
    row: OptionResult,
    result: QuestionResult,
    reasons: Sequence[Hidden | None],
    *,
    became: bool = False,
    stands_out: bool = True,
) -> ChartRow:
    """One option of a question; the word at its end tells what its topic became."""
    at = next((at for at, each in enumerate(result.rows) if each is row), 0)
    why = reasons[at] if at < len(reasons) else None
    tail = _became(row) if became and why is None else ""
    shown = why is None
    share = row.share if shown else Figure(None, "%", row.option)
    number = Figure(row.number if shown else None, "人", row.option, row.share.origin if shown else ())
    return ChartRow(
        key=row.option,
        label=row.option,
        share=share,
        figure=share,
        number=number,
        tail=tail,
        ticked=tail == _BECAME[TopicDecision.OFFERED],
        hidden=why,
        strong=stands_out and not any(reasons) and row in result.top,
    )


def _became(row: OptionResult) -> str:
    if row.topic is None:
        return "没列入"
    return _BECAME[row.topic.decision] if row.topic.decision is not None else "待定"


# ---- every other question


def question_chart(case: Case, question: Question, decided: Published) -> Chart | None:
    """The options in the order of the question, or the rows of a matrix; ``None`` while nothing is counted."""
    results = results_of(case, question)
    if not results:
        return None
    reasons = decided.reasons(question)
    title = f"第{question.number or '？'}题 {question.stem}"
    if (
        question.kind is QuestionKind.RANKING
        and not any(reasons)
        and (scores := ranking_scores(case, question))
    ):
        return _ranking(results[0], reasons, scores, title)
    if question.kind is not QuestionKind.MATRIX:
        (result,) = results[:1]
        rows = tuple(_option(row, result, reasons, stands_out=False) for row in result.rows)
        return Chart(
            key=question.id, kind=ChartKind.BARS, title=title, rows=rows, remark=result.base_words,
            source=_asked(question),
        )  # fmt: skip
    closed = decided.closed.get(question.id)
    return Chart(
        key=question.id,
        kind=ChartKind.BARS,
        title=title,
        rows=tuple(_matrix_row(result, closed) for result in results),
        source=_asked(question),
        note=f"每行各选一项；条长是选“{'”和“'.join(question.options[:2])}”的占比",
        heads=ChartHeads(label="事项", cells=("答卷",), share="占比", tail="选得最多"),
    )


def _ranking(
    result: QuestionResult, reasons: Sequence[Hidden | None], scores: Sequence[Fraction], title: str
) -> Chart:
    """The options of a ranking by what all places together score; how many ranked them at all tells little."""
    rows = [
        (
            score,
            dataclasses.replace(
                _option(row, result, reasons, stands_out=False), tail=f"{rounded(score, 2)} 分"
            ),
        )
        for score, row in zip(scores, result.rows, strict=True)
    ]
    rows.sort(key=lambda each: -each[0])
    return Chart(
        key=result.question.id,
        kind=ChartKind.BARS,
        title=title,
        rows=tuple(row for _, row in rows),
        remark=result.base_words,
        source=_asked(result.question),
        note="按综合得分排先后，排得越靠前分越高；条长是排进去的人数",
    )


def _matrix_row(result: QuestionResult, closed: Hidden | None) -> ChartRow:
    """One row of a matrix: the first two options together, and what was chosen most."""
    share = leading_share(result) if closed is None else Figure(None, "%", result.group)
    base = Figure(result.base or 0, "份", "答卷", share.origin)
    return ChartRow(
        key=result.group,
        label=result.group,
        share=share,
        figure=share,
        cells=(base if closed is None else Figure(None, "份", "答卷"),),
        tail="、".join(row.option for row in result.top[:1]) if closed is None else "",
        hidden=closed,
    )


# ---- groups


def groups_chart(table: CrossTable, at: int | None = None) -> Chart:
    """Each group with the share that chose the option ``at``; that most chosen by all, if none is given."""
    found = by_option(table, at)
    return Chart(
        key="groups",
        kind=ChartKind.BARS,
        title=f"按{table.title}看",
        rows=tuple(
            _group(each, _most(table, row)) for each, row in zip(found.groups, table.rows, strict=True)
        ),
        remark="：".join(part for part in (subject_of(table.question), table.row) if part),
        source=_asked(table.question),
        note=f"条长是各群体选“{found.option}”的占比",
        heads=ChartHeads(label="群体", cells=("有效",), share=f"选 {found.option}", tail="选得最多"),
    )


def _most(table: CrossTable, row: CrossRow) -> str:
    """What a group chose most, so far as the numbers shown tell it: never which hidden number is the largest."""
    known = [number for number in row.numbers if number is not None]
    if row.hidden is not None or not known or not max(known):
        return ""
    if not row.is_whole and (max(known) < FEWEST or {*row.reasons} - {None, Hidden.SMALL}):
        return ""
    return table.question.options[row.numbers.index(max(known))]


def _group(group: GroupResult, most: str) -> ChartRow:
    why = group.hidden or group.hidden_share
    share = group.share if why is None else Figure(None, "%", group.name)
    return ChartRow(
        key=group.name,
        label=group.name,
        share=share,
        figure=share if share.value is not None else Figure(None, "%", group.name),
        cells=(Figure(group.sheets.value, "份", "有效", group.sheets.origin),),
        tail=most if why is None else "",
        hidden=why,
    )


# ---- who answered


def roster_chart(compared: Sequence[Comparison]) -> Chart | None:
    """All comparisons with the roster below each other; the group farthest off stands out."""
    if not compared:
        return None
    farthest = farthest_of(compared)
    rows = [
        _pair(comparison, group, strong=farthest is group, begins=at == 0)
        for comparison in compared
        for at, group in enumerate(comparison.groups)
    ]
    remark = "有效答卷与职工名册对照"
    if farthest is not None:
        remark = f"与名册相差最大：{farthest.name} {points(farthest.difference)}"
    return Chart(
        key="roster",
        kind=ChartKind.PAIRS,
        title="代表性",
        rows=tuple(rows),
        remark=remark,
        heads=ChartHeads(
            label=compared[0].title if len(compared) == 1 else "群体",
            cells=("在册", "有效", "回收率"),
            beside="在册占比",
            share="答卷占比",
            difference="相差",
        ),
    )


def _pair(comparison: Comparison, group: Compared, *, strong: bool, begins: bool) -> ChartRow:
    return ChartRow(
        key=f"{comparison.title}/{group.name}",
        label=group.name,
        share=group.of_answers,
        figure=group.rate if group.hidden is None else group.staff,
        beside=group.of_roster,
        cells=(group.staff, group.valid, group.rate),
        difference=points(group.difference),
        hidden=group.hidden,
        strong=strong,
        begins=begins,
    )


def farthest_of(compared: Sequence[Comparison]) -> Compared | None:
    """The group farthest off the roster in all comparisons, ``None`` if none is off."""
    known = [each for each in (one.farthest for one in compared) if each is not None]
    return max(known, key=_distance, default=None)


def _distance(group: Compared) -> Decimal:
    return abs(group.difference or Decimal(0))


def points(difference: Decimal | None) -> str:
    """A difference of two shares: ``−1.3 点``."""
    if difference is None:
        return ""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{abs(difference):f} 点"


def _asked(question: Question) -> str:
    return f"第{question.number}题" if question.number is not None else subject_of(question)
