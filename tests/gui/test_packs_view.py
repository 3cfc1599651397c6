"""设置 › 规则包: a pack from a stick is looked at, brought in and gone back from; a year is typed from the notice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.stages import Stage
from app.exchange.law_archive import law_archive
from app.gui.widgets.due_row import DueRow
from app.paths import resource
from app.rules.pack import PACK_FILES
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands


def pack_file(folder: Path, *, days: int = 12, version: str = "2026.2", spoilt: str = "") -> Path:
    """山东 with other days to reply."""
    files = {f"shandong/{name}": (resource("rules") / "shandong" / name).read_bytes() for name in PACK_FILES}
    head = files["shandong/pack.toml"].decode()
    files["shandong/pack.toml"] = head.replace('"2026.1"', f'"{version}"').encode()
    terms = files["shandong/terms.toml"].decode()
    at = terms.index('rule = "reply_due"')
    amount = spoilt or f"amount = {days}"
    files["shandong/terms.toml"] = (terms[:at] + terms[at:].replace("amount = 10", amount, 1)).encode()
    made = folder / f"山东{version}.zip"
    made.write_bytes(law_archive(files))
    return made


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    made = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    made.go("settings", "rules")
    made.settle()
    return made


def view(hands: Hands):
    return hands.page.view("rules").brought


def look(hands: Hands, file: Path, button: str = "装规则包…") -> None:
    hands.ask.files.append([file])
    hands.press(button)
    hands.settle()


def reply_row(hands: Hands) -> str:
    hands.go("home")
    hands.settle()
    rows = [row.accessibleName() for row in hands.visible(DueRow)]
    return next(name for name in rows if "书面答复" in name)


def test_a_pack_moves_a_date_on_the_home_page_and_back(hands: Hands, tmp_path: Path) -> None:
    assert "3月22日" in reply_row(hands)
    hands.go("settings", "rules")
    look(hands, pack_file(tmp_path))
    preview = view(hands).preview
    assert preview.isVisible()
    assert preview.accessibleName() == "山东规则包 2026.2：会变什么"
    assert "2026.1 → 2026.2，指纹" in preview.heads.words()
    (term,) = preview.terms.rows()
    assert (term.cells["old"], term.cells["new"]) == (
        "10 日（对方收到要约起算），红线",
        "12 日（对方收到要约起算），红线",
    )
    moved = [row.cells for row in preview.dates.rows() if "书面答复" in row.cells["what"]]
    assert [cells["new"] for cells in moved] == ["3月24日（周二）"]
    assert hands.desk.library.law() == ()
    assert QApplication.focusWidget() is preview.terms.view

    before = hands.desk
    hands.press("装上")
    hands.settle()
    assert hands.desk is not before
    assert (hands.window.frame.current_page(), hands.page.current_step()) == ("settings", "rules")
    assert hands.window.frame.status.cell("job").words() == "已装上 山东规则包 2026.2"
    assert "2026.2" in hands.window.frame.status.cell("pack").words()
    assert QApplication.focusWidget() is view(hands).first_focus()
    assert hands.page.view("rules")._packs_sheet.remark() == "本年度用 山东 2026.2"
    assert [row.item.tail for row in view(hands).versions.rows] == ["在用", ""]
    assert "3月24日" in reply_row(hands)

    hands.go("settings", "rules")
    hands.settle()
    hands.press("退回这一版：山东规则包 2026.1")
    hands.settle()
    assert view(hands).preview.accessibleName() == "退回 山东规则包（程序自带的）：会变什么"
    hands.press("退回")
    hands.settle()
    assert [row.item.tail for row in view(hands).versions.rows] == ["", "在用"]
    assert "3月22日" in reply_row(hands)
    assert hands.desk.library.verify_journal() == []
    assert [law.active for law in hands.desk.library.law()] == [False]


def test_what_was_brought_in_holds_at_the_next_opening(hands: Hands, tmp_path: Path) -> None:
    look(hands, pack_file(tmp_path))
    hands.press("装上")
    hands.settle()
    hands.window.open_case(hands.desk.case_id)
    hands.settle()
    assert "3月24日" in reply_row(hands)


def test_not_bringing_it_in_changes_nothing(hands: Hands, tmp_path: Path) -> None:
    look(hands, pack_file(tmp_path))
    head, desk = hands.desk.library.journal_head(), hands.desk
    hands.press("不装")
    assert not view(hands).preview.isVisible()
    assert view(hands).job.words() == "没有装，什么都没有变。"
    assert (hands.desk, hands.desk.library.journal_head()) == (desk, head)


def test_a_broken_pack_is_refused_on_a_sheet_with_file_and_line(hands: Hands, tmp_path: Path) -> None:
    look(hands, pack_file(tmp_path, spoilt="amout = 10"))
    failure = hands.window.frame.failure
    assert failure is not None
    assert view(hands).preview is None
    look(hands, pack_file(tmp_path, version="2026.3"))
    assert view(hands).preview.isVisible()
    assert hands.window.frame.failure is None


def test_the_same_pack_once_more_says_so(hands: Hands, tmp_path: Path) -> None:
    look(hands, pack_file(tmp_path, days=10, version="2026.1"))
    assert view(hands).job.words() == "山东规则包 2026.1：已经装着，没有变化。"


def test_a_folder_is_as_good_as_a_zip_and_a_pack_is_passed_on(hands: Hands, tmp_path: Path) -> None:
    look(hands, pack_file(tmp_path))
    hands.press("装上")
    hands.settle()
    target = tmp_path / "给别人.zip"
    hands.ask.saves.append(target)
    hands.press("另存一份：山东规则包 2026.2")
    hands.settle()
    assert target.read_bytes() == pack_file(tmp_path).read_bytes()
    hands.ask.folders.append(tmp_path / "没有")
    hands.press("从文件夹装…")
    hands.settle()
    assert hands.window.frame.failure is not None


def test_a_new_region_is_offered_for_the_next_year(hands: Hands, tmp_path: Path) -> None:
    files = {}
    for name in PACK_FILES:
        text = (resource("rules") / "shandong" / name).read_text(encoding="utf-8")
        if name == "pack.toml":
            for old, new in (('"shandong"', '"qingdao"'), ('"山东"', '"青岛"'), ('"national"', '"shandong"')):
                text = text.replace(old, new, 1)
            text = text.replace('"37"', '"3702"')
        files[f"qingdao/{name}"] = text.encode()
    file = tmp_path / "青岛.zip"
    file.write_bytes(law_archive(files))
    look(hands, file)
    assert "青岛：没有 → 2026.1" in view(hands).preview.heads.words()
    hands.press("装上")
    hands.settle()
    hands.window.ask_new_year()
    hands.settle()
    region = hands.window.start_page.year_view.region
    region.set_value("qingdao")
    assert region.value() == "qingdao"
    assert "青岛" in [region.drop.itemText(at) for at in range(region.drop.count())]


def test_stages_closed_under_another_version_are_named(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    hands.go("settings", "rules")
    hands.settle()
    assert not view(hands).decided.isVisible()
    hands.desk.add("stage_closings", {"stage": Stage.SURVEY, "pack_version": "2025.4"})
    hands.settle()
    view(hands).show_case()
    assert f"{Stage.SURVEY.label} 2025.4；" in view(hands).decided.words()


def test_a_library_that_can_only_be_read_takes_nothing_but_shows_what_would_change(
    hands: Hands, tmp_path: Path
) -> None:
    hands.desk.library.read_only = True
    look(hands, pack_file(tmp_path))
    button = view(hands).preview.accept_button
    assert (button.isEnabled(), button.toolTip()) == (False, "只能看，不能改")


def test_a_pack_that_cannot_be_used_any_more_is_named_at_opening(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(hands, pack_file(tmp_path))
    hands.press("装上")
    hands.settle()
    monkeypatch.setattr("app.rules.terms.MAY_BE_HARD", frozenset())
    hands.window.open_case(hands.desk.case_id)
    hands.settle()
    assert hands.window.frame.failure is not None
    assert hands.desk.program.law_problems[0].startswith("规则包文件 shandong/terms.toml 第")
    assert "3月22日" in reply_row(hands)  # by the program's own meanwhile


def test_the_status_bar_leads_to_the_packs(hands: Hands) -> None:
    hands.go("home")
    hands.window.frame.status_clicked.emit("pack")
    hands.settle()
    assert (hands.window.frame.current_page(), hands.page.current_step()) == ("settings", "rules")


# ---- a year typed from the notice


def fill(hands: Hands, row: int, key: str, words: str) -> None:
    """Type into a cell of the breaks and go on."""
    form = view(hands).form
    form.table.edit_cell(str(row), key)
    QApplication.processEvents()
    editor = form.cells.editor()
    assert editor is not None
    editor.set_typed(words)
    hands.key(Qt.Key.Key_Return)


def type_spring(hands: Hands) -> None:
    hands.press("录入放假安排")
    hands.write("依据", "国办发明电〔2026〕9号")
    fill(hands, 1, "first", "2月5日")
    fill(hands, 1, "last", "2月11日")
    for row, day in ((0, "1月1日"), (2, "4月5日"), (3, "5月1日"), (4, "6月9日"), (5, "9月15日")):
        fill(hands, row, "first", day)
    hands.write("调休上班", "1月31日，2月20日")


def test_a_year_is_typed_looked_at_and_brought_in(hands: Hands) -> None:
    type_spring(hands)
    form = view(hands).form
    assert form.year.value() == 2027
    hands.press("看会变什么")
    hands.settle()
    failure = hands.window.frame.failure
    assert failure is not None
    assert any("缺 国庆节" in part.accessibleName() + part.text() for part in failure.findChildren(QLabel))
    assert form.isVisible() and view(hands).preview is None
    fill(hands, 6, "first", "10月1日")
    hands.press("看会变什么")
    hands.settle()
    assert not form.isVisible()
    hands.press("不装")
    assert form.isVisible()
    hands.press("看会变什么")
    hands.settle()
    assert (
        "2027 年以后：国办发明电〔2026〕9号：放假 13 天，调休上班 2 天" in view(hands).preview.heads.words()
    )
    hands.press("装上")
    hands.settle()
    plan = hands.desk.program.calendar.plans[2027]
    assert plan.workdays == {date(2027, 1, 31), date(2027, 2, 20)}
    assert {row.item.name for row in hands.page.view("rules").years.rows} >= {"2027 年"}
    assert "手工录入" in view(hands).versions.rows[0].item.remark


def test_what_cannot_be_is_said_and_stays_in_the_fields(hands: Hands) -> None:
    type_spring(hands)
    hands.write("调休上班", "2月3日")
    hands.press("看会变什么")
    hands.settle()
    assert hands.window.frame.failure is not None
    hands.write("调休上班", "后天")
    hands.press("看会变什么")
    assert "看不出是哪一天" in (view(hands).form.workdays.error() or "")
    assert view(hands).form.rows[1].first == date(2027, 2, 5)


def test_a_year_that_is_there_is_shown_to_be_corrected(hands: Hands) -> None:
    hands.press("录入放假安排")
    hands.write("年份", "2026")
    form = view(hands).form
    assert [row.name for row in form.rows][:3] == ["元旦", "春节", "清明节"]
    assert form.table.rows()[2].cells["first"] == "2026年4月4日 周六"
    hands.write("年份", "2028")
    assert (form.rows[2].first, form.source.value(), form.workdays.value()) == (None, "", "")
    hands.write("年份", "2026")
    hands.press("看会变什么")
    hands.settle()
    assert view(hands).preview is None
    assert view(hands).job.words() == "2026 年放假安排：已经装着，没有变化。"
    fill(hands, 2, "last", "4月5日")
    hands.press("看会变什么")
    hands.settle()
    assert view(hands).preview.isVisible()


def test_rows_come_and_go_and_a_day_that_is_none_is_told(hands: Hands) -> None:
    hands.press("录入放假安排")
    form = view(hands).form
    hands.press("添加一行")
    assert (len(form.rows), form.cells.editor() is not None) == (8, True)
    form.cells.editor().set_typed("抗战胜利纪念日")
    hands.key(Qt.Key.Key_Return)
    fill(hands, 7, "first", "九月初三")
    assert "看不出是哪一天" in form.told.words()
    fill(hands, 7, "last", "9月3日")
    made = form.rows[7].made()
    assert made is not None and made.first == made.last == date(2027, 9, 3)
    form.table.select("7")
    hands.press("移除这一行")
    assert len(form.rows) == 7
    hands.write("年份", "")
    hands.press("看会变什么")
    assert form.told.words() == "还没写年份。"
