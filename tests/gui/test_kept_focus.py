"""The focus stays where one works when the part that had it is made anew or put away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.gui.widgets.button import Button
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.figure_strip import FigureStrip, FigureView
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))


def focused() -> QWidget:
    part = QApplication.focusWidget()
    assert part is not None
    return part


def test_tab_out_of_the_last_number_stays_on_the_tally(hands: Hands) -> None:
    hands.go("congress", "vote")
    hands.settle()
    view = hands.page.view().views["congress_vote"]
    view.editors["abstained"].setFocus(Qt.FocusReason.TabFocusReason)
    hands.clear()
    hands.type("1")
    hands.key(Qt.Key.Key_Tab)
    hands.settle()
    assert hands.page.isAncestorOf(focused()), focused()
    assert view.strip.isAncestorOf(focused())


def test_a_strip_shown_anew_keeps_the_focus_on_the_same_figure(on_screen) -> None:
    strip = FigureStrip()
    on_screen(Button("前面"), strip)
    strip.show_figures([FigureView(id=str(at), label=f"第{at}个", number="1") for at in range(3)])
    QApplication.processEvents()
    strip._figures[1].setFocus()
    assert strip._figures[1].hasFocus()
    strip.show_figures([FigureView(id=str(at), label=f"第{at}个", number="2") for at in range(3)])
    assert strip._figures[1].hasFocus()


def test_a_reason_written_leads_back_to_its_row(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("evidence", "offer")
    hands.settle()
    row = next(row for row in hands.page.needs.items.rows if "reason" in row.buttons)
    key = row.item.id
    hands.press_button(row.buttons["reason"])
    hands.type("企业当面拒收")
    hands.press("写好原因")
    hands.settle()
    row = hands.page.needs.items.row(key)
    assert row is not None and row.isAncestorOf(focused()), focused()


def test_a_frank_word_written_leads_back_to_what_asked_for_it(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march())
    hands.go("offer")
    hands.settle()
    panel = hands.window.frame.panel
    card = next(card for card in panel.cards() if card.finding.action == "写如实说明")
    card_id = card.finding.id
    card.set_open(True)
    hands.press_button(card.action)
    sheet = hands.page.explain_sheet()
    sheet.what.set_value("那天对方不在。")
    sheet.made_good.set_value("后来补送了。")
    sheet.write.setFocus()
    hands.press_button(sheet.write)
    assert panel.isAncestorOf(focused()), focused()
    hands.settle()
    (closed,) = (each for each in panel.cards() if each.finding.id == card_id)
    assert closed.finding.closed == "程序瑕疵" and closed.has_focus_within(), focused()


def test_a_package_written_leads_to_its_folder(hands: Hands, tmp_path: Path) -> None:
    hands.go("report")
    hands.settle()
    target = tmp_path / "U盘"
    target.mkdir()
    hands.ask.folders.append(target)
    hands.press_button(hands.window.frame.head.primary)
    hands.settle()
    assert focused() is hands.page.stick.show_folder


def test_the_fields_of_a_new_row_are_brought_into_sight(hands: Hands) -> None:
    hands.window.resize(1366, 697)
    hands.go("negotiation", "figures")
    hands.settle()
    hands.press("写一项底线")
    hands.settle()
    part = focused()
    while not isinstance(part, FieldEditor):
        part = part.parentWidget()
    assert part.visibleRegion().boundingRect().height() == part.height(), "the field is cut or out of sight"
