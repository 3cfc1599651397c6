"""统计与报送: figures open their origin, the table goes out, the package is written, stopped, checked."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.case import Case
from app.domain.evidence import MadePackage
from app.domain.offer import ReportKind, UnionReport
from app.domain.stages import Stage
from app.domain.union import Cycle
from app.gui.pages.package_list import grouped
from app.gui.pages.statistics_grid import StatisticsGrid
from app.gui.pages.stick_job import stick_steps
from app.gui.widgets.chip import Chip
from app.gui.widgets.text import Text
from app.rules.findings import Where
from app.usecases.make_demo import read_example
from app.usecases.package_contents import package_contents
from tests.gui.demo_pages import NOVEMBER, open_case
from tests.gui.window_driver import Hands, fixed_program


def without(case: Case, *names: str) -> Case:
    return dataclasses.replace(case, **{name: () for name in names})


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    made = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    made.go("report")
    made.settle()
    return made


def doors(hands: Hands) -> list[object]:
    opened: list[object] = []
    hands.page.door_opened.connect(opened.append)
    return opened


# ---- figures


def test_the_table_shows_the_district_s_numbers(hands: Hands) -> None:
    grid = hands.page.grid
    table = grid.table()
    assert [figure.value for figure in table.rows[0].cells] == [1, 1, 386] * 3
    assert hands.page.origin.words() == "发出要约书 · 单独开展企业 · 发出要约书份数 1 份"


def test_arrows_walk_the_cells_and_f4_opens_the_records(hands: Hands) -> None:
    grid: StatisticsGrid = hands.page.grid
    grid.setFocus()
    for _ in range(2):
        hands.key(Qt.Key.Key_Right)
    assert grid.current() == (0, 2)
    assert "386 人" in grid.accessibleDescription()
    hands.key(Qt.Key.Key_F4)
    assert hands.page.origin.is_open()
    opened = doors(hands)
    (row,) = hands.page.origin.rows.rows()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert opened == [Where("enterprise", "enterprise", "staff")]


def test_escape_closes_the_open_origin_before_it_leads_away(hands: Hands) -> None:
    grid: StatisticsGrid = hands.page.grid
    left: list[bool] = []
    hands.page.left_by_escape.connect(lambda: left.append(True))
    grid.setFocus()
    hands.key(Qt.Key.Key_F4)
    assert hands.page.origin.is_open()
    hands.key(Qt.Key.Key_Escape)
    assert not hands.page.origin.is_open() and not left and grid.hasFocus()
    hands.key(Qt.Key.Key_F4)
    hands.page.origin.rows.rows()[0].setFocus()
    hands.key(Qt.Key.Key_Escape)
    assert not hands.page.origin.is_open() and not left
    hands.key(Qt.Key.Key_Escape)
    assert left


def test_the_column_heads_are_whole_however_narrow(hands: Hands) -> None:
    from app.gui.pages.statistics_grid import _head, _lines

    grid: StatisticsGrid = hands.page.grid
    metrics = grid.fontMetrics()
    for column in grid.table().columns:
        for room in (40, 60, 90, 200):
            lines = _lines(column, metrics, room)
            assert "".join(lines) == "".join(_head(column))
            if room >= 60:
                assert all(metrics.horizontalAdvance(line) <= room for line in lines), (lines, room)
    wide = grid.sizeHint().height()
    grid.setFixedWidth(560)
    assert grid.sizeHint().height() > wide


def test_f1_tells_what_the_page_is_for(hands: Hands) -> None:
    for page in ("report", "law"):
        hands.go(page)
        hands.key(Qt.Key.Key_F1)
        hands.settle()
        words = [part.words() for part in hands.visible(Text)]
        assert all(name in words for name, _ in hands.page.HELP), page
        hands.key(Qt.Key.Key_Escape)


def test_f4_from_outside_the_page_opens_the_chosen_cell(hands: Hands) -> None:
    hands.window.frame.nav.button("report").setFocus()
    hands.key(Qt.Key.Key_F4)
    assert hands.page.origin.is_open()


def test_the_walk_stays_on_the_table(hands: Hands) -> None:
    grid: StatisticsGrid = hands.page.grid
    grid.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
        hands.key(key)
    assert grid.current() == (0, 0)
    hands.key(Qt.Key.Key_End)
    for _ in range(5):
        hands.key(Qt.Key.Key_Down)
    assert grid.current() == (2, 8)


def test_a_click_looks_at_a_cell(hands: Hands) -> None:
    grid: StatisticsGrid = hands.page.grid
    place = grid.cell_area(1, 4).center().toPoint()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)
    assert grid.current() == (1, 4)
    assert hands.page.origin.words().startswith("签订工资专项集体合同 · 区域")


def test_a_rate_opens_its_origin_and_closes_again(hands: Hands) -> None:
    rates = hands.page.rates
    rates.open("问卷回收率")
    assert rates.origin.words() == "问卷回收率 94.5%"
    assert len(rates.origin.rows.rows()) == 2
    rates.open("问卷回收率")
    assert not rates.origin.isVisible()


def test_a_missing_cut_off_day_has_a_door(qtbot, tmp_path: Path) -> None:
    case = read_example("shandong-linyi-single")
    case = dataclasses.replace(case, cycle=case.cycle.replace(statistics_until=None))
    hands = open_case(qtbot, tmp_path, case)
    hands.go("report")
    hands.settle()
    assert not hands.page.grid.isVisible()
    hands.press("去填统计截止日")
    assert hands.window.frame.current_page() == "settings"


def test_a_notice_of_which_only_names_are_known_says_so(hands: Hands) -> None:
    hands.page.profile.set_value("weihai-2021")
    hands.page._on_profile("weihai-2021")
    hands.settle()
    assert not hands.page.grid.isVisible()
    assert "栏目没有取得" in hands.page.table.no_table.words()
    assert not hands.page.table.fill_until.isVisible()


def test_the_head_tells_when_it_was_handed_in(hands: Hands) -> None:
    head = hands.page.head()
    assert (head.due, head.due_tone) == ("6月5日已报送", "done")


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 6, 7), "剩 3 天", "near"),
        (date(2026, 6, 10), "今天到期", "near"),
        (date(2026, 6, 6), "剩 4 天", "far"),
        (date(2026, 6, 11), "已超期 1 天", "overdue"),
    ],
)
def test_the_head_counts_the_days_left(qtbot, tmp_path: Path, day: date, words: str, tone: str) -> None:
    told = UnionReport(id="report-1", kind=ReportKind.STATISTICS, due_by_notice=date(2026, 6, 10))
    case = dataclasses.replace(read_example("shandong-linyi-single"), union_reports=(told,))
    hands = open_case(qtbot, tmp_path, case, day)
    hands.go("report")
    hands.settle()
    head = hands.page.head()
    assert (head.due, head.due_tone) == (words, tone)
    assert "6月10日（周三）前" in head.context


def test_an_empty_case_is_neither_late_nor_ready(qtbot, tmp_path: Path) -> None:
    told = UnionReport(id="report-1", kind=ReportKind.STATISTICS, due_by_notice=date(2026, 6, 10))
    case = Case(cycle=Cycle(id="cycle", year=2026, region="shandong"), union_reports=(told,))
    hands = open_case(qtbot, tmp_path, case, date(2026, 11, 20))
    hands.go("report")
    hands.settle()
    head = hands.page.head()
    assert head.due == ""
    assert "6月10日（周三）前交，案卷还没开始" in head.context
    assert head.primary is not None and "还是空的" in head.primary.blocked
    assert hands.page._figures is not None
    stages = {stage.label for stage in Stage}
    of_stages = [row for row in hands.page._figures.contents if row.name in stages]
    assert of_stages and not any(row.ready for row in of_stages)


def test_nobody_is_late_for_the_day_of_another_year_s_notice(qtbot, tmp_path: Path) -> None:
    case = without(read_example("shandong-linyi-single"), "union_reports")
    hands = open_case(qtbot, tmp_path, case)
    hands.go("report")
    hands.settle()
    head = hands.page.head()
    assert (head.due, head.due_tone) == ("约 6月10日（估算）", "far")
    assert head.context == "报临沂市罗庄区总工会"
    assert "表样：临沂市总工会 2017 年通知" in [each.words() for each in hands.visible(Text)]


def test_the_head_stands_whole_in_a_small_window(qtbot, tmp_path: Path) -> None:
    told = UnionReport(id="report-1", kind=ReportKind.STATISTICS, due_by_notice=date(2026, 6, 10))
    worked = read_example("shandong-linyi-single")
    empty = Case(cycle=Cycle(id="cycle", year=2026, region="shandong"), union_reports=(told,))
    cases = (without(worked, "union_reports"), dataclasses.replace(worked, union_reports=(told,)), empty)
    for at, case in enumerate(cases):
        (tmp_path / str(at)).mkdir()
        hands = open_case(qtbot, tmp_path / str(at), case, date(2026, 5, 20))
        hands.window.resize(1366, 697)
        hands.go("report")
        hands.settle()
        head = hands.page.head()
        context = next(each for each in hands.visible(Text) if each.words() == head.context)
        assert context.width() >= context.fontMetrics().horizontalAdvance(head.context), head.context
        assert head.due in [each.accessibleName() for each in hands.visible(Chip)] or not head.due
        assert hands.window.close()


def test_the_table_is_saved_with_its_origins(hands: Hands, tmp_path: Path) -> None:
    target = tmp_path / "统计表"
    hands.ask.saves.append(target)
    hands.press("存为表格")
    hands.settle()
    book = openpyxl.load_workbook(tmp_path / "统计表.xlsx")
    assert book.sheetnames == ["统计表", "出处"]
    assert book["统计表"]["D5"].value == 386
    book.close()
    hands.press("用 WPS 打开")
    assert hands.ask.shown == [tmp_path / "统计表.xlsx"]


def test_the_table_is_printed_like_any_paper(hands: Hands) -> None:
    hands.press("打印统计表")
    hands.settle()
    title = hands.page.grid.table().title
    assert hands.ask.printed == [(title, 1)]
    assert hands.page.paper.preview.title() == title
    assert hands.page.paper.preview.has_picture()
    assert not hands.page.grid.isVisible()
    hands.key(Qt.Key.Key_Escape)
    assert hands.page.paper.preview is None
    assert hands.page.grid.hasFocus()
    assert hands.window.frame.current_page() == "report"


def test_ctrl_p_prints_the_table_and_saves_nothing(hands: Hands, tmp_path: Path) -> None:
    hands.ask.saves.append(tmp_path / "不该有.xlsx")
    hands.page.grid.setFocus()
    for times in (1, 2):  # the second time out of the preview
        hands.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        hands.settle()
        assert [pages for _, pages in hands.ask.printed] == [1] * times
    assert not (tmp_path / "不该有.xlsx").exists()


def test_a_door_into_the_page_puts_the_preview_away(hands: Hands) -> None:
    hands.page.print_or_look("preview")
    hands.settle()
    assert hands.ask.printed == []
    report = hands.desk.case.union_reports[-1]
    hands.window.case_room.open_door(Where("union_reports", report.id, "to"))
    assert hands.page.paper.preview is None


# ---- the package


def test_a_package_is_written_read_back_and_told(hands: Hands, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    hands.ask.folders += [stick]
    hands.press("导出报送包")
    assert hands.page.stick.is_running()
    assert not hands.page.stick.visibleRegion().isEmpty()
    hands.settle()
    (package,) = stick.iterdir()
    assert (package / "bagit.txt").is_file()
    assert hands.page.stick.accessibleName() == "第 1 号报送包写好了，可以拔出"
    assert hands.page.stick.remark() == "可以拔出"
    (made,) = hands.desk.case.made_packages
    assert hands.page.made.rows()[0].cells["fingerprint"] == grouped(made.fingerprint)
    hands.press("打开报送包所在文件夹")
    assert hands.ask.shown == [stick]


def test_a_cancelled_package_leaves_nothing(hands: Hands, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    hands.ask.folders.append(stick)
    hands.press("导出报送包")
    hands.press("取消写入")
    hands.settle()
    assert list(stick.iterdir()) == []
    assert hands.desk.case.made_packages == ()
    assert hands.page.stick.words.words() == "已停下，没有留下半份报送包，案卷没有变。"


def test_a_written_package_is_checked_and_damage_is_named(hands: Hands, tmp_path: Path) -> None:
    hands.ask.folders.append(tmp_path / "U盘")
    hands.press("导出报送包")
    hands.settle()
    (package,) = (tmp_path / "U盘").iterdir()
    hands.ask.folders.append(package)
    hands.press("核对报送包")
    hands.settle()
    assert hands.page.job.words().startswith("这个报送包没有问题：")
    cover = package / "data" / "00 封面.pdf"
    cover.write_bytes(cover.read_bytes() + b" ")
    (package / "data" / "多的.txt").write_text("x", encoding="utf-8")
    hands.ask.folders.append(package)
    hands.press("核对报送包")
    hands.settle()
    words = hands.page.job.words()
    assert "内容变了 1 处" in words
    assert "多了文件 1 处" in words


def test_what_was_handed_over_in_earlier_years_is_listed_where_there_is_room(qtbot, tmp_path: Path) -> None:
    case = read_example("shandong-linyi-single")
    made = MadePackage(id="m", number=1, made_on=date(2025, 6, 4), fingerprint="c21e90a7" * 8)
    before = dataclasses.replace(case, cycle=case.cycle.replace(year=2025), made_packages=(made,))
    plain = dataclasses.replace(case, cycle=case.cycle.replace(year=2024))
    hands = open_case(qtbot, tmp_path, case)
    with hands.desk.library.write("测试") as unit:
        unit.add_case(before)
        unit.add_case(plain)
        unit.commit()
    hands.go("report")
    hands.settle()
    contents = hands.page.contents
    (row,) = contents.earlier.rows
    assert (row.item.name, row.item.tail) == ("2025 年", "指纹 C21E 90A7")
    assert row.item.remark == "工资专项，6月4日写入，6月5日已报送"
    contents.resize(500, 400)
    assert contents.earlier.isHidden()
    contents.resize(900, 400)
    assert not contents.earlier.isHidden()


def test_what_is_no_package_is_told(hands: Hands, tmp_path: Path) -> None:
    hands.ask.folders.append(tmp_path)
    hands.press("核对报送包")
    hands.settle()
    assert "不是报送包 1 处" in hands.page.job.words()


def test_open_findings_stop_the_package_and_are_doors(qtbot, tmp_path: Path) -> None:
    case = without(read_example("shandong-linyi-single"), "explanations")
    hands = open_case(qtbot, tmp_path, case)
    hands.go("report")
    hands.settle()
    blocked = hands.page.head().primary.blocked
    assert "没有处理" in blocked
    assert not hands.button("导出报送包").isEnabled()
    rows = hands.page.stick.rows.rows()
    blocking = [finding for finding in hands.desk.checkup.findings if finding.blocks]
    assert len(rows) == len(blocking) > 0
    opened = doors(hands)
    QTest.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    assert opened == [rows[0].finding.where]


def test_many_findings_are_counted_and_the_list_is_made_once(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, without(read_example("shandong-linyi-single"), "explanations"))
    hands.go("report")
    hands.settle()
    stick = hands.page.stick
    one = next(finding for finding in hands.desk.checkup.findings if finding.blocks)
    many = [dataclasses.replace(one, key=f"{one.key}{at}") for at in range(60)]
    stick.show_blocking(many)
    rows = stick.rows.rows()
    assert len(rows) == 20
    assert stick.more.words().startswith("还有 40 项")
    stick.show_blocking(many)
    assert stick.rows.rows() == rows  # nothing is made anew for the same findings
    stick.show_blocking([one])
    assert stick.more.isHidden()


def test_a_practice_case_cannot_be_handed_in(qtbot, tmp_path: Path) -> None:
    case = read_example("shandong-linyi-single")
    hands = open_case(qtbot, tmp_path, dataclasses.replace(case, cycle=case.cycle.replace(practice=True)))
    hands.go("report")
    hands.settle()
    assert not hands.button("导出报送包").isEnabled()
    assert hands.page.stick.words.words() == "练习案卷不能导出报送包。"


def test_other_reports_are_kept_here(hands: Hands) -> None:
    before = len(hands.desk.case.union_reports)
    hands.press("登记报送")
    hands.settle()
    assert len(hands.desk.case.union_reports) == before + 1


def test_the_list_of_contents_names_tables_papers_and_data() -> None:
    case = read_example("shandong-linyi-single")
    rows = package_contents(fixed_program(NOVEMBER), case, "linyi-2017")
    assert rows[0].remark == "3 行 9 列"
    assert rows[0].ready
    assert "底线和个人信息已去掉" in [row.remark for row in rows]
    assert [row.name for row in rows if row.name == "要约与应约"]


def test_papers_with_personal_data_stay_out_of_the_list() -> None:
    case = read_example("shandong-linyi-single")
    personal = case.evidence[0].replace(personal=True, sha256="0" * 64)
    rows = package_contents(fixed_program(NOVEMBER), case.with_record("evidence", personal), "linyi-2017")
    assert rows[-1].remark == "1 件不放进去"


def test_a_table_that_cannot_be_filled_is_marked() -> None:
    rows = package_contents(fixed_program(NOVEMBER), read_example("shandong-linyi-single"), "weihai-2021")
    assert not rows[0].ready


@pytest.mark.parametrize(
    ("done", "total", "states"),
    [
        (0, 0, ["now", "missing", "missing", "missing"]),
        (5, 10, ["now", "now", "now", "missing"]),
        (10, 10, ["done", "done", "done", "now"]),
    ],
)
def test_the_stick_may_be_pulled_only_at_the_end(done: int, total: int, states: list[str]) -> None:
    steps = stick_steps(done, total)
    assert [state for state, _, _ in steps] == states
    assert [word for _, word, _ in steps] == ["写入", "落盘", "读回核对", "可以拔出"]
    assert {state for state, _, _ in stick_steps(1, 1, over=True)} == {"done"}
