"""The district's table: which notice, the line above it, the cells, where the chosen one comes from, its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.gui.pages.keeps_f4 import KeepsF4
from app.gui.pages.origin_line import OriginLine
from app.gui.pages.statistics_grid import StatisticsGrid
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text

if TYPE_CHECKING:
    from app.figures.tables import Table
    from app.usecases.report_figures import ReportFigures


class TableSheet(Sheet):
    """Shows one table; until its figures are worked out it says so.

    Signals:
        profile_chosen: Another notice. arg: its key.
        origin_chosen: Go to a record. arg: the :class:`app.figures.origin.Origin`.
        until_wanted: 去填统计截止日.
    """

    profile_chosen = Signal(str)
    origin_chosen = Signal(object)
    until_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("统计表", parent=parent)
        self.profile = ChoiceField("上报要求", (), tiles=False)
        self.profile.value_changed.connect(self._on_profile)
        self.profile.setMinimumWidth(current_theme().px(200))
        self.profile.hide()
        self.head.addSpacing(8)
        self.head.addWidget(self.profile)
        self.fields = HeaderLine()
        self.add(self.fields)
        self.grid = StatisticsGrid()
        self._keeps_f4 = KeepsF4(self)
        self._keeps_f4.keep(self.grid)
        self.grid.cell_chosen.connect(self._on_cell)
        self.grid.origin_requested.connect(self._on_cell_origin)
        self.origin = OriginLine()
        self.origin.origin_chosen.connect(self.origin_chosen)
        self.no_table = Text("正在算各项数字…", ink="ink2", wrap=True)
        self.fill_until = Button("去填统计截止日", "link")
        self.fill_until.clicked.connect(self.until_wanted)
        self._problems = Text("", ink="warn", wrap=True)
        self._note = Text("", ink="ink2", wrap=True)
        parts: tuple[QWidget, ...] = (self.grid, self.origin, self.no_table)
        for each in parts:
            self.add(each)
        self.body.addWidget(self.fill_until, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._problems)
        self.add(self._note)
        hidden: tuple[QWidget, ...] = (self.fields, self.grid, self.origin, self.fill_until)
        for each in (*hidden, self._problems, self._note):
            each.hide()

    def show_figures(self, figures: ReportFigures) -> None:
        """Show the table of the chosen notice, or why there is none."""
        options = [Option(each.key, each.name, each.notice) for each in figures.profiles]
        if options != list(self.profile.options()):
            self.profile.set_options(options)
        self.profile.set_value(figures.chosen.key)
        self.profile.show()
        table = figures.table
        self.set_title(table.title if table is not None else "统计表")
        issuer, year = figures.chosen.issuer.partition("、")[0], figures.chosen.issued_on.year
        self.set_remark(f"表样：{issuer} {year} 年通知")
        shown: tuple[QWidget, ...] = (self.grid, self.origin, self.fields)
        for part in shown:
            part.setVisible(table is not None)
        self.no_table.set_words(figures.why_not)
        self.no_table.setVisible(table is None)
        self.fill_until.setVisible(table is None and bool(figures.chosen.known_tables))
        notes = "　".join((table.note, *table.remarks)).strip() if table is not None else ""
        problems = "　".join(table.problems) if table is not None else ""
        self._note.set_words(notes)
        self._note.setVisible(bool(notes))
        self._problems.set_words(problems)
        self._problems.setVisible(bool(problems))
        if table is not None:
            self.fields.show_table(table)
            self.grid.show_table(table)
            self._on_cell(*self.grid.current())

    @Slot(int, int)
    def _on_cell(self, row: int, column: int) -> None:
        figure = self.grid.figure(row, column)
        if figure is not None:
            self.origin.show_figure(self.grid.words_of(row, column), figure)

    @Slot(int, int)
    def _on_cell_origin(self, row: int, column: int) -> None:
        self._on_cell(row, column)
        self.origin.toggle()

    @Slot(object)
    def _on_profile(self, key: object) -> None:
        self.profile_chosen.emit(str(key or ""))


class HeaderLine(QWidget):
    """单位 … │ 负责人 … │ 填报人 …: the line above a table, in two where the room is short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._flow = FlowLayout(self, gap=8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_table(self, table: Table) -> None:
        """Show the fields of a table, and the day up to which things count."""
        until = table.until
        fields = [(field.label, field.value or "（空）") for field in table.header]
        fields.append(("数据截至", f"{until.year}年{until.month}月{until.day}日"))
        if tuple(fields) == self._shown:
            return
        self._shown = tuple(fields)
        while (entry := self._flow.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, (label, value) in enumerate(fields):
            self._flow.addWidget(_Field(label, value, last=at + 1 == len(fields)))
        self.setAccessibleName("，".join(f"{label} {value}" for label, value in fields))

    def words(self) -> str:
        """The whole line."""
        return self.accessibleName()


class _Field(QWidget):
    def __init__(self, label: str, value: str, *, last: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(label, ink="ink2"))
        row.addWidget(Text(value, elide=True))
        if not last:
            row.addWidget(Hairline(standing=True, token="line2"))
