"""The three ways a section shows its records: list and form, one form alone, rows filled in where they stand."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.forms.layout import Section
from app.gui.forms.section_view import SectionView
from tests.gui.demo_pages import MARCH, example_in_march, open_case

GRID = Section(
    collection="offer_items",
    title="协商内容",
    add="添加一项内容",
    style="grid",
    columns=("topic", "claim", "reason"),
    cells=("claim", "reason"),
)
ONE = Section(
    collection="offers",
    title="要约书",
    add="写一份要约书",
    style="one",
    columns=("number", "issued_on"),
    first=("number", "issued_on", "addressee"),
)


@pytest.fixture
def hands(qtbot, tmp_path):
    return open_case(qtbot, tmp_path, example_in_march())


@pytest.fixture
def shown(hands, on_screen):
    def show(section: Section) -> SectionView:
        view = SectionView(section, hands.desk)
        on_screen(view)
        return view

    return show


def cell(view: SectionView, row: int, key: str) -> None:
    assert view.table is not None
    view.table.select(view.records()[row].id, view.section.columns.index(key))
    view.table.view.setFocus()


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def test_a_letter_replaces_the_cell_and_tab_goes_to_the_next_one_to_fill(hands, shown, types):
    view = shown(GRID)
    first, second = view.records()[:2]
    cell(view, 0, "claim")
    QTest.keyClick(view.table.view, Qt.Key.Key_9)
    assert view._cells.editor().name == "本方主张"
    types(QApplication.focusWidget(), "%")
    press(Qt.Key.Key_Tab)
    assert hands.desk.case.find("offer_items", first.id).claim == "9%"
    assert view._cells.editor().name == "理由"
    types(QApplication.focusWidget(), "x")
    press(Qt.Key.Key_Tab)
    assert hands.desk.case.find("offer_items", first.id).reason == "x"
    assert view.table.selected() == second.id, "past the last cell of a row the next row follows"
    hands.settle()


def test_escape_gives_the_old_value_back_and_then_leaves_the_cell(hands, shown, types):
    view = shown(GRID)
    before = view.records()[0]
    cell(view, 0, "claim")
    press(Qt.Key.Key_F2)
    types(QApplication.focusWidget(), "zzz")
    press(Qt.Key.Key_Escape)
    assert view._cells.editor() is not None
    press(Qt.Key.Key_Escape)
    assert view._cells.editor() is None
    assert QApplication.focusWidget() is view.table.view
    assert hands.desk.case.find("offer_items", before.id) == before


def test_enter_on_a_cell_that_is_not_filled_in_here_opens_the_whole_form(hands, shown):
    view = shown(GRID)
    assert view.form is None
    cell(view, 0, "topic")
    press(Qt.Key.Key_Return)
    assert view.form is not None and not view.form.isHidden()
    assert view.form.record_id() == view.records()[0].id


def test_a_jump_opens_the_very_cell(hands, shown):
    view = shown(GRID)
    wanted = view.records()[2]
    target = view.focus_fact(wanted.id, "claim")
    assert target is view._cells.editor()
    assert view.table.selected() == wanted.id


def test_a_text_of_several_lines_opens_its_form_so_that_no_line_is_lost(hands, shown):
    view = shown(GRID)
    held = view.records()[0].replace(reason="一\n二")
    hands.desk.change("offer_items", held)
    QApplication.processEvents()
    cell(view, 0, "reason")
    press(Qt.Key.Key_F2)
    assert view._cells.editor() is None
    assert view.form is not None and not view.form.isHidden()
    hands.settle()
    assert hands.desk.case.find("offer_items", held.id).reason == "一\n二"


def test_one_record_stands_alone_and_a_second_brings_the_list(hands, shown):
    view = shown(ONE)
    assert view.table.isHidden() and view.form is not None
    assert view.adder().isVisible()
    QTest.mouseClick(view.adder(), Qt.MouseButton.LeftButton)
    hands.settle()
    assert len(view.records()) == 2
    assert not view.table.isHidden()


def test_what_is_rarely_asked_waits_folded_and_says_how_much_of_it_is_filled(hands, shown):
    view = shown(ONE)
    assert set(view.form.editors) == set(ONE.first)
    assert "更多" in view.form.more.words() and "已填" in view.form.more.words()
    QTest.mouseClick(view.form.more, Qt.MouseButton.LeftButton)
    assert set(view.form.editors) == {fact.name for fact in ONE.facts()}
    assert view.form.is_unfolded()


def test_a_jump_unfolds_what_it_leads_to(hands, shown):
    view = shown(ONE)
    target = view.focus_fact(view.records()[0].id, "proposed_place")
    assert target is view.form.editors["proposed_place"]
    assert target.isVisible()


def test_what_must_be_mended_is_told_below_its_field(hands, shown):
    view = shown(ONE)
    offer = view.records()[0]
    assert view.form.editors["issued_on"].error() is None
    hands.desk.change("offers", offer.replace(written=False))
    hands.settle()
    blocked = [f for f in hands.desk.checkup.findings if f.blocks and f.where.record_id == offer.id]
    assert blocked, "an offer that is not in writing is refused by the rules"
    name = blocked[0].where.fact
    assert view.form.editor(name).error() == blocked[0].sentence


def test_a_rarely_needed_section_is_only_a_heading_until_it_is_used(hands, shown):
    view = shown(
        Section(collection="escalations", title="提请", add="登记提请", columns=("to",), folded=True)
    )
    assert view.table.isHidden() and view.adder().isVisible()
    QTest.mouseClick(view.adder(), Qt.MouseButton.LeftButton)
    hands.settle()
    assert not view.table.isHidden() and len(view.records()) == 1


def test_a_record_just_begun_is_not_scolded_for_fields_nobody_has_come_to(hands, shown):
    view = shown(ONE)
    view.add_record()
    hands.settle()
    fresh = view.form.record_id()
    held = hands.desk.case.find("offers", fresh)
    hands.desk.change("offers", held.replace(issued_on=date(2026, 3, 18)))
    hands.settle()
    assert any(f.blocks and f.where.record_id == fresh for f in hands.desk.checkup.findings), (
        "an offer without content is refused"
    )
    view.form.unfold()
    assert [name for name, editor in view.form.editors.items() if editor.error()] == []
    wrong = next(
        f for f in hands.desk.checkup.findings if f.blocks and f.where.record_id == fresh and f.where.fact
    )
    editor = view.form.editors[wrong.where.fact]
    editor.setFocus()
    press(Qt.Key.Key_Tab)
    hands.settle()
    assert editor.error() is not None, "once left empty it is told"


def test_ctrl_home_and_end_go_to_the_first_and_last_row_and_keep_it_selected(hands, shown):
    view = shown(GRID)
    ids = [record.id for record in view.records()]
    cell(view, 1, "claim")
    for key, wanted in ((Qt.Key.Key_Home, ids[0]), (Qt.Key.Key_Home, ids[0]), (Qt.Key.Key_End, ids[-1])):
        QTest.keyClick(view.table.view, key, Qt.KeyboardModifier.ControlModifier)
        assert view.table.selected() == wanted


def test_the_row_at_the_foot_of_a_sheet_holds_each_button_once(qtbot, tmp_path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("offer", "write")
    section = next(each for each in hands.page.view().sections if each.section.headless)
    assert isinstance(section, SectionView) and section._foot_row is not None
    for _ in range(3):
        section._order_foot(section.form)
    parts = section._at_foot
    assert section._foot_row.count() == len(parts) == len(set(parts))
    shown = [part for part in parts if part.isVisible()]
    words = shown[0].text()
    shown[0].set_words(words + "，比原来长出许多字来")
    hands.settle()
    assert shown[0].width() >= shown[0].sizeHint().width()
