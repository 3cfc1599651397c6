"""Count a survey's answered sheets anew and write the counts into its case, inside the step that changed the sheets.

So the counts everybody sees (rules, papers, packages) always agree with the sheets, and one undo takes back both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from app.domain.answered_sheet import AnsweredSheet
from app.domain.case import Case
from app.domain.data_import import ImportKind
from app.domain.survey import AnswerCount, Question, Survey
from app.figures.keyed_sheets import standing_sheets
from app.figures.sheet_tally import counted_sheets, group_questions, tally
from app.storage.unit_of_work import UnitOfWork

ACTION = "按答卷重新统计"


def retally(
    work: UnitOfWork,
    case_id: str,
    survey_id: str,
    *,
    known: Sequence[AnsweredSheet] = (),
    action: str = ACTION,
) -> tuple[AnswerCount, ...]:
    """Count all sheets of a survey that stand inside ``work`` and put the counts in place of the earlier ones.

    Counts of all answers, cross tables by department, kind of post, employment and sex, the numbers of sheets
    returned and valid, and the number asked of questions not put to all are brought to what the sheets say. Counts
    typed by hand stay for questions that no sheet answers; those this function once wrote go.

    ``known`` are sheets of one import that were just put by ``work``: they need not be read again.
    Returns the counts as they are now. Commit is the caller's.

    Raises:
        KeyError: there is no such case.
    """
    case = work.read_case(case_id)
    survey = case.find("surveys", survey_id)
    if survey is None:
        return ()
    batch = known[0].batch if known else ""
    questions = [each for each in case.questions if each.survey == survey_id]
    typed = [*work.sheets(case_id, survey_id, without=batch), *known]
    sheets = standing_sheets(survey, questions, typed)
    topics = {each.id: each.name for each in case.topics}
    counts = tally(questions, sheets, by=group_questions(questions), topics=topics)
    answered = set[str]().union(*(sheet.answers for sheet in typed))
    _replace_counts(work, case_id, case, questions, counts, answered=answered, action=action)
    changed = _with_sheets(case, survey, sheets)
    if changed != survey:
        work.put(case_id, "surveys", changed, action=action)
    good = counted_sheets(sheets)
    for question in questions:
        if question.asked_of and good:
            asked = sum(question.id in sheet.answers for sheet in good)
            if asked != question.asked_count:
                work.put(case_id, "questions", question.replace(asked_count=asked), action=action)
    return counts


def is_tallied(held: AnswerCount) -> bool:
    """Whether counts were written by :func:`retally`, not typed by hand."""
    return held.id.startswith(f"answers-{held.question}")


def _replace_counts(
    work: UnitOfWork,
    case_id: str,
    case: Case,
    questions: Iterable[Question],
    counts: Sequence[AnswerCount],
    *,
    answered: AbstractSet[str],
    action: str,
) -> None:
    """Counts typed by hand stay for questions no sheet answers (asked in another way)."""
    own = {each.id for each in questions}
    typed = {each.question for each in case.answer_counts if not is_tallied(each)} - answered
    wanted = [each for each in counts if each.question not in typed]
    stay = {each.id for each in wanted}
    before = {each.id: each for each in case.answer_counts}
    for held in case.answer_counts:
        replaced = is_tallied(held) or held.question in answered
        if held.question in own and held.id not in stay and replaced:
            work.remove(case_id, "answer_counts", held.id, action=action)
    for each in wanted:
        if each.id in before and before[each.id] != each:
            work.put(case_id, "answer_counts", each, action=action)
    new = [each for each in wanted if each.id not in before]
    work.add_all(case_id, "answer_counts", new, action=action)


def _with_sheets(case: Case, survey: Survey, sheets: Sequence[AnsweredSheet]) -> Survey:
    """The survey with its sheets returned and valid; a way in which none came in keeps what was typed."""
    ways = {
        each.id: "online" if each.kind is ImportKind.ONLINE_ANSWERS else "paper"
        for each in case.data_imports
        if each.survey == survey.id and each.kind in (ImportKind.ONLINE_ANSWERS, ImportKind.PAPER_ANSWERS)
    }
    numbers: dict[str, int] = {}
    for way in sorted(set(ways.values())):
        own = [sheet for sheet in sheets if ways.get(sheet.batch) == way]
        numbers[f"returned_{way}"] = len({sheet.number or sheet.id for sheet in own})
        numbers[f"valid_{way}"] = len(counted_sheets(own))
    for whole in ("returned", "valid"):
        parts = [
            numbers.get(f"{whole}_{way}", getattr(survey, f"{whole}_{way}")) for way in ("online", "paper")
        ]
        if numbers:
            numbers[whole] = sum(part for part in parts if part is not None)
    return survey.replace(**numbers) if numbers else survey
