"""逐份录入 with keys alone: paper sheets typed twice, one conflict settled, the entry closed, counts on 结果."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey
from app.domain.union import AgreementKind, Cycle, Form
from app.errors import UserError
from app.gui.stages.survey import keying_half
from app.gui.stages.survey.keying import SurveyKeying
from app.gui.stages.survey.keying_desk import KeyingDesk
from app.storage.library import Library
from tests.gui.demo_pages import MARCH, open_case
from tests.gui.heartbeat import MOST_MS, quietest
from tests.gui.window_driver import Hands

CONTROL = Qt.KeyboardModifier.ControlModifier
QUESTIONS = (
    Question(
        id="q1", survey="s", number=1, kind=QuestionKind.SINGLE, stem="岗位", options=("一线", "技术", "管理")
    ),
    Question(
        id="q2",
        survey="s",
        number=2,
        kind=QuestionKind.MULTIPLE,
        stem="最想谈哪些事项",
        options=("工资", "津贴", "工时", "其他"),
        at_most=2,
    ),
    Question(
        id="q3",
        survey="s",
        number=3,
        kind=QuestionKind.MATRIX,
        stem="满意吗",
        options=("满意", "一般", "不满意"),
        rows=("工资水平", "食堂"),
    ),
    Question(
        id="q4", survey="s", number=4, kind=QuestionKind.RANKING, stem="先谈哪样", options=("工资", "津贴")
    ),
    Question(id="q5", survey="s", number=5, kind=QuestionKind.OPEN, stem="还想说什么"),
)


def case(**facts: object) -> Case:
    survey = Survey(id="s", title_text="调查", sheets_printed=20, double_keyed=True, issued=20).replace(
        **facts
    )
    return Case(
        cycle=Cycle(
            id="cycle", year=2026, region="shandong", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
        ),
        surveys=(survey,),
        questions=QUESTIONS,
    )


@pytest.fixture
def opened(qtbot, tmp_path: Path) -> Callable[..., Hands]:
    def open_it(held: Case) -> Hands:
        hands = open_case(qtbot, tmp_path, held, MARCH)
        hands.go("survey", "run")
        hands.page.view().build_all()
        hands.settle()
        return hands

    return open_it


def keying(hands: Hands) -> SurveyKeying:
    return hands.page.view().views["survey_keying"]


def keys_of(hands: Hands) -> KeyingDesk:
    found = keying(hands).keying
    assert found is not None
    return found


def press(*keys: str) -> None:
    """Keys as they are pressed: digits, words, and the names of the others."""
    named = {
        "enter": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        "save": (Qt.Key.Key_Return, CONTROL),
        "keypad save": (Qt.Key.Key_Enter, CONTROL | Qt.KeyboardModifier.KeypadModifier),
        "back": (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        "space": (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        "-": (Qt.Key.Key_Minus, Qt.KeyboardModifier.KeypadModifier),
    }
    for key in keys:
        target = QApplication.focusWidget()
        if key in named:
            QTest.keyClick(target, *named[key])
        elif key.isascii():
            QTest.keyClicks(target, key)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(key)
            QApplication.sendEvent(target, event)
        QApplication.processEvents()


def start(hands: Hands, button: str) -> KeyingDesk:
    """With the keyboard: the button has the focus, Enter presses it."""
    hands.button(button, keying(hands)).setFocus(Qt.FocusReason.TabFocusReason)
    press("enter")
    return keys_of(hands)


def one_sheet(hands: Hands, first: str = "1") -> None:
    """Number taken as offered, single, two of many, two rows, ranking, words."""
    press("enter", first, "1", "3", "enter", "1", "3", "2", "1", "涨工资", "enter", "save")


def test_three_sheets_twice_a_conflict_settled_closed_counted_and_undone(opened) -> None:
    hands = opened(case())
    desk = start(hands, "开始录入")
    assert desk.number.has_focus() and desk.offered() == "0001"
    for first in ("1", "2", "1"):
        one_sheet(hands, first)
    hands.settle()
    assert desk.typed() == (3, 0) and desk.offered() == "0004"
    stored = hands.desk.library.sheets(hands.desk.case_id, "s")
    assert sorted(each.number for each in stored) == ["0001", "0002", "0003"]
    sheet = next(each for each in stored if each.number == "0002")
    assert dict(sheet.answers) == {"q1": 1, "q2": (0, 2), "q3": (0, 2), "q4": (1, 0), "q5": "涨工资"}
    hands.press("停下", keying(hands))
    hands.settle()
    assert "第二遍没录 0001、0002、0003" in keying(hands).finish.blocked_reason()
    assert not keying(hands).finish.isEnabled()

    desk = start(hands, "录第二遍")
    assert desk.offered() == "0001"
    for first in ("1", "1", "1"):
        assert "第二遍都录完了" not in desk._stem.words()
        one_sheet(hands, first)
    hands.settle()
    assert desk._stem.words() == "第二遍都录完了，共 3 份" and desk.number.has_focus()
    assert not keying(hands)._why.isVisible()  # what it said is a moment old
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    hands.settle()
    assert desk.mode() == "" and not desk.isVisible()
    assert QApplication.focusWidget() is keying(hands).settle
    assert keying(hands).finish.blocked_reason() == "录入还不能结束：两遍不一致 1 处。"
    assert [row.item.name for row in keying(hands).open_list.rows] == ["0002 第1题 岗位"]
    assert hands.desk.case.answer_counts == ()

    desk = start(hands, "核对不一致 1")
    assert [line.words for line in desk.pad.lines()] == ["第一遍：技术", "第二遍：一线", "都不对，照纸上再录"]
    press("1")
    hands.settle()
    assert not desk.isVisible() and keying(hands).finish.blocked_reason() == ""
    assert keying(hands).finish.hasFocus()
    press("enter")
    hands.settle()
    held = hands.desk.library.read_case(hands.desk.case_id)
    assert held == hands.desk.case
    (survey,) = held.surveys
    assert (survey.returned_paper, survey.valid_paper, survey.entry_closed_on) == (3, 3, MARCH)
    counts = {(each.question, each.group): each.numbers for each in held.answer_counts}
    assert counts["q1", ""] == (2, 1, 0)
    assert counts["q2", ""] == (3, 0, 3, 0)
    assert counts["q3", "食堂"] == (0, 0, 3)
    assert "3月19日（周四）结束录入：纸质收回 3 份，有效 3 份" in keying(hands)._about.words()

    hands.go("survey", "results")
    hands.page.view().build_all()
    hands.settle()
    results = hands.page.view().views["survey_results"]
    assert {row.label for row in results.wanted.rows()} >= {"工资", "工时"}
    assert {row.number for row in results.wanted.rows()} == {""}  # of fewer than five sheets nothing is shown

    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.settle()
    assert hands.desk.case.surveys[0].entry_closed_on is None and hands.desk.case.answer_counts == ()
    assert len(hands.desk.library.sheets(hands.desk.case_id, "s")) == 6


def test_a_single_answer_takes_one_key_and_a_sheet_three_more(opened) -> None:
    hands = opened(case())
    desk = start(hands, "开始录入")
    press("enter")
    for row in ("1", "0", "2", "3"):  # 岗位, nothing wanted, both rows
        press(row)
    assert desk.hand is not None and desk.hand.step().question.id == "q4"
    assert desk.hand.keys == 4
    assert dict(desk.hand.answers) == {"q1": 0, "q3": (1, 2)}
    press("save")  # what is not answered stays empty
    hands.settle()
    (sheet,) = hands.desk.library.sheets(hands.desk.case_id, "s")
    assert dict(sheet.answers) == {"q1": 0, "q3": (1, 2)}


def test_back_mends_and_several_answers_are_switched(opened) -> None:
    hands = opened(case())
    desk = start(hands, "开始录入")
    press("enter", "3", "1", "2", "2", "back")
    assert desk.hand is not None and desk.hand.step().question.id == "q1"
    assert [line.chosen for line in desk.pad.lines()] == [False, False, True]
    press("2", "space")
    assert dict(desk.hand.answers) == {"q1": 1, "q2": (0,)}
    press("back", "back", "back")
    assert desk.number.has_focus()


def test_what_is_written_beside_other_is_asked_only_then(opened) -> None:
    hands = opened(case())
    desk = start(hands, "开始录入")
    press("enter", "1", "4", "enter")
    assert desk.words.has_focus()
    press("夜班", "enter")
    assert desk.hand is not None and desk.hand.others == {"q2": "夜班"}
    assert desk.hand.step().row == 0


def test_too_many_answers_are_taken_as_on_the_paper_told_and_listed(opened) -> None:
    hands = opened(case(double_keyed=False))
    desk = start(hands, "开始录入")
    press("enter", "1", "1", "2", "3")
    assert "最多选 2 项，选了 3 项" in desk._trouble.words() and desk._trouble.isVisible()
    press("save")
    hands.settle()
    hands.press("停下", keying(hands))
    hands.settle()
    assert [row.item.remark for row in keying(hands).open_list.rows] == ["最多选 2 项，选了 3 项，这题不算"]
    assert keying(hands).finish.isEnabled()


def test_numbers_that_cannot_be_are_refused_in_words(opened) -> None:
    hands = opened(case())
    desk = start(hands, "开始录入")
    press("abc", "enter")
    assert desk.hand is None and "编号要写数字" in desk._trouble.words()
    hands.clear()
    press("21", "enter")
    assert desk.hand is None and "只印了 20 份，没有 0021 号" in desk._trouble.words()
    hands.clear()
    press("20", "enter")
    assert desk.hand is not None


def test_a_number_typed_before_is_opened_to_be_changed_or_typed_as_another_sheet(opened) -> None:
    hands = opened(case(double_keyed=False))
    desk = start(hands, "开始录入")
    press("enter", "1", "save")
    hands.settle()
    press("1", "enter")
    assert desk.hand is None and "录过了" in desk._trouble.words()
    press("enter")
    assert desk.hand is not None and desk.hand.answers == {"q1": 0}
    press("2", "save")
    hands.settle()
    (sheet,) = hands.desk.library.sheets(hands.desk.case_id, "s")
    assert sheet.answers == {"q1": 1}
    press("1", "enter", "save", "3", "save")  # another sheet with the same number
    hands.settle()
    hands.press("停下", keying(hands))
    hands.settle()
    rows = keying(hands).open_list.rows
    assert [row.item.name for row in rows] == ["0001 编号重复", "0001 编号重复"]
    hands.press_button(rows[0].buttons["remove"])
    hands.settle()
    assert len(hands.desk.library.sheets(hands.desk.case_id, "s")) == 1
    assert keying(hands).open_list.rows == []


def test_a_spoilt_sheet_is_returned_and_not_valid(opened) -> None:
    hands = opened(case(double_keyed=False))
    desk = start(hands, "开始录入")
    press("enter", "-")
    assert desk.words.has_focus() and desk.words.typed() == "看不清"
    press("enter", "enter", "1", "save")
    hands.settle()
    hands.press("停下", keying(hands))
    hands.settle()
    start_close = hands.button("结束录入", keying(hands))
    start_close.setFocus(Qt.FocusReason.TabFocusReason)
    press("enter")
    hands.settle()
    (survey,) = hands.desk.case.surveys
    assert (survey.returned_paper, survey.valid_paper) == (2, 1)


def test_the_second_keying_shows_nothing_of_the_first(opened) -> None:
    hands = opened(case())
    start(hands, "开始录入")
    one_sheet(hands, "2")
    hands.settle()
    hands.press("停下", keying(hands))
    hands.settle()
    desk = start(hands, "录第二遍")
    press("enter")
    assert desk.hand is not None and desk.hand.answers == {}
    assert not any(line.chosen for line in desk.pad.lines())


def test_neither_is_right_and_the_paper_is_typed_once_more(opened) -> None:
    hands = opened(case())
    for button, first in (("开始录入", "1"), ("录第二遍", "2")):
        start(hands, button)
        press("enter", first, "save")
        hands.settle()
        hands.press("停下", keying(hands))
        hands.settle()
    start(hands, "核对不一致 1")
    press("3", "3")
    hands.settle()
    assert {each.answers["q1"] for each in hands.desk.library.sheets(hands.desk.case_id, "s")} == {2}


def test_leaving_the_page_brings_the_counts_to_what_was_typed(opened) -> None:
    hands = opened(case(double_keyed=False))
    start(hands, "开始录入")
    press("enter", "2", "save")
    hands.settle()
    assert hands.desk.case.answer_counts == ()
    hands.go("survey", "results")
    hands.settle()
    assert [each.numbers for each in hands.desk.case.answer_counts if each.question == "q1"] == [(0, 1, 0)]


def test_half_a_sheet_stays_in_hand_and_counts_nowhere(opened) -> None:
    hands = opened(case())
    desk = start(hands, "开始录入")
    press("enter", "2")
    hands.go("survey", "results")
    hands.go("survey", "run")
    hands.settle()
    desk = keys_of(hands)
    assert desk.is_half_typed() and desk.hand is not None and desk.hand.answers == {"q1": 1}
    library = hands.desk.library
    assert library.sheets(hands.desk.case_id, "s") == () and library.journal(hands.desk.case_id)[0].collection
    assert hands.desk.case.answer_counts == () and hands.desk.case.data_imports == ()


def opened_again(hands: Hands, qtbot, tmp_path: Path) -> Hands:
    """The window closed as it is when the power goes, with what had reached the disk."""
    hands.settle()
    hands.window.close()
    again = Hands(qtbot, tmp_path / "config", hands.program)
    again.begin(tmp_path / "资料库")
    again.go("survey", "run")
    again.page.view().build_all()
    again.settle()
    return again


def test_half_a_sheet_is_there_at_the_next_start(opened, qtbot, tmp_path: Path) -> None:
    hands = opened(case(double_keyed=False))
    start(hands, "开始录入")
    press("enter", "1", "save", "7", "enter", "2", "1", "enter", "1")
    hands.settle()
    half = hands.desk.library.half_sheet(hands.desk.case_id, "s")
    assert half is not None and half.answers == {"q1": 1, "q2": (0,), "q3": (0, None)}  # whatever happens now
    hands = opened_again(hands, qtbot, tmp_path)
    assert keying(hands)._about.words().startswith("0007 号上次录了一半，还在")
    assert "0007 号上次录了一半" in keying(hands).finish.blocked_reason()
    desk = start(hands, "接着录")
    assert desk.hand is not None and dict(desk.hand.answers) == {"q1": 1, "q2": (0,), "q3": (0, None)}
    assert desk.pad.hasFocus() and desk.hand.step().row == 1  # the second row of the matrix
    assert desk.number.typed() == "0007" and "接着录" in desk._trouble.words()
    press("3", "save")
    hands.settle()
    library, case_id = hands.desk.library, hands.desk.case_id
    stored = {each.number: dict(each.answers) for each in library.sheets(case_id, "s")}
    assert stored == {"0001": {"q1": 0}, "0007": {"q1": 1, "q2": (0,), "q3": (0, 2)}}
    assert library.half_sheet(case_id, "s") is None
    hands = opened_again(hands, qtbot, tmp_path)
    assert keying(hands).half is None and "一半" not in keying(hands).finish.blocked_reason()


def test_a_sheet_that_was_being_changed_is_changed_at_the_next_start(opened, qtbot, tmp_path: Path) -> None:
    hands = opened(case(double_keyed=False))
    start(hands, "开始录入")
    press("enter", "1", "save")
    hands.settle()
    press("1", "enter", "enter", "3")
    hands = opened_again(hands, qtbot, tmp_path)
    start(hands, "接着录")
    press("save")
    hands.settle()
    (sheet,) = hands.desk.library.sheets(hands.desk.case_id, "s")
    assert (sheet.number, dict(sheet.answers)) == ("0001", {"q1": 2})


def test_half_a_sheet_is_let_go_when_asked(opened, qtbot, tmp_path: Path) -> None:
    hands = opened(case(double_keyed=False))
    desk = start(hands, "开始录入")
    assert not desk.drop.isVisible()
    press("enter", "1")
    desk.drop.setFocus(Qt.FocusReason.TabFocusReason)
    press("enter")
    assert desk.hand is None and desk.number.has_focus() and desk.offered() == "0001"
    hands.settle()
    assert hands.desk.library.half_sheet(hands.desk.case_id, "s") is None


def test_words_being_composed_are_not_cut_by_enter_or_backspace(opened) -> None:
    hands = opened(case())
    desk = start(hands, "开始录入")
    press("enter", "1", "enter", "1", "1", "1", "2")
    assert desk.words.has_focus()
    QApplication.sendEvent(desk.words.line, QInputMethodEvent("shitang", []))
    press("back", "enter", "save")
    assert desk.words.has_focus() and desk.hand is not None and desk.hand.step().question.id == "q5"
    press("食堂", "enter")
    assert desk.hand.answers["q5"] == "食堂" and desk.hand.step() is None


def test_a_sheet_in_hand_comes_before_anything_else(opened) -> None:
    hands = opened(case())
    start(hands, "开始录入")
    press("enter", "1", "save", "enter", "2")
    hands.settle()
    hands.press("停下", keying(hands))
    hands.settle()
    desk = start(hands, "录第二遍")
    assert desk.hand is not None and desk.hand.answers == {"q1": 1}
    assert desk._what.words() == "录第一遍" and "0002 号还没存" in desk._trouble.words()
    press("save")
    hands.settle()
    assert len(hands.desk.library.sheets(hands.desk.case_id, "s")) == 2


def test_totals_typed_by_hand_stay_until_counting_is_asked_for(opened) -> None:
    by_hand = AnswerCount(id="mine", question="q1", numbers=(5, 5, 5))
    hands = opened(dataclasses.replace(case(double_keyed=False), answer_counts=(by_hand,)))
    start(hands, "开始录入")
    press("enter", "2", "save")
    hands.go("survey", "results")
    hands.settle()
    assert hands.desk.case.answer_counts == (by_hand,)
    hands.go("survey", "run")
    hands.settle()
    hands.press("汇总到结果", keying(hands))
    hands.settle()
    assert [each.numbers for each in hands.desk.case.answer_counts if each.question == "q1"] == [(0, 1, 0)]


def test_a_saved_sheet_and_each_key_leave_the_window_free(opened) -> None:
    hands = opened(case(double_keyed=False, sheets_printed=None))
    desk = start(hands, "开始录入")
    one_sheet(hands)
    hands.settle()

    def type_and_save() -> None:
        one_sheet(hands)
        hands.settle()

    heart = quietest(type_and_save)
    assert heart.busiest_ms < MOST_MS, heart.report()
    assert desk.typed()[0] >= 2


def test_keys_for_an_answer_are_about_one(opened) -> None:
    """Forty answers a minute are forty keys: a questionnaire of single choices and rows takes one for each."""
    questions = tuple(
        Question(
            id=f"q{at}",
            survey="s",
            number=at,
            kind=QuestionKind.SINGLE,
            stem="选",
            options=("甲", "乙", "丙"),
        )
        for at in range(1, 25)
    )
    hands = opened(dataclasses.replace(case(double_keyed=False), questions=questions))
    start(hands, "开始录入")
    pressed = 0
    for _ in range(2):
        for key in ("enter", *"123" * 8, "keypad save"):
            press(key)
            pressed += 1
    hands.settle()
    answers = sum(len(each.answers) for each in hands.desk.library.sheets(hands.desk.case_id, "s"))
    assert (answers, pressed) == (48, 52)


CANARY = "金丝雀说食堂太贵"


def library_half_words(folder: Path) -> str:
    """What is kept of the words of the sheet in hand, read as somebody would who has the folder."""
    with sqlite3.connect(folder / "资料库" / "database.sqlite") as file:
        rows = file.execute("SELECT answers FROM survey_sheets WHERE batch = 'half-typed'").fetchall()
    return str(json.loads(rows[0][0])["a"]["q5"])


def test_words_of_an_answer_are_in_the_library_and_nowhere_else(opened, tmp_path: Path) -> None:
    hands = opened(case(double_keyed=False))
    start(hands, "开始录入")
    for words in (CANARY, f"{CANARY}得很"):
        press("enter", "1", "enter", "1", "1", "1", "2", words)
        if words == CANARY:
            press("save")
    hands.settle()
    library = hands.desk.library
    assert [sheet.answers["q5"] for sheet in library.sheets(hands.desk.case_id, "s")] == [CANARY]
    assert all(CANARY not in f"{entry}" for entry in library.journal())
    hands.window.close()  # with half a sheet in hand
    kept = [
        file.name for file in tmp_path.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()
    ]
    assert {name.partition("-")[0] for name in kept} == {"database.sqlite"}
    assert library_half_words(tmp_path) == f"{CANARY}得很"


def test_a_sheet_that_could_not_be_written_is_kept_for_another_try(opened, monkeypatch) -> None:
    hands = opened(case(double_keyed=False))
    start(hands, "开始录入")
    real = keying_half.enter_sheet

    def refuse(*_arguments: object, **_named: object) -> None:
        raise UserError("U 盘拔出来了。", "以前的都在。", "插回去，再存一次。", code="L-001")

    monkeypatch.setattr(keying_half, "enter_sheet", refuse)
    press("enter", "2", "save")
    hands.settle()
    assert hands.desk.unsaved() == 1
    assert hands.desk.library.sheets(hands.desk.case_id, "s") == ()
    monkeypatch.setattr(keying_half, "enter_sheet", real)
    hands.desk.store_again()
    hands.settle()
    assert [sheet.answers for sheet in hands.desk.library.sheets(hands.desk.case_id, "s")] == [{"q1": 1}]
    assert hands.desk.unsaved() == 0


def test_a_library_that_is_only_read_offers_no_typing(opened) -> None:
    hands = opened(case())
    hands.desk.library.read_only = True
    keying(hands).show_case()
    assert not keying(hands)._bar.isVisible()
    hands.desk.library.read_only = False


def test_opening_the_entry_again_lets_more_be_typed(opened) -> None:
    hands = opened(case(double_keyed=False))
    start(hands, "开始录入")
    press("enter", "2", "save")
    hands.settle()
    for button in ("停下", "结束录入"):
        hands.press(button, keying(hands))
        hands.settle()
    assert not keying(hands).first.isVisible()
    hands.press("重新打开录入", keying(hands))
    hands.settle()
    desk = start(hands, "接着录")
    assert desk.offered() == "0002"
    press("enter", "1", "save")
    hands.settle()
    assert len(hands.desk.library.sheets(hands.desk.case_id, "s")) == 2


def test_closing_the_window_on_the_page_brings_the_counts_along(opened, tmp_path: Path) -> None:
    hands = opened(case(double_keyed=False))
    start(hands, "开始录入")
    press("enter", "2", "save")
    hands.settle()
    case_id = hands.desk.case_id
    hands.window.close()
    with Library.open(tmp_path / "资料库", clock=hands.program.clock, program_version="1") as library:
        counted = library.read_case(case_id).answer_counts
    assert [each.numbers for each in counted if each.question == "q1"] == [(0, 1, 0)]
