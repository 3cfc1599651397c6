"""首页: the next step with its due date, the year on one line, doors everywhere, a backup from here."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.domain.offer import Conclusion
from app.domain.stages import Stage
from app.domain.union import CoveredEnterprise, Cycle
from app.gui.forms.paper_door import PaperDoor
from app.gui.pages.home_cards import FindingsCard
from app.gui.pages.home_words import moment_words, size_words
from app.gui.theme import apply_theme
from app.gui.widgets.button import Button
from app.rules.findings import Finding, Grade, Where
from app.rules.standing import Progress
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, NOVEMBER, example_in_march, open_case
from tests.gui.window_driver import NOON, Hands

EMPTY = Case(cycle=Cycle(id="cycle", year=2026, region="shandong"))


@pytest.fixture
def march(qtbot, tmp_path: Path) -> Hands:
    return open_case(qtbot, tmp_path, example_in_march(), MARCH)


def doors(hands: Hands) -> list[object]:
    opened: list[object] = []
    hands.page.door_opened.connect(opened.append)
    return opened


def test_the_next_step_says_what_why_and_by_when(march: Hands) -> None:
    card = march.page.next
    assert card._headline.words() == "等企业方书面答复"
    assert card.button.words() == "登记企业方答复"
    assert card.figure.words() == "3"
    assert card.latest.words() == "最迟 3月22日（周日）"
    assert march.page.head().context == "3月19日 周四 · 本轮协商第 23 天"


def test_what_forbids_the_package_comes_before_it(qtbot, tmp_path: Path) -> None:
    case = dataclasses.replace(read_example("shandong-linyi-single"), explanations=())
    hands = open_case(qtbot, tmp_path, case, NOVEMBER)
    card = hands.page.next
    assert card._headline.words() == "改掉 3 项必须改"
    first = next(each for each in hands.desk.checkup.findings if each.blocks and each.grade is Grade.MUST)
    opened = doors(hands)
    hands.press(card.button.words())
    assert opened == [first.where]
    assert hands.window.frame.current_page() != "home"


def test_the_red_button_goes_to_the_step_where_it_is_done(march: Hands) -> None:
    opened = doors(march)
    march.press("登记企业方答复")
    assert opened == [("offer", "reply")]
    assert march.window.frame.current_page() == "offer"


def test_ctrl_enter_presses_the_red_button_of_the_page(march: Hands) -> None:
    assert march.window.frame.head.primary is None  # it stands in the page, not in the head
    march.window.frame.nav.button("offer").setFocus()
    march.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert march.window.frame.current_page() == "offer"


def test_f4_from_outside_the_page_tells_why_of_the_next_due_date(march: Hands) -> None:
    march.window.frame.nav.button("home").setFocus()
    march.key(Qt.Key.Key_F4)
    row = march.page.due_rows.rows()[0]
    assert row.why.isVisible()
    assert "3月22日" in row.why.words()
    march.key(Qt.Key.Key_F4)
    assert not row.why.isVisible()


def test_the_date_explains_itself_on_the_spot(march: Hands) -> None:
    assert not march.page.next.why.isVisible()
    march.press("3月22日是怎么算的")
    words = march.page.next._why_words.words()
    assert "3月12日（周四）收到要约书" in words
    assert "《山东省企业工资集体协商条例》21条" in words
    march.press("3月22日是怎么算的")
    assert not march.page.next.why.isVisible()


def test_the_card_grows_with_the_why_and_shrinks_again(march: Hands) -> None:
    march.window.resize(1366, 697)
    march.settle()
    card = march.page.next
    closed = card.height()
    march.press("3月22日是怎么算的")
    march.settle()
    words = card._why_words
    assert words.height() >= words.heightForWidth(words.width())
    assert card.height() > closed
    assert card._headline.height() >= card._headline.heightForWidth(card._headline.width())
    march.press("3月22日是怎么算的")
    march.settle()
    assert card.height() == closed


def test_escape_closes_the_why_and_gives_the_focus_back(march: Hands) -> None:
    card = march.page.next
    march.press("3月22日是怎么算的")
    card.button.setFocus()
    march.key(Qt.Key.Key_Escape)
    assert not card.why.isVisible()
    assert card.how.hasFocus()
    march.press("3月22日是怎么算的")
    march.window.case_room.show_page("offer")
    march.window.case_room.show_page("home")
    assert not card.why.isVisible()


def test_due_rows_are_by_date_and_lead_to_their_field(march: Hands) -> None:
    rows = march.page.due_rows.rows()
    days = [row.due.day for row in rows]
    assert days[0] == "3月22日"
    assert (rows[0].due.remark, rows[0].due.tone) == ("剩 3 天", "near")
    assert all(
        day.startswith("约") == (row.due.remark == "估算") for day, row in zip(days, rows, strict=True)
    )
    opened = doors(march)
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Return)
    assert isinstance(opened[0], Where)
    assert opened[0].collection in ("replies", "deliveries")


def test_f4_and_the_article_open_the_basis_below_the_row_one_at_a_time(march: Hands) -> None:
    first, second = march.page.due_rows.rows()[:2]
    QTest.keyClick(first, Qt.Key.Key_F4)
    assert "《山东省企业工资集体协商条例》21条（原文已核对）" in first.why.words()
    assert "条文大意：" in first.why.words()
    second.article.click()
    assert second.why.isVisible() and not first.why.isVisible()
    QTest.keyClick(second, Qt.Key.Key_F4)
    assert not second.why.isVisible()


def test_a_stage_on_the_line_is_a_door_by_key(march: Hands) -> None:
    opened = doors(march)
    row = next(each for each in march.page.line.rows if each.row.stage is Stage.NEGOTIATION)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert opened == [("negotiation", "")]


def test_a_finding_leads_to_its_field(march: Hands) -> None:
    rows = march.page.findings.rows.rows()
    assert rows, "the shortened year has findings"
    opened = doors(march)
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Return)
    assert opened == [rows[0].finding.where]


def test_missing_papers_lead_to_the_evidence(march: Hands) -> None:
    view = march.page._view
    assert view.missing
    assert march.page.papers.remark() == f"{view.papers_there} / {view.papers_due} 件"
    opened = doors(march)
    march.press("去材料与证据补齐")
    assert opened == [("evidence", "")]


def test_a_missing_paper_leads_to_its_stage_on_the_board(march: Hands) -> None:
    opened = doors(march)
    row = march.page.papers.missing._rows[-1]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert opened == [PaperDoor(row.need)]
    assert march.window.frame.current_page() == "evidence"
    assert march.page.current_step() == row.need.stage.value
    landed = QApplication.focusWidget()
    assert isinstance(landed, Button)
    assert landed.accessibleName().startswith(f"添加：{row.need.name}")
    assert not landed.visibleRegion().isEmpty()
    march.key(Qt.Key.Key_Escape)
    assert march.window.frame.current_page() == "home"


def test_every_door_comes_back_by_esc(march: Hands) -> None:
    home = march.page
    places = [
        home.next.button,
        home.next.aside,
        home.due_rows.rows()[0],
        home.line.rows[3],
        home.papers.missing._rows[0],
        home.papers.link,
        home.backup.row,
        home.findings.rows.rows()[0],
    ]
    for place in places:
        place.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(place, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert march.window.frame.current_page() != "home", place.accessibleName()
        march.key(Qt.Key.Key_Escape)
        march.settle()
        assert march.window.frame.current_page() == "home", place.accessibleName()


def test_every_part_is_reached_by_tab(march: Hands) -> None:
    from app.gui.widgets.focus_stops import focus_stops

    home = march.page
    stops = focus_stops(home)
    for part in (
        home.next.button,
        home.next.how,
        *home.line.rows,
        *home.due_rows.rows(),
        *home.findings.rows.rows(),
        home.papers.link,
        home.backup.row,
        home.backup.button,
    ):
        assert part in stops, part.accessibleName()


def test_every_next_step_is_on_its_page() -> None:
    from app.forms.pages import page_of
    from app.rules.standing import _STEPS

    for _, step in _STEPS:
        keys = {each.key for each in page_of(step.stage).steps}
        assert step.step in keys, step
        assert not step.aside or step.aside_step in keys, step
        assert len(step.action.replace("{agreement}", "")) <= 10


def test_a_backup_that_fails_says_so_until_one_is_made(march: Hands, monkeypatch) -> None:
    from app.errors import UserError

    def full(*_args: object, **_more: object) -> None:
        raise UserError("磁盘满了。", "以前的都在。", "腾出一些空间再试。", code="L-301")

    with monkeypatch.context() as broken:
        broken.setattr("app.usecases.keep_backup.keep_backup", full)
        march.press("立即备份")
        march.settle()
    sheet = march.page.failure
    assert sheet is not None and sheet.failure.code == "L-301"
    march.press("再备份一次")
    march.settle()
    assert march.page.failure is None
    assert march.page.backup.when.words().startswith("今天")


def test_a_practice_case_says_so_in_the_head(qtbot, tmp_path: Path) -> None:
    case = example_in_march()
    assert open_case(qtbot, tmp_path / "a", case, MARCH).page.head().chip == ""
    practice = dataclasses.replace(case, cycle=case.cycle.replace(practice=True))
    assert open_case(qtbot, tmp_path / "b", practice, MARCH).page.head().chip == "练习案卷"


def test_three_hundred_findings_stay_a_short_list_that_counts_all(qtbot, on_screen) -> None:
    card = FindingsCard()
    on_screen(card, size=(380, 600))
    many = tuple(_finding(Grade.EXPLAIN, number) for number in range(296))
    few = tuple(_finding(Grade.MUST, number) for number in range(4))
    grades = ((Grade.MUST, few), (Grade.EXPLAIN, many), (Grade.NOTE, ()))
    card.show_grades(grades, wide=True)
    names = [row.accessibleName() for row in card.rows.rows()]
    assert len(names) <= 10
    assert names[:4] == [f"必须改，第 {number} 条" + "很长" * 26 for number in range(4)]
    assert sum(row.count or 1 for row in card.rows.rows()) == 300
    card.show_grades(grades, wide=False)
    assert [row.count for row in card.rows.rows()] == [4, 296]
    assert card.remark() == "共 300 项"


def _finding(grade: Grade, number: int) -> Finding:
    return Finding(
        key=f"x:{number}",
        rule="x",
        grade=grade,
        stage=Stage.OFFER,
        sentence=f"第 {number} 条" + "很长" * 26,
        where=Where("offers", f"o{number}"),
    )


def test_a_case_of_odd_sizes_fits_its_page(qtbot, tmp_path: Path) -> None:
    case = example_in_march()
    name = "甲" * 52
    meetings = tuple(Meeting(id=f"m{at}", held_on=MARCH + timedelta(days=14 + at % 120)) for at in range(200))
    covered = tuple(CoveredEnterprise(id=f"c{at}", name=f"{name}{at}") for at in range(40))
    topics = tuple(dataclasses.replace(case.topics[0], id=f"t{at}") for at in range(60))
    case = dataclasses.replace(
        case,
        union=case.union.replace(name=name),
        enterprise=case.enterprise.replace(name=name),
        meetings=meetings,
        covered_enterprises=covered,
        topics=topics,
        offers=(),
    )
    hands = open_case(qtbot, tmp_path, case, date(2026, 10, 19))
    for size in ((1024, 520), (1093, 543), (1366, 697), (1920, 1009)):
        hands.window.resize(*size)
        QApplication.processEvents()
        hands.settle()
        outer = hands.page.parentWidget()
        assert hands.page.width() <= outer.width()
        for sheet in hands.page.columns():
            assert sheet.width() >= sheet.minimumSizeHint().width(), size


def test_a_backup_is_made_from_here_and_counts(march: Hands) -> None:
    assert march.page.backup.when.words() == "还没有"
    march.press("立即备份")
    march.settle()
    assert march.page.backup.when.words().startswith("今天")
    (made,) = march.desk.library.backups_folder.glob("*.zip")
    assert made.stat().st_size > 0
    assert march.page.backup.button.words() == "立即备份"


def test_what_is_typed_elsewhere_is_shown_on_return(march: Hands) -> None:
    home = march.page
    march.go("offer")
    march.desk.add("replies", {"conclusion": Conclusion.REFUSE, "replied_on": MARCH})
    march.settle()
    march.go("home")
    assert march.page is home
    assert home.next._headline.words() != "等企业方书面答复"


def test_a_year_that_is_done_offers_the_package(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    assert hands.page.next.button.words() == "导出报送包"
    assert not hands.page.next._due.isVisible()
    hands.press("导出报送包")
    assert hands.window.frame.current_page() == "report"


def test_an_empty_year_shows_the_first_step(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, EMPTY)
    assert hands.page.next._headline.words() == "先听职工意见"
    assert hands.page.findings.rows.rows() == ()
    assert [row.row.progress for row in hands.page.line.rows] == [Progress.LATER] * 7


@pytest.mark.parametrize(("across", "high"), [(1366, 697), (1920, 1009)])
def test_everything_important_stands_without_scrolling(march: Hands, across: int, high: int) -> None:
    march.window.resize(across, high)
    QApplication.processEvents()
    march.settle()
    outer = march.page.parentWidget().parentWidget()
    assert outer.verticalScrollBar().maximum() == 0


def test_at_the_largest_text_all_is_in_one_column(march: Hands, qapp: QApplication) -> None:
    march.window.resize(1366, 697)
    apply_theme(qapp, "light", 1.25)
    QApplication.processEvents()
    march.page._arrange()
    QApplication.processEvents()
    places = [part.mapTo(march.page, part.rect().topLeft()) for part in march.page.columns()]
    assert len({place.x() for place in places}) == 1
    assert [place.y() for place in places] == sorted(place.y() for place in places)


def test_what_is_told_after_the_window_was_narrow_gets_its_height(march: Hands, tmp_path: Path) -> None:
    page, job = march.page, march.page.plan.job
    for across in (1093, 1366, 1093, 1366):
        job.say("日历文件存好了。")
        march.window.resize(across, 697)
        march.settle()
        job.hide()
        march.settle()
    job.say("日历文件存好了。", remarks=["在手机上打开就能导入。"] * 6)
    march.settle()
    assert job.height() >= job.sizeHint().height()
    following = page.columns()[0]
    assert following.geometry().top() >= job.geometry().bottom()


def test_when_a_backup_was_made_in_words() -> None:
    assert moment_words(NOON, NOVEMBER).startswith("今天 ")
    assert moment_words(NOON.replace(day=9), NOVEMBER).startswith("昨天 ")
    assert moment_words(NOON.replace(month=10, day=30), NOVEMBER) == "10月30日，11 天前"


@pytest.mark.parametrize(
    ("octets", "words"), [(0, "0 KB"), (1, "1 KB"), (2048, "2 KB"), (90596966, "86.4 MB")]
)
def test_sizes_in_words(octets: int, words: str) -> None:
    assert size_words(octets) == words


def test_the_wall_plan_goes_to_the_printer_as_one_page(march: Hands) -> None:
    march.press("打印挂墙计划")
    march.qtbot.waitUntil(lambda: march.ask.printed == [("挂墙计划", 1)], timeout=20_000)
    march.qtbot.waitUntil(lambda: not march.page.plan.strip.is_running(), timeout=20_000)


def test_the_calendar_is_written_where_the_user_says(march: Hands, tmp_path: Path) -> None:
    march.ask.saves.append(tmp_path / "日历")
    march.press("导出到日历")
    job = march.page.plan.job
    march.qtbot.waitUntil(lambda: job.words().startswith("日历文件存好了"), timeout=20_000)
    written = tmp_path / "日历.ics"
    assert written.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    job.buttons["open"].click()
    assert march.ask.shown == [written]


def test_leaving_the_dialog_writes_no_calendar(march: Hands, tmp_path: Path) -> None:
    march.press("导出到日历")
    assert march.page.plan.job.words() == ""
    assert not march.page.plan.job.is_running()
    assert not list(tmp_path.glob("*.ics"))
