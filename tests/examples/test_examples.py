"""The worked years are complete, add up, and are kept in the very form the program writes."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest

from app.domain.case import Case, collections
from app.domain.evidence import Origin
from app.domain.survey import QuestionKind
from app.domain.union import Form
from app.exchange.case_file import dump_case, json_schema, load_case
from app.figures.tallies import close_count, has_quorum
from app.paths import resource

NAMES = ("shandong-linyi-single", "tianjin-hedong-area", "weihai-express-industry")
CHECKER = jsonschema.Draft202012Validator(json_schema())


def data_of(name: str) -> bytes:
    return resource(f"examples/{name}.json").read_bytes()


def example(name: str) -> Case:
    return load_case(data_of(name), name=name)


def test_all_three_are_shipped() -> None:
    assert tuple(sorted(file.stem for file in resource("examples").glob("*.json"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_example_is_canonical_and_valid(name: str) -> None:
    assert dump_case(example(name)) == data_of(name)
    CHECKER.validate(json.loads(data_of(name)))


@pytest.mark.parametrize("name", NAMES)
def test_every_stage_is_filled(name: str) -> None:
    case = example(name)
    for collection in (
        "surveys", "topics", "elections", "representatives", "offers", "deliveries", "replies", "disclosures",
        "meetings", "positions", "agreements", "clauses", "clause_figures", "sessions", "counts",
        "resolutions", "signings", "filings", "publications", "inspections", "inspection_items",
        "obligations", "polls", "evidence", "explanations",
    ):  # fmt: skip
        assert case.records(collection), collection


@pytest.mark.parametrize("name", NAMES)
def test_evidence_proves_records_that_exist(name: str) -> None:
    case = example(name)
    for paper in case.evidence:
        collection, _, record_id = paper.proves.partition("/")
        assert collection in collections(), paper.code
        assert case.find(collection, record_id) is not None, paper.code
        assert paper.sha256 == "" and paper.stage is not None and paper.on_day is not None
        scanned = paper.code.startswith("Z")
        assert (paper.origin is Origin.SCAN) is scanned
        assert not scanned or paper.caption


@pytest.mark.parametrize("name", NAMES)
def test_explanations_name_records_that_exist(name: str) -> None:
    case = example(name)
    for written in case.explanations:
        rule, _, place = written.finding.partition(":")
        collection, _, record_id = place.partition("#")[0].partition("/")
        assert rule == written.rule
        assert case.find(collection, record_id) is not None, written.finding
        assert written.kind and written.what_happened and written.written_by
        assert written.written_on == date(2026, 11, 10)


@pytest.mark.parametrize("name", NAMES)
def test_survey_numbers_agree(name: str) -> None:
    case = example(name)
    (survey,) = case.surveys
    assert survey.valid is not None
    whole: dict[str, tuple[int, ...]] = {}
    for answers in case.answer_counts:
        question = case.find("questions", answers.question)
        if question.kind is QuestionKind.OPEN:
            continue
        assert len(answers.numbers) == len(question.options)
        if answers.group_question:
            continue
        if question.kind is QuestionKind.MULTIPLE:
            assert sum(answers.numbers) <= survey.valid * question.at_most
        else:
            assert sum(answers.numbers) == (question.asked_count or survey.valid), answers.id
        if not answers.group:
            whole[question.id] = answers.numbers
    for question_id in {answers.question for answers in case.answer_counts if answers.group_question}:
        rows = [
            answers
            for answers in case.answer_counts
            if answers.question == question_id and answers.group_question
        ]
        # A cross table adds up to the plain answers, both across and down.
        assert tuple(map(sum, zip(*(row.numbers for row in rows), strict=True))) == whole[question_id]
        assert tuple(sum(row.numbers) for row in rows) == whole[rows[0].group_question]


@pytest.mark.parametrize("name", NAMES)
def test_counts_close_and_have_their_quorum(name: str) -> None:
    case = example(name)
    for count in case.counts:
        assert close_count(count) == (), count.what
        assert count.expected is not None and count.present is not None
        assert has_quorum(count.present, count.expected)


def test_totals_of_the_roster() -> None:
    case = example("shandong-linyi-single")
    assert sum(part.staff or 0 for part in case.departments) == case.enterprise.staff == 386
    assert sum(part.female or 0 for part in case.departments) == case.enterprise.female_staff == 124
    assert sum(part.migrant or 0 for part in case.departments) == case.enterprise.migrant_staff == 231
    assert sum(part.members or 0 for part in case.departments) == case.union.members == 372
    frontline = sum(part.staff or 0 for part in case.departments if part.frontline)
    assert frontline == case.enterprise.frontline_staff == 268


@pytest.mark.parametrize(
    ("name", "firms", "staff", "women", "migrants", "members", "seats"),
    [
        ("weihai-express-industry", 9, 505, 105, 278, 456, 61),
        ("tianjin-hedong-area", 14, 268, 135, 129, 251, 70),
    ],
)
def test_totals_of_the_covered_enterprises(
    name: str, firms: int, staff: int, women: int, migrants: int, members: int, seats: int
) -> None:
    covered = example(name).covered_enterprises
    assert len(covered) == firms
    assert sum(firm.staff or 0 for firm in covered) == staff
    assert sum(firm.female_staff or 0 for firm in covered) == women
    assert sum(firm.migrant_staff or 0 for firm in covered) == migrants
    assert sum(firm.members or 0 for firm in covered) == members == example(name).union.members
    assert sum(firm.congress_seats or 0 for firm in covered) == seats == example(name).congress.delegates


def test_people_around_the_couriers() -> None:
    covered = example("weihai-express-industry").covered_enterprises
    assert sum(firm.special_staff or 0 for firm in covered) == 379
    assert sum(firm.outsourced_staff or 0 for firm in covered) == 107


@pytest.mark.parametrize("name", NAMES)
def test_every_agreed_topic_has_its_clause(name: str) -> None:
    case = example(name)
    agreed = {item.topic for item in case.offer_items}
    assert agreed <= {clause.topic for clause in case.clauses}
    articles = [clause.article for clause in case.clauses]
    assert articles == list(range(1, len(articles) + 1))
    assert all(clause.wording.endswith("。") for clause in case.clauses)


@pytest.mark.parametrize("name", NAMES)
def test_figures_of_clauses_stand_in_their_wording(name: str) -> None:
    case = example(name)
    for figure in case.clause_figures:
        wording = case.find("clauses", figure.clause).wording
        for value in (figure.value, figure.last_value):
            assert value is None or format(value, "f") in wording, (figure.id, wording)


def test_regions_and_forms() -> None:
    cycles = {name: example(name).cycle for name in NAMES}
    assert [cycles[name].region for name in NAMES] == ["shandong", "tianjin", "shandong"]
    assert [cycles[name].form for name in NAMES] == [Form.SINGLE, Form.AREA, Form.INDUSTRY]
