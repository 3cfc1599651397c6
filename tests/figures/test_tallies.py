"""Votes are counted in whole numbers against everybody, and a count closes only if its numbers agree."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.representatives import Count
from app.figures.tallies import (
    Outcome,
    close_count,
    gaps_of,
    has_quorum,
    majority_of,
    outcome,
    quorum_of,
    ratios_of,
    reaches_share,
)

NUMBERS = st.integers(0, 100_000)
DRAFT = Count(
    id="c",
    expected=52,
    present=48,
    issued=48,
    returned=48,
    valid=47,
    invalid=1,
    in_favour=41,
    against=4,
    abstained=2,
)


@pytest.mark.parametrize(
    ("present", "expected", "enough"),
    [(48, 52, True), (35, 52, True), (34, 52, False), (40, 60, True), (39, 60, False), (53, 61, True),
     (41, 61, True), (40, 61, False), (52, 70, True), (46, 70, False), (0, 0, False), (0, 3, False)],
)  # fmt: skip
def test_quorum_is_two_thirds_of_all(present: int, expected: int, enough: bool) -> None:
    assert has_quorum(present, expected) is enough


@pytest.mark.parametrize(
    ("in_favour", "everyone", "what"),
    [
        (41, 52, Outcome.PASSED),
        (27, 52, Outcome.PASSED),
        (26, 52, Outcome.EXACTLY_HALF),
        (25, 52, Outcome.NOT_PASSED),
        (31, 61, Outcome.PASSED),
        (30, 61, Outcome.NOT_PASSED),
        (44, 70, Outcome.PASSED),
        (0, 0, Outcome.NOT_PASSED),
    ],
)
def test_majority_is_of_all(in_favour: int, everyone: int, what: Outcome) -> None:
    assert outcome(in_favour, everyone) is what


@given(NUMBERS, st.integers(1, 100_000))
def test_thresholds_agree_with_exact_fractions(part: int, whole: int) -> None:
    assert has_quorum(part, whole) is (Fraction(part, whole) >= Fraction(2, 3))
    assert has_quorum(part, whole) is (part >= quorum_of(whole))
    assert (outcome(part, whole) is Outcome.PASSED) is (Fraction(part, whole) > Fraction(1, 2))
    assert (outcome(part, whole) is Outcome.PASSED) is (part >= majority_of(whole))
    assert (outcome(part, whole) is Outcome.EXACTLY_HALF) is (Fraction(part, whole) == Fraction(1, 2))


def test_a_third_is_reached_exactly() -> None:
    assert reaches_share(2, 5, 1, 3) and reaches_share(2, 6, 1, 3) and not reaches_share(1, 4, 1, 3)


def test_three_ratios_and_only_their_base_differs() -> None:
    shown = ratios_of(DRAFT)
    assert (shown.of_all, shown.of_present, shown.of_valid) == (
        Decimal("78.8"),
        Decimal("85.4"),
        Decimal("87.2"),
    )
    nothing = ratios_of(Count(id="c", in_favour=3))
    assert (nothing.of_all, nothing.of_present, nothing.of_valid) == (None, None, None)


def test_a_count_that_agrees_closes() -> None:
    assert close_count(DRAFT) == ()
    assert close_count(Count(id="c")) == ()


@pytest.mark.parametrize(
    ("changes", "said", "first"),
    [
        ({"present": 53}, "实到 53 多于应到 52", "present"),
        ({"issued": 49}, "发出 49 多于实到 48", "issued"),
        ({"returned": 49, "valid": 48}, "收回 49 多于发出 48", "returned"),
        ({"invalid": 2}, "有效 47、无效 2，合计 49，不等于收回 48", "valid"),
        ({"invalid": None, "valid": 49, "in_favour": 43}, "有效 49 多于收回 48", "valid"),
        ({"in_favour": 42}, "赞成 42、反对 4、弃权 2，合计 48，不等于有效 47", "in_favour"),
        ({"valid": None, "invalid": None, "in_favour": 49}, "赞成 49 多于实到 48", "in_favour"),
    ],
)
def test_numbers_that_cannot_be_are_said_in_words(
    changes: dict[str, int | None], said: str, first: str
) -> None:
    found = close_count(DRAFT.replace(**changes))
    assert said in [mismatch.words for mismatch in found]
    assert next(mismatch for mismatch in found if mismatch.words == said).facts[0] == first


def test_fewer_ballots_back_is_a_gap_not_a_mismatch() -> None:
    count = DRAFT.replace(present=52, issued=52, returned=51, valid=50, in_favour=44)
    assert close_count(count) == ()
    assert [gap.words for gap in gaps_of(count)] == ["收回 51 比发出 52 少 1"]
    assert gaps_of(DRAFT) == ()


@given(st.lists(st.integers(0, 60), min_size=6, max_size=6))
def test_a_count_built_to_agree_always_closes(parts: list[int]) -> None:
    in_favour, against, abstained, invalid, lost, away = parts
    valid = in_favour + against + abstained
    returned = valid + invalid
    count = Count(
        id="c",
        expected=returned + lost + away,
        present=returned + lost,
        issued=returned + lost,
        returned=returned,
        valid=valid,
        invalid=invalid,
        in_favour=in_favour,
        against=against,
        abstained=abstained,
    )
    assert close_count(count) == ()
    assert close_count(count.replace(in_favour=in_favour + 1)) != ()
