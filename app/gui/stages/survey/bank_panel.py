"""从题库选题: for whom and in what situation, then a tick list of the bank's questions, those that suit ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.survey import Audience, Situation, Survey
from app.figures.question_bank import Group, Proposed, load_bank, propose
from app.gui.desk import Desk
from app.gui.widgets.button import Button
from app.gui.widgets.check_field import CheckMark
from app.gui.widgets.choice_field import ChoiceField
from app.gui.widgets.choice_tiles import Option
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.text import Text


class BankPanel(QWidget):
    """The proposal for one survey; nothing is written before 加入问卷 is pressed.

    Signals:
        taken: 加入问卷. arg: the keys of the ticked questions (a tuple).
        closed: 收起题库.
    """

    taken = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._survey = Survey()
        self._rows: tuple[Proposed, ...] = ()
        self.marks: dict[str, CheckMark] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.audience = ChoiceField("问卷给谁答", _options(Audience), tiles=True, always=True)
        self.situation = ChoiceField("企业情况", _options(Situation), tiles=False)
        self.levels = CheckMark("满意度用 4 级，不设“一般”")
        for title, field in (("给谁答", self.audience), ("企业情况", self.situation)):
            column.addWidget(Text(title, ink="ink2"))
            column.addWidget(field)
            field.value_changed.connect(self._on_asked_otherwise)
        column.addWidget(self.levels)
        self._told = Text("", ink="ink2", wrap=True)
        column.addWidget(self._told)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        column.addWidget(self._list)
        foot = QWidget()
        flow = FlowLayout(foot)
        self.take = Button("加入问卷", "secondary", "plus", in_table=True)
        self.take.clicked.connect(self._on_take)
        self.fold = Button("收起题库", "text", "chevron_up", in_table=True)
        self.fold.clicked.connect(self.closed)
        self._count = Text("", ink="ink2")
        for part in (self.take, self.fold, self._count):
            flow.addWidget(part)
        column.addWidget(foot)

    def show_survey(self, survey: Survey) -> None:
        """Propose for a survey (an empty one is made when questions are taken)."""
        self._survey = survey
        self.audience.set_value(survey.audience or Audience.STAFF)
        self.situation.set_value(survey.situation or Situation.NORMAL)
        self.refresh()

    def chosen_audience(self) -> Audience:
        """For whom the questions are."""
        value = self.audience.value()
        return value if isinstance(value, Audience) else Audience.STAFF

    def chosen_situation(self) -> Situation:
        """The enterprise's situation."""
        value = self.situation.value()
        return value if isinstance(value, Situation) else Situation.NORMAL

    def four_levels(self) -> bool:
        """Whether scales have no middle."""
        return self.levels.isChecked()

    def ticked(self) -> tuple[str, ...]:
        """Keys of the questions that are to be taken."""
        return tuple(key for key, mark in self.marks.items() if mark.isEnabled() and mark.isChecked())

    def refresh(self) -> None:
        """Propose anew; the ticks are those of the proposal."""
        case, bank = self._desk.case, load_bank()
        kind, situation = case.cycle.agreement_kind, self.chosen_situation()
        self._rows = propose(
            bank,
            case,
            self._survey.id,
            audience=self.chosen_audience(),
            situation=situation,
            agreement=kind,
        )
        points = "；".join(
            f"{'、'.join(each.points)}（{each.source}）" for each in bank.emphasis_of(situation)
        )
        self._told.set_words(
            f"合同类型：{kind.label if kind is not None else '还没有选'}。通知要求重点谈：{points}。"
        )
        self._make_list()
        self._tell_count()

    def _make_list(self) -> None:
        old, self._list = self._list, QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(old, self._list)
        old.hide()
        old.deleteLater()
        self.marks = {}
        group: Group | None = None
        for row in self._rows:
            if row.question.group is not group:
                group = row.question.group
                self._lines.addSpacing(6)
                self._lines.addWidget(Text(group.label, bold=True))
            self._lines.addWidget(self._mark(row), 0, Qt.AlignmentFlag.AlignLeft)

    def _mark(self, row: Proposed) -> CheckMark:
        asked = row.question
        notes = [each for each in (f"{asked.asked_of}答" if asked.asked_of else "",) if each]
        if row.there:
            notes.append("问卷里已有")
        words = asked.stem + (f"（{'，'.join(notes)}）" if notes else "")
        mark = CheckMark(words)
        mark.setChecked(row.ticked or row.there)
        mark.setEnabled(not row.there)
        mark.setToolTip(" / ".join((*asked.rows, *asked.options)))
        mark.toggled.connect(self._on_toggled)
        self.marks[asked.key] = mark
        return mark

    def _tell_count(self) -> None:
        count = len(self.ticked())
        self._count.set_words(f"勾了 {count} 题")
        self.take.setEnabled(count > 0)

    @Slot(bool)
    def _on_toggled(self, _on: bool) -> None:
        self._tell_count()

    @Slot(object)
    def _on_asked_otherwise(self, _value: object) -> None:
        self.refresh()

    @Slot()
    def _on_take(self) -> None:
        self.taken.emit(self.ticked())


def _options(choices: type[Audience] | type[Situation]) -> list[Option]:
    return [Option(each, each.label) for each in choices]
