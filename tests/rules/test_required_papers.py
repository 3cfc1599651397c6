"""Which papers a year must leave and which of them are found."""

from __future__ import annotations

import dataclasses
from datetime import date

from app.documents.catalogue import CATALOGUE
from app.domain.case import Case
from app.domain.evidence import Evidence, MadeDocument, Origin
from app.rules.required_papers import PaperNeed, required_papers
from tests.rules.worked import ON, changed, packs, worked


def needs(case: Case, key: str, *, on: date = ON, region: str = "shandong") -> list[PaperNeed]:
    return [each for each in required_papers(case, packs().region(region), on) if each.key == key]


def test_an_empty_case_owes_nothing_yet_but_shows_what_will_come():
    found = required_papers(Case(), packs().national, ON)
    assert found and not any(each.due for each in found)


def test_a_receipt_is_found_by_what_it_proves_and_what_it_is_called():
    (need,) = needs(worked("linyi"), "offer_receipt")
    assert need.due and need.have == ("z01", "p06") and need.proves == "deliveries/delivery-1"


def test_every_meeting_needs_its_own_minutes():
    assert [need.about for need in needs(worked("linyi"), "minutes")] == [
        "1 2026年4月10日",
        "2 2026年4月17日",
        "3 2026年4月22日",
    ]


def test_a_meeting_to_come_owes_nothing_yet():
    assert [need.due for need in needs(worked("linyi"), "minutes", on=date(2026, 4, 18))] == [
        True,
        True,
        False,
    ]


def test_what_the_program_made_counts_and_a_signature_where_it_is_needed():
    case = worked("linyi")
    made = MadeDocument(id="m1", kind="minutes", subject="meeting-2")
    receipt = MadeDocument(id="m2", kind="delivery_receipt", subject="delivery-1")
    case = dataclasses.replace(case, made_documents=(made, receipt))
    assert [need.have for need in needs(case, "minutes")] == [(), ("m1",), ()]
    assert needs(case, "offer_receipt")[0].have == ("z01", "p06")
    signed = dataclasses.replace(case, made_documents=(receipt.replace(signed=True),))
    assert needs(signed, "offer_receipt")[0].have == ("z01", "p06", "m2")


def test_a_slip_tells_why_and_is_no_paper():
    slip = Evidence(
        id="slip",
        paper="minutes",
        proves="meetings/meeting-1",
        origin=Origin.MISSING,
        missing_reason="记录本被水泡坏",
    )
    case = worked("linyi")
    need = needs(dataclasses.replace(case, evidence=(*case.evidence, slip)), "minutes")[0]
    assert need.have == () and need.missing_reason == "记录本被水泡坏"


def test_paper_chosen_from_the_list_needs_no_words():
    paper = Evidence(
        id="x", paper="minutes", title_text="扫描0001", proves="meetings/meeting-1", origin=Origin.SCAN
    )
    case = worked("linyi")
    assert needs(dataclasses.replace(case, evidence=(*case.evidence, paper)), "minutes")[0].have == ("x",)


def test_papers_of_one_region_are_not_asked_for_in_another():
    assert needs(worked("linyi"), "list_published")
    assert not needs(worked("linyi"), "list_published", region="national")


def test_regional_names_are_used():
    assert needs(worked("weihai"), "signed_agreement")[0].name == "行业性工资专项集体合同签字盖章原件"


def test_names_show_no_ids():
    for name in ("linyi", "weihai", "hedong"):
        for need in required_papers(worked(name), packs().region("shandong"), ON):
            assert "-" not in need.about.replace("2026-", ""), need.about


def test_every_document_named_is_one_the_program_makes():
    kinds = {kind.key for kind in CATALOGUE}
    assert {paper.document for paper in packs().national.papers if paper.document} <= kinds


def test_rectification_is_needed_only_where_something_was_to_mend():
    assert [need.due for need in needs(worked("linyi"), "rectification")] == [True]


def test_nothing_ever_makes_it_stumble():
    case = changed(worked("linyi"), {"remove": ["sessions/*", "deliveries/*"]})
    assert needs(case, "offer_receipt")[0].proves == ""
