"""What belongs to the clause in hand: the topic it comes from, and its coded figures."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.agreement import Clause
from app.domain.negotiation import RoundResult
from app.figures.positions import Talks
from app.forms.layout import Section
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.section_view import SectionView
from app.gui.stages.stage_view import StageView
from app.gui.widgets.button import Button
from app.gui.widgets.text import Text
from app.rules.findings import Where

_CELLS = ("code", "label", "value", "last_value", "condition")


class ClauseView(StageView):
    """Lies below the form of the clause, on the same sheet."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._clause = ""
        self._to_show = ""
        self.figures: SectionView | None = None
        self._where: Where | None = None
        row = QHBoxLayout()
        row.setSpacing(8)
        self.topic = Text("", ink="ink2", elide=True)
        self.door = Button("看各轮主张", "link")
        self.door.clicked.connect(self._on_door)
        row.addWidget(self.topic)
        row.addWidget(self.door)
        row.addStretch(1)
        self._line = QWidget()
        self._line.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._line)
        self._line.hide()
        desk.case_changed.connect(self._on_case_changed)

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection == "clauses" and record_id != self._clause:
            self._show(record_id)

    def _show(self, clause: str) -> None:
        self.commit()
        self._clause = clause
        if self.figures is not None:
            self.column.removeWidget(self.figures)
            self.figures.hide()
            self.figures.deleteLater()
            self.figures = None
        self._tell_topic()
        if not clause:
            return
        section = Section(
            collection="clause_figures",
            title="这一条里的数字",
            add="添加数字",
            columns=_CELLS,
            cells=_CELLS,
            preset={"clause": clause},
            style="grid",
            hint="条文里的数字写在这里，检查、统计和履约都从这里取。",
            joined=True,
        )
        self.figures = SectionView(section, self.desk)
        self.column.addWidget(self.figures)

    def _tell_topic(self) -> None:
        held: Clause | None = self.desk.case.find("clauses", self._clause)
        topic = self.desk.case.find("topics", held.topic) if held is not None and held.topic else None
        self._line.setVisible(topic is not None)
        self._where = None
        if topic is None:
            return
        talks = Talks(self.desk.case)
        outcome = talks.outcome(topic, len(talks.rounds) - 1)
        words = "还没谈定"
        if outcome.result is RoundResult.AGREED:
            words = f"{talks.rounds[outcome.at].name}谈定 {outcome.words}".rstrip()
        self.topic.set_words(f"来自议题 {topic.code} {topic.name}，{words}")
        position = talks.position(topic.id, outcome.at)
        if position is not None:
            self._where = Where("positions", position.id, "result")
        self.door.setVisible(self._where is not None)

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        if collection != "clause_figures" or self.figures is None or not self.figures.holds(record_id):
            return None
        return self.figures.focus_fact(record_id, fact)

    def commit(self) -> None:
        if self.figures is not None:
            self.figures.commit()

    @Slot()
    def _on_door(self) -> None:
        if self._where is not None:
            self.door_opened.emit(self._where)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & {"clauses", "topics", "positions", "meetings"}:
            self._tell_topic()
