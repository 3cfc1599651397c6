"""What stands in the side panel of a stage: findings, their basis, what was changed."""

from __future__ import annotations

from collections import Counter, defaultdict

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.forms.layout import Page
from app.forms.pages import page_of
from app.gui.desk import Desk
from app.gui.findings_view import basis_notes, finding_view, history_notes, in_order, met_texts, of_stage
from app.gui.main_window_pages import page_for
from app.gui.shell.main_frame import MainFrame
from app.gui.shell.side_panel import HISTORY
from app.progress import Progress
from app.rules.findings import Checkup, Deadline, Finding, State, Where
from app.storage.journal import JournalEntry
from app.usecases.restore_point import ACTION as POINT

MOST_HISTORY = 50
_READ_AT_ONCE = 400


class SidePanelContent(QObject):
    """Fills the frame's side panel for the stage that is shown."""

    def __init__(self, frame: MainFrame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._desk: Desk | None = None
        self._page: Page | None = None
        self._findings: dict[str, Finding] = {}
        self._asked_why: Where | None = None
        self._counted: Checkup | None = None
        self._met_of: Counter[object] = Counter()
        self._guests_of: tuple[Checkup | None, dict[str, list[Finding]]] = (None, {})
        self._asked = 0
        frame.panel.tab_shown.connect(self._on_tab)
        frame.panel_place.opened.connect(self._on_opened)

    def show(self, desk: Desk, page: Page | None) -> None:
        """Show what belongs to a page; ``None`` for pages without a panel."""
        changed = page is not self._page or desk is not self._desk
        self._desk, self._page = desk, page
        if changed:
            self._asked_why = None
        if page is None:
            if self._frame.is_panel_shown():
                self._show_whole_case()
            return
        findings, deadlines = self._of_page(desk, page)
        self._findings = {finding.key: finding for finding in findings}
        self._frame.panel.show_findings([finding_view(each, desk.case) for each in findings], self._met())
        self._show_basis(findings, deadlines)
        self._frame.refresh_counts()
        if self._frame.panel.current_tab() == HISTORY:
            self.read_history()

    @Slot()
    def _on_opened(self) -> None:
        """F8 on a page of no stage: the panel is filled only when it is wanted."""
        if self._page is None:
            self._show_whole_case()

    def _show_whole_case(self) -> None:
        """Every finding, each with its stage."""
        desk = self._desk
        if desk is None:
            return
        findings = in_order(desk.checkup.findings)
        self._findings = {finding.key: finding for finding in findings}
        cards = [finding_view(each, desk.case, place=each.place) for each in findings]
        self._frame.panel.show_findings(cards, len(desk.checkup.satisfied))
        self._show_basis(findings, [])

    def _of_page(self, desk: Desk, page: Page) -> tuple[list[Finding], list[Deadline]]:
        """The findings and due dates of the page's stage, and findings of other stages whose field stands here."""
        findings, deadlines = of_stage(desk.checkup, page.stage)
        if self._guests_of[0] is not desk.checkup:
            guests: defaultdict[str, list[Finding]] = defaultdict(list)
            for each in desk.checkup.findings:
                key = page_for(desk.case, each.where, each.stage)
                if key != page_of(each.stage).key or not each.of_stage:
                    guests[key].append(each)
            self._guests_of = (desk.checkup, guests)
        guests_here = self._guests_of[1].get(page.key, [])
        return (in_order([*findings, *guests_here]) if guests_here else findings), deadlines

    def _show_basis(self, findings: list[Finding], deadlines: list[Deadline]) -> None:
        desk = self._desk
        if desk is None:
            return
        notes = basis_notes(findings, deadlines, desk.case.cycle.year)
        if self._asked_why is not None:
            from app.gui.forms.reasons import why_notes  # it brings the forms, which 首页 does without

            notes = [*why_notes(desk, self._asked_why), *notes]
        self._frame.panel.show_basis(notes)

    def show_why(self, focus: QWidget | None) -> None:
        """F4: put the reasons behind the field or figure with the focus before the articles of the page."""
        desk, page = self._desk, self._page
        if desk is None or page is None or self._frame.panel_mode() == "none":
            return
        from app.gui.forms.reasons import where_of

        where = where_of(focus)
        if where is not None:
            self._asked_why = where
        self._show_basis(*self._of_page(desk, page))
        self._frame.panel_place.show_why()

    def finding(self, key: str) -> Finding | None:
        """A finding that is listed."""
        return self._findings.get(key)

    def must_open(self) -> int:
        """How many stand in the way."""
        return sum(finding.state is State.OPEN for finding in self._findings.values())

    def _met(self) -> int:
        """How many checks of the stage are met; counted once for each check of the case."""
        desk, page = self._desk, self._page
        if desk is None or page is None:
            return 0
        if self._counted is not desk.checkup:
            self._counted = desk.checkup
            self._met_of = Counter(text.stage for text in met_texts(desk))
        return self._met_of[page.stage]

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        if key == HISTORY:
            self.read_history()

    def read_history_if_shown(self) -> None:
        """Something was written that no record shows."""
        if self._frame.panel.current_tab() == HISTORY:
            self.read_history()

    def read_history(self) -> None:
        """Read the newest journal entries of the page's collections, in the background."""
        desk, page = self._desk, self._page
        if desk is None or page is None:
            return
        self._asked += 1
        asked = self._asked
        stage = page.stage
        watched = {section.collection for step in page.steps for section in step.sections}
        kept = {"evidence", "made_documents", "stage_closings"}

        def belongs(entry: JournalEntry) -> bool:
            if entry.collection in watched or entry.action.startswith(f"{POINT}："):
                return True
            facts = entry.after or entry.before or {}
            return entry.collection in kept and facts.get("stage") == stage

        def work(_progress: Progress) -> list[JournalEntry]:
            found: list[JournalEntry] = []
            before: int | None = None
            while len(found) < MOST_HISTORY:
                entries = desk.library.journal(desk.case_id, limit=_READ_AT_ONCE, before=before)
                found += [entry for entry in entries if belongs(entry)]
                if len(entries) < _READ_AT_ONCE:
                    break
                before = entries[-1].number
            return found[:MOST_HISTORY]

        def done(entries: list[JournalEntry]) -> None:
            if asked == self._asked:
                self._frame.panel.show_history(history_notes(entries, desk.case.cycle.year))

        desk.run_reading("修改记录", work, done=done)
