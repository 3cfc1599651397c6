"""检查结果: what the check found in the whole case, by grade, then what was explained and what is met."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.stages import Stage, row_of
from app.gui.desk import Desk
from app.gui.findings_view import finding_view, met_texts
from app.gui.forms.rule_door import RuleDoor
from app.gui.pages.explain_sheet import ExplainSheet
from app.gui.widgets.finding_card import FindingCard, FindingView
from app.gui.widgets.growing_list import GrowingList
from app.gui.widgets.page_scroll import GUTTER
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Checkup, Finding, Grade, State

_STAGES = {stage: place for place, stage in enumerate(Stage)}
_EXPLAINED = "已经写了说明的"


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above a group."""

    words: str


@dataclass(frozen=True, slots=True)
class _Met:
    """What of one stage is in order."""

    stage: str
    count: int
    titles: str


class LawFindings(QWidget):
    """One list; a card opens its why, leads to its field, to its rule, or to writing why it is so.

    Signals:
        door_opened: Go there. arg: a ``Finding`` or a ``RuleDoor``.
    """

    door_opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._findings: dict[str, Finding] = {}
        self._told: Checkup | None = None
        self._open_id = ""
        self._explaining: ExplainSheet | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(
            0, 0, GUTTER, 0
        )  # the list scrolls itself, and ends where other pages do
        self._column.setSpacing(12)
        self._sheet = Sheet("全部检查结果")
        self.list = GrowingList(self._make)
        self.list.setAccessibleName("全部检查结果")
        self.list.grown.connect(self._tell_cards)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self.list.fill_room)
        self.list.grown.connect(self._fitting.start)
        outer = self._sheet.layout()
        assert outer is not None
        outer.setContentsMargins(16, 12, 16 - GUTTER, 8)  # the scroll gutter is the right margin
        self._sheet.head.setContentsMargins(0, 0, GUTTER, 0)
        self._sheet.add(self.list, 1)
        self._column.addWidget(self._sheet, 1)
        desk.checked.connect(self._on_checked)

    def is_built(self) -> bool:
        """Whether the list shows the last check."""
        return self._told is self._desk.checkup

    def show_case(self) -> None:
        """Show what the last check found; quiet when it is shown already."""
        checkup = self._desk.checkup
        if checkup is self._told:
            return
        self._told = checkup
        ordered = sorted(checkup.findings, key=lambda each: _STAGES[each.stage])
        self._findings = {each.key: each for each in ordered}
        if self._open_id not in self._findings:
            self._open_id = ""
        items: list[_Head | _Met | FindingView] = []
        said = []
        for grade in Grade:
            of_grade = [each for each in ordered if each.grade is grade and each.state is State.OPEN]
            said.append(f"{grade.label} {len(of_grade)}")
            items += self._group(grade.label, of_grade)
        closed = [each for each in ordered if each.state is not State.OPEN]
        said.append(f"已说明 {len(closed)}")
        items += self._group(_EXPLAINED, closed)
        met = self._met()
        count = sum(each.count for each in met)
        said.append(f"已符合 {count}")
        if met:
            items += [_Head(f"已符合 {count}"), *met]
        if not checkup.region:
            self._sheet.set_remark("还没有选地区，没有检查")
        else:
            self._sheet.set_remark(f"{'，'.join(said)} 项")
        self.list.show_items(items)
        self._tell_cards()
        self._fitting.start()

    def _group(self, words: str, findings: list[Finding]) -> list[_Head | _Met | FindingView]:
        if not findings:
            return []
        case = self._desk.case
        views = [
            finding_view(each, case, place=_stage_words(each.stage) if each.of_stage else each.place)
            for each in findings
        ]
        return [_Head(f"{words} {len(findings)}"), *views]

    def _met(self) -> list[_Met]:
        titles: dict[Stage, list[str]] = {}
        for text in met_texts(self._desk):
            titles.setdefault(text.stage, []).append(text.title)
        return [
            _Met(_stage_words(stage), len(titles[stage]), "、".join(titles[stage]))
            for stage in Stage
            if stage in titles
        ]

    def _make(self, item: object) -> QWidget:
        if isinstance(item, FindingView):
            card = FindingCard(item, is_open=item.id == self._open_id)
            card.jump_requested.connect(self._on_jump)
            card.explain_requested.connect(self._on_explain)
            card.article_requested.connect(self._on_article)
            card.opened.connect(self._on_opened)
            return card
        if isinstance(item, _Met):
            return _MetRow(item)
        assert isinstance(item, _Head)
        head = Text(item.words, "sheet")
        head.setContentsMargins(12, 8, 0, 0)
        return head

    def cards(self) -> tuple[FindingCard, ...]:
        """The cards made so far, in order."""
        return tuple(part for part in self.list.parts() if isinstance(part, FindingCard))

    def heads(self) -> tuple[str, ...]:
        """The words above the groups made so far."""
        return tuple(part.words() for part in self.list.parts() if isinstance(part, Text))

    def summary(self) -> str:
        """How many there are of each kind, in words."""
        return self._sheet.remark()

    def first_focus(self) -> QWidget | None:
        """The gravest finding."""
        cards = self.cards()
        return cards[0] if cards else None

    # ---- what is done with a finding

    @Slot(str)
    def _on_jump(self, key: str) -> None:
        if key in self._findings:
            self.door_opened.emit(self._findings[key])

    @Slot(str)
    def _on_article(self, key: str) -> None:
        if key in self._findings:
            self.door_opened.emit(RuleDoor(self._findings[key].rule))

    @Slot(str)
    def _on_explain(self, key: str) -> None:
        finding = self._findings.get(key)
        if finding is None:
            return
        self.stop_explaining()
        self._explaining = ExplainSheet(finding, self._desk, self)
        self._explaining.closed.connect(self._on_explained)
        self._column.insertWidget(0, self._explaining)
        self._explaining.show()
        self._explaining.focus_first()

    @Slot()
    def _on_explained(self) -> None:
        key = self._explaining.finding.key if self._explaining is not None else ""
        self.stop_explaining()
        card = next((card for card in self.cards() if card.finding.id == key), None)
        if card is not None:
            card.setFocus()
        else:
            self.list.setFocus()

    def stop_explaining(self) -> None:
        """Put away what is being written about a finding."""
        sheet, self._explaining = self._explaining, None
        if sheet is not None:
            self._column.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._open_id = key
        self._tell_cards()

    @Slot()
    def _tell_cards(self) -> None:
        for card in self.cards():
            card.set_open(card.finding.id == self._open_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fitting.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitting.start()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        if self.isVisible():
            self.show_case()


class _MetRow(QWidget):
    """What of one stage is in order."""

    def __init__(self, met: _Met) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(Shape("met"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Text(f"{met.stage}：{met.count} 项", bold=True))
        column.addWidget(Text(met.titles, ink="ink2", wrap=True))
        row.addLayout(column, 1)


def _stage_words(stage: Stage) -> str:
    row = row_of(stage)
    return f"{row.number} {stage.label}"
