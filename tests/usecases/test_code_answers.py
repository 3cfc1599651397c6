"""Open answers coded to topics: the numbers go everywhere, the words nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.answered_sheet import AnsweredSheet
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.survey import Question, QuestionKind, Survey, Topic
from app.errors import UsageError
from app.figures.survey_results import coded_supporters
from app.storage.library import Library
from app.usecases.code_answers import code_answers, open_answers
from app.usecases.leaving import data_leaving
from app.usecases.survey_workbook import survey_workbook, tables_of
from tests.figures.attacker import tables_of_book

CANARY = "金丝雀的原话"


@pytest.fixture
def asked(library: Library) -> str:
    with library.write("李四") as work:
        case_id: str = work.add_case(Case())
        work.put(case_id, "surveys", Survey(id="s", title_text="调查", valid=7), action="添加意愿调查")
        own = Question(id="q", survey="s", number=1, kind=QuestionKind.OPEN, stem="还想说什么")
        work.put(case_id, "questions", own, action="添加问卷题目")
        for name in ("t1", "t2"):
            work.put(case_id, "topics", Topic(id=name, name=f"议题{name}"), action="添加议题")
        held = DataImport(id="b", kind=ImportKind.PAPER_ANSWERS, survey="s")
        work.put(case_id, "data_imports", held, action="录入答卷")
        sheets = [
            AnsweredSheet(
                id=str(at), batch="b", survey="s", answers={"q": f"{CANARY}{at}"}, others={"q": CANARY}
            )
            for at in range(7)
        ]
        work.put_sheets(case_id, sheets, action="录入答卷")
        work.commit()
    return case_id


def test_answers_come_in_an_order_of_chance(library: Library, asked: str) -> None:
    orders = {tuple(each.sheet for each in open_answers(library, asked, "q")) for _ in range(20)}
    assert len(orders) > 1
    assert all(sorted(order) == list("0123456") for order in orders)


def test_coding_counts_and_can_be_put_right(library: Library, asked: str) -> None:
    coded = {"0": ("t1",), "1": ("t1", "t2", "t1"), "2": ("t1",)}
    assert code_answers(library, asked, "q", coded, actor="李四") == 3
    case = library.read_case(asked)
    figure = coded_supporters(case, case.find("topics", "t1"))
    assert figure.value == 3 and figure.origin[0].collection == "answer_counts"
    assert coded_supporters(case, case.find("topics", "t2")).value == 1
    assert code_answers(library, asked, "q", {"1": ()}, actor="李四") == 1
    case = library.read_case(asked)
    assert coded_supporters(case, case.find("topics", "t1")).value == 2
    assert coded_supporters(case, case.find("topics", "t2")).value is None
    assert code_answers(library, asked, "q", {"1": ()}, actor="李四") == 0
    assert all(each.words.startswith(CANARY) for each in open_answers(library, asked, "q"))


def test_what_is_not_there_is_refused(library: Library, asked: str) -> None:
    with pytest.raises(UsageError, match="没有这个议题"):
        code_answers(library, asked, "q", {"0": ("gone",)}, actor="李四")
    with pytest.raises(UsageError, match="没有这道开放题"):
        open_answers(library, asked, "gone")
    assert all(each.topics == () for each in open_answers(library, asked, "q"))


def test_the_words_reach_no_file_no_journal_and_no_log(
    library: Library, asked: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    code_answers(library, asked, "q", {"0": ("t1",)}, actor="李四")
    case = library.read_case(asked)
    assert CANARY.encode() not in data_leaving(case)
    survey = case.find("surveys", "s")
    book = tables_of_book(survey_workbook(case, survey, tables_of(case, survey)))
    assert CANARY not in repr(book) and "议题t1" in repr(book)
    journal = repr(library.journal(asked))
    assert CANARY not in journal and "1 份" in journal
    assert CANARY not in caplog.text
    assert not [file for file in tmp_path.rglob("*.tmp") if CANARY.encode() in file.read_bytes()]
