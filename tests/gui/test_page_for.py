"""Every place of a case has a page that lists it, and a door never ends on a page that does not know the thing."""

from __future__ import annotations

import pytest

from app.domain.case import Case, collections
from app.domain.closing import StageClosing
from app.domain.stages import Stage
from app.forms.pages import KEPT_BY_PROGRAM, PAGES
from app.forms.settings import OTHER_REPORTS
from app.gui.main_window_pages import EVIDENCE, HOME, REPORT, page_for, told_about
from app.rules.findings import Where
from app.usecases.make_demo import read_example

EXAMPLES = ("shandong-linyi-single", "tianjin-hedong-area", "weihai-express-industry")


def listing(collection: str) -> set[str]:
    """Keys of the pages of which a part shows the collection."""
    found = {page.key for page in PAGES if any(step.covers(collection) for step in page.steps)}
    return found | ({REPORT} if collection == OTHER_REPORTS.collection else set())


@pytest.mark.parametrize("collection", [name for name in collections() if name not in KEPT_BY_PROGRAM])
def test_a_door_leads_to_a_page_that_lists_the_record(collection: str) -> None:
    wanted = listing(collection)
    assert wanted, collection
    assert page_for(Case(), Where(collection)) in wanted
    for example in EXAMPLES:
        case = read_example(example)
        for held in case.records(collection):
            assert page_for(case, Where(collection, held.id)) in wanted, held.id


def test_a_topic_of_the_offer_is_in_the_topic_table() -> None:
    case = read_example("shandong-linyi-single")
    for held in case.offer_items:
        assert page_for(case, Where("offer_items", held.id, "claim")) == "offer"
    assert page_for(case, Where("offer_items")) == "offer"


def test_only_what_is_handed_in_leads_to_the_reports() -> None:
    case = read_example("shandong-linyi-single")
    there = {name for name in collections() if page_for(case, Where(name)) == REPORT}
    assert there == {"made_packages"}


def test_what_the_program_keeps_is_on_the_page_it_belongs_to() -> None:
    case = read_example("shandong-linyi-single")
    closed = case.with_record("stage_closings", StageClosing(id="c", stage=Stage.OFFER))
    assert page_for(closed, Where("stage_closings", "c")) == "offer"
    assert page_for(case, Where("made_documents", "none")) == EVIDENCE
    assert page_for(case, Where("evidence", "none")) == EVIDENCE
    assert page_for(case, Where("staff_groups")) == "settings"
    pages = {held.finding: page_for(case, Where("explanations", held.id)) for held in case.explanations}
    assert pages["disclose_due:meetings/meeting-1"] == "negotiation"
    assert pages["congress_result_publish:sessions/session-2#hang"] == "congress"
    assert page_for(case, Where("explanations", "none")) == HOME


def test_the_place_behind_a_finding_is_in_its_key() -> None:
    assert told_about("file_due:signings/signing-1#reminder") == Where("signings", "signing-1")
    assert told_about("x:nothing/1") is None
    assert told_about("") is None
