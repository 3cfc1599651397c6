"""Code open answers to topics. The words stay in storage; the case, the journal and all files see only how many."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.survey import QuestionKind
from app.errors import UsageError
from app.figures.sheet_tally import counted_sheets
from app.storage.library import Library
from app.usecases.tally_survey import retally

ACTION = "开放题答案归到议题"


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """What one sheet says to an open question, and the topics it was coded to. For the screen only."""

    sheet: str
    words: str
    topics: tuple[str, ...]


def open_answers(library: Library, case_id: str, question_id: str) -> tuple[OpenAnswer, ...]:
    """Return what was written, in an order of chance that is another one each time.

    Raises:
        UsageError: there is no such open question.
    """
    question = library.read_case(case_id).find("questions", question_id)
    if question is None or question.kind is not QuestionKind.OPEN:
        raise _no_question()
    found = [
        OpenAnswer(sheet.id, words, sheet.topics.get(question_id, ()))
        for sheet in counted_sheets(library.sheets(case_id, question.survey))
        if isinstance(words := sheet.answers.get(question_id), str) and words.strip()
    ]
    secrets.SystemRandom().shuffle(found)
    return tuple(found)


def code_answers(
    library: Library, case_id: str, question_id: str, coded: Mapping[str, tuple[str, ...]], *, actor: str
) -> int:
    """Write to which topics sheets were coded (sheet id → topic ids), count anew, and return how many changed.

    It is no step that can be undone: the sheets are not in the journal. Coding again puts it right.

    Raises:
        UsageError: there is no such open question or topic.
    """
    case = library.read_case(case_id)
    question = case.find("questions", question_id)
    if question is None or question.kind is not QuestionKind.OPEN:
        raise _no_question()
    topics = {each.id for each in case.topics}
    if any(topic not in topics for chosen in coded.values() for topic in chosen):
        raise UsageError("没有这个议题。", "答卷没有变。", "先在议题采纳里添加议题，再归。", code="Q-202")
    changed = 0
    with library.write(actor, undoable=False) as work:
        for sheet in work.sheets(case_id, question.survey):
            if sheet.id not in coded:
                continue
            chosen = tuple(dict.fromkeys(coded[sheet.id]))
            if sheet.topics.get(question_id, ()) == chosen:
                continue
            held = {**sheet.topics, question_id: chosen}
            work.remove_sheet(case_id, sheet.batch, sheet.id, action=ACTION)
            new = dataclasses.replace(sheet, topics={key: ids for key, ids in held.items() if ids})
            work.put_sheets(case_id, (new,), action=ACTION)
            changed += 1
        if changed:
            retally(work, case_id, question.survey, action=ACTION)
            work.commit()
    return changed


def _no_question() -> UsageError:
    return UsageError(
        "没有这道开放题。", "答卷没有变。", "在设计问卷里看看这题的题型是不是开放。", code="Q-201"
    )
