"""两地对照: two regions' rules beside each other, row by row; printed, or kept as PDF or Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.ask import PDF_FILTER, Ask
from app.gui.desk import Desk
from app.gui.forms.rule_door import RuleDoor
from app.gui.pages.job_sheet import JobSheet
from app.gui.pages.law_choice import asked_of, form_field, kind_field, region_field
from app.gui.preview_pages import Looked
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.date_field import DateField
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.line_field import LineField
from app.gui.widgets.named_fields import NamedFields
from app.gui.widgets.pieces import Pieces
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.progress import Progress
from app.rules.compare import Comparison, Difference, compare, counted
from app.rules.findings import cite
from app.rules.lookup import Asked, RuleSight
from app.rules.pack import NATIONAL
from app.usecases.compare_regions import RegionsCompared

DIFFERENT, VALUES, EVERYTHING = "different", "values", "everything"
EXCEL_FILTER = "Excel 表格 (*.xlsx)"
_OPEN = ActionView("open", "打开对照表", "open")
_WEIGHTY = (Difference.VALUE, Difference.SILENT)

Field = TypeVar("Field", bound=FieldEditor)

Choice = tuple[str, str, Asked]
"""Two regions by key, and what is asked."""


class LawCompare(QWidget):
    """Compared once for each choice, behind the window; words and 列出 only choose among the rows.

    Signals:
        door_opened: Go there. arg: a ``RuleDoor``.
        job_started: A file is written. arg: the job.
    """

    door_opened = Signal(object)
    job_started = Signal(object)

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self.made: RegionsCompared | None = None
        self._year: tuple[str, Asked] | None = None
        self._shown: Choice | None = None
        self._wanted: Choice | None = None
        self._written: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.job = JobSheet(desk, self)
        self.job.started.connect(self.job_started)
        self.job.action_requested.connect(self._on_job_action)
        column.addWidget(self.job)
        fields = Sheet(parent=self)
        self._fields = NamedFields()
        fields.add(self._fields)
        self.left = self._asking(region_field(desk, "地区一"), 120)
        column.addWidget(fields)
        self._sheet = Sheet("两地对照", parent=self)
        column.addWidget(self._sheet, 1)
        self._pieces = Pieces(
            (
                self._make_right,
                self._make_day,
                self._make_kind,
                self._make_form,
                self._make_words,
                self._make_which,
                self._make_table,
            ),
            self,
        )
        self._pieces.whole.connect(self._on_whole)

    def _asking(self, field: Field, wide: int) -> Field:
        self._fields.add(field, wide)
        field.value_changed.connect(self._on_asked)
        return field

    def _make_right(self) -> None:
        self.right = self._asking(region_field(self._desk, "地区二"), 120)

    def _make_day(self) -> None:
        self.day = self._asking(DateField("按哪一天", extent=""), 190)

    def _make_kind(self) -> None:
        self.kind = self._asking(kind_field(), 150)

    def _make_form(self) -> None:
        self.form = self._asking(form_field(), 110)

    def _make_words(self) -> None:
        self.words = LineField("找", hint="几个字，例如：答复、公布", extent="")
        self.words.edited.connect(self._on_narrowed)
        self._fields.add(self.words, 220)

    def _make_which(self) -> None:
        options = (
            Option(DIFFERENT, "不同的"),
            Option(VALUES, "数值和有无规定"),
            Option(EVERYTHING, "全部，一样的也列"),
        )
        self.which = ChoiceField("列出", options, tiles=False, empty=DIFFERENT, extent="")
        self.which.set_value(DIFFERENT)
        self.which.value_changed.connect(self._on_narrowed)
        self._fields.add(self.which, 170)

    def _make_table(self) -> None:
        self.table = RecordTable(
            "两地对照",
            (
                ColumnView(key="title", title="规则", share=4, bold=True),
                ColumnView(key="left", title="一", share=8),
                ColumnView(key="right", title="二", share=8),
                ColumnView(key="words", title="区别", share=4),
            ),
            empty_words="没有要列的规则：两地一样，或没有这样的字。在“列出”里可以选全部。",
            most=5,
            two_lines=True,
        )
        self.table.row_opened.connect(self._on_opened)
        self._sheet.add(self.table, 1)

    @Slot()
    def _on_whole(self) -> None:
        self.show_case()

    def is_built(self) -> bool:
        """Whether the comparison asked for is shown."""
        return self._shown is not None and self._shown == self._wanted

    # ---- what is compared

    def show_case(self) -> None:
        """Begin with the year's own region and the national rules; what was chosen here stays."""
        if not self._pieces.is_whole():
            self._pieces.start()
            return
        case, program = self._desk.case, self._desk.program
        year = (program.pack_or_national(case).key, asked_of(self._desk, case))
        if year == self._year:
            return
        self._year = year
        region, asked = year
        self.left.set_value(region)
        self.right.set_value(NATIONAL)
        self.kind.set_value(asked.kind)
        self.form.set_value(asked.form)
        self.day.set_value(asked.on)
        self._compare()

    def asked(self) -> Choice:
        """What is compared; where a field was emptied the year's own."""
        assert self._year is not None
        region, own = self._year
        asked = Asked(
            self.kind.value() or own.kind, self.form.value() or own.form, self.day.value() or own.on
        )
        return str(self.left.value() or region), str(self.right.value() or NATIONAL), asked

    def _compare(self) -> None:
        wanted = self.asked()
        if wanted == self._wanted:
            return
        self._wanted = wanted
        left, right, asked = wanted
        packs = self._desk.program.packs

        def work(_progress: Progress) -> RegionsCompared:
            one, other = packs.region(left), packs.region(right)
            return RegionsCompared(one, other, asked, compare(one, other, asked))

        def done(made: RegionsCompared) -> None:
            if wanted == self._wanted:
                self._shown, self.made = wanted, made
                self.table.set_title("left", made.left.name)
                self.table.set_title("right", made.right.name)
                self._show_rows()

        self._desk.run_reading("对照", work, done=done)

    # ---- what is shown

    def rows(self) -> tuple[Comparison, ...]:
        """The rows that are listed."""
        if self.made is None:
            return ()
        which, words = self.which.value() or DIFFERENT, self.words.typed()
        return tuple(
            row
            for row in self.made.rows
            if (which == EVERYTHING or (row.difference in _WEIGHTY if which == VALUES else row.differs))
            and row.fits(words)
        )

    def _show_rows(self) -> None:
        if self.made is None:
            return
        chosen = self.rows()
        self.table.show_rows(
            [
                RowView(
                    row.rule,
                    {
                        "title": row.title,
                        "left": side_words(row.left),
                        "right": side_words(row.right),
                        "words": row.words.replace("，", "\n", 1),
                    },
                )
                for row in chosen
            ]
        )
        if chosen and self.table.selected() is None:
            self.table.select(chosen[0].rule)
        self._sheet.set_title(f"{self.made.left.name}、{self.made.right.name}")
        self._sheet.set_remark(
            f"列出 {len(chosen)} 条，共 {len(self.made.rows)} 条；{counted(self.made.rows)}"
        )

    def first_focus(self) -> QWidget | None:
        """The rows, once they are there."""
        return self.table.view if self.is_built() and self.table.rows() else self.left

    @Slot()
    def _on_narrowed(self, _value: object = None) -> None:
        self._show_rows()

    @Slot(object)
    def _on_asked(self, _value: object) -> None:
        if self._pieces.is_whole():
            self._compare()

    @Slot(str)
    def _on_opened(self, rule: str) -> None:
        """Enter: the rule in full, of the region in whose column the cursor stands."""
        if self._shown is not None:
            left, right, asked = self._shown
            region = right if self.table.current_cell()[1] == "right" else left
            self.door_opened.emit(RuleDoor(rule, region=region, asked=asked))

    # ---- on paper

    def save(self, suffix: str) -> None:
        """Ask where, then write the rows that are listed as ``.pdf`` or ``.xlsx``."""
        made, rows = self.made, self.rows()
        if made is None or self.job.is_running():
            return
        from app.exchange.safe_names import safe_name

        filters = PDF_FILTER if suffix == ".pdf" else EXCEL_FILTER
        name = safe_name(f"{made.title}{suffix}")
        target = self._ask.save_file(self.window(), "对照表存到哪里", name, filters)
        if target is None:
            return
        target = target if target.suffix.lower() == suffix else target.with_name(target.name + suffix)
        self._written = target

        def work(_progress: Progress) -> Path:
            from app.usecases.compare_regions import write_comparison

            write_comparison(made, rows, target)
            return target

        self.job.run("存对照表", work, done=self._on_saved)

    def _on_saved(self, target: Path) -> None:
        self.job.say("对照表存好了。", remarks=[f"存在 {target}"], actions=[_OPEN])

    @Slot(str)
    def _on_job_action(self, action: str) -> None:
        if action == _OPEN.id and self._written is not None:
            self._ask.show_file(self._written)


def side_words(sight: RuleSight | None) -> str:
    """A cell: value or sentence, and below it how well it was read, which must never be cut, and the articles."""
    if sight is None:
        return "没有这一条"
    basis = cite(sight.sources)
    below = " · ".join(dict.fromkeys(part for part in (sight.how_read, basis) if part))
    return f"{sight.value or sight.text.says}\n{below}"


def comparison_loader(made: RegionsCompared, rows: tuple[Comparison, ...]) -> Callable[[Progress], Looked]:
    """Return what typesets a comparison, to be called behind the window."""

    def load(_progress: Progress) -> Looked:
        from app.documents.pdf import render_pdf
        from app.usecases.compare_regions import comparison_paper

        return Looked(render_pdf(comparison_paper(made, rows)), landscape=True)

    return load
