"""One year through the real window: from an empty folder, stage by stage, to a verified package.

What is typed are the facts of the shipped example, field by field, with keys and the mouse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.case import Case, is_single
from app.domain.evidence import Origin
from app.domain.facts import Fact, Kind, Record
from app.domain.stages import Stage
from app.exchange.verify import verify_package
from app.forms.layout import Page, Section, Step
from app.forms.pages import PAGES, page_of
from app.forms.settings import SETTINGS_PAGE
from app.gui.forms.section_view import SectionView
from app.rules.findings import Grade, State
from app.usecases.make_demo import read_example
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
        views = self.hands.visible(SectionView, self.hands.page)
        return next(view for view in views if view.section is section)

    def type_record(self, page: Page, step: Step, section: Section, record: Record) -> None:
        view = self.view(section)
        if is_single(section.collection):
            record_id = section.collection
        else:
            before = {each.id for each in view.records()}
            assert view.table is not None
            self.hands.press(view.table.add_button.words(), view)
            (record_id,) = {each.id for each in view.records()} - before
        self.made[section.collection, record.id] = record_id
        for fact in self.facts(section, record):
            value = self.translated(fact, getattr(record, fact.name))
            if value is None:
                wanted = getattr(record, fact.name)
                self.later.append((page, step, section, record_id, record.id, fact, wanted))
            else:
                self.type_fact(view, fact, value)

    def type_fact(self, view: SectionView, fact: Fact, value: Any) -> None:
        editor = view.editor(fact.name)
        assert editor is not None, (view.section.collection, fact.name)
        if editor.value() != value:
            self.hands.fill(editor, value)
            self.typed += 1
        assert editor.error() is None, (fact.label, editor.error())

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
            assert view.table is not None
            area = view.table.cell_area(record_id, section.columns[0])
            QTest.mouseClick(view.table.view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
            QApplication.processEvents()
            self.type_fact(view, fact, self.translated(fact, value))
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
        self.hands.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
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


def open_musts(hands: Hands) -> list[str]:
    return [
        finding.sentence
        for finding in hands.desk.checkup.findings
        if finding.grade is Grade.MUST and finding.state is State.OPEN
    ]


def first_use(hands: Hands, place: Path, example: Case) -> None:
    hands.begin(None)
    hands.ask.folders.append(place)
    hands.key(Qt.Key.Key_Return)  # 新建资料库 has the focus
    hands.press("选文件夹")
    hands.press("下一步：工会")
    hands.write("工会名称", example.union.name)
    hands.press("下一步：地区和规则")
    hands.write("所在地区", example.cycle.region)
    hands.press("下一步：本年协商")
    hands.press("建好资料库")
    hands.settle()
    hands.qtbot.waitUntil(lambda: hands.desk is not None, timeout=20_000)


def explain_what_cannot_be_mended(hands: Hands, example: Case) -> int:
    """Write 如实说明 and 说明 wherever the panel offers it; returns how many."""
    words = {written.rule: written for written in example.explanations}
    written = 0
    for stage in Stage:
        hands.go(page_of(stage).key)
        for _ in range(12):
            hands.settle()
            cards = hands.window.frame.panel.cards()
            wanted = next((c for c in cards if c.finding.action in ("写如实说明", "写说明")), None)
            if wanted is None:
                break
            rule = wanted.finding.id.partition(":")[0]
            known = words.get(rule)
            hands.press(wanted.finding.action, wanted)
            hands.write("情况", known.what_happened if known else "原件在柜里，已经核对过。")
            if wanted.finding.action == "写如实说明":
                hands.write("补救", known.made_good if known else "已经补做。")
            hands.press("写好这条说明")
            written += 1
    hands.settle()
    return written


@pytest.mark.xvfb
def test_a_year_from_an_empty_folder_to_a_verified_package(qtbot, tmp_path: Path) -> None:
    example = read_example("shandong-linyi-single")
    hands = Hands(qtbot, tmp_path / "config")
    typist = Typist(hands, example)
    place = tmp_path / "资料"
    scans = tmp_path / "扫描"
    scans.mkdir()

    first_use(hands, place, example)
    typist.type_page(SETTINGS_PAGE)
    for stage in Stage:
        typist.type_page(page_of(stage))
    typist.type_links()
    for stage in Stage:
        typist.attach(stage, scans)
    assert typist.typed > 600
    arrived(typist)

    assert explain_what_cannot_be_mended(hands, example) >= 3
    assert open_musts(hands) == []
    for stage in Stage:
        hands.go(page_of(stage).key)
        hands.press("结束本阶段")
        hands.settle()
        assert hands.window.frame.failure is None, hands.window.frame.failure.failure.what_happened
    assert {closing.stage for closing in hands.desk.case.stage_closings} == set(Stage)

    target = tmp_path / "报送"
    target.mkdir()
    hands.go("report")
    hands.ask.folders.append(target)
    hands.press("导出报送包")
    hands.settle()
    hands.qtbot.waitUntil(lambda: bool(hands.desk.case.made_packages), timeout=60_000)
    hands.settle()
    (package,) = [folder for folder in target.iterdir() if folder.is_dir()]
    verification = verify_package(package)
    assert verification.ok, verification.problems
    assert hands.window.close()


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
                    assert getattr(stored, fact.name) == wanted, (section.collection, fact.name)
