"""外观: theme and text size, at once."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.gui.theme import AUTO, SCALES, apply_theme, current_theme, family_in_use
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

THEMES = (
    Option(AUTO, "跟随电脑", "电脑是深色就用深色"),
    Option("light", "浅色", "白纸，暖灰底"),
    Option("dark", "深色", "夜里看着不刺眼"),
    Option("contrast", "高对比", "全白底、全黑线"),
)
SIZES = tuple(
    Option(scale, f"{word} {scale:.0%}", meaning)
    for scale, word, meaning in zip(
        SCALES, ("标准", "大", "特大"), ("一屏看得最多", "看着省力", "排成一列"), strict=True
    )
)


class LookView(QWidget):
    """Takes effect at once; the paper in a preview stays white.

    Signals:
        look_changing: Another look is about to be put on.
        look_chosen: To be remembered. arg: theme (``auto``, ``light``, ``dark``, ``contrast``), arg: text size.
    """

    look_changing = Signal()
    look_chosen = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        sheet = Sheet("外观", "选了就变，纸面预览总是白的")
        self.theme = ChoiceField("颜色", THEMES, tiles=True, always=True)
        self.size_choice = ChoiceField("字号", SIZES, tiles=True, always=True)
        for field in (self.theme, self.size_choice):
            field.value_changed.connect(self._on_chosen)
        grid = FormGrid(columns=1)
        grid.add("颜色", self.theme, wide=True)
        grid.add("字号", self.size_choice, wide=True)
        sheet.add(grid)
        self._family = Text("", ink="ink2")
        sheet.add(self._family)
        column.addWidget(sheet)
        column.addStretch(1)
        self.show_look(current_theme().name, current_theme().scale)

    def is_built(self) -> bool:
        """Stands as soon as it is made, unlike a ``StepView``."""
        return True

    def show_look(self, theme: str, scale: float) -> None:
        """Show what is chosen, without applying it."""
        self.theme.set_value(theme if any(option.value == theme for option in THEMES) else AUTO)
        self.size_choice.set_value(min(SCALES, key=lambda each: abs(each - scale)))
        self._family.set_words(f"字体：{family_in_use(current_theme())}")

    @Slot(object)
    def _on_chosen(self, _value: object) -> None:
        theme, scale = str(self.theme.value() or AUTO), float(self.size_choice.value() or 1.0)
        for field in (self.theme, self.size_choice):
            field.repaint_tiles()  # styling all parts anew takes a moment: the choice is marked before
        self._family.set_words("正在换…")
        self._family.repaint()
        self.look_changing.emit()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme, scale)
        self._family.set_words(f"字体：{family_in_use(current_theme())}")
        self.look_chosen.emit(theme, scale)
