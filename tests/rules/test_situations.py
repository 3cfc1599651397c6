"""Both sides of every boundary, as situations a lawyer can read (``situations/<region>/*.toml``).

Each situation takes a worked year, changes a few facts in the words of the forms, and says what is expected
of one rule: a grade, or 无.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.rules.checks.closing import AT_CLOSING, ClosingRow
from app.rules.checks.table import TABLE
from app.rules.deadlines import all_deadlines
from app.rules.engine import check
from app.rules.ground import Ground
from tests.rules.worked import ON, calendar, changed, packs, worked

FOLDER = Path(__file__).parent / "situations"
DECIDED_ELSEWHERE = {"effective", "renewal_window", "reg_binding", "reg_vote"}
"""Hints that every worked year has; the worked years test them."""


def situations() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*/*.toml")):
        top = tomllib.loads(path.read_text(encoding="utf-8"))
        for situation in top.pop("situation"):
            merged = {"region": path.parent.name, **top, **situation}
            found.append(pytest.param(merged, id=f"{path.parent.name}-{merged['rule']}-{merged['says']}"))
    return found


ALL = situations()
KEYS = {
    "rule",
    "says",
    "region",
    "base",
    "on",
    "set",
    "add",
    "remove",
    "expect",
    "words",
    "mendable",
    "articles",
    "blocks",
}


@pytest.mark.parametrize("situation", ALL)
def test_situation(situation: dict[str, Any]):
    assert situation.keys() <= KEYS
    case = changed(worked(situation.get("base", "linyi")), situation)
    on = situation.get("on", ON)
    checkup = check(case, packs().region(situation["region"]), calendar(), on)
    found = [each for each in checkup.findings if each.rule == situation["rule"]]
    grades = [each.grade.label for each in found]
    assert (grades[0] if grades else "无") == situation["expect"], [each.sentence for each in found]
    for word in situation.get("words", ()):
        assert word in found[0].sentence, found[0].sentence
    if "mendable" in situation:
        assert found[0].past_mending is not situation["mendable"]
    if "blocks" in situation:
        assert any(each.blocks for each in found) is situation["blocks"]
    if "articles" in situation:
        assert situation["articles"] == [source.text for source in found[0].sources]


def test_every_check_has_a_situation_where_it_speaks():
    spoken = {each.values[0]["rule"] for each in ALL if each.values[0]["expect"] != "无"}
    assert {row.rule for row in TABLE} - spoken - DECIDED_ELSEWHERE == set()


def test_every_check_has_a_situation_where_it_is_silent():
    silent = {each.values[0]["rule"] for each in ALL if each.values[0]["expect"] == "无"}
    assert {row.rule for row in TABLE} - silent - DECIDED_ELSEWHERE == set()


def _closings(row: ClosingRow) -> list[bool]:
    """Whether the row asked something, in every situation where its stage is closed."""
    asked = []
    for each in ALL:
        situation = each.values[0]
        case = changed(worked(situation.get("base", "linyi")), situation)
        if situation["rule"] != row.rule or not any(held.stage is row.stage for held in case.stage_closings):
            continue
        pack = packs().region(situation["region"])
        ground = Ground(case, pack, packs().national, calendar(), situation.get("on", ON))
        ground.deadlines = all_deadlines(ground)
        asked.append(bool(list(row.ask(ground))))
    return asked


@pytest.mark.parametrize("row", AT_CLOSING, ids=lambda row: f"{row.rule}{row.ask.__name__}")
def test_what_a_closed_stage_is_asked_for_has_both_sides(row: ClosingRow):
    asked = _closings(row)
    assert True in asked
    assert False in asked
