"""Every page of the worked cases and of an empty library is fit to be looked at."""

from __future__ import annotations

import pytest

from app.gui.theme import apply_theme
from tests.look.pictures import ALL, Dress, Found, look_at, report
from tests.look.scenes import EXAMPLES, SCENES


@pytest.fixture(autouse=True)
def light_again(qapp):
    """What a scene wore is put off again."""
    yield
    apply_theme(qapp, "light", 1.0)


def expect_nothing(found: list[Found]) -> None:
    if found:
        pytest.fail(report(found), pytrace=False)


def test_every_page_in_light(qapp) -> None:
    whole = Dress("light", (1366, 697))
    expect_nothing(list(look_at(EXAMPLES[0], [whole])))


@pytest.mark.slow
def test_every_page_in_a_small_window(qapp) -> None:
    small = Dress("light", (1093, 543))
    expect_nothing(list(look_at(EXAMPLES[0], [small], keys=False, colours=False)))


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_every_page_in_every_dress(qapp, scene: str) -> None:
    expect_nothing(list(look_at(scene, ALL)))
