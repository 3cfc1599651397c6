"""What a survey says in plain sentences (分析说明 of F-02), each with the question or table its figures stand in."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.survey import QuestionKind, Survey, TopicDecision
from app.figures.matrix_by_groups import least_content
from app.figures.published import Published
from app.figures.representativeness import comparisons
from app.figures.survey_results import (
    QuestionResult,
    answers_of,
    bands,
    leading_share,
    number_result,
    questions_of,
    results_of,
    sheets_of,
    subject_of,
    wishes,
)
from app.figures.survey_tables import mean_score, scale_points

_MOST_WISHES = 3


def analysis(case: Case, survey: Survey, decided: Published) -> tuple[str, ...]:
    """Return the sentences there are figures for; none while there are no counts."""
    found = [
        _return(case, survey),
        _wanted(_open(wishes(case, survey), decided)),
        _rise(_open(bands(case, survey), decided)),
        _pleased(case, survey, decided),
        *_least_content(case, survey, decided),
        *_numbers(case, survey, decided),
        *_groups(case, survey, decided),
        _roster(case, survey),
        _topics(case),
    ]
    return tuple(each for each in found if each)


def _open(result: QuestionResult | None, decided: Published) -> QuestionResult | None:
    """A result all of which may be shown."""
    return None if result is None or any(decided.reasons(result.question)) else result


def _return(case: Case, survey: Survey) -> str:
    found = sheets_of(case, survey)
    if found.issued.value is None or found.valid.value is None:
        return ""
    parts = [f"发放 {found.issued.text}"]
    if found.returned.value is not None:
        parts.append(f"收回 {found.returned.text}，回收率 {found.return_rate.text}")
    parts.append(f"有效 {found.valid.text}，有效率 {found.valid_rate.text}")
    adds_up = "各数对得上" if not found.mismatches else f"有对不上的：{'；'.join(found.mismatches)}"
    return f"{'；'.join(parts)}；{adds_up}（出处：发放和收回）。"


def _wanted(result: QuestionResult | None) -> str:
    if result is None:
        return ""
    told = [f"{row.option} {row.number} 人（{row.share.text}）" for row in result.ranked[:_MOST_WISHES]]
    return f"职工最想协商的是{join_names(told)}（出处：{_at(result)}，{result.base_words}）。"


def _rise(result: QuestionResult | None) -> str:
    if result is None or not result.top:
        return ""
    told = join_names([f"“{row.option}”{row.number} 人（{row.share.text}）" for row in result.top])
    return f"{subject_of(result.question)}，选得最多的是{told}（出处：{_at(result)}，{result.base_words}）。"


def _pleased(case: Case, survey: Survey, decided: Published) -> str:
    """The rows of the scale with the lowest and the highest mean."""
    for question in questions_of(case, survey):
        points = scale_points(question.options)
        if question.kind is not QuestionKind.MATRIX or not points or question.id in decided.closed:
            continue
        rows = [each for each in answers_of(case, question) if sum(each.numbers)]
        means = [(mean_score(each, points), each) for each in rows]
        known = [(figure.value, each) for figure, each in means if figure.value is not None]
        if len(known) < 2:
            continue
        low, high = min(known, key=lambda pair: pair[0]), max(known, key=lambda pair: pair[0])
        shares = {row.group: leading_share(row) for row in results_of(case, question)}
        told = [
            f"满意程度{words}的是“{each.group}”，平均 {value} 分，"
            f"选“{'”和“'.join(question.options[:2])}”的占 {shares[each.group].text}"
            for words, (value, each) in (("最低", low), ("最高", high))
        ]
        return f"{'；'.join(told)}（出处：第{question.number}题）。"
    return ""


def _least_content(case: Case, survey: Survey, decided: Published) -> list[str]:
    """Which group is least content, and with what; of the groups that are shown."""
    found = []
    for question in questions_of(case, survey):
        lowest = least_content(decided, question)
        if lowest is not None:
            where = "" if lowest.all_shown else "，能显示的组里"
            found.append(
                f"按{lowest.table.title}看满意程度{where}，最低的是{lowest.row.name}对“{lowest.table.row}”，"
                f"满意的占 {lowest.share.text}（出处：分群体结果，第{question.number}题）。"
            )
    return found


def _numbers(case: Case, survey: Survey, decided: Published) -> list[str]:
    found = []
    for question in questions_of(case, survey):
        result = number_result(case, question) if question.id not in decided.closed else None
        if result is not None and result.mean.value is not None:
            found.append(
                f"{subject_of(question)}，{result.written.text}填了数字，平均 {result.mean.text}"
                f"（出处：第{question.number}题）。"
            )
    return found


def _groups(case: Case, survey: Survey, decided: Published) -> list[str]:
    """Where groups want different things, told of the question on the rise, for the groups that are shown."""
    rise = _open(bands(case, survey), decided)
    found = []
    for table in decided.tables:
        if rise is None or table.question.id != rise.question.id:
            continue
        told = []
        for row in table.rows:
            if row.is_whole and row.numbers:
                numbers = [number or 0 for number in row.numbers]
                at = numbers.index(max(numbers))
                told.append(f"{row.name}选得最多的是“{table.question.options[at]}”（{numbers[at]} 人）")
        if len(told) > 1:
            found.append(
                f"按{table.title}看，{'；'.join(told)}（出处：分群体结果，第{table.question.number}题）。"
            )
    return found


def _roster(case: Case, survey: Survey) -> str:
    compared = comparisons(case, survey)
    if not compared:
        return ""
    told = [f"按{each.title}：{each.verdict}" for each in compared]
    return f"和名册对照，{'；'.join(told)}（出处：代表性）。"


def _topics(case: Case) -> str:
    if not case.topics:
        return ""
    told = [
        f"{decision.label} {len(chosen)} 项：{join_names(each.name for each in chosen)}"
        for decision in TopicDecision
        if (chosen := [each for each in case.topics if each.decision is decision])
    ]
    left = [each for each in case.topics if each.decision is None]
    if left:
        told.append(f"还没有写处理 {len(left)} 项：{join_names(each.name for each in left)}")
    return f"议题共 {len(case.topics)} 项，{'；'.join(told)}（出处：议题处理）。"


def _at(result: QuestionResult) -> str:
    return f"第{result.question.number}题"
