"""已有的材料: the evidence of a stage with small pictures, and the facts of the selected piece beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.evidence import Evidence, Origin
from app.domain.facts import facts_of
from app.domain.stages import Stage
from app.gui.desk import Desk
from app.gui.forms.naming import shown
from app.gui.forms.record_form import RecordForm
from app.gui.pages.needs_sheet import need_key
from app.gui.pages.thumbs import Thumbs
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.drop_zone import DropZone
from app.gui.widgets.evidence_row import broken_words
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.paper_list import PaperList, PaperView
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.rules.required_papers import PaperNeed

FIRST = ("title_text", "code", "on_day", "place", "caption", "origin")
"""What is said about nearly every piece; the rest waits under 更多内容."""

REST = ("stage", "responsible", "shelf", "proves", "personal", "missing_reason")
"""What is seldom said; what is read off the file is not asked at all."""


class EvidenceSheet(Sheet):
    """The evidence of one stage (``None``: of no stage).

    Signals:
        look_requested: 预览, Enter, Space or a double click. arg: the evidence's id.
        selected: Another piece is selected. arg: its id, empty when none is.
        fill_requested: A file is wanted for a piece that has none. arg: its id.
        files_dropped: arg: the files.
        files_wanted: Ctrl U or a click on the drop zone.
        paper_only_requested: A piece that exists on paper only is to be recorded.
    """

    look_requested = Signal(str)
    selected = Signal(str)
    fill_requested = Signal(str)
    files_dropped = Signal(object)
    files_wanted = Signal()
    paper_only_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("已有的材料", parent=parent)
        self._desk = desk
        self._needs: dict[str, PaperNeed] = {}
        editable = not desk.read_only
        self.thumbs = Thumbs(desk.runner, desk.library.attachments_folder, self)
        self.table = PaperList("已有的材料", self.thumbs.picture)
        self.thumbs.ready.connect(self.table.show_picture)
        self.table.row_selected.connect(self._on_selected)
        self.table.row_opened.connect(self.look_requested)
        self.table.remove_requested.connect(self._on_remove)
        self._empty = Text("还没有材料。把扫描件拖到这里，或按 Ctrl U。", ink="ink2", wrap=True)
        self.add(self._empty)
        self.add(self.table, 1)
        self.zone = DropZone()
        self.zone.files_dropped.connect(self.files_dropped)
        self.zone.activated.connect(self.files_wanted)
        self.add(self.zone)
        self.zone.setVisible(editable)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.look = Button("预览", "secondary", "eye", in_table=True)
        self.fill = Button("添加文件", "secondary", "upload", in_table=True)
        self.remove = Button("移除材料", "text", "remove", in_table=True)
        self.paper_only = Button("登记一份纸质材料", "link", "plus")
        self.look.clicked.connect(self._on_look)
        self.fill.clicked.connect(self._on_fill)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.paper_only.clicked.connect(self.paper_only_requested)
        for button in (self.look, self.fill, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.paper_only)
        self.body.addLayout(buttons)
        self.paper_only.setVisible(editable)
        self.form: RecordForm | None = None
        self._making = QTimer(self)
        self._making.setInterval(0)
        self._making.timeout.connect(self._make_some)
        self._shown = ""
        self._show_form("")

    # ---- what is shown

    def show_papers(self, papers: Sequence[Evidence], needs: Sequence[PaperNeed]) -> None:
        """Show the evidence of a stage; ``needs`` are what it may be assigned to."""
        self._needs = {need_key(need): need for need in needs if need.proves}
        names = {paper_id: need.name for need in needs for paper_id in (*need.have, *need.broken)}
        rows = [self._row(paper, names.get(paper.id, "")) for paper in papers]
        self.set_remark(f"{len(rows)} 件" if rows else "")
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)
        self._show_form(self._shown if any(paper.id == self._shown for paper in papers) else "")
        if rows and self.form is None:
            self._making.start()

    def _row(self, paper: Evidence, need: str) -> PaperView:
        case, declared = self._desk.case, facts_of(Evidence)
        own = paper.title_text or paper.file_name or "（还没写名称）"
        there = bool(paper.sha256) or paper.origin is Origin.PAPER
        parts = [shown(case, declared[name], getattr(paper, name)) for name in ("origin", "on_day", "place")]
        if paper.pages and paper.pages > 1:
            parts.append(f"{paper.pages} 页")
        if paper.origin is Origin.PAPER:
            parts.append(f"在{paper.shelf}" if paper.shelf else "还没写存放处")
        elif not there:
            parts = [paper.missing_reason or "还没有文件", *parts[1:]]
        if paper.is_broken:
            parts = [broken_words(paper.media_type)]
        if need and need not in own:
            parts.insert(0, need)
        shape = "done" if there else "explain" if paper.missing_reason else "lacking"
        return PaperView(
            id=paper.id,
            name=f"{paper.code} {own}".strip(),
            remark=" · ".join(part for part in parts if part),
            shape="explain" if paper.is_broken else shape,
            sha256=paper.sha256,
            media_type=paper.media_type,
        )

    def shown_id(self) -> str:
        """The piece whose facts are shown."""
        return self._shown

    def edit(self, evidence_id: str, fact: str = "") -> QWidget | None:
        """Open the facts of a piece and go to one of them."""
        self.table.select(evidence_id)
        self._show_form(evidence_id)
        if self.form is None:
            return None
        target: QWidget = (self.form.editor(fact) if fact else None) or self.form.editors["title_text"]
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

    def is_built(self) -> bool:
        """Whether the form of a piece is at hand, or none is needed yet."""
        return not self._making.isActive()

    @Slot()
    def _make_some(self) -> None:
        """The facts beneath the list are made while there is a list and nobody has selected a piece yet."""
        if self.form is None:
            self._make_form()
        elif not self.form.build_some(4):
            self._making.stop()

    def _make_form(self) -> None:
        self._line = Hairline(parent=self)
        self.add(self._line)
        self._grid = FormGrid(columns=1, parent=self)
        self.fits = ChoiceField(
            "对应哪份", (), tiles=False, empty="", hint="选一份应有的材料", parent=self._grid
        )
        self.fits.setToolTip("选了，应有的那一份就算有了。")
        self.fits.value_changed.connect(self._on_fits)
        self._grid.add("对应哪份", self.fits, wide=True)
        self.add(self._grid)
        declared = facts_of(Evidence)
        facts = [declared[name] for name in (*FIRST, *REST)]
        self.form = RecordForm("evidence", facts, self._desk, first=FIRST, parent=self)
        self.add(self.form)
        for part in (self._line, self._grid, self.form):
            part.hide()

    def _show_form(self, evidence_id: str) -> None:
        changed = evidence_id != self._shown
        self._shown = evidence_id
        held = self._held()
        if held is not None and self.form is None:
            self._make_form()
        if self.form is not None:
            if held is not None:
                self._making.stop()
                self.form.build_all()
            for part in (self._line, self._grid, self.form):
                part.setVisible(held is not None)
        editable = not self._desk.read_only
        self.look.setVisible(held is not None and bool(held.sha256))
        self.fill.setVisible(held is not None and (not held.sha256 or held.is_broken) and editable)
        self.remove.setVisible(held is not None and editable)
        if changed:
            self.selected.emit(evidence_id)
        if held is None or self.form is None:
            return
        if self.form.record_id() != evidence_id:
            self.form.show_record(evidence_id)
        options = [Option("", "不对应哪一份")]
        options += [Option(key, f"{need.name} {need.about}".strip()) for key, need in self._needs.items()]
        if options != list(self.fits.options()):
            self.fits.set_options(options)
        self.fits.set_read_only(self._desk.read_only)
        fitting = (key for key, need in self._needs.items() if held.id in (*need.have, *need.broken))
        self.fits.set_value(next(fitting, ""))

    # ---- what is done

    @Slot(object)
    def _on_selected(self, row_id: object) -> None:
        self._show_form(str(row_id) if row_id else "")

    @Slot(str)
    def _on_remove(self, evidence_id: str) -> None:
        if not self._desk.read_only:
            self._desk.remove("evidence", evidence_id)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self._on_remove(self._shown)

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
