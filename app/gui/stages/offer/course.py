"""The ladder after silence or refusal: what is done, what can be done now, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.offer import EscalationStep
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.painted import Painted
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Where, cite
from app.rules.offer_course import CourseStep, Possible, course

_NAME = 240
_SHAPES = {Possible.DONE: "done", Possible.NOW: "now", Possible.LATER: "later"}


class CourseRow(Painted):
    """One step: shape, name, whether it is due and why, its button."""

    def __init__(self, step: CourseStep, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(Shape(_SHAPES[step.possible]), 0, 0, Qt.AlignmentFlag.AlignTop)
        name = Text(f"{number} {step.name}", bold=step.possible is Possible.NOW, wrap=True)
        grid.addWidget(name, 0, 1, Qt.AlignmentFlag.AlignTop)
        why = Text(f"{step.possible.label}：{step.why}", ink="ink2", wrap=True)
        grid.addWidget(why, 0, 2, Qt.AlignmentFlag.AlignTop)
        self.button: Button | None = None
        grid.setColumnStretch(2, 1)
        self._grid = grid
        self._name = name
        self.retheme()
        self.setToolTip("".join(part for part in (step.says, cite(step.sources)) if part))
        self.setAccessibleName(f"{step.name}，{step.possible.label}，{step.why}")
        self.setAccessibleDescription(step.says)

    def retheme(self) -> None:
        super().retheme()
        self._name.setFixedWidth(current_theme().px(_NAME))

    def add_button(self, words: str) -> Button:
        """Put the button at the right."""
        self.button = Button(words, "link")
        self.button.speak_as(f"{words}：{self.step.name}")
        self._grid.setColumnMinimumWidth(3, current_theme().px(36))
        self._grid.addWidget(self.button, 0, 3, Qt.AlignmentFlag.AlignTop)
        return self.button


class OfferCourse(StageView):
    """催告与提请 in order; a step's button records it right below."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._sheet = Sheet("企业方不答复或拒绝时")
        self.rows = RowStack()
        self._sheet.add(self.rows)
        self.says = Text("", ink="ink2", wrap=True)
        self._sheet.add(self.says)
        self.column.addWidget(self._sheet)
        self._steps: tuple[CourseStep, ...] = ()
        desk.case_changed.connect(self._on_changed)
        desk.checked.connect(self._on_changed)
        self._show()

    def steps(self) -> tuple[CourseStep, ...]:
        """The ladder as it is shown."""
        return self._steps

    def _show(self) -> None:
        case = self.desk.case
        steps = course(case, self.desk.program.pack_or_national(case), self.desk.checkup)
        if steps == self._steps:
            return
        self._steps = steps
        made = []
        for number, step in enumerate(steps, 1):
            row = CourseRow(step, number)
            if step.possible is not Possible.DONE and not self.desk.read_only:
                button = row.add_button("写函" if step.key == "reminder" else "登记")
                button.setProperty("step", step.key)
                button.clicked.connect(self._on_clicked)
            made.append(row)
        self.rows.show_rows(made)
        said = dict.fromkeys(
            f"{step.says.rstrip('。')}（{cite(step.sources)}）。" if step.sources else step.says
            for step in steps
            if step.says
        )
        self.says.set_words("".join(said))
        self.says.setVisible(bool(said))
        open_now = [step for step in steps if step.possible is Possible.NOW]
        self._sheet.set_remark("现在没有要办的" if not open_now else f"现在可以办 {len(open_now)} 项")

    @Slot()
    def _on_clicked(self) -> None:
        key = str(self.sender().property("step"))
        offers = self.desk.case.offers
        if key == "reminder":
            made = self.desk.add("reminders", {"offer": offers[-1].id} if offers else {})
            self.door_opened.emit(Where("reminders", made.id, "number"))
            return
        made = self.desk.add("escalations", {"step": EscalationStep(key)})
        self.door_opened.emit(Where("escalations", made.id, "to"))

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self._show()
