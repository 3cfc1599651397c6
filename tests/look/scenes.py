"""Windows to look at: a library on a real disk, opened off screen, and every place in it one after the other."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.domain.case import Case
from app.domain.union import AgreementKind, Form
from app.errors import UserError
from app.exchange.law_archive import law_archive
from app.gui.application import make_application
from app.gui.jobs import JobRunner
from app.gui.main_window import MainWindow
from app.gui.main_window_pages import PAGES
from app.gui.pages.law_page import LawPage
from app.gui.pages.stage_page import StagePage
from app.gui.theme import apply_theme
from app.gui.window_memory import WindowMemory
from app.paths import resource
from app.rules.pack import PACK_FILES
from app.storage.library import Library
from app.usecases.make_demo import read_example
from app.usecases.program import Program
from tests.gui.demo_pages import MARCH, NOVEMBER, example_in_march
from tests.gui.window_driver import AnswerBook, fixed_program

EXAMPLES = ("shandong-linyi-single", "weihai-express-industry", "tianjin-hedong-area")
IN_MARCH = "march"
EMPTY = "empty"
START = "start"
SCENES = (*EXAMPLES, IN_MARCH, EMPTY, START)
"""What can be looked at: the worked cases, the first of them in March, a case with only a union's name, and
the pages of first use and of failures."""

PATIENCE_MS = 20_000

_UNION = "临沂市兰山区鲁南精密机械制造有限公司工会委员会"
_QUERIES = {"search": "工资", "search-none": "查无此词"}


class Scene:
    """One window. ``places`` tells what there is to see; ``show`` goes there and waits until it is drawn."""

    def __init__(self, name: str) -> None:
        app = make_application()
        assert isinstance(app, QApplication)
        self.app = app
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix="xieshang-look-"))
        day = MARCH if name == IN_MARCH else NOVEMBER
        self.program = fixed_program(day)
        self.ask = AnswerBook()
        apply_theme(app, "light", 1.0)
        self.runner = JobRunner()
        self.window = MainWindow(self.program, self.runner, self.ask, WindowMemory(self.folder / "config"))
        self.window.show()
        self.window.activateWindow()
        if name == START:
            self.window.begin(None)
        else:
            library = self.folder / "资料库"
            _fill(self.program, library, name, day)
            self.window.begin(library)
            self._wait(lambda: self.window.case_room.desk is not None)
        self.settle()

    def close(self) -> None:
        """Close the window and forget its library."""
        self.window.close()
        self._wait(self.runner.is_idle)
        self.app.processEvents()
        self.window.deleteLater()
        self.app.processEvents()
        shutil.rmtree(self.folder, ignore_errors=True)

    def dress(self, theme: str, scale: float, size: tuple[int, int]) -> None:
        """Give the window a theme, a text size and a size."""
        apply_theme(self.app, theme, scale)
        self.window.resize(*size)
        self.settle()

    def take_focus(self) -> None:
        """Be the window the keyboard works in; a popup may have been that."""
        self.window.activateWindow()
        self._wait(self.window.isActiveWindow)

    # ---- places

    def places(self) -> Iterator[str]:
        """The names of everything that can be shown, in the order of the navigation."""
        if self.name == START:
            yield from _START_PLACES
            return
        for entry in PAGES:
            self._open(entry.key)
            steps = self._steps()
            yield from (f"{entry.key}-{step}" for step in steps) if steps else (entry.key,)
        yield from ("help", *_QUERIES, "failure", "crash", "panel", "new-year", "law-year", "law-preview")
        yield "roster-preview"

    def show(self, place: str) -> None:
        """Go to a place. KeyError when there is none of this name."""
        QToolTip.hideText()
        if self.name == START:
            _START_PLACES[place](self)
        elif place in _ASIDE:
            _ASIDE[place](self)
        else:
            page, _, step = place.partition("-")
            self._open(page)
            if step:
                self.window.frame.step_requested.emit(step)
        self.settle()

    def leave(self, place: str) -> None:
        """Put away what ``place`` laid over the page."""
        if place == "failure":
            self.window.frame.clear_failure()
        elif place == "crash":
            self.window._drop_crash()
        elif place == "panel":
            self.window.frame.panel.close_requested.emit()
        elif place in ("law-year", "law-preview"):
            brought = self.window.case_room.page("settings").view("rules").brought
            brought.leave()
            if brought.form is not None:
                brought.form.hide()
            brought.job.hide()
        elif place == "roster-preview":
            self.window.case_room.page("settings").view("roster").leave()  # type: ignore[attr-defined]
        elif place == "new-year":
            self.window._on_start_left()
        self.settle()

    def regions(self) -> list[QWidget]:
        """What F6 walks here, or the whole window where there is no frame."""
        frame = self.window.frame
        return frame.regions() if frame.isVisible() else [self.window.centralWidget()]

    def _open(self, page: str) -> None:
        self.window.case_room.show_page(page)
        self.settle()

    def _steps(self) -> list[str]:
        tabs = getattr(self.window.case_room.current(), "tabs", None)
        return [tab.key if hasattr(tab, "key") else tab.id for tab in tabs()] if callable(tabs) else []

    # ---- waiting

    def settle(self) -> None:
        """Wait until everything that was started is over and shown."""
        self._wait(self._is_over)
        for _ in range(4):
            self.app.processEvents()

    def _is_over(self) -> bool:
        desk = self.window.case_room.desk
        if desk is not None and desk._check_timer.isActive():
            return False
        page = self.window.case_room.current() if desk is not None else None
        if isinstance(page, StagePage) and not page.opening.is_shown():
            return page.view().is_built() and page.papers().is_read() and self.runner.is_idle()
        if isinstance(page, LawPage) and not page.is_built():
            return False
        return self.runner.is_idle()

    def _wait(self, over: Callable[[], bool]) -> None:
        waited = 0
        while True:
            self.app.processEvents()
            if over():
                return
            if waited > PATIENCE_MS:
                raise TimeoutError("the window did not come to rest")
            pause = QEventLoop()
            QTimer.singleShot(10, pause.quit)
            pause.exec()
            waited += 10


def _fill(program: Program, folder: Path, name: str, day: date) -> None:
    from app.usecases.record_fact import record_fact
    from app.usecases.start_year import start_year

    with Library.create(folder, clock=program.clock, program_version="1") as library:
        if name == EMPTY:
            case_id = start_year(
                library,
                year=day.year,
                region="shandong-linyi",
                agreement_kind=AgreementKind.WAGE,
                form=Form.SINGLE,
                like=None,
                actor="测试",
            )
            union = library.read_case(case_id).union.replace(name=_UNION)
            record_fact(library, case_id, "union", union, actor="测试")
            return
        case: Case = example_in_march() if name == IN_MARCH else read_example(name)
        with library.write("测试") as unit:
            unit.add_case(case)
            unit.commit()


# ---- what lies over the pages


def _help(scene: Scene) -> None:
    scene._open("offer" if scene.name != EMPTY else "survey")
    scene.window.frame.help_requested.emit()


def _search(scene: Scene) -> None:
    scene.window.frame.searched.emit(_QUERIES["search"])


def _search_none(scene: Scene) -> None:
    scene.window.frame.searched.emit(_QUERIES["search-none"])


def _failure(scene: Scene) -> None:
    scene._open("meeting" if "meeting" in scene.window.frame.page_ids() else "home")
    error = UserError(
        "U 盘中途拔出，报送包只写了一半，第 27 个文件没有写完。",
        "电脑里的资料库和已经冻结的报送包都在，一点没动。",
        "把 U 盘重新插好，接着写入；或者先存到电脑文件夹，以后再复制。",
        code="U-204",
    )
    scene.window.case_room.show_error(error, "报送包没有写完")


def _crash(scene: Scene) -> None:
    scene.window.crash = None
    _show_crash(scene.window)


def _show_crash(window: MainWindow) -> None:
    from app.gui.crash import CrashView

    window._before_crash = window._rooms.currentWidget()
    window.crash = CrashView(ValueError("示例"), "1", window._drop_crash)
    window._rooms.addWidget(window.crash)
    window._show_room(window.crash)


def _panel(scene: Scene) -> None:
    scene._open("offer")
    if not scene.window.frame.is_panel_shown():
        QTest.keyClick(scene.window, Qt.Key.Key_F8)


def _new_year(scene: Scene) -> None:
    scene.window.ask_new_year()


def _law_view(scene: Scene) -> Any:
    scene._open("settings")
    scene.window.frame.step_requested.emit("rules")
    scene.settle()
    return scene.window.case_room.page("settings").view("rules").brought  # type: ignore[attr-defined]


def _law_year(scene: Scene) -> None:
    _law_view(scene).type_year()


def _law_preview(scene: Scene) -> None:
    """Every region with other days to reply: many values, and dates that move."""
    files = {}
    for folder in sorted(path for path in resource("rules").iterdir() if path.is_dir()):
        for file in PACK_FILES:
            text = (folder / file).read_text(encoding="utf-8")
            text = text.replace("amount = 10,", "amount = 12,").replace(
                'version = "2026.1"', 'version = "2026.2"'
            )
            files[f"{folder.name}/{file}"] = text.encode()
    made = scene.folder / "各地规则包.zip"
    made.write_bytes(law_archive(files))
    view = _law_view(scene)
    scene.ask.files.append([made])
    view.choose_pack()


def _roster_preview(scene: Scene) -> None:
    """A roster with a column nobody knows, rows that are refused, and names of some length."""
    made = scene.folder / "人员花名册.csv"
    units = ("装配车间", "铸造车间", "第二热处理及表面处理联合车间", "质检部", "仓储物流部")
    rows = ["姓名,性别,所在单元,类别,出生日期,手机,备注"]
    rows += [
        f"职工{at},{'女' if at % 3 else '不详'},{units[at % 5]},一线,1980年3月{at % 31}日,,"
        for at in range(40)
    ]
    made.write_text("\n".join(rows), encoding="gb18030")
    scene._open("settings")
    scene.window.frame.step_requested.emit("roster")
    scene.settle()
    scene.ask.files.append([made])
    scene.window.case_room.page("settings").view("roster").choose_file()  # type: ignore[attr-defined]


_ASIDE: dict[str, Callable[[Scene], None]] = {
    "help": _help,
    "search": _search,
    "search-none": _search_none,
    "failure": _failure,
    "crash": _crash,
    "panel": _panel,
    "new-year": _new_year,
    "law-year": _law_year,
    "law-preview": _law_preview,
    "roster-preview": _roster_preview,
}


# ---- first use, and libraries that cannot be opened


def _start(at: int, *, wrong: bool = False) -> Callable[[Scene], None]:
    def show(scene: Scene) -> None:
        page = _begin_anew(scene)
        form = page.form
        regions = form.fields["province"].options()
        form.fields["province"].set_value(next(each.value for each in regions if "山东" in each.label))
        form.fields["union.name"].set_value(_UNION)
        form.fields["union.code"].set_value("81371302MC0A91715" if wrong else "")
        form.fields["union.code"].set_error(_TOO_SHORT if wrong else None)
        form._follow()
        page.show_matter(at)

    return show


_TOO_SHORT = "现在是 17 位，应为 18 位。请对照证书补上一位；没有可先留空。"


def _begin_anew(scene: Scene) -> Any:
    window = scene.window
    if window.start_page is not None:
        window.start_page.clear_failure()
    window._drop_trouble()
    window.show_start()
    assert window.start_page is not None
    return window.start_page


def _refused(scene: Scene) -> None:
    """A folder that is no library, chosen on the first page."""
    _begin_anew(scene).show_matter(0)
    folder = scene.folder / "不是资料库"
    folder.mkdir(exist_ok=True)
    (folder / "别的文件.txt").write_text("空", encoding="utf-8")
    scene.window.open_library(folder)


def _trouble(scene: Scene, folder: Path) -> None:
    """A library cannot be opened, and nothing else is on the screen."""
    _begin_anew(scene)
    scene.window._rooms.setCurrentWidget(scene.window._waiting)
    scene.window.open_library(folder)


def _gone(scene: Scene) -> None:
    _trouble(scene, scene.folder / "已经搬走的资料库")


def _locked(scene: Scene) -> None:
    folder = scene.folder / "别处开着的资料库"
    make = Library.open if folder.exists() else Library.create
    with make(folder, clock=scene.program.clock, program_version="1"):
        _trouble(scene, folder)
        scene.settle()


def _damaged(scene: Scene) -> None:
    folder = scene.folder / "坏了的资料库"
    if not folder.exists():
        Library.create(folder, clock=scene.program.clock, program_version="1").close()
        next(folder.glob("*.sqlite")).write_bytes(b"no library at all" * 400)
    _trouble(scene, folder)


_START_PLACES: dict[str, Callable[[Scene], None]] = {
    **{f"start-{at}": _start(at) for at in range(6)},
    "start-wrong": _start(1, wrong=True),
    "refused": _refused,
    "trouble-gone": _gone,
    "trouble-locked": _locked,
    "trouble-damaged": _damaged,
}
