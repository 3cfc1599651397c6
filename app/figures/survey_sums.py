"""Do the numbers typed for a question add up? Said in words while they are being typed; it never stops anybody."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.figures.survey_results import answers_of

_TOTALS = ("issued", "returned", "valid")


def open_totals(survey: Survey) -> dict[str, int]:
    """The totals nobody wrote although both parts are there: fact → online and paper added up, in sheets.

    A total is a fact of its own, taken from the original; it is offered here, never written by itself.
    """
    found = {}
    for fact in _TOTALS:
        online, paper = getattr(survey, f"{fact}_online"), getattr(survey, f"{fact}_paper")
        if getattr(survey, fact) is None and online is not None and paper is not None:
            found[fact] = online + paper
    return found


@dataclass(frozen=True, slots=True)
class SumCheck:
    """``fits``: ``None`` while there is nothing to compare with."""

    fits: bool | None
    words: str


def base_of(case: Case, question: Question) -> int | None:
    """How many sheets a question can have: those who were asked, else the valid ones."""
    survey = case.find("surveys", question.survey)
    return question.asked_count or (survey.valid if survey is not None else None)


def sum_check(case: Case, question: Question) -> SumCheck:
    """Compare the numbers of a question with its sheets, and its groups with the whole."""
    whole = answers_of(case, question)
    if not any(each.numbers for each in whole):
        return SumCheck(None, "这题的数字还没录")
    base = base_of(case, question)
    if base is None:
        return SumCheck(None, "有效份数还没写，写上以后这里会核对")
    if question.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
        most = max(number for each in whole for number in each.numbers)
        if most > base:
            return SumCheck(False, f"有一项 {most} 人，比答卷 {base} 份还多")
        return _groups(case, question, f"可多选，不用加起来；最多的一项 {most} 人，不超过 {base} 份")
    if question.kind is QuestionKind.OPEN:
        written = sum(sum(each.numbers) for each in whole)
        return SumCheck(written <= base, f"{written} 份写了内容，答卷共 {base} 份")
    for each in whole:
        found = _compare(each, base)
        if found is not None:
            return found
    rows = "每行" if question.kind is QuestionKind.MATRIX else ""
    return _groups(case, question, f"{rows}合计 {base} 份，和答卷份数一致")


def _compare(answers: AnswerCount, base: int) -> SumCheck | None:
    total = sum(answers.numbers)
    where = f"“{answers.group}”" if answers.group else ""
    if total > base:
        return SumCheck(False, f"{where}合计 {total} 份，比答卷 {base} 份多 {total - base} 份，请对一下")
    if total < base:
        return SumCheck(
            None, f"{where}合计 {total} 份，比答卷 {base} 份少 {base - total} 份；这题没答的不用补"
        )
    return None


def _groups(case: Case, question: Question, fine: str) -> SumCheck:
    """The groups of one way of grouping cannot be more than the whole."""
    whole = next((each for each in answers_of(case, question) if not each.group), None)
    ways = {each.group_question for each in case.answer_counts if each.question == question.id}
    for way in sorted(way for way in ways if way):
        groups = [
            each.numbers
            for each in case.answer_counts
            if each.question == question.id and each.group_question == way
        ]
        for at, option in enumerate(question.options):
            total = sum(numbers[at] for numbers in groups if at < len(numbers))
            if whole is not None and at < len(whole.numbers) and total > whole.numbers[at]:
                return SumCheck(
                    False, f"“{option}”各组加起来 {total} 人，比全体 {whole.numbers[at]} 人多，请对一下"
                )
    return SumCheck(True, fine)


def entered(case: Case, question: Question) -> bool:
    """Whether the numbers of a question are written down."""
    return any(each.numbers for each in answers_of(case, question))
