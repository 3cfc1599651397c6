"""A stage before anything of it is written, in the window: its ways, and how the forms come in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.case import Case
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Cycle, Form
from app.rules.findings import Where
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, example_in_march(), MARCH)


def opened(hands: Hands, page: str) -> Hands:
    hands.window.case_room.show_page(page)
    hands.settle()
    return hands


def test_an_untouched_stage_tells_what_it_needs_and_carries_the_one_red_button(hands: Hands) -> None:
    opened(hands, "congress")
    assert hands.page.opening.is_shown()
    head = hands.page.head()
    assert (head.primary, head.secondary, head.context) == (None, (), "还没开始")
    assert hands.page.panel_mode() == "closed"
    assert {tab.state for tab in hands.page.tabs()} == {"later"}
    assert hands.page.opening.primary().words() == "去协商会议，完成草案"
    assert hands.page.first_focus() is hands.page.opening.primary()


def test_a_stage_begun_shows_its_forms_at_once(hands: Hands) -> None:
    opened(hands, "offer")
    assert not hands.page.opening.is_shown()


def test_ctrl_enter_presses_the_page_s_own_button_and_goes_where_the_work_is(hands: Hands) -> None:
    opened(hands, "congress")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert hands.window.frame.current_page() == "negotiation"


def test_a_date_set_ahead_begins_the_session_and_goes_to_its_day(hands: Hands) -> None:
    opened(hands, "congress")
    hands.press("先定日期")
    hands.settle()
    assert not hands.page.opening.is_shown()
    assert len([each for each in hands.desk.case.sessions if each.purpose == "deliberate_draft"]) == 1
    assert QApplication.focusWidget().accessibleName() == "会议日期"


def test_the_tab_marked_already_shows_the_forms_too(hands: Hands) -> None:
    hands.go("congress", "sessions")
    assert not hands.page.opening.is_shown()
    assert hands.page.current_step().key == "sessions"


def test_a_jump_to_a_field_shows_the_forms(hands: Hands) -> None:
    opened(hands, "filing")
    hands.window.case_room.open_door(Where("congress", "congress", "delegates"))
    hands.settle()
    assert hands.window.frame.current_page() == "congress"
    assert not hands.page.opening.is_shown()
    assert QApplication.focusWidget().accessibleName() == "代表总数"


def test_a_blank_ballot_is_looked_at_and_left_for_the_empty_page(hands: Hands) -> None:
    opened(hands, "congress")
    hands.press("先打印空白表决票")
    hands.settle()
    assert hands.page.preview is not None and hands.page.preview.has_picture()
    hands.page.preview.closed.emit()
    hands.settle()
    assert hands.page.preview is None
    assert hands.page.opening.is_shown()


def test_what_is_begun_elsewhere_shows_its_forms_on_the_next_visit(hands: Hands) -> None:
    opened(hands, "filing")
    assert hands.page.opening.is_shown()
    hands.desk.add("signings")
    opened(opened(hands, "offer"), "filing")
    assert not hands.page.opening.is_shown()


def test_an_empty_library_opens_on_every_stage(qtbot, tmp_path: Path) -> None:
    cycle = Cycle(
        id="cycle", region="shandong", year=2026, agreement_kind=AgreementKind.WAGE, form=Form.SINGLE
    )
    hands = open_case(qtbot, tmp_path, Case(cycle=cycle), MARCH)
    for stage in Stage:
        opened(hands, stage.value)
        assert hands.page.opening.is_shown(), stage
        assert hands.page.opening.primary().isVisible()
    opened(hands, "fulfilment")
    hands.press("先打印空白检查表")
    hands.settle()
    assert hands.page.preview is not None and hands.page.preview.has_picture()
