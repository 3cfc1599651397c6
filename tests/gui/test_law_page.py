"""检查与依据: the findings of the case, each rule in full, two regions beside each other; ways in and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.stages import Stage
from app.gui.main_window_aside import SEARCH
from app.gui.pages.law_choice import ALL
from app.gui.shell.panel_notes import NotesList
from app.gui.shell.side_panel import BASIS
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.finding_card import FindingCard
from app.rules.compare import Difference
from app.rules.findings import Grade, State
from app.rules.lookup import Reading
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def march(qtbot: QtBot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, example_in_march(), MARCH)


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def at(hands: Hands) -> tuple[str, str]:
    key = hands.window.frame.current_page()
    return key, hands.page.current_step() if key == "law" else ""


def lookup(hands: Hands) -> Any:
    hands.go("law", "rules")
    hands.settle()
    return hands.page.view("rules")


def comparing(hands: Hands) -> Any:
    hands.go("law", "compare")
    hands.settle()
    return hands.page.view("compare")


def whole(hands: Hands, view: Any) -> None:
    """Scroll on until everything is listed."""

    def over() -> bool:
        bar = view.list.verticalScrollBar()
        bar.setValue(bar.maximum())
        return view.list.is_whole()

    hands.qtbot.waitUntil(over, timeout=5_000)


# ---- 检查结果


def test_all_findings_stand_in_one_list_by_grade_with_their_stage(hands: Hands) -> None:
    hands.go("law")
    hands.settle()
    view = hands.page.view()
    findings = hands.desk.checkup.findings
    whole(hands, view)
    assert {card.finding.id for card in view.cards()} == {finding.key for finding in findings}
    assert {card.finding.place for card in view.cards()} <= {
        f"{number} {stage.label}" for number, stage in enumerate(Stage, 1)
    }
    open_ones = [each for each in findings if each.state is State.OPEN]
    notes = sum(each.grade is Grade.NOTE for each in open_ones)
    closed = len(findings) - len(open_ones)
    assert closed >= 3
    assert f"提示 {notes}" in view.summary()
    assert f"已说明 {closed}" in view.summary()
    assert f"已符合 {len(hands.desk.checkup.satisfied)}" in view.summary()
    assert view.heads()[0] == f"提示 {notes}"
    assert f"已经写了说明的 {closed}" in view.heads()


def test_a_finding_leads_to_its_field_and_escape_comes_back_to_its_card(hands: Hands) -> None:
    hands.go("law")
    hands.settle()
    card = focus()
    assert isinstance(card, FindingCard)
    hands.key(Qt.Key.Key_Down)
    card = focus()
    assert isinstance(card, FindingCard)
    name = card.accessibleName()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert at(hands)[0] != "law"
    hands.key(Qt.Key.Key_Escape)
    assert at(hands) == ("law", "findings")
    assert focus().accessibleName() == name


def test_an_explanation_is_written_here_and_listed(hands: Hands) -> None:
    hands.go("law")
    hands.settle()
    view = hands.page.view()
    card = next(card for card in view.cards() if card.finding.closed == "程序瑕疵")
    told = card.finding.explained
    assert told
    hands.press("改如实说明", card)
    sheet = view._explaining
    assert sheet is not None
    assert sheet.isAncestorOf(focus())
    hands.fill(sheet.what, "资料晚了两天，会上说明过。")
    hands.press("写好这条说明", sheet)
    hands.settle()
    fresh = next(each for each in view.cards() if each.finding.id == card.finding.id)
    assert "资料晚了两天，会上说明过。" in fresh.finding.explained


def test_the_check_list_is_printed(hands: Hands) -> None:
    hands.go("law")
    hands.settle()
    hands.window.frame.action_requested.emit("print")
    hands.settle()
    ((title, pages),) = hands.ask.printed
    assert title == "检查结果与说明"
    assert pages >= 2
    assert hands.page.paper.preview is not None
    hands.page.paper.preview.setFocus()
    hands.key(Qt.Key.Key_Escape)
    assert hands.page.paper.preview is None
    assert at(hands) == ("law", "findings")


def test_the_list_follows_the_check(march: Hands) -> None:
    march.go("law")
    march.settle()
    before = march.page.view().summary()
    delivery = march.desk.case.deliveries[0]
    march.desk.change("deliveries", delivery.replace(received_on=None))
    march.settle()
    assert march.page.view().is_built()
    assert march.page.view().summary() != before


# ---- 查规则


def test_a_rule_is_found_by_words_and_told_in_full(hands: Hands) -> None:
    view = lookup(hands)
    every = len(view.table.rows())
    assert every > 128
    hands.write("找", "书面答复")
    assert 0 < len(view.table.rows()) < every
    hands.write("找", "答复期限")
    assert view.table.selected() == "reply_due"
    detail = view.detail
    assert detail.says().startswith("10 日内，从对方收到要约起算\n")
    assert "《山东省企业工资集体协商条例》21条（原文已核对）" in detail.told("依据")
    assert "2017年1月1日起施行" in detail.told("依据")
    assert detail.told("核对程度") == "原文已核对，2025年4月19日核对"
    assert detail.told("各年数值").splitlines() == [
        "2017年1月1日起：10 日内，从对方收到要约起算（山东）",
        "2000年11月8日至2016年12月31日：20 日内，从对方收到要约起算（全国）",
    ]
    assert detail.told("写在") == "山东（先看山东，没有的看全国）"
    assert detail.told("当地条文") == ""
    hands.write("找", "查无此词")
    assert view.table.rows() == ()
    assert detail.says() == ""


def test_stage_topic_and_reading_narrow_the_list(hands: Hands) -> None:
    view = lookup(hands)
    every = {row.id for row in view.table.rows()}
    hands.write("阶段", Stage.OFFER)
    offer = {row.id for row in view.table.rows()}
    assert "reply_due" in offer < every
    hands.write("核对程度", Reading.SILENT)
    silent = view.table.rows()
    assert {row.id for row in silent} < offer
    assert {row.cells["read"] for row in silent} <= {"法规未规定", "惯例，法规未规定"}
    hands.write("阶段", ALL)
    hands.write("核对程度", ALL)
    assert {row.id for row in view.table.rows()} == every


def test_another_region_and_kind_are_looked_up(hands: Hands) -> None:
    view = lookup(hands)
    hands.write("地区", "tianjin")
    hands.settle()
    reads = {row.id: row.cells["read"] for row in view.table.rows()}
    assert (reads["reply_due"], reads["file_copies"]) == ("二手来源，待核", "当地条文待核")
    assert reads["fem_floor"] == "原文已核对"
    hands.select_row(view.table, "reply_due")
    assert view.detail.says().startswith("5 个工作日内")
    view.table.select("file_copies")
    assert "只读到1–5条" in view.detail.told("当地条文")
    assert view.detail.told("写在") == "全国（先看天津，没有的看全国）"
    hands.go("home")
    assert lookup(hands).region.value() == "tianjin"  # what was chosen stays while the year is the same


def test_a_rule_nobody_laid_down_says_so(hands: Hands) -> None:
    view = lookup(hands)
    silent = next(row for row in view.table.rows() if row.cells["read"] == "法规未规定")
    view.table.select(silent.id)
    assert view.detail.told("核对程度").startswith("法规未规定")


def test_what_is_due_by_a_rule_in_this_case_leads_to_its_field(march: Hands) -> None:
    view = lookup(march)
    view.table.select("reply_due")
    due = [each for each in march.desk.checkup.deadlines if each.rule == "reply_due"]
    assert due
    assert due[0].why in view.detail.uses()
    march.key(Qt.Key.Key_Tab)
    view.table.view.setFocus()
    march.key(Qt.Key.Key_Return)
    assert focus() is view.detail.doors()[0]
    march.key(Qt.Key.Key_Space)
    march.settle()
    assert at(march)[0] == "offer"
    march.key(Qt.Key.Key_Escape)
    assert at(march) == ("law", "rules")


# ---- 两地对照


def test_shandong_and_tianjin_stand_beside_each_other(hands: Hands) -> None:
    view = comparing(hands)
    assert (view.left.value(), view.right.value()) == ("shandong", "national")
    hands.write("地区二", "tianjin")
    hands.settle()
    rows = {row.id: row.cells for row in view.table.rows()}
    reply = rows["reply_due"]
    assert reply["left"] == "10 日内，从对方收到要约起算\n原文已核对 · 《鲁工资》21条"
    assert reply["right"].startswith("5 个工作日内，从对方收到要约起算\n二手来源，待核 · 《津工资》")
    assert reply["words"] == "数值不同\n单位不同（日、工作日）"
    assert rows["rep_publish_due"]["right"].split("\n")[1].startswith(("法规未规定", "当地条文待核"))
    assert all(row.differs for row in view.rows())
    differing = len(rows)
    hands.write("列出", "everything")
    assert len(view.table.rows()) > differing
    hands.write("列出", "values")
    assert {row.difference for row in view.rows()} == {Difference.VALUE, Difference.SILENT}
    hands.write("找", "答复期限")
    assert [row.id for row in view.table.rows()] == ["reply_due"]


def test_each_choice_is_compared_once(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    view = comparing(hands)
    made = view.made
    hands.write("找", "答复")
    hands.write("列出", "everything")
    hands.go("home")
    comparing(hands)
    assert view.made is made
    hands.write("协议种类", type(made.asked.kind).GENERAL)
    hands.settle()
    assert view.made is not made
    assert view.made.asked.kind.value == "general"
    reply = next(row for row in view.rows() if row.rule == "reply_due")
    assert reply.left is not None
    assert "鲁劳合" in {source.law for source in reply.left.sources}


def test_enter_opens_either_side_in_full_and_escape_comes_back_to_the_cell(hands: Hands) -> None:
    view = comparing(hands)
    hands.write("地区二", "tianjin")
    hands.settle()
    view.table.select("reply_due", 2)
    view.table.view.setFocus()
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert at(hands) == ("law", "rules")
    looked = hands.page.view("rules")
    assert looked.region.value() == "tianjin"
    assert looked.table.selected() == "reply_due"
    assert focus() is looked.table.view
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    assert at(hands) == ("law", "compare")
    assert view.table.current_cell() == ("reply_due", "right")
    hands.key(Qt.Key.Key_Left)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert looked.region.value() == "shandong"


def test_what_is_listed_is_printed_and_kept_as_files(hands: Hands, tmp_path: Path) -> None:
    view = comparing(hands)
    hands.write("列出", "values")
    hands.window.frame.action_requested.emit("print")
    hands.settle()
    ((title, pages),) = hands.ask.printed
    assert (title, pages > 0) == ("山东、全国规则对照表", True)
    hands.page.paper.close()
    for suffix in ("pdf", "xlsx"):
        target = tmp_path / f"对照.{suffix}"
        hands.ask.saves.append(target)
        hands.window.frame.action_requested.emit(suffix)
        hands.settle()
        assert target.stat().st_size > 1000
        assert view.job.words() == "对照表存好了。"
    hands.press("打开对照表", view.job)
    assert hands.ask.shown == [tmp_path / "对照.xlsx"]


# ---- ways in, and back


def test_the_panel_leads_to_the_rule_behind_an_article_and_escape_comes_back(march: Hands) -> None:
    march.go("offer")
    march.settle()
    panel = march.window.frame.panel
    panel.show_tab(BASIS)
    march.settle()
    (notes,) = march.visible(NotesList, panel)
    assert notes.focus_first()
    note = focus()
    title = note.accessibleName()
    assert title.startswith("《")
    march.key(Qt.Key.Key_Return)
    march.settle()
    assert at(march) == ("law", "rules")
    view = march.page.view("rules")
    assert focus() is view.table.view
    assert title in view.detail.told("依据")
    march.key(Qt.Key.Key_Escape)
    assert at(march)[0] == "offer"
    assert focus().accessibleName() == title


def test_every_article_in_the_panel_leads_to_a_rule_that_is_listed(hands: Hands) -> None:
    from app.gui.findings_view import basis_notes

    view = lookup(hands)
    checkup = hands.desk.checkup
    notes = basis_notes(checkup.findings, checkup.deadlines, 2026)
    assert len(notes) > 5
    for note in notes:
        view.show_rule(note.door)
        assert view.table.selected() == note.door.rule, note.title
        assert note.title in view.detail.told("依据"), note.title


def test_ctrl_k_leads_to_the_rule_and_escape_back_to_what_was_found(march: Hands) -> None:
    march.key(Qt.Key.Key_K, CTRL)
    march.type("答复期限")
    march.key(Qt.Key.Key_Return)
    march.settle()
    assert march.window.frame.current_page() == SEARCH
    rows = march.window.frame.page(SEARCH).rows()
    row = next(row for row in rows if row.accessibleName().startswith("答复期限，"))
    row.setFocus(Qt.FocusReason.TabFocusReason)
    march.key(Qt.Key.Key_Return)
    march.settle()
    assert at(march) == ("law", "rules")
    assert march.page.view("rules").table.selected() == "reply_due"
    march.key(Qt.Key.Key_Escape)
    assert march.window.frame.current_page() == SEARCH
    march.key(Qt.Key.Key_Escape)
    assert march.window.frame.current_page() == "home"


def test_ctrl_k_finds_the_page_itself(march: Hands) -> None:
    march.key(Qt.Key.Key_K, CTRL)
    march.type("两地对照")
    march.key(Qt.Key.Key_Return)
    march.settle()
    march.key(Qt.Key.Key_Return)
    march.settle()
    assert at(march) == ("law", "compare")


def test_settings_lead_here(hands: Hands) -> None:
    hands.go("settings", "rules")
    hands.press("去查规则")
    hands.settle()
    assert at(hands) == ("law", "rules")
    hands.key(Qt.Key.Key_Escape)
    assert at(hands)[0] == "settings"
    assert focus().accessibleName() == "去查规则"


def test_an_article_on_a_card_leads_to_its_rule(hands: Hands) -> None:
    hands.go("law")
    hands.settle()
    view = hands.page.view()
    card = next(card for card in view.cards() if card.finding.article)
    card.set_open(True)
    rule = next(each.rule for each in hands.desk.checkup.findings if each.key == card.finding.id)
    hands.press_button(card.article)
    hands.settle()
    assert at(hands) == ("law", "rules")
    assert hands.page.view("rules").table.selected() == rule
    hands.key(Qt.Key.Key_Escape)
    assert at(hands) == ("law", "findings")


def test_with_keys_alone_from_the_navigation_to_a_comparison(hands: Hands) -> None:
    nav = hands.window.frame.nav
    nav.button("evidence").setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Down)
    assert focus() is nav.button("law")
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert at(hands) == ("law", "findings")
    hands.key(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert at(hands) == ("law", "compare")
    view = hands.page.view("compare")
    view.left.setFocus(Qt.FocusReason.TabFocusReason)
    seen = set()
    for _ in range(12):
        seen.add(focus().accessibleName())
        if focus() is view.table.view:
            break
        hands.key(Qt.Key.Key_Tab)
    assert {"地区一", "地区二", "按哪一天", "协议种类", "协商形式", "找", "列出"} <= seen
    assert focus() is view.table.view
    before = view.table.selected()
    hands.key(Qt.Key.Key_Down)
    assert view.table.selected() != before
    assert not isinstance(focus(), ClickRow)


def test_under_another_regions_rule_it_is_said_whose_rules_the_case_follows(march: Hands) -> None:
    view = lookup(march)
    view.table.select("reply_due")
    assert view.detail.here() == "本案里"
    march.write("地区", "hangzhou")
    march.settle()
    view.table.select("reply_due")
    assert view.detail.here() == "本案里，按山东规则"
