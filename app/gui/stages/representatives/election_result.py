"""得票和当选: candidates in the order of the printed list; votes are filled in, who is elected is ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts import facts_of
from app.domain.representatives import Candidate, Election
from app.figures.election_results import BALLOTED, Place, Result, Standing, result_of
from app.figures.origin import percent
from app.figures.person_votes import elections_of
from app.figures.tallies import majority_of
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.fact_cells import FactCells
from app.gui.stages.fact_table import FactTable
from app.gui.widgets.button import Button
from app.gui.widgets.record_table import ColumnView, RowView
from app.gui.widgets.text import Text
from app.progress import Progress
from app.usecases.elect_representatives import (
    take_back,
    take_over,
    to_take_over,
    votes_of_representative,
)

_VOTES = ("in_favour", "against", "abstained")
_SHOWN = frozenset(
    {"candidates", "elections", "counts", "sessions", "congress", "enterprise", "representatives"}
)
_STATES = {
    Place.ELECTED: "met",
    Place.TIED: "explain",
    Place.HALF: "explain",
    Place.FULL: "",
    Place.BELOW: "",
    Place.UNKNOWN: "",
}
_EMPTY = "还没有候选人。上面添加候选人，投票以后在这里照计票单填得票。"


class _VoteCells(FactCells):
    """Votes of a candidate; the representative made of them has the same ones."""

    def _take(self, row_id: str, key: str, value: object) -> None:
        before: Candidate | None = self._desk.case.find("candidates", row_id)
        super()._take(row_id, key, value)
        after: Candidate | None = self._desk.case.find("candidates", row_id)
        if before is None or after is None or before == after:
            return
        follows = votes_of_representative(self._desk.case, before, after)
        if follows is not None:
            self._desk.change("representatives", follows)


class ElectionResult(FactTable):
    """One row for each candidate of the workers' elections, by strokes; what is left to decide stands below."""

    COLLECTION, RECORD, CELLS = "candidates", Candidate, _VOTES
    CELL_EDITING = _VoteCells

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        declared = facts_of(Candidate)
        votes = (
            ColumnView(
                key=key,
                title=declared[key].label,
                extent=80,
                kind="number",
                editable=not desk.read_only,
            )
            for key in _VOTES
        )
        columns = (
            ColumnView(key="taken", title="列为代表", extent=84, kind="check"),
            ColumnView(key="name", title="候选人", bold=True, share=2),
            *votes,
            ColumnView(key="share", title="占全体", extent=80, kind="number", ink="ink2"),
            ColumnView(key="place", title="结果", share=2),
        )
        super().__init__(desk, ask, parent, title="得票和当选", columns=columns, empty_words=_EMPTY, most=12)
        self.table.cell_ticked.connect(self._on_ticked)
        told = QWidget()
        self._lines = QVBoxLayout(told)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._told: list[Text] = []
        self._sheet.add(told)
        self.take = Button("当选的列为代表", "secondary", "people", in_table=True)
        self.take.clicked.connect(self._on_take)
        self._sheet.body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        desk.case_changed.connect(self._on_case_changed)
        self._show()

    def sentences(self) -> tuple[str, ...]:
        """What is told below the table."""
        return tuple(line.words() for line in self._told)

    # ---- what is shown

    def _results(self) -> list[tuple[Election, Result]]:
        case = self.desk.case
        found = [(each, result_of(case, each)) for each in elections_of(case)]
        return [(election, result) for election, result in found if result.standings]

    def _show(self) -> None:
        results = self._results()
        rows = [
            self._row(each, result, later=at > 0)
            for at, (_, result) in enumerate(results)
            for each in result.standings
        ]
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)
        self._sheet.set_remark(_remark(results[-1][1]) if results else "")
        self._tell(results)
        self.take.setVisible(bool(rows) and not self.desk.read_only)
        self.take.setEnabled(bool(self._elected()))

    def _row(self, each: Standing, result: Result, *, later: bool) -> RowView:
        held = each.candidate
        taken = self.desk.case.find("representatives", held.representative) is not None
        name = held.name + ("（另选）" if held.written_in else "") + ("（补选）" if later else "")
        share = ""
        if held.in_favour is not None and each.base:
            share = f"{percent(held.in_favour, each.base)}%"
        cells: dict[str, object] = {"taken": taken, "name": name, "share": share, "place": each.place.label}
        for key in _VOTES:
            value = getattr(held, key)
            cells[key] = "" if value is None else str(value)
        states = {"place": _STATES[each.place]} if _STATES[each.place] else {}
        if each.wrong:
            states["in_favour"] = "must"
        return RowView(held.id, cells, states, locked=self.desk.read_only)

    def _tell(self, results: list[tuple[Election, Result]]) -> None:
        told = []
        for election, result in results:
            told += [f"{each}。" for each in result.told]
            if result.unplaced:
                told.append(f"{'、'.join(result.unplaced)}的姓名里有查不到笔画的字，排在最后。")
            if election.way is not None and election.way not in BALLOTED:
                told.append(f"产生方式是“{election.way.label}”，不投票，名单上的都可以列为代表。")
        if list(self.sentences()) == told:
            return
        for line in self._told:
            line.hide()
            line.deleteLater()
        self._told = [Text(words, ink="ink2", wrap=True) for words in told]
        for line in self._told:
            self._lines.addWidget(line)

    # ---- doing

    def _elected(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elections with the candidates that may be taken over at once."""
        case = self.desk.case
        found = [(each.id, to_take_over(case, each)) for each in elections_of(case)]
        return [(key, tuple(one.id for one in people)) for key, people in found if people]

    @Slot()
    def _on_take(self) -> None:
        for election_id, people in self._elected():
            self._take(election_id, people)

    def _take(self, election_id: str, people: tuple[str, ...]) -> None:
        library, case_id, actor = self.desk.library, self.desk.case_id, self.desk.actor

        def work(_progress: Progress) -> int:
            return take_over(library, case_id, election_id, people, actor=actor)

        self.desk.run_writing("列为代表", work)

    @Slot(str, str, bool)
    def _on_ticked(self, row_id: str, _key: str, on: bool) -> None:
        if self.desk.read_only:
            return
        held: Candidate | None = self.desk.case.find("candidates", row_id)
        if held is None:
            return
        self.cells.commit()
        if on:
            first = next(iter(elections_of(self.desk.case)), None)
            self._take(held.election or (first.id if first is not None else ""), (row_id,))
            return
        library, case_id, actor = self.desk.library, self.desk.case_id, self.desk.actor

        def work(_progress: Progress) -> None:
            take_back(library, case_id, row_id, actor=actor)

        self.desk.run_writing("不列为代表", work)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self._show()


def _remark(result: Result) -> str:
    parts = []
    if result.base:
        parts.append(f"应到 {result.base} 人，超过一半要 {majority_of(result.base)} 票")
    if result.seats is not None:
        parts.append(f"名额 {result.seats} 名")
    return "，".join(parts)
