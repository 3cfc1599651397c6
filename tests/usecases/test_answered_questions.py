"""A question that sheets answer stays as it was asked, whatever the way: fields, storage, undo, redo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.case import Case
from app.domain.survey import Question, QuestionKind, Survey
from app.errors import UserError
from app.storage.library import Library
from app.usecases.enter_sheet import close_entry, enter_sheet
from app.usecases.freeze_questionnaire import freeze_questionnaire
from app.usecases.frozen_questions import refuse_if_frozen
from app.usecases.import_survey import import_survey, preview_survey
from app.usecases.record_fact import record_fact, remove_record
from app.usecases.undo_step import redo_step, undo_step
from tests.exchange.survey_tables import QUESTIONS, table_of, write_table

ON = date(2026, 3, 2)
WHO = "李四"
ASKED = Question(
    id="q1",
    survey="s1",
    number=1,
    kind=QuestionKind.SINGLE,
    stem="部门",
    options=("装配车间", "机加工车间", "财务部"),
)


def _swapped(question: Question) -> Question:
    return question.replace(options=(question.options[2], question.options[1], question.options[0]))


@pytest.fixture
def case_id(library: Library) -> str:
    with library.write(WHO) as work:
        made = work.add_case(Case(surveys=(Survey(id="s1", title_text="意愿调查"),)))
        work.commit()
    record_fact(library, made, "questions", ASKED, actor=WHO)
    return made


def _walk_back(library: Library, case_id: str) -> UserError:
    """Take back one step after the other until one is refused."""
    for _ in range(20):
        try:
            assert undo_step(library, case_id, WHO) is not None
        except UserError as refused:
            return refused
    raise AssertionError("nothing was refused")


def test_undo_stops_at_the_frozen_questionnaire_while_keyed_sheets_stand(
    library: Library, case_id: str
) -> None:
    freeze_questionnaire(library, case_id, "s1", on=ON, actor=WHO)
    for number in ("1", "2"):
        enter_sheet(library, case_id, "s1", number=number, answers={"q1": 0}, actor=WHO)
    close_entry(library, case_id, "s1", on=ON, actor=WHO)
    refused = _walk_back(library, case_id)
    assert refused.code == "S-207"
    assert refused.what_happened.startswith("这一步不能撤销或重做：这份问卷（版次 1-1）已经收进答卷")
    case = library.read_case(case_id)
    assert case.surveys[0].frozen_on == ON and case.questions == (ASKED,)
    assert case.surveys[0].entry_closed_on is None  # that step was taken back and nothing is lost by it
    assert len(library.sheets(case_id, "s1")) == 2
    with pytest.raises(UserError):
        record_fact(library, case_id, "questions", _swapped(ASKED), actor=WHO)
    assert library.verify_journal() == []


def test_no_way_round_in_storage(library: Library, case_id: str) -> None:
    """Whatever writes: neither the question, nor its going, nor another one beside it, nor the marks."""
    freeze_questionnaire(library, case_id, "s1", on=ON, actor=WHO)
    enter_sheet(library, case_id, "s1", number="1", answers={"q1": 0}, actor=WHO)
    survey = library.read_case(case_id).surveys[0]
    for collection, held in (
        ("questions", _swapped(ASKED)),
        ("questions", ASKED.replace(stem="岗位")),
        ("questions", ASKED.replace(id="q9", number=2)),
        ("surveys", survey.replace(frozen_on=None)),
        ("surveys", survey.replace(version="2026-9")),
    ):
        with pytest.raises(UserError) as refused, library.write(WHO) as work:
            work.put(case_id, collection, held, action="改")
            work.commit()
        assert refused.value.code == "S-207"
    for collection, name in (("questions", "q1"), ("surveys", "s1")):
        with pytest.raises(UserError), library.write(WHO) as work:
            work.remove(case_id, collection, name, action="移除")
            work.commit()
    with library.write(WHO) as work:  # numbers of sheets are no question
        work.put(case_id, "surveys", survey.replace(issued_paper=9), action="改")
        work.put(case_id, "questions", ASKED.replace(asked_count=1), action="改")
        work.commit()
    assert library.read_case(case_id).questions == (ASKED.replace(asked_count=1),)


def test_questions_of_an_import_stay_while_it_stands_and_go_with_it(library: Library, tmp_path: Path) -> None:
    with library.write(WHO) as work:
        case_id = work.add_case(Case())
        work.commit()
    rows = table_of(QUESTIONS, [{"q1": 0, "q6": "好"}, {"q1": 1}, {"q1": 2}] * 3)
    preview = preview_survey(library, case_id, write_table(tmp_path / "1_按文本_调查.xlsx", rows))
    import_survey(library, case_id, preview, actor=WHO, taken_on=ON)
    case = library.read_case(case_id)
    asked = case.questions[0]
    assert len(asked.options) == 3
    for held in (_swapped(asked), asked.replace(stem="别的")):
        with pytest.raises(UserError) as refused:
            record_fact(library, case_id, "questions", held, actor=WHO)
        assert refused.value.code == "S-201"
        assert "已经收进答卷" in refused.value.what_happened
    with pytest.raises(UserError):
        remove_record(library, case_id, "questions", asked.id, actor=WHO)
    refuse_if_frozen(case, "questions", asked, asked.replace(asks_group=None, bank_key="department"))
    record_fact(library, case_id, "questions", asked.replace(bank_key="department"), actor=WHO)
    assert undo_step(library, case_id, WHO) is not None
    assert undo_step(library, case_id, WHO) is not None
    assert library.read_case(case_id).questions == ()
    assert redo_step(library, case_id, WHO) is not None
    assert library.read_case(case_id).questions == case.questions


def test_undo_of_an_import_that_made_the_questions_is_refused_once_paper_answers_them(
    library: Library, tmp_path: Path
) -> None:
    with library.write(WHO) as work:
        case_id = work.add_case(Case())
        work.commit()
    rows = table_of(QUESTIONS[:1], [{"q1": 0}, {"q1": 1}, {"q1": 2}] * 3)
    preview = preview_survey(library, case_id, write_table(tmp_path / "1_按文本_调查.xlsx", rows))
    import_survey(library, case_id, preview, actor=WHO, taken_on=ON)
    case = library.read_case(case_id)
    survey, asked = case.surveys[0], case.questions[0]
    enter_sheet(library, case_id, survey.id, number="1", answers={asked.id: 1}, actor=WHO)
    assert _walk_back(library, case_id).code == "S-207"
    assert library.read_case(case_id).questions == case.questions
    assert len(library.sheets(case_id, survey.id)) == 10
