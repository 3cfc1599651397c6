"""A program that was killed while a long job ran tells of it at the next start, once."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.gui.jobs import Job
from app.gui.running_jobs import WHAT_IS_LEFT
from app.gui.widgets.date_reading import clock
from app.gui.widgets.text import Text
from app.storage.library import Library
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.window_driver import Hands, fixed_program

LIBRARY = "资料库"


@pytest.fixture
def killed(qtbot, tmp_path: Path) -> SimpleNamespace:
    """What a killed program leaves of its memory: taken while 生成证据册 runs on 材料与证据."""
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("evidence")
    end = threading.Event()
    job = hands.desk.run_reading("生成证据册", lambda _progress: end.wait(20), done=lambda _result: None)
    hands.page.job_started.emit(job)
    shutil.copytree(tmp_path / "config", tmp_path / "left")
    end.set()
    hands.settle()
    assert not list((tmp_path / "config").glob("running-*")), "it ended: there is nothing to tell"
    hands.window.close()
    return SimpleNamespace(folder=tmp_path / "left", library=tmp_path / LIBRARY)


def begin(qtbot, killed: SimpleNamespace) -> Hands:
    hands = Hands(qtbot, killed.folder, fixed_program(MARCH))
    hands.begin(killed.library)
    return hands


def told(hands: Hands) -> list[str]:
    words = [text.words() for text in hands.visible(Text, hands.page)]
    return [each for each in words if "程序就关了" in each]


def test_the_next_start_says_what_was_broken_off_and_leads_there(qtbot, killed: SimpleNamespace) -> None:
    hands = begin(qtbot, killed)
    began = clock(hands.program.clock.now().astimezone())
    assert told(hands) == [f"上次“生成证据册”还没有做完，程序就关了（今天 {began} 开始的）。"]
    assert WHAT_IS_LEFT["生成证据册"] in [text.words() for text in hands.visible(Text, hands.page)]
    hands.press("去材料与证据", hands.page)
    assert hands.window.frame.current_page() == "evidence"
    hands.go("home")
    assert told(hands) == []
    assert not list(killed.folder.glob("running-*"))


def test_it_is_told_until_it_is_read_and_then_no_more(qtbot, killed: SimpleNamespace) -> None:
    begin(qtbot, killed).window.close()
    hands = begin(qtbot, killed)
    assert len(told(hands)) == 1
    hands.press("收起", hands.page.broken_off)
    assert told(hands) == []
    hands.window.close()
    assert told(begin(qtbot, killed)) == []


def test_what_was_done_again_is_not_told_of_any_more(qtbot, killed: SimpleNamespace) -> None:
    hands = begin(qtbot, killed)
    hands.go("evidence")
    job = hands.desk.run_reading("生成证据册", lambda _progress: None, done=lambda _result: None)
    hands.page.job_started.emit(job)
    hands.settle()
    hands.go("home")
    assert told(hands) == []


def test_another_library_knows_nothing_of_it(qtbot, killed: SimpleNamespace, tmp_path: Path) -> None:
    folder, clock_then = tmp_path / "另一个", fixed_program(MARCH).clock
    with (
        Library.create(folder, clock=clock_then, program_version="1") as library,
        library.write("测试") as unit,
    ):
        unit.add_case(example_in_march())
        unit.commit()
    hands = Hands(qtbot, killed.folder, fixed_program(MARCH))
    hands.begin(folder)
    assert told(hands) == []
    assert list(killed.folder.glob("running-*")), "it is still to be told where it belongs"


def test_a_broken_note_and_one_nobody_may_write_are_no_harm(qtbot, killed: SimpleNamespace) -> None:
    (note,) = killed.folder.glob("running-*")
    note.write_text('[{"name": "生成证据册", "page": 3}]', encoding="utf-8")
    hands = begin(qtbot, killed)
    assert told(hands) == []
    note.unlink()
    note.mkdir()  # nothing can be written under its name
    hands.window.case_room.jobs.follow(Job(lambda _progress: None, name="备份"), "home")
