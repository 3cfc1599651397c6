"""推选和计票, from candidates to representatives: rows, ballots, votes, ticks, meter, terms of office, recall."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.ballots import Counter
from app.domain.representatives import Candidate, LeavingCause
from app.domain.union import Side
from app.gui.widgets.button import Button
from app.rules.findings import Where
from app.usecases.vote_sheet import draft_votes
from tests.gui.demo_pages import MARCH, example_in_march, open_case


@pytest.fixture
def hands(qtbot, tmp_path):
    """The example in March before anybody stood for the workers' side: the congress of 52 is written down."""
    case = example_in_march()
    case = dataclasses.replace(
        case,
        candidates=(),
        representatives=tuple(each for each in case.representatives if each.side is Side.EMPLOYER),
    )
    election = case.find("elections", "election-worker")
    case = case.with_record("elections", election.replace(seats=3, determined_on=None, published_on=None))
    made = open_case(qtbot, tmp_path, case, MARCH)
    made.window.resize(1366, 697)
    made.go("representatives", "election")
    made.settle()
    return made


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def result(hands):
    return hands.page.view().views["election_result"]


def meter(hands) -> dict[str, str]:
    strip = hands.page.view().views["election_composition"]
    return {mark.key: mark.number for mark in strip.marks()}


def names(hands) -> list[str]:
    return [row.cells["name"] for row in result(hands).table.rows()]


def add_people(hands, *people: tuple[str, int | None]) -> None:
    for name, votes in people:
        hands.desk.add(
            "candidates",
            {"election": "election-worker", "name": name, "frontline": True, "in_favour": votes},
        )
    hands.settle()


def place_of(hands, name: str) -> str:
    return next(row.cells["place"] for row in result(hands).table.rows() if row.cells["name"] == name)


def tick(hands, name: str) -> None:
    table = result(hands).table
    row = next(row.id for row in table.rows() if row.cells["name"] == name)
    result(hands).table.view.setFocus()
    table.select(row)
    press(Qt.Key.Key_Space)
    hands.settle()


def sitting(hands) -> set[str]:
    return {each.name for each in hands.desk.case.representatives if each.side is Side.WORKER}


def test_candidates_are_added_in_rows_and_listed_by_strokes(hands):
    for name in ("郇立夏", "丁一"):
        hands.press("添加候选人")
        hands.type(name)
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Escape)
        hands.settle()
    assert [each.name for each in hands.desk.case.candidates] == ["郇立夏", "丁一"]
    assert names(hands) == ["丁一", "郇立夏"]


def test_ballots_are_printed_from_the_page_one_for_each_delegate(hands):
    add_people(hands, ("王平", None), ("李明", None))
    papers = hands.page.papers()
    hands.qtbot.waitUntil(lambda: any(row.kind.key == "ballot" for row in papers.rows()), timeout=10_000)
    kinds = zip(papers._rows, papers.rows(), strict=True)
    ballots = next(key for key, row in kinds if row.kind.key == "ballot")
    papers.do(ballots, "print")
    hands.settle()
    (printed,) = hands.ask.printed
    assert printed[1] == 13  # 52 ballots, four on a sheet


def test_votes_are_filled_in_and_who_passed_is_taken_over_at_once(hands):
    add_people(hands, ("王平", None), ("李明", 26), ("张华", 31))
    view = result(hands)
    wang = next(each for each in hands.desk.case.candidates if each.name == "王平")
    target = hands.page.open_where(Where("candidates", wang.id, "in_favour"))
    assert target is not None and target.name == "同意"
    hands.type("40")
    press(Qt.Key.Key_Return)
    hands.settle()
    assert hands.desk.case.find("candidates", wang.id).in_favour == 40
    assert (place_of(hands, "王平"), place_of(hands, "李明")) == ("当选", "恰好一半")
    assert any("李明恰好一半（26 票，全体 52 人）" in each for each in view.sentences())
    assert meter(hands)["number"] == "0"
    hands.press("当选的列为代表")
    hands.settle()
    assert sitting(hands) == {"王平", "张华"}
    assert meter(hands)["frontline"] == "2/2"
    assert not hands.button("当选的列为代表").isEnabled()


def test_corrected_votes_reach_the_representative_too(hands):
    add_people(hands, ("王平", 40))
    tick(hands, "王平")
    wang = hands.desk.case.candidates[0]
    hands.page.open_where(Where("candidates", wang.id, "in_favour"))
    hands.type("41")
    press(Qt.Key.Key_Return)
    hands.settle()
    (held,) = [each for each in hands.desk.case.representatives if each.name == "王平"]
    assert held.in_favour == 41
    assert meter(hands)["vote"] == "41"


def test_the_meter_follows_each_tick_and_a_tick_is_taken_back(hands):
    add_people(hands, ("王平", 40), ("李明", 26))
    tick(hands, "李明")
    assert sitting(hands) == {"李明"}
    assert (meter(hands)["number"], meter(hands)["frontline"]) == ("1", "1/1")
    assert [row.cells["taken"] for row in result(hands).table.rows()] == [False, True]
    tick(hands, "李明")
    assert sitting(hands) == set()
    assert meter(hands)["number"] == "0"
    hands.desk.undo()
    hands.settle()
    assert sitting(hands) == {"李明"}


def test_marks_that_cannot_be_are_said_below_the_table(hands):
    add_people(hands, ("王平", 60))
    assert any("王平合计 60 票" in each for each in result(hands).sentences())
    assert result(hands).table.rows()[0].states["in_favour"] == "must"


def test_a_name_nobody_can_place_comes_last_and_is_told(hands):
    add_people(hands, ("王平", None), ("ABC", None))
    assert names(hands) == ["王平", "ABC"]
    assert any("查不到笔画" in each for each in result(hands).sentences())


def test_terms_and_protection_stand_on_their_own_tab_and_follow_a_recall(hands):
    add_people(hands, ("王平", 40), ("李明", 30))
    hands.press("当选的列为代表")
    hands.settle()
    election = hands.desk.case.find("elections", "election-worker")
    hands.desk.change("elections", election.replace(determined_on=date(2026, 3, 6), tenure_from=None))
    hands.go("representatives", "tenures")
    hands.settle()
    view = hands.page.view().views["tenures"]
    assert [row.cells["since"] for row in view.table.rows()] == ["3月6日", "3月6日"]
    assert any("《鲁工资》15条，原文已核对" in each for each in view.sentences())
    gone = next(each for each in hands.desk.case.representatives if each.name == "王平")
    hands.desk.add(
        "replacements",
        {
            "side": Side.WORKER,
            "leaving": gone.id,
            "cause": LeavingCause.RECALLED,
            "vacant_on": date(2026, 3, 10),
        },
    )
    hands.settle()
    row = next(row for row in view.table.rows() if row.id == gone.id)
    assert row.cells["until"] == "3月10日，罢免（撤换）"
    assert row.cells["change"] == "还没有人接替"
    due = [each for each in hands.desk.checkup.deadlines if each.rule == "rep_replace"]
    assert due and due[0].due == date(2026, 3, 25)


def test_a_library_that_is_only_looked_at_changes_nothing(hands, monkeypatch):
    add_people(hands, ("王平", 40))
    monkeypatch.setattr(type(hands.desk), "read_only", True)
    view = result(hands)
    view._on_ticked(view.table.rows()[0].id, "taken", True)
    hands.settle()
    assert sitting(hands) == set()


def test_everything_on_the_tab_has_a_name(hands):
    add_people(hands, ("王平", 40))
    view = result(hands)
    assert view.table.view.accessibleName() == "得票和当选"
    assert all(each.accessibleName() for each in view.findChildren(Button))
    assert isinstance(hands.desk.case.candidates[0], Candidate)


def sheets(hands, **numbers: int) -> None:
    """Both tellers write the same numbers, each with a name."""
    view = hands.page.view().views["election_tellers"]
    for counter in Counter:
        view.who.set_value(counter)
        view.who.value_changed.emit(counter)
        for name, value in {**numbers, "teller": counter.label}.items():
            hands.fill(view.editors[name], value)
        hands.settle()


def test_an_election_is_counted_twice_and_closed_where_its_finding_leads(hands) -> None:
    add_people(hands, ("王芳", 40), ("李强", 30))
    for each in hands.desk.case.candidates:
        hands.desk.change("candidates", each.replace(against=46 - each.in_favour, abstained=0))
    count = hands.desk.case.find("counts", "count-election")
    hands.desk.change("counts", count.replace(present=47, printed=52, unused=5))
    hands.settle()
    hands.page.open_where(Where("counts", "count-election", "closed_on"))
    hands.settle()
    view = hands.page.view().views["election_tellers"]
    assert view.count().id == "count-election" and not view.key_in.isVisible()
    assert not view.which.isVisible() and view.sums.isVisible()
    assert QApplication.focusWidget() is view.foot.close_button
    own = {"issued": 47, "unused": 5, "returned": 47, "valid": 46, "invalid": 1}
    sheets(hands, **own, in_favour=69, against=22, abstained=0)
    assert "各候选人合计是 70" in view.foot.words.words()
    sheets(hands, in_favour=70)
    assert view.foot.words.words() == "数字都对得上，可以结束计票。"
    hands.press("结束计票", view)
    hands.settle()
    assert hands.desk.case.find("counts", "count-election").closed_on == MARCH
    first = hands.desk.case.candidates[0]
    hands.desk.change("candidates", first.replace(in_favour=41))
    hands.settle()
    assert hands.desk.case.candidates[0] == first, "a closed count keeps the votes of its persons"
    assert hands.desk.case.find("counts", "count-election").in_favour is None


def test_a_count_added_here_is_that_of_the_election_and_no_vote_on_a_draft(hands) -> None:
    for each in hands.desk.case.counts:
        hands.desk.remove("counts", each.id)
    hands.settle()
    section = next(s for s in hands.page.view().sections if s.section.collection == "counts")
    section.add_record()
    hands.settle()
    made = hands.desk.case.counts[-1]
    assert (made.election, made.session, made.expected) == ("election-worker", "session-1", 52)
    assert draft_votes(hands.desk.case) == ()
    assert hands.page.view().views["election_tellers"].count().id == made.id
    section.add_record()
    hands.settle()
    assert hands.desk.case.counts[-1].election == "election-worker"


def test_before_any_plan_is_written_a_count_makes_its_election(hands) -> None:
    hands.desk.remove("elections", "election-worker")
    for each in hands.desk.case.counts:
        hands.desk.remove("counts", each.id)
    hands.settle()
    section = next(s for s in hands.page.view().sections if s.section.collection == "counts")
    section.add_record()
    hands.settle()
    own = [each for each in hands.desk.case.elections if each.side is Side.WORKER]
    assert hands.desk.case.counts[-1].election == own[0].id


def test_a_recall_is_voted_on_counted_by_two_and_closed_on_its_own_tab(hands) -> None:
    add_people(hands, ("王平", 40), ("李明", 30))
    hands.press("当选的列为代表")
    hands.settle()
    gone = next(each for each in hands.desk.case.representatives if each.name == "王平")
    hands.go("representatives", "tenures")
    hands.settle()
    view = hands.page.view().views["recall_tellers"]
    assert view.isHidden(), "nobody is to be recalled"
    facts = {"side": Side.WORKER, "leaving": gone.id, "cause": LeavingCause.RECALLED}
    change = hands.desk.add("replacements", facts)
    hands.settle()
    assert view.isVisible()
    hands.press("登记罢免计票", view)
    hands.settle()
    count = view.count()
    assert hands.desk.case.find("replacements", change.id).recall_count == count.id
    assert (count.what, count.expected) == ("罢免职工方协商代表王平", 52)
    assert draft_votes(hands.desk.case) == ()
    hands.desk.change("counts", count.replace(present=48, printed=52))
    own = {"issued": 48, "unused": 4, "returned": 48, "valid": 48, "invalid": 0}
    for counter, name in ((Counter.FIRST, "甲"), (Counter.SECOND, "乙")):
        view.who.set_value(counter)
        view.who.value_changed.emit(counter)
        for fact, value in {**own, "in_favour": 27, "against": 20, "abstained": 1, "teller": name}.items():
            hands.fill(view.editors[fact], value)
        hands.settle()
    assert view.key_in.isVisible(), "three answers, so ballots are keyed one by one"
    hands.press("结束计票", view)
    hands.settle()
    assert hands.desk.case.find("counts", count.id).closed_on == MARCH
    assert "至少要 27 票：超过一半，同意罢免" in view.told.words()
    hands.desk.change("replacements", hands.desk.case.find("replacements", change.id).replace(leaving=""))
    hands.settle()
    assert hands.desk.case.find("replacements", change.id).leaving == gone.id


def test_a_finished_tab_asks_for_nothing_more(qtbot, tmp_path) -> None:
    """Nobody is to be replaced, and the election is decided: no red button but for what comes next."""
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    for step in ("election", "tenures"):
        hands.go("representatives", step)
        hands.settle()
        hands.qtbot.waitUntil(hands.page.papers().is_read, timeout=10_000)
        hands.settle()
        assert hands.page.head().primary is None, step
    hands.go("representatives", "training")
    hands.settle()
    assert hands.page.head().primary is not None
