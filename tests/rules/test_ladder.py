"""How many delegates so many staff need at least: base, full steps, shares, and what lies between two rungs."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.union import AgreementKind, Form
from app.errors import UserError
from app.rules.ladder import fewest, read_ladder
from app.rules.strict_toml import read_toml
from tests.rules.worked import packs

ZHEJIANG = ((1, 30), (99, 30), (100, 30), (101, 40), (199, 40), (200, 47), (299, 47), (300, 54), (999, 96))
ZHEJIANG_LARGE = ((1000, 100), (1999, 100), (2000, 120), (4999, 160), (5000, 200), (90_000, 200))
SHANGHAI = ((60, 30), (100, 30), (199, 30), (200, 35), (1000, 75), (2999, 170), (3000, 175), (50_000, 175))
HENAN = ((100, 30), (200, 30), (201, 30), (301, 31), (999, 100), (1000, 30), (1001, 31), (9999, 300))


@pytest.mark.parametrize(
    ("region", "staff", "wanted"),
    [("zhejiang", *pair) for pair in (*ZHEJIANG, *ZHEJIANG_LARGE)]
    + [("hangzhou", 200, 47)]
    + [("shanghai", *pair) for pair in SHANGHAI]
    + [("henan", *pair) for pair in HENAN],
)
def test_the_least_number_of_delegates(region: str, staff: int, wanted: int):
    text = packs().region(region).rule("congress_composition", AgreementKind.WAGE, Form.SINGLE)
    assert text is not None
    assert fewest(text.ladder, staff) == wanted


def test_below_the_first_rung_nothing_is_laid_down():
    text = packs().region("henan").rule("congress_composition", AgreementKind.WAGE, Form.SINGLE)
    assert text is not None
    assert fewest(text.ladder, 99) is None
    assert fewest((), 500) is None


@pytest.mark.parametrize(
    ("rungs", "words"),
    [
        ("[{ from = 100, base = 30 }, { from = 100, base = 40 }]", "一档比一档大"),
        ("[{ from = 100, base = 30, counted_from = 101 }]", "起算的人数"),
        ("[{ from = 100, base = 30, step = 5 }]", "step"),
        ("[{ from = 100 }]", "缺少 base"),
    ],
)
def test_a_broken_ladder_is_refused(tmp_path: Path, rungs: str, words: str):
    file = tmp_path / "rules.toml"
    file.write_text(f"ladder = {rungs}\n", encoding="utf-8")
    with pytest.raises(UserError, match=words):
        read_ladder(read_toml(file))
