"""查规则: every rule of a region, narrowed down by words, stage, topic and how well read; one of them in full."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.stages import Stage, row_of
from app.gui.desk import Desk
from app.gui.forms.rule_door import RuleDoor
from app.gui.pages.law_choice import ALL, asked_of, form_field, kind_field, region_field
from app.gui.pages.law_detail import LawDetail
from app.gui.theme import current_theme
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.line_field import LineField
from app.gui.widgets.named_fields import NamedFields
from app.gui.widgets.pieces import Pieces
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.side_by_side import SideBySide
from app.progress import Progress
from app.rules.lookup import Asked, Reading, RuleSight, look_up_all
from app.rules.rule_texts import RuleGroup

_LEAST_DETAIL = 300
"""How high the rule in full is at least where it stands below the list, in pixels at 100 %."""


class LawLookup(QWidget):
    """Looked up behind the window: a region's pack may still have to be read.

    Signals:
        door_opened: Go there. arg: a ``Where`` or a ``Finding``.
    """

    door_opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sights: dict[str, RuleSight] = {}
        self._shown: tuple[str, Asked] | None = None
        self._wanted: tuple[str, Asked] | None = None
        self._year: tuple[str, Asked] | None = None
        self._day = desk.program.clock.today()
        self._rule = ""
        self._with_focus = False
        self._door: RuleDoor | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        fields = Sheet(parent=self)
        self._fields = NamedFields()
        fields.add(self._fields)
        self.words = LineField("找", hint="几个字，例如：答复、公布、60 日、21条", extent="")
        self.words.edited.connect(self._on_narrowed)
        self._fields.add(self.words, 260)
        column.addWidget(fields)
        self._pair = SideBySide(parent=self)
        self._list = Sheet("规则", parent=self._pair)
        self._pair.add(self._list, 10)
        column.addWidget(self._pair, 1)
        self._pieces = Pieces(
            (
                self._make_stage,
                self._make_group,
                self._make_reading,
                self._make_region,
                self._make_kind,
                self._make_form,
                self._make_table,
                self._make_detail,
            ),
            self,
        )
        self._pieces.whole.connect(self._on_whole)

    def _make_stage(self) -> None:
        stages = [Option(each, f"{row_of(each).number} {each.label}") for each in Stage]
        self.stage = self._narrowing("阶段", stages, 160)

    def _make_group(self) -> None:
        self.group = self._narrowing("主题", [Option(each, each.label) for each in RuleGroup], 210)

    def _make_reading(self) -> None:
        self.reading = self._narrowing("核对程度", [Option(each, each.label) for each in Reading], 130)

    def _narrowing(self, name: str, options: list[Option], wide: int) -> ChoiceField:
        field = ChoiceField(name, [Option(ALL, "全部"), *options], tiles=False, empty=ALL, extent="")
        field.set_value(ALL)
        field.value_changed.connect(self._on_narrowed)
        self._fields.add(field, wide)
        return field

    def _make_region(self) -> None:
        self.region = self._asking(region_field(self._desk, "地区"), 120)

    def _make_kind(self) -> None:
        self.kind = self._asking(kind_field(), 150)

    def _make_form(self) -> None:
        self.form = self._asking(form_field(), 110)

    def _asking(self, field: ChoiceField, wide: int) -> ChoiceField:
        field.value_changed.connect(self._on_asked)
        self._fields.add(field, wide)
        return field

    def _make_table(self) -> None:
        self.table = RecordTable(
            "规则",
            (
                ColumnView(key="title", title="规则", share=3, bold=True),
                ColumnView(key="says", title="内容", share=4),
                ColumnView(key="read", title="核对程度", extent=132),
            ),
            empty_words="没有这样的规则。换几个字，或放宽阶段、主题和核对程度。",
            most=6,
        )
        self.table.row_selected.connect(self._on_selected)
        self.table.row_opened.connect(self._on_opened)
        self._list.add(self.table, 1)

    def _make_detail(self) -> None:
        self.detail = LawDetail(self._desk, self._pair)
        self.detail.door_opened.connect(self.door_opened)
        self._pair.add(self.detail, 9)
        self._pair.arranged.connect(self._on_arranged)
        self._on_arranged(self._pair.is_beside())

    @Slot()
    def _on_whole(self) -> None:
        self._desk.checked.connect(self._on_checked)
        door, self._door = self._door, None
        self.show_case()
        if door is not None:
            self.show_rule(door)

    def is_built(self) -> bool:
        """Whether the rules asked for are listed."""
        return self._shown is not None and self._shown == self._wanted

    # ---- what is asked for

    def show_case(self) -> None:
        """Show the rules of the year; another region that was chosen here stays until the year changes."""
        if not self._pieces.is_whole():
            self._pieces.start()
            return
        case, program = self._desk.case, self._desk.program
        year = (program.pack_or_national(case).key, asked_of(self._desk, case))
        if year != self._year:
            self._year = year
            self._ask_for(*year)

    def show_rule(self, door: RuleDoor) -> None:
        """Show one rule, whatever the list was narrowed down to."""
        if not self._pieces.is_whole():
            self._door = door
            self._pieces.start()
            return
        self.show_case()
        assert self._year is not None
        for field in (self.stage, self.group, self.reading):
            field.set_value(ALL)
        self.words.set_value(door.words)
        self._rule, self._with_focus = door.rule, True
        self._ask_for(door.region or self._year[0], door.asked or self._year[1])
        if self.is_built():
            self._show_rows()

    def _ask_for(self, region: str, asked: Asked) -> None:
        self.region.set_value(region)
        self.kind.set_value(asked.kind)
        self.form.set_value(asked.form)
        self._day = asked.on
        self._look()

    def asked(self) -> tuple[str, Asked]:
        """Region and what is asked; where a field was emptied the year's own."""
        assert self._year is not None
        region, own = self._year
        kind, form = self.kind.value() or own.kind, self.form.value() or own.form
        return str(self.region.value() or region), Asked(kind, form, self._day)

    def _look(self) -> None:
        wanted = self.asked()
        if wanted == self._wanted:
            return
        self._wanted = wanted
        region, asked = wanted
        packs = self._desk.program.packs

        def work(_progress: Progress) -> tuple[RuleSight, ...]:
            return look_up_all(packs.region(region), asked)

        def done(sights: tuple[RuleSight, ...]) -> None:
            if wanted == self._wanted:
                self._shown = wanted
                self._sights = {sight.rule: sight for sight in sights}
                self._show_rows()

        self._desk.run_reading("查规则", work, done=done)

    # ---- what is shown

    def _region_name(self) -> str:
        return next((each.label for each in self.region.options() if each.value == self.asked()[0]), "")

    def _show_rows(self) -> None:
        stage, group, reading = (
            None if field.value() in (ALL, None) else field.value()
            for field in (self.stage, self.group, self.reading)
        )
        words, wanted = self.words.typed(), self._rule  # other rows select another rule on their way
        rows = [
            RowView(
                sight.rule,
                {"title": sight.text.title, "says": sight.value or sight.text.says, "read": sight.how_read},
            )
            for sight in self._sights.values()
            if sight.fits(words, stage, group, reading)
        ]
        _, asked = self.asked()
        told = f"{self._region_name()}，{asked.kind.label}，{asked.form.label}"
        of_all = f"，共 {len(self._sights)} 条" if len(rows) < len(self._sights) else ""
        self._list.set_remark(f"{told}：{len(rows)} 条{of_all}")
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)
        if any(row.id == wanted for row in rows):
            self.table.select(wanted)
        elif rows:
            self.table.select(rows[0].id)
        if self._with_focus and rows:
            self._with_focus = False
            self.table.view.setFocus(Qt.FocusReason.TabFocusReason)
        self._show_detail()

    def _show_detail(self) -> None:
        chosen = self._sights.get(self.table.selected() or "")
        self.detail.show_rule(chosen, self._region_name())

    def first_focus(self) -> QWidget | None:
        """The rule that was asked for, else where words are typed."""
        if not self.is_built() or not self._rule or self.table.selected() != self._rule:
            return self.words
        return self.table.view

    @Slot()
    def _on_narrowed(self, _value: object = None) -> None:
        if self._pieces.is_whole():
            self._show_rows()

    @Slot(object)
    def _on_asked(self, _value: object) -> None:
        self._look()

    @Slot(object)
    def _on_selected(self, rule: object) -> None:
        if rule is not None:
            self._rule = str(rule)
        if self.is_built():
            self._show_detail()

    @Slot(str)
    def _on_opened(self, _rule: str) -> None:
        """Enter: on to the rule in full, where its doors are."""
        self.detail.take_focus()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        if self.isVisible() and self.is_built():
            self._show_detail()

    @Slot(bool)
    def _on_arranged(self, beside: bool) -> None:
        self.detail.setMinimumHeight(0 if beside else current_theme().px(_LEAST_DETAIL))
