"""The look: contrast, sizes, letters, drawings."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.gui.icons import STATE_SHAPES, icon, pixmap
from app.gui.system_look import SystemLook
from app.gui.theme import (
    SCALES,
    THEME_NAMES,
    Theme,
    apply_theme,
    build_qss,
    current_theme,
    load_theme,
    system_theme_name,
    with_system_colours,
)
from app.gui.widgets.painted import Painted
from app.gui.widgets.text import Text
from app.gui.window_memory import WindowMemory
from app.paths import resource

PAPERS = ("bg", "nav", "surface", "sunken", "hover", "sel")
INKS = ("ink1", "ink2", "ink3", "accentText", "ok", "warn", "info")


def luminance(colour: QColor) -> float:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(value) for value in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_ink_can_be_read_on_every_paper(name: str) -> None:
    theme = load_theme(name)
    for ink in INKS:
        worst = min(contrast(theme.colour(ink), theme.colour(paper)) for paper in PAPERS)
        assert worst >= 4.5, (ink, worst)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_controls_and_the_focus_ring_stand_out(name: str) -> None:
    theme = load_theme(name)
    for token in ("ctl", "focus"):
        worst = min(contrast(theme.colour(token), theme.colour(paper)) for paper in PAPERS)
        assert worst >= 3.0, (token, worst)
    for fill in ("accent", "accentHover", "accentPress"):
        assert contrast(theme.colour(fill), theme.colour("onAccent")) >= 4.5, fill


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("word", ["accent", "ok", "warn", "info"])
def test_words_on_their_own_tint_can_be_read(name: str, word: str) -> None:
    theme = load_theme(name)
    ink = "accentText" if word == "accent" else word
    assert contrast(theme.colour(ink), theme.colour(f"{word}Tint")) >= 4.5


def test_the_themes_have_the_same_tokens() -> None:
    light, *others = (load_theme(name) for name in THEME_NAMES)
    for other in others:
        assert other.colours.keys() == light.colours.keys()
        assert other.charts.keys() == light.charts.keys()


def test_light_has_the_colours_of_the_look() -> None:
    light = load_theme("light")
    assert light.colours["accent"] == "#A11D21"
    assert light.colours["ctl"] == "#87827A"
    assert load_theme("dark").colours["focus"] == "#6DB1FF"
    assert load_theme("contrast").colours["warn"] == "#5A3600"


def test_nothing_is_smaller_than_14_pixels() -> None:
    with resource("themes/base.toml").open("rb") as file:
        roles = tomllib.load(file)["type"]
    assert min(role["px"] for role in roles.values()) == 14


@pytest.mark.parametrize("scale", SCALES)
def test_letters_and_heights_grow_together(scale: float) -> None:
    theme = load_theme("light", scale)
    assert theme.font("body").pixelSize() == round(14 * scale)
    assert theme.height("control") == round(34 * scale)
    assert theme.height("control") >= QFontMetrics(theme.font("body")).height() + 4


def test_digits_are_equally_wide() -> None:
    metrics = QFontMetrics(load_theme("light").font("body"))
    assert len({metrics.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_style_sheet_has_no_token_left(name: str) -> None:
    assert "@" not in build_qss(load_theme(name))


def test_applying_a_theme_reaches_words_that_are_already_shown(qapp: QApplication, qtbot: QtBot) -> None:
    text = Text("字", ink="ink1")
    qtbot.addWidget(text)
    text.show()
    apply_theme(qapp, "dark", 1.25)
    assert current_theme().name == "dark"
    assert text.palette().color(QLabel().foregroundRole()).name().upper() == "#F0EEEA"
    assert text.font().pixelSize() == 18


def test_auto_follows_the_system(qapp: QApplication) -> None:
    theme = apply_theme(qapp, "auto")
    wanted = {"dark": "dark", "light": "light", "system": "contrast"}[system_theme_name()]
    assert theme.name == wanted


def test_every_shipped_drawing_draws_something(qapp: QApplication) -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert {"seal", "home", "octagon", "node_path", "drawing_ballot"} <= set(names)
    for name in names:
        image = pixmap(name, "#000000", 20, 2.0).toImage()
        inked = sum(
            image.pixelColor(x, y).alpha() > 100 for x in range(image.width()) for y in range(image.height())
        )
        assert inked > 20, name


def test_every_state_has_a_drawing_a_colour_and_a_word() -> None:
    theme = load_theme("light")
    for name, colour, word in STATE_SHAPES.values():
        assert resource(f"icons/{name}.svg").is_file()
        assert colour in theme.colours
        assert word


def test_an_icon_takes_the_colour_asked_for(qapp: QApplication) -> None:
    image = icon("circle_i", "#00FF00").pixmap(20, 20).toImage()
    greens = [
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    ].count("#00ff00")
    assert greens > 50


def test_the_system_s_contrast_theme_gives_its_colours() -> None:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.WindowText, "#ffff00"),
        (role.Window, "#000000"),
        (role.Highlight, "#00ffff"),
        (role.HighlightedText, "#000000"),
        (role.Link, "#00ff00"),
    ):
        palette.setColor(which, QColor(colour))
    theme = with_system_colours(load_theme("contrast", 1.12), palette)
    assert (theme.colours["ink2"], theme.colours["surface"]) == ("#ffff00", "#000000")
    assert (theme.colours["accent"], theme.colours["onAccent"]) == ("#00ffff", "#000000")
    assert theme.colours["info"] == "#00ff00"
    assert theme.scale == 1.12
    assert set(theme.colours.values()) <= {"#ffff00", "#000000", "#00ffff", "#00ff00"}


def test_the_look_follows_the_system_until_one_is_chosen(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = ["light"]
    monkeypatch.setattr("app.gui.theme.system_theme_name", lambda: wanted[0])
    monkeypatch.setattr("app.gui.system_look.system_theme_name", lambda: wanted[0])
    memory = WindowMemory(tmp_path)
    look = SystemLook(qapp, memory)
    apply_theme(qapp, "auto")
    wanted[0] = "dark"
    look.follow()
    assert current_theme().name == "dark"
    memory.keep(theme="light")
    apply_theme(qapp, "light")
    wanted[0] = "system"
    look.follow()
    assert current_theme().name == "light"
    memory.keep(theme="auto")
    look.follow()
    assert current_theme().name == "contrast"
    look.stop()


def test_wrapped_words_have_lines_at_least_1_4_high_whatever_the_letters(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "收到之日起十日内书面答复；没有答复的，可以催告并提请上级工会协助。" * 3
    roomy = Text(words, wrap=True)
    qtbot.addWidget(roomy)
    lines = roomy.heightForWidth(200) / QFontMetrics(roomy.font()).lineSpacing()
    tight = load_theme("light").font("body")
    tight.setFamilies(["DejaVu Sans"])
    monkeypatch.setattr(Theme, "font", lambda _theme, _role="body", *, bold=None: tight)
    text = Text(words, wrap=True)
    qtbot.addWidget(text)
    if QFontMetrics(tight).lineSpacing() >= 20:
        pytest.skip("no tight letters on this machine")
    text.resize(200, text.heightForWidth(200))
    assert text.heightForWidth(200) % 20 == 0
    assert abs(text.heightForWidth(200) / 20 - lines) <= 2
    text.show()
    image = text.grab().toImage()
    rows = {y for y in range(image.height()) for x in range(0, image.width(), 2) if _inked(image, x, y)}
    assert max(rows) > image.height() - 20  # the last line is there
    assert max(rows) < image.height()


def _inked(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 120


def test_the_same_look_again_styles_nothing_anew_and_keeps_the_system_s_letters(
    qapp: QApplication, qtbot: QtBot
) -> None:
    class Told(Painted):
        times = 0

        def retheme(self) -> None:
            Told.times += 1
            super().retheme()

    part = Told()
    qtbot.addWidget(part)
    part.show()
    light = apply_theme(qapp, "light")
    told = Told.times
    assert apply_theme(qapp, "light") is light
    assert Told.times == told
    dark = apply_theme(qapp, "dark")
    assert Told.times > told
    again = apply_theme(qapp, "light")
    assert again.families == dark.families == light.families
    other = Told(part)  # and put into another it is told at most once
    told = Told.times
    for outer in (QWidget(part), QWidget(part), QWidget(part)):
        other.setParent(outer)
    assert Told.times <= told + 1


def test_whoever_gets_letters_may_change_them(qapp: QApplication) -> None:
    theme = load_theme("light")
    theme.font("sheet").setUnderline(True)
    assert not theme.font("sheet").underline()
    assert theme.font("sheet").bold()
    assert not theme.font("sheet", bold=False).bold()
