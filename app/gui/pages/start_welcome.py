"""Where to begin when a library was open before, and the one page for a further year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts import facts_of
from app.domain.union import AgreementKind, Cycle, Form
from app.gui.pages.start_facts import KIND_TILES, Beginning
from app.gui.pages.start_parts import StartWay
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.number_field import NumberField
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.pack import RulePacks
from app.usecases.program import Program

WAYS = (
    ("new", "plus", "新建资料库", "第一次用，约 5 分钟，任何一页都可以先空着"),
    ("open", "folder", "打开资料库", "以前建好的，或从别的电脑、U 盘复制来的文件夹"),
    ("restore", "history", "从备份还原", "选备份文件，还原到一个新文件夹，原来的不动"),
    ("demo", "book", "看练习案例", "一个虚构企业从调查到履约的全年资料，随便改，不影响别的"),
)
_FORM_MEANS = {
    Form.SINGLE: "只覆盖本企业",
    Form.AREA: "覆盖一片区域的企业",
    Form.INDUSTRY: "覆盖一个行业的企业",
}


class WelcomeView(QWidget):
    """Ways to begin and the libraries opened lately.

    Signals:
        way_chosen: arg: new, open, restore, demo, or ``recent:`` and the folder.
    """

    way_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent: tuple[Path, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._recent_sheet = Sheet("最近打开的")
        column.addWidget(self._recent_sheet)
        sheet = Sheet("或者")
        sheet.body.setSpacing(4)
        self._recent_sheet.body.setSpacing(4)
        sheet.add(
            Text(
                "一个资料库就是一个文件夹，放着本会所有年度的协商资料，可以整个复制。", ink="ink2", wrap=True
            )
        )
        self._ways = [StartWay(*way) for way in WAYS]
        for way in self._ways:
            way.activated.connect(self._on_way)
            sheet.add_line()
            sheet.add(way)
        column.addWidget(sheet)
        self._ways_sheet = sheet
        column.addStretch(1)
        self.show_recent(())

    def show_recent(self, recent: Sequence[Path]) -> None:
        """List libraries opened lately."""
        self._recent = tuple(recent)
        self._recent_sheet.clear()
        for folder in self._recent:
            way = StartWay(f"recent:{folder}", "folder", folder.name, str(folder.parent))
            way.activated.connect(self._on_way)
            self._recent_sheet.add_line()
            self._recent_sheet.add(way)
        self._recent_sheet.setVisible(bool(self._recent))
        self._ways_sheet.set_title("别的开始办法" if self._recent else "这台电脑上还没有打开资料库")

    def has_recent(self) -> bool:
        """Whether any library was opened here before."""
        return bool(self._recent)

    def first_focus(self) -> QWidget:
        """The first way."""
        return self._ways[0]

    @Slot()
    def _on_way(self) -> None:
        sender = self.sender()
        if isinstance(sender, StartWay):
            self.way_chosen.emit(sender.name)


class YearView(QWidget):
    """Which year, which agreement, which form; the region only where the library does not know it yet.

    Signals:
        changed: An answer is another one.
    """

    changed = Signal()

    def __init__(self, program: Program, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        cycle = facts_of(Cycle)
        year = cycle["year"]
        self.year = NumberField(year.label, unit=year.unit, minimum=year.minimum, maximum=year.maximum)
        self.region = ChoiceField(
            "按哪里的规定",
            _regions(program.packs),
            tiles=False,
        )
        kinds = [Option(kind, *words) for kind, words in KIND_TILES.items()]
        forms = [Option(form, form.label, _FORM_MEANS[form]) for form in Form]
        self.kind = ChoiceField(cycle["agreement_kind"].label, kinds, tiles=True, extent="")
        self.form = ChoiceField(cycle["form"].label, forms, tiles=True, extent="")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        sheet = Sheet("这一年谈什么")
        sheet.add(
            Text(
                "工会、企业、部门、职代会和覆盖企业照上一年带过来，带过来以后看一遍再改。",
                ink="ink2",
                wrap=True,
            )
        )
        grid = FormGrid(columns=1)
        for editor in (self.year, self.region, self.kind, self.form):
            grid.add(editor.name, editor)
            editor.edited.connect(self.changed)
        sheet.add(grid)
        column.addWidget(sheet)
        column.addStretch(1)

    def show_packs(self, packs: RulePacks) -> None:
        """Offer the regions of a library, which may have more than the program."""
        self.region.set_options(_regions(packs))

    def show_year(self, year: int, region: str, kind: AgreementKind | None, form: Form | None) -> None:
        """Begin with these answers."""
        self.year.set_value(year)
        self.region.set_value(region or None)
        self.kind.set_value(kind or AgreementKind.WAGE)
        self.form.set_value(form or Form.SINGLE)

    def first_focus(self) -> QWidget:
        """The region while it is not known, else the year."""
        return self.year if self.region.value() else self.region

    def lacks(self) -> str:
        """What must still be chosen, in words."""
        if not isinstance(self.year.value(), int):
            return "还没写年度"
        if not self.region.value():
            return "还没选按哪里的规定"
        if self.kind.value() is None or self.form.value() is None:
            return "还没选合同类型和协商形式"
        return ""

    def beginning(self) -> Beginning | None:
        """What was chosen; ``None`` while something is lacking."""
        year = self.year.value()
        if self.lacks() or not isinstance(year, int):
            return None
        return Beginning(
            folder=None,
            region=str(self.region.value()),
            year=year,
            kind=self.kind.value(),
            form=self.form.value(),
        )


def _regions(packs: RulePacks) -> list[Option]:
    return [Option(pack.key, pack.name, pack.summary) for pack in packs.heads]
