"""Which pages the window has: one table, from which navigation and rooms are made, each on first sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Case, collections
from app.domain.stages import Stage, row_of
from app.forms.law import LAW, LAW_TITLE
from app.forms.pages import STAGE_PAGES, page_of, place_of
from app.forms.settings import OTHER_REPORTS, SETTINGS_PAGE
from app.gui.shell.main_frame import PanelMode
from app.gui.shell.nav import BOTTOM, MATERIALS
from app.gui.shell.nav import STAGES as STAGES_GROUP
from app.gui.shell.nav_item import NavItem
from app.gui.widgets.page_scroll import PageScroll
from app.rules.findings import Where

if TYPE_CHECKING:
    from app.forms.layout import Page
    from app.gui.ask import Ask
    from app.gui.desk import Desk

HOME, EVIDENCE, REPORT, SETTINGS = "home", "evidence", "report", "settings"

MakePage = Callable[["Desk", "Ask", QWidget], QWidget]
"""The last is the room it is put into: a page that has its parent from the first is styled only once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One page: its place in the navigation, how it is made, whether the panel stands beside it or slides over it."""

    nav: NavItem
    make: MakePage
    panel: PanelMode = "none"

    @property
    def key(self) -> str:
        """The page's key."""
        return self.nav.page


def load_home() -> None:
    """Load what 首页 is made of, before there is a case to show on it."""
    import app.gui.pages.home_page  # noqa: F401 - to have it at hand


def _home(desk: Desk, ask: Ask, room: QWidget) -> QWidget:
    from app.gui.pages.home_page import HomePage

    return HomePage(desk, ask, room)


def _evidence(desk: Desk, ask: Ask, room: QWidget) -> QWidget:
    from app.gui.pages.evidence_page import EvidencePage

    return EvidencePage(desk, ask, room)


def _report(desk: Desk, ask: Ask, room: QWidget) -> QWidget:
    from app.gui.pages.report_page import ReportPage

    return ReportPage(desk, ask, room)


def _law(desk: Desk, ask: Ask, room: QWidget) -> QWidget:
    from app.gui.pages.law_page import LawPage

    return LawPage(desk, ask, room)


def _settings(desk: Desk, ask: Ask, room: QWidget) -> QWidget:
    from app.gui.pages.settings_page import SettingsPage

    return SettingsPage(desk, ask, room)


def _stage(page: Page) -> MakePage:
    def make(desk: Desk, ask: Ask, room: QWidget) -> QWidget:
        from app.gui.pages.stage_page import StagePage

        return StagePage(page, desk, ask, room)

    return make


def _stage_entry(page: Page) -> PageEntry:
    assert page.stage is not None
    number = row_of(page.stage).number
    item = NavItem(
        page=page.key, label=page.title, short=page.short, number=number, group=STAGES_GROUP, key=str(number)
    )
    return PageEntry(nav=item, make=_stage(page), panel="docked")


PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        nav=NavItem(page=HOME, label="首页", short="首页", icon="home", key="0"), make=_home, panel="closed"
    ),
    *(_stage_entry(page) for page in STAGE_PAGES),
    PageEntry(
        nav=NavItem(page=EVIDENCE, label="材料与证据", short="材料", icon="folder", group=MATERIALS, key="8"),
        make=_evidence,
        panel="closed",
    ),
    PageEntry(
        nav=NavItem(page=REPORT, label="统计与报送", short="报送", icon="chart", group=MATERIALS, key="9"),
        make=_report,
        panel="closed",
    ),
    PageEntry(
        nav=NavItem(page=LAW, label=LAW_TITLE, short="依据", icon="scales", group=MATERIALS),
        make=_law,
        panel="closed",
    ),
    PageEntry(
        nav=NavItem(page=SETTINGS, label="设置", short="设置", icon="settings", group=BOTTOM),
        make=_settings,
        panel="closed",
    ),
)


def page_for(case: Case, where: Where, stage: Stage | None = None) -> str:
    """The key of the page on which a place is; ``stage`` decides where several pages show the same record."""
    held = case.find(where.collection, where.record_id)
    own = getattr(held, "stage", None)
    if where.collection == "evidence":
        own = stage or own
        return page_of(own).key if own is not None else EVIDENCE
    if where.collection == "made_documents":
        return EVIDENCE
    if where.collection == "made_packages":
        return REPORT
    if where.collection == "staff_groups":
        return SETTINGS_PAGE.key
    if where.collection == "stage_closings":
        return page_of(own).key if own is not None else HOME
    if where.collection == "explanations":
        about = told_about(held.finding) if held is not None else None
        return page_for(case, about, stage) if about is not None else HOME
    if stage is not None:
        page = page_of(stage)
        if any(section.collection == where.collection for step in page.steps for section in step.sections):
            return page.key
    place = place_of(where.collection, held)
    if place is not None:
        return place[0].key
    if where.collection == OTHER_REPORTS.collection:
        return REPORT
    shown = (page for page in STAGE_PAGES for step in page.steps if step.covers(where.collection))
    return next((page.key for page in shown), HOME)


def told_about(finding: str) -> Where | None:
    """The place a finding is about, from its key ``rule:collection/record#variant``; ``None`` when it names none."""
    collection, _, record = finding.partition(":")[2].partition("/")
    return Where(collection, record.partition("#")[0]) if collection in collections() else None


class PageHolder(QWidget):
    """The room of a page, there from the beginning; what it holds is made for each case anew."""

    def __init__(self, entry: PageEntry) -> None:
        super().__init__()
        self.entry = entry
        self.page: QWidget | None = None
        self._step = ""
        self._outer: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, page: QWidget) -> None:
        """Take a page in."""
        self.page = page
        self._outer = page if getattr(page, "SCROLLS_ITSELF", False) else PageScroll(page)
        self._column.addWidget(self._outer)
        self._take_up_step()

    def _take_up_step(self) -> None:
        """Go to the step at which the page stood that was let go before this one."""
        step, self._step = self._step, ""
        tabs, show = getattr(self.page, "tabs", None), getattr(self.page, "show_step", None)
        if step and callable(tabs) and callable(show) and step in [tab.id for tab in tabs()]:
            show(step)

    def release(self, *, keep_step: bool = False) -> QWidget | None:
        """Give up what is held, to be deleted once nothing works for it any more.

        It stays a child: without a parent it would be Python's, and the garbage collector takes the parts of a
        page away in an order that Qt does not survive (a completer deletes its list a second time). ``keep_step``:
        the next page stands at the same step.
        """
        current = getattr(self.page, "current_step", None)
        step = current() if keep_step and callable(current) else ""
        self._step = str(getattr(step, "key", step) or "")
        outer, self._outer, self.page = self._outer, None, None
        if outer is not None:
            self._column.removeWidget(outer)
            outer.hide()
        return outer

    def first_focus(self) -> QWidget | None:
        """Asked by the frame."""
        ask = getattr(self.page, "first_focus", None)
        found = ask() if callable(ask) else None
        return found if isinstance(found, QWidget) else None
