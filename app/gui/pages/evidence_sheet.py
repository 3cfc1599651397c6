"""已有的材料: the evidence of a stage as a table, and the facts of the selected piece beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.evidence import Evidence
from app.domain.facts import facts_of
from app.domain.stages import Stage
from app.gui.desk import Desk
from app.gui.forms.naming import shown
from app.gui.forms.record_form import RecordForm
from app.gui.pages.needs_sheet import need_key
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.drop_zone import DropZone
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Hairline, Sheet
from app.rules.required_papers import PaperNeed

ASKED = (
    "code",
    "title_text",
    "stage",
    "origin",
    "on_day",
    "place",
    "responsible",
    "shelf",
    "proves",
    "personal",
    "caption",
    "missing_reason",
)
"""What the user says about a piece of evidence; the rest is read off the file."""

_COLUMNS = (
    ColumnView(key="code", title="编号", extent=84, bold=True),
    ColumnView(key="title_text", title="名称", share=3),
    ColumnView(key="origin", title="形式", extent=96),
    ColumnView(key="on_day", title="日期", extent=110),
    ColumnView(key="place", title="地点", share=1),
)


class EvidenceSheet(Sheet):
    """The evidence of one stage (``None``: of no stage).

    Signals:
        look_requested: 预览, Enter or a double click. arg: the evidence's id.
        fill_requested: A file is wanted for a piece that has none. arg: its id.
        files_dropped: arg: the files.
        files_wanted: Ctrl U or a click on the drop zone.
        paper_only_requested: A piece that exists on paper only is to be recorded.
    """

    look_requested = Signal(str)
    fill_requested = Signal(str)
    files_dropped = Signal(object)
    files_wanted = Signal()
    paper_only_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("已有的材料", parent=parent)
        self._desk = desk
        self._needs: dict[str, PaperNeed] = {}
        editable = not desk.read_only
        self.table = RecordTable(
            "已有的材料",
            _COLUMNS,
            remove_words="移除材料" if editable else "",
            empty_words="还没有材料。把扫描件拖到这里，或按 Ctrl U。",
            most=7,
        )
        self.table.row_selected.connect(self._on_selected)
        self.table.row_opened.connect(self.look_requested)
        self.table.remove_requested.connect(self._on_remove)
        self.add(self.table)
        self.zone = DropZone()
        self.zone.files_dropped.connect(self.files_dropped)
        self.zone.activated.connect(self.files_wanted)
        self.add(self.zone)
        self.zone.setVisible(editable)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        self.look = Button("预览", "secondary", "eye", in_table=True)
        self.fill = Button("添加文件", "secondary", "upload", in_table=True)
        self.paper_only = Button("登记一份只有纸质的材料", "link", "plus")
        self.look.clicked.connect(self._on_look)
        self.fill.clicked.connect(self._on_fill)
        self.paper_only.clicked.connect(self.paper_only_requested)
        for button in (self.look, self.fill, self.paper_only):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.paper_only.setVisible(editable)
        self._line = Hairline()
        self.add(self._line)
        self.fits = ChoiceField("对应哪份", (), tiles=False, empty="", hint="选一份应有的材料")
        self.fits.setToolTip("选了，应有的那一份就算有了。")
        self.fits.value_changed.connect(self._on_fits)
        self._grid = FormGrid(columns=1)
        self._grid.add("对应哪份", self.fits, wide=True)
        self.add(self._grid)
        self.form: RecordForm | None = None
        self._shown = ""
        self._show_form("")

    # ---- what is shown

    def show_papers(self, papers: Sequence[Evidence], needs: Sequence[PaperNeed]) -> None:
        """Show the evidence of a stage; ``needs`` are what it may be assigned to."""
        case, declared = self._desk.case, facts_of(Evidence)
        self._needs = {need_key(need): need for need in needs if need.proves}
        options = [Option("", "不对应哪一份")]
        options += [Option(key, f"{need.name} {need.about}".strip()) for key, need in self._needs.items()]
        if options != list(self.fits.options()):
            self.fits.set_options(options)
        rows = []
        for paper in papers:
            cells: dict[str, Any] = {
                column.key: shown(case, declared[column.key], getattr(paper, column.key))
                for column in _COLUMNS
            }
            cells["title_text"] = paper.title_text or paper.file_name or "（还没写名称）"
            state = (
                {}
                if paper.sha256 or paper.shelf
                else {"code": "explain" if paper.missing_reason else "missing"}
            )
            rows.append(RowView(paper.id, cells, state))
        self.set_remark(f"{len(rows)} 件" if rows else "")
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)
        self._show_form(self._shown if any(paper.id == self._shown for paper in papers) else "")

    def shown_id(self) -> str:
        """The piece whose facts are shown."""
        return self._shown

    def edit(self, evidence_id: str, fact: str = "") -> QWidget | None:
        """Open the facts of a piece and go to one of them."""
        self.table.select(evidence_id)
        self._show_form(evidence_id)
        if self.form is None:
            return None
        target: QWidget = self.form.editors.get(fact) or self.form.editors["title_text"]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    def refresh(self, changed: frozenset[str]) -> None:
        """The case changed."""
        if self.form is not None:
            self.form.refresh(changed)

    def commit(self) -> None:
        """Hand on what is typed."""
        if self.form is not None:
            self.form.commit()

    def _held(self) -> Evidence | None:
        found: Evidence | None = self._desk.case.find("evidence", self._shown)
        return found

    def _show_form(self, evidence_id: str) -> None:
        self._shown = evidence_id
        held = self._held()
        if held is not None and self.form is None:
            declared = facts_of(Evidence)
            self.form = RecordForm("evidence", [declared[name] for name in ASKED], self._desk)
            self.form.build_all()
            self.add(self.form)
        for part in (self._line, self._grid, self.form):
            if part is not None:
                part.setVisible(held is not None)
        self.look.setVisible(held is not None and bool(held.sha256))
        self.fill.setVisible(held is not None and not held.sha256 and not self._desk.read_only)
        if held is None or self.form is None:
            return
        if self.form.record_id() != evidence_id:
            self.form.show_record(evidence_id)
        self.fits.set_read_only(self._desk.read_only)
        self.fits.set_value(next((key for key, need in self._needs.items() if held.id in need.have), ""))

    # ---- what is done

    @Slot(object)
    def _on_selected(self, row_id: object) -> None:
        self._show_form(str(row_id) if row_id else "")

    @Slot(str)
    def _on_remove(self, evidence_id: str) -> None:
        self._desk.remove("evidence", evidence_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_look(self) -> None:
        self.look_requested.emit(self._shown)

    @Slot()
    def _on_fill(self) -> None:
        self.fill_requested.emit(self._shown)

    @Slot(object)
    def _on_fits(self, key: object) -> None:
        held = self._held()
        if held is None:
            return
        need = self._needs.get(str(key or ""))
        if need is not None:
            self._desk.change("evidence", held.replace(paper=need.key, proves=need.proves, stage=need.stage))
        else:
            self._desk.change("evidence", held.replace(paper="", proves=""))


def evidence_of(papers: Sequence[Evidence], stage: Stage | None) -> tuple[Evidence, ...]:
    """The evidence of one stage, in order."""
    return tuple(paper for paper in papers if paper.stage is stage)
