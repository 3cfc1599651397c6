"""Type in paper questionnaires one by one, settle what two keyings disagree on, and close the entry.

Each sheet is durable at once. The journal tells that one was typed, never what it says; changing one leaves a new
random id, so that nothing tells of the order either.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.printable import printable
from app.domain.survey import Survey
from app.errors import UserError
from app.figures.keyed_sheets import FIRST, SECOND, KeyedSheets, keyed_sheets, number_of
from app.figures.survey_results import questions_of
from app.storage.library import Library
from app.storage.unit_of_work import UnitOfWork
from app.usecases.record_fact import new_id
from app.usecases.tally_survey import is_tallied, retally

_NOTHING_LOST = "已经录的答卷都在。"


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing the entry wrote; ``replaced`` tells in words which numbers stood there before."""

    sheets: KeyedSheets
    replaced: tuple[str, ...] = ()


def paper_sheets(library: Library, case_id: str, survey_id: str) -> tuple[AnsweredSheet, ...]:
    """Return the sheets that were typed from paper."""
    typed = library.sheets(
        case_id, survey_id, (ImportKind.PAPER_ANSWERS,)
    )  # thousands may have come in online
    return tuple(sheet for sheet in typed if sheet.number)


def sort_out(library: Library, case_id: str, survey_id: str) -> KeyedSheets:
    """Return which sheets stand and what is open."""
    case = library.read_case(case_id)
    survey = _survey(case, survey_id)
    return keyed_sheets(survey, questions_of(case, survey), paper_sheets(library, case_id, survey_id))


def enter_sheet(
    library: Library,
    case_id: str,
    survey_id: str,
    *,
    number: str,
    answers: Mapping[str, Answer],
    others: Mapping[str, str] | None = None,
    keyed: int = FIRST,
    invalid: str = "",
    actor: str,
) -> AnsweredSheet:
    """Store one sheet and return it; a second one with the same number is stored as well and listed as such.

    Raises:
        UserError: the number is none, or the entry is closed.
    """
    case = library.read_case(case_id)
    survey = _open_survey(case, survey_id)
    batch = _batch_of(case, survey_id)
    made = AnsweredSheet(
        id=_random_id(),
        batch=batch.id if batch is not None else new_id(case, "data_imports"),
        survey=survey.id,
        number=_number(number),
        keyed=keyed,
        answers={name: _clean(answer) for name, answer in answers.items()},
        others={name: printable(words).strip() for name, words in (others or {}).items() if words.strip()},
        invalid=printable(invalid).strip(),
    )
    # Not to be undone: undoing the first sheet would take away all that were typed after it.
    with library.write(actor, undoable=batch is not None) as work:
        if batch is None:
            held = DataImport(id=made.batch, kind=ImportKind.PAPER_ANSWERS, survey=survey_id)
            work.put(case_id, "data_imports", held, action="录入答卷")
        work.put_sheets(case_id, (made,), action="录入答卷")
        work.commit()
    return made


def change_sheet(
    library: Library, case_id: str, before: AnsweredSheet, after: AnsweredSheet, *, actor: str
) -> AnsweredSheet:
    """Put ``after`` in the place of ``before`` and return it as it was stored.

    Raises:
        UserError: it is not there any more, its number is none, or the entry is closed.
    """
    _open_survey(library.read_case(case_id), before.survey)
    made = replace(
        after,
        id=_random_id(),
        batch=before.batch,
        survey=before.survey,
        number=_number(after.number),
        answers={name: _clean(answer) for name, answer in after.answers.items()},
        others={name: printable(words).strip() for name, words in after.others.items() if words.strip()},
        invalid=printable(after.invalid).strip(),
    )
    with library.write(actor) as work:
        _remove(work, case_id, before, action="改答卷")
        work.put_sheets(case_id, (made,), action="改答卷")
        work.commit()
    return made


def mark_spoilt(
    library: Library, case_id: str, sheet: AnsweredSheet, reason: str, *, actor: str
) -> AnsweredSheet:
    """Let a sheet not count, with the reason; an empty reason lets it count again."""
    return change_sheet(library, case_id, sheet, replace(sheet, invalid=reason), actor=actor)


def remove_sheet(library: Library, case_id: str, sheet: AnsweredSheet, *, actor: str) -> None:
    """Take a sheet out that was typed by mistake.

    Raises:
        UserError: it is not there any more, or the entry is closed.
    """
    _open_survey(library.read_case(case_id), sheet.survey)
    with library.write(actor) as work:
        _remove(work, case_id, sheet, action="移除答卷")
        work.commit()


@dataclass(frozen=True, slots=True)
class Decision:
    """What counts where two keyings differ: that of keying ``use`` (1, 2), or for 0 another one, as given here."""

    use: int
    answer: Answer | None = None
    beside: str = ""


def resolve_conflict(
    library: Library,
    case_id: str,
    survey_id: str,
    number: str,
    question_id: str,
    decision: Decision,
    *,
    actor: str,
) -> KeyedSheets:
    """Write what the paper says into both keyings of a sheet, and return what is open then.

    ``question_id`` is empty for whether the sheet is spoilt.

    Raises:
        UserError: there are not two keyings any more, or the entry is closed.
    """
    case = library.read_case(case_id)
    _open_survey(case, survey_id)
    found = [each for each in paper_sheets(library, case_id, survey_id) if each.number == number]
    both = sorted(found, key=lambda each: each.keyed)
    if [each.keyed for each in both] != [FIRST, SECOND]:
        raise UserError(
            f"{number} 号答卷现在没有两遍可以核对。",
            _NOTHING_LOST,
            "回到核对单，看看它还在不在。",
            code="K-104",
        )
    settled = [_settled(each, both, question_id, decision) for each in both]
    with library.write(actor) as work:
        for before in both:
            _remove(work, case_id, before, action="核对答卷")
        work.put_sheets(case_id, settled, action="核对答卷")
        work.commit()
    return sort_out(library, case_id, survey_id)


def close_entry(library: Library, case_id: str, survey_id: str, *, on: date, actor: str) -> Closed:
    """Declare the paper entry over: sheets and answers are counted into the case, as one step that can be undone.

    Raises:
        UserError: something is open; it is listed. Nothing was typed yet, or the entry is closed already.
    """
    case = library.read_case(case_id)
    survey = _open_survey(case, survey_id)
    batch = _batch_of(case, survey_id)
    sorted_out = sort_out(library, case_id, survey_id)
    if sorted_out.open:
        raise UserError(
            f"录入还不能结束：{'；'.join(sorted_out.open)}。",
            _NOTHING_LOST,
            "在“逐份录入”里逐条核对、补录，再结束录入。",
            code="K-102",
        )
    if batch is None or not sum(sorted_out.typed):
        raise UserError(
            "还没有录过答卷，不能结束录入。",
            "案卷没有变。",
            "先录答卷；只有各题合计的，在“各题人数”里写。",
            code="K-103",
        )
    with library.write(actor) as work:
        work.put(case_id, "surveys", survey.replace(entry_closed_on=on), action="结束录入")
        kept = batch.replace(taken_on=on, rows=sum(sorted_out.typed), kept=len(sorted_out.standing))
        work.put(case_id, "data_imports", kept, action="结束录入")
        retally(work, case_id, survey_id, action="结束录入")
        counted = work.read_case(case_id)
        work.commit()
    by_hand = counted_by_hand(case, survey_id) - counted_by_hand(counted, survey_id)
    return Closed(sorted_out, _replaced(survey, _survey(counted, survey_id), by_hand))


def reopen_entry(library: Library, case_id: str, survey_id: str, *, actor: str) -> None:
    """Go on typing after the entry was closed; what was counted stays until it is closed again."""
    survey = _survey(library.read_case(case_id), survey_id)
    with library.write(actor) as work:
        work.put(case_id, "surveys", survey.replace(entry_closed_on=None), action="重新打开录入")
        work.commit()


def counted_by_hand(case: Case, survey_id: str) -> int:
    """Return how many questions have numbers somebody typed as totals, which counting the sheets would replace."""
    own = {each.id for each in case.questions if each.survey == survey_id}
    return len(
        {
            each.question
            for each in case.answer_counts
            if each.question in own and each.numbers and not is_tallied(each)
        }
    )


def tally_entry(library: Library, case_id: str, survey_id: str, *, actor: str) -> None:
    """Count the answers typed so far into the case, so that 结果 shows them.

    While the entry goes on, 收回 is not lowered: somebody may have counted the whole stack before typing it.
    """
    before = _survey(library.read_case(case_id), survey_id)
    with library.write(actor) as work:
        retally(work, case_id, survey_id, action="汇总答卷")
        after = _survey(work.read_case(case_id), survey_id)
        if (before.returned_paper or 0) > (after.returned_paper or 0):
            kept = after.replace(returned_paper=before.returned_paper, returned=before.returned)
            work.put(case_id, "surveys", kept, action="汇总答卷")
        work.commit()


def _replaced(before: Survey, after: Survey, by_hand: int) -> tuple[str, ...]:
    names = {
        "returned_paper": "纸质收回",
        "valid_paper": "纸质有效",
        "returned": "收回合计",
        "valid": "有效合计",
    }
    found = [
        f"{name}原来写的是 {old} 份，现在是 {getattr(after, fact)} 份"
        for fact, name in names.items()
        if (old := getattr(before, fact)) is not None and old != getattr(after, fact)
    ]
    if by_hand:
        found.append(f"{by_hand} 道题原来写的合计换成了录出来的人数")
    return tuple(found)


def _settled(
    sheet: AnsweredSheet, both: list[AnsweredSheet], question_id: str, decision: Decision
) -> AnsweredSheet:
    right = both[decision.use - 1] if decision.use else None
    made = replace(sheet, id=_random_id())
    if not question_id:
        return replace(made, invalid=right.invalid if right is not None else printable(decision.beside))
    answers, others = dict(sheet.answers), dict(sheet.others)
    answer = right.answers.get(question_id) if right is not None else decision.answer
    beside = right.others.get(question_id, "") if right is not None else decision.beside
    for held, value in ((answers, answer), (others, beside or None)):
        held.pop(question_id, None)
        if value is not None:
            held[question_id] = _clean(value)  # type: ignore[assignment]
    return replace(made, answers=answers, others=others)


def _remove(work: UnitOfWork, case_id: str, sheet: AnsweredSheet, *, action: str) -> None:
    try:
        work.remove_sheet(case_id, sheet.batch, sheet.id, action=action)
    except KeyError as error:
        raise UserError(
            f"{sheet.number} 号答卷已经改过或移走了。", _NOTHING_LOST, "再打开这个编号看一看。", code="K-105"
        ) from error


def _survey(case: Case, survey_id: str) -> Survey:
    survey = case.find("surveys", survey_id)
    if not isinstance(survey, Survey):
        raise KeyError(survey_id)
    return survey


def _open_survey(case: Case, survey_id: str) -> Survey:
    survey = _survey(case, survey_id)
    if survey.entry_closed_on is not None:
        raise UserError(
            "这次调查的录入已经结束。",
            _NOTHING_LOST,
            "要接着录，先点“重新打开录入”。",
            code="K-101",
        )
    return survey


def _batch_of(case: Case, survey_id: str) -> DataImport | None:
    return next(
        (
            each
            for each in case.data_imports
            if each.kind is ImportKind.PAPER_ANSWERS and each.survey == survey_id
        ),
        None,
    )


def _number(typed: str) -> str:
    number = number_of(typed)
    if not number:
        raise UserError("答卷编号要写数字。", _NOTHING_LOST, "照问卷上印的编号打，例如 0012。", code="K-106")
    return number


def _random_id() -> str:
    return secrets.token_hex(8)


def _clean(answer: Answer) -> Answer:
    return printable(answer).strip() if isinstance(answer, str) else answer
