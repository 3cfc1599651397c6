"""The stick beside the package and on 首页: told when it comes and goes, looked for only while it can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange import sticks
from app.exchange.sticks import Stick
from app.gui.shell.status_bar import StatusView
from app.gui.stick_watch import stick_words, watch_of
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import MARCH, example_in_march, open_case

KINGSTON = Stick(Path("/media/KINGSTON"), "E: KINGSTON", 12_025_908_429)


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> list[Stick]:
    there: list[Stick] = []
    monkeypatch.setattr(sticks, "sticks_present", lambda: tuple(there))
    return there


def test_how_a_stick_is_told() -> None:
    assert stick_words(()) == "U 盘没有插上"
    assert stick_words((KINGSTON,)) == "E: KINGSTON，可用 11.2 GB"
    assert stick_words((Stick(Path("/x"), "", 5 << 20), KINGSTON)).startswith("U 盘，可用 5.0 MB；E: ")


def test_beside_the_package_stands_which_stick_is_there(qtbot, tmp_path: Path, plugged) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    hands.go("report")
    hands.settle()
    assert hands.page.stick.plugged.words() == "U 盘没有插上"
    assert hands.page.stick.plugged.isVisible()
    plugged.append(KINGSTON)
    hands.page.watch.look()
    hands.settle()
    assert hands.page.stick.plugged.words() == "E: KINGSTON，可用 11.2 GB"
    cell = hands.window.frame.status.cell("stick")
    assert cell.words() == "E: KINGSTON，可用 11.2 GB"
    plugged.clear()
    hands.go("settings")
    watch_of(hands.desk).look()
    hands.settle()
    assert cell.words() == "U 盘没有插上"
    hands.press_button(cell)
    assert hands.page.stick.plugged.words() == "U 盘没有插上"


def test_a_long_job_takes_the_place_of_the_stick(qtbot, tmp_path: Path, plugged) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    status = hands.window.frame.status
    assert status.cell("stick").isVisible()
    status.show_cell("job", StatusView("正在添加材料 3 / 9", "now"))
    assert not status.cell("stick").isVisible()
    watch_of(hands.desk).seen.emit((KINGSTON,))
    assert not status.cell("stick").isVisible()
    status.show_cell("job", StatusView(""))
    assert status.cell("stick").isVisible()


def test_nobody_looks_once_the_window_is_closed(qtbot, tmp_path: Path, plugged) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    watch = watch_of(hands.desk)
    assert hands.window.close()
    watch.look()
    assert hands.runner.is_idle()


def test_while_a_package_is_written_only_the_warning_stands_there(qtbot, tmp_path: Path, plugged) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    hands.go("report")
    hands.settle()
    (tmp_path / "U盘").mkdir()
    hands.ask.folders.append(tmp_path / "U盘")
    hands.press("导出报送包")
    assert hands.page.stick.remark() == "先别拔"
    assert not hands.page.stick.plugged.isVisible()
    hands.settle()
    assert hands.page.stick.remark() == "可以拔出"
    assert not hands.page.stick.plugged.isVisible()


def test_the_folder_is_asked_for_on_the_only_stick(qtbot, tmp_path: Path, plugged, monkeypatch) -> None:
    plugged.append(KINGSTON)
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    hands.go("report")
    hands.settle()
    asked: list[object] = []
    monkeypatch.setattr(hands.ask, "open_folder", lambda _parent, _title, start=None: asked.append(start))
    hands.press("导出报送包")
    assert asked == [KINGSTON.place]


def test_the_first_page_tells_it_beside_the_backup(qtbot, tmp_path: Path, plugged) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    assert hands.page.backup.plugged.words() == "没有插上"
    plugged.append(KINGSTON)
    hands.page.watch.look()
    hands.settle()
    assert hands.page.backup.plug.accessibleName() == "U 盘，E: KINGSTON，可用 11.2 GB"
