"""The page of all parts: fit to be looked at in every theme and size, and each state has its own tokens.

What a part must look like is told in tokens found within its area, not in a stored picture: pictures would
change with the letters of each machine.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import start
from app.cli.run import _parser
from app.gui.parts_page import PartsPage
from app.gui.parts_samples import CHIPS, COLOURS, ROLES, Ringed, Swatch
from app.gui.theme import apply_theme, current_theme, load_theme
from app.gui.widgets.button import Button
from app.gui.widgets.charts.chart import Chart
from app.gui.widgets.chip import Chip
from app.gui.widgets.editor import FieldBox
from app.gui.widgets.failure_sheet import FailureSheet
from app.gui.widgets.figure_strip import FigureStrip
from app.gui.widgets.finding_card import FindingCard
from app.gui.widgets.item_row import ItemRow
from app.gui.widgets.job_progress import Bar
from app.gui.widgets.matrix import Matrix
from app.gui.widgets.record_table import RecordTable
from app.gui.widgets.secret_block import SecretBlock
from app.gui.widgets.shape import Shape
from app.gui.widgets.text import Text
from app.gui.widgets.undo_bar import UndoBar
from tests.look.judge import judge
from tests.look.keyboard import walk

LOOKS = [
    ("light", 1.0, (1366, 697)),
    ("dark", 1.0, (1366, 697)),
    ("contrast", 1.0, (1920, 1009)),
    ("light", 1.25, (1366, 697)),
    ("dark", 1.25, (1366, 697)),
    ("contrast", 1.25, (1093, 543)),
]


@pytest.fixture(scope="module")
def page(qapp: QApplication) -> Iterator[PartsPage]:
    apply_theme(qapp, "light", 1.0)
    made = PartsPage()
    made.show()
    made.activateWindow()
    for _ in range(5):
        qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    apply_theme(qapp, "light", 1.0)


@pytest.fixture
def dressed(page: PartsPage, qapp: QApplication) -> Callable[..., PartsPage]:
    def dress(theme: str, scale: float = 1.0, size: tuple[int, int] = (1366, 697)) -> PartsPage:
        apply_theme(qapp, theme, scale)
        page.resize(*size)
        for _ in range(5):
            qapp.processEvents()
        return page

    return dress


@pytest.mark.parametrize(("theme", "scale", "size"), LOOKS)
def test_nothing_is_cut_covered_or_faint(dressed, theme: str, scale: float, size: tuple[int, int]) -> None:
    assert judge(dressed(theme, scale, size)) == []


def test_every_control_is_reached_by_key(dressed, qtbot: QtBot) -> None:
    page = dressed("light")
    qtbot.waitUntil(page.isActiveWindow)
    assert walk(page) == []


# ---- tokens found within the area of a part


def tokens_in(part: QWidget) -> set[str]:
    """The tokens whose colour can be found within the part."""
    picture = part.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(picture.constBits()).cast("B").cast("I")
    found = {QColor(each & 0xFFFFFF).name().upper() for each in set(pixels)}
    return {
        token for token, colour in current_theme().colours.items() if QColor(colour).name().upper() in found
    }


def share_of(part: QWidget, token: str) -> float:
    """Which share of the part's area has the colour of a token."""
    picture = part.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = current_theme().colour(token).rgb() & 0xFFFFFF
    pixels = memoryview(picture.constBits()).cast("B").cast("I")
    return sum(each & 0xFFFFFF == wanted for each in pixels) / len(pixels)


THEMES = pytest.mark.parametrize("theme", ["light", "dark", "contrast"])


def buttons(page: PartsPage, words: str) -> list[Button]:
    return [each for each in page.sheets["按钮"].findChildren(Button) if each.words() == words]


@THEMES
def test_buttons_have_the_fill_of_their_state(dressed, theme: str) -> None:
    page = dressed(theme)
    plain, hover, pressed, ringed = buttons(page, "生成要约书")
    assert share_of(plain, "accent") > 0.4
    assert share_of(hover, "accentHover") > 0.4
    assert share_of(pressed, "accentPress") > 0.4
    assert "onAccent" in tokens_in(plain)
    assert isinstance(ringed.parentWidget(), Ringed) and "focus" in tokens_in(ringed.parentWidget())
    second, hovered, _ = buttons(page, "打印")
    assert share_of(second, "surface") > 0.5 and "ctl" in tokens_in(second)
    assert share_of(hovered, "hover") > 0.5
    blocked = buttons(page, "写入 U 盘")[0]
    assert not blocked.isEnabled() and share_of(blocked, "sunken") > 0.5
    assert "请先插入 U 盘" in [each.words() for each in page.sheets["按钮"].findChildren(Text)]


@THEMES
def test_fields_have_the_border_of_their_state(dressed, theme: str) -> None:
    sheet = dressed(theme).sheets["输入"]
    boxes = {}
    for box in sheet.findChildren(FieldBox):
        below = box.parentWidget().findChildren(Text)[-1].words()  # a sample's own words stand last
        boxes[box.parentWidget().accessibleName() or below] = tokens_in(box)
    assert "ctl" in boxes["会议地点"] and "focus" not in boxes["会议地点"]
    assert "focus" in boxes["焦点"]
    assert "ink2" in boxes["指向"]
    assert {"sunken", "line2"} <= boxes["答复期限"]
    assert "sunken" in boxes["签字期限"]
    assert "accentText" in boxes["代码"]
    wrong = next(each for each in dressed(theme).sheets["输入"].findChildren(Ringed))
    assert {"focus", "accentText"} <= tokens_in(wrong)  # both show


@THEMES
def test_chips_have_the_tint_of_their_tone(dressed, theme: str) -> None:
    chips = {chip.words(): chip for chip in dressed(theme).sheets["记号"].findChildren(Chip)}
    assert list(chips) == [words for words, _ in CHIPS]
    assert share_of(chips["已超期 2 天"], "accent") > 0.3
    for words, token in (("剩 3 天", "accentTint"), ("等对方", "infoTint"), ("3月20日 已公布", "okTint")):
        assert share_of(chips[words], token) > 0.3, words
    assert "ctl" in tokens_in(chips["约 6月2日（估算）"])


def test_an_estimate_is_dashed_and_a_date_is_not(dressed) -> None:
    chips = {chip.words(): chip for chip in dressed("light").sheets["记号"].findChildren(Chip)}

    def breaks(chip: Chip, token: str) -> int:
        picture, ink = chip.grab().toImage(), current_theme().colour(token).rgb()
        along = [picture.pixel(x, 0) == ink for x in range(8, picture.width() - 8)]
        return sum(one != other for one, other in itertools.pairwise(along))

    assert breaks(chips["约 6月2日（估算）"], "ctl") > 6
    assert breaks(chips["剩 10 天"], "line2") == 0


@THEMES
def test_swatches_show_their_token(dressed, theme: str) -> None:
    swatches = dressed(theme).sheets["颜色"].findChildren(Swatch)
    assert [each.token for each in swatches] == [token for token, _ in COLOURS]
    for each in swatches:
        at = each.grab().toImage().pixelColor(QPoint(12, each.height() // 2))
        assert at == current_theme().colour(each.token), each.token


@THEMES
def test_feedback_has_its_colours(dressed, theme: str) -> None:
    sheet = dressed(theme).sheets["反馈"]
    bar = sheet.findChildren(UndoBar)[0]
    assert share_of(bar, "undoBar") > 0.6 and "onUndoBar" in tokens_in(bar)
    progress = sheet.findChildren(Bar)[0]
    assert 0.5 < share_of(progress, "accent") < 0.75  # 26 of 41


@THEMES
def test_shapes_are_drawn_in_the_colour_of_their_state(dressed, theme: str) -> None:
    shapes = [each for each in dressed(theme).sheets["记号"].findChildren(Shape) if each.accessibleName()]
    inks = {shape.accessibleName(): tokens_in(shape) for shape in shapes}
    for word, token in (("必须改", "accentText"), ("请说明", "warn"), ("提示", "info"), ("已符合", "ok")):
        assert token in inks[word], word


def test_hidden_bars_are_hatched(dressed) -> None:
    page = dressed("light")
    bars = next(each for each in page.findChildren(Chart) if each.accessibleName().startswith("最希望"))
    picture, area = bars.grab().toImage(), bars.area_of(2)
    y = round(area.center().y())
    along = [picture.pixel(x, y) for x in range(round(area.width() * 0.4), round(area.width() * 0.7))]
    changes = sum(one != other for one, other in itertools.pairwise(along))
    assert changes > 20


def test_the_secret_is_not_on_the_page(dressed) -> None:
    block = dressed("light").sheets["本方底线"].findChildren(SecretBlock)[0]
    covered = block.grab().toImage()
    block.hold(True)
    shown = block.grab().toImage()
    block.hold(False)
    assert shown != covered and block.grab().toImage() == covered


def test_personal_data_is_masked(dressed) -> None:
    field = next(
        each
        for each in dressed("light").sheets["输入"].findChildren(QWidget)
        if each.accessibleName() == "电话"
    )
    assert "13953900021" not in field.findChildren(QWidget)[0].accessibleName()
    assert any(
        "…" in getattr(each, "text", str)() for each in field.findChildren(QWidget) if hasattr(each, "text")
    )


# ---- everything is there


def test_every_part_of_the_look_is_on_the_page(page: PartsPage) -> None:
    wanted = (Button, FieldBox, FindingCard, Chip, Matrix, RecordTable, ItemRow, FigureStrip, SecretBlock)
    assert [each for each in (*wanted, UndoBar, FailureSheet, Chart) if not page.findChildren(each)] == []
    assert list(page.sheets)[:7] == ["颜色", "按钮", "输入", "记号", "表格单元", "反馈", "字号"]


def test_letters_have_the_size_of_their_role(dressed) -> None:
    for scale in (1.0, 1.25):
        words = {each.words(): each for each in dressed("light", scale).sheets["字号"].findChildren(Text)}
        for role, shown in ROLES:
            assert words[shown].font().pixelSize() == round(load_theme("light").roles[role].px * scale)


def test_theme_and_size_are_chosen_on_the_page(dressed, qapp: QApplication) -> None:
    page = dressed("light")
    page.look.theme.set_value("dark")
    page.look.theme.value_changed.emit("dark")
    qapp.processEvents()
    assert current_theme().name == "dark"
    apply_theme(qapp, "light", 1.0)


def test_the_option_opens_it_and_is_in_no_help(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("app.gui.parts_page.show_parts", lambda: opened.append("parts") or 0)
    assert start(["--parts"]) == 0 and opened == ["parts"]
    assert "--parts" not in _parser().format_help()
