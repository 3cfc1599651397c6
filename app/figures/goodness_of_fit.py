"""Does a sample fit the shares it should have? Pearson's test, or the exact one where numbers are small.

皮尔逊卡方拟合优度检验 asks that every expected number be at least 5 (Cochran's rule, as textbooks of statistics give
it); where one is smaller, the exact test counts every way the sheets could have fallen and adds up the chances of
those that are no likelier than what came (精确多项检验; with two groups 精确二项检验). Both take the sheets as drawn
with replacement; where nearly all of the staff answered, they find a difference later than they might.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAST_EXPECTED = 5
"""Pearson's test is used only if every group should have at least so many sheets."""

LEVEL = 0.05
"""Below this chance the sample is said not to fit."""

_MOST_WAYS = 200_000
"""More ways of falling than this are not counted one by one."""

_TIE = 1 + 1e-7
"""Chances that differ by less than this factor are the same one, rounded differently."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One test.

    Attributes:
        name: which test, in Chinese.
        statistic: Pearson's; ``None`` for an exact test.
        freedom: degrees of freedom of Pearson's test.
        chance: the p-value, 0 to 1.
        merged: how many of the smallest groups were taken together so that it could be made.
    """

    name: str
    statistic: float | None
    freedom: int | None
    chance: float
    merged: int = 0

    @property
    def fits(self) -> bool:
        """Whether the difference can be chance."""
        return self.chance >= LEVEL

    @property
    def words(self) -> str:
        """The test with its figures: ``皮尔逊卡方拟合优度检验：卡方 7.815，自由度 3，p＝0.050``."""
        chance = "p＜0.001" if self.chance < 0.001 else f"p＝{self.chance:.3f}"
        if self.statistic is None:
            return f"{self.name}：{chance}"
        return f"{self.name}：卡方 {self.statistic:.3f}，自由度 {self.freedom}，{chance}"


def fit(observed: Sequence[int], weights: Sequence[int]) -> Fit | None:
    """Test whether ``observed`` fits shares in proportion to ``weights``; None if there is nothing to test.

    The smallest groups are taken together where the exact test would have too many ways to count.

    Raises:
        ValueError: the two are not of the same length, or a number is negative.
    """
    if len(observed) != len(weights) or any(number < 0 for number in (*observed, *weights)):
        raise ValueError("one weight, not negative, is needed for each number")
    pairs = sorted((weight, number) for weight, number in zip(weights, observed, strict=True) if weight)
    total, whole = sum(number for _, number in pairs), sum(weight for weight, _ in pairs)
    if len(pairs) < 2 or not total:
        return None
    merged = 0
    while True:
        if min(weight * total / whole for weight, _ in pairs) >= LEAST_EXPECTED:
            return _pearson(pairs, total, whole, merged)
        if math.comb(total + len(pairs) - 1, len(pairs) - 1) <= _MOST_WAYS or len(pairs) == 2:
            return _exact(pairs, total, whole, merged)
        first, second, *rest = pairs
        pairs = sorted([(first[0] + second[0], first[1] + second[1]), *rest])
        merged = merged + 1 if merged else 2


def _pearson(pairs: Sequence[tuple[int, int]], total: int, whole: int, merged: int) -> Fit:
    statistic = sum(
        (number - weight * total / whole) ** 2 / (weight * total / whole) for weight, number in pairs
    )
    freedom = len(pairs) - 1
    chance = chance_above(statistic, freedom)
    return Fit("皮尔逊卡方拟合优度检验", statistic, freedom, chance, merged)


def _exact(pairs: Sequence[tuple[int, int]], total: int, whole: int, merged: int) -> Fit:
    logs = [math.log(weight / whole) for weight, _ in pairs]

    def log_chance(numbers: Sequence[int]) -> float:
        found = math.lgamma(total + 1)
        for number, log in zip(numbers, logs, strict=True):
            found += number * log - math.lgamma(number + 1)
        return found

    most = log_chance([number for _, number in pairs]) + math.log(_TIE)
    chance = math.fsum(
        math.exp(found) for way in _ways(total, len(pairs)) if (found := log_chance(way)) <= most
    )
    name = "精确二项检验" if len(pairs) == 2 else "精确多项检验"
    return Fit(name, None, None, min(1.0, chance), merged)


def _ways(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _ways(total - first, parts - 1):
            yield (first, *rest)


def chance_above(statistic: float, freedom: int) -> float:
    """Return the chance that a chi-square of ``freedom`` degrees is above ``statistic``, in its closed form.

    Even degrees: a sum of Poisson terms; odd ones: the normal tail and a sum of the same kind (Abramowitz and
    Stegun, Handbook of Mathematical Functions, 26.4.4 and 26.4.5).
    """
    if freedom < 1:
        raise ValueError("at least one degree of freedom")
    if statistic <= 0:
        return 1.0
    half = statistic / 2
    if freedom % 2 == 0:
        terms = [math.exp(k * math.log(half) - half - math.lgamma(k + 1)) for k in range(freedom // 2)]
        return min(1.0, math.fsum(terms))
    terms = [
        math.exp((k - 0.5) * math.log(half) - half - math.lgamma(k + 0.5)) for k in range(1, freedom // 2 + 1)
    ]
    return min(1.0, math.erfc(math.sqrt(half)) + math.fsum(terms))
