"""Two regions beside each other: each row is held against what the files of the packs say."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from app.domain.union import AgreementKind, Form
from app.paths import resource
from app.rules.compare import Comparison, Difference, compare, counted
from app.rules.law_rules import ALL_RULES
from app.rules.lookup import Asked
from tests.rules.worked import packs

DAY = date(2026, 11, 10)
WAGE = Asked(AgreementKind.WAGE, Form.SINGLE, DAY)
KEYS = sorted(path.name for path in resource("rules").iterdir() if path.is_dir())


def rows(left: str, right: str, asked: Asked = WAGE) -> dict[str, Comparison]:
    made = compare(packs().region(left), packs().region(right), asked)
    found = {row.rule: row for row in made}
    assert len(found) == len(made)
    return found


def in_file(key: str, rule: str, kind: str = "wage") -> dict[str, Any] | None:
    """The latest value of a rule in a pack's own file, with unit, bound and start; read by nothing of ours."""
    for entry in tomllib.loads(resource(f"rules/{key}/terms.toml").read_text("utf-8"))["term"]:
        if entry["rule"] == rule and not entry.get("variant") and kind in entry.get("kinds", [kind]):
            value = entry["values"][-1]
            return {"amount": value["amount"], "unit": value["unit"], "bound": entry["bound"]}
    return None


def test_shandong_and_tianjin_answer_in_different_units():
    row = rows("山东", "天津")["reply_due"]
    assert in_file("shandong", "reply_due") == {"amount": 10, "unit": "day", "bound": "within"}
    assert in_file("tianjin", "reply_due") == {"amount": 5, "unit": "workday", "bound": "within"}
    assert row.left is not None and row.right is not None
    assert row.left.value.startswith("10 日内")
    assert row.right.value.startswith("5 个工作日内")
    assert row.difference is Difference.VALUE
    assert row.words == "数值不同，单位不同（日、工作日）"  # days and workdays are never subtracted


def test_a_difference_in_the_same_unit_is_counted_out():
    row = rows("山东", "全国")["reply_due"]
    ours, theirs = in_file("shandong", "reply_due"), in_file("national", "reply_due")
    assert ours is not None and theirs is not None
    assert row.words == f"数值不同，差 {theirs['amount'] - ours['amount']} 日"


def test_the_same_number_from_another_start_is_another_value():
    row = rows("杭州", "宁波")["file_due"]
    assert row.difference is Difference.VALUE
    assert row.left is not None and row.right is not None
    assert row.left.terms[0].amount == row.right.terms[0].amount
    assert row.left.terms[0].counts_from is not row.right.terms[0].counts_from


def test_what_one_region_lays_down_and_the_other_does_not_says_so():
    found = rows("山东", "全国")
    assert found["period"].difference is Difference.SILENT
    assert found["period"].words == "全国法规未规定"
    assert rows("全国", "山东")["period"].words == "全国法规未规定"


def test_what_was_not_read_is_never_called_silent_without_saying_so():
    for row in rows("山东", "天津").values():
        if row.difference is Difference.SILENT and row.right is not None and row.right.text.silent:
            assert row.words.endswith("，待核") is row.right.cell.pending, row.rule


@pytest.mark.parametrize(("left", "right"), list(combinations(KEYS, 2)))
def test_every_pair_of_regions_has_every_rule_and_differs_the_same_both_ways(left: str, right: str):
    one, other = rows(left, right), rows(right, left)
    assert list(one)[: len(ALL_RULES)] == list(ALL_RULES)
    assert {rule: row.difference for rule, row in one.items()} == {
        rule: row.difference for rule, row in other.items()
    }
    for rule, row in one.items():
        assert row.left is not None and row.right is not None
        same = (row.left.value, row.left.text.says) == (row.right.value, row.right.text.says)
        assert row.differs or same, rule
        assert row.words, rule


@pytest.mark.parametrize("key", KEYS)
def test_a_region_is_like_itself(key: str):
    made = tuple(rows(key, key).values())
    assert not [row.rule for row in made if row.differs]
    assert counted(made) == "都一样"


def test_kind_form_and_day_are_those_asked_for():
    early = Asked(AgreementKind.WAGE, Form.SINGLE, date(2016, 12, 31))
    assert rows("山东", "全国", early)["reply_due"].words != rows("山东", "全国")["reply_due"].words
    general = Asked(AgreementKind.GENERAL, Form.SINGLE, DAY)
    row = rows("山东", "全国", general)["reply_due"]
    assert row.left is not None
    assert row.left.sources[0].law == "鲁劳合"


def test_rows_are_counted_by_their_kind_and_found_by_words():
    made = tuple(rows("山东", "天津").values())
    differing = [row for row in made if row.differs]
    values = sum(row.difference is Difference.VALUE for row in made)
    assert counted(made).startswith(f"{len(differing)} 条不同：数值不同 {values}，")
    assert [row.rule for row in made if row.fits("5 个工作日 答复期限")] == ["reply_due"]
    assert [row.rule for row in made if row.fits("单位不同")] == ["reply_due"]
    assert not [row for row in made if row.fits("鞚")]
