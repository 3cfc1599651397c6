"""The window's thread is never busy with one thing for long: a package, a check of 300 findings, 500 files."""

from __future__ import annotations

import dataclasses
import io
import random
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.domain.case import Case
from app.domain.negotiation import Meeting
from app.domain.stages import Stage
from app.usecases.attach_files import attach_files
from app.usecases.make_demo import read_example
from tests.bench.heavy_case import heavy_case
from tests.gui.demo_pages import open_case
from tests.gui.heartbeat import MOST_MS, quietest
from tests.gui.window_driver import Hands

FILES, FINDINGS, ATTACHED = 500, 300, 60
OCTETS = 200_000


def attach(hands: Hands, files: list[Path], stage: Stage) -> None:
    """Put files to a stage, as the page does, and show the case anew."""
    desk = hands.desk

    def work(progress: object) -> object:
        return attach_files(desk.library, desk.case_id, stage, files, actor="测试", progress=progress)

    desk.run_writing("添加材料", work)
    hands.settle()


def anew(hands: Hands) -> None:
    """Open the case once more: its pages are made for it anew."""
    with hands.qtbot.waitSignal(hands.window.ready, timeout=20_000):
        hands.window.open_case(hands.desk.case_id)
    hands.settle()
    hands.qtbot.waitUntil(hands.window._loader.is_over, timeout=20_000)


def test_a_package_with_its_papers_is_written_while_the_window_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    chance = random.Random(1)
    files = [tmp_path / f"扫描件{at:02}.bin" for at in range(ATTACHED)]
    for file in files:
        file.write_bytes(chance.randbytes(OCTETS))
    attach(hands, files, Stage.NEGOTIATION)
    hands.go("report")
    hands.settle()
    written: list[Path] = []

    def write() -> None:
        stick = tmp_path / f"U盘{len(written)}"
        stick.mkdir()
        hands.ask.folders.append(stick)
        hands.press("导出报送包")
        hands.settle()
        written.append(stick)

    heart = quietest(write)
    for stick in written:
        (package,) = stick.iterdir()
        octets = sum(file.stat().st_size for file in package.rglob("*") if file.is_file())
        assert octets > ATTACHED * OCTETS
    assert "可以拔出" in hands.page.stick.accessibleName()
    assert heart.busiest_ms < MOST_MS, heart.report()


def with_findings(count: int) -> Case:
    """A case in which so many things are wrong."""
    case = heavy_case()
    more = tuple(
        Meeting(id=f"more-{at}", number=at + 300, held_on=date(2026, 5, 1), summary="归纳。")
        for at in range(count)
    )
    return dataclasses.replace(case, meetings=(*case.meetings, *more))


@pytest.mark.parametrize("page", ["home", "offer", "negotiation"])
def test_a_change_is_checked_with_300_findings_while_the_window_goes_on(
    qtbot: QtBot, tmp_path: Path, page: str
) -> None:
    hands = open_case(qtbot, tmp_path, with_findings(40))
    hands.go(page)
    hands.settle()
    assert len(hands.desk.checkup.findings) >= FINDINGS
    checked: list[object] = []
    hands.desk.checked.connect(checked.append)
    days = iter(range(1, 20))

    def change() -> None:
        held = hands.desk.case.deliveries[0]
        hands.desk.change("deliveries", held.replace(received_on=date(2026, 3, next(days))))
        hands.settle()

    heart = quietest(change)
    assert checked
    assert checked[-1] is hands.desk.checkup
    assert hands.desk.library.read_case(hands.desk.case_id) == hands.desk.case
    assert heart.busiest_ms < MOST_MS, heart.report()


def test_the_board_opens_with_500_files_while_the_window_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    before = len(hands.desk.case.evidence)
    files = [tmp_path / f"照片{at:03}.png" for at in range(FILES)]
    for at, file in enumerate(files):
        file.write_bytes(picture(at))
    attach(hands, files, Stage.OFFER)
    assert len(hands.desk.case.evidence) == before + FILES
    seen: list[int] = []

    def look() -> None:
        hands.go("evidence")
        hands.page.show_step(Stage.OFFER.value)
        hands.settle()
        seen.append(len(hands.page.papers.table.rows()))

    heart = quietest(look, prepare=lambda: anew(hands))
    assert min(seen) >= FILES
    assert heart.busiest_ms < MOST_MS, heart.report()


def picture(number: int) -> bytes:
    octets = io.BytesIO()
    Image.new("RGB", (64, 48), (number % 256, number // 256 * 90, 60)).save(octets, "PNG")
    return octets.getvalue()


def test_too_much_work_is_too_much_every_time(qapp: object) -> None:
    runs = []

    def work() -> None:
        runs.append(1)
        sum(range(6_000_000))

    heart = quietest(work, tries=2)
    assert len(runs) == 2
    assert heart.busiest_ms > MOST_MS
