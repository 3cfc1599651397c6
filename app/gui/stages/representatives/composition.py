"""The strip above the representatives: how many, from where, by which vote, made known when; with its articles."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.union import Side
from app.figures.origin import Figure, Origin
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.keeps_f4 import KeepsF4
from app.gui.pages.origin_line import OriginLine
from app.gui.stages.stage_view import StageView
from app.gui.widgets.figure_strip import MOST_FIGURES, FigureStrip, FigureView
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.composition import Mark, composition
from app.rules.findings import Source, Where, cite

_SHOWN = frozenset({"representatives", "elections", "counts", "cycle", "covered_enterprises", "sessions"})


class Composition(StageView):
    """Each number with its state as shape; what is wrong stands below in a sentence with its article.

    Enter or F4 on a number tells who is counted and by which article.
    """

    SIDE = Side.WORKER

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._marks: dict[str, Mark] = {}
        self._open = ""
        self._keeps_f4 = KeepsF4(self)
        self._sheet = Sheet()
        self.strip, self.strip_below = FigureStrip(), FigureStrip()
        for strip in (self.strip, self.strip_below):
            strip.setAccessibleName(f"{self.SIDE.label}代表的构成")
            strip.origin_requested.connect(self._on_origin)
            self._sheet.add(strip)
        self._wrong = QWidget()
        self._lines = QVBoxLayout(self._wrong)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._sheet.add(self._wrong)
        self.origin = OriginLine()
        self.origin.hide()
        self.origin.origin_chosen.connect(self._on_origin_chosen)
        self._sheet.add(self.origin)
        self.column.addWidget(self._sheet)
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        self._show()

    def sheet(self) -> Sheet | None:
        return self._sheet

    def marks(self) -> tuple[Mark, ...]:
        """What is shown."""
        return tuple(self._marks.values())

    def sentences(self) -> tuple[str, ...]:
        """What is wrong, in words."""
        return tuple(mark.sentence for mark in self._marks.values() if mark.sentence)

    def _show(self) -> None:
        case = self.desk.case
        marks = composition(case, self.desk.program.pack_or_national(case), self.desk.checkup, self.SIDE)
        if marks == self.marks():
            return
        self._marks = {mark.key: mark for mark in marks}
        self._show_figures(marks)
        self._show_wrong()
        if self._open in self._marks and not self.origin.isHidden():
            self._tell(self._marks[self._open])

    def _show_figures(self, marks: tuple[Mark, ...]) -> None:
        """More figures than one strip holds go half into a second."""
        first = len(marks) if len(marks) <= MOST_FIGURES else -(-len(marks) // 2)
        self.strip.show_figures([_view(mark) for mark in marks[:first]])
        self.strip_below.show_figures([_view(mark) for mark in marks[first:]])
        self.strip_below.setVisible(first < len(marks))
        for strip in (self.strip, self.strip_below):
            for part in strip.findChildren(QWidget):
                if part.property("ring"):
                    self._keeps_f4.keep(part)

    def _show_wrong(self) -> None:
        while self._lines.count():
            entry = self._lines.takeAt(0)
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        wrong = [mark for mark in self._marks.values() if mark.sentence]
        for mark in wrong:
            self._lines.addWidget(_wrong_line(mark))
        self._wrong.setVisible(bool(wrong))

    @Slot(str)
    def _on_origin(self, key: str) -> None:
        mark = self._marks.get(key)
        if mark is None or (key == self._open and not self.origin.isHidden()):
            self._open = ""
            self.origin.hide()
            return
        self._open = key
        self._tell(mark)
        self.origin.show()
        self.origin.open()

    def _tell(self, mark: Mark) -> None:
        origins = tuple(Origin(at.collection, at.record_id, at.fact, words) for at, words in mark.counted)
        figure = Figure(None, mark.unit, mark.label, origins, f"{mark.remark}。{_articles(mark.sources)}")
        self.origin.show_figure(f"{mark.label} {mark.number} {mark.unit}".rstrip(), figure)

    @Slot(object)
    def _on_origin_chosen(self, origin: object) -> None:
        self.door_opened.emit(
            Where(
                getattr(origin, "collection", ""),
                getattr(origin, "record_id", ""),
                getattr(origin, "fact", ""),
            )
        )

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self._show()

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        self._show()


def _view(mark: Mark) -> FigureView:
    return FigureView(
        id=mark.key,
        label=mark.label,
        number=mark.number,
        unit=mark.unit,
        remark=mark.remark,
        icon=mark.state,
    )


def _articles(sources: tuple[Source, ...]) -> str:
    if not sources:
        return "法规未规定"
    read = "、".join(dict.fromkeys(source.read.label for source in sources))
    return f"依据 {cite(sources)}（{read}）"


def _wrong_line(mark: Mark) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Shape(mark.state, px=16), 0, Qt.AlignmentFlag.AlignTop)
    ink = {"must": "accentText", "explain": "warn"}.get(mark.state, "ink2")
    articles = f"（{cite(mark.sources)}）" if mark.sources else ""
    row.addWidget(Text(f"{mark.sentence}{articles}", ink=ink, wrap=True), 1)
    return line


class WorkerComposition(Composition):
    """职工方."""

    SIDE = Side.WORKER


class EmployerComposition(Composition):
    """企业方."""

    SIDE = Side.EMPLOYER
