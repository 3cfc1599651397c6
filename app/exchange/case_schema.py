"""The published JSON Schema of a case file, derived from the declared facts."""

from __future__ import annotations

import json
from typing import Any

from app.domain.case import collections, is_single
from app.domain.facts import Fact, Kind, Record, facts_of
from app.exchange.case_values import (
    DATE_PATTERN,
    DECIMAL_PATTERN,
    FORMAT,
    ID_PATTERN,
    LIMIT_OF_COUNTS_IN_LISTS,
    MOMENT_PATTERN,
    NOT_NEGATIVE_PATTERN,
    VERSION,
)

_CODES = {"union_code": r"^(8.{17})?$", "enterprise_code": r"^([^8].{17})?$", "division": r"^(\d{6})?$"}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a case file.

    It describes form: check characters, real days and links within the file are looked at when it is loaded.
    """
    properties: dict[str, Any] = {"format": {"const": FORMAT}, "version": {"const": VERSION}}
    for collection, record_class in collections().items():
        reference = {"$ref": f"#/$defs/{record_class.__name__}"}
        properties[collection] = reference if is_single(collection) else {"type": "array", "items": reference}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "集体协商案卷",
        "description": "一个工会一个年度的全部事实。没有的内容不写；数额加引号，日期写成 2026-04-03。",
        "type": "object",
        "required": ["format", "version"],
        "additionalProperties": False,
        "properties": properties,
        "$defs": {
            record_class.__name__: _record(record_class, single=is_single(collection))
            for collection, record_class in collections().items()
        },
    }


def schema_text() -> str:
    """Return the schema as it is published, canonical JSON with a line break at the end."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _record(record_class: type[Record], *, single: bool) -> dict[str, Any]:
    properties = {name: _fact(fact) for name, fact in facts_of(record_class).items()}
    made: dict[str, Any] = {"title": record_class.LABEL, "type": "object", "additionalProperties": False}
    if not single:
        made["required"] = ["id"]
        properties = {"id": {"type": "string", "pattern": ID_PATTERN}, **properties}
    made["properties"] = properties
    return made


def _fact(fact: Fact) -> dict[str, Any]:
    made: dict[str, Any] = {"title": fact.label}
    described = [part for part in (fact.help.rstrip("。"), f"单位：{fact.unit}" if fact.unit else "") if part]
    if described:
        made["description"] = "；".join(described)
    return made | _form(fact)


def _form(fact: Fact) -> dict[str, Any]:
    match fact.kind:
        case Kind.DATE:
            return {"type": "string", "format": "date", "pattern": DATE_PATTERN}
        case Kind.MOMENT:
            return {"type": "string", "pattern": MOMENT_PATTERN}
        case Kind.INTEGER:
            return {"type": "integer", "minimum": fact.minimum or 0, "maximum": fact.maximum}
        case Kind.DECIMAL:
            below_zero = fact.minimum is None
            return {"type": "string", "pattern": DECIMAL_PATTERN if below_zero else NOT_NEGATIVE_PATTERN}
        case Kind.YES_NO:
            return {"type": "boolean"}
        case Kind.CHOICE:
            assert fact.choices is not None
            return {"enum": [option.value for option in fact.choices], "$comment": _labels(fact)}
        case Kind.TEXTS:
            return {"type": "array", "items": {"type": "string"}}
        case Kind.INTEGERS:
            number = {"type": "integer", "minimum": 0, "maximum": LIMIT_OF_COUNTS_IN_LISTS}
            return {"type": "array", "items": number}
        case Kind.REF:
            return {"type": "string", "$comment": f"{fact.refers_to} 里一条的 id"}
        case Kind.REFS:
            return {"type": "array", "items": {"type": "string"}, "$comment": f"{fact.refers_to} 里各条的 id"}
        case _:
            return {"type": "string", **({"pattern": _CODES[fact.code]} if fact.code in _CODES else {})}


def _labels(fact: Fact) -> str:
    assert fact.choices is not None
    return "；".join(f"{option.value} {option.label}" for option in fact.choices)
