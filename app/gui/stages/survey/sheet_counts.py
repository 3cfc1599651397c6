"""发放和收回: online, on paper and together, typed in three rows of three right below the strip."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.facts import facts_of
from app.domain.survey import Survey
from app.figures.survey_results import current_survey
from app.figures.survey_sums import open_totals
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.editors import make_cell_editor
from app.gui.forms.unread_words import UnreadWords
from app.gui.stages.stage_view import StageView
from app.gui.widgets.button import Button
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.text import Text
from app.rules.so_far import keying_is_open

_SHOWN = frozenset({"surveys", "cycle"})
_ROWS = (("issued", "发放"), ("returned", "收回"), ("valid", "有效"))
_COLUMNS = (("_online", "线上"), ("_paper", "纸质"), ("", "合计"))


class SheetCounts(StageView):
    """Nine fields of the last survey; without a survey the button that adds one."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self.editors: dict[str, FieldEditor] = {}
        self._unread = UnreadWords(desk, "surveys", self)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self.column.addWidget(self._table)
        self._make_totals()
        self._missing = Text(
            "还没有登记调查：先写用什么方式、什么时候，再写发了多少、收回多少。", ink="ink2", wrap=True
        )
        self.column.addWidget(self._missing)
        self.begin = Button("添加一次调查", "secondary", "plus", in_table=True)
        self.begin.clicked.connect(self._on_begin)
        self.column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self._to_make = list(enumerate(_ROWS, 1))
        self._make_heads()
        desk.case_changed.connect(self._on_case_changed)
        self.show_case()

    def _make_totals(self) -> None:
        """What the parts add up to while the totals are empty, and the button that writes it."""
        self._totals = QWidget()
        line = QHBoxLayout(self._totals)
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(10)
        self.take_totals = Button("写上合计", "secondary", "check", in_table=True)
        self.take_totals.clicked.connect(self._on_take_totals)
        self._sums = Text("", ink="ink2", wrap=True)
        line.addWidget(self.take_totals)
        line.addWidget(self._sums, 1)
        self._totals.hide()
        self.column.addWidget(self._totals)

    def _make_heads(self) -> None:
        for across, (_, title) in enumerate(_COLUMNS, 1):
            self._grid.addWidget(Text(title, ink="ink2"), 0, across)
        self._grid.setColumnStretch(len(_COLUMNS) + 1, 1)

    def build_some(self) -> bool:
        if self._to_make:
            self._make_row(*self._to_make.pop(0))
        if not self._to_make:
            self.show_case()
        return bool(self._to_make)

    def _make_row(self, down: int, row: tuple[str, str]) -> None:
        start, title = row
        declared = facts_of(Survey)
        self._grid.addWidget(Text(title, bold=True), down, 0)
        for across, (end, _) in enumerate(_COLUMNS, 1):
            fact = declared[start + end]
            editor = make_cell_editor(fact, self.desk, "surveys")
            editor.set_extent("field_amount")
            self._unread.watch(fact.name, editor)
            editor.set_read_only(self.desk.read_only)
            editor.value_changed.connect(self._on_value)
            editor.edited.connect(self._on_edited)
            self.editors[fact.name] = editor
            self._grid.addWidget(editor, down, across)

    def show_case(self) -> None:
        """Show the numbers as they are now."""
        survey = current_survey(self.desk.case)
        self._table.setVisible(survey is not None)
        self._missing.setVisible(survey is None)
        self.begin.setVisible(survey is None and not self.desk.read_only)
        sums = open_totals(survey) if survey is not None and not self.desk.read_only else {}
        self._totals.setVisible(bool(sums))
        told = "，".join(f"{title} {sums[start]} 份" for start, title in _ROWS if start in sums)
        self._sums.set_words(f"线上加纸质：{told}。和原件的合计一样就写上。" if told else "")
        if survey is None:
            return
        self._unread.show_record(survey)

    # ---- typing

    def _typed_in(self) -> tuple[FieldEditor, str, Survey] | None:
        editor, survey = self.sender(), current_survey(self.desk.case)
        if not isinstance(editor, FieldEditor) or survey is None:
            return None
        return editor, str(editor.property("fact")), survey

    @Slot(object)
    def _on_value(self, value: object) -> None:
        found = self._typed_in()
        if found is not None:
            _, name, survey = found
            self.desk.change("surveys", survey.replace(**{name: value}))

    @Slot()
    def _on_edited(self) -> None:
        found = self._typed_in()
        if found is not None:
            editor, name, survey = found
            if editor.is_understood():
                self.desk.try_out("surveys", survey.replace(**{name: editor.value()}))
            else:
                self.desk.drop_draft()

    @Slot()
    def _on_take_totals(self) -> None:
        survey = current_survey(self.desk.case)
        if survey is None:
            return
        sums = open_totals(survey)
        self.editors[next(iter(sums), "issued")].setFocus(Qt.FocusReason.TabFocusReason)  # the button goes
        self.desk.change("surveys", survey.replace(**sums))

    @Slot()
    def _on_begin(self) -> None:
        self.desk.add("surveys")
        self.editors["issued_online"].setFocus(Qt.FocusReason.TabFocusReason)

    # ---- what the page asks

    def commit(self) -> None:
        for editor in self.editors.values():
            editor.commit()

    def first_focus(self) -> QWidget | None:
        survey = current_survey(self.desk.case)
        if survey is None:
            return self.begin if not self.begin.isHidden() else None
        if keying_is_open(self.desk.case):
            return None  # what is typed is finished first; closing writes the numbers
        empty = next(
            (name for name in ("issued", "returned", "valid") if getattr(survey, name) is None), None
        )
        return self.editors[empty] if empty is not None else None

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        survey = current_survey(self.desk.case)
        target = self.editors.get(fact)
        if collection != "surveys" or survey is None or target is None or record_id not in ("", survey.id):
            return None
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self.show_case()
