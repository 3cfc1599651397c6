"""First use: four pages, half done and found again, limits from the pack, and a library that cannot be opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.union import AgreementKind, Form, UnionKind
from app.errors import DamagedError, LockedError, UserError
from app.gui.failure_words import failure_view
from app.gui.pages.start_facts import CHECKS, PAGES, PICKED, RECORDS, SHAPES, fact_of, pack_of
from app.gui.pages.start_form import FIRST_USE, PLACE, REVIEW
from app.gui.pages.start_limits import LimitsSheet, limit_words, limits_of
from app.gui.pages.start_page import WELCOME, YEAR_PAGE
from app.gui.pages.trouble_page import TroublePage, headline_of, ways_of
from app.gui.theme import apply_theme
from app.gui.widgets.click_row import ClickRow
from app.gui.widgets.failure_sheet import FailureSheet
from app.gui.widgets.text import Text
from app.storage.library import Library
from app.usecases.export_package import refuse_unready
from app.usecases.make_demo import read_example
from tests.gui.window_driver import NOON, Hands, fixed_program


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    made = Hands(qtbot, tmp_path / "config")
    made.begin(None)
    return made


def full_folder(tmp_path: Path) -> Path:
    place = tmp_path / "文档"
    place.mkdir()
    (place / "别的.txt").write_text("x", encoding="utf-8")
    return place


# ---- the first year


def test_the_first_start_shows_the_first_page_and_leads_to_a_library(hands: Hands, tmp_path: Path) -> None:
    start = hands.window.start_page
    assert start.matter() == 1
    assert QApplication.focusWidget() is start.form.fields["province"].focusProxy()
    place = full_folder(tmp_path)
    hands.write("所在地区", "山东省")
    hands.write("市", "临沂市")
    hands.write("工会名称", "沂衡机械工会")
    hands.write("会员数", 296)
    hands.write("企业名称", "临沂沂衡机械有限公司")
    hands.write("行业门类", "C")
    hands.write("职工总数", 318)
    hands.press("下一步：上年情况")
    hands.write("代表总数", 42)
    hands.press("下一步：备份与密码")
    hands.ask.folders.append(place)
    hands.press("换一个文件夹")
    hands.press("下一步：核对并开始")
    hands.press("建好资料库")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk is not None, timeout=10_000)
    case = hands.desk.case
    assert (case.cycle.region, case.cycle.region_name, case.cycle.year) == ("shandong", "山东省临沂市", 2026)
    assert (case.cycle.agreement_kind, case.cycle.form) == (AgreementKind.WAGE, Form.SINGLE)
    assert (case.union.name, case.union.members, case.union.kind) == ("沂衡机械工会", 296, UnionKind.SINGLE)
    assert (case.enterprise.industry, case.enterprise.staff, case.congress.delegates) == ("C", 318, 42)
    assert hands.desk.library.folder == place / "沂衡机械工会集体协商资料库"
    assert (place / "别的.txt").read_text(encoding="utf-8") == "x"
    assert hands.memory.first_use() == {}


def test_all_pages_may_stay_empty_but_for_the_region(hands: Hands, tmp_path: Path) -> None:
    start = hands.window.start_page
    for _ in range(3):
        hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert start.matter() == REVIEW
    assert not start.forth.isEnabled()
    assert start.forth.blocked_reason() == "还没选地区"
    hands.press("所在地区：还没选")
    assert start.matter() == 1
    assert QApplication.focusWidget() is start.form.fields["province"].focusProxy()
    start.form.fields["province"].set_value("云南省")
    start.show_matter(REVIEW)
    assert start.forth.isEnabled()
    beginning = start.form.beginning(tmp_path / "库")
    assert (beginning.region, beginning.region_name, beginning.facts) == (
        "national",
        "云南省",
        {"union": {"kind": UnionKind.SINGLE}},
    )


def test_several_agreements_are_cases_of_one_library(hands: Hands, tmp_path: Path) -> None:
    start = hands.window.start_page
    start.form.fields["province"].set_value("山东省")
    start.form.fields["union.name"].set_value("甲工会")
    hands.press("本年协商：女职工专项")
    start._folder = tmp_path / "库"
    start.show_matter(REVIEW)
    hands.press("建好资料库")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk is not None, timeout=10_000)
    library = hands.desk.library
    cases = [library.read_case(case_id) for case_id in library.case_ids()]
    assert {case.cycle.agreement_kind for case in cases} == {AgreementKind.WAGE, AgreementKind.WOMEN}
    assert {case.union.name for case in cases} == {"甲工会"}


def test_a_union_of_several_enterprises_is_asked_other_things(hands: Hands, tmp_path: Path) -> None:
    start = hands.window.start_page
    start.form.fields["enterprise.name"].set_value("不该留下的")
    hands.press("工会类型：行业工会")
    assert not start.form.fields["enterprise.name"].isVisible()
    hands.write("企业代表组织", "快递协会")
    start.form.fields["province"].set_value("山东省")
    beginning = start.form.beginning(tmp_path / "库")
    assert beginning.form is Form.INDUSTRY
    assert beginning.facts == {"enterprise": {"body_name": "快递协会"}, "union": {"kind": UnionKind.JOINT}}


# ---- half done


def test_what_is_half_done_is_found_again_at_the_next_start(qtbot, tmp_path: Path) -> None:
    first = Hands(qtbot, tmp_path / "config")
    first.begin(None)
    first.write("所在地区", "山东省")
    first.write("工会名称", "沂衡机械工会")
    first.press("本年协商：综合合同")
    first.press("下一步：上年情况")
    field = first.field("代表总数")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    first.type("42")  # still in hand when the window is closed
    assert first.window.close()
    again = Hands(qtbot, tmp_path / "config")
    again.begin(None)
    start = again.window.start_page
    assert start.matter() == 2
    fields = start.form.fields
    assert (fields["province"].value(), fields["union.name"].value()) == ("山东省", "沂衡机械工会")
    assert (fields["congress.delegates"].value(), start.form.kinds()) == (
        42,
        (AgreementKind.WAGE, AgreementKind.GENERAL),
    )
    assert "已自动保存" in start._note.words()


def test_nonsense_in_what_was_kept_does_no_harm(qtbot, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    kept = {"page": 9, "folder": 3, "answers": {"year": "x", "kinds": 5, "union.kind": "?", "gone.fact": 1}}
    (tmp_path / "config" / "window.json").write_text(json.dumps({"first_use": kept}), encoding="utf-8")
    hands = Hands(qtbot, tmp_path / "config")
    hands.begin(None)
    assert hands.window.start_page.matter() == 1
    assert hands.window.start_page.year.value() is None or hands.window.start_page.form.value("year") == 2026


def test_the_error_stands_at_the_code_and_typing_takes_it_away(hands: Hands) -> None:
    field = hands.write("工会统一社会信用代码", "81371302MC0A91715")
    assert field.error() == "现在是 17 位，应为 18 位。请对照证书补上一位；没有可先留空。"
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(Qt.Key.Key_End)
    hands.type("1")
    assert field.error() is None  # checks never shout while typing
    hands.key(Qt.Key.Key_Tab)
    assert field.error() != "现在是 17 位，应为 18 位。请对照证书补上一位；没有可先留空。"


def test_a_part_greater_than_its_whole_is_told_but_holds_nobody_on_the_page(
    hands: Hands, tmp_path: Path
) -> None:
    start = hands.window.start_page
    hands.write("所在地区", "山东省")
    hands.write("职工总数", 412)
    women = hands.write("女职工", 450)
    assert women.error() == "女职工 450 人，比职工总数 412 人多。请改对其中一个；没有可先留空。"
    hands.press("下一步：上年情况")
    assert start.matter() == 2
    assert start.form.answers()["enterprise.female_staff"] == 450  # kept half done all the same
    hands.press("下一步：备份与密码")
    hands.press("下一步：核对并开始")
    assert start.forth.blocked_reason() == "女职工比职工总数多"
    hands.press(f"女职工：{women.error()}")
    assert start.matter() == 1 and women.has_focus()
    hands.write("职工总数", 512)
    assert women.error() is None
    hands.press("下一步：上年情况")
    assert start.matter() == 2


def test_words_a_field_cannot_read_are_there_again_at_the_next_start(qtbot, tmp_path: Path) -> None:
    first = Hands(qtbot, tmp_path / "config")
    first.begin(None)
    first.write("所在地区", "山东省")
    year = first.field("年度")
    year.setFocus(Qt.FocusReason.TabFocusReason)
    first.clear()
    first.type("今年")
    first.press("下一步：上年情况")
    wage = first.write("当地月最低工资标准", 2010)
    wage.setFocus(Qt.FocusReason.TabFocusReason)
    first.key(Qt.Key.Key_End)
    first.type("第三届第二次")
    first.key(Qt.Key.Key_Tab)
    said = wage.error()
    assert said
    assert first.window.close()

    again = Hands(qtbot, tmp_path / "config")
    again.begin(None)
    start = again.window.start_page
    wage, year = (start.form.fields[name] for name in ("enterprise.local_minimum_wage", "year"))
    assert (start.matter(), wage.typed(), wage.error()) == (2, "2010第三届第二次", said)
    assert year.typed() == "今年" and year.error()
    start.show_matter(REVIEW)
    assert start.forth.blocked_reason() == "年度还没写对"
    assert any(row.accessibleName() == f"年度：{year.error()}" for row in again.visible(ClickRow))
    assert not any(row.accessibleName() == "年度：2026 年" for row in again.visible(ClickRow))
    start.show_matter(1)
    again.write("年度", 2026)
    start.show_matter(2)
    again.write("当地月最低工资标准", 2010)
    assert again.window.close()
    assert again.memory.first_use()["unread"] == {}
    assert again.memory.first_use()["answers"]["enterprise.local_minimum_wage"] == "2010"


def test_an_industry_typed_in_part_is_written_out_and_the_hints_have_room(hands: Hands) -> None:
    fields = hands.window.start_page.form.fields
    industry, province = fields["enterprise.industry"], fields["province"]
    industry.setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("制造")
    industry._rest.timeout.emit()
    industry.list_of_found.hide()
    fields["enterprise.staff"].setFocus(Qt.FocusReason.TabFocusReason)
    assert (industry.value(), industry.drop.currentText()) == ("C", "制造业")
    for field in (industry, province):
        line = field.drop.lineEdit()
        hint = line.placeholderText()
        assert line.fontMetrics().horizontalAdvance(hint) <= line.width() - 4, hint


# ---- what follows from the region


@pytest.mark.parametrize(
    ("province", "city", "key"),
    [
        ("山东省", "", "shandong"),
        ("山东省", "临沂市", "shandong"),
        ("天津市", "", "tianjin"),
        ("浙江省", "", "zhejiang"),
        ("浙江省", "杭州市", "hangzhou"),
        ("浙江省", "宁波", "ningbo"),
        ("浙江省", "温州市", "zhejiang"),
        ("江苏省", "杭州市", "national"),
        ("云南省", "", "national"),
        ("", "杭州市", None),
    ],
)
def test_the_pack_of_a_place(province: str, city: str, key: str | None) -> None:
    pack = pack_of(fixed_program().packs, province, city)
    assert (pack.key if pack is not None else None) == key


@pytest.mark.parametrize(
    "example", ["shandong-linyi-single", "tianjin-hedong-area", "weihai-express-industry"]
)
def test_each_worked_union_is_one_of_the_answers(example: str) -> None:
    case = read_example(example)
    assert (case.union.kind, case.cycle.form) in {(shape.kind, shape.form) for shape in SHAPES}


@pytest.mark.parametrize("kind", list(AgreementKind))
def test_every_limit_is_the_pack_s_own_with_its_article(kind: AgreementKind) -> None:
    program = fixed_program()
    on = program.clock.today()
    for pack in program.packs:
        for limit, rule in zip(limits_of(pack, kind, Form.SINGLE, on), _rules(), strict=True):
            term = pack.term(rule, on, kind, Form.SINGLE)
            text = pack.rule(rule, kind, Form.SINGLE)
            silent = text is None or text.silent
            if term is not None:
                assert limit.words == limit_words(term, text)
            else:  # a text without a number is no silence
                assert (limit.words == "法规未规定") is silent
            laid_down = term.sources if term is not None else () if text is None or silent else text.sources
            assert limit.article == (laid_down[0].text if laid_down else "")
            assert term is None or str(term.amount) in limit.words or term.per != 1


def _rules() -> list[str]:
    from app.gui.pages.start_limits import _SHOWN

    return [rule for rule, _ in _SHOWN]


def test_limits_in_words() -> None:
    program = fixed_program()
    on = program.clock.today()
    words = {
        limit.what: limit.words
        for limit in limits_of(program.packs.region("shandong"), AgreementKind.WAGE, Form.SINGLE, on)
    }
    assert words["书面答复"] == "10 日内"
    assert words["互相提供资料"] == "会前 10 日"
    assert words["全体代表赞成"] == "过半数"
    assert words["职代会到会"] == "三分之二"


@pytest.mark.parametrize("region", ["shanghai", "beijing", "tianjin", "national"])
def test_half_of_all_is_named_as_the_articles_name_it(region: str) -> None:
    program = fixed_program()
    pack, on = program.packs.region(region), program.clock.today()
    found = {each.what: each for each in limits_of(pack, AgreementKind.WAGE, Form.SINGLE, on)}
    assert found["全体代表赞成"].words == "半数以上"


@pytest.mark.parametrize(
    ("region", "kind", "what", "words"),
    [
        ("beijing", AgreementKind.WAGE, "代表公布", "首次会议前"),
        ("national", AgreementKind.GENERAL, "向职工公布", "有规定，没写天数"),
        ("henan", AgreementKind.GENERAL, "协商总期限", "有规定，看依据"),
        ("national", AgreementKind.WAGE, "协商总期限", "法规未规定"),
    ],
)
def test_a_text_without_a_number_is_not_called_silence(
    region: str, kind: AgreementKind, what: str, words: str
) -> None:
    program = fixed_program()
    limits = limits_of(program.packs.region(region), kind, Form.SINGLE, program.clock.today())
    assert next(limit.words for limit in limits if limit.what == what) == words


def test_an_article_opens_what_it_says_one_at_a_time(on_screen) -> None:
    program = fixed_program()
    sheet = LimitsSheet()
    on_screen(sheet, size=(320, 700))
    pack = program.packs.region("shandong")
    sheet.show_region(pack, "山东省", AgreementKind.WAGE, Form.SINGLE, program.clock.today())
    QApplication.processEvents()
    first, second = sheet.articles[:2]
    first.click()
    assert "《山东省企业工资集体协商条例》21条（原文已核对）" in sheet._says[first].words()
    assert sheet._says[first].isVisible()
    second.click()
    assert sheet._says[second].isVisible() and not sheet._says[first].isVisible()


def test_a_province_without_a_pack_says_that_it_is_counted_by_the_country_s(hands: Hands) -> None:
    hands.write("所在地区", "云南省")
    limits = hands.window.start_page.form.limits
    assert limits._title.words() == "选云南省以后"


def test_everything_asked_is_declared() -> None:
    asked = [name for _, groups in PAGES for group in groups for line in group.lines for name in line]
    facts = [name for name in asked if "." in name]
    assert all(fact_of(name).label for name in (*facts, *PICKED, *CHECKS))
    assert {name.split(".")[0] for name in facts} <= set(RECORDS)
    assert len(FIRST_USE) == 4 and len({shape.key for shape in SHAPES}) == len(SHAPES)


# ---- other ways to begin


def test_with_libraries_of_before_one_is_asked_where_to_begin(qtbot, tmp_path: Path) -> None:
    hands = Hands(qtbot, tmp_path / "config")
    hands.memory.remember_library(tmp_path / "不在了")
    hands.begin(None)
    hands.press("打开别的资料库")
    start = hands.window.start_page
    assert start.matter() == WELCOME
    hands.press("新建资料库")
    assert start.matter() == 1
    hands.press("上一步")
    assert start.matter() == WELCOME


def test_the_practice_case_carries_its_word_and_cannot_be_exported(hands: Hands, tmp_path: Path) -> None:
    hands.ask.folders.append(tmp_path / "练习")
    hands.press("先看练习案例")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk is not None, timeout=60_000)
    hands.settle()
    case = hands.desk.case
    assert case.cycle.practice is True
    assert len(case.evidence) == 24
    assert hands.window.windowTitle().endswith("练习")
    assert hands.window.frame.nav.switcher._practice
    assert hands.page.head().chip == "练习案卷"
    with pytest.raises(UserError, match="练习案卷不能导出报送包"):
        refuse_unready(case, hands.desk.checkup)


def test_the_new_folder_has_a_name_any_disk_takes(hands: Hands, tmp_path: Path) -> None:
    start = hands.window.start_page
    hands.write("工会名称", "甲/乙：工会" + "长" * 100)
    start._folder = full_folder(tmp_path)
    place = start.place()
    assert place.parent == tmp_path / "文档"
    assert place.name.startswith("甲／乙") and place.name.endswith("集体协商资料库")
    assert len(place.name.encode()) < 200
    assert not place.exists()


def test_without_a_choice_the_library_is_a_new_folder_among_the_documents(hands: Hands, monkeypatch) -> None:
    start = hands.window.start_page
    assert start.place().name == "集体协商资料库"
    start.show_matter(PLACE)
    assert str(start.place()) in start.form._place_words.words()


def test_a_further_year_asks_for_the_year_only(hands: Hands) -> None:
    start = hands.window.start_page
    start.ask_year(packs=hands.program.packs, year=2027, region="", kind=None, form=None, can_leave=True)
    assert start.matter() == YEAR_PAGE
    assert start.forth.blocked_reason() == "还没选按哪里的规定"
    hands.write("按哪里的规定", "shandong")
    assert start.forth.isEnabled()
    asked: list[object] = []
    start.year_requested.disconnect()
    start.year_requested.connect(asked.append)
    hands.press("开这个年度")
    assert (asked[0].year, asked[0].region, asked[0].kind) == (2027, "shandong", AgreementKind.WAGE)


# ---- room


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("size", [(1024, 520), (1366, 697), (1920, 1009)])
def test_no_page_is_wider_than_the_window(hands: Hands, qapp, scale: float, size: tuple[int, int]) -> None:
    apply_theme(qapp, "light", scale)
    start = hands.window.start_page
    start.form.fields["union.name"].set_value("山东省" + "临沂市兰山区沂衡" * 6 + "工会")
    start.form.fields["province"].set_value("新疆维吾尔自治区")
    hands.window.resize(*size)
    for at in range(1, YEAR_PAGE + 1):
        start.show_matter(at)
        QApplication.processEvents()
        QApplication.processEvents()
        page = start._stack.currentWidget()
        assert page.widget().width() <= page.viewport().width(), (at, page.widget().minimumSizeHint())
        last = start.forth.mapTo(start, start.forth.rect().bottomRight())
        assert last.x() <= start.width() and last.y() <= start.height()


def test_at_the_usual_size_the_first_page_needs_no_scrolling(hands: Hands) -> None:
    hands.window.resize(1366, 697)
    QApplication.processEvents()
    QApplication.processEvents()
    assert hands.window.start_page._stack.currentWidget().verticalScrollBar().maximum() == 0


# ---- a library that cannot be opened


def test_each_kind_of_trouble_has_its_headline_and_its_shortest_way() -> None:
    parts = ("发生了。", "没动。", "这样办。")
    assert headline_of(LockedError(*parts, code="L-131")) == "资料库正被另一个窗口使用"
    assert ways_of(LockedError(*parts, code="L-131"))[0].label == "再试一次"
    assert ways_of(DamagedError(*parts, code="L-107"))[0].label == "从备份还原"
    newer = UserError(*parts, code="L-103")
    assert headline_of(newer) == "资料库是更新的程序写的，没有打开"
    assert "again" not in [way.id for way in ways_of(newer)]


def test_trouble_names_the_folder_and_offers_the_others(on_screen, tmp_path: Path) -> None:
    error = DamagedError("坏了。", "原件没动。", "从备份还原。", code="L-107")
    view = failure_view(error, headline_of(error), NOON, ways_of(error))
    page = TroublePage(view, tmp_path / "甲", [tmp_path / "甲", tmp_path / "乙"])
    on_screen(page, size=(1100, 520))
    (sheet,) = page.findChildren(FailureSheet)
    assert sheet.failure.code == "L-107" and sheet.failure.at
    opened: list[object] = []
    page.open_requested.connect(opened.append)
    from app.gui.pages.start_parts import StartWay

    (way,) = page.findChildren(StartWay)
    way.activated.emit()
    assert opened == [tmp_path / "乙"]


def test_from_trouble_a_backup_is_restored_at_once(qtbot, tmp_path: Path) -> None:
    from app.storage.backup import make_backup

    program = fixed_program()
    folder = tmp_path / "库"
    with Library.create(folder, clock=program.clock, program_version="1") as library:
        backup = make_backup(library, clock=program.clock, reason="测试").path
    kept = tmp_path / backup.name
    kept.write_bytes(backup.read_bytes())
    (folder / "database.sqlite").write_bytes(b"nothing" * 99)
    hands = Hands(qtbot, tmp_path / "config")
    hands.begin(folder)
    hands.ask.files.append([kept])
    hands.ask.folders.append(tmp_path / "还原")
    hands.press("从备份还原")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.window.library is not None, timeout=20_000)
    assert hands.window.library.folder == tmp_path / "还原"


def test_f1_tells_where_to_begin_and_comes_back_to_what_had_the_focus(qtbot, tmp_path: Path) -> None:
    hands = Hands(qtbot, tmp_path / "config")
    hands.memory.remember_library(tmp_path / "不在了")
    hands.begin(None)
    hands.press("打开别的资料库")
    start = hands.window.start_page
    assert start.matter() == WELCOME
    hands.key(Qt.Key.Key_Tab)
    before = QApplication.focusWidget()
    for leave in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return):
        hands.key(Qt.Key.Key_F1)
        told = [text.words() for text in hands.visible(Text)]
        assert "从哪里开始怎么用" in told and "还原" in "".join(told)
        assert "F8" not in "".join(told), "only the keys that hold here"
        hands.key(leave)
        assert start.isVisible()
        assert QApplication.focusWidget() is before
    hands.press("新建资料库")
    hands.key(Qt.Key.Key_F1)
    assert "下次打开接着填" in "".join(text.words() for text in hands.visible(Text))
    hands.key(Qt.Key.Key_Escape)
    assert start.matter() == 1
