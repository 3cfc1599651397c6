"""Open answers coded to topics: the numbers go everywhere, the words nowhere."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest

from app.domain.answered_sheet import SAYS_NOTHING, AnsweredSheet
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.survey import Question, QuestionKind, Survey, Topic
from app.errors import UsageError, UserError
from app.figures.survey_results import coded_supporters
from app.storage.library import Library
from app.usecases.code_answers import carried_over, code_answers, open_answers
from app.usecases.enter_sheet import change_sheet
from app.usecases.leaving import data_leaving
from app.usecases.record_fact import remove_record
from app.usecases.restore_point import go_back_to, set_restore_point
from app.usecases.survey_workbook import survey_workbook, tables_of
from app.usecases.tally_survey import retally
from app.usecases.undo_step import redo_step, undo_step
from tests.figures.attacker import sheets_of_book

CANARY = "金丝雀的原话"


@pytest.fixture
def asked(library: Library) -> str:
    with library.write("李四", undoable=False) as work:
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


def coded(library: Library, case_id: str, topic: str) -> object:
    case = library.read_case(case_id)
    return coded_supporters(case, case.find("topics", topic)).value


def test_coding_counts_and_can_be_put_right(library: Library, asked: str) -> None:
    wanted = {"0": ("t1",), "1": ("t1", "t2", "t1"), "2": ("t1",)}
    assert code_answers(library, asked, "q", wanted, actor="李四") == {"0": (), "1": (), "2": ()}
    case = library.read_case(asked)
    figure = coded_supporters(case, case.find("topics", "t1"))
    assert figure.value == 3 and figure.origin[0].collection == "answer_counts"
    assert coded(library, asked, "t2") == 1
    assert code_answers(library, asked, "q", {"1": ()}, actor="李四") == {"1": ("t1", "t2")}
    assert (coded(library, asked, "t1"), coded(library, asked, "t2")) == (2, None)
    assert code_answers(library, asked, "q", {"1": ()}, actor="李四") == {}
    assert all(each.words.startswith(CANARY) for each in open_answers(library, asked, "q"))


def test_taking_a_coding_back_leaves_counts_and_sheets_as_before(library: Library, asked: str) -> None:
    code_answers(library, asked, "q", {"0": ("t1",), "3": (SAYS_NOTHING,)}, actor="李四")
    counts, sheets = library.read_case(asked).answer_counts, library.sheets(asked, "s")
    before = code_answers(library, asked, "q", {each: ("t2",) for each in "0123"}, actor="李四")
    assert before == {"0": ("t1",), "1": (), "2": (), "3": (SAYS_NOTHING,)}
    assert (coded(library, asked, "t1"), coded(library, asked, "t2")) == (None, 4)
    code_answers(library, asked, "q", before, actor="李四")
    assert library.read_case(asked).answer_counts == counts
    assert library.sheets(asked, "s") == sheets


def test_numbers_always_agree_with_the_sheets_whatever_is_undone(library: Library, asked: str) -> None:
    held = DataImport(id="later", kind=ImportKind.ONLINE_ANSWERS, survey="s")
    with library.write("李四") as work:
        work.put(asked, "data_imports", held, action="导入答卷")
        new = AnsweredSheet(id="n", batch="later", survey="s", answers={"q": "食堂"})
        work.put_sheets(asked, (new,), action="导入答卷")
        work.commit()
    code_answers(library, asked, "q", {"0": ("t1",), "n": ("t1",)}, actor="李四")
    assert coded(library, asked, "t1") == 2
    assert undo_step(library, asked, "李四") is not None  # the import, not the coding
    assert library.read_case(asked).find("data_imports", "later") is None
    assert coded(library, asked, "t1") == 1
    assert redo_step(library, asked, "李四") is not None
    assert coded(library, asked, "t1") == 2


def test_a_topic_that_is_gone_is_counted_and_called_nowhere(library: Library, asked: str) -> None:
    code_answers(library, asked, "q", {"0": ("t1",), "1": ("t1", "t2"), "2": (SAYS_NOTHING,)}, actor="李四")
    remove_record(library, asked, "topics", "t1", actor="李四")
    with library.write("李四") as work:
        work.put(asked, "topics", Topic(id="t2", name="夜宵"), action="改议题")
        retally(work, asked, "s")
        work.commit()
    case = library.read_case(asked)
    assert {each.group for each in case.answer_counts} == {"", "夜宵"}
    assert {each.sheet: each.topics for each in open_answers(library, asked, "q") if each.topics} == {
        "1": ("t2",),
        "2": (SAYS_NOTHING,),
    }
    assert undo_step(library, asked, "李四") is not None


def test_a_later_download_takes_the_coding_of_the_same_words_along() -> None:
    earlier = [
        AnsweredSheet(id="a", batch="b", survey="s", answers={"q": "食堂 太贵。"}, topics={"q": ("t1",)})
    ]
    later = [
        AnsweredSheet(id="x", batch="c", survey="s", answers={"q": "食堂太贵"}),
        AnsweredSheet(id="y", batch="c", survey="s", answers={"q": "没有", "p": "食堂太贵"}),
    ]
    assert [dict(each.topics) for each in carried_over(earlier, later)] == [{"q": ("t1",)}, {}]


def test_changing_the_words_of_a_sheet_lets_go_of_their_topics(library: Library, asked: str) -> None:
    code_answers(library, asked, "q", {"0": ("t1",)}, actor="李四")
    (sheet,) = [each for each in library.sheets(asked, "s") if each.id == "0"]
    numbered = dataclasses.replace(sheet, number="0001")
    kept = change_sheet(library, asked, sheet, dataclasses.replace(numbered, invalid=""), actor="李四")
    assert kept.topics == {"q": ("t1",)}
    other = change_sheet(library, asked, kept, dataclasses.replace(kept, answers={"q": "别的"}), actor="李四")
    assert other.topics == {}


def test_the_journal_has_one_line_for_many_sheets(library: Library, asked: str) -> None:
    before = len(library.journal(asked))
    code_answers(library, asked, "q", {each: ("t1",) for each in "0123456"}, actor="李四")
    new = library.journal(asked)[: len(library.journal(asked)) - before]
    assert [entry.detail for entry in new if entry.detail] == ["7 份"]
    assert len(new) == 2  # the sheets, and the number of the topic


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
    book = sheets_of_book(survey_workbook(case, survey, tables_of(case, survey)))
    assert CANARY not in repr(book) and "议题t1" in repr(book)
    journal = repr(library.journal(asked))
    assert CANARY not in journal and "1 份" in journal
    assert CANARY not in caplog.text
    assert not [file for file in tmp_path.rglob("*.tmp") if CANARY.encode() in file.read_bytes()]


def test_coding_does_not_stand_in_the_way_of_a_restore_point_and_stays(library: Library, asked: str) -> None:
    code_answers(library, asked, "q", {"0": ("t1",)}, actor="李四")
    point = set_restore_point(library, asked, actor="李四")
    with library.write("李四") as work:
        work.put(asked, "topics", Topic(id="t2", name="别的名字"), action="改议题")
        work.commit()
    code_answers(library, asked, "q", {"1": ("t1",), "2": ("t2",)}, actor="李四")
    go_back_to(library, asked, point, actor="李四")
    assert library.read_case(asked).find("topics", "t2").name == "议题t2"
    assert counted(library, asked) == {"t1": 2, "t2": 1}
    assert (coded(library, asked, "t1"), coded(library, asked, "t2")) == (2, 1)
    assert undo_step(library, asked, "李四") is not None
    assert (coded(library, asked, "t1"), coded(library, asked, "t2")) == (2, 1)


def counted(library: Library, case_id: str) -> dict[str, int]:
    """What the sheets that stand say of each topic."""
    said = [topic for each in open_answers(library, case_id, "q") for topic in each.topics]
    return {topic: said.count(topic) for topic in ("t1", "t2") if topic in said}


@pytest.mark.parametrize("seed", range(8))
def test_counts_agree_with_the_sheets_after_any_walk_of_coding_importing_and_undoing(
    library: Library, asked: str, seed: int
) -> None:
    chance, taken = random.Random(seed), list[dict[str, tuple[str, ...]]]()
    steps = 0
    for at in range(25):
        way = chance.randrange(5)
        try:
            if way <= 1:
                sheets = [each.id for each in library.sheets(asked, "s")]
                topics = chance.choice([("t1",), ("t2",), ("t1", "t2"), (SAYS_NOTHING,), ()])
                some = dict.fromkeys(chance.sample(sheets, min(3, len(sheets))), topics)
                taken.append(code_answers(library, asked, "q", some, actor="李四"))
            elif way == 2 and taken:
                code_answers(library, asked, "q", taken.pop(), actor="李四")
            elif way == 3:
                with library.write("李四") as work:
                    held = DataImport(id=f"b{at}", kind=ImportKind.ONLINE_ANSWERS, survey="s")
                    work.put(asked, "data_imports", held, action="导入答卷")
                    new = AnsweredSheet(
                        id=f"n{at}", batch=held.id, survey="s", answers={"q": "食堂"}, topics={"q": ("t1",)}
                    )
                    work.put_sheets(asked, (new,), action="导入答卷")
                    retally(work, asked, "s")
                    work.commit()
            elif way == 4:
                chance.choice((undo_step, redo_step))(library, asked, "李四")
        except UserError as error:
            assert error.code == "L-151"  # refused, and nothing has changed
        case = library.read_case(asked)
        if case.find("topics", "t1") is None or case.find("surveys", "s") is None:
            break
        told = {
            each.id: coded_supporters(case, each).value
            for each in case.topics
            if coded_supporters(case, each).value is not None
        }
        assert told == counted(library, asked), (seed, at, way)
        steps += 1
    assert steps > 5


def test_paper_sheets_are_read_without_those_filled_in_online(library: Library, asked: str) -> None:
    with library.write("李四") as work:
        held = DataImport(id="online", kind=ImportKind.ONLINE_ANSWERS, survey="s")
        work.put(asked, "data_imports", held, action="导入答卷")
        work.put_sheets(asked, (AnsweredSheet(id="o", batch="online", survey="s"),), action="导入答卷")
        work.commit()
    assert {each.id for each in library.sheets(asked, "s", (ImportKind.PAPER_ANSWERS,))} == set("0123456")
    assert len(library.sheets(asked, "s")) == 8
