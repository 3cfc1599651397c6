"""The parts: what is pressed, walked or dropped becomes a signal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.gui.widgets.button import Button, with_reason
from app.gui.widgets.check_field import CheckMark
from app.gui.widgets.chip import Chip
from app.gui.widgets.choice_field import ManyField, Option
from app.gui.widgets.document_row import document_item
from app.gui.widgets.drop_zone import DropZone
from app.gui.widgets.due_row import DueRow, DueView
from app.gui.widgets.empty_state import EmptyState, EmptyView, NeedView
from app.gui.widgets.evidence_row import evidence_item
from app.gui.widgets.failure_sheet import FailureSheet, FailureView
from app.gui.widgets.figure_strip import FigureStrip, FigureView
from app.gui.widgets.finding_card import FindingCard, FindingView
from app.gui.widgets.focus_ring import REACH, FocusRing
from app.gui.widgets.item_row import ActionView, ItemList, ItemRow, ItemView
from app.gui.widgets.job_progress import JobProgress, time_left
from app.gui.widgets.line_field import LineField
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.search_box import SearchBox
from app.gui.widgets.step_tabs import StepTabs, StepView
from app.gui.widgets.text import Text
from app.gui.widgets.undo_bar import UndoBar

OnScreen = Callable[..., QWidget]
Types = Callable[[QWidget, str], None]


# ---- buttons


def test_a_button_is_pressed_by_mouse_enter_and_space(qtbot: QtBot, on_screen: OnScreen) -> None:
    button = Button("生成要约书", "primary")
    on_screen(button)
    clicks: list[int] = []
    button.clicked.connect(lambda: clicks.append(1))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert len(clicks) == 3
    assert button.accessibleName() == "生成要约书"


def test_a_busy_button_changes_its_words_and_takes_no_clicks(qtbot: QtBot, on_screen: OnScreen) -> None:
    button = Button("生成要约书", "primary")
    on_screen(button)
    clicks: list[int] = []
    button.clicked.connect(lambda: clicks.append(1))
    button.set_busy("正在生成…")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert clicks == []
    assert button.words() == "正在生成…"
    button.set_busy(None)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(clicks) == 1


def test_a_blocked_button_says_why_beside_it(qtbot: QtBot, on_screen: OnScreen) -> None:
    button = Button("写入 U 盘")
    row = with_reason(button)
    on_screen(row)
    button.set_blocked("请先插入 U 盘")
    assert not button.isEnabled()
    assert any(text.words() == "请先插入 U 盘" and text.isVisible() for text in row.findChildren(Text))
    button.set_blocked(None)
    assert button.isEnabled()


def test_the_ring_frames_the_focus_from_outside(qtbot: QtBot, on_screen: OnScreen) -> None:
    one, two = Button("一"), Button("二")
    window = on_screen(one, two)
    ring = FocusRing(window)
    two.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target() is two and ring.isVisible()
    assert ring.geometry() == two.geometry().adjusted(-REACH, -REACH, REACH, REACH)
    window.resize(700, 500)
    assert ring.geometry() == two.geometry().adjusted(-REACH, -REACH, REACH, REACH)
    two.hide()
    assert not ring.isVisible() or ring.target() is not two


def test_a_field_with_an_error_has_border_and_ring(qtbot: QtBot, on_screen: OnScreen) -> None:
    field = LineField("代码")
    window = on_screen(field, Button("一"))
    ring = FocusRing(window)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target() is None  # the border itself is the ring
    field.set_error("现在是 17 位，应为 18 位。")
    window.findChildren(Button)[0].setFocus(Qt.FocusReason.TabFocusReason)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target() is field.box


# ---- rows and cards


def test_a_finding_jumps_explains_and_opens(qtbot: QtBot, on_screen: OnScreen) -> None:
    view = FindingView(
        id="offer_content",
        grade="must",
        sentence="“夜班津贴”没有写本方主张",
        why="要约须载明内容。",
        article="《山东省企业工资集体协商条例》21条",
        how_read="原文已核对",
        action="写说明",
    )
    card = FindingCard(view)
    on_screen(card)

    def why_is_seen() -> bool:
        return any(
            text.words() == "要约须载明内容。" and text.isVisible() for text in card.findChildren(Text)
        )

    assert not why_is_seen()
    jumps: list[str] = []
    explains: list[str] = []
    articles: list[str] = []
    card.jump_requested.connect(jumps.append)
    card.explain_requested.connect(explains.append)
    card.article_requested.connect(articles.append)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert why_is_seen() and jumps == []
    qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.mouseClick(card.action, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(card.article, Qt.MouseButton.LeftButton)
    assert (jumps, explains, articles) == (["offer_content"], ["offer_content"], ["offer_content"])
    assert card.accessibleName() == "必须改：“夜班津贴”没有写本方主张"


def test_a_due_row_tells_everything_and_its_why(qtbot: QtBot, on_screen: OnScreen) -> None:
    due = DueView(
        id="reply_due",
        day="4月3日",
        weekday="周五",
        remark="剩 3 天",
        tone="near",
        what="企业方书面答复要约",
        why="3月24日签收，次日起算满 10 日",
        article="鲁条例 21条",
        whose="等对方",
    )
    row = DueRow(due)
    on_screen(row)
    chosen: list[str] = []
    whys: list[str] = []
    row.chosen.connect(chosen.append)
    row.why_requested.connect(whys.append)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_F4)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert (chosen, whys) == (["reply_due"], ["reply_due"])
    shown = {text.words() for text in row.findChildren(Text)}
    assert {"4月3日", "周五", "剩 3 天", "企业方书面答复要约", "等对方"} <= shown


def test_arrows_walk_rows(qtbot: QtBot, on_screen: OnScreen) -> None:
    stack = RowStack()
    rows = [DueRow(DueView(id=str(n), day=f"4月{n}日", what="事")) for n in (1, 2)]
    stack.show_rows(rows)
    on_screen(stack)
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].hasFocus()


def test_document_and_evidence_rows_ask_for_their_actions(qtbot: QtBot, on_screen: OnScreen) -> None:
    documents = ItemList()
    documents.show_items(
        [
            document_item("offer_letter", "要约书", "草稿，2 页"),
            document_item("receipt", "送达回执", stale=True),
        ]
    )
    evidence = ItemList("还没有附件。")
    on_screen(documents, evidence)
    assert any(text.words() == "还没有附件。" for text in evidence.findChildren(Text))
    evidence.show_items([evidence_item("scan", "要约书盖章扫描件", "送达前", state="lacking")])
    asked: list[tuple[str, str]] = []
    documents.action_requested.connect(lambda item, action: asked.append((item, action)))
    evidence.action_requested.connect(lambda item, action: asked.append((item, action)))
    qtbot.mouseClick(documents.rows[0].buttons["print"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(documents.rows[1].buttons["again"], Qt.Key.Key_Return)
    qtbot.mouseClick(evidence.rows[0].buttons["add"], Qt.MouseButton.LeftButton)
    assert asked == [("offer_letter", "print"), ("receipt", "again"), ("scan", "add")]
    assert documents.rows[0].buttons["print"].accessibleName() == "打印：要约书"


def test_a_refreshed_list_keeps_the_focus(qtbot: QtBot, on_screen: OnScreen) -> None:
    documents = ItemList()
    documents.show_items([document_item("a", "要约书")])
    on_screen(documents)
    documents.rows[0].buttons["print"].setFocus()
    documents.show_items([document_item("a", "要约书", "2 页"), document_item("b", "回执")])
    assert documents.rows[0].buttons["print"].hasFocus()


def test_long_names_are_cut_but_not_lost(on_screen: OnScreen) -> None:
    name = "中国共产党领导下的临沂沂衡机械制造有限责任公司工会委员会会议记录扫描件"
    row = ItemRow(document_item("a", name, "草稿，2 页"))
    on_screen(row, size=(360, 100))
    text = next(part for part in row.findChildren(Text) if part.words() == name)
    assert text.toolTip() == name
    assert row.buttons["save"].geometry().right() <= row.width()


def test_files_and_folders_are_dropped_what_is_elsewhere_is_not(
    qtbot: QtBot, on_screen: OnScreen, tmp_path: Path
) -> None:
    scan = tmp_path / "送达回执.jpg"
    scan.write_bytes(b"jpeg")
    zone = DropZone()
    on_screen(zone)
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(scan)), QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.jpg")]
    )
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(zone.files_dropped) as dropped:
        zone.dropEvent(event)
    assert dropped.args == [[scan, tmp_path]]
    with qtbot.waitSignal(zone.activated):
        zone.setFocus()
        qtbot.keyClick(zone, Qt.Key.Key_Return)


def test_chips_say_what_they_show(on_screen: OnScreen) -> None:
    chip = Chip("剩 3 天", "near")
    on_screen(chip)
    chip.show_chip("已超期 2 天", "overdue")
    assert (chip.words(), chip.tone(), chip.accessibleName()) == ("已超期 2 天", "overdue", "已超期 2 天")


def test_a_strip_holds_at_most_six_figures_with_their_origin(qtbot: QtBot, on_screen: OnScreen) -> None:
    strip = FigureStrip()
    on_screen(strip)
    figures = [FigureView(id=f"f{n}", label="覆盖职工", number="318", unit="人") for n in range(7)]
    with pytest.raises(ValueError, match="six"):
        strip.show_figures(figures)
    strip.show_figures(figures[:2])
    asked: list[str] = []
    strip.origin_requested.connect(asked.append)
    parts = [part for part in strip.children() if isinstance(part, QWidget) and part.focusPolicy()]
    parts[1].setFocus()
    qtbot.keyClick(parts[1], Qt.Key.Key_F4)
    assert asked == ["f1"]


# ---- table

COLUMNS = (
    ColumnView(key="on", title="选", extent=40, kind="check"),
    ColumnView(key="topic", title="协商内容", extent=160),
    ColumnView(key="claim", title="本方主张", editable=True),
)


def make_rows(*ids: str) -> list[RowView]:
    return [RowView(row, {"on": True, "topic": f"议题{row}", "claim": f"{row}0 元"}) for row in ids]


def make_table() -> RecordTable:
    table = RecordTable(
        "议题", COLUMNS, add_words="添加议题", remove_words="移除", empty_words="还没有议题。"
    )
    table.show_rows(make_rows("a", "b", "c"))
    return table


def test_a_table_is_walked_opened_added_to_and_removed_from(qtbot: QtBot, on_screen: OnScreen) -> None:
    table = make_table()
    on_screen(table)
    opened: list[str] = []
    removed: list[str] = []
    added: list[int] = []
    origins: list[tuple[str, str]] = []
    table.row_opened.connect(opened.append)
    table.remove_requested.connect(removed.append)
    table.add_requested.connect(lambda: added.append(1))
    table.origin_requested.connect(lambda row, key: origins.append((row, key)))
    table.setFocus()
    assert table.selected() == "a"
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    qtbot.keyClick(table.view, Qt.Key.Key_Insert)
    qtbot.keyClick(table.view, Qt.Key.Key_F4)
    qtbot.mouseClick(table.add_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(table.remove_button, Qt.MouseButton.LeftButton)
    assert opened == ["b"]
    assert removed == ["b", "b"]
    assert added == [1, 1]
    assert origins == [("b", "on")]


def test_after_a_removal_the_neighbour_is_selected(on_screen: OnScreen) -> None:
    table = make_table()
    on_screen(table)
    table.select("b")
    table.show_rows(make_rows("a", "c"))
    assert table.selected() == "c"
    table.show_rows(make_rows("a"))
    assert table.selected() == "a"
    table.show_rows(())
    assert table.selected() is None
    assert any(text.words() == "还没有议题。" and text.isVisible() for text in table.findChildren(Text))


def test_a_cell_is_edited_by_f2_and_left_by_escape(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    table = make_table()
    on_screen(table)
    edits: list[tuple[str, str, str]] = []
    table.cell_edited.connect(lambda *edit: edits.append(edit))
    table.edit_cell("b", "claim")
    line = table.view.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    types(line, "25 元/班")
    with qtbot.waitSignal(table.cell_edited):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert edits == [("b", "claim", "25 元/班")]
    qtbot.waitUntil(lambda: table.view.state() == table.view.State.NoState)
    table.edit_cell("a", "claim")
    again = next(line for line in table.view.findChildren(QLineEdit) if line.isVisible())
    types(again, "x")
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert len(edits) == 1


def test_a_tick_in_a_table_by_space_and_mouse(qtbot: QtBot, on_screen: OnScreen) -> None:
    table = make_table()
    on_screen(table)
    ticks: list[tuple[str, str, bool]] = []
    table.cell_ticked.connect(lambda *tick: ticks.append(tick))
    table.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    spot = table.cell_area("c", "on").center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert ticks == [("a", "on", False), ("c", "on", False)]


def test_a_locked_row_is_not_edited(qtbot: QtBot, on_screen: OnScreen) -> None:
    table = make_table()
    on_screen(table)
    table.show_rows([RowView("a", {"on": True, "topic": "议题", "claim": "1"}, locked=True)])
    ticks: list[object] = []
    table.cell_ticked.connect(lambda *tick: ticks.append(tick))
    table.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    qtbot.keyClick(table.view, Qt.Key.Key_F2)
    assert ticks == []
    assert not [line for line in table.view.findChildren(QLineEdit) if line.isVisible()]


# ---- the rest


def test_a_failure_has_three_parts_ways_and_a_number(qtbot: QtBot, on_screen: OnScreen) -> None:
    sheet = FailureSheet(
        FailureView(
            headline="U 盘在写入途中断开",
            what_happened="写到第 31 个文件时不见了。",
            unharmed="电脑里的资料都完好。",
            what_to_do="重新插好同一个 U 盘。",
            code="U-204",
            at="9:33",
            ways=(ActionView("again", "接着写入", "usb"), ActionView("other", "换一个 U 盘")),
        )
    )
    on_screen(sheet)
    words = [text.words() for text in sheet.findChildren(Text)]
    order = [words.index(part) for part in ("发生了什么", "哪些没受影响", "现在怎么办")]
    assert order == sorted(order)
    assert "9:33 发生 · 编号 U-204" in words
    sheet.focus_first_way()
    assert sheet.ways["again"].hasFocus()
    chosen: list[str] = []
    sheet.way_chosen.connect(chosen.append)
    qtbot.keyClick(sheet.ways["again"], Qt.Key.Key_Return)
    qtbot.mouseClick(sheet.ways["other"], Qt.MouseButton.LeftButton)
    assert chosen == ["again", "other"]
    with qtbot.waitSignal(sheet.record_requested):
        record = next(button for button in sheet.findChildren(Button) if button.words() == "看详细记录")
        record.click()


def test_an_empty_state_says_what_it_needs_and_does_one_thing(qtbot: QtBot, on_screen: OnScreen) -> None:
    view = EmptyView(
        headline="草案谈定以后，从这里提交职代会",
        why="要经全体职工代表过半数通过。",
        drawing="ballot",
        needs=(
            NeedView(state="missing", name="会议日期", words="还没定", action=ActionView("plan", "先定日期")),
        ),
        primary=ActionView("go", "去协商会议"),
        secondary=ActionView("print", "先打印空白表决票"),
        tip="至少 22 票。",
    )
    page = EmptyState(view)
    on_screen(page, size=(1200, 700))
    asked: list[str] = []
    page.action_requested.connect(asked.append)
    for button in page.findChildren(Button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sorted(asked) == ["go", "plan", "print"]
    assert page.primary is not None and page.primary.words() == "去协商会议"


def test_undo_is_offered_and_taken(qtbot: QtBot, on_screen: OnScreen) -> None:
    bar = UndoBar()
    on_screen(bar)
    bar.show_done("已移除“送达回执”")
    assert bar.isVisible() and bar.words() == "已移除“送达回执”"
    with qtbot.waitSignal(bar.undo_requested):
        qtbot.mouseClick(bar.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    bar.show_done("已移除“送达回执”")
    assert bar._timer.interval() == 10_000
    bar._timer.timeout.emit()
    assert not bar.isVisible()


def test_progress_tells_count_and_time_left_and_can_be_cancelled(qtbot: QtBot, on_screen: OnScreen) -> None:
    times = iter((0.0, 1.0, 26.0))
    progress = JobProgress("生成报送包", clock=lambda: next(times))
    on_screen(progress)
    progress.show_step(1, 41)
    assert progress.words_left() == ""
    progress.show_step(26, 41, "合同.pdf")
    assert progress.words() == "正在生成报送包，第 27 个，共 41 个：合同.pdf"
    assert progress.words_left() == "约剩 15 秒"
    assert progress.bar.share() == pytest.approx(26 / 41)
    with qtbot.waitSignal(progress.cancel_requested):
        qtbot.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    assert progress.cancel.is_busy()


def test_time_left_is_not_told_too_early() -> None:
    assert time_left(1.0, 0.5) == ""
    assert time_left(600.0, 0.5) == "约剩 10 分钟"
    assert time_left(10.0, 1.0) == ""


def test_steps_are_walked_by_arrows(qtbot: QtBot, on_screen: OnScreen) -> None:
    tabs = StepTabs()
    tabs.set_steps(
        [StepView("write", "写要约书", "now"), StepView("deliver", "送达"), StepView("reply", "企业方答复")]
    )
    on_screen(tabs)
    went: list[str] = []
    tabs.step_requested.connect(went.append)
    tabs.setFocus()
    assert tabs.current() == "write"
    qtbot.keyClick(tabs.tab("write"), Qt.Key.Key_Right)
    qtbot.keyClick(tabs.tab("deliver"), Qt.Key.Key_End)
    qtbot.mouseClick(tabs.tab("write"), Qt.MouseButton.LeftButton)
    assert went == ["deliver", "reply", "write"]
    assert tabs.tab("write").accessibleName() == "写要约书，进行中"
    tabs.set_steps(
        [StepView("write", "写要约书", "done"), StepView("deliver", "送达"), StepView("reply", "企业方答复")]
    )
    assert tabs.current() == "write"


def test_searching(types: Types, qtbot: QtBot, on_screen: OnScreen) -> None:
    box = SearchBox()
    on_screen(box)
    asked: list[str] = []
    box.searched.connect(asked.append)
    box.setFocus()
    types(box.line, "夜班")
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert chosen.args == ["夜班"]
    assert asked == ["夜班"]
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert asked == ["夜班", ""]


def items(*numbers: int, remark: str = "") -> list[ItemView]:
    edit = ActionView("add", "添加")
    return [ItemView(id=str(n), name=f"材料 {n}", remark=remark, actions=(edit,)) for n in numbers]


def test_a_long_list_is_made_in_slices_and_ends_complete(qtbot: QtBot, on_screen: OnScreen) -> None:
    listed = ItemList("还没有。")
    on_screen(listed)
    listed.show_items(items(*range(200)))
    assert 0 < len(listed.rows) < 200
    qtbot.waitUntil(lambda: len(listed.rows) == 200, timeout=30_000)
    assert [row.item.id for row in listed.rows] == [str(n) for n in range(200)]
    listed.show_items(items(*range(100)))
    listed.show_items(items(3, 1, 2))  # before the list before is complete
    qtbot.waitUntil(lambda: [row.item.id for row in listed.rows] == ["3", "1", "2"])
    qtbot.waitUntil(lambda: listed.rows[0].y() < listed.rows[1].y() < listed.rows[2].y())
    listed.show_items([])
    qtbot.waitUntil(lambda: [t.words() for t in listed.findChildren(Text) if t.isVisible()] == ["还没有。"])


def test_a_row_that_stays_the_same_is_not_made_anew(on_screen: OnScreen) -> None:
    listed = ItemList()
    on_screen(listed)
    listed.show_items(items(1, 2, 3))
    first, second, third = listed.rows
    second.buttons["add"].setFocus()
    listed.show_items([*items(1), *items(2, remark="缺"), *items(3)])
    assert (listed.rows[0], listed.rows[2]) == (first, third)
    assert listed.rows[1] is not second
    assert listed.rows[1].buttons["add"].hasFocus()


def test_columns_that_share_the_room_leave_no_scroll_bar_over_the_rows(on_screen: OnScreen) -> None:
    columns = (
        ColumnView(key="code", title="编号", extent=84),
        ColumnView(key="name", title="名称", share=3),
        ColumnView(key="place", title="地点", share=1),
    )
    table = RecordTable("材料", columns)
    table.show_rows([RowView(str(n), {"code": "P01", "name": "照片", "place": "车间"}) for n in range(3)])
    on_screen(table, size=(330, 300))
    assert table.view.columnWidth(2) >= 72
    assert not table.view.horizontalScrollBar().isVisible()


def test_a_row_without_room_puts_what_can_be_done_below_the_words(on_screen: OnScreen) -> None:
    item = document_item("offer", "职代会签到表 第三届职代会第四次会议", "草稿，3 页")
    row = ItemRow(item)
    window = on_screen(row, size=(900, 200))
    name, button = row.findChildren(Text)[0], row.buttons["preview"]
    one_line = row.height()
    assert button.geometry().center().y() == pytest.approx(name.geometry().center().y(), abs=3)
    window.resize(400, 200)
    assert button.y() > name.geometry().center().y() and row.height() > one_line
    assert name.width() >= name.sizeHint().width()  # the whole name is to be read
    window.resize(900, 200)
    assert row.height() == one_line


def test_many_check_boxes_have_all_their_room_and_each_can_be_ticked(qtbot) -> None:
    """Nineteen questions take several rows; a host of one row's height would cut all but the first."""
    field = ManyField("来自题目", [Option(f"q{at}", f"{at} 今年这一项怎样调整才合适") for at in range(19)])
    qtbot.addWidget(field)
    field.resize(640, field.heightForWidth(640))
    field.show()
    marks = [each for each in field.findChildren(CheckMark) if each.isVisible()]
    assert len(marks) == 19
    for mark in marks:
        assert mark.parentWidget().rect().contains(mark.geometry()), mark.accessibleName()
    assert len({mark.x() for mark in marks}) <= 2
    marks[18].click()
    assert field.value() == ("q18",)
