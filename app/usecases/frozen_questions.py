"""What is printed or published does not change any more: the one rule everything asks that records a fact."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.data_import import ImportKind
from app.domain.facts import Record
from app.domain.questionnaire import asks_the_same, has_answers, is_frozen, may_reopen
from app.domain.survey import Question, Survey
from app.errors import UserError
from app.figures.answered_questions import means_the_same

FROZEN = "S-201"


def refuse_if_frozen(case: Case, collection: str, old: Record | None, new: Record | None) -> None:
    """Refuse to change, add or remove a question of a frozen survey, and to alter its marks by hand.

    Of one that was never frozen, what sheets answer stays: kind, words, options and rows.

    Args:
        case: the case before the change.
        collection: where the record belongs.
        old: the record as it is, ``None`` when it is added.
        new: the record as it would be, ``None`` when it is removed.

    Raises:
        UserError: S-201.
    """
    if collection == "questions":
        if isinstance(old, Question) and isinstance(new, Question) and asks_the_same(old, new):
            return
        ids = {each.survey for each in (old, new) if isinstance(each, Question)}
        frozen = next((each for each in case.surveys if each.id in ids and is_frozen(each)), None)
        if frozen is not None:
            raise _refused(case, frozen)
        if isinstance(old, Question) and not means_the_same(old, new if isinstance(new, Question) else None):
            answered = next(
                (each for each in case.surveys if each.id in ids and _has_sheets(case, each)), None
            )
            if answered is not None:
                raise _refused(case, answered)
    elif (
        isinstance(old, Survey) and isinstance(new, Survey) and is_frozen(old) and _marks(old) != _marks(new)
    ):
        raise _refused(case, old)


def _has_sheets(case: Case, survey: Survey) -> bool:
    kinds = (ImportKind.ONLINE_ANSWERS, ImportKind.PAPER_ANSWERS)
    return any(each.survey == survey.id and each.kind in kinds for each in case.data_imports)


def _marks(survey: Survey) -> tuple[object, ...]:
    return survey.frozen_on, survey.version, survey.questions_digest


def _refused(case: Case, survey: Survey) -> UserError:
    way = "要改就点“另起一版”，在新的一版里改。"
    if may_reopen(case, survey):
        way = "还没有印过，也没有录入答卷：点“解除定稿”再改，改完重新定稿；或者点“另起一版”。"
    elif has_answers(case, survey.id):
        way = f"答卷已经录入，题目不能再改。{way}"
    else:
        way = f"已经印了 {survey.sheets_printed} 份，题目不能再改。{way}"
    named = f"（版次 {survey.version}）" if survey.version else ""
    why = "已经定稿" if is_frozen(survey) else "已经收进答卷"
    return UserError(f"这份问卷{named}{why}，题目没有改。", "问卷和答卷都和原来一样。", way, code=FROZEN)
