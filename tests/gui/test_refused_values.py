"""What a field refused stays to be read and mended, whatever else is filled in meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.facts import facts_of
from app.domain.survey import Survey
from app.gui.forms.record_form import RecordForm
from tests.gui.demo_pages import example_in_march, open_case


@pytest.fixture
def hands(qtbot, tmp_path):
    return open_case(qtbot, tmp_path, example_in_march())


@pytest.fixture
def form(hands, on_screen):
    declared = facts_of(Survey)
    form = RecordForm("surveys", [declared[name] for name in ("way", "channel", "ended_on")], hands.desk)
    hands.desk.case_changed.connect(form.refresh)
    form.build_all()
    form.show_record(hands.desk.case.surveys[0].id)
    on_screen(form)
    return form


def write(form: RecordForm, types, fact: str, words: str) -> None:
    """Replace what a field says, and go on with Tab."""
    form.editors[fact].setFocus(Qt.FocusReason.TabFocusReason)
    line = QApplication.focusWidget()
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    types(line, words)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.hide()
    form.window().activateWindow()  # without a window manager nobody gives the focus back
    QApplication.processEvents()
    QTest.keyClick(line, Qt.Key.Key_Tab)
    QApplication.processEvents()


def test_a_refused_choice_stays_when_another_field_is_saved(hands, form, types):
    write(form, types, "way", "线")
    assert form.editors["way"].error()
    write(form, types, "channel", "xiaoxi")
    hands.settle()
    assert hands.desk.case.surveys[0].channel == "xiaoxi"
    assert form.editors["way"].drop.currentText() == "线"
    assert "没有“线”" in form.editors["way"].error()


def test_a_refused_date_stays_until_it_is_mended_or_given_back(hands, form, types):
    before = hands.desk.case.surveys[0].ended_on
    ended = form.editors["ended_on"]
    write(form, types, "ended_on", "2026-2-30")
    write(form, types, "channel", "xiaoxi")
    hands.settle()
    assert ended.typed() == "2026-2-30" and ended.error()
    ended.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert ended.value() == before and ended.error() is None
    write(form, types, "ended_on", "2026-2-30")
    write(form, types, "ended_on", "2026-2-28")
    hands.settle()
    assert hands.desk.case.surveys[0].ended_on == date(2026, 2, 28)
    assert ended.error() is None
