"""What a roster would bring: its columns with a choice for each, its first persons, what is wrong, what changes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.exchange.roster_columns import LABELS, NOT_TAKEN, with_column
from app.gui.pages.column_cells import ColumnCells
from app.gui.pages.preview_sheet import PreviewSheet
from app.gui.pages.roster_rows import PEOPLE_COLUMNS, RosterRows
from app.gui.widgets.choice_tiles import Option
from app.gui.widgets.record_table import ColumnView
from app.gui.widgets.text import Text

_MOST = 8
NO_NAME = "先指明哪一列是姓名"
NOBODY = "没有一行能收下"


class RosterPreviewSheet(PreviewSheet):
    """Hidden until there is something to decide.

    Signals:
        mapping_chosen: A column is to be read as something else. arg: the new mapping.
    """

    mapping_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("收下花名册", "不收", most=_MOST, parent=parent)
        self.rows: RosterRows | None = None
        self.replaces = Text("", bold=True, wrap=True)
        self.add(self.replaces)
        self.add_buttons()
        self._columns = self.add_list(
            "各列",
            ColumnView(key="heading", title="表头", share=2, bold=True),
            ColumnView(key="reads", title="读作", extent=150, editable=True),
            ColumnView(key="samples", title="前几行", share=4),
        )
        self.columns = self._columns.table
        options = [Option(NOT_TAKEN, NOT_TAKEN), *(Option(name, label) for name, label in LABELS.items())]
        self.cells = ColumnCells(self.columns, "reads", options)
        self.cells.chosen.connect(self._on_chosen)
        self._people = self.add_list("前几个人", *PEOPLE_COLUMNS)
        self.people = self._people.table
        self._remarks = self.add_list(
            "要看的行",
            ColumnView(key="row", title="行", extent=100, bold=True),
            ColumnView(key="column", title="列", extent=100),
            ColumnView(key="reason", title="怎么了", share=3),
            ColumnView(key="state", title="结果", extent=150),
        )
        self.remarks = self._remarks.table
        self._changes = self.add_list(
            "人数",
            ColumnView(key="by", title="分组", extent=110),
            ColumnView(key="name", title="组", share=3, bold=True),
            ColumnView(key="old", title="现在", extent=90, kind="number"),
            ColumnView(key="new", title="以后", extent=90, kind="number"),
        )
        self.changes = self._changes.table
        self.differing = Text("", ink="ink2", wrap=True)
        self.add(self.differing)

    def show_rows(self, rows: RosterRows, read_only: str = "") -> None:
        """Tell what would be taken in; ``read_only`` says why it cannot be."""
        first = self.rows is None
        self.rows = rows
        preview = rows.preview
        reading, opened = preview.reading, preview.opened
        refused = len({each.row for each in reading.refused})
        self.set_title(f"“{opened.file_name[:40]}”：会收下什么")
        self.set_remark(f"表：{opened.table.sheet.name[:20]}")
        self.heads.set_words(
            f"文件里 {reading.rows} 行，会收下 {len(reading.people)} 人"
            + (f"，有 {refused} 行没有收下。改好文件再导入，或者先这样收下。" if refused else "。")
        )
        told = preview.replaces
        self.replaces.set_words(told)
        self.replaces.setVisible(bool(told))
        blocked = read_only or (NO_NAME if "name" not in preview.mapped else "" if reading.people else NOBODY)
        self.accept_button.set_blocked(blocked or None)
        self._columns.fill(rows.columns, "各列读作什么：点“读作”那一格就能改，改过的下次照着读")
        self._people.fill(rows.people, "读出来的前几个人")
        self._remarks.fill(rows.remarks, f"要看的地方 {len(rows.remarks)} 处")
        self._changes.fill(rows.changes, "各组人数")
        differing = [f"{each.sentence}。" for each in preview.differing]
        if differing:
            differing.append("两处不一致，登记的数字不会改；以哪个为准，在“工会”和“企业”里改。")
        self.differing.set_words("\n".join(differing))
        self.differing.setVisible(bool(differing))
        self.show()
        if first:
            if rows.columns:
                self.columns.select(rows.columns[0].id, 1)
            self.columns.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """It is decided."""
        self.rows = None
        self.hide()

    @Slot(str, str)
    def _on_chosen(self, column: str, name: str) -> None:
        if self.rows is None:
            return
        mapped = with_column(self.rows.preview.mapped, int(column), "" if name == NOT_TAKEN else name)
        if mapped != self.rows.preview.mapped:
            self.mapping_chosen.emit(mapped)
