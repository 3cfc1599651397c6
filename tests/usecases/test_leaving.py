"""Case data leave by one door only, and every output of a survey says the same."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from app.documents.catalogue import kind_named
from app.documents.kinds import LetterContext, Subject
from app.documents.pdf import render_pdf
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.survey import AnswerCount, Question, QuestionKind
from app.exchange.case_file import load_case
from app.figures.published import published_case
from app.paths import resource
from app.usecases.leaving import data_leaving
from app.usecases.survey_workbook import survey_workbook, tables_of
from tests.documents.flat_text import flat_text
from tests.documents.test_letters import context_of

APP = Path(__file__).resolve().parents[2] / "app"


def linyi() -> Case:
    return load_case(resource("examples/shandong-linyi-single.json").read_bytes())


def summary(context: LetterContext) -> str:
    kind = kind_named("survey_summary")
    assert kind is not None
    document = kind.build(context, Subject(context.case.surveys[-1].id))
    assert render_pdf(document).startswith(b"%PDF")
    return flat_text(document)


def test_case_files_are_written_for_others_in_one_place_only() -> None:
    """Who wants the data of a case for a file asks for them there, small groups left out."""
    callers = {
        file.relative_to(APP).as_posix()
        for file in APP.rglob("*.py")
        if re.search(r"\bdump_case\(", file.read_text(encoding="utf-8"))
    }
    assert callers == {"exchange/case_file.py", "usecases/leaving.py"}


def test_papers_take_no_numbers_of_a_survey_past_the_decision() -> None:
    """Letters and spreadsheets know the tables that may be shown, never the counts behind them."""
    for file in (*(APP / "documents").rglob("*.py"), APP / "usecases" / "survey_workbook.py"):
        words = file.read_text(encoding="utf-8")
        assert "answer_counts" not in words and "AnswerCount" not in words, file.name


def test_groups_with_a_hidden_number_are_in_no_case_file() -> None:
    case = linyi()
    left = load_case(data_leaving(case))
    gone = {each.id for each in case.answer_counts} - {each.id for each in left.answer_counts}
    assert gone == {"answers-6-by-1-2", "answers-6-by-1-3", "answers-6-by-1-4"}  # each has cells below five
    assert published_case(left) == left  # what left once is not cut a second time


def test_paper_and_spreadsheet_say_the_same() -> None:
    case = linyi()
    survey = case.surveys[-1]
    said = summary(context_of(case))
    book = load_workbook(io.BytesIO(survey_workbook(case, survey, tables_of(case, survey))))
    for row in list(book["第6题按岗位类别"].iter_rows(values_only=True))[2:6]:
        cells = [str(row[0]), str(row[1])]
        for number, share in zip(row[2::2], row[3::2], strict=True):
            cells.append(str(number) if share is None else f"{number} / {share:.1%}")
        assert f"| {' | '.join(cells)}\n" in said
    assert "皮尔逊卡方拟合优度检验：卡方 0.204，自由度 1，p＝0.651" in said


def test_words_that_begin_like_a_formula_stay_words_and_numbers_are_numbers() -> None:
    case = linyi()
    survey = case.surveys[-1]
    evil = Question(
        id="evil", survey=survey.id, number=10, kind=QuestionKind.SINGLE, stem="=1+1", options=("=2+2", "+甲"),
    )  # fmt: skip
    counts = (*case.answer_counts, AnswerCount(id="evil", question="evil", numbers=(200, 105)))
    case = case.with_record("questions", evil)
    case = case.with_record("answer_counts", counts[-1])
    book = load_workbook(io.BytesIO(survey_workbook(case, survey, tables_of(case, survey))))
    cells = [cell for row in book["第10题"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.value: cell.data_type for cell in cells}["=2+2"] == "s"
    assert not any(cell.data_type == "f" for cell in cells)
    assert {cell.value: cell.data_type for cell in cells}[200] == "n"
    origins = list(book["出处"].iter_rows(values_only=True))
    assert any(row[0] == "第10题" and row[3] == 200 and "evil" in row[7] for row in origins)


def test_a_summary_before_the_last_sheets_are_typed_lacks_the_end_of_the_entry() -> None:
    """Two summaries, one before and one after, would tell what the sheets between them say."""
    case = linyi()
    survey = case.surveys[-1]
    kind = kind_named("survey_summary")
    assert kind is not None
    open_case = dataclasses.replace(
        case,
        surveys=(*case.surveys[:-1], survey.replace(entry_closed_on=None)),
        data_imports=(DataImport(id="b", kind=ImportKind.PAPER_ANSWERS, survey=survey.id),),
    )
    assert "录入结束日期" in kind.missing(open_case, Subject(survey.id))
    closed = open_case.with_record("surveys", survey.replace(entry_closed_on=date(2026, 3, 31)))
    assert "录入结束日期" not in kind.missing(closed, Subject(survey.id))
