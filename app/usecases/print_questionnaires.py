"""Numbered copies of a frozen questionnaire in one PDF, and its questions as text for 问卷星."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from app.documents.letters.questionnaire import question_paper
from app.documents.pdf import render_copies
from app.documents.question_paper import pasted_questions
from app.documents.question_pdf import number_words
from app.domain.case import Case
from app.domain.questionnaire import changed_since_frozen, is_frozen, lacks
from app.domain.survey import Survey
from app.errors import UserError
from app.progress import Progress
from app.storage.library import Library
from app.usecases.make_document import build_document
from app.usecases.program import Program
from app.usecases.whole_file import write_whole

MOST_COPIES = 5000
"""Copies in one file; a larger run is printed in several."""

_KIND = "questionnaire"


@dataclass(frozen=True, slots=True)
class PrintedRun:
    """What was written: the file, and the first and last number as printed."""

    file: Path
    first: str
    last: str
    copies: int


def print_copies(
    program: Program,
    library: Library,
    case_id: str,
    survey_id: str,
    copies: int,
    target: Path,
    *,
    both_sides: bool,
    actor: str,
    progress: Progress,
) -> PrintedRun:
    """Write ``copies`` sheets, numbered on from those printed before, and record how many there are now.

    The first page is a slip for whoever hands them out: numbers are never noted against names.

    Raises:
        UserError: S-202 the survey is gone, S-205 it is not frozen, or was changed since, S-206 too many or too few
            copies; a missing font, a file that cannot be written, a cancelled job. Then nothing is recorded.
    """
    case = library.read_case(case_id)
    survey = _frozen(case, survey_id)
    if not 1 <= copies <= MOST_COPIES:
        raise UserError(
            f"一次可以印 1 到 {MOST_COPIES} 份。", "没有写任何文件。", "改一下份数再印。", code="S-206"
        )
    start = (survey.sheets_printed or 0) + 1
    numbers = range(start, start + copies)
    first, last = (number_words(number, numbers[-1]) for number in (numbers[0], numbers[-1]))
    content = render_copies(
        build_document(program, library, case, _KIND, survey_id),
        numbers=numbers,
        even=both_sides,
        slip=_slip(survey, copies, first, last, both_sides=both_sides),
        progress=progress,
    )
    write_whole(target, content)
    try:
        with library.write(actor) as unit:
            printed = survey.replace(sheets_printed=numbers[-1])
            unit.put(case_id, "surveys", printed, action=f"印问卷 {copies} 份：编号 {first} 到 {last}")
            unit.commit()
    except BaseException:
        # Sheets whose numbers nobody knows of would be numbered a second time.
        with contextlib.suppress(OSError):
            target.unlink(missing_ok=True)
        raise
    return PrintedRun(target, first, last, copies)


def question_text(case: Case, survey_id: str) -> str:
    """Return the questions as text for 问卷星 › 批量添加题目.

    Raises:
        UserError: S-205, the questionnaire is not frozen: what is published there must be what answers come to.
    """
    return pasted_questions(question_paper(case, _frozen(case, survey_id)))


def _frozen(case: Case, survey_id: str) -> Survey:
    survey: Survey | None = case.find("surveys", survey_id)
    if survey is None:
        raise UserError("没有找到这次调查。", "案卷没有变。", "回到“设计问卷”再试一次。", code="S-207")
    if is_frozen(survey) and not changed_since_frozen(case, survey):
        return survey
    lacking = lacks(case, survey_id)
    why = "定稿以后题目又变了" if is_frozen(survey) else "这份问卷还没有定稿"
    do = f"先改好：{'；'.join(lacking[:3])}。" if lacking else "核对一遍题目，点“定稿”，再印、再发。"
    raise UserError(f"{why}，不能发给职工。", "题目没有变。", do, code="S-205")


def _slip(survey: Survey, copies: int, first: str, last: str, *, both_sides: bool) -> tuple[str, ...]:
    sides = "这份文件按双面排好，打印时选“双面”。" if both_sides else "打印时选“单面”。"
    return (
        "发放说明（给工会，不发给职工）",
        f"问卷共 {copies} 份，编号 {first} 到 {last}，版次 {survey.version}。",
        f"按“实际大小”打印，不要缩放。{sides}",
        "发放时不要登记谁拿了哪一号；打乱了发，或者让职工自己取。",
        "让职工自己投进收集箱，不当面收，不当面看。",
        "四角的黑方块和右上角的码不要盖住，不要涂改。",
        "没有发出去的、写坏的也留着，和收回的一起清点。",
    )
