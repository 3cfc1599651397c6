"""满意度测评 in the window: sheets keyed as the paper lies, two tellers apart, the rate with what it stands on."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.ballots import Counter
from tests.gui.counting_case import DAY, counting_case
from tests.gui.demo_pages import open_case
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    made = open_case(qtbot, tmp_path, dataclasses.replace(counting_case(), polls=()), DAY)
    made.go("congress", "poll")
    made.settle()
    return made


def view(hands: Hands):
    return hands.page.view().views["poll_count"]


def keys(part, words: str) -> None:
    for letter in words:
        QTest.keyClick(part, {"<": Qt.Key.Key_Backspace, "\n": Qt.Key.Key_Return}.get(letter, letter))


def turn(hands: Hands, counter: Counter) -> None:
    part = view(hands)
    part.who.set_value(counter)
    part.who.value_changed.emit(counter)
    hands.settle()


def own(hands: Hands, counter: Counter):
    return next((each for each in hands.desk.case.poll_sheets if each.counter is counter), None)


def test_sheets_are_keyed_as_they_lie_and_two_tellers_bring_the_rate(hands: Hands) -> None:
    assert view(hands).begin.isVisible()
    view(hands).add_poll()
    hands.settle()
    hands.press("逐份录入")
    pad = view(hands).keys.pad
    keys(pad, "111")
    assert pad.number.words() == "第 2 份　总的看"
    keys(pad, "2" + "9" + "<")
    assert pad.number.words() == "第 2 份　总的看", (
        "a key without an answer is passed over, one taken back is gone"
    )
    keys(pad, "212" + "0" + "622" + "421" + "<" + "\n")
    hands.settle()
    first = own(hands, Counter.FIRST)
    assert (first.returned, first.invalid, first.valid) == (4, 1, 3)
    assert (first.very_satisfied, first.satisfied, first.dissatisfied) == (1, 1, 0)
    assert (first.aware, first.took_part) == (2, 1)
    kept = [
        entry for entry in hands.desk.library.journal(hands.desk.case_id) if entry.collection == "poll_sheets"
    ]
    assert len(kept) == 1, "one entry with the sums; no trace of the order in which the sheets lay"
    assert view(hands).words.words() == "还不能记入：第二人还没有数。"
    turn(hands, Counter.SECOND)
    turn(hands, Counter.FIRST)
    assert view(hands).is_covered()
    turn(hands, Counter.SECOND)
    hands.press("逐份录入")
    keys(pad, "111" + "212" + "0" + "612" + "\n")
    hands.settle()
    assert "两人数的知道并能说出主要内容不一样" in view(hands).words.words()
    assert not view(hands).take.isVisible()
    second = own(hands, Counter.SECOND)
    hands.desk.change("poll_sheets", second.replace(aware=2))
    hands.settle()
    hands.press("记入测评")
    hands.settle()
    (poll,) = hands.desk.case.polls
    assert (poll.returned, poll.valid, poll.satisfied, poll.aware) == (4, 3, 1, 2)
    assert view(hands).basis.words().startswith("满意率 66.7% ＝ 2 ÷ 3")
    assert view(hands).words.words() == "两人数的一样，已经记入测评。"


def test_who_goes_elsewhere_has_paused_and_loses_no_sheet(hands: Hands) -> None:
    view(hands).add_poll()
    hands.settle()
    hands.press("逐份录入")
    keys(view(hands).keys.pad, "111" + "212" + "3")
    hands.go("home")
    hands.settle()
    assert own(hands, Counter.FIRST) is None
    poll = hands.desk.case.polls[-1]
    assert hands.desk.half_typed.words("poll_sheets", f"{poll.id}/first", "keyed") == "2 0 2 2 1 1 1 0 0 0"
    hands.go("congress", "poll")
    hands.settle()
    turn(hands, Counter.SECOND)
    turn(hands, Counter.FIRST)
    hands.press("逐份录入")
    assert view(hands).keys.pad.number.words() == "第 3 份　总的看"
    keys(view(hands).keys.pad, "\n")
    hands.settle()
    assert own(hands, Counter.FIRST).returned == 2
    assert hands.desk.half_typed.words("poll_sheets", f"{poll.id}/first", "keyed") == ""


def test_counting_anew_begins_with_the_first_sheet(hands: Hands) -> None:
    view(hands).add_poll()
    hands.settle()
    hands.press("逐份录入")
    keys(view(hands).keys.pad, "111" + "211" + "\n")
    hands.settle()
    hands.press("重新数一遍")
    hands.settle()
    assert own(hands, Counter.FIRST).returned is None
    hands.press("逐份录入")
    keys(view(hands).keys.pad, "311" + "\n")
    hands.settle()
    first = own(hands, Counter.FIRST)
    assert (first.returned, first.very_satisfied, first.fairly_satisfied) == (1, 0, 1)
