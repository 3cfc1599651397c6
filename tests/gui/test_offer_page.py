"""要约与应约: every topic of the case in the table, filled in right there; what follows; what can be done."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.offer import Conclusion, Proposer
from app.domain.survey import Topic, TopicDecision
from app.figures.offer_topics import NOT_OFFERED
from app.gui.stages.offer.course import CourseRow
from app.gui.stages.offer.topics import OfferTopics
from app.gui.widgets.fixed_field import FixedField
from app.rules.findings import Where
from tests.gui.demo_pages import MARCH, example_in_march, open_case

NAME = "一二三四五六七八九十" * 5 + "末尾"


def opened(qtbot, tmp_path, case=None, day=MARCH, step="write"):
    hands = open_case(qtbot, tmp_path, case or example_in_march(), day)
    hands.window.resize(1366, 697)
    hands.go("offer", step)
    hands.settle()
    return hands


def topics(hands) -> OfferTopics:
    view = hands.page.view().views["offer_topics"]
    assert isinstance(view, OfferTopics)
    return view


def press(key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def test_the_form_and_the_table_stand_on_one_sheet_and_the_term_is_not_typed(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path)
    view = topics(hands)
    fixed = hands.visible(FixedField)
    assert [field.value() for field in fixed if field.name == "答复期限"] == ["收到之日起 10 日内"]
    assert all(field.is_read_only() for field in fixed)
    cells = [row.cells for row in view.table.rows()]
    assert cells[0]["asked"] == "87.9%" and cells[0]["claim"] == "平均工资增长8%"
    assert cells[6]["claim"] == NOT_OFFERED and cells[6]["reason"].startswith("另行解决")
    assert view.table.view.height() < 8 * 34 + 30, "at this height the rows scroll inside the table"


def test_space_ticks_and_takes_out_and_undo_brings_it_back(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path)
    view = topics(hands)
    topic = hands.desk.case.topics[6]
    view.table.select(topic.id)
    view.table.view.setFocus()
    press(Qt.Key.Key_Space)
    made = [item for item in hands.desk.case.offer_items if item.topic == topic.id]
    assert len(made) == 1 and made[0].offer == "offer-1"
    assert view.table.selected() == topic.id, "the row stays where it is"
    press(Qt.Key.Key_Space)
    assert not [item for item in hands.desk.case.offer_items if item.topic == topic.id]
    hands.settle()
    first = hands.desk.case.offer_items[0]
    view.tick(first.topic, False)
    hands.settle()
    hands.desk.undo()
    hands.settle()
    assert hands.desk.case.find("offer_items", first.id) == first


def test_a_click_on_the_mark_ticks_and_a_click_on_the_name_does_not(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path)
    view = topics(hands)
    topic = hands.desk.case.topics[1]
    area = view.table.cell_area(topic.id, "topic")
    port = view.table.view.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=area.center())
    assert view.row(topic.id).item is not None
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(area.left() + 14, area.center().y()))
    assert view.row(topic.id).item is None
    hands.settle()


def test_a_bare_number_becomes_the_claim_with_the_unit_of_the_topic(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path)
    view = topics(hands)
    item = hands.desk.case.offer_items[2]  # 夜班津贴, 元/班
    view.table.select(item.topic, 2)
    view.table.view.setFocus()
    press(Qt.Key.Key_F2)
    hands.clear()
    hands.type("30")
    press(Qt.Key.Key_Tab)
    held = hands.desk.case.find("offer_items", item.id)
    assert (held.claim, held.claim_value) == ("30 元/班", Decimal(30))
    assert view.cells.editor().name == "理由", "Tab goes to the next cell to fill"
    press(Qt.Key.Key_Tab)
    assert view.table.selected() == hands.desk.case.topics[3].id
    press(Qt.Key.Key_Escape)
    view.table.select(item.topic, 2)
    press(Qt.Key.Key_F2)
    assert view.cells.editor().value() == "30" and view.cells.editor().unit.words() == "元/班"
    press(Qt.Key.Key_Escape)
    hands.settle()


def test_a_missing_claim_is_told_in_its_row_and_the_finding_jumps_to_its_cell(qtbot, tmp_path):
    case = example_in_march()
    items = tuple(
        item.replace(claim="", claim_value=None) if item.id == case.offer_items[2].id else item
        for item in case.offer_items
    )
    offers = (case.offers[0].replace(claims=""),)
    hands = opened(qtbot, tmp_path, dataclasses.replace(case, offers=offers, offer_items=items))
    view = topics(hands)
    row = next(row for row in view.table.rows() if row.id == case.offer_items[2].topic)
    assert row.states == {"reason": "must"}
    assert row.cells["reason"] == "写上主张，或取消勾选"
    found = next(f for f in hands.desk.checkup.findings if f.where.collection == "offer_items")
    target = hands.page.open_where(found.where)
    assert target is view.cells.editor() and target.name == "本方主张"
    hands.type("25")
    press(Qt.Key.Key_Return)
    hands.settle()
    row = next(row for row in view.table.rows() if row.id == case.offer_items[2].topic)
    assert "reason" not in row.states


def test_the_name_leads_to_the_answers_and_the_clause_and_escape_comes_back(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path)
    view = topics(hands)
    view.table.select(hands.desk.case.topics[2].id)
    view.table.view.setFocus()
    press(Qt.Key.Key_Return)
    assert view.origin.isVisible()
    words = " ".join(row.accessibleName() for row in view.origin.rows.rows())
    assert "139 人" in words and "要约主张" in words
    press(Qt.Key.Key_Escape)
    assert view.origin.isHidden()
    assert QApplication.focusWidget() is view.table.view
    doors: list[object] = []
    view.door_opened.connect(doors.append)
    press(Qt.Key.Key_F4)
    press(Qt.Key.Key_Return)
    assert isinstance(doors[0], Where) and doors[0].collection == "answer_counts"


def test_a_topic_added_by_hand_is_ticked_and_named_in_its_cell(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path)
    view = topics(hands)
    hands.press("添加议题")
    assert view.cells.editor().name == "议题"
    hands.type("工间休息")
    press(Qt.Key.Key_Tab)
    made = hands.desk.case.topics[-1]
    assert made.name == "工间休息" and made.decision is TopicDecision.OFFERED
    assert view.cells.editor().name == "本方主张"
    press(Qt.Key.Key_Escape)
    hands.settle()
    assert any(item.topic == made.id for item in hands.desk.case.offer_items)


def test_sixty_topics_and_long_names_scroll_inside_the_table(qtbot, tmp_path):
    case = example_in_march()
    many = tuple(
        Topic(id=f"t{at}", name=NAME if at % 2 else f"议题 {at}", decision=TopicDecision.OFFERED)
        for at in range(60)
    )
    hands = opened(qtbot, tmp_path, dataclasses.replace(case, topics=many, offer_items=()))
    view = topics(hands)
    assert len(view.table.rows()) == 60
    assert view.table.view.verticalScrollBar().maximum() > 0
    assert view.table.view.horizontalScrollBar().maximum() == 0
    assert view.table.view.height() < 400
    hands.press("勾上定好的 60 项")
    hands.settle()
    assert len(hands.desk.case.offer_items) == 60


def test_without_topics_the_table_says_where_they_come_from(qtbot, tmp_path):
    case = dataclasses.replace(example_in_march(), topics=(), offer_items=())
    hands = opened(qtbot, tmp_path, case)
    view = topics(hands)
    doors: list[object] = []
    view.door_opened.connect(doors.append)
    hands.press("去定议题")
    assert doors and doors[0][1] == "topics"


def test_the_employers_own_offer_names_its_claims_so(qtbot, tmp_path):
    case = example_in_march()
    theirs = dataclasses.replace(case, offers=(case.offers[0].replace(proposer=Proposer.EMPLOYER),))
    hands = opened(qtbot, tmp_path, theirs)
    head = topics(hands).table.view.model().headerData(2, Qt.Orientation.Horizontal)
    assert head == "企业方主张"


def test_each_of_several_offers_shows_its_own_topics(qtbot, tmp_path):
    case = example_in_march()
    second = case.offers[0].replace(id="offer-2", number="砺工协约〔2026〕2号")
    hands = opened(qtbot, tmp_path, dataclasses.replace(case, offers=(*case.offers, second)))
    view = topics(hands)
    section = hands.page.view().sections[0]
    section.select("offer-2")
    assert all(view.row(row.id).item is None for row in view.table.rows())
    section.select("offer-1")
    assert sum(view.row(row.id).item is not None for row in view.table.rows()) == 6


def test_the_day_of_receipt_shows_by_when_the_answer_is_due(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path, step="deliver")
    dates = hands.page.view().views["delivery_dates"]
    assert [row.due.day for row in dates.due_rows()] == ["3月22日"]
    dates.due_rows()[0].why_requested.emit(dates.due_rows()[0].due.id)
    assert "原文已核对" in dates.due_rows()[0].why.words()
    hands.desk.change("deliveries", hands.desk.case.deliveries[0].replace(received_on=date(2026, 3, 16)))
    hands.settle()
    assert [row.due.day for row in dates.due_rows()] == ["3月26日"]


def test_the_reply_says_what_it_brings_about(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path, step="reply")
    dates = hands.page.view().views["reply_dates"]
    assert [row.due.day for row in dates.due_rows()] == ["3月22日"], "while there is none it is awaited"
    reply = hands.desk.add("replies", {"offer": "offer-1"})
    hands.settle()
    hands.write("结论", Conclusion.AGREE)
    hands.desk.change(
        "replies", hands.desk.case.find("replies", reply.id).replace(replied_on=date(2026, 3, 19))
    )
    hands.settle()
    assert dates.effect().startswith("同意协商")
    assert "双方首席在合同上签字盖章" in [row.due.what for row in dates.due_rows()]


def test_the_ladder_records_a_step_and_goes_to_its_form(qtbot, tmp_path):
    hands = opened(qtbot, tmp_path, day=date(2026, 3, 30), step="remind")
    rows = {row.step.key: row for row in hands.visible(CourseRow)}
    assert "过了还没有答复" in rows["reminder"].step.why
    hands.press("写函：发催告函")
    hands.settle()
    assert hands.desk.case.reminders[0].offer == "offer-1"
    assert hands.field("编号").has_focus()


@pytest.mark.parametrize(("across", "shown"), [(1366, False), (1920, True)])
def test_the_paper_stands_beside_the_form_where_the_window_is_wide(qtbot, tmp_path, across, shown):
    hands = opened(qtbot, tmp_path)
    hands.window.resize(across, 1009)
    QApplication.processEvents()
    assert hands.page.pane.isVisible() is shown
    hands.settle()


def test_one_press_begins_the_delivery_with_its_first_field(qtbot, tmp_path: Path) -> None:
    case = dataclasses.replace(example_in_march(), deliveries=(), replies=())
    hands = open_case(qtbot, tmp_path, case, MARCH)
    hands.go("offer", "write")
    hands.press("登记送达")
    hands.settle()
    (made,) = hands.desk.case.deliveries
    assert made.offer == hands.desk.case.offers[0].id
    section = hands.page.view().sections[0]
    focus = QApplication.focusWidget()
    assert focus is not None and section.form is not None and section.form.isAncestorOf(focus)
