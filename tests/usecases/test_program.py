"""Which pack holds: by key or Chinese name, the national one only while the named one is not there."""

from __future__ import annotations

import pytest

from app.domain.case import Case
from app.domain.union import Cycle


@pytest.mark.parametrize(
    ("region", "key"),
    [("shandong", "shandong"), ("山东", "shandong"), ("", "national"), ("火星", "national")],
)
def test_the_pack_of_a_case(program, region, key):
    assert program.pack_or_national(Case(cycle=Cycle(id="cycle", region=region))).key == key
