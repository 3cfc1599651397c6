"""设置 › 花名册: which roster is in use, and taking in another one. Persons are never shown after that, only counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.data_import import DataImport
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.job_sheet import JobSheet
from app.gui.widgets.button import Button
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.progress import Progress
from app.rules.dates_in_words import day_words
from app.usecases.import_roster import (
    ACTION,
    REMOVAL,
    import_roster,
    open_roster,
    preview_roster,
    proposed_columns,
    remembered_columns,
    remove_roster,
    roster_in_use,
)

if TYPE_CHECKING:
    from app.exchange.roster_columns import Mapped
    from app.gui.pages.roster_preview import RosterPreviewSheet
    from app.gui.pages.roster_rows import RosterRows

TABLE_FILTER = "表格 (*.xlsx *.xlsm *.xls *.et *.csv);;所有文件 (*)"
_SHOWN = frozenset({"data_imports", "staff_groups"})
_MOST = 12
_NONE = (
    "还没有花名册。用人事科或工会自己的表就行：有一行表头，有“姓名”，最好还有部门、岗位类别、性别、身份证号或出生日期。"
    "导入以后，调查结果能和花名册比代表性。"
)
_KEPT = (
    "名字、身份证号、手机只留在这个资料库里，不进文书，不进报送包；用得到的只是下面这些人数。"
    "移除、撤销或者换掉的名单，在关掉程序再打开时彻底删掉；以前做的备份里还有，不要了就把旧备份也删掉。"
)
_GONE = "花名册移除了"
_REMOVED = (
    "关掉程序以前还能撤销；再打开时，名单从资料库里彻底删掉，撤不回来。",
    "以前做的备份里还有这份名单，不要了就把旧备份也删掉。",
)


class RosterView(QWidget):
    """Nothing changes before 收下花名册 is pressed.

    Signals:
        job_started: A long job began. arg: the job.
    """

    job_started = Signal(object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self.preview: RosterPreviewSheet | None = None
        self.job = JobSheet(desk)
        self.job.started.connect(self.job_started)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        for part in (self._make_sheet(), self.job):
            self._column.addWidget(part)
        self._column.addStretch(1)
        desk.case_changed.connect(self._on_case_changed)
        self.show_case()

    def _make_sheet(self) -> Sheet:
        self.sheet = Sheet("花名册")
        self.words = Text("", wrap=True)
        self.sheet.add(self.words)
        self.import_button = Button("导入花名册", "secondary", "upload")
        self.import_button.clicked.connect(self.choose_file)
        row = QHBoxLayout()
        self.remove_button = Button("移除花名册", "text", "remove")
        self.remove_button.clicked.connect(self.remove)
        row.setSpacing(8)
        row.addWidget(self.import_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        self.sheet.body.addLayout(row)
        self.kept = Text(_KEPT, ink="ink2", wrap=True)
        self.sheet.add(self.kept)
        self.groups = RecordTable(
            "花名册人数",
            (
                ColumnView(key="by", title="分组", extent=110),
                ColumnView(key="name", title="组", share=3, bold=True),
                ColumnView(key="people", title="人数", extent=90, kind="number"),
            ),
            most=_MOST,
        )
        self.sheet.add(self.groups)
        return self.sheet

    def is_built(self) -> bool:
        """Stands as soon as it is made."""
        return True

    def first_focus(self) -> QWidget:
        """The button that begins it."""
        return self.import_button

    def in_use(self) -> DataImport | None:
        """The record of the roster in use."""
        return roster_in_use(self._desk.case)

    def show_case(self) -> None:
        """Show which roster is in use, and its head counts."""
        held, groups = self.in_use(), self._desk.case.staff_groups
        blocked = "只能看，不能改" if self._desk.read_only else None
        self.import_button.set_blocked(blocked)
        self.import_button.set_words("换一份花名册" if held is not None else "导入花名册", "upload")
        self.remove_button.set_blocked(blocked)
        self.remove_button.setVisible(held is not None)
        if held is not None and self.job.words().startswith(_GONE):
            self.job.hide()  # it was brought back
        self.words.set_words(_NONE if held is None else _words(held, self._desk))
        self.kept.setVisible(held is not None)
        self.groups.setVisible(bool(groups))
        self.groups.show_rows(
            [
                RowView(
                    each.id,
                    {
                        "by": each.by.label if each.by else "",
                        "name": each.name,
                        "people": str(each.people or 0),
                    },
                )
                for each in groups
            ]
        )

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self.show_case()

    # ---- looking

    @Slot()
    def choose_file(self) -> None:
        """导入花名册."""
        path = self._ask.open_file(self.window(), "选花名册", TABLE_FILTER)
        if path is None or self.job.is_running():
            return
        self._drop_preview()
        desk, on = self._desk, self._desk.program.clock.today()
        library, case_id, case = desk.library, desk.case_id, desk.case

        def work(progress: Progress) -> RosterRows:
            from app.gui.pages.roster_rows import rows_of

            opened = open_roster(Path(path))
            mapped = proposed_columns(opened, remembered_columns(library, case_id))
            return rows_of(preview_roster(case, opened, mapped, on, progress))

        self.job.run("读花名册", work, done=self._on_read, unit="行", cancelled="已停下，什么都没有收。")

    def _on_read(self, rows: RosterRows) -> None:
        if self.preview is None:
            from app.gui.pages.roster_preview import RosterPreviewSheet

            self.preview = RosterPreviewSheet(self)
            self.preview.accepted.connect(self.accept)
            self.preview.left.connect(self.leave)
            self.preview.mapping_chosen.connect(self._on_mapping)
            self._column.insertWidget(self._column.indexOf(self.job) + 1, self.preview)
        self.sheet.hide()  # one thing at a time; it comes back with the decision
        self.preview.show_rows(rows, "只能看，不能改" if self._desk.read_only else "")

    @Slot(object)
    def _on_mapping(self, mapped: Mapped) -> None:
        rows = self.preview.rows if self.preview is not None else None
        if rows is None or self.job.is_running():
            return
        opened, on, case = rows.preview.opened, rows.preview.on, self._desk.case

        def work(progress: Progress) -> RosterRows:
            from app.gui.pages.roster_rows import rows_of

            return rows_of(preview_roster(case, opened, mapped, on, progress))

        self.job.run("读花名册", work, done=self._on_read, unit="行", cancelled="已停下，列的读法没有变。")

    def _drop_preview(self) -> None:
        if self.preview is not None:
            self.preview.drop()
        self.sheet.show()

    # ---- deciding

    @Slot()
    def accept(self) -> None:
        """收下花名册."""
        rows = self.preview.rows if self.preview is not None else None
        if rows is None or self.job.is_running():
            return
        self._drop_preview()
        desk = self._desk
        library, case_id, actor = desk.library, desk.case_id, desk.actor
        self.job.run(
            ACTION,
            lambda _progress: import_roster(library, case_id, rows.preview, actor=actor),
            done=self._on_accepted,
            writes=True,
        )

    def _on_accepted(self, made: DataImport) -> None:
        self.import_button.setFocus()
        self._desk.taken_in.emit(f"已收下花名册 {made.kept} 人")

    @Slot()
    def remove(self) -> None:
        """移除花名册."""
        if self.job.is_running() or self._desk.read_only or self.in_use() is None:
            return
        desk = self._desk
        library, case_id, actor = desk.library, desk.case_id, desk.actor
        self.job.run(
            REMOVAL,
            lambda _progress: remove_roster(library, case_id, actor=actor),
            done=self._on_removed,
            writes=True,
        )

    def _on_removed(self, held: DataImport | None) -> None:
        self.import_button.setFocus()
        if held is not None:
            self.job.say(f"{_GONE}，{held.kept or 0} 人。", remarks=_REMOVED)
            self._desk.taken_in.emit("已移除花名册")

    @Slot()
    def leave(self) -> None:
        """不收."""
        self._drop_preview()
        self.job.say("没有收，什么都没有变。", state="hint")
        self.import_button.setFocus()


def _words(held: DataImport, desk: Desk) -> str:
    day = f"{day_words(held.taken_on, desk.program.clock.today())}" if held.taken_on else ""
    lines = [f"在用的是 {day}导入的“{held.file_name}”，{held.kept or 0} 人。"]
    if held.refused:
        lines.append(f"有 {len(held.refused)} 处没有收下，例如{held.refused[0]}。")
    return "\n".join(lines)
