"""开放题归到议题 with keys alone: answers that say the same in one go, a new topic, taking back, numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.answered_sheet import SAYS_NOTHING, AnsweredSheet
from app.domain.case import Case
from app.domain.data_import import DataImport, ImportKind
from app.domain.survey import Question, QuestionKind, Survey, Topic
from app.domain.union import AgreementKind, Cycle, Form
from app.errors import UserError
from app.figures.survey_results import coded_supporters
from app.gui.stages.survey import coding_desk
from app.gui.stages.survey.coding import SurveyCoding
from app.gui.stages.survey.coding_desk import CodingDesk
from tests.gui.demo_pages import MARCH, open_case
from tests.gui.heartbeat import MOST_MS, quietest
from tests.gui.test_keying import press
from tests.gui.window_driver import Hands

CONTROL = Qt.KeyboardModifier.ControlModifier
WORDS = ("食堂太贵", "食堂 太贵。", "食堂太贵", "夜班津贴太低", "没有", "多发劳保手套", "")
CASE = Case(
    cycle=Cycle(
        id="cycle", year=2026, region="shandong", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
    ),
    surveys=(Survey(id="s", title_text="调查", valid=7, returned=7, issued=7),),
    questions=(Question(id="q", survey="s", number=9, kind=QuestionKind.OPEN, stem="还想说什么"),),
    topics=(Topic(id="t1", code="Y1", name="食堂"), Topic(id="t2", code="Y2", name="夜班津贴标准")),
    data_imports=(DataImport(id="b", kind=ImportKind.ONLINE_ANSWERS, survey="s"),),
)


def sheets(words: tuple[str, ...] = WORDS) -> list[AnsweredSheet]:
    return [
        AnsweredSheet(id=f"{at:06d}", batch="b", survey="s", answers={"q": each} if each else {})
        for at, each in enumerate(words)
    ]


@pytest.fixture
def opened(qtbot, tmp_path: Path) -> Callable[..., Hands]:
    def open_it(held: Case = CASE, answered: list[AnsweredSheet] | None = None) -> Hands:
        hands = open_case(qtbot, tmp_path, held, MARCH)
        with hands.desk.library.write("测试") as work:
            work.put_sheets(hands.desk.case_id, sheets() if answered is None else answered, action="导入答卷")
            work.commit()
        hands.go("survey", "topics")
        hands.page.view().build_all()
        hands.settle()
        return hands

    return open_it


def view(hands: Hands) -> SurveyCoding:
    return hands.page.view().views["survey_coding"]


def start(hands: Hands, button: str = "开始归类") -> CodingDesk:
    hands.button(f"{button}：第9题 还想说什么", view(hands)).setFocus(Qt.FocusReason.TabFocusReason)
    press("enter")
    desk = view(hands).coding
    assert desk is not None and desk.isVisible() and desk.pad.hasFocus()
    return desk


def on_disk(hands: Hands) -> dict[str, tuple[str, ...]]:
    held = hands.desk.library.sheets(hands.desk.case_id, "s")
    return {each.id: each.topics["q"] for each in held if "q" in each.topics}


def numbers(hands: Hands) -> dict[str, int | None]:
    case = hands.desk.library.read_case(hands.desk.case_id)
    return {each.name: coded_supporters(case, each).value for each in case.topics}


def go_to(desk: CodingDesk, words: str) -> None:
    """With the arrow keys."""
    assert desk.hand is not None
    for _ in range(len(desk.hand.groups) + 1):
        current = desk.hand.current()
        if current is not None and current.words == words:
            return
        place = next(at for at, each in enumerate(desk.hand.shown()) if desk.hand.groups[each].words == words)
        key("down" if place > desk.hand.at() else "up")
    raise AssertionError(words)


def key(name: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    from PySide6.QtTest import QTest

    known = {"up": Qt.Key.Key_Up, "down": Qt.Key.Key_Down, "z": Qt.Key.Key_Z, "esc": Qt.Key.Key_Escape}
    QTest.keyClick(QApplication.focusWidget(), known[name], modifier)
    QApplication.processEvents()


def test_answers_are_coded_with_keys_alone_and_counted_on_the_topics(opened) -> None:
    hands = opened()
    assert [row.item.remark for row in view(hands).rows.rows] == ["已归类 0 / 共 6 份"]
    desk = start(hands)
    assert desk.hand is not None and desk.hand.current().words.startswith("食堂")
    assert len(desk.hand.current().sheets) == 3
    press("1", "enter")
    hands.settle()
    assert on_disk(hands) == {"000000": ("t1",), "000001": ("t1",), "000002": ("t1",)}
    assert numbers(hands) == {"食堂": 3, "夜班津贴标准": None}
    assert desk.progress.words() == "已归类 3 / 共 6 份"

    go_to(desk, "没有")
    press("0", "enter")
    go_to(desk, "多发劳保手套")
    press("n")
    assert desk.name.has_focus()
    press("劳保用品", "enter")
    assert desk.pad.hasFocus() and not desk.name.isVisible()
    made = hands.desk.case.topics[-1]
    assert (made.code, made.name, made.source, made.questions) == ("Y3", "劳保用品", "问卷第9题", ("q",))
    press("2", "enter")
    hands.settle()
    assert on_disk(hands)["000004"] == (SAYS_NOTHING,)
    assert on_disk(hands)["000005"] == (made.id, "t2")
    assert numbers(hands) == {"食堂": 3, "夜班津贴标准": 1, "劳保用品": 1}
    assert desk.hand.current().words == "夜班津贴太低"

    hands.press("停下", desk)
    hands.settle()
    assert [row.item.remark for row in view(hands).rows.rows] == ["已归类 5 / 共 6 份"]
    assert view(hands).rows.rows[0].buttons["code"].hasFocus()
    assert hands.desk.case == hands.desk.library.read_case(hands.desk.case_id)


def test_a_proposal_is_seen_and_only_enter_takes_it(opened) -> None:
    hands = opened()
    desk = start(hands)
    go_to(desk, "夜班津贴太低")
    assert desk.told.words() == "答案里有“夜班津贴”，建议归 2。按 Enter 就归过去；不对就按别的数字。"
    assert [line.words for line in desk.pad.lines()] == [
        "食堂",
        "夜班津贴标准（建议）",
        "没有内容（无、没有意见）",
    ]
    assert not any(line.chosen for line in desk.pad.lines())
    key("down")
    key("up")
    hands.settle()
    assert on_disk(hands) == {}  # walking past writes nothing
    go_to(desk, "夜班津贴太低")
    press("enter")
    hands.settle()
    assert on_disk(hands) == {"000003": ("t2",)}
    go_to(desk, "多发劳保手套")
    press("enter")
    hands.settle()
    assert on_disk(hands) == {"000003": ("t2",)}  # nothing was proposed, nothing chosen


def test_ctrl_z_takes_back_the_coding_and_not_the_case(opened) -> None:
    hands = opened()
    hands.desk.change("topics", hands.desk.case.find("topics", "t1").replace(reason="要谈"))
    hands.settle()
    desk = start(hands)
    press("1", "enter")
    go_to(desk, "没有")
    press("0", "enter")
    hands.settle()
    key("z", CONTROL)
    hands.settle()
    assert set(on_disk(hands)) == {"000000", "000001", "000002"}
    assert desk.hand is not None and desk.hand.current().words == "没有"
    key("z", CONTROL)
    hands.settle()
    assert on_disk(hands) == {} and numbers(hands) == {"食堂": None, "夜班津贴标准": None}
    assert desk.progress.words() == "已归类 0 / 共 6 份"
    press("2")
    key("z", CONTROL)  # what was chosen and not written
    assert desk.hand.chosen() == ()
    key("z", CONTROL)
    hands.settle()
    assert "没有可以撤销的" in desk.told.words()
    assert hands.desk.case.find("topics", "t1").reason == "要谈"


def test_a_coding_is_changed_later_and_what_was_done_can_be_taken_back_after_a_pause(opened) -> None:
    hands = opened()
    desk = start(hands)
    press("1", "enter")
    hands.press("停下", desk)
    hands.settle()
    hands.go("survey", "results")
    hands.settle()
    hands.go("survey", "topics")
    hands.settle()
    desk = start(hands, "接着归类")
    go_to(desk, next(each.words for each in desk.hand.groups if len(each.sheets) == 3))
    assert desk.hand.chosen() == ("t1",)
    press("1", "2", "enter")
    hands.settle()
    assert on_disk(hands) == {each: ("t2",) for each in ("000000", "000001", "000002")}
    key("z", CONTROL)
    key("z", CONTROL)
    hands.settle()
    assert on_disk(hands) == {}


def test_answers_are_found_by_their_words(opened) -> None:
    hands = opened()
    desk = start(hands)
    press("/")
    assert desk.search.has_focus()
    press("手套")
    assert desk.hand is not None and [desk.hand.groups[at].words for at in desk.hand.shown()] == [
        "多发劳保手套"
    ]
    press("enter", "2", "enter")
    hands.settle()
    assert on_disk(hands) == {"000005": ("t2",)}
    press("/", "没这话")
    assert desk.told.words() == "没有答案里有这几个字。"
    key("esc")
    assert desk.pad.hasFocus() and len(desk.hand.shown()) == len(desk.hand.groups)


def test_a_topic_leads_to_the_very_answers_that_were_coded_to_it(opened) -> None:
    hands = opened()
    desk = start(hands)
    press("1", "enter")
    go_to(desk, "没有")
    press("0", "enter")
    hands.press("停下", desk)
    hands.settle()
    row = hands.page.view().views["survey_topics"].rows["t1"]
    row.name.setFocus(Qt.FocusReason.TabFocusReason)
    press("enter")
    way = row.ways.rows()[0]
    assert way.accessibleName() == "第9题（开放题）归到这里 3 份"
    way.setFocus(Qt.FocusReason.TabFocusReason)
    press("enter")
    assert desk.isVisible() and desk.pad.hasFocus() and desk.hand is not None
    assert [len(desk.hand.groups[at].sheets) for at in desk.hand.shown()] == [3]
    assert desk.told.words() == "这里只列归到“食堂”的答案。归错了，按数字改。"
    press("1", "2", "enter")
    hands.settle()
    assert numbers(hands) == {"食堂": None, "夜班津贴标准": 3}
    desk.whole.setFocus(Qt.FocusReason.TabFocusReason)
    press("enter")
    assert len(desk.hand.shown()) == 4 and not desk.whole.isVisible() and desk.pad.hasFocus()


def test_a_topic_whose_name_is_known_is_not_made_twice_and_escape_makes_none(opened) -> None:
    hands = opened()
    desk = start(hands)
    press("n", "食堂", "enter")
    assert len(hands.desk.case.topics) == 2 and desk.hand.chosen() == ("t1",)
    press("n", "别的")
    key("esc")
    assert desk.pad.hasFocus() and len(hands.desk.case.topics) == 2


def test_a_coding_that_could_not_be_written_is_written_with_the_next(opened, monkeypatch) -> None:
    hands = opened()
    desk = start(hands)
    real = coding_desk.code_answers

    def refuse(*_arguments: object, **_named: object) -> None:
        raise UserError("U 盘拔出来了。", "以前的都在。", "插回去，再存一次。", code="L-001")

    monkeypatch.setattr(coding_desk, "code_answers", refuse)
    press("1", "enter")
    hands.settle()
    assert hands.desk.unsaved() == 1 and on_disk(hands) == {} and desk.is_writing()
    monkeypatch.setattr(coding_desk, "code_answers", real)
    desk.pad.setFocus(Qt.FocusReason.TabFocusReason)  # the failure took the keys
    go_to(desk, "没有")
    press("0", "enter")
    hands.settle()
    assert hands.desk.unsaved() == 0 and not desk.is_writing()
    assert set(on_disk(hands)) == {"000000", "000001", "000002", "000004"}


def test_without_sheets_there_is_nothing_to_code(opened) -> None:
    hands = opened(dataclasses.replace(CASE, data_imports=()), [])
    assert not view(hands)._sheet.isVisible()


def test_ten_thousand_answers_leave_the_window_free(opened) -> None:
    many = tuple(f"第{at}条意见" if at % 3 else "食堂太贵" for at in range(10_000))
    hands = opened(answered=sheets(many))
    desk = start(hands)
    assert desk.hand is not None and len(desk.hand.groups) > 6_000
    turn = 0

    def code_some() -> None:
        nonlocal turn
        turn += 1
        press("1", "enter", "2", "enter")
        key("down")
        press("/", f"{turn}条", "enter", "0", "enter", "/")
        key("esc")
        hands.settle()

    heart = quietest(code_some)
    assert heart.busiest_ms < MOST_MS, heart.report()
    assert len(on_disk(hands)) >= 3


CANARY = "金丝雀说食堂太贵"


def test_the_words_are_in_the_library_and_nowhere_else(opened, tmp_path: Path, caplog) -> None:
    hands = opened(answered=sheets((CANARY, f"{CANARY}了")))
    desk = start(hands)
    press("1", "enter", "2", "enter", "/", "金丝雀")
    hands.settle()
    hands.press("停下", desk)
    hands.settle()
    assert len(on_disk(hands)) == 2
    assert CANARY not in repr(hands.desk.case) and CANARY not in caplog.text
    assert all(CANARY not in f"{entry}" for entry in hands.desk.library.journal())
    hands.window.close()
    kept = [
        each.name for each in tmp_path.rglob("*") if each.is_file() and "金丝雀".encode() in each.read_bytes()
    ]
    assert {name.partition("-")[0] for name in kept} == {"database.sqlite"}
