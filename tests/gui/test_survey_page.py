"""意愿调查 in the window: counts typed by keyboard, charts with their doors, topics decided row by row."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.case import Case, collections
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey, Topic, TopicDecision
from app.domain.union import AgreementKind, Cycle, Form
from app.figures.published import BANDS
from app.figures.topic_figures import next_code
from app.gui.stages.survey.entry import SurveyEntry
from app.gui.stages.survey.results import SurveyResults
from app.gui.stages.survey.sheet_counts import SheetCounts
from app.gui.stages.survey.sheets_strip import SheetsStrip
from app.gui.stages.survey.topics import SurveyTopics
from app.gui.widgets.charts.bar_rows import BarRows
from app.gui.widgets.charts.chart import Chart
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.rules.findings import Grade, Where
from app.usecases.make_demo import read_example
from tests.figures.matrix_case import MATTERS, matrix_case
from tests.gui.demo_pages import MARCH, open_case
from tests.gui.window_driver import Hands

_BEFORE_TOPICS = (
    "cycle", "union", "enterprise", "congress", "departments", "surveys", "questions", "answer_counts", "hearings",
)  # fmt: skip


def at_results() -> Case:
    """The example with its answers and three topics nobody has decided on."""
    case = read_example("shandong-linyi-single")
    topics = tuple(each.replace(decision=None) for each in case.topics[:3])
    empty = {name: () for name in collections() if name not in _BEFORE_TOPICS}
    return dataclasses.replace(case, **empty | {"topics": topics})


def with_questions() -> Case:
    """Sheets are back, the numbers of the questions are still to be typed."""
    questions = (
        Question(
            id="q1", survey="s", number=1, kind=QuestionKind.SINGLE, stem="岗位", options=("一线", "技术")
        ),
        Question(
            id="q2", survey="s", number=2, kind=QuestionKind.MATRIX, stem="满意吗", options=("满意", "不满意")
        ),
    )
    return Case(
        cycle=Cycle(
            id="cycle", year=2026, region="shandong", form=Form.SINGLE, agreement_kind=AgreementKind.WAGE
        ),
        surveys=(Survey(id="s", title_text="调查", issued=40, returned=36, valid=30),),
        questions=questions,
    )


@pytest.fixture
def opened(qtbot, tmp_path: Path) -> Callable[..., Hands]:
    def open_it(case: Case, step: str, day: date = MARCH) -> Hands:
        hands = open_case(qtbot, tmp_path, case, day)
        hands.go("survey", step)
        hands.page.view().build_all()
        hands.settle()
        return hands

    return open_it


def view(hands: Hands, key: str):
    return hands.page.view().views[key]


def enter(chart: Chart, value: str) -> None:
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    chart.choose(value)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QApplication.processEvents()


# ---- 结果


def test_results_show_what_the_answers_say(opened) -> None:
    hands = opened(at_results(), "results")
    results: SurveyResults = view(hands, "survey_results")
    assert [(row.label, row.percent, row.tail) for row in results.wanted.rows()][:4] == [
        ("工资增长", "87.9%", "待定"),
        ("高温津贴", "56.1%", "没列入"),
        ("夜班津贴", "45.6%", "待定"),
        ("计件定额", "41.6%", "没列入"),
    ]
    assert [band.words for band in results.bands.bands()] == ["11 人", "62 人", "143 人", "61 人", "28 人"]
    assert results.bands.accessibleName() == "希望工资涨多少"
    assert [pair.label for pair in results.pairs.pairs()] == [
        "男",
        "女",
        "一线",
        "非一线",
        "合同制职工",
        "劳务派遣",
    ]
    assert [row.lead for row in results.groups.rows()] == ["212", "31", "20", "42"]
    assert hands.page.panel_mode() == "closed"


def test_a_wish_leads_to_its_topic_and_esc_comes_back(opened) -> None:
    hands = opened(at_results(), "results")
    results: SurveyResults = view(hands, "survey_results")
    enter(results.wanted, "夜班津贴")
    hands.settle()
    assert hands.page.current_step().key == "topics"
    topic = next(each for each in hands.desk.case.topics if each.name == "夜班津贴标准")
    row = view(hands, "survey_topics").rows[topic.id]
    assert row.decision.has_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    hands.settle()
    assert hands.page.current_step().key == "results"


def test_a_figure_leads_to_the_numbers_behind_it(opened) -> None:
    hands = opened(at_results(), "results")
    results: SurveyResults = view(hands, "survey_results")
    enter(results.bands, "5%—8%")
    hands.settle()
    (numbers,) = (each for each in hands.page.view().sections if each.section.collection == "answer_counts")
    assert numbers.form is not None and numbers.form.record_id() == "answers-6"


def test_f4_lists_the_records_and_the_rule_and_esc_goes_back_to_the_chart(opened) -> None:
    hands = opened(at_results(), "results")
    results: SurveyResults = view(hands, "survey_results")
    results.wanted.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(results.wanted, Qt.Key.Key_F4)
    assert results.origin.isVisible() and results.origin.is_open()
    assert results.origin.words().startswith("工资增长：87.9%")
    told = [row.accessibleName() for row in results.origin.rows.rows()]
    assert told[0] == "出处：第7题 工资增长 268 人"
    assert "有效合计 305 份" in told[1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert results.wanted.hasFocus() and results.origin.isHidden()


def test_small_groups_stay_hidden_on_the_screen(opened) -> None:
    case = at_results()
    grouped = [each for each in case.answer_counts if each.group_question]
    few = AnswerCount(
        id="few", question="question-6", group="返聘", group_question="question-1", numbers=(0, 1, 2, 0, 0)
    )
    case = dataclasses.replace(case, answer_counts=(*case.answer_counts, few))
    assert len(grouped) == 4
    hands = opened(case, "results")
    results: SurveyResults = view(hands, "survey_results")
    hidden = {row.label: row.hidden for row in results.groups.rows() if row.hidden}
    assert hidden["返聘"] == "不足 5 份，不显示"
    assert "为防倒推，一并不显示" in hidden.values()
    for row in results.groups.rows():
        if row.hidden:
            assert (row.lead, row.percent, row.number) == ("", "", "") or row.label not in ("返聘",)
    told = results.groups.accessibleDescription()
    assert "返聘：不足 5 份，不显示" in told


def test_before_there_are_answers_it_says_what_comes_and_leads_there(opened) -> None:
    hands = opened(with_questions(), "results")
    results: SurveyResults = view(hands, "survey_results")
    assert results._empty is not None
    assert results._empty.accessibleName() == "收回问卷以后，这里看职工最想谈什么"
    assert not results.wanted.isVisible()
    hands.press("去录入")
    hands.settle()
    assert hands.page.current_step().key == "run"


def test_the_summary_is_printed_from_the_head(opened) -> None:
    hands = opened(at_results(), "results")
    hands.qtbot.waitUntil(lambda: bool(hands.page.papers().rows()), timeout=10_000)
    hands.press("打印汇总表")
    hands.qtbot.waitUntil(lambda: bool(hands.ask.printed), timeout=20_000)
    assert "汇总表" in hands.ask.printed[0][0]


# ---- 发放与录入


def test_numbers_are_typed_with_enter_only_and_saved(opened) -> None:
    hands = opened(with_questions(), "run")
    entry: SurveyEntry = view(hands, "survey_entry")
    assert entry.first_focus() is not None
    entry.focus_table()
    for number in ("21", "9"):
        QTest.keyClicks(entry.table.view, number[0])
        QTest.keyClicks(QApplication.focusWidget(), number[1:])
        hands.key(Qt.Key.Key_Return)
        hands.settle()
    (counts,) = hands.desk.library.read_case(hands.desk.case_id).answer_counts
    assert (counts.question, counts.numbers) == ("q1", (21, 9))
    assert entry.question().id == "q2"  # the last number leads to the next question
    assert entry._sheet.remark() == "录了 1 题，共 2 题"


def test_the_sum_is_compared_with_the_sheets_while_typing(opened) -> None:
    hands = opened(with_questions(), "run")
    entry: SurveyEntry = view(hands, "survey_entry")
    entry._on_cell_edited("0", "whole", "21")
    assert entry._sum_words.words() == "合计 21 份，比答卷 30 份少 9 份；这题没答的不用补"
    entry._on_cell_edited("1", "whole", "19")
    assert entry._sum_words.words() == "合计 40 份，比答卷 30 份多 10 份，请对一下"


def test_what_is_no_number_is_refused_with_a_sentence(opened) -> None:
    hands = opened(with_questions(), "run")
    entry: SurveyEntry = view(hands, "survey_entry")
    entry._on_cell_edited("0", "whole", "二十")
    assert entry._refusal.isVisible() and "看不出是多少" in entry._refusal.words()
    assert hands.desk.case.answer_counts == ()
    entry._on_cell_edited("0", "whole", "20")
    assert not entry._refusal.isVisible()


def test_a_matrix_gets_rows_and_a_question_groups(opened) -> None:
    hands = opened(with_questions(), "run")
    entry: SurveyEntry = view(hands, "survey_entry")
    entry._on_cell_edited("0", "whole", "21")
    entry.show_question("q2")
    hands.press("添加一行")
    hands.settle()
    row = hands.desk.case.answer_counts[-1]
    entry._on_cell_edited(row.id, "row", "工资水平")
    entry._on_cell_edited(row.id, "1", "4")
    assert hands.desk.case.answer_counts[-1] == row.replace(group="工资水平", numbers=(0, 4))
    assert [cell.cells["row"] for cell in entry.table.rows()] == ["工资水平"]
    entry.show_question("q1")
    assert entry.by.isHidden()  # there is no other single choice to group by


def test_sheets_are_typed_in_three_rows_and_the_strip_follows(opened) -> None:
    hands = opened(with_questions(), "run")
    counts: SheetCounts = view(hands, "survey_counts")
    hands.fill(counts.editors["valid"], 34)
    hands.settle()
    assert hands.desk.library.read_case(hands.desk.case_id).surveys[0].valid == 34
    strip: SheetsStrip = view(hands, "survey_sheets")
    names = [each.accessibleName() for each in strip.strip._figures]
    assert "有效 34 份，有效率 94.4%" in names
    hands.fill(counts.editors["valid"], 60)
    hands.settle()
    assert strip._wrong.isVisible()  # more valid sheets than came back


def test_totals_nobody_wrote_are_told_and_written_by_one_key(opened) -> None:
    case = with_questions()
    survey = Survey(id="s", title_text="调查", issued_online=200, issued_paper=180, returned_online=190)
    hands = opened(dataclasses.replace(case, surveys=(survey,)), "run")
    counts: SheetCounts = view(hands, "survey_counts")
    strip: SheetsStrip = view(hands, "survey_sheets")
    assert "发放 380 份" in counts._sums.words() and "收回" not in counts._sums.words()
    assert "合计还没写" in next(
        each.accessibleName() for each in strip.strip._figures if "发出" in each.accessibleName()
    )
    hands.fill(counts.editors["returned_paper"], 170)
    hands.settle()
    assert "收回 360 份" in counts._sums.words()
    counts.take_totals.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_Space)
    hands.settle()
    written = hands.desk.library.read_case(hands.desk.case_id).surveys[0]
    assert (written.issued, written.returned, written.valid) == (380, 360, None)
    assert not counts.take_totals.isVisible()
    assert counts.editors["issued"].has_focus()


def test_what_must_be_mended_has_the_same_shape_as_in_the_panel(opened) -> None:
    case = with_questions()
    survey = Survey(id="s", title_text="调查", issued_online=200, issued_paper=180, issued=300)
    hands = opened(dataclasses.replace(case, surveys=(survey,)), "run")
    strip: SheetsStrip = view(hands, "survey_sheets")
    (shape,) = strip._wrong.findChildren(Shape)
    found = [each for each in hands.desk.checkup.findings if each.where.fact == "issued"]
    assert {each.grade for each in found} == {Grade.MUST} and shape.accessibleName() == Grade.MUST.label


def test_a_finding_about_sheets_leads_to_its_field(opened) -> None:
    hands = opened(with_questions(), "results")
    hands.page.open_where(Where("surveys", "s", "returned"))
    assert hands.page.current_step().key == "run"
    assert view(hands, "survey_counts").editors["returned"].has_focus()


def test_an_empty_case_begins_with_one_button(opened) -> None:
    case = dataclasses.replace(with_questions(), surveys=(), questions=())
    hands = opened(case, "run")
    counts: SheetCounts = view(hands, "survey_counts")
    assert counts.first_focus() is counts.begin
    hands.press("添加一次调查", counts)
    assert len(hands.desk.case.surveys) == 1
    assert counts.editors["issued_online"].has_focus()


# ---- 议题采纳


def test_a_topic_is_decided_with_its_reason_in_its_row(opened) -> None:
    hands = opened(at_results(), "topics")
    topics: SurveyTopics = view(hands, "survey_topics")
    assert list(topics.rows) == ["topic-1", "topic-3", "topic-2"]  # most wanted first
    row = topics.rows["topic-2"]
    hands.fill(row.decision, TopicDecision.POSTPONED)
    assert row.is_open() and row.first_empty() is row.reason
    hands.fill(row.reason, "明年再谈")
    hands.settle()
    stored = hands.desk.library.read_case(hands.desk.case_id).find("topics", "topic-2")
    assert (stored.decision, stored.reason) == (TopicDecision.POSTPONED, "明年再谈")
    assert topics._sheet.remark() == "暂缓 1 项，没定 2 项"


def test_a_topic_opens_its_answers_and_its_claim(opened) -> None:
    hands = opened(read_example("shandong-linyi-single"), "topics")
    topics: SurveyTopics = view(hands, "survey_topics")
    row = topics.rows["topic-3"]
    row.name.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row.name, Qt.Key.Key_Return)
    ways = row.ways.rows()
    assert ways[0].accessibleName() == "第7题“夜班津贴” 139 人"
    assert [each.accessibleName() for each in ways if "要约主张" in each.accessibleName()] == [
        "要约主张：夜班津贴25元/班"
    ]
    claim = next(each for each in ways if "要约主张" in each.accessibleName())
    doors: list[object] = []
    topics.door_opened.connect(doors.append)
    QTest.keyClick(claim, Qt.Key.Key_Return)
    assert doors == [Where("offer_items", "offer-item-3", "claim")]


def test_every_step_of_a_topic_has_its_door(opened) -> None:
    hands = opened(read_example("shandong-linyi-single"), "topics")
    topics: SurveyTopics = view(hands, "survey_topics")
    row = topics.rows["topic-3"]
    row.toggle()
    doors: list[Where] = []
    topics.door_opened.disconnect()
    topics.door_opened.connect(doors.append)
    for way in row.ways.rows():
        way.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(way, Qt.Key.Key_Return)
    assert list(dict.fromkeys(where.collection for where in doors)) == [
        "answer_counts", "hearings", "offer_items", "positions", "clauses", "obligations",
    ]  # fmt: skip
    for where in doors:
        hands.window.case_room.doors.open(where)
        hands.settle()
        assert hands.page.holds(where) and QApplication.focusWidget() is not None


def test_hearings_are_ticked_for_a_topic_and_coded_answers_taken_as_its_number(opened) -> None:
    case = read_example("shandong-linyi-single")
    open_one = next(each for each in case.questions if each.kind is QuestionKind.OPEN)
    counted = AnswerCount(
        id=f"answers-{open_one.id}-topic-topic-2",
        question=open_one.id,
        group="企业最低工资标准",
        numbers=(31,),
    )
    hands = opened(dataclasses.replace(case, answer_counts=(*case.answer_counts, counted)), "topics")
    topics: SurveyTopics = view(hands, "survey_topics")
    row = topics.rows["topic-2"]
    assert "开放题 31 份" in row.bar.accessibleName()
    row.name.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row.name, Qt.Key.Key_Return)
    assert row.ways.rows()[0].accessibleName() == f"第{open_one.number}题（开放题）归到这里 31 份"
    first, second = (each.mark for each in row.heard.rows())
    assert (first.isChecked(), second.isChecked()) == (True, False)
    second.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(second, Qt.Key.Key_Space)
    hands.settle()
    assert second.hasFocus() and second.isChecked()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Space)
    hands.settle()
    row.take.setFocus(Qt.FocusReason.TabFocusReason)
    assert row.take.accessibleName() == "记作 31 人提出"
    QTest.keyClick(row.take, Qt.Key.Key_Return)
    hands.settle()
    stored = hands.desk.library.read_case(hands.desk.case_id).find("topics", "topic-2")
    assert (stored.hearings, stored.supporters) == (("hearing-2",), 31)
    assert not row.take.isVisible() and "31 人" in row.bar.accessibleName()


def test_what_was_said_in_a_hearing_is_made_a_topic(opened) -> None:
    case = at_results()
    hearing = case.hearings[0].replace(id="new", opinions=("灯光太暗",))
    hands = opened(dataclasses.replace(case, hearings=(*case.hearings, hearing)), "topics")
    topics: SurveyTopics = view(hands, "survey_topics")
    row = next(each for each in topics.left.rows if each.item.name == "灯光太暗")
    hands.press_button(row.buttons["make"])
    hands.settle()
    made = hands.desk.case.topics[-1]
    assert (made.name, made.source, made.hearings) == ("灯光太暗", "座谈会", ("new",))
    assert topics.rows[made.id].decision.has_focus()
    assert "灯光太暗" not in [each.item.name for each in topics.left.rows]


def test_a_wish_without_a_topic_is_made_one(opened) -> None:
    hands = opened(at_results(), "topics")
    topics: SurveyTopics = view(hands, "survey_topics")
    assert "高温津贴" in [row.item.name for row in topics.left.rows]
    hands.press("建成议题：高温津贴")
    hands.settle()
    made = hands.desk.case.topics[-1]
    assert (made.code, made.name, made.supporters, made.questions) == ("Y4", "高温津贴", 171, ("question-7",))
    assert topics.rows[made.id].decision.has_focus()
    assert "高温津贴" not in [row.item.name for row in topics.left.rows]


def test_sixty_topics_are_made_in_slices_and_stay_in_order(opened) -> None:
    topics = tuple(Topic(id=f"t{at}", code=f"Y{at}", name=f"第{at}件事", supporters=at) for at in range(60))
    hands = opened(dataclasses.replace(at_results(), topics=topics), "topics")
    view_: SurveyTopics = view(hands, "survey_topics")
    assert view_._order() == tuple(f"t{at}" for at in range(59, -1, -1))
    assert next_code(hands.desk.case) == "Y60"
    hands.desk.change("topics", hands.desk.case.find("topics", "t0").replace(supporters=500))
    assert view_._order()[0] == "t0"


def test_a_special_agreement_for_women_says_so(opened) -> None:
    case = at_results()
    case = dataclasses.replace(case, cycle=case.cycle.replace(agreement_kind=AgreementKind.WOMEN))
    hands = opened(case, "topics")
    topics: SurveyTopics = view(hands, "survey_topics")
    assert topics._also.isVisible() and topics._also.words().startswith("女职工专项")
    hands.go("survey", "results")
    hands.settle()
    strip = view(hands, "survey_results").strip
    assert strip.strip._figures[0].accessibleName().startswith("在册女职工 124 人")


def test_results_fill_the_screen_and_stack_where_it_is_narrow(opened) -> None:
    hands = opened(at_results(), "results")
    results: SurveyResults = view(hands, "survey_results")
    first, second = results._sheets[:2]
    assert first.mapTo(results, QPoint(0, 0)).y() == second.mapTo(results, QPoint(0, 0)).y()
    results.resize(600, results.height())
    assert results._grid.getItemPosition(results._grid.indexOf(second))[:2] == (1, 0)


def test_a_count_nobody_can_read_is_there_again_after_the_page_was_made_anew(opened) -> None:
    hands = opened(with_questions(), "run")
    counts: SheetCounts = view(hands, "survey_counts")
    field = counts.editors["valid"]
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.clear()
    hands.type("约三十")
    hands.key(Qt.Key.Key_Tab)
    said = field.error()
    hands.fill(counts.editors["issued"], 37)
    hands.settle()
    assert said and (field.typed(), field.error()) == ("约三十", said)
    anew = SheetCounts(hands.desk, hands.ask)
    hands.qtbot.addWidget(anew)
    while anew.build_some():
        pass
    assert (anew.editors["valid"].typed(), anew.editors["valid"].error()) == ("约三十", said)
    hands.fill(field, 33)
    survey = hands.desk.case.surveys[0]
    assert hands.desk.half_typed.words("surveys", survey.id, "valid") == ""


def test_another_option_of_another_question_is_picked(opened) -> None:
    hands = opened(at_results(), "results")
    results: SurveyResults = view(hands, "survey_results")
    before = {row.label: row.percent for row in results.groups.rows()}
    assert results.picker.chosen() is not None and before["一线"] == "48.1%"
    results.picker.option.set_value(1)
    results.picker.option.value_changed.emit(1)
    assert {row.label: row.percent for row in results.groups.rows()}["一线"] == "17.9%"
    assert results.groups.rows()[0].label == "一线"
    assert results.verdict.words() == "各组都没有答得太少。"
    assert "皮尔逊卡方拟合优度检验：性别 卡方" in results.tests.words()


def test_who_answered_too_little_is_named_with_how_many_to_ask(opened) -> None:
    case = at_results()
    sexes = case.find("answer_counts", "answers-2")
    case = case.with_record("answer_counts", sexes.replace(numbers=(302, 3)))
    hands = opened(case, "results")
    results: SurveyResults = view(hands, "survey_results")
    assert "女只有 3 人答卷，建议补访 121 人" in results.verdict.words()
    assert {row.label: row.hidden for row in results.pairs.pairs()}["女"] == "不足 5 份，不显示"


def test_all_tables_are_saved_as_a_spreadsheet(opened, tmp_path: Path) -> None:
    hands = opened(at_results(), "results")
    results: SurveyResults = view(hands, "survey_results")
    target = tmp_path / "结果表"
    hands.ask.saves.append(target)
    hands.press("存成表格")
    hands.settle()
    written = target.with_name("结果表.xlsx")
    assert written.read_bytes().startswith(b"PK")
    assert "14 张" in results.saving.job.words()


def test_a_row_of_a_matrix_is_looked_at_by_groups_and_a_mean_is_told(opened) -> None:
    hands = opened(matrix_case(), "results")
    results: SurveyResults = view(hands, "survey_results")
    picker = results.picker
    assert [each.label for each in picker.question.options()] == [
        f"第3题　满意吗：{each}" for each in MATTERS
    ]
    assert [each.label for each in picker.by.options()] == ["按部门", "按是否会员"]
    assert [each.label for each in picker.option.options()] == [name for name, _ in BANDS]
    hidden = {row.label: row.hidden for row in results.groups.rows() if row.hidden}
    assert "仓储" in hidden and "装配" not in hidden
    picker.by.set_value("member")
    picker.by.value_changed.emit("member")
    assert [row.label for row in results.groups.rows()] == ["是", "否"]
    picker.question.set_value("content/食堂")
    picker.question.value_changed.emit("content/食堂")
    chosen = picker.chosen()
    assert chosen is not None and (chosen[0].row, chosen[0].by.id, chosen[1]) == ("食堂", "member", 0)
    told = [each.words() for each in view(hands, "survey_questions").findChildren(Text)]
    assert "120 份填了数字，平均 19.50 小时" in told
    (shops,) = (
        each
        for each in view(hands, "survey_questions").findChildren(BarRows)
        if "您的部门" in each.accessibleName()
    )
    assert [row.hidden for row in shops.rows()] == [
        "", "", "为防倒推，一并不显示", "不足 5 份，不显示",
    ]  # fmt: skip
