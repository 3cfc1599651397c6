"""报送材料: the papers that go to the authority, ticked off one by one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.filing import Filing
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.stages.stage_view import StageView
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Hairline
from app.gui.widgets.text import Text
from app.rules.filing_papers import FilingLine, check_list, ticked
from app.rules.findings import cite
from app.rules.ground import Ground
from app.usecases.check_case import ground_of

_COLUMNS = (
    ColumnView(key="there", title="已备", extent=48, kind="check"),
    ColumnView(key="name", title="报送材料", share=3, bold=True),
    ColumnView(key="state", title="有没有", extent=96),
    ColumnView(key="written", title="送的是", share=3, ink="ink2"),
)


class FilingPapers(StageView):
    """The list of the filing that is open above; Space ticks the row walked to."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(desk, ask, parent)
        self._record_id = ""
        self._lines: dict[str, FilingLine] = {}
        self.column.setSpacing(6)
        self.column.addWidget(Hairline())
        self.table = RecordTable("报送材料", _COLUMNS)
        self.table.cell_ticked.connect(self._on_ticked)
        self.column.addWidget(self.table)
        self.line = Text("", wrap=True, ink="ink2")
        self.column.addWidget(self.line)
        desk.case_changed.connect(self._on_case_changed)
        self._show()

    def record_shown(self, collection: str, record_id: str) -> None:
        if collection == "filings" and record_id != self._record_id:
            self._record_id = record_id
            self._show()

    def lines(self) -> tuple[FilingLine, ...]:
        """What is listed."""
        return tuple(self._lines.values())

    def _filing(self) -> Filing | None:
        held = self.desk.case.find("filings", self._record_id)
        if held is None and len(self.desk.case.filings) == 1:
            held = self.desk.case.filings[0]
        return held if isinstance(held, Filing) else None

    def _ground(self) -> Ground:
        return ground_of(self.desk.program, self.desk.case)

    def focus_fact(self, collection: str, record_id: str, fact: str) -> QWidget | None:
        if collection != "filings" or fact != "papers" or self._filing() is None:
            return None
        lacking = next((line.key for line in self.lines() if line.asked and not line.there), "")
        if lacking:
            self.table.select(lacking)
        self.table.setFocus()
        return self.table.view

    def _show(self) -> None:
        filing = self._filing()
        self.setVisible(filing is not None)
        if filing is None:
            self._lines = {}
            return
        ground = self._ground()
        self._lines = {line.key: line for line in check_list(ground, filing)}
        rows = [self._row(line) for line in self.lines()]
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)
        rule = ground.rule("file_docs")
        asked = [line for line in self.lines() if line.asked]
        there = sum(line.there for line in asked)
        said = (
            f"要交 {len(asked)} 样，已备 {there} 样" if asked else "要交什么，法规未规定，以当地窗口要求为准"
        )
        article = cite(rule.sources) if rule is not None and rule.sources else ""
        copies = ground.wording.filing_copies_text
        self.line.set_words("；".join(part for part in (said, copies, article) if part) + "。")

    def _row(self, line: FilingLine) -> RowView:
        if line.there:
            state, words = "done", "有"
        elif not line.fits:
            state, words = "", "不适用"
        elif line.asked:
            state, words = "lacking", "缺"
        else:
            state, words = "missing", "没有要求"
        written = "、".join(each for each in line.written if each != line.name)
        return RowView(
            line.key,
            {"there": line.there, "name": line.name, "state": words, "written": written},
            {"state": state} if state else {},
            locked=self.desk.read_only,
        )

    @Slot(str, str, bool)
    def _on_ticked(self, key: str, _column: str, there: bool) -> None:
        filing, line = self._filing(), self._lines.get(key)
        if filing is not None and line is not None and not self.desk.read_only:
            self.desk.change("filings", ticked(filing, line, there))

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & {"filings", "cycle"}:
            self._show()
