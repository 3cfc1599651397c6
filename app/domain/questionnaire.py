"""The questions of one survey as one paper: their order, what is wrong with them, their fingerprint, their version.

A printed or published questionnaire is frozen (:attr:`Survey.frozen_on`): answers are counted by the order of
questions and options, so a question that changed afterwards would turn every sheet into an answer to something else.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey

WITH_OPTIONS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATRIX, QuestionKind.RANKING)
"""Kinds that are answered by choosing."""

_LAST = 10_000


def questions_in_order(case: Case, survey_id: str) -> tuple[Question, ...]:
    """Return the questions of a survey as they stand on the paper; those without a number come last."""
    own = [each for each in case.questions if each.survey == survey_id]
    return tuple(sorted(own, key=lambda each: each.number if each.number is not None else _LAST))


def fingerprint(case: Case, survey_id: str) -> str:
    """Return a SHA-256 over what the sheets ask, in the order of the paper; empty while nothing is asked."""
    asked = [
        [
            each.id,
            each.number,
            each.kind.value if each.kind else "",
            each.stem,
            list(each.options),
            list(each.rows),
            each.asks_group.value if each.asks_group else "",
            each.at_most,
            each.asked_of,
        ]
        for each in questions_in_order(case, survey_id)
    ]
    if not asked:
        return ""
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()


def is_frozen(survey: Survey) -> bool:
    """Whether the questions of a survey may not change any more."""
    return survey.frozen_on is not None


def changed_since_frozen(case: Case, survey: Survey) -> bool:
    """Whether the questions of a frozen survey are others than those that were frozen."""
    frozen = is_frozen(survey) and bool(survey.questions_digest)
    return frozen and fingerprint(case, survey.id) != survey.questions_digest


def asks_the_same(one: Question, other: Question) -> bool:
    """Whether two states of a question stand on the sheet alike: what only counts answers may differ."""
    return one.replace(asked_count=None) == other.replace(asked_count=None)


def has_answers(case: Case, survey_id: str) -> bool:
    """Whether sheets of a survey were taken in, one by one or as counts."""
    asked = {each.id for each in case.questions if each.survey == survey_id}
    counted: tuple[AnswerCount, ...] = case.answer_counts
    return any(each.question in asked and each.numbers for each in counted) or any(
        each.survey == survey_id for each in case.data_imports
    )


def may_reopen(case: Case, survey: Survey) -> bool:
    """Whether a frozen questionnaire may still be opened again: no sheet was printed, none came in."""
    return is_frozen(survey) and not survey.sheets_printed and not has_answers(case, survey.id)


def printed_otherwise(before: Case, after: Case) -> bool:
    """Whether a step taken back would open, or change, a questionnaire of which sheets were printed.

    Taking back the printing itself does not: then no printed sheet is known any more.
    """
    for old in filter(is_frozen, before.surveys):
        new: Survey | None = after.find("surveys", old.id)
        if new is None or not new.sheets_printed:
            if new is None and old.sheets_printed:
                return True
            continue
        same = fingerprint(before, old.id) == fingerprint(after, old.id)
        if not same or (old.frozen_on, old.version) != (new.frozen_on, new.version):
            return True
    return False


def doubled_numbers(case: Case, survey_id: str) -> tuple[int, ...]:
    """Return the numbers that more than one question of a survey bears."""
    own = [each.number for each in case.questions if each.survey == survey_id and each.number is not None]
    return tuple(sorted(number for number, times in Counter(own).items() if times > 1))


def lacks(case: Case, survey_id: str) -> tuple[str, ...]:
    """Return what keeps the questions from being printed, in words; empty when nothing does."""
    asked = questions_in_order(case, survey_id)
    if not asked:
        return ("还没有题目",)
    found = [f"第 {number} 题有两道" for number in doubled_numbers(case, survey_id)]
    unnumbered = sum(each.number is None for each in asked)
    if unnumbered:
        found.append(f"{unnumbered} 道题没有题号")
    for place, question in enumerate(asked, start=1):
        name = f"第 {question.number if question.number is not None else place} 题"
        if not question.stem.strip():
            found.append(f"{name}没有题干")
        if question.kind is None:
            found.append(f"{name}没有选题型")
        elif question.kind in WITH_OPTIONS and len(question.options) < 2:
            found.append(f"{name}的选项不到两个")
        if question.kind is QuestionKind.MATRIX and not question.rows:
            found.append(f"{name}是矩阵题，还没有写行")
        if len(set(question.options)) < len(question.options):
            found.append(f"{name}有两个一样的选项")
    by = Counter(each.asks_group for each in asked if each.asks_group is not None)
    found += [f"有 {times} 道题都问{group.label}" for group, times in by.items() if times > 1]
    return tuple(found)


def next_version(case: Case, survey: Survey) -> str:
    """Return the version a survey gets when it is frozen now: ``2026-1``, then ``2026-2``.

    A survey that was opened again and asks the same as before keeps the version it had.
    """
    if survey.version and survey.questions_digest == fingerprint(case, survey.id):
        return survey.version
    year = str(case.cycle.year or "1")
    used = [
        int(end)
        for each in case.surveys
        for start, _, end in [each.version.rpartition("-")]
        if start == year and end.isascii() and end.isdigit()
    ]
    return f"{year}-{max(used, default=0) + 1}"
