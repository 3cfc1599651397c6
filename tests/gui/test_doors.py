"""Doors and the way back: Esc comes back to where one was, and never leaves a page one went to on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.stages import Stage
from app.gui.findings_view import of_stage
from app.gui.main_window_aside import SEARCH
from app.gui.main_window_pages import page_for
from app.gui.shell.side_panel import BASIS, FINDINGS
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.finding_card import FindingCard
from app.rules.findings import Where
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, NOVEMBER, example_in_march, open_case
from tests.gui.window_driver import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, example_in_march(), MARCH)


def focus():
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def shown(hands: Hands) -> str:
    return hands.window.frame.current_page()


def test_from_the_first_page_through_a_row_and_back_to_that_row(hands: Hands) -> None:
    rows = [row for row in hands.visible(ClickRow, hands.page) if row.accessibleName()]
    row = rows[-1]
    name = row.accessibleName()
    row.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert shown(hands) != "home", name
    hands.key(Qt.Key.Key_Escape)
    assert shown(hands) == "home"
    assert focus().accessibleName() == name
    hands.key(Qt.Key.Key_Escape)
    assert shown(hands) == "home"


def test_escape_never_leaves_a_page_opened_by_navigation(hands: Hands) -> None:
    hands.window.case_room.open_door(Where("deliveries", hands.desk.case.deliveries[0].id, "received_on"))
    assert shown(hands) == "offer"
    hands.go("congress")
    hands.key(Qt.Key.Key_Escape)
    assert shown(hands) == "congress"
    assert hands.window.case_room.doors.places() == ()


def test_a_finding_leads_to_its_field_and_escape_back_to_its_card(hands: Hands) -> None:
    stages = [entry.key for entry in _stage_entries()]
    for key in stages:
        hands.go(key)
        findings, _ = of_stage(hands.desk.checkup, hands.page.page.stage)
        if findings:
            break
    hands.settle()
    hands.key(Qt.Key.Key_F8)
    card = focus()
    assert isinstance(card, FindingCard)
    wanted = card.finding.id
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert not isinstance(focus(), FindingCard)
    hands.key(Qt.Key.Key_Escape)
    assert isinstance(focus(), FindingCard)
    assert focus().finding.id == wanted


@pytest.mark.parametrize("page", ["home", "evidence", "report", "law", "settings"])
def test_f8_opens_what_was_found_also_where_no_panel_stands(hands: Hands, page: str) -> None:
    hands.go(page)
    hands.settle()
    hands.key(Qt.Key.Key_F8)
    card = focus()
    assert isinstance(card, FindingCard) and card.isVisible()
    assert hands.window.frame.panel_place.is_over_page()
    ids = {each.finding.id for each in hands.window.frame.panel.cards()}
    assert ids <= {each.key for each in hands.desk.checkup.findings}
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.frame.is_panel_shown() and shown(hands) == page
    hands.key(Qt.Key.Key_F8)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert not isinstance(focus(), FindingCard)


def test_what_was_typed_is_given_back_before_escape_leads_back(hands: Hands) -> None:
    delivery = hands.desk.case.deliveries[0]
    hands.window.case_room.open_door(Where("deliveries", delivery.id, "received_on"))
    hands.settle()
    hands.clear()
    hands.key(Qt.Key.Key_Escape)
    assert shown(hands) == "offer"
    assert hands.desk.case.deliveries[0].received_on == delivery.received_on
    hands.key(Qt.Key.Key_Escape)
    assert shown(hands) == "home"


def test_a_chain_of_doors_leads_back_one_by_one(hands: Hands) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    hands.type("要约")
    hands.qtbot.waitUntil(lambda: shown(hands) == SEARCH, timeout=5_000)
    hands.settle()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    answer = focus().accessibleName()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    there = shown(hands)
    assert there not in (SEARCH, "home")
    hands.key(Qt.Key.Key_F1)
    assert shown(hands) == "help"
    hands.key(Qt.Key.Key_Escape)
    assert shown(hands) == there
    hands.key(Qt.Key.Key_Escape)
    assert shown(hands) == SEARCH
    assert focus().accessibleName() == answer
    assert hands.window.frame.head.search.words() == "要约"
    hands.key(Qt.Key.Key_Escape)
    assert shown(hands) == "home"


def test_search_that_was_only_opened_gives_the_focus_back(hands: Hands) -> None:
    hands.go("offer", "deliver")
    hands.settle()
    before = hands.field("收到日期").line
    before.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_K, CTRL)
    assert hands.window.frame.head.search.line.hasFocus()
    hands.key(Qt.Key.Key_Escape)
    assert before.hasFocus()


def test_f4_on_a_date_tells_its_why_with_the_focus_and_comes_back(hands: Hands) -> None:
    hands.go("offer", "deliver")
    hands.settle()
    line = hands.field("收到日期").line
    line.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_F4)
    assert hands.window.frame.panel.current_tab() == "basis"
    note = focus()
    assert hands.window.frame.panel.isAncestorOf(note)
    received = hands.desk.case.deliveries[0].received_on
    assert f"{received.month}月{received.day}日" in note.accessibleDescription()
    hands.key(Qt.Key.Key_Escape)
    assert line.hasFocus()


def _stage_entries():
    from app.gui.main_window_pages import PAGES

    return [entry for entry in PAGES if entry.nav.number]


def test_ctrl_s_sets_a_restore_point_and_the_history_leads_back_to_it(hands: Hands) -> None:
    hands.go("offer", "deliver")
    hands.settle()
    before = hands.desk.case.deliveries[0].received_on
    hands.key(Qt.Key.Key_S, CTRL)
    hands.settle()
    assert hands.window.frame.status.cell("saved").words().startswith("已自动保存 ")
    assert "还原点：" in hands.window.frame.status.cell("saved").words()
    held = hands.desk.case.deliveries[0]
    hands.desk.change("deliveries", held.replace(received_on=MARCH))
    hands.settle()
    panel = hands.window.frame.panel
    panel.show_tab("history")
    hands.settle()
    note = next(row for row in hands.visible(ClickRow, panel) if "还原点" in row.accessibleName())
    note.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert hands.desk.case.deliveries[0].received_on == before
    assert "已回到还原点" in hands.window.frame.undo_bar.words()
    hands.key(Qt.Key.Key_Z, CTRL)
    hands.settle()
    assert hands.desk.case.deliveries[0].received_on == MARCH
    assert "已撤销" in hands.window.frame.undo_bar.words()
    hands.window.frame.undo_bar.link.click()  # 重做
    hands.settle()
    assert hands.desk.case.deliveries[0].received_on == before


@pytest.mark.parametrize("way", ["help", "search", "looked for"])
@pytest.mark.parametrize("state", ["selected", "open", "typed"])
def test_escape_comes_back_to_the_cell_that_was_being_filled_in(hands: Hands, way: str, state: str) -> None:
    hands.go("offer", "write")
    hands.settle()
    table = hands.page.view().views["offer_topics"].table
    row = table.rows()[2].id
    column = [each.key for each in table._model.columns].index("claim")
    hands.select_row(table, row, column)
    if state != "selected":
        hands.key(Qt.Key.Key_F2)
        assert isinstance(focus(), QLineEdit)
    if state == "typed":
        hands.type("12")
    if way == "help":
        hands.key(Qt.Key.Key_F1)
        assert shown(hands) == "help"
    else:
        hands.key(Qt.Key.Key_K, CTRL)
        if way == "looked for":
            hands.type("要约")
            hands.qtbot.waitUntil(lambda: shown(hands) == SEARCH, timeout=5_000)
    hands.settle()
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert shown(hands) == "offer"
    assert focus() is table.view
    at = table.view.currentIndex()
    assert (table.rows()[at.row()].id, at.column()) == (row, column)
    assert table.view.selectionModel().isSelected(at)


def test_a_finding_s_door_turns_the_panel_to_the_findings_and_the_focus_to_its_field(hands: Hands) -> None:
    finding = hands.desk.checkup.findings[0]
    key = page_for(hands.desk.case, finding.where, finding.stage)
    panel = hands.window.frame.panel
    hands.go(key)
    panel.show_tab(BASIS)
    hands.go("home")
    hands.window.case_room.open_door(finding.where)
    hands.settle()
    assert shown(hands) == key
    assert panel.current_tab() == FINDINGS
    assert hands.page.isAncestorOf(focus())
    assert not panel.isAncestorOf(focus())


def test_a_field_on_another_stage_s_page_has_the_card_of_its_finding_beside_it(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"), NOVEMBER)
    finding = next(each for each in hands.desk.checkup.findings if each.rule == "renewal_window")
    assert finding.stage is Stage.FULFILMENT
    hands.window.case_room.open_door(finding.where)
    hands.settle()
    assert shown(hands) == "negotiation"
    panel = hands.window.frame.panel
    assert [card.finding.id for card in panel.cards() if card.is_open()] == [finding.key]
    hands.go("fulfilment")
    assert panel.has_finding(finding.key)
