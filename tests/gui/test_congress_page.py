"""职代会审议 in the window: the tally, its checks, a second vote, where the decision hangs."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.rules.findings import Where
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import open_case, still_counting
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, still_counting(read_example("shandong-linyi-single")))


def vote(hands: Hands):
    hands.go("congress", "vote")
    hands.settle()
    return hands.page.view().views["congress_vote"]


def test_the_vote_on_the_draft_is_shown_not_that_on_persons(hands: Hands) -> None:
    view = vote(hands)
    session, count = view.shown()
    assert (session.id, count.id) == ("session-2", "count-draft")
    assert view.editors["in_favour"].value() == 41
    assert view.list.isHidden()
    assert [each.number for each in view.told().thresholds] == ["35", "27"]
    assert view.told().result == "通过"


def test_a_number_that_breaks_the_sum_is_said_beside_its_row(hands: Hands) -> None:
    view = vote(hands)
    hands.fill(view.editors["against"], 9)
    hands.settle()
    assert hands.desk.case.find("counts", "count-draft").against == 9
    assert view.told().checks["votes"].state == "must"
    assert "不等于有效 47" in view.rows["votes"].words.words()


def test_the_number_present_is_written_once_for_tally_and_sign_in_sheet(hands: Hands) -> None:
    view = vote(hands)
    hands.fill(view.editors["present"], 49)
    hands.settle()
    assert hands.desk.case.find("counts", "count-draft").present == 49
    assert hands.desk.case.find("sessions", "session-2").present == 49


def test_the_article_of_a_threshold_opens_and_closes(hands: Hands) -> None:
    view = vote(hands)
    view.strip.origin_requested.emit("1")
    assert "《鲁工资》27条" in view.why.words() and view.why.isVisible()
    view.strip.origin_requested.emit("1")
    assert not view.why.isVisible()


def test_a_draft_that_failed_leads_to_a_second_vote_with_its_own_session(qtbot, tmp_path: Path) -> None:
    case = still_counting(read_example("shandong-linyi-single"))
    lost = case.counts[1].replace(in_favour=20, against=20, abstained=7)
    case = dataclasses.replace(case, counts=(case.counts[0], lost), signings=(), filings=(), reviews=())
    hands = open_case(qtbot, tmp_path, case)
    view = vote(hands)
    assert view.told().failed
    hands.press("登记再次表决")
    hands.settle()
    made = hands.desk.case.sessions[-1]
    assert made.failed_before is True and made.agreement == "agreement-1"
    assert hands.page.current_step().key == "sessions"
    view = vote(hands)
    assert [row.cells["result"] for row in view.list.rows()] == ["没有通过", "还没有"]
    hands.press("登记计票")
    hands.settle()
    assert hands.desk.case.counts[-1].session == made.id


def test_after_a_lost_vote_the_red_button_begins_the_second(qtbot, tmp_path: Path) -> None:
    case = still_counting(read_example("shandong-linyi-single"))
    lost = case.counts[1].replace(in_favour=20, against=25, abstained=2)
    sessions = tuple(each.replace(result_published_on=None) for each in case.sessions)
    case = dataclasses.replace(
        case,
        counts=(case.counts[0], lost),
        sessions=sessions,
        signings=(),
        filings=(),
        reviews=(),
        stage_closings=(),
    )
    hands = open_case(qtbot, tmp_path, case)
    view = vote(hands)
    assert view.told().failed
    primary = hands.window.frame.head.primary
    assert primary.accessibleName() == "登记再次表决"
    before = len(hands.desk.case.sessions)
    hands.press_button(primary)
    hands.settle()
    made = hands.desk.case.sessions[-1]
    assert len(hands.desk.case.sessions) == before + 1 and made.failed_before
    vote(hands)
    assert hands.window.frame.head.primary.accessibleName() == "登记计票"


def test_no_notice_is_offered_for_a_session_that_is_over(qtbot, tmp_path: Path) -> None:
    case = still_counting(read_example("shandong-linyi-single"))
    case = dataclasses.replace(case, made_documents=(), stage_closings=())
    hands = open_case(qtbot, tmp_path, case)
    hands.go("congress", "sessions")
    hands.settle()
    primary = hands.window.frame.head.primary
    assert primary is None or not primary.isVisible() or "通知" not in primary.accessibleName()


def test_a_jump_to_a_number_of_the_count_lands_in_the_tally(hands: Hands) -> None:
    vote(hands)
    target = hands.page.open_where(Where("counts", "count-draft", "invalid"))
    assert target is not None and QApplication.focusWidget().accessibleName() == "无效"


def test_the_notice_tells_the_date_of_the_session_in_hand(hands: Hands) -> None:
    hands.go("congress", "sessions")
    hands.settle()
    rows = hands.page.view().views["congress_notice"].due_rows()
    assert len(rows) == 1
    assert rows[0].due.day == "4月22日"


def test_the_decision_hangs_from_its_day_until_its_day(hands: Hands) -> None:
    hands.go("congress", "result")
    hands.settle()
    view = hands.page.view().views["congress_result"]
    assert [row.due.day for row in view.dates.due_rows()] == ["5月6日", "5月15日"]
    target = hands.page.open_where(Where("sessions", "session-2", "result_taken_down_on"))
    assert target is not None


def test_a_stage_names_only_dues_its_own_check_tells_of(qtbot, tmp_path: Path) -> None:
    """The decision of a session that elected is kept, and asked for, at the congress."""
    case = still_counting(read_example("shandong-linyi-single"))
    session = case.find("sessions", "session-1").replace(result_published_on=None, result_taken_down_on=None)
    hands = open_case(qtbot, tmp_path, case.with_record("sessions", session))
    hands.go("representatives", "election")
    hands.settle()
    assert "公开职代会决议" not in hands.page.head().context
    hands.go("congress", "vote")
    hands.settle()
    assert hands.page.head().context == "公开职代会决议"


def test_nobody_is_asked_to_make_ballots_for_a_vote_that_is_closed(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    hands.go("congress", "vote")
    hands.settle()
    hands.qtbot.waitUntil(hands.page.papers().is_read, timeout=10_000)
    hands.settle()
    primary = hands.page.head().primary
    assert primary is None or "表决票" not in primary.label
