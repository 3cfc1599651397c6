"""A question that sheets answer stays as it is, whatever the way: sheets keep the places of options, not their words.

Used by storage before each commit, so fields, undo and redo all end here (S-207), and by the window before it shows a
change.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from app.domain.questionnaire import asks_the_same
from app.domain.survey import Question, Survey
from app.errors import UserError

COLLECTIONS = ("surveys", "questions", "data_imports")
CODE = "S-207"


@dataclass(frozen=True, slots=True)
class Answered:
    """What is asked in a case, and the ids of the surveys of which sheets stand."""

    surveys: tuple[Survey, ...] = ()
    questions: tuple[Question, ...] = ()
    with_sheets: AbstractSet[str] = frozenset()


def means_the_same(old: Question, new: Question | None) -> bool:
    """Whether answers to ``old`` still say what they said; ``None``: the question is gone."""
    return new is not None and all(
        getattr(old, name) == getattr(new, name) for name in ("survey", "kind", "stem", "options", "rows")
    )


def refusal_of(before: Answered, after: Answered, *, taking_back: bool) -> UserError | None:
    """Why the step from ``before`` to ``after`` may not be; ``None`` if it may.

    Only surveys with sheets on both sides are looked at: a step that takes its sheets along is no danger.
    """
    surveys = {each.id: each for each in after.surveys}
    now = {each.id: each for each in after.questions}
    for survey in before.surveys:
        if survey.id not in before.with_sheets & after.with_sheets:
            continue
        asked = [each for each in before.questions if each.survey == survey.id]
        held = surveys.get(survey.id)
        same = held is not None and all(means_the_same(each, now.get(each.id)) for each in asked)
        if same and held is not None and survey.frozen_on is not None:
            same = _marks(held) == _marks(survey) and _as_printed(asked, after, survey.id)
        if not same:
            return _refused(survey, taking_back=taking_back)
    return None


def _as_printed(asked: list[Question], after: Answered, survey_id: str) -> bool:
    now = {each.id: each for each in after.questions if each.survey == survey_id}
    return len(now) == len(asked) and all(
        asks_the_same(each, now[each.id]) for each in asked if each.id in now
    )


def _marks(survey: Survey) -> tuple[object, ...]:
    return survey.frozen_on, survey.version, survey.questions_digest


def _refused(survey: Survey, *, taking_back: bool) -> UserError:
    named = f"（版次 {survey.version}）" if survey.version else ""
    what = "这一步不能撤销或重做" if taking_back else "题目没有改"
    return UserError(
        f"{what}：这份问卷{named}已经收进答卷，题目一变，答卷就对不上了。",
        "题目和答卷都和原来一样。",
        "要改题目，点“另起一版”，在新的一版里改。",
        code=CODE,
    )
