"""Counting in the window: sign-in by scan, ballots and names by key, two tellers apart, closing and opening again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.ballots import Counter, CountSheet, Mark
from app.domain.case import Case
from app.domain.congress import Body
from app.domain.representatives import Count, Sex
from tests.gui.counting_case import DAY, NAMES, counting_case, sheet
from tests.gui.demo_pages import open_case
from tests.gui.window_driver import Hands

COUNT = "count-draft"


def at_work(qtbot, tmp_path: Path, case: Case) -> Hands:
    return open_case(qtbot, tmp_path, case, DAY)


def tellers(hands: Hands):
    hands.go("congress", "vote")
    hands.settle()
    return hands.page.view().views["congress_tellers"]


def count(hands: Hands):
    return hands.desk.case.find("counts", COUNT)


def own(hands: Hands, counter: Counter):
    return next((s for s in hands.desk.case.count_sheets if s.counter is counter), None)


VOTES = ("in_favour", "against", "abstained")


def keys(part, words: str) -> None:
    for letter in words:
        QTest.keyClick(part, {"<": Qt.Key.Key_Backspace, "\n": Qt.Key.Key_Return}.get(letter, letter))


def write(hands: Hands, view, **numbers: int) -> None:
    for name, value in numbers.items():
        hands.fill(view.editors[name], value)
    hands.settle()


def test_secret_ballots_are_keyed_in_the_order_of_the_paper_and_only_the_tally_stays(qtbot, tmp_path) -> None:
    hands = at_work(qtbot, tmp_path, counting_case())
    view = tellers(hands)
    hands.press("逐张录入")
    keys(view.keys.pad, "1111111112<23")
    assert view.keys.pad.number.words() == "第 12 张"
    assert view.keys.pad.last.words().startswith("赞成 9　反对 1　弃权 1　无效 0")
    keys(view.keys.pad, "4\n")
    hands.settle()
    held = own(hands, Counter.FIRST)
    assert (held.in_favour, held.against, held.abstained, held.invalid) == (9, 1, 1, 1)
    assert (held.valid, held.returned) == (11, 12)
    kept = [
        entry
        for entry in hands.desk.library.journal(hands.desk.case_id)
        if entry.collection == "count_sheets"
    ]
    assert len(kept) == 1, "one entry with the tally; no trace of the order in which the ballots lay"
    assert hands.desk.case.named_votes == ()


def test_who_goes_to_another_page_has_paused_and_not_finished(qtbot, tmp_path) -> None:
    case = counting_case().with_record("count_sheets", sheet(Counter.FIRST))
    second = sheet(Counter.SECOND).replace(**dict.fromkeys(("returned", "valid", "invalid", *VOTES)))
    hands = at_work(qtbot, tmp_path, case.with_record("count_sheets", second))
    view = tellers(hands)
    hands.fill(view.who, Counter.SECOND)
    hands.press("逐张录入")
    keys(view.keys.pad, "112")
    hands.go("home")
    hands.settle()
    assert own(hands, Counter.SECOND) == second, "what is half counted is no count"
    view = tellers(hands)
    hands.fill(view.who, Counter.FIRST)
    assert view.is_covered() and not view.editors["in_favour"].isVisible()
    hands.fill(view.who, Counter.SECOND)
    assert "已经逐张录了 3 张" in view.paused.words() and view.paused.isVisible()
    hands.press("逐张录入")
    assert view.keys.pad.number.words() == "第 4 张"
    assert not view.paused.isVisible()
    keys(view.keys.pad, "\n")
    hands.settle()
    assert own(hands, Counter.SECOND).in_favour == 2
    assert hands.desk.half_typed.words("count_sheets", f"{COUNT}/second", "keyed") == ""


def test_no_keyed_ballot_is_lost_when_the_program_ends_at_once(qtbot, tmp_path) -> None:
    from app.gui.window_memory import WindowMemory

    hands = at_work(qtbot, tmp_path, counting_case())
    memory = WindowMemory(tmp_path / "memory")
    hands.desk.half_typed = memory.half_typed("case")
    view = tellers(hands)
    hands.press("逐张录入")
    keys(view.keys.pad, "2111<3")
    found = WindowMemory(tmp_path / "memory")  # as the next start reads it; nothing was handed on or left
    assert found.half_typed("case").words("count_sheets", f"{COUNT}/first", "keyed") == "2 1 1 0"
    assert own(hands, Counter.FIRST) is None
    written = "".join(each.read_text(encoding="utf-8") for each in (tmp_path / "memory").iterdir())
    assert written.count("keyed") == 1, "one tally, and no trace of the one before"
    kept = [e for e in hands.desk.library.journal(hands.desk.case_id) if e.collection == "count_sheets"]
    assert kept == []


def test_the_keys_are_brought_into_sight(qtbot, tmp_path) -> None:
    hands = at_work(qtbot, tmp_path, counting_case())
    hands.window.resize(1093, 543)
    view = tellers(hands)
    hands.press("逐张录入")
    hands.settle()
    assert not view.keys.pad.visibleRegion().isEmpty()
    assert view.keys.pad.visibleRegion().boundingRect().height() == view.keys.pad.height()


def test_two_tellers_count_apart_differ_agree_and_the_count_closes(qtbot, tmp_path) -> None:
    hands = at_work(qtbot, tmp_path, counting_case())
    view = tellers(hands)
    numbers = {name: getattr(sheet(Counter.FIRST), name) for name in view.editors if name != "teller"}
    write(hands, view, **numbers)
    assert not view.is_covered(), "who is counting sees what he wrote"
    hands.fill(view.who, Counter.SECOND)
    assert view.editors["in_favour"].value() is None
    hands.fill(view.who, Counter.FIRST)
    assert view.is_covered() and not view.editors["in_favour"].isVisible()
    hands.fill(view.who, Counter.SECOND)
    write(hands, view, **(numbers | {"in_favour": 8, "against": 2}))
    assert view.compared.isVisible()
    assert [row.id for row in view.compared.rows() if row.states["same"] == "must"] == [
        "in_favour",
        "against",
    ]
    assert "两人数的赞成、反对不一样" in view.foot.words.words()
    hands.press("结束计票")
    hands.settle()
    assert count(hands).closed_on is None
    write(hands, view, in_favour=9, against=1)
    hands.press("记入计票单")
    hands.settle()
    assert count(hands).in_favour == 9
    hands.press("结束计票")
    hands.settle()
    assert count(hands).closed_on is None, "nobody says who the two were"
    assert "第一人没有写名字" in view.foot.words.words()
    write(hands, view, teller="乙")
    hands.fill(view.who, Counter.FIRST)
    write(hands, view, teller="甲")
    hands.press("结束计票")
    hands.settle()
    assert (count(hands).closed_on, count(hands).tellers) == (DAY, ("甲", "乙"))
    assert "已经结束计票" in view.foot.words.words()
    assert hands.page.view().views["congress_vote"].editors["in_favour"].is_read_only()


def test_the_tellers_follow_the_vote_that_is_chosen_above(qtbot, tmp_path) -> None:
    case = counting_case()
    again = case.find("sessions", "session-2").replace(
        id="session-9", name="再次表决的会议", failed_before=True
    )
    case = case.with_record("sessions", again)
    case = case.with_record(
        "counts", case.find("counts", COUNT).replace(id="count-again", session="session-9")
    )
    hands = at_work(qtbot, tmp_path, case)
    view = tellers(hands)
    assert view.count().id == "count-again"
    hands.select_row(hands.page.view().views["congress_vote"].list, "0")
    hands.settle()
    assert view.count().id == COUNT


@pytest.fixture
def counted() -> Case:
    case = counting_case().with_record("count_sheets", sheet(Counter.FIRST))
    return case.with_record("count_sheets", sheet(Counter.SECOND))


def test_numbers_that_do_not_agree_close_with_a_reason_only(qtbot, tmp_path, counted: Case) -> None:
    draft = counted.find("counts", COUNT).replace(printed=15)
    hands = at_work(qtbot, tmp_path, counted.with_record("counts", draft))
    view = tellers(hands)
    assert "不等于印制 15" in view.foot.words.words()
    hands.press("结束计票")
    hands.settle()
    assert count(hands).closed_on is None
    hands.fill(view.foot.reason, "1 张印坏，当场作废")
    hands.settle()
    hands.press("结束计票")
    hands.settle()
    assert (count(hands).closed_on, count(hands).in_favour) == (DAY, 9)


def test_a_closed_count_is_not_changed_from_any_form_and_opens_with_a_reason(
    qtbot, tmp_path, counted: Case
) -> None:
    hands = at_work(qtbot, tmp_path, counted)
    view = tellers(hands)
    hands.press("结束计票")
    hands.settle()
    refused = []
    hands.desk.failed.connect(refused.append)
    hands.desk.change("counts", count(hands).replace(in_favour=10))
    hands.desk.remove("counts", COUNT)
    hands.settle()
    assert [each.code for each in refused] == ["K-111", "K-111"]
    assert hands.desk.library.read_case(hands.desk.case_id).find("counts", COUNT).in_favour == 9
    assert view.foot.reopen.blocked_reason() == "先写一句为什么重新打开。"
    hands.fill(view.foot.why, "票箱里又找到 1 张")
    hands.press("重新打开计票")
    hands.settle()
    assert (count(hands).closed_on, count(hands).reopened_because) == (None, "票箱里又找到 1 张")
    assert not view.editors["in_favour"].is_read_only()


def test_space_twice_closes_and_opens_nothing(qtbot, tmp_path, counted: Case) -> None:
    hands = at_work(qtbot, tmp_path, counted)
    view = tellers(hands)
    hands.press("结束计票")
    hands.settle()
    hands.fill(view.foot.why, "票箱里又找到 1 张")
    hands.press("重新打开计票")
    hands.settle()
    assert count(hands).closed_on is None
    view.foot.close_button.setFocus()
    for _ in range(2):
        QTest.keyClick(hands.window.focusWidget(), Qt.Key.Key_Space)
        hands.settle()
    assert count(hands).closed_on == DAY
    assert view.foot.why.typed() == ""
    assert view.foot.reopen.blocked_reason() == "先写一句为什么重新打开。"
    assert not view.foot.reopen.hasFocus()


def test_a_closed_count_and_its_session_are_locked_in_every_form(qtbot, tmp_path, counted: Case) -> None:
    hands = at_work(qtbot, tmp_path, counted)
    tellers(hands)
    hands.press("结束计票")
    hands.settle()
    form = hands.page.view().views["congress_vote"].form
    for name in ("what", "session", "agreement", "counted_on", "method", "scrutineers"):
        assert form.editor(name).is_read_only(), name
    refused = []
    hands.desk.failed.connect(refused.append)
    other = hands.desk.case.agreements[0].replace(id="agreement-9")
    hands.desk.change("counts", count(hands).replace(agreement=other.id))
    hands.desk.remove("sessions", "session-2")
    hands.settle()
    assert [each.code for each in refused] == ["K-111", "K-111"]
    hands.go("congress", "sessions")
    hands.settle()
    session = hands.page.view().sections[0].form
    assert session.editor("held_on").is_read_only()
    assert not session.editor("place").is_read_only()
    assert count(hands).tellers == ("第一人", "第二人")


def test_the_second_vote_does_not_show_the_numbers_of_the_first(qtbot, tmp_path, counted: Case) -> None:
    lost = counted.find("counts", COUNT).replace(in_favour=3, against=7, valid=11, invalid=1, abstained=1)
    hands = at_work(qtbot, tmp_path, counted.with_record("counts", lost))
    view = tellers(hands)
    assert view.count().id == COUNT
    hands.page.view().views["congress_vote"].add_second_vote()
    hands.settle()
    view = tellers(hands)
    assert view.count() is None and view.line.isVisible()
    assert not view.who.isVisible()
    hands.press("登记计票")
    hands.settle()
    assert view.count() is not None and view.count().id != COUNT
    assert view.editors["in_favour"].value() is None
    hands.select_row(hands.page.view().views["congress_vote"].list, "0")
    hands.settle()
    assert view.count().id == COUNT


def test_the_foot_says_nothing_of_a_difference_before_the_second_has_counted(qtbot, tmp_path) -> None:
    case = counting_case().with_record("count_sheets", sheet(Counter.FIRST))
    begun = CountSheet(id="s2", count=COUNT, counter=Counter.SECOND, teller="乙")
    hands = at_work(qtbot, tmp_path, case.with_record("count_sheets", begun))
    view = tellers(hands)
    assert "不一样" not in view.foot.words.words()
    assert "第二人没有写发出" in view.foot.words.words()


def test_nobody_is_told_on_while_the_vote_is_secret(qtbot, tmp_path) -> None:
    hands = at_work(qtbot, tmp_path, counting_case())
    view = tellers(hands)
    assert "无记名" in view.by_name.blocked_reason()
    hands.desk.change("counts", count(hands).replace(method="记名投票"))
    hands.settle()
    assert not view.by_name.blocked_reason()


def test_named_votes_are_found_by_number_or_name_once_each(qtbot, tmp_path) -> None:
    case = counting_case()
    named = case.find("counts", COUNT).replace(method="记名投票")
    hands = at_work(qtbot, tmp_path, case.with_record("counts", named))
    view = tellers(hands)
    hands.press("记名逐人录入")
    for who, mark in (("3", "1"), ("王芳", "2"), ("12", "3")):
        keys(view.named.who.line, "")
        view.named.who.set_typed(who)
        keys(view.named.who.line, "\n")
        keys(view.named.pad, mark)
        hands.settle()
    votes = {vote.delegate: vote.vote for vote in hands.desk.case.named_votes}
    assert votes == {"d3": Mark.IN_FAVOUR, "d1": Mark.AGAINST, "d12": Mark.ABSTAINED}
    view.named.who.set_typed("张伟")
    keys(view.named.who.line, "\n")
    assert "已经登记过：赞成" in view.named.pad.number.words()
    keys(view.named.pad, "2")
    hands.settle()
    assert len(hands.desk.case.named_votes) == 3
    assert "还有 9 人没有登记：李强" in view.named.told.words()
    hands.press("记入这份计票")
    hands.settle()
    held = own(hands, Counter.FIRST)
    assert (held.in_favour, held.against, held.abstained, held.returned) == (1, 1, 1, 3)


def sign_in(hands: Hands):
    hands.go("congress", "attendance")
    hands.settle()
    return hands.page.view().views["congress_sign_in"]


def scan(hands: Hands, view, words: str) -> None:
    view.scan.set_typed(words)
    QTest.keyClick(view.scan.line, Qt.Key.Key_Return)
    hands.settle()


def test_a_scanned_code_signs_in_and_the_meter_follows(qtbot, tmp_path) -> None:
    hands = at_work(qtbot, tmp_path, counting_case())
    view = sign_in(hands)
    assert "至少要到 8 人" in view.meter.words.words()
    for at in range(1, 8):
        scan(hands, view, f"90000000{at:02d}")
    assert view.said.words() == "赵磊（一车间）签到了，第 7 位。"
    assert "实到 7 人，至少要到 8 人，还差 1 人" in view.meter.words.words()
    scan(hands, view, "9000000003")
    assert view.said.words() == "张伟已经签过了。"
    scan(hands, view, "1234567890")
    assert "没有这个码" in view.said.words()
    scan(hands, view, "黄丽")
    assert "够了" in view.meter.words.words()
    assert len(hands.desk.case.attendances) == 8
    assert hands.desk.case.find("sessions", "session-2").present == 8
    view.list.cell_ticked.emit("d8", "there", False)
    hands.settle()
    assert "还差 1 人" in view.meter.words.words()
    assert hands.desk.case.find("sessions", "session-2").present == 7


def test_who_signs_in_after_the_count_is_closed_is_told_and_changes_no_result(
    qtbot, tmp_path, counted: Case
) -> None:
    hands = at_work(qtbot, tmp_path, counted)
    tellers(hands)
    hands.press("结束计票")
    hands.settle()
    closed = count(hands)
    view = sign_in(hands)
    scan(hands, view, "9000000001")
    assert "已经结束计票，计票单上实到 12 人，签到表现在是 1 人" in view.said.words()
    assert count(hands) == closed
    found = [each for each in hands.desk.checkup.findings if each.rule == "data_count_attendance"]
    assert ["签到表实到 1 人，计票单实到 12 人" in each.sentence for each in found] == [True]


def test_each_delegate_gets_a_code_of_digits_and_no_two_the_same(qtbot, tmp_path) -> None:
    case = counting_case()
    for each in case.delegates:
        case = case.with_record("delegates", each.replace(code=""))
    hands = at_work(qtbot, tmp_path, case)
    sign_in(hands)
    hands.press("做签到码")
    hands.settle()
    codes = {each.code for each in hands.desk.case.delegates}
    assert len(codes) == len(NAMES)
    assert all(code.isdecimal() and len(code) == 10 for code in codes)
    told = " ".join(f"{e.action} {e.detail}" for e in hands.desk.library.journal(hands.desk.case_id))
    assert not any(code in told for code in codes)
    assert not any(name in told for name in NAMES)


def test_quotas_follow_the_roster_of_delegates_while_it_is_written(qtbot, tmp_path) -> None:
    hands = at_work(qtbot, tmp_path, counting_case())
    hands.go("congress", "sessions")
    hands.settle()
    view = hands.page.view().views["delegate_quotas"]

    def told(key: str) -> dict[str, object]:
        return next(row.cells for row in view.table.rows() if row.id == key)

    assert told("部门/质检部")["there"] == "6"
    assert told("部门/质检部")["difference"] == "多 5", "12 seats by heads give the department one"
    assert "部门和人数表对不上的：一车间。" in view.told.words()
    first = hands.desk.case.delegates[0]
    hands.desk.change("delegates", first.replace(department="质检部", sex=Sex.FEMALE))
    hands.settle()
    assert told("部门/质检部")["there"] == "7"
    assert told("性别/女") == told("性别/女") | {
        "people": "124",
        "wanted": "4",
        "there": "1",
        "difference": "少 3",
    }
    hands.desk.change("congress", hands.desk.case.congress.replace(body=Body.ALL_STAFF))
    hands.settle()
    assert view.isHidden(), "where all staff decide nobody is chosen"


def test_the_paper_beside_is_that_of_the_vote_in_hand_also_after_another_step(qtbot, tmp_path) -> None:
    case = counting_case()
    again = case.find("sessions", "session-2").replace(id="session-9", name="第三届职代会第九次会议")
    case = case.with_record("sessions", again).with_record(
        "counts", Count(id="count-9", what="再次表决", session="session-9", expected=12, in_favour=9)
    )
    hands = at_work(qtbot, tmp_path, case)
    hands.window.resize(1920, 1009)
    hands.go("congress", "vote")

    def shows(count_id: str) -> bool:
        hands.settle()
        live = hands.page.pane.live
        return live is not None and live.is_about() == ("tally", count_id)

    qtbot.waitUntil(lambda: shows("count-9"), timeout=15_000)
    hands.page.view().views["congress_vote"].list.select("0")
    qtbot.waitUntil(lambda: shows("count-draft"), timeout=15_000)
    hands.go("congress", "attendance")
    hands.settle()
    hands.go("congress", "vote")
    assert shows("count-draft")
