"""设置: facts of union and year, the law on this computer, the library with its backups, the look."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from app.gui.pages.settings_page import SettingsPage
from app.gui.theme import AUTO, current_theme
from app.gui.widgets.choice_tiles import Tile
from app.gui.widgets.text import Text
from app.rules.findings import Where
from app.storage.library import Library
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import open_case
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    made = open_case(qtbot, tmp_path, read_example("shandong-linyi-single"))
    made.go("settings", "union")
    return made


def test_who_we_are_is_written_and_kept(hands: Hands) -> None:
    hands.write("经办人", "亓东篱")
    hands.settle()
    assert hands.desk.library.read_case(hands.desk.case_id).union.handler == "亓东篱"
    assert hands.desk.actor == "亓东篱"


def test_a_door_opens_the_field(hands: Hands) -> None:
    hands.go("home")
    target = hands.window.case_room.doors.open_where(Where("enterprise", "enterprise", "staff"))
    assert hands.window.frame.current_page() == "settings"
    assert hands.page.current_step() == "enterprise"
    assert target is not None
    assert target.property("fact") == "staff"


def test_a_door_finds_the_sheet_of_the_people(hands: Hands) -> None:
    target = hands.page.open_where(Where("union", "union", "handler"))
    assert target is not None
    assert target.property("fact") == "handler"
    titles = [view.section.title for view in hands.page.view().sections]
    assert titles == ["工会", "在这里工作的人"]


def test_what_is_not_here_is_not_opened(hands: Hands) -> None:
    assert hands.page.open_where(Where("offers", "offer-1", "number")) is None
    with pytest.raises(KeyError):
        hands.page.show_step("nowhere")


def test_packs_and_years_are_listed_and_the_rules_are_elsewhere(hands: Hands) -> None:
    hands.go("settings", "rules")
    view = hands.page.view("rules")
    assert view._packs_sheet.remark().startswith("本年度用 山东")
    assert {row.item.name for row in view.years.rows} == {"2024 年", "2025 年", "2026 年"}
    hands.press("去查规则")
    hands.settle()
    assert hands.window.frame.current_page() == "law"
    assert hands.page.current_step() == "rules"


def test_the_library_is_examined(hands: Hands) -> None:
    hands.go("settings", "library")
    hands.press("检查资料库")
    hands.settle()
    assert hands.page.view("library").job.words() == "资料库没有问题。"


def test_damage_is_named(hands: Hands) -> None:
    paper = hands.desk.case.evidence[0].replace(sha256="0" * 64)
    hands.desk.change("evidence", paper)
    hands.settle()
    hands.go("settings", "library")
    hands.press("检查资料库")
    hands.settle()
    assert hands.page.view("library").job.words().startswith("资料库有 1 处不对")


def test_a_backup_is_made_listed_and_restored_elsewhere(hands: Hands, tmp_path: Path) -> None:
    hands.go("settings", "library")
    view = hands.page.view("library")
    hands.press("立即备份")
    hands.settle()
    assert view.job.words().startswith("备份好了")
    (row,) = view.table.rows()
    assert row.cells["state"] == "已试还原，能用"
    view.table.select(row.id)
    hands.ask.folders.append(tmp_path)
    hands.press("从备份还原")
    assert view.strip.isVisible()
    hands.press("还原到新文件夹")
    hands.settle()
    restored = tmp_path / "还原的资料库_20261110"
    with Library.open(restored, clock=hands.program.clock, program_version="1", read_only=True) as library:
        assert library.read_case(library.case_ids()[0]).union == hands.desk.case.union


def test_a_backup_is_tried_again_and_nothing_is_left_of_the_trial(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "临时"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    hands.go("settings", "library")
    view = hands.page.view("library")
    hands.press("立即备份")
    hands.settle()
    assert not view.prove_button.isVisible()
    view.table.select(view.table.rows()[0].id)
    hands.press("再试还原一次")
    hands.settle()
    assert view.job.words().startswith("这份备份能用")
    assert list(scratch.iterdir()) == []


def test_a_restore_can_be_left(hands: Hands, tmp_path: Path) -> None:
    hands.go("settings", "library")
    hands.press("立即备份")
    hands.settle()
    hands.page.view("library").table.select(hands.page.view("library").table.rows()[0].id)
    hands.ask.folders.append(tmp_path / "别处")
    hands.press("从备份还原")
    hands.press("先不还原")
    hands.settle()
    assert not (tmp_path / "别处").exists()


def test_what_is_no_backup_is_refused_in_words(hands: Hands, tmp_path: Path) -> None:
    file = tmp_path / "照片.zip"
    file.write_bytes(b"no archive")
    hands.go("settings", "library")
    hands.ask.files.append([file])
    hands.ask.folders.append(tmp_path)
    hands.press("从备份还原")
    hands.press("还原到新文件夹")
    hands.settle()
    assert hands.window.frame.failure is not None
    assert list(tmp_path.glob("还原的资料库*")) == []


def test_a_backup_goes_to_a_stick(hands: Hands, tmp_path: Path) -> None:
    hands.go("settings", "library")
    stick = tmp_path / "U盘"
    hands.ask.folders.append(stick)
    hands.press("备份到 U 盘")
    hands.settle()
    assert len(list(stick.glob("*.zip"))) == 1
    assert hands.page.view("library").table.rows() == ()
    assert any("里面有花名册和每一份答卷" in each.words() for each in hands.visible(Text))


def test_the_recorder_is_named_with_a_way_to_change_it(hands: Hands) -> None:
    hands.go("settings", "library")
    assert "“孟砺川”" in hands.page.view("library").actor.words()
    hands.press("去改经办人")
    assert hands.page.current_step() == "union"
    assert QApplication.focusWidget() is not None


def test_the_look_changes_at_once_and_is_handed_on(hands: Hands) -> None:
    hands.go("settings", "look")
    page: SettingsPage = hands.page
    chosen: list[tuple[str, float]] = []
    page.look_chosen.connect(lambda theme, scale: chosen.append((theme, scale)))
    hands.press("颜色：深色")
    assert current_theme().dark
    hands.press("字号：特大 125%")
    assert current_theme().scale == 1.25
    assert chosen == [("dark", 1.0), ("dark", 1.25)]


def test_a_remembered_look_is_shown_without_being_applied(hands: Hands) -> None:
    hands.page.show_look(AUTO, 1.12)
    hands.go("settings", "look")
    view = hands.page.view("look")
    assert (view.theme.value(), view.size_choice.value()) == (AUTO, 1.12)
    assert current_theme().scale == 1.0


def test_the_chosen_tile_stays_chosen_when_it_is_pressed_again(hands: Hands) -> None:
    hands.go("settings", "look")
    view = hands.page.view("look")
    chosen: list[tuple[str, float]] = []
    view.show_look("light", 1.12)
    hands.page.look_chosen.connect(lambda theme, scale: chosen.append((theme, scale)))
    for field, label in ((view.theme, "颜色：浅色"), (view.size_choice, "字号：大 112%")):
        hands.press(label)
        hands.key(Qt.Key.Key_Delete)
        tiles = [tile.accessibleName() for tile in field._tiles.tiles if tile.isChecked()]
        assert tiles == [label]
    assert (view.theme.value(), view.size_choice.value()) == ("light", 1.12)
    assert chosen == []
    assert current_theme().scale == 1.0


def test_the_choice_is_marked_before_all_is_styled_anew(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.go("settings", "look")
    view = hands.page.view("look")
    painted: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and isinstance(watched, Tile):
                painted.append(watched.accessibleName())
            return False

    watch = Watch()
    for tile in view.theme._tiles.tiles:
        tile.installEventFilter(watch)
    before: list[set[str]] = []
    monkeypatch.setattr("app.gui.pages.look_view.apply_theme", lambda *_args: before.append(set(painted)))
    hands.press("颜色：深色")
    assert {"颜色：浅色", "颜色：深色"} <= before[0]
