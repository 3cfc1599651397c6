"""Colours, sizes and letters of the window, read from resources/themes and applied to the whole program.

Parts ask :func:`current_theme` when they paint, never a colour by its number. Changing the theme sets a new
style sheet, upon which every part receives ``QEvent.StyleChange`` and asks again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import tomli
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import resource

SCALES = (1.0, 1.12, 1.25)
"""Text sizes 标准, 大, 特大."""

AUTO = "auto"
"""Follow the system: its contrast theme, else dark or light."""

SYSTEM = "system"
"""The system's own contrast theme: its colours instead of ours."""

THEME_NAMES = ("light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class TypeRole:
    """One role of letters: height in pixels at 96 dpi and text size 100 %, and whether it is bold."""

    px: int
    bold: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """All tokens of the look.

    Sizes are logical pixels, already multiplied by the text size where they grow.
    """

    name: str
    dark: bool
    scale: float
    colours: Mapping[str, str]
    charts: Mapping[str, str]
    roles: Mapping[str, TypeRole]
    heights: Mapping[str, int]
    extents: Mapping[str, int]
    spaces: Mapping[str, int]
    radii: Mapping[str, int]
    families: tuple[str, ...]
    _fonts: dict[tuple[str, bool], QFont] = field(default_factory=dict, init=False, repr=False, compare=False)

    def colour(self, token: str) -> QColor:
        """The colour of a token such as ``ink1``; KeyError when there is no such token."""
        return QColor(self.colours[token])

    def chart_colour(self, token: str) -> QColor:
        """The colour of a series: ``ours``, ``employer`` or ``others``."""
        return QColor(self.charts[token])

    def px(self, length: float) -> int:
        """``length`` grown with the text size."""
        return round(length * self.scale)

    def height(self, token: str) -> int:
        """A height from look.md, grown with the text size."""
        return self.px(self.heights[token])

    def tight_height(self, token: str) -> int:
        """A height that grows half as much: the navigation has to keep all its entries in sight."""
        return round(self.heights[token] * (1 + (self.scale - 1) / 2))

    def extent(self, token: str) -> int:
        """A width from look.md, grown with the text size."""
        return self.px(self.extents[token])

    def space(self, token: str) -> int:
        """A distance; does not grow."""
        return self.spaces[token]

    def radius(self, token: str) -> int:
        """A corner radius; does not grow."""
        return self.radii[token]

    def font(self, role: str = "body", *, bold: bool | None = None) -> QFont:
        """The letters of a role, with digits of equal width; ``bold`` overrides the role's weight."""
        wanted = self.roles[role]
        heavy = wanted.bold if bold is None else bold
        made = self._fonts.get((role, heavy))
        if made is None:
            made = QFont()
            made.setFamilies(list(self.families))
            made.setPixelSize(self.px(wanted.px))
            made.setBold(heavy)
            made.setFeature(QFont.Tag.fromString("tnum"), 1)
            made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
            self._fonts[role, heavy] = made
        return QFont(made)  # whoever asks may underline it


@cache
def load_theme(name: str, scale: float = 1.0) -> Theme:
    """Read a theme (``light``, ``dark``, ``contrast``) for a text size."""
    base = _read("base")
    own = _read(name)
    return Theme(
        name=name,
        dark=own["dark"],
        scale=scale,
        colours=own["colour"],
        charts=own["chart"],
        roles={role: TypeRole(**values) for role, values in base["type"].items()},
        heights=base["height"],
        extents=base["extent"],
        spaces=base["space"],
        radii=base["radius"],
        families=tuple(base["font"]["families"]),
    )


def _read(name: str) -> dict[str, Any]:
    with resource(f"themes/{name}.toml").open("rb") as file:
        return tomli.load(file)


_applied: list[Theme] = []  # the application's look is one per process, as QApplication's style sheet is
_system_family: list[str] = []  # the system's own letters, asked for before ours took their place


def current_theme() -> Theme:
    """The theme in force; light at 100 % before :func:`apply_theme` was called."""
    return _applied[-1] if _applied else load_theme("light")


def apply_theme(app: QApplication, name: str = AUTO, scale: float = 1.0) -> Theme:
    """Give the whole program a theme and text size. ``name`` is light, dark, contrast or :data:`AUTO`."""
    chosen = system_theme_name() if name == AUTO else name
    theme = load_theme("contrast", scale) if chosen == SYSTEM else load_theme(chosen, scale)
    if chosen == SYSTEM:
        theme = with_system_colours(theme, _system_palette(app))
    _system_family[:] = _system_family or [app.font().family()]
    theme = replace(theme, families=(*theme.families, *_system_family))
    qss = build_qss(theme)
    if chosen != SYSTEM and _applied == [theme] and app.styleSheet() == qss:
        return _applied[-1]  # every part would be styled anew for nothing
    _applied[:] = [theme]
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app.setFont(theme.font())
    app.setPalette(build_palette(theme))
    app.setStyleSheet(qss)
    return theme


def system_theme_name() -> str:
    """What the system asks for: ``system`` (its own contrast colours), ``dark`` or ``light``."""
    hints = QGuiApplication.styleHints()
    # Qt tells of the system's contrast theme since 6.10.
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is not None:
        wanted = accessibility().contrastPreference()
        if wanted == Qt.ContrastPreference.HighContrast:
            return SYSTEM
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _system_palette(app: QApplication) -> QPalette:
    """The system's colours: those in force while we set none of our own."""
    app.setPalette(QPalette())
    return QPalette(app.palette())


def with_system_colours(theme: Theme, palette: QPalette) -> Theme:
    """Replace our colours by those of the system's contrast theme."""
    ink = palette.color(QPalette.ColorRole.WindowText).name()
    paper = palette.color(QPalette.ColorRole.Window).name()
    chosen = palette.color(QPalette.ColorRole.Highlight).name()
    on_chosen = palette.color(QPalette.ColorRole.HighlightedText).name()
    link = palette.color(QPalette.ColorRole.Link).name()
    paper_tokens = (
        "bg",
        "nav",
        "surface",
        "sunken",
        "hover",
        "sel",
        "accentTint",
        "okTint",
        "warnTint",
        "infoTint",
    )
    colours = dict.fromkeys(theme.colours, ink) | dict.fromkeys(paper_tokens, paper)
    colours |= dict.fromkeys(("accent", "accentHover", "accentPress"), chosen)
    colours |= {"onAccent": on_chosen, "onState": paper, "onUndoBar": paper, "info": link, "focus": chosen}
    return replace(theme, colours=colours, charts=dict.fromkeys(theme.charts, ink))


def build_palette(theme: Theme) -> QPalette:
    """The palette behind everything that paints itself the Qt way."""
    role = QPalette.ColorRole
    palette = QPalette()
    for which, token in (
        (role.Window, "bg"),
        (role.WindowText, "ink1"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "ink1"),
        (role.Button, "surface"),
        (role.ButtonText, "ink1"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "ink1"),
        (role.PlaceholderText, "ink3"),
        (role.Highlight, "info"),
        (role.HighlightedText, "onState"),
        (role.Link, "info"),
        (role.Mid, "line2"),
    ):
        palette.setColor(which, theme.colour(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, theme.colour("ink3"))
    return palette


def build_qss(theme: Theme) -> str:
    """The style sheet for what Qt paints: menus, tips, scroll bars, tables, calendars.

    Our parts paint themselves.
    """
    values: dict[str, str] = dict(theme.colours)
    values |= {
        "body": f"{theme.px(theme.roles['body'].px)}px",
        "menu": f"{theme.px(6)}px {theme.px(20)}px",
        "row": f"{theme.px(26)}px",
        "head": f"{theme.height('table_head')}px",
        "control": f"{theme.radius('control')}px",
        "popup": f"{theme.radius('popup')}px",
    }
    sheet = _QSS
    for token in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"@{token};", f"{values[token]};").replace(f"@{token} ", f"{values[token]} ")
    return sheet


def family_in_use(theme: Theme) -> str:
    """The family the machine really draws with; shown in 设置 and used by tests."""
    return QFontInfo(theme.font()).family()


_QSS = """
QToolTip { background: @surface; color: @ink1; border: 1px solid @line2; padding: 4px 8px; font-size: @body; }
QMenu { background: @surface; color: @ink1; border: 1px solid @line2; border-radius: @popup; padding: 4px; }
QMenu::item { padding: @menu; border-radius: @control; background: transparent; }
QMenu::item:selected { background: @hover; color: @ink1; border: 1px solid @ctl; }
QMenu::item:disabled { color: @ink3; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar::handle:vertical { background: @ctl; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle:horizontal { background: @ctl; border-radius: 4px; min-width: 32px; margin: 2px; }
QAbstractScrollArea::corner { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QLineEdit[inbox="true"], QPlainTextEdit[inbox="true"], QComboBox[inbox="true"] {
  background: transparent; border: none; padding: 0px; color: @ink1; selection-background-color: @info;
  placeholder-text-color: @ink3; selection-color: @onState; }
QLineEdit[inbox="true"]:read-only { color: @ink1; }
QComboBox[inbox="true"]::drop-down { border: none; width: 0px; }
QComboBox[inbox="true"] QLineEdit { background: transparent; border: none; padding: 0px; color: @ink1;
  placeholder-text-color: @ink3; }
QAbstractItemView[popup="true"] { background: @surface; color: @ink1; border: 1px solid @line2; outline: none;
  padding: 4px; }
QAbstractItemView[popup="true"]::item { min-height: @row; padding: 0px 6px; border: 1px solid transparent; }
QAbstractItemView[popup="true"]::item:selected { background: @hover; color: @ink1; border: 1px solid @ctl;
  border-radius: @control; }
QTableView { background: transparent; color: @ink1; border: none; gridline-color: @line; outline: none;
  selection-background-color: @sel; selection-color: @ink1; }
QHeaderView { background: @sunken; border: none; }
QHeaderView::section { background: @sunken; color: @ink2; border: none; border-top: 1px solid @line2;
  border-bottom: 1px solid @line2; padding: 0px 8px; height: @head; }
QCalendarWidget QWidget { background: @surface; color: @ink1; alternate-background-color: @sunken; }
QCalendarWidget QToolButton { background: @surface; color: @ink1; border: none; padding: 4px 8px; }
QCalendarWidget QToolButton:hover { background: @hover; }
QCalendarWidget QAbstractItemView { background: @surface; color: @ink1; selection-background-color: @ink1;
  selection-color: @surface; outline: none; }
QCalendarWidget QAbstractItemView:disabled { color: @ink3; }
"""
