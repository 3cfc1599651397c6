"""The worked years give exactly the dates, verdicts, articles and findings that were worked out by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.rules.engine import check
from app.rules.findings import Checkup, Deadline, Grade, cite
from tests.rules.worked import calendar, packs, worked

EXPECTED = Path(__file__).parent / "expected"
YEARS = sorted(path.stem for path in EXPECTED.glob("*.toml"))


def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((EXPECTED / f"{name}.toml").read_text(encoding="utf-8"))


def result(name: str) -> Checkup:
    wanted = expected(name)
    return check(worked(name), packs().region(wanted["region"]), calendar(), wanted["on"])


def test_all_three_years_are_compared():
    assert YEARS == ["hedong", "linyi", "weihai"]


@pytest.mark.parametrize("name", YEARS)
def test_due_dates_are_those_worked_out_by_hand(name: str):
    def shown(row: Deadline) -> tuple[Any, ...]:
        return (
            row.rule,
            row.start,
            row.due,
            row.due_holiday,
            row.due_weekend,
            row.advised,
            row.outer,
            row.reminder,
            row.actual,
            row.late_by,
            row.verdict.label,
            cite(row.sources),
        )

    wanted = [
        (
            row["rule"],
            row["start"],
            row["due"],
            row.get("holiday", row["due"]),
            row.get("weekend", row.get("holiday", row["due"])),
            row.get("advised", ...),
            row.get("outer", ...),
            row.get("reminder"),
            row.get("actual"),
            row.get("late", 0),
            row["verdict"],
            row["articles"],
        )
        for row in expected(name)["deadline"]
    ]
    found = [shown(row) for row in result(name).deadlines]
    for row in wanted:
        fitting = [other for other in found if _same(row, other)]
        assert fitting, (row, [other for other in found if other[0] == row[0]])
        found.remove(fitting[0])
    assert found == []


def _same(wanted: tuple[Any, ...], found: tuple[Any, ...]) -> bool:
    """Compare, leaving out what the expectation does not speak about (``...``)."""
    return all(left is ... or left == right for left, right in zip(wanted, found, strict=True))


@pytest.mark.parametrize("name", YEARS)
def test_findings_are_those_worked_out_by_hand(name: str):
    found = [(each.rule, each.grade.label) for each in result(name).findings]
    wanted = [(row["rule"], row["grade"]) for row in expected(name)["finding"]]
    grave = [pair for pair in wanted if pair[1] != "提示"]
    assert sorted(pair for pair in found if pair[1] != "提示") == sorted(grave)
    assert set(wanted) <= set(found)


@pytest.mark.parametrize("name", YEARS)
def test_findings_say_the_facts_and_the_articles(name: str):
    for row in expected(name)["finding"]:
        finding = next(each for each in result(name).findings if each.rule == row["rule"])
        assert cite(finding.sources) == row["articles"]
        for word in row["words"]:
            assert word in finding.sentence, (word, finding.sentence)


@pytest.mark.parametrize("name", YEARS)
def test_what_only_looks_wrong_is_not_reported(name: str):
    checkup = result(name)
    found = {each.rule for each in checkup.findings}
    if name == "hedong":
        found.discard("file_due")
    assert found.isdisjoint(expected(name)["not_reported"])


@pytest.mark.parametrize("name", YEARS)
def test_the_written_reasons_of_the_years_close_what_they_can(name: str):
    assert [each.key for each in result(name).findings if each.blocks] == []


def test_every_due_date_tells_why():
    for name in YEARS:
        for row in result(name).deadlines:
            assert row.why and "。" not in row.why and row.event and row.sources, row


def test_findings_stand_gravest_first():
    grades = [each.grade for each in result("linyi").findings]
    assert grades == sorted(grades, key=list(Grade).index)
