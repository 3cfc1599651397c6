"""Types the facts of a worked year into the window, field by field, and remembers which record became which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from app.domain.case import Case, is_single
from app.domain.evidence import Origin
from app.domain.facts import Fact, Kind, Record
from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step
from app.forms.pages import PAGES, page_of
from app.gui.forms.closed_section import ClosedSection
from app.gui.forms.section_view import SectionView
from app.gui.widgets.editor import FieldEditor
from tests.gui.window_driver import Hands

SKIPPED = frozenset({"departments"})
"""Either all of it or nothing: its sums are checked."""

NOT_TYPED = frozenset(
    {
        "questions",
        "answer_counts",
        "outside_figures",
        "instructor_visits",
        "obligations",
        "positions",
        "polls",
    }
)
"""Records of which only the first is typed: many of the same kind would only take time."""

NO_FACT: frozenset[tuple[str, str]] = frozenset({("cycle", "year"), ("cycle", "region"), ("union", "name")})
"""Facts that the first use has asked for already."""


@dataclass
class Typist:
    """Types an example into the window and remembers which record became which."""

    hands: Hands
    example: Case
    made: dict[tuple[str, str], str] = field(default_factory=dict)
    later: list[tuple[Page, Step, Section, str, str, Fact, Any]] = field(default_factory=list)
    typed: int = 0

    # ---- what goes where

    def sections(self, page: Page) -> Iterator[tuple[Step, Section]]:
        for step in page.steps:
            for section in step.sections:
                yield step, section

    def records(self, page: Page, section: Section) -> list[Record]:
        """The records typed into a section: those that have no place where more of them can be written."""
        found = [each for each in self.example.records(section.collection) if section.holds(each)]
        if section.preset:
            found = [
                each
                for each in found
                if all(getattr(each, name) == value for name, value in section.preset.items())
            ]
        if section.collection in SKIPPED:
            return []
        mine = [each for each in found if self.best_place(each, section.collection) is section]
        return mine[:1] if section.collection in NOT_TYPED else mine

    def best_place(self, record: Record, collection: str) -> Section:
        places = [
            section
            for page in PAGES
            for _, section in self.sections(page)
            if section.collection == collection and section.holds(record)
        ]
        return max(places, key=lambda section: len(self.facts(section, record)))

    def facts(self, section: Section, record: Record) -> list[Fact]:
        """The facts of a record that are known and asked for in a section."""
        return [
            fact
            for fact in section.facts()
            if getattr(record, fact.name) != fact.empty and (section.collection, fact.name) not in NO_FACT
        ]

    # ---- typing

    def type_page(self, page: Page) -> None:
        for step in page.steps:
            if not any(self.records(page, section) for section in step.sections):
                continue
            self.hands.go(page.key, step.key)
            for section in step.sections:
                for record in self.records(page, section):
                    self.type_record(page, step, section, record)
        self.hands.settle()

    def view(self, section: Section) -> SectionView:
        for closed in self.hands.visible(ClosedSection, self.hands.page):
            if closed.section is section:
                self.hands.press_button(closed.button)
        views = self.hands.visible(SectionView, self.hands.page)
        found = [view for view in views if view.section is section]
        assert found, f"no sheet {section.title} among {[view.section.title for view in views]}"
        return found[0]

    def type_record(self, page: Page, step: Step, section: Section, record: Record) -> None:
        view = self.view(section)
        if is_single(section.collection):
            record_id = section.collection
        else:
            before = {each.id for each in view.records()}
            adder = view.adder()
            assert adder is not None, section.title
            self.hands.press_button(adder)
            (record_id,) = {each.id for each in view.records()} - before
        self.made[section.collection, record.id] = record_id
        for fact in self.facts(section, record):
            value = self.translated(fact, getattr(record, fact.name))
            if value is None:
                wanted = getattr(record, fact.name)
                self.later.append((page, step, section, record_id, record.id, fact, wanted))
            else:
                self.type_fact(view, record_id, fact, value)

    def type_fact(self, view: SectionView, record_id: str, fact: Fact, value: Any) -> None:
        editor = self.open_cell(view, record_id, fact) or self.form_editor(view, record_id, fact)
        if editor.value() != value:
            self.hands.fill(editor, value)
            self.typed += 1
        assert editor.is_understood(), (fact.label, editor.error())

    def open_cell(self, view: SectionView, record_id: str, fact: Fact) -> FieldEditor | None:
        """The editor of a fact that is filled in right in its row."""
        if view._cells is None or view._held_by(record_id, fact.name) is None:
            return None
        assert view.table is not None
        QApplication.processEvents()  # a cell that was left closes in the next turn
        already = view._cells.editor()
        if already is not None and already.has_focus():
            if view._cells._place == (record_id, fact.name):
                return already  # Tab from the cell before has opened it
            self.hands.key(Qt.Key.Key_Escape)
        self.hands.open_cell(view.table, record_id, self.column(view, fact.name))
        editor = view._cells.editor()
        assert editor is not None and editor.name == fact.label, (fact.label, editor)
        return editor

    def form_editor(self, view: SectionView, record_id: str, fact: Fact) -> FieldEditor:
        """The editor of a fact in the form of its record, unfolded if need be."""
        if view.form is None or view.form.isHidden() or view.form.record_id() != record_id:
            assert view.table is not None
            if view._cells is not None and view._cells.editor() is not None:
                self.hands.key(Qt.Key.Key_Escape)
            self.hands.select_row(view.table, record_id)
            if view.section.style == "grid" and (view.form is None or view.form.isHidden()):
                assert view.whole is not None
                self.hands.press_button(view.whole)
        assert view.form is not None and view.form.record_id() == record_id
        if fact.name not in view.form.editors or not view.form.editors[fact.name].isVisible():
            self.hands.press_button(view.form.more)
        return view.form.editors[fact.name]

    def column(self, view: SectionView, name: str) -> int:
        return view.section.columns.index(name)

    def translated(self, fact: Fact, value: Any) -> Any:
        """A link in terms of what was typed here; ``None`` while its end is not there yet."""
        if fact.kind is Kind.REF:
            return self.made.get((fact.refers_to, value))
        if fact.kind is Kind.REFS:
            ends = [self.made.get((fact.refers_to, each)) for each in value]
            known = tuple(end for end in ends if end is not None)
            return known if fact.refers_to in NOT_TYPED or len(known) == len(ends) else None
        return value

    def type_links(self) -> None:
        """Go back and link what was not there yet."""
        for page, step, section, record_id, _old, fact, value in self.later:
            self.hands.go(page.key, step.key)
            view = self.view(section)
            if view.table is not None and not view.table.isHidden():
                self.hands.select_row(view.table, record_id)
            self.type_fact(view, record_id, fact, self.translated(fact, value))
        self.hands.settle()

    def attach(self, stage: Stage, folder: Path) -> None:
        """Take the scans of a stage in and say what each proves."""
        papers = [
            paper
            for paper in self.example.evidence
            if paper.stage is stage and paper.origin is Origin.SCAN and self.proved(paper.proves)
        ]
        if not papers:
            return
        files = []
        for at, paper in enumerate(papers):
            image = QImage(60 + at, 40, QImage.Format.Format_RGB32)
            image.fill(QColor(240, 250 - 8 * at, 250 - 9 * int(paper.code[1:])))
            files.append(folder / f"{paper.code} {paper.title_text}.png")
            assert image.save(str(files[-1]))
        self.hands.go(page_of(stage).key)
        self.hands.ask.files.append(files)
        focus = QApplication.focusWidget()
        self.hands.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
        assert not self.hands.ask.files, f"Ctrl U asked for no files; the focus was in {focus!r}"
        self.hands.settle()
        for paper in papers:
            materials = self.hands.page.materials()
            self.hands.press(f"改信息：{paper.code} {paper.title_text}", materials)
            self.hands.write("证明哪一项", self.proved(paper.proves), materials)
            self.hands.write("形成日期", paper.on_day, materials)
            self.hands.write("名称", paper.title_text, materials)
            self.hands.write("编号", paper.code, materials)
        self.hands.settle()

    def proved(self, where: str) -> str:
        collection, _, record_id = where.partition("/")
        made = self.made.get((collection, record_id))
        return f"{collection}/{made}" if made else ""


def arrived(typist: Typist) -> None:
    """Every fact typed is on disk as it stands in the example, links in terms of the new records."""
    hands = typist.hands
    case = hands.desk.library.read_case(hands.desk.case_id)
    for page in PAGES:
        for _, section in typist.sections(page):
            for record in typist.records(page, section):
                new_id = typist.made.get((section.collection, record.id))
                stored = case.find(section.collection, new_id or "")
                assert stored is not None, (section.collection, record.id)
                for fact in typist.facts(section, record):
                    wanted = typist.translated(fact, getattr(record, fact.name))
                    there = getattr(stored, fact.name)
                    assert there == wanted, f"{section.collection}.{fact.name}: {there!r}, typed {wanted!r}"
