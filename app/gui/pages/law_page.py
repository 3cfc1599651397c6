"""检查与依据: what the checks found, what each rule says, and two regions beside each other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.forms.law import COMPARE, FINDINGS, LAW_STEPS, LAW_TITLE, RULES
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.forms.rule_door import RuleDoor
from app.gui.pages.head_view import HeadView
from app.gui.pages.law_compare import LawCompare, comparison_loader
from app.gui.pages.law_findings import LawFindings
from app.gui.pages.law_lookup import LawLookup
from app.gui.pages.report_paper import ReportPaper
from app.gui.preview_pages import Looked
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.step_tabs import StepView as TabView
from app.progress import Progress

LawStep = LawFindings | LawLookup | LawCompare
"""What a step shows: it has ``is_built()``, ``show_case()`` and ``first_focus()``."""

_PRINT = ActionView("print", "打印检查结果", "print")
_PRINT_COMPARED = ActionView("print", "打印对照表", "print")
_SAVE_PDF = ActionView("pdf", "存成 PDF", "download")
_SAVE_EXCEL = ActionView("xlsx", "存成 Excel", "download")


class LawPage(QWidget):
    """Three steps, each made when it is first shown; nothing is changed here but explanations.

    Signals:
        door_opened: Go there. arg: a ``Where``, a ``Finding`` or a ``RuleDoor``.
        head_changed, steps_changed: See ``StagePage``.
        job_started: A long job began. arg: the job.
        left_by_escape: Esc in the page.
    """

    SCROLLS_ITSELF = True
    HELP = (
        ("检查结果", "整个案卷查出来的全部列在这里：先是必须改，再是请说明、提示；点一条就去要改的地方。"),
        ("查规则", "每条规则怎么说、依据哪一条、原文核对到什么程度；可以按词找。"),
        ("两地对照", "同一件事在两个地方的期限和做法并排看，可以存成表格或打印。"),
    )
    """F1: what each step is for."""

    door_opened = Signal(object)
    head_changed = Signal()
    steps_changed = Signal()
    job_started = Signal(object)
    left_by_escape = Signal()

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask = ask
        self._views: dict[str, LawStep] = {}
        self._outer: dict[str, QWidget] = {}
        self._current = FINDINGS
        self.lookup: LawLookup | None = None
        self.compare: LawCompare | None = None
        self.setAccessibleName(LAW_TITLE)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.paper = ReportPaper(desk, ask, column, self._stack)
        self.paper.left.connect(self._on_paper_left)
        desk.case_changed.connect(self._on_case_changed)
        self.show_step(self._current)

    # ---- steps

    def tabs(self) -> list[TabView]:
        """The steps as tabs."""
        return [TabView(key, title, "") for key, title in LAW_STEPS]

    def current_step(self) -> str:
        """The key of the step that is shown."""
        return self._current

    def show_step(self, key: str) -> None:
        """Show a step; builds it the first time. KeyError when there is none of that key."""
        if key not in dict(LAW_STEPS):
            raise KeyError(key)
        self.paper.close()
        self._current = key
        self.view(key).show_case()
        self._stack.setCurrentWidget(self._outer[key])
        self.steps_changed.emit()
        self.head_changed.emit()

    def view(self, key: str = "") -> LawStep:
        """What a step (by default the one shown) shows; made the first time."""
        key = key or self._current
        if key not in self._views:
            made = self._make(key)
            made.door_opened.connect(self.door_opened)
            self._views[key] = made
            self._outer[key] = made if isinstance(made, LawFindings) else PageScroll(made)
            self._stack.addWidget(self._outer[key])
        return self._views[key]

    def _make(self, key: str) -> LawStep:
        if key == FINDINGS:
            return LawFindings(self._desk, self._stack)
        if key == RULES:
            self.lookup = LawLookup(self._desk)
            return self.lookup
        self.compare = LawCompare(self._desk, self._ask)
        self.compare.job_started.connect(self.job_started)
        return self.compare

    def is_built(self) -> bool:
        """Whether the step that is shown stands and shows what was worked out last."""
        view = self.view()
        return isinstance(view, LawFindings) or view.is_built()

    # ---- what the window asks

    def head(self) -> HeadView:
        """The title, for which region and day, and what can be printed."""
        pack = self._desk.program.pack_or_national(self._desk.case)
        actions: tuple[ActionView, ...] = ()
        if self._current == FINDINGS:
            actions = (_PRINT,)
        elif self._current == COMPARE:
            actions = (_SAVE_EXCEL, _SAVE_PDF, _PRINT_COMPARED)
        return HeadView(title=LAW_TITLE, context=f"规则包 {pack.name} {pack.version}", secondary=actions)

    def show_case(self) -> None:
        """Show the case as it is on the desk."""
        self.view().show_case()
        self.steps_changed.emit()
        self.head_changed.emit()

    def show_rule(self, door: RuleDoor) -> None:
        """Show one rule in full."""
        self.show_step(RULES)
        if self.lookup is not None:
            self.lookup.show_rule(door)

    def first_focus(self) -> QWidget | None:
        """What is to be looked at next."""
        if self.paper.preview is not None:
            return self.paper.preview
        return self.view().first_focus()

    def do(self, action: str) -> None:
        """Do what a button of the head asks."""
        if action == "print":
            self.print_or_look("print")
        elif self._current == COMPARE and self.compare is not None:
            self.compare.save(f".{action}")

    def print_or_look(self, action: str) -> None:
        """Show the findings, or the rows that are compared, as they are printed; then ask for the printer."""
        if self._current == FINDINGS:
            self.paper.show_paper("检查结果与说明", self._checkup_loader(), printing=action == "print")
        elif self._current == COMPARE and self.compare is not None and self.compare.made is not None:
            made = self.compare.made
            load = comparison_loader(made, self.compare.rows())
            self.paper.show_paper(made.title, load, printing=action == "print")

    def _checkup_loader(self) -> Callable[[Progress], Looked]:
        program, library, case = self._desk.program, self._desk.library, self._desk.case

        def load(_progress: Progress) -> Looked:
            from app.documents.pdf import render_pdf
            from app.usecases.make_document import build_document

            paper = build_document(program, library, case, "checkup")
            return Looked(render_pdf(paper), landscape=paper.page.is_landscape)

        return load

    @Slot()
    def _on_paper_left(self) -> None:
        focus = self.first_focus()
        if focus is not None and self.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if changed & {"union", "cycle"} and self.isVisible():
            self.show_case()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
            return
        super().keyPressEvent(event)
