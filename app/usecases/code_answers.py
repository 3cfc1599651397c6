"""Code open answers to topics. The words stay in storage; the case, the journal and all files see only how many."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.answered_sheet import SAYS_NOTHING, AnsweredSheet
from app.domain.case import Case
from app.domain.data_import import ImportKind
from app.domain.survey import Question, QuestionKind, Survey
from app.errors import UsageError
from app.figures.keyed_sheets import standing_sheets
from app.figures.open_words import OpenAnswer, plain_words
from app.figures.sheet_tally import counted_sheets
from app.figures.survey_results import questions_of
from app.storage.library import Library
from app.usecases.tally_survey import recount_topics

ACTION = "开放题答案归到议题"
_SHEETS = (ImportKind.ONLINE_ANSWERS, ImportKind.PAPER_ANSWERS)


def open_questions(case: Case, survey: Survey) -> tuple[Question, ...]:
    """The open questions of a survey, none while no sheet of it can have come in."""
    if not any(each.kind in _SHEETS and each.survey == survey.id for each in case.data_imports):
        return ()
    return tuple(each for each in questions_of(case, survey) if each.kind is QuestionKind.OPEN)


def open_answers(library: Library, case_id: str, question_id: str) -> tuple[OpenAnswer, ...]:
    """Return what was written, in an order of chance that is another one each time.

    Raises:
        UsageError: there is no such open question.
    """
    case = library.read_case(case_id)
    question = case.find("questions", question_id)
    survey = case.find("surveys", question.survey) if question is not None else None
    if question is None or survey is None or question.kind is not QuestionKind.OPEN:
        raise _no_question()
    own = [each for each in case.questions if each.survey == survey.id]
    standing = standing_sheets(survey, own, library.sheets(case_id, survey.id))
    known = {each.id for each in case.topics} | {SAYS_NOTHING}
    found = [
        OpenAnswer(
            sheet.id, words, tuple(each for each in sheet.topics.get(question_id, ()) if each in known)
        )
        for sheet in counted_sheets(standing)
        if isinstance(words := sheet.answers.get(question_id), str) and words.strip()
    ]
    secrets.SystemRandom().shuffle(found)
    return tuple(found)


def code_answers(
    library: Library, case_id: str, question_id: str, coded: Mapping[str, tuple[str, ...]], *, actor: str
) -> dict[str, tuple[str, ...]]:
    """Write to which topics sheets were coded (sheet id → topic ids, or the mark that an answer says nothing).

    The numbers of the topics are counted anew in the same step. Returns what stood before for each sheet that
    changed: coding that again takes the step back. The window's undo passes over it, since the sheets are not in
    the journal.

    Raises:
        UsageError: there is no such open question or topic.
    """
    case = library.read_case(case_id)
    question = case.find("questions", question_id)
    if question is None or question.kind is not QuestionKind.OPEN:
        raise _no_question()
    topics = {each.id for each in case.topics} | {SAYS_NOTHING}
    if any(topic not in topics for chosen in coded.values() for topic in chosen):
        raise UsageError("没有这个议题。", "答卷没有变。", "先在议题采纳里添加议题，再归。", code="Q-202")
    wanted = {sheet: tuple(dict.fromkeys(chosen)) for sheet, chosen in coded.items()}
    with library.write(actor, undoable=False) as work:
        before = work.code_sheets(case_id, question.survey, question_id, wanted, action=ACTION)
        if before:
            recount_topics(work, case_id, question.survey, action=ACTION)
            work.commit()
    return before


def carried_over(
    earlier: Iterable[AnsweredSheet], sheets: Sequence[AnsweredSheet]
) -> tuple[AnsweredSheet, ...]:
    """The sheets of a later download, coded as the same words were in the earlier one it takes the place of."""
    known = {
        (question, plain_words(words)): topics
        for sheet in earlier
        for question, topics in sheet.topics.items()
        if isinstance(words := sheet.answers.get(question), str)
    }
    if not known:
        return tuple(sheets)
    return tuple(
        replace(
            sheet,
            topics={
                question: known[question, plain_words(words)]
                for question, words in sheet.answers.items()
                if isinstance(words, str) and (question, plain_words(words)) in known
            },
        )
        for sheet in sheets
    )


def _no_question() -> UsageError:
    return UsageError(
        "没有这道开放题。", "答卷没有变。", "在设计问卷里看看这题的题型是不是开放。", code="Q-201"
    )
