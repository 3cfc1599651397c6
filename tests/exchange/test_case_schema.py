"""The published schema is what the facts declare, and accepts what the program writes."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from app.domain.case import Case, collections
from app.domain.facts import facts_of
from app.exchange.case_file import dump_case, json_schema
from app.exchange.case_schema import schema_text
from app.paths import resource

HEAD: dict[str, Any] = {"format": "xieshang-case", "version": 1}


def test_published_schema_is_the_generated_one() -> None:
    published = resource("schema/case.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), (
        "write app.exchange.case_schema.schema_text() into resources/schema again"
    )


def test_schema_is_a_schema_and_names_every_fact() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, kind in collections().items():
        assert name in schema["properties"]
        assert set(schema["$defs"][kind.__name__]["properties"]) - {"id"} == set(facts_of(kind))


def test_what_the_program_writes_is_valid() -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(dump_case(Case())))


@pytest.mark.parametrize(
    "content",
    [
        {"offer": []},
        {"union": {"nam": "x"}},
        {"offers": [{"number": "1"}]},
        {"offers": [{"id": "a", "proposer": "boss"}]},
        {"union": {"members": -1}},
        {"union": {"members": "3"}},
        {"clause_figures": [{"id": "c", "value": 3.5}]},
        {"deliveries": [{"id": "d", "received_on": "2026-2-3"}]},
        {"union": {"code": "91371311FAKE00013H"}},
    ],
)
def test_what_the_program_refuses_by_form_is_invalid(content: dict[str, Any]) -> None:
    checker = jsonschema.Draft202012Validator(json_schema())
    assert checker.is_valid(HEAD)
    assert not checker.is_valid({**HEAD, **content})
