"""Votes: quorum and majority in whole numbers, and whether the numbers of a paper count agree.

The base is all delegates or all staff, never those present (《鲁工资》27条, 《规定》36条). Two thirds present
is ``3 × present ≥ 2 × all``, a majority ``2 × in favour > all``; a vote of exactly one half is marked apart,
because “半数以上” includes it (《民法典》1259条) and “过半数” does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.domain.facts import Choice
from app.domain.representatives import Count
from app.figures.origin import percent


class Outcome(Choice):
    """What a vote came to, against all who may vote."""

    PASSED = "passed", "通过"
    EXACTLY_HALF = "exactly_half", "恰好一半"
    NOT_PASSED = "not_passed", "没有通过"


def has_quorum(present: int, expected: int) -> bool:
    """True if at least two thirds of all delegates or staff are present."""
    return expected > 0 and 3 * present >= 2 * expected


def quorum_of(expected: int) -> int:
    """Return the least number that must be present."""
    return -(-2 * expected // 3)


def majority_of(everyone: int) -> int:
    """Return the least number of votes in favour that is more than half of all."""
    return everyone // 2 + 1


def outcome(in_favour: int, everyone: int) -> Outcome:
    """Return what a vote came to. Exactly one half is marked apart; the pack's text decides."""
    if 2 * in_favour > everyone:
        return Outcome.PASSED
    if 2 * in_favour == everyone and everyone > 0:
        return Outcome.EXACTLY_HALF
    return Outcome.NOT_PASSED


def reaches_share(part: int, whole: int, numerator: int, denominator: int) -> bool:
    """True if ``part`` is at least ``numerator/denominator`` of ``whole`` (一线 ≥ 1/3)."""
    return denominator * part >= numerator * whole


@dataclass(frozen=True, slots=True)
class Ratios:
    """The three ratios that are shown side by side; only ``of_all`` decides."""

    of_all: Decimal | None
    of_present: Decimal | None
    of_valid: Decimal | None


def ratios(in_favour: int | None, *, everyone: int | None, present: int | None, valid: int | None) -> Ratios:
    """Return votes in favour in percent of all, of those present and of the valid ballots, one decimal."""

    def share(whole: int | None) -> Decimal | None:
        return None if in_favour is None or not whole else percent(in_favour, whole)

    return Ratios(share(everyone), share(present), share(valid))


def ratios_of(count: Count) -> Ratios:
    """Return the three ratios of a paper count."""
    return ratios(count.in_favour, everyone=count.expected, present=count.present, valid=count.valid)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two numbers of a count that do not agree.

    Attributes:
        facts: names of the facts concerned, the one to look at first in front.
        words: one plain sentence with the numbers.
    """

    facts: tuple[str, ...]
    words: str


def close_count(count: Count) -> tuple[Mismatch, ...]:
    """Return where the numbers of a count cannot be; empty if it closes. Missing numbers are not compared.

    Fewer ballots back than handed out is possible (somebody left early) and no mismatch; see :func:`gaps_of`.
    """
    found: list[Mismatch] = []

    def no_more(less: str, more: str) -> None:
        low, high = getattr(count, less), getattr(count, more)
        if low is not None and high is not None and low > high:
            found.append(Mismatch((less, more), f"{COUNT_NAMES[less]} {low} 多于{COUNT_NAMES[more]} {high}"))

    def adds_up(parts: tuple[str, ...], whole: str) -> None:
        values = [getattr(count, part) for part in parts]
        total = getattr(count, whole)
        if total is None or any(value is None for value in values):
            return
        if sum(values) != total:
            told = "、".join(
                f"{COUNT_NAMES[part]} {value}" for part, value in zip(parts, values, strict=True)
            )
            words = f"{told}，合计 {sum(values)}，不等于{COUNT_NAMES[whole]} {total}"
            found.append(Mismatch((*parts, whole), words))

    adds_up(("issued", "unused"), "printed")
    no_more("present", "expected")
    no_more("issued", "present")
    no_more("returned", "issued")
    if count.invalid is None:
        no_more("valid", "returned")
    else:
        adds_up(("valid", "invalid"), "returned")
    adds_up(("in_favour", "against", "abstained"), "valid")
    if count.valid is None:
        no_more("in_favour", "present")
    return tuple(found)


def gaps_of(count: Count) -> tuple[Mismatch, ...]:
    """Return where numbers drop without being impossible (发出 52、收回 51): a reason should ride along."""
    found: list[Mismatch] = []
    for less, more in (("issued", "present"), ("returned", "issued")):
        low, high = getattr(count, less), getattr(count, more)
        if low is not None and high is not None and low < high:
            words = f"{COUNT_NAMES[less]} {low} 比{COUNT_NAMES[more]} {high} 少 {high - low}"
            found.append(Mismatch((less, more), words))
    return tuple(found)


COUNT_NAMES = {
    "expected": "应到",
    "present": "实到",
    "printed": "印制",
    "issued": "发出",
    "unused": "余票",
    "returned": "收回",
    "valid": "有效",
    "invalid": "无效",
    "in_favour": "赞成",
    "against": "反对",
    "abstained": "弃权",
}
"""Fact of a count → its short name in sentences."""
