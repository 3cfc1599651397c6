"""协商会议: rounds side by side, filled in where they stand; bottom lines covered until they are held open."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.case import Case, collections
from app.domain.negotiation import Meeting, Position, RoundResult
from app.domain.survey import BottomLine, Topic
from app.domain.union import Side
from app.figures.positions import Talks
from app.gui.stages.negotiation import rounds_table as table
from app.gui.stages.negotiation.rounds_view import RoundsView
from app.gui.widgets.secret_block import SecretBlock
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import open_case
from tests.gui.window_driver import Hands

TODAY = date(2026, 4, 17)
_NOT_YET = (
    "agreements", "clauses", "clause_figures", "resolutions", "signings", "filings", "reviews", "publications",
    "amendments", "obligations", "inspections", "inspection_items", "fulfilment_reports", "polls", "evaluations",
    "evidence", "stage_closings", "explanations",
)  # fmt: skip
SECRET = "低于百分之五点七不签"


def in_second_round() -> Case:
    """The example on the day of its second meeting, before anything of it was written but one topic."""
    base = read_example("shandong-linyi-single")
    kept = tuple(each for each in base.positions if each.meeting == "meeting-1")
    spoken = Position(
        id="p2",
        topic="topic-1",
        meeting="meeting-2",
        worker_value=Decimal("7.0"),
        employer_value=Decimal("5.0"),
        result=RoundResult.OPEN,
    )
    meetings = tuple(
        each.replace(
            minutes_signed=None, held_on=each.held_on if each.id != "meeting-3" else date(2026, 5, 8)
        )
        if each.id != "meeting-1"
        else each
        for each in base.meetings
    )
    return dataclasses.replace(
        base,
        positions=(*kept, spoken),
        meetings=meetings,
        bottom_lines=(BottomLine(id="b1", topic="topic-1", floor=SECRET, best="8%", middle="7%"),),
        **dict.fromkeys(_NOT_YET, ()),
    )


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    opened = open_case(qtbot, tmp_path, in_second_round(), TODAY)
    opened.go("negotiation", "meetings")
    return opened


def rounds(hands: Hands) -> RoundsView:
    view = hands.page.view().views["rounds"]
    assert isinstance(view, RoundsView)
    return view


def held(hands: Hands, topic: str, meeting: str) -> Position | None:
    found = [p for p in hands.desk.case.positions if (p.topic, p.meeting) == (topic, meeting)]
    assert len(found) <= 1, "one record for a topic in a round"
    return found[0] if found else None


def types(hands: Hands, words: str) -> None:
    """Type key by key: the first one opens the cell, the next go into what opened."""
    for letter in words:
        hands.type(letter)


def key(side: Side, meeting: str = "meeting-2") -> str:
    return table.cell_key(side, meeting)


# ---- rounds as tabs and columns


def test_each_round_has_its_tab_and_the_one_of_the_day_is_framed(hands: Hands) -> None:
    tabs = {tab.id: (tab.label, tab.remark) for tab in hands.page.tabs()}
    assert tabs["meetings/meeting-1"] == ("第一轮", "4月10日 已签字")
    assert tabs["meetings"] == ("第二轮", "4月17日 今天")
    assert tabs["meetings/meeting-3"] == ("第三轮", "5月8日")
    assert list(tabs)[-1] == "draft"
    matrix = rounds(hands).matrix
    assert matrix.cell("topic-1", key(Side.WORKER)).box
    assert not matrix.cell("topic-1", key(Side.WORKER, "meeting-1")).box
    assert matrix.cell("topic-1", key(Side.WORKER)).lead == "▼1"
    assert matrix.cell("topic-1", table.GAP).words == "2.0 个百分点"


def test_another_tab_puts_another_round_in_hand_and_its_form_below(hands: Hands) -> None:
    hands.go("negotiation", "meetings/meeting-1")
    assert hands.page.current_step().key == "meetings/meeting-1"
    assert rounds(hands).meeting_id() == "meeting-1"
    section = next(each for each in hands.page.view().sections if each.section.collection == "meetings")
    assert section.shown_id() == "meeting-1"
    hands.go("negotiation", "meetings")
    assert section.shown_id() == "meeting-2"


def test_what_was_agreed_before_has_no_box_any_more(hands: Hands) -> None:
    matrix = rounds(hands).matrix
    assert not matrix.cell("topic-6", key(Side.WORKER)).box
    assert matrix.cell("topic-6", key(Side.WORKER)).words == "1"
    assert matrix.cell("topic-6", table.RESULT).words == "一致 1 次"


# ---- filling in


def test_typing_into_a_cell_and_tab_writes_one_record_and_goes_to_the_next_box(hands: Hands) -> None:
    view = rounds(hands)
    view.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.matrix.go_to("topic-3", key(Side.WORKER))
    types(hands, "22")
    hands.key(Qt.Key.Key_Tab)
    assert view.matrix.current() == ("topic-3", key(Side.EMPLOYER))
    types(hands, "18元/班")
    hands.key(Qt.Key.Key_Tab)
    written = held(hands, "topic-3", "meeting-2")
    assert written is not None
    assert (written.worker_value, written.employer_value) == (Decimal(22), Decimal(18))
    assert view.matrix.cell("topic-3", key(Side.WORKER)).lead == "▼3"
    assert view.matrix.cell("topic-3", table.GAP).words == "4 元"
    hands.settle()
    assert hands.desk.library.read_case(hands.desk.case_id).find("positions", written.id) == written


def test_words_are_kept_where_a_number_would_say_nothing(hands: Hands) -> None:
    view = rounds(hands)
    view.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    view.matrix.write("topic-5", key(Side.WORKER))
    hands.type("按实测工时")
    hands.key(Qt.Key.Key_Tab)
    hands.type("3")
    hands.key(Qt.Key.Key_Tab)
    written = held(hands, "topic-5", "meeting-2")
    assert written is not None
    assert (written.worker_text, written.worker_value, written.employer_value) == (
        "按实测工时",
        None,
        Decimal(3),
    )
    assert view.matrix.cell("topic-5", table.GAP).words == "口径不同"


def test_esc_gives_the_old_value_back_and_nothing_is_written(hands: Hands) -> None:
    view = rounds(hands)
    before = hands.desk.case
    editor = view.matrix.write("topic-1", key(Side.WORKER))
    assert editor is not None
    hands.type("9")
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Escape)
    assert view.matrix.hasFocus()
    hands.settle()
    assert hands.desk.case == before
    assert view.matrix.cell("topic-1", key(Side.WORKER)).words == "7.0"


def test_too_many_decimals_are_refused_with_a_sentence(hands: Hands) -> None:
    view = rounds(hands)
    view.matrix.write("topic-1", key(Side.WORKER))
    types(hands, "7.123456")
    hands.key(Qt.Key.Key_Tab)
    assert held(hands, "topic-1", "meeting-2").worker_value == Decimal("7.0")
    assert view._refusal.isVisible()
    assert "小数" in view._refusal.words()


def test_enter_opens_the_reason_of_the_side_and_esc_comes_back(hands: Hands) -> None:
    view = rounds(hands)
    view.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    view.matrix.go_to("topic-1", key(Side.EMPLOYER))
    hands.key(Qt.Key.Key_Return)
    field = view.offer.fields[Side.EMPLOYER]
    assert field.has_focus()
    hands.type("订单减少")
    hands.key(Qt.Key.Key_Tab)
    assert held(hands, "topic-1", "meeting-2").employer_reason == "订单减少"
    view.offer.write_reason(Side.EMPLOYER)
    hands.key(Qt.Key.Key_Escape)
    assert view.matrix.hasFocus()
    assert view.matrix.current() == ("topic-1", key(Side.EMPLOYER))


def test_a_result_is_set_by_key_and_closes_the_boxes(hands: Hands) -> None:
    view = rounds(hands)
    view.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    view.matrix.go_to("topic-1", table.RESULT)
    hands.key(Qt.Key.Key_Space)
    assert view.matrix.cells.editor() is not None
    hands.type("一致")
    popup = QApplication.activePopupWidget()
    if popup is not None:
        QTest.keyClick(popup, Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Tab)
    hands.settle()
    assert held(hands, "topic-1", "meeting-2").result is RoundResult.AGREED
    assert not view.matrix.cell("topic-1", key(Side.WORKER)).box
    assert view.matrix.cell("topic-1", table.RESULT).state == "done"


def test_home_and_end_walk_the_row(hands: Hands) -> None:
    view = rounds(hands)
    view.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    view.matrix.go_to("topic-2", key(Side.WORKER))
    hands.key(Qt.Key.Key_End)
    assert view.matrix.current()[0] == "topic-2"
    assert view.matrix.current()[1] in (table.RESULT, table.POINTS)
    hands.key(Qt.Key.Key_Home)
    assert view.matrix.current() == ("topic-2", table.TOPIC)


def test_a_door_to_a_position_puts_its_round_and_cell_in_hand(hands: Hands) -> None:
    from app.rules.findings import Where

    hands.window.case_room.open_door(Where("positions", "position-1-1", "employer_value"))
    assert rounds(hands).meeting_id() == "meeting-1"
    assert rounds(hands).matrix.current() == ("topic-1", key(Side.EMPLOYER, "meeting-1"))
    assert hands.page.current_step().key == "meetings/meeting-1"


def test_the_head_leads_to_the_form_of_the_meeting(hands: Hands) -> None:
    hands.press("打开会议情况")
    assert hands.field("主持人").has_focus()


def test_a_signed_round_can_be_changed_and_says_what_that_means(hands: Hands) -> None:
    remark = rounds(hands).head.remark
    assert remark.words() == "Tab 下一格，Enter 写理由"
    rounds(hands).show_part("meeting-1")
    assert remark.words() == "记录已签字，再改会记进修改记录"
    assert remark.toolTip().startswith("4月10日的会议记录有 10 人签了字")
    position = held(hands, "topic-1", "meeting-1")
    assert position is not None
    hands.desk.change("positions", position.replace(worker_value=Decimal("8.5")))
    hands.settle()
    stored = hands.desk.library.read_case(hands.desk.case_id).find("positions", position.id)
    assert stored.worker_value == Decimal("8.5")  # what happened is always recorded
    assert remark.words() == "记录已签字，再改会记进修改记录"


def test_the_next_round_is_added_and_in_hand(hands: Hands) -> None:
    hands.go("negotiation", "meetings/meeting-3")
    hands.press("添加下一轮")
    made = hands.desk.case.meetings[-1]
    assert made.number == 4
    assert rounds(hands).meeting_id() == made.id
    assert hands.page.current_step().key == f"meetings/{made.id}"


def test_minutes_and_sign_in_sheet_are_looked_at_from_the_head(hands: Hands) -> None:
    head = hands.page.head()
    assert head.primary is not None
    assert head.primary.label == "生成会议记录"
    assert "签到表" in [action.label for action in head.secondary]
    hands.page.do("round_minutes")
    hands.settle()
    assert hands.page.preview is not None


# ---- what it costs


def test_only_what_was_disclosed_is_worked_out(hands: Hands) -> None:
    view = rounds(hands)
    assert view.cost.remark() == "每 1 个百分点 29.64 万元"
    assert not view.cost.bars.isHidden()
    for year in hands.desk.case.year_figures:
        hands.desk.remove("year_figures", year.id)
    assert view.cost.remark() == ""
    assert view.cost.bars.isHidden()


# ---- bottom lines


def everything_told(widget: QWidget) -> str:
    """All a screen reader can find below a widget, tool tips included."""
    found: list[str] = []

    def read(at: object) -> None:
        face = QAccessible.queryAccessibleInterface(at) if isinstance(at, QWidget) else at
        if face is None:
            return
        for role in (
            QAccessible.Text.Name,
            QAccessible.Text.Description,
            QAccessible.Text.Value,
            QAccessible.Text.Help,
        ):
            found.append(face.text(role))
        for at_child in range(face.childCount()):
            child = face.child(at_child)
            if child is not None:
                read(child)

    read(widget)
    found += [each.toolTip() for each in widget.findChildren(QWidget)]
    return "\n".join(found)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_the_bottom_line_is_seen_only_while_it_is_held(hands: Hands) -> None:
    view = rounds(hands)
    view.matrix.go_to("topic-1", table.TOPIC)
    block = view.findChild(SecretBlock)
    assert block is not None
    covered = picture(block)
    assert SECRET not in everything_told(hands.window)
    view.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyPress(view.matrix, Qt.Key.Key_Space)
    assert block.is_shown()
    assert picture(block) != covered
    assert SECRET not in everything_told(hands.window)
    QTest.keyRelease(view.matrix, Qt.Key.Key_Space)
    assert not block.is_shown()
    block.setFocus(Qt.FocusReason.TabFocusReason)
    hands.settle()
    assert not block.is_shown()
    QTest.mousePress(block, Qt.MouseButton.LeftButton)
    assert block.is_shown()
    QTest.mouseRelease(block, Qt.MouseButton.LeftButton)
    assert not block.is_shown()
    assert picture(block) == covered or block.hasFocus()


def test_losing_the_focus_or_the_page_covers_the_bottom_line(hands: Hands) -> None:
    view = rounds(hands)
    block = view.cost.secret
    block.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyPress(block, Qt.Key.Key_Space)
    assert block.is_shown()
    view.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    assert not block.is_shown()
    QTest.keyPress(view.matrix, Qt.Key.Key_Space)
    assert block.is_shown()
    hands.go("offer")
    assert not block.is_shown()


def test_the_bottom_line_of_another_topic_is_not_shown(hands: Hands) -> None:
    view = rounds(hands)
    view.matrix.go_to("topic-2", table.TOPIC)
    assert SECRET not in view._reveal()
    view.matrix.go_to("topic-1", table.TOPIC)
    assert SECRET in view._reveal()


# ---- bad input


def empty_but(case: Case, *kept: str) -> Case:
    return dataclasses.replace(
        case,
        **{
            name: ()
            for name in collections()
            if name not in kept and name not in ("cycle", "union", "enterprise", "congress")
        },
    )


def test_without_a_meeting_one_line_and_one_button(qtbot, tmp_path: Path) -> None:
    case = dataclasses.replace(in_second_round(), meetings=(), positions=())
    hands = open_case(qtbot, tmp_path, case, TODAY)
    hands.go("negotiation", "meetings")
    view = rounds(hands)
    assert view.matrix.isHidden()
    assert view._empty.isVisible()
    hands.press("添加一次会议", view)
    assert len(hands.desk.case.meetings) == 1
    assert view.matrix.isVisible()


def test_two_hundred_rounds_of_sixty_topics_show_the_last_ones(qtbot, tmp_path: Path) -> None:
    base = in_second_round()
    topics = tuple(
        Topic(id=f"t{at}", name=f"第{at}项岗位津贴和特殊情况下支付办法" * 3, unit="元/月") for at in range(60)
    )
    meetings = tuple(
        Meeting(id=f"m{at}", number=at + 1, held_on=date(2025, 1, 1).replace(day=1 + at % 28))
        for at in range(200)
    )
    positions = tuple(
        Position(
            id=f"p{topic.id}{meeting.id}",
            topic=topic.id,
            meeting=meeting.id,
            worker_value=Decimal("123456789012"),
            employer_value=Decimal("99999999999.25"),
            result=RoundResult.OPEN,
        )
        for topic in topics[:10]
        for meeting in meetings[-20:]
    )
    case = dataclasses.replace(
        base, topics=topics, meetings=meetings, positions=positions, offer_items=(), bottom_lines=()
    )
    hands = open_case(qtbot, tmp_path, case, TODAY)
    hands.go("negotiation", "meetings")
    view = rounds(hands)
    assert len(hands.page.tabs()) <= 8
    assert view.matrix.row_count() == 10
    assert view.matrix._rows_model.columnCount() <= 16
    assert view.head.earlier.isVisible()
    first = view.matrix._rows_model.columns[2].key
    hands.press(
        "更早的轮次，还有 198 轮"
        if "198" in view.head.earlier.accessibleName()
        else view.head.earlier.accessibleName()
    )
    assert view.matrix._rows_model.columns[2].key != first
    assert view.head.latest.isVisible()
    hands.press("回到最近")
    assert view.matrix._rows_model.columns[2].key == first


def test_the_form_of_a_bottom_line_is_covered_too(hands: Hands) -> None:
    hands.go("negotiation", "figures")
    section = next(each for each in hands.page.view().sections if each.section.collection == "bottom_lines")
    section.select("b1")
    field = hands.field("底线")
    assert SECRET not in everything_told(hands.window)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert SECRET not in everything_told(hands.window)
    target = QApplication.focusWidget()
    QTest.keyClicks(target, "abc")
    assert hands.desk.case.bottom_lines[0].floor == SECRET
    QTest.keyPress(target, Qt.Key.Key_Space)
    assert target.text() == SECRET
    QTest.keyRelease(target, Qt.Key.Key_Space)
    assert SECRET not in everything_told(hands.window)
    hands.key(Qt.Key.Key_F2)
    assert target.text() == SECRET
    hands.clear()
    hands.type("五")
    hands.key(Qt.Key.Key_Tab)
    assert hands.desk.case.bottom_lines[0].floor == "五"
    assert target.text() == "••••••"


def test_what_can_be_traded_is_covered_in_its_form(hands: Hands) -> None:
    hands.desk.change("bottom_lines", hands.desk.case.bottom_lines[0].replace(tradeable=SECRET))
    hands.go("negotiation", "figures")
    section = next(each for each in hands.page.view().sections if each.section.collection == "bottom_lines")
    section.select("b1")
    area = section.editor("tradeable").area
    assert SECRET not in area.toPlainText()
    area.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyPress(area, Qt.Key.Key_Space)
    assert area.toPlainText() == SECRET
    QTest.keyRelease(area, Qt.Key.Key_Space)
    assert SECRET not in area.toPlainText()
    hands.settle()
    assert hands.desk.case.bottom_lines[0].tradeable == SECRET


# ---- preparation and draft


def test_the_check_list_leads_to_what_is_missing(hands: Hands) -> None:
    hands.go("negotiation", "prepare")
    view = hands.page.view().views["meeting_prepare"]
    names = [row.item.name for row in view.items.rows]
    assert names[:3] == ["企业方提供资料", "职工方提供资料", "协商前报告上一级工会"]
    assert SECRET not in everything_told(view)
    hands.desk.remove("year_figures", "year-2025")
    hands.press("去填写：参考数字", view)
    assert hands.page.current_step().key == "figures"


def test_topic_and_clause_lead_to_each_other(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    hands.go("negotiation", "meetings")
    view = rounds(hands)
    view.matrix.go_to("topic-3", table.TOPIC)
    hands.press(view.offer.clause.words(), view.offer)
    hands.settle()
    assert hands.page.current_step().key == "draft"
    clauses = hands.page.view().views["clause_text"]
    held = hands.desk.case.find("clauses", clauses._clause)
    assert held.topic == "topic-3"
    assert {each.clause for each in clauses.figures.records()} <= {held.id}
    hands.press("看各轮主张", clauses)
    assert rounds(hands).topic().id == "topic-3"


def test_an_agreed_topic_is_written_as_a_clause_with_one_press(qtbot, tmp_path: Path) -> None:
    case = dataclasses.replace(read_example("shandong-linyi-single"), clauses=(), clause_figures=())
    hands = open_case(qtbot, tmp_path, case)
    hands.go("negotiation", "meetings")
    rounds(hands).matrix.go_to("topic-3", table.TOPIC)
    hands.press("写成条款")
    (clause,) = hands.desk.case.clauses
    assert (clause.topic, clause.subject, clause.article) == ("topic-3", "夜班津贴标准", 1)
    assert clause.agreement == "agreement-1"


# ---- what has room


@pytest.mark.parametrize(
    ("room", "past", "last", "coming", "points"),
    [(650, 0, False, False, False), (820, 1, False, False, False), (913, 1, True, False, False),
     (1078, 1, True, True, False), (1590, 1, True, True, True)],
)  # fmt: skip
def test_columns_give_way_in_order_and_the_round_in_hand_never(room, past, last, coming, points) -> None:
    talks = Talks(in_second_round())
    shown = table.fitting(talks, 1, room, 0)
    assert (shown.past, shown.last, shown.coming, shown.points) == (past, last, coming, points)
    groups, columns = table.heads(talks, shown, in_second_round(), TODAY)
    assert [group.key for group in groups if group.framed] == ["meeting-2"]
    assert {key(side) for side in Side} <= {column.key for column in columns}
    least = sum(column.extent or column.least for column in columns)
    assert least <= max(room, 660), "no scrolling from side to side"
