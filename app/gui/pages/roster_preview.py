"""What a roster would bring: its columns with a choice for each, its first persons, what is wrong, what changes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.exchange.roster_columns import LABELS, NOT_TAKEN, with_column
from app.gui.pages.roster_rows import PEOPLE_COLUMNS, RosterRows
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text

_MOST = 8
NO_NAME = "先指明哪一列是姓名"
NOBODY = "没有一行能收下"


class RosterPreviewSheet(Sheet):
    """Hidden until there is something to decide.

    Signals:
        mapping_chosen: A column is to be read as something else. arg: the new mapping.
        accepted: 收下花名册. left: 不收.
    """

    mapping_chosen = Signal(object)
    accepted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.rows: RosterRows | None = None
        self._read_only = ""
        self.heads = Text("", wrap=True)
        self.add(self.heads)
        self._make_buttons()
        self._make_choice()
        self.columns, _ = self._list(
            "各列",
            ColumnView(key="heading", title="表头", share=2, bold=True),
            ColumnView(key="samples", title="前几行", share=4),
            ColumnView(key="reads", title="读作", share=1),
        )
        self.columns.row_selected.connect(self._on_column)
        self.people, self._people_words = self._list("前几个人", *PEOPLE_COLUMNS)
        self.remarks, self._remarks_words = self._list(
            "要看的行",
            ColumnView(key="row", title="行", extent=100, bold=True),
            ColumnView(key="column", title="列", extent=100),
            ColumnView(key="reason", title="怎么了", share=3),
            ColumnView(key="state", title="结果", extent=150),
        )
        self.changes, self._changes_words = self._list(
            "人数",
            ColumnView(key="by", title="分组", extent=110),
            ColumnView(key="name", title="组", share=3, bold=True),
            ColumnView(key="old", title="现在", extent=90, kind="number"),
            ColumnView(key="new", title="以后", extent=90, kind="number"),
        )
        self.differing = Text("", ink="ink2", wrap=True)
        self.add(self.differing)
        self.hide()

    def _make_buttons(self) -> None:
        self.accept_button = Button("收下花名册", "primary", "check")
        self.leave_button = Button("不收", "text")
        self.accept_button.clicked.connect(self.accepted)
        self.leave_button.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.accept_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _make_choice(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._choice_words = Text("", ink="ink2")
        options = [Option(NOT_TAKEN, NOT_TAKEN), *(Option(name, label) for name, label in LABELS.items())]
        self.choice = ChoiceField("这一列读作", options, tiles=False, always=True, extent="field_text")
        self.choice.value_changed.connect(self._on_chosen)
        row.addWidget(self._choice_words)
        row.addWidget(self.choice)
        row.addStretch(1)
        self.body.addLayout(row)

    def _list(self, name: str, *columns: ColumnView) -> tuple[RecordTable, Text]:
        words = Text("", bold=True, wrap=True)
        table = RecordTable(name, columns, most=_MOST)
        self.add(words)
        self.add(table)
        return table, words

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
            + "选中一列，就能改它读作什么；改过的下次照着读。"
        )
        blocked = read_only or (NO_NAME if "name" not in preview.mapped else "" if reading.people else NOBODY)
        self.accept_button.set_blocked(blocked or None)
        self.columns.show_rows(rows.columns)
        _fill(self.people, self._people_words, rows.people, "读出来的前几个人")
        _fill(self.remarks, self._remarks_words, rows.remarks, f"要看的地方 {len(rows.remarks)} 处")
        _fill(self.changes, self._changes_words, rows.changes, "各组人数")
        told = [f"{each.sentence}。" for each in preview.differing]
        if told:
            told.append("两处不一致，登记的数字不会改；以哪个为准，在“工会”和“企业”里改。")
        self.differing.set_words("\n".join(told))
        self.differing.setVisible(bool(told))
        self.show()
        if first:
            if rows.columns:
                self.columns.select(rows.columns[0].id)
            self.columns.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_column(self.columns.selected())

    def drop(self) -> None:
        """It is decided."""
        self.rows = None
        self.hide()

    @Slot(object)
    def _on_column(self, row_id: object) -> None:
        if self.rows is None or not isinstance(row_id, str):
            self.choice.setEnabled(False)
            return
        self.choice.setEnabled(True)
        cells = next(each.cells for each in self.rows.columns if each.id == row_id)
        self._choice_words.set_words(f"“{cells['heading']}”这一列读作")
        self.choice.set_value(self.rows.preview.mapped[int(row_id)] or NOT_TAKEN)

    @Slot(object)
    def _on_chosen(self, name: object) -> None:
        chosen = self.columns.selected()
        if self.rows is None or chosen is None or not isinstance(name, str):
            return
        mapped = with_column(self.rows.preview.mapped, int(chosen), "" if name == NOT_TAKEN else name)
        if mapped != self.rows.preview.mapped:
            self.mapping_chosen.emit(mapped)


def _fill(table: RecordTable, words: Text, rows: tuple[RowView, ...], title: str) -> None:
    words.set_words(title)
    table.show_rows(rows)
    words.setVisible(bool(rows))
    table.setVisible(bool(rows))
