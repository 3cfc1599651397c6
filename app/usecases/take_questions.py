"""Take the ticked questions of the bank into a survey, numbered in the order of the sheet."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.questionnaire import questions_in_order
from app.domain.survey import Audience, Question, Situation, Survey
from app.figures.question_bank import in_bank_order, load_bank, names_offered, question_facts
from app.storage.library import Library
from app.usecases.frozen_questions import refuse_if_frozen
from app.usecases.record_fact import new_id

_DEFAULT_TITLE = {Audience.STAFF: "职工意愿调查", Audience.MANAGERS: "意愿调查（管理人员）"}


def take_questions(
    library: Library,
    case_id: str,
    survey_id: str,
    keys: Iterable[str],
    *,
    audience: Audience,
    situation: Situation,
    four_levels: bool = False,
    actor: str,
) -> int:
    """Put questions of the bank into a survey (made when ``survey_id`` is empty) and return how many were new.

    One transaction: undo takes the whole lot out again.

    Raises:
        UserError: S-201, the questionnaire is frozen.
    """
    bank, wanted = load_bank(), set(keys)
    case = library.read_case(case_id)
    survey: Survey = case.find("surveys", survey_id) or Survey(id=new_id(case, "surveys"))
    told = survey.replace(
        title_text=survey.title_text or _DEFAULT_TITLE[audience],
        named=survey.named if survey.named is not None else False,
        audience=audience,
        situation=situation,
    )
    grown = case.with_record("surveys", told)
    there = {each.bank_key for each in questions_in_order(case, survey.id)}
    new = [each for each in bank.questions if each.key in wanted and each.key not in there]
    for each in new:
        facts = question_facts(bank, case, each, four_levels=four_levels)
        made = Question(id=new_id(grown, "questions")).replace(survey=survey.id, **facts)
        refuse_if_frozen(case, "questions", None, made)
        grown = grown.with_record("questions", made)
    if not new:
        return 0
    before = {each.id: each for each in case.questions}
    ordered = in_bank_order(bank, questions_in_order(grown, survey.id))
    with library.write(actor) as unit:
        if case.find("surveys", survey.id) != told:
            unit.put(case_id, "surveys", told, action=f"从题库加入 {len(new)} 题")
        for number, question in enumerate(ordered, start=1):
            numbered = question.replace(number=number)
            if before.get(question.id) != numbered:
                unit.put(case_id, "questions", numbered, action=f"从题库加入 {len(new)} 题")
        unit.commit()
    return len(new)


def take_roster_names(library: Library, case_id: str, survey_id: str, *, actor: str) -> int:
    """Give the questions that ask for departments or posts the roster's names; return how many changed.

    One transaction. Nothing happens where the questionnaire may not change or says it already.
    """
    case = library.read_case(case_id)
    survey: Survey | None = case.find("surveys", survey_id)
    offered = names_offered(case, survey) if survey is not None else ()
    if not offered:
        return 0
    with library.write(actor) as unit:
        for each in offered:
            changed = each.question.replace(options=each.options)
            refuse_if_frozen(case, "questions", each.question, changed)
            unit.put(case_id, "questions", changed, action="按花名册写选项")
        unit.commit()
    return len(offered)
