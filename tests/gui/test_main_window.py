"""The window as a whole: first use, opening, what cannot be opened, cases of a library, undo, closing."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app.domain.union import AgreementKind
from app.errors import CancelledError, DamagedError, UserError
from app.gui.fit_to_screen import fit_to_screen
from app.gui.forms.reasons import where_of
from app.gui.pages.trouble_page import ways_of
from app.gui.widgets.chip import Chip
from app.gui.widgets.failure_sheet import FailureSheet
from app.gui.widgets.text import Text
from app.gui.window_memory import WindowMemory
from app.paths import BUNDLE_ROOT
from app.progress import Progress
from app.rules.findings import Where
from app.storage.backup import make_backup
from app.storage.library import Library
from app.usecases.make_demo import read_example
from tests.gui.window_driver import Hands, fixed_program


def make_library(folder: Path) -> Path:
    program = fixed_program()
    with (
        Library.create(folder, clock=program.clock, program_version="1") as library,
        library.write("测试") as unit,
    ):
        unit.add_case(read_example("shandong-linyi-single"))
        unit.commit()
    return folder


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    return Hands(qtbot, tmp_path / "config")


def shown_failure(hands: Hands) -> FailureSheet:
    (sheet,) = hands.visible(FailureSheet)
    return sheet


def test_a_backup_is_restored_to_a_new_folder(hands: Hands, tmp_path: Path) -> None:
    folder = make_library(tmp_path / "lib")
    program = fixed_program()
    with Library.open(folder, clock=program.clock, program_version="1") as library:
        backup = make_backup(library, clock=program.clock, reason="测试")
    hands.begin(None)
    hands.ask.files.append([backup.path])
    hands.ask.folders.append(tmp_path / "还原")
    hands.press("从去年的备份接着用")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk is not None, timeout=30_000)
    assert hands.desk.library.folder == tmp_path / "还原"
    assert hands.desk.case.cycle.year == 2026


def test_what_cannot_be_opened_is_told_in_three_parts_with_ways_out(hands: Hands, tmp_path: Path) -> None:
    folder = make_library(tmp_path / "lib")
    (folder / "database.sqlite").write_bytes(b"not a database at all" * 100)
    hands.begin(folder)
    failure = shown_failure(hands).failure
    assert failure.what_happened and failure.unharmed and failure.what_to_do and failure.code.startswith("L-")
    assert [way.label for way in failure.ways] == ["打开别的资料库", "选一份备份", "再试一次"]
    hands.press("打开别的资料库")
    assert hands.window.start_page.isVisible()


def test_a_damaged_library_with_a_backup_is_restored_first() -> None:
    damaged = DamagedError("坏了。", "没有动。", "从备份 甲.zip 还原到一个新文件夹。", code="L-104")
    assert next(way.label for way in ways_of(damaged)) == "从备份还原"


def test_a_folder_that_is_no_library_offers_a_new_one(hands: Hands, tmp_path: Path) -> None:
    (tmp_path / "杂物").mkdir()
    hands.begin(tmp_path / "杂物")
    failure = shown_failure(hands).failure
    assert [way.label for way in failure.ways] == ["打开别的资料库", "新建资料库", "再试一次"]
    hands.press("新建资料库")
    assert hands.window.start_page.isVisible()


def test_a_library_in_use_elsewhere_says_by_whom(hands: Hands, tmp_path: Path) -> None:
    folder = make_library(tmp_path / "lib")
    program = fixed_program()
    with Library.open(folder, clock=program.clock, program_version="1"):
        hands.begin(folder)
        assert shown_failure(hands).failure.headline == "资料库正被另一个窗口使用"
    hands.press("再试一次")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk is not None, timeout=10_000)


def test_a_newer_library_is_refused_in_words(hands: Hands, tmp_path: Path) -> None:
    folder = make_library(tmp_path / "lib")
    mark = folder / "library.toml"
    mark.write_text(mark.read_text(encoding="utf-8").replace("format = 1", "format = 99"), encoding="utf-8")
    hands.begin(folder)
    assert "新" in shown_failure(hands).failure.what_happened


def test_a_read_only_library_is_shown_but_not_edited(hands: Hands, tmp_path: Path, monkeypatch) -> None:
    folder = make_library(tmp_path / "lib")
    original = Library.open.__func__

    def read_only(cls, folder, **more):
        return original(cls, folder, **{**more, "read_only": True})

    monkeypatch.setattr(Library, "open", classmethod(read_only))
    hands.begin(folder)
    assert shown_failure(hands).failure.code == "L-113"
    hands.go("offer", "write")
    assert hands.field("编号").is_read_only()
    assert not hands.page.view().sections[0].table.add_button.isVisible()


def test_the_switcher_opens_another_year_and_starts_a_new_one(hands: Hands, tmp_path: Path) -> None:
    folder = make_library(tmp_path / "lib")
    hands.begin(folder)
    first = hands.desk.case_id
    union = hands.desk.case.union
    hands.window.frame.case_action_requested.emit("new_year")
    assert hands.window.start_page.year.value() == 2027
    hands.press("开这个年度")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk.case_id != first, timeout=10_000)
    assert hands.desk.case.union == union
    assert hands.desk.case.offers == ()
    assert (hands.desk.case.cycle.year, hands.desk.case.cycle.agreement_kind) == (2027, AgreementKind.WAGE)
    hands.go("offer")
    assert hands.page.view().sections[0].records() == ()
    hands.window.frame.case_requested.emit(first)
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk.case_id == first, timeout=10_000)
    hands.go("offer")
    assert len(hands.page.view().sections[0].records()) == 1


def test_what_is_typed_is_kept_when_the_window_closes_and_the_place_comes_back(qtbot, tmp_path: Path) -> None:
    folder = make_library(tmp_path / "lib")
    hands = Hands(qtbot, tmp_path / "config")
    hands.begin(folder)
    hands.go("offer", "write")
    field = hands.field("建议地点")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.clear()
    hands.type("三楼会议室")
    assert hands.window.close()
    memory = WindowMemory(tmp_path / "config")
    assert memory.last_library() == folder
    assert memory.place()
    program = fixed_program()
    with Library.open(folder, clock=program.clock, program_version="1") as library:
        assert library.read_case(library.case_ids()[0]).offers[0].proposed_place == "三楼会议室"


def test_closing_waits_once_when_something_could_not_be_saved(
    hands: Hands, tmp_path: Path, monkeypatch
) -> None:
    hands.begin(make_library(tmp_path / "lib"))
    hands.go("offer", "write")

    def full(*_args, **_more):
        raise UserError("磁盘满了。", "以前的都在。", "腾出一些空间再试。", code="L-301")

    monkeypatch.setattr("app.gui.desk.record_fact", full)
    hands.write("建议地点", "三楼")
    hands.settle()
    assert not hands.window.close()
    assert "关掉会丢" in shown_failure(hands).failure.what_happened
    assert hands.window.close()


def test_a_slip_of_the_program_is_told_with_its_record_and_leads_back(hands: Hands, tmp_path: Path) -> None:
    hands.begin(make_library(tmp_path / "lib"))
    hands.go("offer", "write")
    import logging

    logging.getLogger("app.gui.crash").disabled = True
    try:
        raise ValueError("an unexpected thing")
    except ValueError as error:
        hands.desk.failed.emit(error)
    finally:
        logging.getLogger("app.gui.crash").disabled = False
    record = hands.window.crash.findChild(QPlainTextEdit)
    assert "ValueError" in record.toPlainText() and "Qt" in record.toPlainText()
    hands.press("回到原来那一页")
    assert hands.window.crash is None
    assert hands.field("编号").isVisible()


def test_the_title_names_union_and_year_and_leaves_the_program_to_the_system(
    hands: Hands, tmp_path: Path
) -> None:
    folder = tmp_path / "库"
    with (
        Library.create(folder, clock=hands.program.clock, program_version="1") as library,
        library.write("测试") as unit,
    ):
        unit.add_case(read_example("shandong-linyi-single"))
        unit.commit()
    hands.begin(folder)
    title = hands.window.windowTitle()
    assert title == "临沂砺岱沂机械制造有限公司工会委员会 — 2026 年度 · 工资专项"


def test_doors_lead_to_pages_steps_and_fields(hands: Hands, tmp_path: Path) -> None:
    hands.begin(make_library(tmp_path / "lib"))
    room = hands.window.case_room
    room.open_door(("offer", "reply"))
    assert (hands.window.frame.current_page(), hands.page.current_step().key) == ("offer", "reply")
    room.open_door(Where("sessions", "session-1", "held_on"))
    assert hands.window.frame.current_page() == "congress"
    assert QApplication.focusWidget().accessibleName() == "会议日期"
    assert where_of(QApplication.focusWidget()) == Where("sessions", "session-1", "held_on")
    room.open_door(Where("evidence", "z04", "caption"))
    assert hands.window.frame.current_page() == "negotiation"
    assert QApplication.focusWidget().accessibleName() == "说明"


def test_memory_survives_nonsense(tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text("[1, 2", encoding="utf-8")
    memory = WindowMemory(tmp_path)
    assert memory.last_library() is None and memory.place() == b"" and memory.theme() == "auto"
    memory.remember_library(tmp_path / "a")
    memory.remember_library(tmp_path / "b")
    memory.remember_library(tmp_path / "a")
    assert WindowMemory(tmp_path).recent() == (tmp_path / "a", tmp_path / "b")


START = """
import sys
from pathlib import Path
from app.bootstrap import make_program
from app.gui.application import run_window
code = run_window(make_program(), Path(sys.argv[1]) if len(sys.argv) > 1 else None, quit_after_start=True)
heavy = [name for name in ("reportlab", "openpyxl", "docx", "PIL", "pikepdf", "alembic") if name in sys.modules]
print("code", code, "heavy", heavy)
"""


@pytest.mark.parametrize("with_library", [False, True])
def test_the_window_starts_without_what_it_does_not_need_yet(tmp_path: Path, with_library: bool) -> None:
    arguments = [str(make_library(tmp_path / "lib"))] if with_library else []
    done = subprocess.run(
        [sys.executable, "-c", START, *arguments], cwd=BUNDLE_ROOT, capture_output=True, text=True, timeout=60
    )
    assert "code 0 heavy []" in done.stdout, done.stdout + done.stderr


def test_today_is_the_clock_s(hands: Hands, tmp_path: Path) -> None:
    hands.begin(make_library(tmp_path / "lib"))
    assert hands.desk.checkup.on == date(2026, 11, 10)


def test_the_head_of_a_stage_tells_its_nearest_due_date(qtbot, tmp_path: Path) -> None:
    hands = Hands(qtbot, tmp_path / "config", fixed_program(date(2026, 3, 15)))
    hands.begin(make_library(tmp_path / "lib"))
    hands.go("offer", "deliver")
    due = hands.page.head().due
    assert "剩" in due and "3月" in due, [row.what for row in hands.desk.checkup.deadlines]
    assert due in [chip.words() for chip in hands.visible(Chip)]


def test_help_tells_about_the_page_and_leads_back(hands: Hands, tmp_path: Path) -> None:
    hands.begin(make_library(tmp_path / "lib"))
    hands.go("offer", "deliver")
    hands.key(Qt.Key.Key_F1)
    assert hands.window.frame.head.title() == "帮助：要约与应约"
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.frame.head.title() == "要约与应约"
    assert hands.page.current_step().key == "deliver"


def test_a_year_without_a_rule_pack_opens_so_that_one_can_be_chosen(hands: Hands, tmp_path: Path) -> None:
    folder = make_library(tmp_path / "lib")
    program = fixed_program()
    with Library.open(folder, clock=program.clock, program_version="1") as library:
        (case_id,) = library.case_ids()
        with library.write("测试") as unit:
            unit.put(
                case_id, "cycle", library.read_case(case_id).cycle.replace(region=""), action="清空规则包"
            )
            unit.commit()
    hands.begin(folder)
    for page in ("home", "offer", "evidence", "report", "settings"):
        hands.go(page)
        hands.settle()
    hands.go("settings", "cycle")
    hands.write("规则包", "shandong")
    hands.settle()
    assert hands.desk.checkup.region == "shandong"
    assert hands.desk.library.read_case(case_id).cycle.region == "shandong"


def test_search_finds_by_name_and_text_and_goes_there(hands: Hands, tmp_path: Path) -> None:
    hands.begin(make_library(tmp_path / "lib"))
    hands.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hands.type("逄海砚")
    hands.qtbot.waitUntil(lambda: hands.window.frame.current_page() == "search", timeout=5_000)
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert QApplication.focusWidget().accessibleName().startswith("企业方 逄海砚")
    hands.key(Qt.Key.Key_Return)
    hands.settle()
    assert (hands.window.frame.current_page(), hands.page.current_step().key) == (
        "representatives",
        "employers",
    )
    where = where_of(QApplication.focusWidget())
    assert hands.desk.case.find(where.collection, where.record_id).name == "逄海砚"
    hands.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hands.type("没有这样的词")
    hands.qtbot.waitUntil(lambda: hands.window.frame.current_page() == "search", timeout=5_000)
    words = [text.words() for text in hands.visible(Text)]
    assert any(each.startswith("没有找到“没有这样的词”") for each in words)
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.frame.current_page() == "representatives"


def test_a_window_larger_than_the_screen_starts_maximised(qtbot) -> None:
    small, large = QWidget(), QWidget()
    for window in (small, large):
        qtbot.addWidget(window)
    room = small.screen().availableGeometry().size()
    small.resize(room.width() - 100, room.height() - 100)
    large.resize(room.width() + 10, 300)
    for window in (small, large):
        fit_to_screen(window)
    assert not small.isMaximized()
    assert large.isMaximized()


def test_closing_tells_once_that_a_job_is_not_done(hands: Hands, tmp_path: Path) -> None:
    hands.begin(make_library(tmp_path / "lib"))
    go_on = threading.Event()
    job = hands.desk.run_reading("写入报送包", lambda _progress: go_on.wait(20), done=lambda _result: None)
    hands.window.case_room.jobs.follow(job, "report")
    assert not hands.window.close()
    assert "写入报送包还没有做完" in shown_failure(hands).failure.what_happened
    go_on.set()
    hands.settle()
    assert hands.window.frame.failure is None  # it is done, nothing holds the window any more
    assert hands.window.close()


def test_a_second_try_stops_the_job_and_closes(hands: Hands, tmp_path: Path) -> None:
    hands.begin(make_library(tmp_path / "lib"))
    stopped = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            try:
                progress.step(0, 2)
            except CancelledError:
                stopped.set()
                raise

    job = hands.desk.run_reading("添加材料", work, done=lambda _result: None)
    hands.window.case_room.jobs.follow(job, "offer")
    assert not hands.window.close()
    assert hands.window.close()
    assert stopped.is_set()
