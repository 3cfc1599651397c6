"""Take in a file of answers collected online: look first, then everything in one step that one undo takes back."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.domain.answered_sheet import AnsweredSheet, mark_of
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.printable import printable_name
from app.domain.survey import Question, Survey, SurveyWay
from app.errors import UsageError, UserError
from app.exchange.survey_files import RowNote, SurveyFile, read_survey_file
from app.progress import Progress
from app.storage.library import Library
from app.usecases.code_answers import carried_over
from app.usecases.frozen_questions import refuse_if_frozen
from app.usecases.record_fact import new_id
from app.usecases.tally_survey import is_tallied, retally

ACTION = "导入线上答卷"


@dataclass(frozen=True, slots=True)
class SurveyPreview:
    """What would be taken in, and for which survey.

    Attributes:
        survey: the survey; a new one if the case has none yet.
        typed_counts: counts typed by hand that the tally would take the place of.
        replaces: earlier imports whose sheets are all in this file: it was downloaded again later.
        other_version: why the file looks like that of another questionnaire; it is taken only on purpose then.
        warnings: what to look at before taking it, in words.
    """

    survey: Survey
    file: SurveyFile
    typed_counts: int
    replaces: tuple[str, ...] = ()
    other_version: str = ""
    warnings: tuple[str, ...] = ()


def preview_survey(
    library: Library,
    case_id: str,
    path: Path,
    *,
    survey_id: str = "",
    keep: AbstractSet[str] = frozenset(),
    progress: Progress | None = None,
) -> SurveyPreview:
    """Read a file of answers for a survey (the last one unless named); nothing is stored.

    ``keep`` are heads of columns that are kept on purpose although they may tell who answered.

    Raises:
        UserError: the file cannot be read, is no table of answers, or the entry is closed (Q-106).
        UsageError: there is no such survey.
    """
    case = library.read_case(case_id)
    survey = survey_of(case, survey_id)
    refuse_if_closed(survey, path.name)
    questions = [each for each in case.questions if each.survey == survey.id]
    batch = secrets.token_hex(8)
    file = read_survey_file(
        path,
        questions,
        survey=survey.id,
        batch=batch,
        keep=keep,
        frozen=survey.frozen_on is not None and bool(questions),
        progress=progress,
    )
    mapped = {each.question.id for each in file.mapped}
    typed = sum(
        each.question in mapped and bool(each.numbers) and not is_tallied(each) for each in case.answer_counts
    )
    file, replaces, alike = _known_again(library, case_id, survey, file)
    file = _without_twice(file)
    warnings = _warnings(case, file, typed, replaces, alike)
    return SurveyPreview(survey, file, typed, replaces, _other_version(file), tuple(warnings))


def _said(sheet: AnsweredSheet) -> Hashable:
    return frozenset(sheet.answers.items()), frozenset(sheet.others.items()), sheet.invalid


def _known_again(
    library: Library, case_id: str, survey: Survey, file: SurveyFile
) -> tuple[SurveyFile, tuple[str, ...], int]:
    """Return the file without the sheets taken in before, the imports it holds as a whole, and a number.

    That is how many sheets say the very same as one of another import without being known again.

    What the file holds as a whole it takes the place of: it was downloaded again later. Of all others only the sheets
    that are new are left, and each of the rest is listed.
    """
    held = library.sheet_marks(case_id, survey.id)
    before = library.sheets(case_id, survey.id, (ImportKind.ONLINE_ANSWERS,))
    if not before:
        return file, (), 0
    sheets_of = Counter(each.batch for each in before)
    found: dict[str, set[str]] = {}
    for batch, marks in held.items():
        here = {name for name, (_, stamp) in file.came.items() if stamp and mark_of(batch, stamp) in marks}
        found[batch] = here
    whole = tuple(batch for batch, here in sorted(found.items()) if here and len(here) == sheets_of[batch])
    known = set[str]().union(*(here for batch, here in found.items() if batch not in whole))
    said = Counter(_said(each) for each in before if each.batch not in whole)
    said.subtract(_said(each) for each in file.sheets if each.id in known)
    rows, alike = [], []
    for sheet in sorted(file.sheets, key=lambda each: file.came[each.id][0]):
        row = file.came[sheet.id][0]
        if sheet.id in known:
            rows.append(RowNote(row, "以前导入的文件里有这一份，没有再算"))
        elif not sheet.invalid and said[_said(sheet)] > 0:
            said[_said(sheet)] -= 1
            alike.append(RowNote(row, "和以前收下的一份答得一样，可能重复，已收下"))
    if not rows and not alike:
        return file, whole, 0
    sheets = tuple(each for each in file.sheets if each.id not in known)
    left = replace(
        file,
        sheets=sheets,
        refused=tuple(sorted((*file.refused, *rows), key=lambda each: each.row)),
        doubtful=tuple(sorted((*file.doubtful, *alike), key=lambda each: each.row)),
        valid=sum(not each.invalid for each in sheets),
        refusal=file.refusal or ("" if sheets else f"里面的 {len(known)} 份以前都收过，没有新的答卷"),
    )
    return left, whole, len(alike)


def _without_twice(file: SurveyFile) -> SurveyFile:
    """Rows whose sheet is known are told once."""
    rows = {each.row for each in file.refused}
    return replace(file, doubtful=tuple(each for each in file.doubtful if each.row not in rows))


def survey_of(case: Case, survey_id: str = "") -> Survey:
    """Return the survey meant, the last one if none is named, a new one if there is none at all.

    Raises:
        UsageError: the one named is not there.
    """
    if survey_id:
        found: Survey | None = case.find("surveys", survey_id)
        if found is None:
            raise UsageError(
                "找不到这次调查。", "资料库没有变。", "到“意愿调查”看看有哪几次调查。", code="Q-104"
            )
        return found
    if case.surveys:
        return case.surveys[-1]
    year = f"{case.cycle.year}年" if case.cycle.year else ""
    return Survey(id=new_id(case, "surveys"), title_text=f"{year}职工意愿调查", way=SurveyWay.ONLINE)


def _other_version(file: SurveyFile) -> str:
    """By the words of the questions: which of those asked are missing or asked otherwise; empty if none is."""
    parts = []
    if file.missing:
        parts.append(f"没有{_numbers(file.missing)}")
    reworded = [each.question for each in file.mapped if each.reworded]
    if reworded:
        parts.append(f"{_numbers(reworded)}的题干和问卷上的不一样")
    return f"文件里{'，'.join(parts)}，像是另一版问卷的答卷" if parts else ""


def _numbers(questions: Sequence[Question]) -> str:
    told = "、".join(f"第{each.number}题" for each in questions[:5])
    return told + (f"等 {len(questions)} 题" if len(questions) > 5 else "")


def refuse_if_closed(survey: Survey, name: str) -> None:
    """Refuse a file for a survey whose entry is closed: its numbers stand.

    Raises:
        UserError: Q-106.
    """
    if survey.entry_closed_on is not None:
        raise UserError(
            f"这次调查的录入已经结束，“{name}”没有收下。",
            "资料库没有变，统计好的数字没有变。",
            "要补收，先在“发放与录入”里点“重新打开录入”，再导入。",
            code="Q-106",
        )


def _warnings(case: Case, file: SurveyFile, typed: int, replaces: Sequence[str], alike: int) -> list[str]:
    found = []
    if replaces:
        held = sum(each.kept or 0 for each in case.data_imports if each.id in replaces)
        found.append(f"上次导入的 {held} 份都在这个文件里，收下以后由它代替，不会算两遍")
    if typed:
        found.append(f"手工录的 {typed} 组人数会换成按答卷统计的人数")
    if alike:
        found.append(
            f"有 {alike} 份和以前收下的答得一模一样，可能是同一份；核对是不是同一次下载，是的话别收，免得算两遍"
        )
    if file.valid == 0 and file.rows:
        found.append("没有一份有效的答卷")
    return found


def import_survey(
    library: Library,
    case_id: str,
    preview: SurveyPreview,
    *,
    actor: str,
    taken_on: date,
    on_purpose: bool = False,
) -> DataImport:
    """Store what was looked at: the record of the import, its sheets, the counts of all sheets, one undoable step.

    ``on_purpose``: taken although questions are missing or worded otherwise; only the questions it has are counted.

    Raises:
        UserError: the file does not fit the survey (Q-103) or stands in the case already (Q-102), it looks like that
            of another version (Q-107), or the entry is closed (Q-106).
    """
    file = preview.file
    case = library.read_case(case_id)
    refuse_if_closed(case.find("surveys", preview.survey.id) or preview.survey, file.name)
    refuse_again(case, file, preview.survey.id)
    if file.refusal:
        raise UserError(
            f"“{file.name}”没有收下：{file.refusal}。",
            "资料库没有变。",
            "核对是不是选错了文件；还要补收的，从问卷星重新下载；问卷改过的，点“另起一版”再收。",
            code="Q-103",
        )
    if preview.other_version and not on_purpose:
        raise UserError(
            f"“{file.name}”没有收下：{preview.other_version}。",
            "资料库没有变，这些答卷没有算进去。",
            "核对是不是选错了文件。确实是这次调查的，选“缺的题不算，其余照收”再导入。",
            code="Q-107",
        )
    for question in _not_there(case, file.made):
        refuse_if_frozen(case, "questions", None, question)
    # Sheets kept name the survey and the batch already; both are random and made for this preview.
    batch = file.sheets[0].batch
    held = DataImport(
        id=batch,
        kind=ImportKind.ONLINE_ANSWERS,
        survey=preview.survey.id,
        file_name=printable_name(file.name),
        sha256=file.sha256,
        taken_on=taken_on,
        rows=file.rows,
        kept=file.valid,
        refused=tuple(map(str, file.refused)),
        noted=tuple(map(str, file.doubtful)),
        dropped_columns=tuple(printable_name(each.header) for each in file.dropped),
    )
    earlier_sheets = [
        each for each in library.sheets(case_id, preview.survey.id) if each.batch in preview.replaces
    ]
    sheets = carried_over(earlier_sheets, file.sheets)
    with library.write(actor) as work:
        if case.find("surveys", preview.survey.id) is None:
            work.put(case_id, "surveys", preview.survey, action=ACTION)
        for question in _not_there(case, file.made):
            work.put(case_id, "questions", question, action=ACTION)
        for earlier in preview.replaces:
            if case.find("data_imports", earlier) is not None:
                work.remove(case_id, "data_imports", earlier, action=ACTION)
        work.put(case_id, "data_imports", held, action=ACTION)
        work.put_sheets(case_id, sheets, action=ACTION)
        work.put_marks(case_id, batch, (mark_of(batch, stamp) for stamp in _stamps(file)))
        retally(work, case_id, preview.survey.id, known=sheets, action=ACTION)
        work.commit()
    return held


def _stamps(file: SurveyFile) -> list[str]:
    return [stamp for each in file.sheets if (stamp := file.came[each.id][1])]


def _not_there(case: Case, questions: Sequence[Question]) -> list[Question]:
    return [each for each in questions if case.find("questions", each.id) is None]


def refuse_again(case: Case, file: SurveyFile, survey_id: str) -> None:
    """Refuse a file that stands in the case already; once its import is undone it may come again.

    Raises:
        UserError: it does.
    """
    for held in case.data_imports:
        if held.sha256 == file.sha256 and held.kind is ImportKind.ONLINE_ANSWERS and held.survey == survey_id:
            day = f"{held.taken_on.month}月{held.taken_on.day}日" if held.taken_on else "以前"
            raise UserError(
                f"“{file.name}”{day}已经导入过，内容一模一样。",
                "资料库没有变，答卷没有重复计算。",
                "要重新导入，先撤销上一次导入；要补收新的答卷，先从问卷星重新下载。",
                code="Q-102",
            )
