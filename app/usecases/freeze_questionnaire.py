"""定稿, 解除定稿, 另起一版: the life of a questionnaire from its questions to the sheets that are handed out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.case import Case
from app.domain.questionnaire import (
    fingerprint,
    has_answers,
    is_frozen,
    lacks,
    may_reopen,
    next_version,
    questions_in_order,
)
from app.domain.survey import Survey
from app.errors import UserError
from app.storage.library import Library
from app.usecases.frozen_questions import refuse_if_frozen
from app.usecases.record_fact import new_id

_KEPT = (
    "title_text", "way", "channel", "named", "audience", "situation", "target_staff", "target_others",
    "double_keyed",
)  # fmt: skip
"""What a new version takes over from the one before; dates, counts and marks are its own."""


def freeze_questionnaire(library: Library, case_id: str, survey_id: str, *, on: date, actor: str) -> Survey:
    """Freeze the questions of a survey as they are and give them their version; nothing if they are frozen.

    Raises:
        UserError: S-202 the survey is gone, S-203 something keeps the questions from being printed.
    """
    case = library.read_case(case_id)
    survey = _survey(case, survey_id)
    if is_frozen(survey):
        return survey
    missing = lacks(case, survey_id)
    if missing:
        more = f"等 {len(missing)} 处" if len(missing) > 3 else ""
        raise UserError(
            f"问卷还不能定稿：{'；'.join(missing[:3])}{more}。",
            "题目都在，没有变。",
            "改好这些地方，再点“定稿”。",
            code="S-203",
        )
    frozen = survey.replace(
        frozen_on=on,
        version=next_version(case, survey),
        questions_digest=fingerprint(case, survey_id),
    )
    with library.write(actor) as unit:
        unit.put(case_id, "surveys", frozen, action=f"问卷定稿：版次 {frozen.version}")
        unit.commit()
    return frozen


def reopen_questionnaire(library: Library, case_id: str, survey_id: str, *, actor: str) -> Survey:
    """Let the questions of a survey be changed again while no sheet was printed or taken in.

    The version stays written down: questions that change get the next one. Printed sheets stay what they are: their
    numbers belong to the version they bear.

    Raises:
        UserError: S-202 the survey is gone, S-204 sheets were taken in already, S-208 sheets were printed.
    """
    case = library.read_case(case_id)
    survey = _survey(case, survey_id)
    if not is_frozen(survey):
        return survey
    if has_answers(case, survey_id):
        raise UserError(
            "已经录入了答卷，这份问卷不能解除定稿。",
            "问卷和答卷都没有变。",
            "要改题目，请点“另起一版”，在新的一版里改。",
            code="S-204",
        )
    if not may_reopen(case, survey):
        raise UserError(
            f"这一版已经印了 {survey.sheets_printed} 份，不能解除定稿。",
            "问卷没有变，印好的照样能用。",
            "要改题目，请点“另起一版”，新的一版从第 1 号重新印；印好的旧版收起来，不要混着发。",
            code="S-208",
        )
    opened = survey.replace(frozen_on=None)
    with library.write(actor) as unit:
        unit.put(case_id, "surveys", opened, action="解除问卷定稿")
        unit.commit()
    return opened


def new_questionnaire_version(library: Library, case_id: str, survey_id: str, *, actor: str) -> Survey:
    """Copy a survey and its questions as a new survey that is not frozen; the old one stays with its answers.

    Raises:
        UserError: S-202 the survey is gone.
    """
    case = library.read_case(case_id)
    survey = _survey(case, survey_id)
    made = Survey(id=new_id(case, "surveys")).replace(**{name: getattr(survey, name) for name in _KEPT})
    asked = questions_in_order(case, survey_id)
    with library.write(actor) as unit:
        unit.put(case_id, "surveys", made, action=f"另起一版问卷：{len(asked)} 题")
        grown = case.with_record("surveys", made)
        for question in asked:
            copy = question.replace(id=new_id(grown, "questions"), survey=made.id, asked_count=None)
            grown = grown.with_record("questions", copy)
            unit.put(case_id, "questions", copy, action="另起一版问卷：题目")
        unit.commit()
    return made


def arrange_questions(
    library: Library, case_id: str, survey_id: str, order: Iterable[str], *, actor: str
) -> None:
    """Number the questions of a survey 1, 2, 3 … in ``order`` (ids); those left out follow in their old order.

    Raises:
        UserError: S-202 the survey is gone, S-201 it is frozen.
    """
    case = library.read_case(case_id)
    _survey(case, survey_id)
    wanted = list(order)
    asked = sorted(
        questions_in_order(case, survey_id),
        key=lambda each: wanted.index(each.id) if each.id in wanted else len(wanted),
    )
    changed = [
        (each, each.replace(number=place))
        for place, each in enumerate(asked, start=1)
        if each.number != place
    ]
    if not changed:
        return
    for old, new in changed:
        refuse_if_frozen(case, "questions", old, new)
    with library.write(actor) as unit:
        for _, new in changed:
            unit.put(case_id, "questions", new, action="排题号")
        unit.commit()


def _survey(case: Case, survey_id: str) -> Survey:
    found: Survey | None = case.find("surveys", survey_id)
    if found is None:
        raise UserError("没有找到这次调查。", "案卷没有变。", "回到“设计问卷”再试一次。", code="S-202")
    return found
