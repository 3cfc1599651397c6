"""Every fact has its place on a page; every page refers only to what exists."""

from __future__ import annotations

from app.domain.case import collections, is_single
from app.domain.facts import facts_of
from app.domain.stages import Stage
from app.forms.layout import View
from app.forms.pages import KEPT_BY_PROGRAM, PAGES, page_of
from app.forms.settings import OTHER_REPORTS

ON_OTHER_PAGES = {("cycle", "practice"), ("agreements", "text_digest")}
"""Set by choosing the practice case, and computed when a text is agreed."""

KEYS = {("questions", "bank_key")}
"""Names for the program itself, no words for anybody."""


def sections():
    return [section for page in PAGES for step in page.steps for section in step.sections] + [OTHER_REPORTS]


def test_every_fact_can_be_reached():
    placed = {(s.collection, fact.name) for s in sections() for fact in s.facts()}
    views = [part for page in PAGES for step in page.steps for part in step.parts if isinstance(part, View)]
    covered = {name for view in views for name in view.covers}
    placed |= {(name, fact) for name in covered for fact in facts_of(collections()[name])}
    presets = {(s.collection, name) for s in sections() for name in s.preset}
    wanted = {
        (collection, name)
        for collection, record_class in collections().items()
        if collection not in KEPT_BY_PROGRAM
        for name in facts_of(record_class)
    }
    assert wanted - placed - presets == ON_OTHER_PAGES


def test_a_key_of_the_program_is_in_no_form():
    assert not {(s.collection, fact.name) for s in sections() for fact in s.facts()} & KEYS


def test_sections_name_existing_facts_and_say_how_to_add():
    for section in sections():
        declared = facts_of(collections()[section.collection])
        for name in (*section.columns, *section.preset, *section.leave_out):
            assert name in declared, (section.collection, name)
        assert bool(section.add) is not is_single(section.collection), section.collection
        assert len(section.add.replace("{offer}", "要约书").replace("{agreement}", "集体合同")) <= 10


def test_every_stage_has_its_page():
    assert [page_of(stage).stage for stage in Stage] == list(Stage)


def test_what_stands_in_the_form_first_and_what_is_filled_in_rows_exists():
    for section in sections():
        declared = facts_of(collections()[section.collection])
        own = {fact.name for fact in section.facts()}
        assert set(section.first) <= own, section.title
        assert set(section.cells) <= set(section.columns) & own, section.title
        assert section.style == "grid" or not section.cells, section.title
        assert not set(section.first) - set(declared)


def test_every_view_covers_collections_that_exist():
    for page in PAGES:
        for step in page.steps:
            for part in step.parts:
                if isinstance(part, View):
                    assert set(part.covers) <= set(collections()), part.key
