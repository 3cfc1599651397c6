"""Details opened below a row: on the sheet of their own section, wholly in sight, and said only once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from app.domain.facts import facts_of
from app.domain.offer import Offer
from app.domain.union import Side
from app.gui.forms.record_form import RecordForm
from app.gui.widgets.page_scroll import PageScroll
from app.rules.findings import Where
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import open_case


@pytest.fixture
def hands(qtbot, tmp_path):
    return open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))


def test_a_door_opens_the_details_below_their_own_row_and_wholly_in_sight(hands):
    hands.window.resize(1093, 543)
    hands.go("negotiation", "prepare")
    hands.settle()
    handed = next(each for each in hands.desk.case.disclosures if each.side is Side.EMPLOYER)
    target = hands.page.open_where(Where("disclosures", handed.id, "items"))
    hands.settle()
    assert target is not None and target.has_focus()
    own, joined = [each for each in hands.page.view().sections if each.section.collection == "disclosures"]
    assert own.form.isVisible() and own.form.record_id() == handed.id
    assert (
        own.form.mapTo(hands.window, QPoint()).y() + own.form.height()
        <= joined.mapTo(hands.window, QPoint()).y()
    )
    outer = target.parentWidget()
    while not isinstance(outer, PageScroll):
        outer = outer.parentWidget()
    room = outer.viewport()
    assert room.rect().contains(QRect(target.mapTo(room, QPoint()), target.size()))


def test_an_example_stands_in_the_empty_field_only(hands, on_screen):
    declared = facts_of(Offer)
    form = RecordForm("offers", [declared["number"], declared["addressee"]], hands.desk)
    form.build_all()
    offer = hands.desk.case.offers[0]
    hands.desk.change("offers", offer.replace(number=""))
    form.show_record(offer.id)
    on_screen(form)
    form.editors["number"].setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert form.editors["number"].line.placeholderText().startswith("例如")
    assert not form._help.isVisible()
    hands.settle()


def test_a_help_shown_in_the_empty_field_comes_below_when_the_field_is_written_in(hands, on_screen, types):
    declared = facts_of(hands.desk.case.topics[0].__class__)
    form = RecordForm("topics", [declared["source"]], hands.desk)
    form.build_all()
    topic = hands.desk.case.topics[0]
    hands.desk.change("topics", topic.replace(source=""))
    form.show_record(topic.id)
    on_screen(form)
    form.editors["source"].setFocus(Qt.FocusReason.TabFocusReason)
    assert form._help.words() == ""
    types(QApplication.focusWidget(), "a")
    assert form._help.words() == declared["source"].help
    form.commit()
    hands.settle()
