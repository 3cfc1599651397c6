"""The shell: navigation, head, panel, status bar and the keys that reach everything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.gui.shell.case_switcher import CaseEntry
from app.gui.shell.main_frame import MainFrame
from app.gui.shell.nav import NAV_ITEMS
from app.gui.shell.side_panel import NoteView
from app.gui.shell.status_bar import StatusView
from app.gui.theme import apply_theme
from app.gui.widgets.button import Button
from app.gui.widgets.failure_sheet import FailureView
from app.gui.widgets.finding_card import FindingView
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.line_field import LineField
from app.gui.widgets.step_tabs import StepView
from app.gui.widgets.text import Text
from tests.gui.heartbeat import Heartbeat

FINDINGS = (
    FindingView(
        id="offer_content", grade="must", sentence="“夜班津贴”没有写本方主张", why="要约须载明内容。"
    ),
    FindingView(id="turnout", grade="explain", sentence="有效答卷偏低", action="写说明"),
    FindingView(id="holiday", grade="hint", sentence="会前资料到期正逢清明假"),
)
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Page(QWidget):
    """A page with two fields, one of them filled."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.place = LineField("地点")
        self.place.set_value("二楼")
        self.to = LineField("致")
        column.addWidget(self.place)
        column.addWidget(self.to)
        column.addStretch(1)


Make = Callable[..., MainFrame]
Types = Callable[[QWidget, str], None]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def build(across: int = 1366, down: int = 697) -> MainFrame:
        frame = MainFrame()
        qtbot.addWidget(frame)
        frame.add_page("home", Page(), panel="none")
        frame.add_page("offer", Page())
        frame.add_page("meetings", Page(), panel="closed")
        frame.head.show_head("要约与应约", chip="第 3 阶段", context="计划 3月24日送达")
        frame.head.set_actions(ActionView("make", "生成要约书"), [ActionView("preview", "预览", "eye")])
        frame.steps.set_steps([StepView("write", "写要约书", "now"), StepView("deliver", "送达")])
        frame.show_steps(visible=True)
        frame.panel.show_findings(FINDINGS, 9)
        for place in ("saved", "backup", "job", "pack", "keys", "help"):
            frame.status.show_cell(place, StatusView("已自动保存 09:42", "done"))
        frame.resize(across, down)
        frame.show()
        frame.activateWindow()
        qtbot.waitUntil(frame.isActiveWindow)
        frame.show_page("offer")
        return frame

    return build


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


# ---- navigation


def test_the_navigation_is_the_table_of_the_look() -> None:
    assert [item.short for item in NAV_ITEMS if item.number] == [
        "调查",
        "代表",
        "要约",
        "会议",
        "审议",
        "签订",
        "履约",
    ]
    assert [item.key for item in NAV_ITEMS if item.key] == list("0123456789")
    assert all(len(item.short) == 2 for item in NAV_ITEMS)


def test_control_digits_ask_for_pages(qtbot: QtBot, make: Make) -> None:
    frame = make()
    asked: list[str] = []
    frame.page_requested.connect(asked.append)
    for digit in range(10):
        qtbot.keyClick(focus(), Qt.Key(Qt.Key.Key_0 + digit), CTRL)
    assert asked == [
        "home",
        "survey",
        "representatives",
        "offer",
        "meetings",
        "congress",
        "filing",
        "fulfilment",
        "evidence",
        "statistics",
    ]


def test_the_navigation_is_clicked_and_walked(qtbot: QtBot, make: Make) -> None:
    frame = make()
    asked: list[str] = []
    frame.page_requested.connect(asked.append)
    qtbot.mouseClick(frame.nav.button("settings"), Qt.MouseButton.LeftButton)
    frame.nav.button("offer").setFocus()
    qtbot.keyClick(focus(), Qt.Key.Key_Down)
    assert focus() is frame.nav.button("meetings")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    qtbot.keyClick(focus(), Qt.Key.Key_Home)
    assert focus() is frame.nav.button("home")
    assert asked == ["settings", "meetings"]
    assert all(button.isEnabled() for button in (frame.nav.button(page) for page in frame.nav.pages()))


def test_a_stage_tells_its_state_and_remark(make: Make) -> None:
    frame = make()
    frame.nav.set_state("offer", "now", "剩 3 天", urgent=True)
    assert frame.nav.button("offer").accessibleName() == "要约与应约，进行中，剩 3 天"
    frame.nav.set_state("survey", "done")
    assert frame.nav.button("survey").accessibleName() == "意愿调查，已完成"
    with pytest.raises(KeyError):
        frame.nav.set_state("nowhere", "done")


def test_cases_are_switched_by_the_menu(qtbot: QtBot, make: Make) -> None:
    frame = make()
    entries = [
        CaseEntry("1", "沂衡机械工会", "2026 年度 · 工资专项"),
        CaseEntry("2", "沂衡机械工会", "2025 年度 · 工资专项"),
    ]
    frame.nav.show_case(entries[0])
    frame.nav.set_cases(entries, [ActionView("new", "新建案卷", "plus")])
    asked: list[str] = []
    frame.case_requested.connect(asked.append)
    frame.case_action_requested.connect(asked.append)
    actions = [action for action in frame.nav.switcher.menu_of_cases().actions() if not action.isSeparator()]
    for action in actions:
        action.trigger()
    assert asked == ["2", "new"]  # the open case is not opened again
    assert "练习" not in frame.nav.switcher.accessibleName()


# ---- pages and keys


def test_opening_a_page_puts_the_focus_on_the_next_thing_to_fill(make: Make) -> None:
    frame = make()
    page = frame.page("offer")
    assert isinstance(page, Page)
    assert page.to.has_focus()  # the other one is filled
    assert frame.nav.button("offer").isChecked()


def test_with_everything_filled_the_focus_sits_on_the_primary_button(make: Make) -> None:
    frame = make()
    page = frame.page("offer")
    assert isinstance(page, Page)
    page.to.set_value("公司")
    frame.nav.button("home").setFocus()
    page.to.set_value("公司")
    frame.show_page("offer")
    assert frame.head.primary is not None and frame.head.primary.hasFocus()


def test_an_unknown_page_is_refused(make: Make) -> None:
    frame = make()
    with pytest.raises(KeyError):
        frame.show_page("nowhere")
    with pytest.raises(ValueError, match="offer"):
        frame.add_page("offer", QWidget())


def test_control_enter_presses_the_primary_button_after_handing_on_what_was_typed(
    types: Types, qtbot: QtBot, make: Make
) -> None:
    frame = make()
    page = frame.page("offer")
    assert isinstance(page, Page)
    order: list[str] = []
    page.to.value_changed.connect(order.append)
    frame.action_requested.connect(order.append)
    types(page.to.line, "公司")
    qtbot.keyClick(page.to.line, Qt.Key.Key_Return, CTRL)
    assert order == ["公司", "make"]
    assert page.to.has_focus()
    frame.head.button("make").set_busy("正在生成…")
    qtbot.keyClick(page.to.line, Qt.Key.Key_Return, CTRL)
    assert order == ["公司", "make"]


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_U, "attach_requested"),
        (Qt.Key.Key_P, "print_requested"),
        (Qt.Key.Key_S, "restore_point_requested"),
        (Qt.Key.Key_K, "search_requested"),
        (Qt.Key.Key_Z, "undo_requested"),
        (Qt.Key.Key_Y, "redo_requested"),
    ],
)
def test_control_keys(qtbot: QtBot, make: Make, key: Qt.Key, signal: str) -> None:
    frame = make()
    with qtbot.waitSignal(getattr(frame, signal)):
        qtbot.keyClick(focus(), key, CTRL)


def test_undo_belongs_to_the_field_while_it_has_something_to_undo(
    types: Types, qtbot: QtBot, make: Make
) -> None:
    frame = make()
    page = frame.page("offer")
    assert isinstance(page, Page)
    undone: list[int] = []
    frame.undo_requested.connect(lambda: undone.append(1))
    types(page.to.line, "公司")
    qtbot.keyClick(page.to.line, Qt.Key.Key_Z, CTRL)
    assert page.to.typed() == "" and undone == []
    qtbot.keyClick(page.to.line, Qt.Key.Key_Z, CTRL)
    assert undone == [1]


def test_f1_and_f4(qtbot: QtBot, make: Make) -> None:
    frame = make()
    with qtbot.waitSignals([frame.help_requested, frame.origin_requested]):
        qtbot.keyClick(focus(), Qt.Key.Key_F1)
        qtbot.keyClick(focus(), Qt.Key.Key_F4)


def test_f6_walks_the_regions_and_back(qtbot: QtBot, make: Make) -> None:
    frame = make()
    regions = frame.regions()
    assert regions[0] is frame.nav and regions[-1] is frame.status and frame.panel in regions
    start = next(region for region in regions if region.isAncestorOf(focus()))
    seen = []
    for _ in regions:
        qtbot.keyClick(focus(), Qt.Key.Key_F6)
        seen.append(next(region for region in regions if region is focus() or region.isAncestorOf(focus())))
    assert sorted(map(id, seen)) == sorted(map(id, regions))
    assert seen[-1] is start
    qtbot.keyClick(focus(), Qt.Key.Key_F6, SHIFT)
    assert seen[-2] is focus() or seen[-2].isAncestorOf(focus())


def test_search_opens_even_where_buttons_stand(qtbot: QtBot, make: Make) -> None:
    frame = make()
    assert not frame.head.search.isVisible()
    qtbot.keyClick(focus(), Qt.Key.Key_K, CTRL)
    assert frame.head.search.line.hasFocus()


# ---- head


def test_the_head_blocks_with_a_reason_and_names_what_is_undone(qtbot: QtBot, make: Make) -> None:
    frame = make()
    frame.head.set_actions(ActionView("make", "生成要约书", blocked="先写上主张"), [])
    assert not frame.head.button("make").isEnabled()
    assert not frame.head.press_primary()
    frame.head.set_undo("移除送达回执")
    assert frame.head.undo.isVisible() and "移除送达回执" in frame.head.undo.toolTip()
    with qtbot.waitSignal(frame.undo_requested):
        frame.head.undo.click()
    frame.head.set_undo("")
    assert not frame.head.undo.isVisible()


def test_renaming_an_action_keeps_its_button_and_focus(make: Make) -> None:
    frame = make()
    button = frame.head.button("make")
    button.setFocus()
    frame.head.set_actions(ActionView("make", "重新生成要约书"), [ActionView("preview", "预览")])
    assert frame.head.button("make") is button and button.hasFocus()
    assert button.words() == "重新生成要约书"
    frame.head.set_actions(None)
    assert frame.head.search.isVisible()


# ---- panel


def test_f8_walks_the_findings_enter_jumps_escape_comes_back(qtbot: QtBot, make: Make) -> None:
    frame = make()
    page = frame.page("offer")
    assert isinstance(page, Page)
    jumps: list[str] = []
    frame.jump_requested.connect(jumps.append)
    opened = []
    for _ in range(4):
        qtbot.keyClick(focus(), Qt.Key.Key_F8)
        opened.append(next(card.finding.id for card in frame.panel.cards() if card.hasFocus()))
    assert opened == ["offer_content", "turnout", "holiday", "offer_content"]
    assert [card.finding.id for card in frame.panel.cards() if card.is_open()] == ["offer_content"]
    qtbot.keyClick(focus(), Qt.Key.Key_F8, SHIFT)
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert jumps == ["holiday"]
    qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert page.to.has_focus()


def test_new_findings_do_not_move_the_caret(types: Types, qtbot: QtBot, make: Make) -> None:
    frame = make()
    page = frame.page("offer")
    assert isinstance(page, Page)
    types(page.to.line, "公")
    frame.panel.show_findings(FINDINGS[1:], 10)
    assert page.to.line.hasFocus()
    assert frame.panel.counts() == {"must": 0, "explain": 1, "hint": 1}
    words = [text.words() for text in frame.panel.findChildren(Text) if text.isVisible()]
    assert "其余 10 项已符合" in words


def test_the_focus_stays_on_a_card_that_is_listed_again(make: Make) -> None:
    frame = make()
    frame.panel.cards()[1].setFocus()
    frame.panel.show_findings(FINDINGS[1:], 10)
    assert frame.panel.cards()[0].hasFocus()
    assert frame.panel.cards()[0].finding.id == "turnout"


def test_basis_and_history_have_tabs(qtbot: QtBot, make: Make) -> None:
    frame = make()
    frame.panel.show_basis(
        [NoteView(title="鲁条例 21条", words="收到之日起 10 日内答复。", remark="原文已核对")]
    )
    frame.panel.show_tab("basis")
    assert any(text.words() == "鲁条例 21条" and text.isVisible() for text in frame.panel.findChildren(Text))
    frame.panel.show_tab("history")
    assert any(
        text.words() == "这一页还没有改动。" and text.isVisible() for text in frame.panel.findChildren(Text)
    )


def test_a_page_that_needs_the_width_keeps_the_panel_closed_until_f8(qtbot: QtBot, make: Make) -> None:
    frame = make()
    frame.show_page("meetings")
    assert not frame.is_panel_shown()
    qtbot.keyClick(focus(), Qt.Key.Key_F8)
    assert frame.is_panel_shown()
    assert frame.panel.parentWidget() is frame
    qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert not frame.is_panel_shown()
    frame.show_page("offer")
    assert frame.is_panel_shown() and frame.panel.parentWidget() is not frame
    frame.show_page("home")
    assert not frame.is_panel_shown()
    qtbot.keyClick(focus(), Qt.Key.Key_F8)
    assert not frame.is_panel_shown()


# ---- arrangement


@pytest.mark.parametrize(
    ("across", "nav", "panel", "name"),
    [
        (1093, 104, 0, "narrow"),
        (1279, 104, 0, "narrow"),
        (1280, 208, 332, "middle"),
        (1366, 208, 332, "middle"),
        (1599, 208, 332, "middle"),
        (1600, 232, 380, "wide"),
        (1920, 232, 380, "wide"),
    ],
)
def test_the_window_arranges_itself(make: Make, across: int, nav: int, panel: int, name: str) -> None:
    frame = make(across, 543)
    assert frame.arrangement() == name
    assert frame.nav.width() == nav
    assert (frame.panel.width() if frame.is_panel_shown() else 0) == panel
    assert frame.strip.isVisible() == (name == "narrow")
    assert frame.status.height() == 30 and frame.head.height() == 60


def test_the_folded_panel_opens_over_the_page(qtbot: QtBot, make: Make) -> None:
    frame = make(1093, 543)
    assert frame.strip.width() == 44
    assert frame.strip.accessibleName() == "检查结果：必须改 1，请说明 1，提示 1"
    qtbot.mouseClick(frame.strip, Qt.MouseButton.LeftButton)
    assert frame.is_panel_shown()
    assert frame.panel.geometry().right() <= frame.width()
    frame.resize(1366, 697)
    assert frame.is_panel_shown() and frame.panel.parentWidget() is not frame


def test_the_window_has_a_smallest_size(make: Make) -> None:
    frame = make()
    frame.resize(600, 300)
    assert (frame.width(), frame.height()) == (1024, 520)


@pytest.mark.parametrize("scale", [1.0, 1.12, 1.25])
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_nothing_sticks_out_in_any_look(qapp: QApplication, make: Make, name: str, scale: float) -> None:
    frame = make()
    apply_theme(qapp, name, scale)
    qapp.processEvents()
    bottom = frame.status.mapTo(frame, frame.status.rect().bottomRight())
    assert (bottom.x(), bottom.y()) == (frame.width() - 1, frame.height() - 1)
    settings = frame.nav.button("settings")
    assert settings.mapTo(frame, settings.rect().bottomLeft()).y() < frame.height()
    assert frame.head.primary is not None
    right = frame.head.primary.mapTo(frame, frame.head.primary.rect().bottomRight()).x()
    assert right < frame.width()
    # All entries of the navigation stand above 设置 without scrolling.
    last = frame.nav.button("statistics")
    assert (
        last.mapTo(frame, last.rect().bottomLeft()).y()
        <= settings.mapTo(frame, settings.rect().topLeft()).y()
    )


def test_a_page_does_not_move_when_its_scroll_bar_comes(make: Make, qtbot: QtBot) -> None:
    frame = make()
    page = frame.page("offer")
    before = page.width()
    page.setMinimumHeight(3000)
    qtbot.waitUntil(lambda: page.height() >= 3000)
    assert page.width() == before


# ---- failure, undo, status


def test_a_failure_stays_at_the_top_and_is_the_one_red_button(qtbot: QtBot, make: Make) -> None:
    frame = make()
    sheet = frame.show_failure(
        FailureView(
            headline="U 盘断开",
            what_happened="不见了。",
            unharmed="资料完好。",
            what_to_do="插好。",
            code="U-204",
            ways=(ActionView("again", "接着写入"),),
        )
    )
    assert sheet.ways["again"].hasFocus()
    reds = [
        button for button in frame.findChildren(Button) if button.isVisible() and button._kind == "primary"
    ]
    assert reds == [sheet.ways["again"]]
    with qtbot.waitSignal(frame.failure_way_chosen) as way:
        qtbot.keyClick(sheet.ways["again"], Qt.Key.Key_Return)
    assert way.args == ["again"]
    assert frame.failure is sheet
    frame.clear_failure()
    assert frame.failure is None
    assert frame.head.primary is not None and frame.head.primary._kind == "primary"


def test_the_undo_bar_stands_at_the_bottom_left_of_the_page(qtbot: QtBot, make: Make) -> None:
    frame = make()
    frame.show_undo("已移除“送达回执”")
    bar = frame.undo_bar
    assert bar.isVisible()
    assert bar.x() == frame.nav.width() + 24
    assert bar.geometry().bottom() < frame.status.mapTo(frame, frame.status.rect().topLeft()).y()
    with qtbot.waitSignal(frame.undo_requested):
        bar.link.click()
    assert not bar.isVisible()


def test_a_cell_of_the_status_bar_returns_to_its_job(qtbot: QtBot, make: Make) -> None:
    frame = make()
    frame.status.show_cell("job", StatusView("U 盘核对中 66%，先别拔", "usb", "accentText"))
    assert frame.status.cell("job").accessibleName() == "U 盘核对中 66%，先别拔"
    with qtbot.waitSignal(frame.status_clicked) as clicked:
        qtbot.mouseClick(frame.status.cell("job"), Qt.MouseButton.LeftButton)
    assert clicked.args == ["job"]
    frame.status.show_cell("job", StatusView(""))
    assert not frame.status.cell("job").isVisible()


def test_everything_that_takes_the_focus_has_a_name(make: Make) -> None:
    frame = make()
    nameless = [
        widget
        for widget in frame.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.focusProxy()
        and not widget.accessibleName()
    ]
    assert nameless == []


class Stepping(QWidget):
    """A page whose steps want different panels."""

    def __init__(self) -> None:
        super().__init__()
        self.mode = "docked"

    def panel_mode(self) -> str:
        return self.mode


def test_a_page_says_for_each_step_which_panel_it_wants(qtbot: QtBot) -> None:
    frame, page = MainFrame(), Stepping()
    qtbot.addWidget(frame)
    frame.add_page("offer", page, panel="none")
    frame.resize(1366, 697)
    frame.show()
    frame.show_page("offer")
    assert frame.panel_mode() == "docked"
    assert frame.is_panel_shown()
    page.mode = "closed"
    frame.refresh_panel()
    assert not frame.is_panel_shown()
    frame.panel_place.show_next()  # F8 slides it over the page
    assert frame.is_panel_shown()
    assert frame.panel.parentWidget() is frame
    page.mode = "none"
    frame.refresh_panel()
    assert not frame.is_panel_shown()


# ---- many findings


def many(count: int) -> list[FindingView]:
    return [
        FindingView(
            id=f"f{at}",
            grade=("must", "explain", "hint")[at % 3],  # type: ignore[arg-type]
            sentence=f"“夜班津贴”没有写本方主张，第 {at} 项",
            why="要约须载明内容，并对本方主张作出说明。",
            article="《山东省企业工资集体协商条例》21条",
            action="写说明",
        )
        for at in range(count)
    ]


def turns(count: int) -> None:
    for _ in range(count):
        QApplication.processEvents()


def test_three_hundred_findings_are_counted_at_once_and_made_as_one_scrolls(qtbot: QtBot, make: Make) -> None:
    frame = make()
    findings = many(300)
    with Heartbeat() as heart:
        frame.panel.show_findings(findings, 9)
        frame.refresh_counts()
        turns(20)
    assert heart.busiest_ms < 100, heart.report()  # a slow machine; bench_pages tells the real figure
    assert sum(frame.panel.counts().values()) == 300
    assert len(frame.panel.cards()) < 40
    first, kept = frame.panel.cards()[0], frame.panel.cards()[3]
    with Heartbeat() as heart:
        frame.panel.show_findings(findings[1:], 10)
        turns(20)
    assert frame.panel.cards()[2] is kept  # the same finding keeps its card
    assert first not in frame.panel.cards()
    for _ in range(60):
        qtbot.keyClick(focus(), Qt.Key.Key_F8)
    card = next(card for card in frame.panel.cards() if card.hasFocus())
    assert card.finding.id == "f60"
    bar = frame.panel._cards_list.verticalScrollBar()

    def whole() -> bool:
        bar.setValue(bar.maximum())
        return frame.panel._cards_list.is_whole()

    qtbot.waitUntil(whole, timeout=60_000)
    assert len(frame.panel.cards()) == 299


def test_equal_notes_have_a_part_each(make: Make) -> None:
    frame = make()
    note = NoteView(title="改了要约编号", remark="3月24日 周二 10:18 · 工会")
    frame.panel.show_tab("history")
    frame.panel.show_history([note, note])
    frame.panel.show_history([note, note, NoteView(title="新增议题")])
    shown = [text.words() for text in frame.panel.findChildren(Text) if text.isVisible()]
    assert shown.count("改了要约编号") == 2
    frame.panel.show_history([note])
    shown = [text.words() for text in frame.panel.findChildren(Text) if text.isVisible()]
    assert shown.count("改了要约编号") == 1


def test_the_edge_of_the_panel_is_dragged_and_tells_its_place(qtbot: QtBot, make: Make) -> None:
    frame = make()
    told: list[int] = []
    frame.panel_place.extent_chosen.connect(told.append)
    edge = frame.panel_place.edge
    turns(3)
    assert edge.isVisible()
    assert edge.geometry().right() < frame.panel.geometry().left() + 1
    qtbot.mousePress(edge, Qt.MouseButton.LeftButton, pos=QPoint(4, 50))
    qtbot.mouseMove(edge, QPoint(-46, 50))
    qtbot.mouseRelease(edge, Qt.MouseButton.LeftButton, pos=QPoint(-46, 50))
    assert frame.panel.width() == 382
    assert told == [382]
    frame.panel_place.set_extent(5000)
    assert frame.panel.width() < frame.width() - 208 - 500  # the page keeps its room
    frame.panel_place.set_extent(0)
    assert frame.panel.width() == 332


def test_the_status_bar_says_it_shorter_in_a_narrow_window(make: Make) -> None:
    frame = make(1093, 543)
    frame.status.show_cell("keys", StatusView("F6 换区域", short="F8 检查结果"))
    frame.status.show_cell("pack", StatusView("山东规则包 2026.1", short=""))
    assert not frame.status.cell("pack").isVisible()
    assert frame.status.cell("keys").accessibleName() == "F6 换区域"
    frame.resize(1366, 697)
    assert frame.status.cell("pack").isVisible()
