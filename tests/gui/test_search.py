"""Ctrl K: what is found, under which heads, and that it leads to the very record."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.case import Case
from app.domain.facts import Kind, Sensitivity, facts_of
from app.domain.survey import BottomLine
from app.gui.forms.rule_door import RuleDoor
from app.gui.forms.searching import Answers, search
from app.gui.main_window_aside import SEARCH
from app.gui.widgets.text import Text
from app.rules.findings import Where
from app.usecases.check_case import check_case
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands, fixed_program

CTRL = Qt.KeyboardModifier.ControlModifier


def look(words: str, case: Case | None = None) -> Answers:
    program = fixed_program()
    case = case or read_example("shandong-linyi-single")
    return search(program, case, check_case(program, case), words)


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("夜班", "议题"),
        ("工资支付", "条款"),
        ("逄海砚", "人员"),
        ("要约书", "文书与材料"),
        ("送达", "页面"),
        ("山东省企业工资集体协商条例", "条文与规则"),
    ],
)
def test_everything_with_a_name_is_found_under_its_head(words: str, group: str) -> None:
    case = read_example("shandong-linyi-single")
    if group == "条款":
        words = next(each.title for each in case.clauses if each.title)
    if group == "议题":
        words = case.topics[0].name[:3]
    answers = look(words, case)
    assert group in [each.group for each in answers.found], [each.title for each in answers.found]


def test_a_name_comes_before_what_is_only_written_somewhere() -> None:
    case = read_example("shandong-linyi-single")
    topic = case.topics[0]
    found = look(topic.name, case).found
    first = next(each for each in found if each.group == "议题")
    assert first.door == Where("topics", topic.id)


def test_personal_data_and_secrets_are_never_found() -> None:
    case = read_example("shandong-linyi-single")
    first = case.representatives[0].replace(phone="13905390000", id_number="371302198001010021")
    case = case.with_record("representatives", first)
    topic = case.topics[0]
    case = case.with_record("bottom_lines", BottomLine(id="b", topic=topic.id, floor="绝不低于七千八百"))
    for words in ("13905390000", "371302198001010021", "绝不低于七千八百"):
        assert look(words, case).found == ()
    secret = {
        name for name, fact in facts_of(type(first)).items() if fact.sensitivity is Sensitivity.PERSONAL
    }
    assert {"phone", "id_number"} <= secret
    people = [each for each in look(first.name, case).found if each.group == "人员"]
    assert people
    assert all("139" not in each.place + each.title for each in people)
    assert Kind.TEXT is facts_of(type(first))["name"].kind


def test_nothing_found_says_where_it_looked_and_offers_the_nearest_three() -> None:
    topic = read_example("shandong-linyi-single").topics[0].name
    answers = look(f"{topic[:2]}鞚{topic[2:4]}")
    assert answers.found == ()
    assert len(answers.nearest) == 3
    assert look("鞚鞚鞚").nearest == ()


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, example_in_march(), MARCH)


def find(hands: Hands, words: str) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    hands.clear()
    hands.type(words)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert hands.window.frame.current_page() == SEARCH


def test_enter_goes_to_the_first_answer_and_the_keys_reach_every_head(hands: Hands) -> None:
    find(hands, "要约")
    page = hands.window.frame.page(SEARCH)
    assert QApplication.focusWidget() is page.rows()[0]
    for row in page.rows()[1:]:
        hands.key(Qt.Key.Key_Down)
        assert QApplication.focusWidget() is row
    heads = [text.words() for text in hands.visible(Text, page)]
    assert {"文书与材料", "页面", "条文与规则"} <= set(heads)


def test_arrow_down_goes_to_the_answers_and_on(hands: Hands) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    hands.type("要约书")
    hands.key(Qt.Key.Key_Down)
    hands.settle()
    page = hands.window.frame.page(SEARCH)
    assert QApplication.focusWidget() is page.rows()[0]
    hands.key(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.rows()[1]


def test_a_rule_is_shown_in_full_where_rules_are_looked_up(hands: Hands) -> None:
    desk = hands.desk
    answers = search(desk.program, desk.case, desk.checkup, "答复")
    rule = next(each for each in answers.found if isinstance(each.door, RuleDoor))
    hands.window.case_room.open_door(rule.door)
    hands.settle()
    assert hands.window.frame.current_page() == "law"
    view = hands.page.view("rules")
    assert view.table.selected() == rule.door.rule
    assert QApplication.focusWidget() is view.table.view
    assert view.table.rows()[0].cells["title"]
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.frame.current_page() == "home"


def test_the_nearest_are_offered_on_the_page(hands: Hands) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    hands.type("要约鞚书")
    hands.qtbot.waitUntil(lambda: hands.window.frame.current_page() == SEARCH, timeout=5_000)
    hands.settle()
    page = hands.window.frame.page(SEARCH)
    words = [text.words() for text in hands.visible(Text, page)]
    assert any(each.startswith("没有找到“要约鞚书”。找过了：页面") for each in words)
    assert len(page.rows()) == 3
