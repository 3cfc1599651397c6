"""Paper sheets are durable at once, settled when two hands differ, and counted into the case when the entry closes."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.case import Case
from app.domain.data_import import ImportKind
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.domain.union import Cycle
from app.errors import UserError
from app.storage.library import Library
from app.usecases.enter_sheet import (
    Decision,
    change_sheet,
    close_entry,
    counted_by_hand,
    enter_sheet,
    mark_spoilt,
    paper_sheets,
    remove_sheet,
    reopen_entry,
    resolve_conflict,
    sort_out,
    tally_entry,
)
from app.usecases.exchange_case import dump_case_file

WHO = "王主任"
CANARY = "金丝雀说食堂太贵"
DAY = date(2026, 3, 20)
QUESTIONS = (
    Question(id="q1", survey="s", number=1, kind=QuestionKind.SINGLE, stem="岗位", options=("一线", "技术")),
    Question(
        id="q2",
        survey="s",
        number=2,
        kind=QuestionKind.MULTIPLE,
        stem="想谈",
        options=("工资", "津贴", "工时"),
    ),
    Question(id="q3", survey="s", number=3, kind=QuestionKind.OPEN, stem="还想说什么"),
)


def add_case(library: Library, **facts: object) -> str:
    survey = Survey(id="s", title_text="调查", sheets_printed=20).replace(**facts)
    with library.write("测试") as work:
        made = work.add_case(Case(cycle=Cycle(id="cycle", year=2026), surveys=(survey,), questions=QUESTIONS))
        work.commit()
    return made


@pytest.fixture
def case_id(library: Library) -> str:
    return add_case(library)


def enter(
    library: Library, case_id: str, number: str, keyed: int = 1, invalid: str = "", **answers: Answer
) -> AnsweredSheet:
    return enter_sheet(
        library, case_id, "s", number=number, answers=answers, keyed=keyed, invalid=invalid, actor=WHO
    )


def counts(library: Library, case_id: str) -> dict[str, tuple[int, ...]]:
    return {
        each.question: each.numbers for each in library.read_case(case_id).answer_counts if not each.group
    }


def test_a_sheet_is_there_when_the_call_returns_and_the_journal_tells_only_that(
    library: Library, case_id: str
) -> None:
    made = enter(library, case_id, "7", q1=1, q3=CANARY)
    assert made.number == "0007"
    assert library.sheets(case_id, "s") == (made,)
    enter(library, case_id, "8", q1=0)
    (batch,) = library.read_case(case_id).data_imports
    assert (batch.kind, batch.survey) == (ImportKind.PAPER_ANSWERS, "s")
    told = [(each.action, each.detail) for each in library.journal(case_id, limit=3)]
    assert told == [("录入答卷", "1 份"), ("录入答卷", "1 份"), ("录入答卷", "")]
    assert library.verify_journal() == []


def test_undoing_takes_back_what_was_done_before_never_a_stack_of_sheets(
    library: Library, case_id: str
) -> None:
    survey = library.read_case(case_id).surveys[0]
    with library.write(WHO) as work:
        work.put(case_id, "surveys", survey.replace(issued_paper=20), action="修改意愿调查")
        work.commit()
    for number in "123":
        enter(library, case_id, number, q1=0)
    undone = library.undo_last_group(case_id, WHO)
    assert undone is not None and undone.action == "修改意愿调查"
    assert len(library.sheets(case_id, "s")) == 3


def test_a_sheet_is_changed_spoilt_and_removed(library: Library, case_id: str) -> None:
    made = enter(library, case_id, "1", q1=1)
    changed = change_sheet(library, case_id, made, replace(made, answers={"q1": 0}), actor=WHO)
    assert changed.id != made.id and [dict(each.answers) for each in library.sheets(case_id, "s")] == [
        {"q1": 0}
    ]
    spoilt = mark_spoilt(library, case_id, changed, "撕坏了", actor=WHO)
    assert [each.number for each in sort_out(library, case_id, "s").spoilt] == ["0001"]
    with pytest.raises(UserError, match="已经改过") as refused:
        remove_sheet(library, case_id, made, actor=WHO)
    assert refused.value.code == "K-105" and library.sheets(case_id, "s") == (spoilt,)
    remove_sheet(library, case_id, spoilt, actor=WHO)
    assert library.sheets(case_id, "s") == ()


def test_what_is_no_number_is_refused_and_nothing_is_stored(library: Library, case_id: str) -> None:
    with pytest.raises(UserError) as refused:
        enter(library, case_id, "十二", q1=1)
    assert refused.value.code == "K-106"
    assert library.sheets(case_id, "s") == () and library.read_case(case_id).data_imports == ()


def test_closing_lists_what_is_open_and_leaves_all_as_it_was(library: Library) -> None:
    case_id = add_case(library, double_keyed=True)
    enter(library, case_id, "1", q1=0)
    enter(library, case_id, "1", 2, q1=1)
    enter(library, case_id, "2", q1=0)
    enter(library, case_id, "3", q1=0)
    enter(library, case_id, "3", q1=0)
    enter(library, case_id, "3", 2, q1=0)
    before = library.read_case(case_id)
    with pytest.raises(UserError) as refused:
        close_entry(library, case_id, "s", on=DAY, actor=WHO)
    assert refused.value.code == "K-102"
    for words in ("两遍不一致 1 处", "编号重复 0003", "第二遍没录 0002"):
        assert words in refused.value.what_happened
    assert library.read_case(case_id) == before


def test_closing_without_a_sheet_is_refused(library: Library, case_id: str) -> None:
    with pytest.raises(UserError) as refused:
        close_entry(library, case_id, "s", on=DAY, actor=WHO)
    assert refused.value.code == "K-103"


def test_closing_counts_into_the_case_and_one_undo_takes_it_back(library: Library) -> None:
    case_id = add_case(library, returned_paper=9)
    enter(library, case_id, "1", q1=0, q2=(0, 2), q3=CANARY)
    enter(library, case_id, "2", q1=1, q2=(2,))
    enter(library, case_id, "3", invalid="空白")
    before = library.read_case(case_id)
    closed = close_entry(library, case_id, "s", on=DAY, actor=WHO)
    assert closed.replaced == ("纸质收回原来写的是 9 份，现在是 3 份",)
    survey = library.read_case(case_id).surveys[0]
    assert (survey.returned_paper, survey.valid_paper, survey.returned, survey.valid) == (3, 2, 3, 2)
    assert survey.entry_closed_on == DAY
    assert counts(library, case_id) == {"q1": (1, 1), "q2": (1, 0, 2), "q3": (1,)}
    (batch,) = library.read_case(case_id).data_imports
    assert (batch.rows, batch.kept, batch.taken_on) == (3, 3, DAY)
    undone = library.undo_last_group(case_id, WHO)
    assert undone is not None and undone.action == "结束录入"
    assert library.read_case(case_id) == before and len(library.sheets(case_id, "s")) == 3
    library.redo(case_id, WHO)
    assert counts(library, case_id)["q1"] == (1, 1)


def test_a_closed_entry_takes_no_sheet_until_it_is_opened_again(library: Library, case_id: str) -> None:
    made = enter(library, case_id, "1", q1=0)
    close_entry(library, case_id, "s", on=DAY, actor=WHO)
    for attempt in (
        lambda: enter(library, case_id, "2", q1=0),
        lambda: change_sheet(library, case_id, made, made, actor=WHO),
        lambda: remove_sheet(library, case_id, made, actor=WHO),
        lambda: close_entry(library, case_id, "s", on=DAY, actor=WHO),
    ):
        with pytest.raises(UserError) as refused:
            attempt()
        assert refused.value.code == "K-101"
    reopen_entry(library, case_id, "s", actor=WHO)
    enter(library, case_id, "2", q1=0)
    assert len(paper_sheets(library, case_id, "s")) == 2


@pytest.mark.parametrize(
    ("decision", "numbers"), [(Decision(1), (1, 0)), (Decision(2), (0, 1)), (Decision(0), (0, 0))]
)
def test_a_conflict_is_settled_by_the_paper(
    library: Library, decision: Decision, numbers: tuple[int, ...]
) -> None:
    case_id = add_case(library, double_keyed=True)
    enter(library, case_id, "1", q1=0, q2=(1,))
    enter(library, case_id, "1", 2, q1=1, q2=(1,))
    tally_entry(library, case_id, "s", actor=WHO)
    assert counts(library, case_id) == {}  # while the hands differ it does not count
    left = resolve_conflict(library, case_id, "s", "0001", "q1", decision, actor=WHO)
    assert left.conflicts == () and left.open == ()
    tally_entry(library, case_id, "s", actor=WHO)
    assert counts(library, case_id)["q1"] == numbers
    assert counts(library, case_id)["q2"] == (0, 1, 0)


def test_another_answer_and_the_words_beside_it_are_written_into_both(library: Library) -> None:
    case_id = add_case(library, double_keyed=True)
    enter(library, case_id, "1", q3="食堂")
    enter(library, case_id, "1", 2, q3="食品")
    resolve_conflict(library, case_id, "s", "0001", "q3", Decision(0, "食堂贵"), actor=WHO)
    assert {each.answers["q3"] for each in library.sheets(case_id, "s")} == {"食堂贵"}
    with pytest.raises(UserError) as refused:
        resolve_conflict(library, case_id, "s", "0002", "q3", Decision(1), actor=WHO)
    assert refused.value.code == "K-104"


def test_whether_a_sheet_is_spoilt_is_settled_like_an_answer(library: Library) -> None:
    case_id = add_case(library, double_keyed=True)
    enter(library, case_id, "1", invalid="撕坏")
    enter(library, case_id, "1", 2, q1=1)
    left = resolve_conflict(library, case_id, "s", "0001", "", Decision(1), actor=WHO)
    assert (left.open, len(left.spoilt)) == ((), 1)


def test_no_word_of_an_answer_reaches_journal_log_case_file_or_refusal(
    library: Library, case_id: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        made = enter(library, case_id, "1", q3=CANARY)
        enter(library, case_id, "1", 2, q3=f"{CANARY}吗")
        with pytest.raises(UserError) as refused:
            close_entry(library, case_id, "s", on=DAY, actor=WHO)
        resolve_conflict(library, case_id, "s", "0001", "q3", Decision(0, f"{CANARY}了"), actor=WHO)
        with pytest.raises(UserError) as gone:
            remove_sheet(library, case_id, made, actor=WHO)
        close_entry(library, case_id, "s", on=DAY, actor=WHO)
        library.undo_last_group(case_id, WHO)
        library.redo(case_id, WHO)
        dump_case_file(library, case_id, tmp_path / "案卷.json")
    assert CANARY in f"{library.sheets(case_id, 's')}"  # it is there, and only there
    for said in (refused.value, gone.value):
        assert CANARY not in f"{said}"
    assert CANARY not in caplog.text
    assert all(CANARY not in f"{entry}" for entry in library.journal(case_id))
    assert CANARY not in (tmp_path / "案卷.json").read_text(encoding="utf-8")
    assert CANARY not in f"{library.read_case(case_id)}"


def test_closing_tells_that_totals_typed_by_hand_were_replaced(library: Library, case_id: str) -> None:
    by_hand = AnswerCount(id="mine", question="q1", numbers=(9, 9))
    with library.write(WHO) as work:
        work.put(case_id, "answer_counts", by_hand, action="添加答案统计")
        work.commit()
    enter(library, case_id, "1", q1=0)
    assert counted_by_hand(library.read_case(case_id), "s") == 1
    closed = close_entry(library, case_id, "s", on=DAY, actor=WHO)
    assert closed.replaced == ("1 道题原来写的合计换成了录出来的人数",)
    assert counts(library, case_id)["q1"] == (1, 0)
    assert counted_by_hand(library.read_case(case_id), "s") == 0
