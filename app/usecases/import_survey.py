"""Take in a file of answers collected online: look first, then everything in one step that one undo takes back."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from app.domain.answered_sheet import AnsweredSheet
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.printable import printable_name
from app.domain.survey import Question, Survey, SurveyWay
from app.errors import UsageError, UserError
from app.exchange.survey_files import SurveyFile, read_survey_file
from app.progress import Progress
from app.storage.library import Library
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
        warnings: what to look at before taking it, in words.
    """

    survey: Survey
    file: SurveyFile
    typed_counts: int
    replaces: tuple[str, ...] = ()
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
        UserError: the file cannot be read, or is no table of answers.
        UsageError: there is no such survey.
    """
    case = library.read_case(case_id)
    survey = survey_of(case, survey_id)
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
    replaces = _contained(library, case_id, case, survey, file)
    return SurveyPreview(survey, file, typed, replaces, tuple(_warnings(case, survey, file, typed, replaces)))


_NEARLY_ALL = Fraction(95, 100)
"""Which part of an earlier import's sheets must be in a file for the file to be a later download of the same."""


def _contained(
    library: Library, case_id: str, case: Case, survey: Survey, file: SurveyFile
) -> tuple[str, ...]:
    earlier = {
        each.id
        for each in case.data_imports
        if each.kind is ImportKind.ONLINE_ANSWERS and each.survey == survey.id and each.sha256 != file.sha256
    }
    if not earlier:
        return ()
    here = Counter(map(_said, file.sheets))
    there: dict[str, Counter[Hashable]] = {each: Counter() for each in earlier}
    for sheet in library.sheets(case_id, survey.id, (ImportKind.ONLINE_ANSWERS,)):
        if sheet.batch in earlier:
            there[sheet.batch][_said(sheet)] += 1
    return tuple(
        batch
        for batch, sheets in sorted(there.items())
        if sheets and (sheets & here).total() >= _NEARLY_ALL * sheets.total()
    )


def _said(sheet: AnsweredSheet) -> Hashable:
    return frozenset(sheet.answers.items()), frozenset(sheet.others.items()), sheet.invalid


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


def _warnings(case: Case, survey: Survey, file: SurveyFile, typed: int, replaces: Sequence[str]) -> list[str]:
    found = []
    if replaces:
        held = sum(each.kept or 0 for each in case.data_imports if each.id in replaces)
        found.append(f"上次导入的 {held} 份都在这个文件里，收下以后由它代替，不会算两遍")
    if typed:
        found.append(f"手工录的 {typed} 组人数会换成按答卷统计的人数")
    if survey.entry_closed_on is not None:
        found.append("这次调查的录入已经结束，收下以后数字会变")
    if file.missing:
        told = "、".join(f"第{each.number}题" for each in file.missing[:5])
        more = f"等 {len(file.missing)} 题" if len(file.missing) > 5 else ""
        found.append(f"文件里没有{told}{more}")
    if file.valid == 0 and file.rows:
        found.append("没有一份有效的答卷")
    return found


def import_survey(
    library: Library, case_id: str, preview: SurveyPreview, *, actor: str, taken_on: date
) -> DataImport:
    """Store what was looked at: the record of the import, its sheets, the counts of all sheets, one undoable step.

    Raises:
        UserError: the file does not fit the survey, or stands in the case already.
    """
    file = preview.file
    case = library.read_case(case_id)
    refuse_again(case, file, preview.survey.id)
    if file.refusal:
        raise UserError(
            f"“{file.name}”没有收下：{file.refusal}。",
            "资料库没有变。",
            "核对是不是选错了文件；问卷改过的话，先把调查的题目改成发出去的那一版。",
            code="Q-103",
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
        dropped_columns=tuple(printable_name(each.header) for each in file.dropped),
    )
    with library.write(actor) as work:
        if case.find("surveys", preview.survey.id) is None:
            work.put(case_id, "surveys", preview.survey, action=ACTION)
        for question in _not_there(case, file.made):
            work.put(case_id, "questions", question, action=ACTION)
        for earlier in preview.replaces:
            if case.find("data_imports", earlier) is not None:
                work.remove(case_id, "data_imports", earlier, action=ACTION)
        work.put(case_id, "data_imports", held, action=ACTION)
        work.put_sheets(case_id, file.sheets, action=ACTION)
        retally(work, case_id, preview.survey.id, known=file.sheets, action=ACTION)
        work.commit()
    return held


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
