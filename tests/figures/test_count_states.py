"""No way leads to a closed count that is wrong: random tallies, edits, undos and imports."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from app.domain.ballots import Counter, CountSheet, Mark, NamedVote
from app.domain.case import Case
from app.domain.representatives import Count
from app.figures.closing_counts import (
    CHANGED_WHILE_CLOSED,
    DOES_NOT_CLOSE,
    REOPENED_WITHOUT_REASON,
    agreed_numbers,
    counted_of,
    is_closed,
    may_close,
    refusal_of,
)
from app.figures.person_votes import is_by_person
from tests.figures.count_walks import (
    CLOSED_ON,
    any_edit,
    by_person,
    counted_case,
    proper_numbers,
    written,
    wrong_closed_counts,
)

NUMBERS = {"expected": 52, "present": 51, "printed": 55, "issued": 51, "unused": 4, "returned": 51}
VOTES = {"valid": 50, "invalid": 1, "in_favour": 41, "against": 6, "abstained": 3}
SHEET = {
    name: value for name, value in (NUMBERS | VOTES).items() if name not in ("expected", "present", "printed")
}


def proper() -> Case:
    sheets = tuple(CountSheet(id=c.value, count="c", counter=c, **SHEET) for c in Counter)
    return Case(counts=(Count(id="c", what="审议草案", **NUMBERS, **VOTES),), count_sheets=sheets)


def closed() -> Case:
    case = proper()
    return case.with_record("counts", case.counts[0].replace(closed_on=CLOSED_ON))


def said(case: Case) -> tuple[str, ...]:
    return may_close(case, case.counts[0]).said


def test_numbers_that_agree_close() -> None:
    assert said(proper()) == ()
    assert is_closed(closed(), closed().counts[0])


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("printed", 56, "发出 51、余票 4，合计 55，不等于印制 56"),
        ("returned", 50, "收回 50 比发出 51 少 1"),
        ("valid", 49, "有效 49、无效 1，合计 50，不等于收回 51"),
        ("against", 5, "赞成 41、反对 5、弃权 3，合计 49，不等于有效 50"),
        ("unused", None, "没有写余票的张数"),
        ("present", 50, "发出 51 多于实到 50"),
    ],
)
def test_each_number_that_does_not_agree_is_named_until_a_reason_is_written(fact, value, words) -> None:
    case = proper()
    case = case.with_record("counts", case.counts[0].replace(**{fact: value}))
    assert words in said(case)
    case = case.with_record("counts", case.counts[0].replace(note="1 人离场，没有投"))
    assert said(case) == ()


def test_a_number_that_lacks_has_no_reason() -> None:
    case = proper()
    case = case.with_record("counts", case.counts[0].replace(in_favour=None, note="不知道"))
    assert said(case) == ("没有写赞成",)


def test_two_tellers_who_differ_are_told_apart_and_no_numbers_are_agreed() -> None:
    case = proper()
    other = case.count_sheets[1].replace(in_favour=40, against=7)
    case = case.with_record("count_sheets", other)
    assert "两人数的赞成、反对不一样" in said(case)
    assert agreed_numbers(case, case.counts[0]) is None
    alone = proper().without("count_sheets", "second")
    assert "第二人还没有计票" in said(alone)


def test_votes_by_name_must_be_what_the_count_says() -> None:
    case = proper().with_record("named_votes", NamedVote(id="1", count="c", delegate="d", vote=Mark.AGAINST))
    assert "逐人登记的赞成是 0，计票单上是 41" in said(case)


def code_of(before: Case, after: Case, *, taking_back: bool = False) -> str:
    refusal = refusal_of(counted_of(before), counted_of(after), taking_back=taking_back)
    return refusal.code if refusal is not None else ""


def test_a_closed_count_stays_as_it_is_until_it_is_opened_with_a_reason() -> None:
    before = closed()
    count = before.counts[0]
    again = proper_numbers(Random(3))
    for after in (
        before.with_record("counts", count.replace(in_favour=40, against=7)),
        before.with_record("counts", count.replace(**again)),
        before.with_record("counts", count.replace(note="补一句")),
        before.with_record("counts", count.replace(closed_on=date(2026, 4, 30))),
        before.without("counts", "c"),
        before.without("count_sheets", "first"),
        before.with_record("named_votes", NamedVote(id="1", count="c", delegate="d", vote=Mark.AGAINST)),
    ):
        assert code_of(before, after) == CHANGED_WHILE_CLOSED
    opened = before.with_record("counts", count.replace(closed_on=None))
    assert code_of(before, opened) == REOPENED_WITHOUT_REASON
    assert code_of(before, opened, taking_back=True) == ""
    told = before.with_record("counts", count.replace(closed_on=None, reopened_because="箱里又有 1 张"))
    assert code_of(before, told) == ""
    assert code_of(before, before.with_record("counts", count.replace(scrutineers=("甲",)))) == ""


def test_a_count_comes_in_closed_only_if_it_closes() -> None:
    wrong = closed().with_record("counts", closed().counts[0].replace(against=0))
    assert code_of(Case(), wrong) == DOES_NOT_CLOSE
    assert code_of(Case(), closed()) == ""


def election(**facts: object) -> Case:
    """Two seats, three people, every number right, not closed."""
    case = by_person(Random(5), dict(NUMBERS | VOTES))
    return case.with_record("counts", case.counts[0].replace(what="通过职工方协商代表", **facts))


def test_a_count_of_persons_closes_without_a_sum_of_its_own() -> None:
    assert said(election()) == ()
    assert set(agreed_numbers(election(), election().counts[0]) or {}) == {
        "issued", "unused", "returned", "valid", "invalid",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"in_favour": 51}, "，多于有效 50 张"),
        ({"in_favour": 0, "against": 0, "abstained": 49}, "候选0合计 49 票，不等于有效 50 张"),
        ({"in_favour": None}, "没有写候选0的得票"),
    ],
)
def test_the_votes_of_each_person_must_come_to_the_valid_ballots(facts, words) -> None:
    case = election()
    case = case.with_record("candidates", case.candidates[0].replace(**facts))
    assert any(words in each for each in said(case)), said(case)


def test_no_more_marks_than_seats_on_all_ballots_and_both_tellers_came_to_the_same_sum() -> None:
    case = election()
    people = [each.replace(in_favour=50, against=0, abstained=0) for each in case.candidates]
    for each in people:
        case = case.with_record("candidates", each)
    assert "同意票合计 150，多于有效 50 张每张最多 2 名的 100" in said(case)
    assert any(each.startswith("第一人数的赞成是") and "各候选人合计是 150" in each for each in said(case))
    assert "没有写名额，每张票最多画几人没法核对" in said(
        election().with_record("elections", election().elections[0].replace(seats=None))
    )


def test_the_votes_of_persons_stay_while_their_count_is_closed() -> None:
    before = election(closed_on=CLOSED_ON)
    person = before.candidates[0]
    for after in (
        before.with_record("candidates", person.replace(in_favour=1)),
        before.without("candidates", person.id),
        before.with_record("elections", before.elections[0].replace(seats=5)),
    ):
        assert code_of(before, after) == CHANGED_WHILE_CLOSED
    assert code_of(before, before.with_record("candidates", person.replace(representative="r"))) == ""
    assert code_of(Case(), before.with_record("candidates", person.replace(in_favour=1))) == DOES_NOT_CLOSE


def walk(steps: int, seed: int) -> tuple[int, int, int]:
    """Walk; return how often a count stood closed, how often one of persons, how often a step was refused."""
    random = Random(seed)
    case, past = counted_case(random, closed=False), []
    stood = persons = refused = 0
    for _ in range(steps):
        way = random.random()
        taking_back = way < 0.15 and bool(past)
        if taking_back:
            after = past.pop()
        elif way < 0.25:
            after, case, past = counted_case(random, closed=random.random() < 0.5), Case(), []
        else:
            after = written(case, *any_edit(random, case))
        before = counted_of(case)
        refusal = refusal_of(before, counted_of(after), taking_back=taking_back)
        if refusal is not None:
            refused += 1
            continue
        if not taking_back:
            past.append(case)
        case = after
        assert wrong_closed_counts(case) == []
        stood += any(count.closed_on for count in case.counts)
        persons += any(count.closed_on and is_by_person(case, count) for count in case.counts)
    return stood, persons, refused


def test_no_walk_reaches_a_closed_count_that_is_wrong() -> None:
    stood, persons, refused = walk(30_000, seed=20261121)
    assert persons > 150
    assert stood > 500, "the walk must stand on closed counts often enough to mean something"
    assert refused > 1_500


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_long_walk_reaches_a_closed_count_that_is_wrong(seed: int) -> None:
    stood, persons, refused = walk(30_000, seed=seed)
    assert persons > 150
    assert stood > 1_200
    assert refused > 3_000
