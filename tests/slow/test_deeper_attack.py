"""The attack on everything published, on many more surveys than the suite has time for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.figures.made_surveys import Made, surveys
from tests.figures.test_attack import attack

pytestmark = pytest.mark.slow


@settings(
    max_examples=2500,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(surveys(most=150))
def test_no_hidden_number_can_be_told_from_all_tables_and_data_together(made: Made) -> None:
    assert attack(made) == {}


@settings(
    max_examples=300,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(surveys(most=25))
def test_nor_with_the_printed_summary_where_few_answered(made: Made) -> None:
    assert attack(made, papers=True) == {}
