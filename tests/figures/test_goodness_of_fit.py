"""The tests of fit against values computed once by scipy 1.x (chi2.sf, binomtest, multinomial.pmf added up)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.goodness_of_fit import chance_above, fit


@pytest.mark.parametrize(
    ("statistic", "freedom", "chance"),  # scipy.stats.chi2.sf(statistic, freedom)
    [
        (0.5, 1, 0.47950012218695337),
        (3.841, 1, 0.050013683763956804),
        (7.815, 3, 0.049993902974883875),
        (2.0, 2, 0.36787944117144245),
        (30.0, 10, 0.000856641210775301),
        (15.2, 7, 0.033519466614424016),
        (120.5, 40, 5.343920961848034e-10),
        (0.01, 5, 0.9999994699729957),
        (250.0, 9, 9.976151469298895e-49),
    ],
)
def test_the_closed_form_gives_the_known_chance(statistic: float, freedom: int, chance: float) -> None:
    assert math.isclose(chance_above(statistic, freedom), chance, rel_tol=1e-9)


def test_large_groups_are_tested_by_pearson() -> None:
    found = fit([212, 93], [268, 118])  # scipy.stats.chisquare gives 0.000877524022012734, 0.9763676965310878
    assert found is not None and found.name == "皮尔逊卡方拟合优度检验"
    assert found.statistic is not None and math.isclose(found.statistic, 0.000877524022012734, rel_tol=1e-9)
    assert found.freedom == 1 and math.isclose(found.chance, 0.9763676965310878, rel_tol=1e-9)
    assert found.words == "皮尔逊卡方拟合优度检验：卡方 0.001，自由度 1，p＝0.976"
    assert found.fits


def test_two_small_groups_are_tested_exactly() -> None:
    found = fit([1, 11], [24, 386])  # scipy.stats.binomtest(1, 12, 24 / 410).pvalue
    assert found is not None and found.name == "精确二项检验"
    assert math.isclose(found.chance, 0.5151120680077813, rel_tol=1e-9)
    assert found.statistic is None and found.freedom is None


def test_three_small_groups_are_tested_exactly() -> None:
    found = fit([9, 2, 1], [5, 3, 2])  # scipy.stats.multinomial.pmf of all outcomes that are no likelier
    assert found is not None and found.name == "精确多项检验"
    assert math.isclose(found.chance, 0.29281329999999955, rel_tol=1e-9)


def test_the_smallest_groups_are_taken_together_when_there_are_too_many_ways() -> None:
    found = fit([100, 90, 80, 3, 1, 2], [100, 90, 80, 2, 2, 2])
    assert found is not None and found.merged == 3 and found.name == "皮尔逊卡方拟合优度检验"
    assert found.freedom == 3


def test_a_sample_far_off_does_not_fit() -> None:
    found = fit([10, 90], [50, 50])
    assert found is not None and not found.fits and "p＜0.001" in found.words


def test_nothing_to_test() -> None:
    assert fit([0, 0], [5, 5]) is None
    assert fit([7], [5]) is None
    with pytest.raises(ValueError, match="one weight"):
        fit([1, 2], [1])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=2, max_size=4))
def test_a_chance_is_a_chance_whatever_the_order(pairs: list[tuple[int, int]]) -> None:
    one = fit([number for number, _ in pairs], [weight for _, weight in pairs])
    other = fit([number for number, _ in reversed(pairs)], [weight for _, weight in reversed(pairs)])
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert 0 <= one.chance <= 1
        assert math.isclose(one.chance, other.chance, rel_tol=1e-6, abs_tol=1e-12)
