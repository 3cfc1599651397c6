"""A case without a region opens, says so where it matters, and leads to the one field that mends it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.rules.pack import NoPackError, RulePacks
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    case = example_in_march()
    case = dataclasses.replace(case, cycle=case.cycle.replace(region=""))
    return open_case(qtbot, tmp_path, case, MARCH)


def region_has_focus(hands: Hands) -> bool:
    focus = QApplication.focusWidget()
    return hands.window.frame.current_page() == "settings" and hands.field("规则包").isAncestorOf(focus)


def test_the_first_page_asks_for_the_region_before_anything_else(hands: Hands) -> None:
    assert hands.window.frame.failure is None
    assert hands.page._view.step.headline == "先选地区"
    assert hands.page.findings.nothing.words() == "还没有检查：先选地区。"
    hands.press("选地区")
    hands.settle()
    assert region_has_focus(hands)


def test_a_stage_says_it_instead_of_its_papers_and_nothing_fails(hands: Hands) -> None:
    hands.go("offer")
    hands.settle()
    assert hands.window.frame.failure is None
    (row,) = hands.page.papers().items.rows
    assert row.item.name == "还没有选地区，选了才能生成文书"
    hands.press_button(row.buttons["region"])
    hands.settle()
    assert region_has_focus(hands)


def test_typing_on_brings_no_failure_and_the_region_brings_the_papers(hands: Hands) -> None:
    hands.desk.change("union", hands.desk.case.union.replace(phone="0539-1"))
    hands.settle()
    assert hands.window.frame.failure is None
    hands.desk.change("cycle", hands.desk.case.cycle.replace(region="shandong"))
    hands.settle()
    assert hands.desk.checkup.pack_version
    assert hands.page._view.step.headline != "先选地区"
    assert hands.page.findings.nothing.words() == "没有要改、要说明的。"


def test_a_package_waits_for_the_region(hands: Hands) -> None:
    hands.go("report")
    hands.settle()
    assert hands.page.head().primary.blocked.startswith("还没有选地区")


def test_what_was_asked_for_fails_with_the_way_out(hands: Hands) -> None:
    packs: RulePacks = hands.program.packs
    with pytest.raises(NoPackError) as raised:
        packs.region("")
    hands.desk.failed.emit(raised.value)
    hands.press("选地区", hands.window.frame.failure)
    hands.settle()
    assert region_has_focus(hands)
    assert hands.window.frame.failure is None
