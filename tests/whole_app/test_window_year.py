"""One year through the real window: from an empty folder, stage by stage, to a verified package.

What is typed are the facts of the shipped example, field by field: once with keys and the mouse, once with keys
alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.case import Case
from app.domain.stages import Stage
from app.exchange.verify import verify_package
from app.forms.pages import page_of
from app.forms.settings import SETTINGS_PAGE
from app.rules.findings import Grade, State
from app.usecases.make_demo import read_example
from tests.gui.window_driver import Hands
from tests.whole_app.keyboard import Keyboard
from tests.whole_app.typist import Typist, arrived


def open_musts(hands: Hands) -> list[str]:
    return [
        finding.sentence
        for finding in hands.desk.checkup.findings
        if finding.grade is Grade.MUST and finding.state is State.OPEN
    ]


def first_use(hands: Hands, place: Path, example: Case) -> None:
    hands.begin(None)
    hands.write("所在地区", "山东省")
    hands.write("工会名称", example.union.name)
    hands.press("下一步：上年情况")
    hands.press("下一步：备份与密码")
    hands.ask.folders.append(place)
    hands.press("换一个文件夹")
    hands.press("下一步：核对并开始")
    hands.press("建好资料库")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk is not None, timeout=20_000)


def explain_what_cannot_be_mended(hands: Hands, example: Case) -> int:
    """Write 如实说明 and 说明 wherever the panel offers it; returns how many."""
    written = 0
    for stage in Stage:
        hands.go(page_of(stage).key)
        written += explain_here(hands, example)
    hands.settle()
    return written


def explain_here(hands: Hands, example: Case) -> int:
    """Write what the panel of the page that is shown asks for; returns how many."""
    words = {written.rule: written for written in example.explanations}
    written = 0
    for _ in range(12):
        hands.settle()
        cards = hands.window.frame.panel.cards()
        wanted = next((c for c in cards if c.finding.action in ("写如实说明", "写说明")), None)
        if wanted is None:
            break
        rule = wanted.finding.id.partition(":")[0]
        known = words.get(rule)
        hands.press(wanted.finding.action, wanted)
        hands.write("情况", known.what_happened if known else "原件在柜里，已经核对过。")
        if wanted.finding.action == "写如实说明":
            hands.write("补救", known.made_good if known else "已经补做。")
        hands.press("写好这条说明")
        written += 1
    return written


@pytest.mark.xvfb
@pytest.mark.parametrize("kind", [Hands, Keyboard], ids=["keys and mouse", "keys alone"])
def test_a_year_from_an_empty_folder_to_a_verified_package(qtbot, tmp_path: Path, kind: type[Hands]) -> None:
    example = read_example("shandong-linyi-single")
    hands = kind(qtbot, tmp_path / "config")
    typist = Typist(hands, example)
    place = tmp_path / "资料"
    scans = tmp_path / "扫描"
    scans.mkdir()

    first_use(hands, place, example)
    typist.type_page(SETTINGS_PAGE)
    for stage in Stage:
        typist.type_page(page_of(stage))
    typist.type_links()
    for stage in Stage:
        typist.attach(stage, scans)
    assert typist.typed > 600
    arrived(typist)

    assert explain_what_cannot_be_mended(hands, example) >= 3
    assert open_musts(hands) == []
    for stage in Stage:
        hands.go(page_of(stage).key)
        hands.press("结束本阶段")
        hands.settle()
        if stage in (
            Stage.REPRESENTATIVES,
            Stage.CONGRESS,
        ):  # one teller counted in that year: asked only now
            assert explain_here(hands, example) == 1
            hands.press("结束本阶段")
            hands.settle()
        assert hands.window.frame.failure is None, hands.window.frame.failure.failure.what_happened
    assert {closing.stage for closing in hands.desk.case.stage_closings} == set(Stage)

    target = tmp_path / "报送"
    target.mkdir()
    hands.go("report")
    hands.ask.folders.append(target)
    hands.press("导出报送包")
    hands.settle()
    hands.qtbot.waitUntil(lambda: bool(hands.desk.case.made_packages), timeout=60_000)
    hands.settle()
    (package,) = [folder for folder in target.iterdir() if folder.is_dir()]
    verification = verify_package(package)
    assert verification.ok, verification.problems
    assert hands.window.close()
