"""报送包: what it would hold today, each with its state, and what was handed over before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.case import Case
from app.gui.pages.home_words import size_words
from app.gui.theme import current_theme
from app.gui.widgets.item_row import ItemList, ItemView
from app.gui.widgets.list_scroll import ListScroll
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text

if TYPE_CHECKING:
    from app.usecases.earlier_packages import EarlierPackage
    from app.usecases.report_figures import ReportFigures

_WHOLE_FROM = 700


class PackageList(Sheet):
    """Scrolls inside where there are more lines than room; in a wide window it shows them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("报送包", "正在看有些什么…", parent=parent)
        self.items = ItemList(row_height="read_row")
        self._scroll = ListScroll(self.items, least=192)
        self.add(self._scroll, 1)
        self._line = Hairline()
        self._title = Text("往年报送", "sheet")
        self.earlier = ItemList(row_height="read_row")
        for part in (self._line, self._title, self.earlier):
            self.add(part)
        self._has_earlier = False
        self._show_earlier()

    def show_earlier(self, packages: Sequence[EarlierPackage]) -> None:
        """List what was handed over in earlier years, where there is room for it."""
        self._has_earlier = bool(packages)
        self.earlier.show_items(
            [
                ItemView(
                    id=each.case_id,
                    name=f"{each.year} 年",
                    remark="，".join(part for part in (each.what, _when(each)) if part),
                    tail=f"指纹 {grouped(each.fingerprint[:8])}" if each.fingerprint else "",
                    shape="done",
                )
                for each in packages
            ]
        )
        self._show_earlier()

    def _show_earlier(self) -> None:
        wanted = self._has_earlier and self.width() >= current_theme().px(_WHOLE_FROM)
        for part in (self._line, self._title, self.earlier):
            part.setVisible(wanted)

    def show_figures(self, figures: ReportFigures, case: Case) -> None:
        """List what would be in the package of this case."""
        files, octets = figures.material_files, figures.material_octets
        self.set_remark(f"材料 {files} 件，{size_words(octets)}" if files else "")
        items = [
            ItemView(
                id=str(at),
                name=row.name,
                remark=row.form,
                tail=row.remark,
                shape="done" if row.ready else "explain",
                tail_ink="ink1" if row.ready else "warn",
            )
            for at, row in enumerate(figures.contents)
        ]
        for letter in figures.chosen.letters:
            wanted = f"约 {letter.words} 字" if letter.words else "字数没有规定"
            items.append(
                ItemView(
                    id=letter.name,
                    name=letter.name,
                    remark="通知要的",
                    tail=f"{wanted}，写好另附",
                    shape="missing",
                )
            )
        if not case.evidence:
            items.append(ItemView(id="none", name="材料", tail="还没有扫描件和照片", shape="missing"))
        self.items.show_items(items)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll.show_whole(event.size().width() >= current_theme().px(_WHOLE_FROM))
        self._show_earlier()


def grouped(fingerprint: str) -> str:
    """A fingerprint as people compare it: 8F3A 21C7 0B94 …, the first sixteen characters."""
    head = fingerprint[:16].upper()
    return " ".join(head[at : at + 4] for at in range(0, len(head), 4)) + (
        " …" if len(fingerprint) > 16 else ""
    )


def _when(package: EarlierPackage) -> str:
    """6月4日写入，6月5日已报送; the year stands before it."""
    days = ((package.made_on, "写入"), (package.handed_in_on, "已报送"))
    return "，".join(f"{day.month}月{day.day}日{what}" for day, what in days if day is not None)
