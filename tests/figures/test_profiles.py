"""What the notices want, read strictly; what was never obtained is said, not made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import UserError
from app.figures.profiles import load_profile, load_profiles, profile_keys, read_profile
from app.paths import resource


def test_the_four_notices_are_there() -> None:
    assert profile_keys() == ("binhai-2022", "hedong-2017", "linyi-2017", "weihai-2021")
    assert tuple(profile.key for profile in load_profiles()) == profile_keys()


def test_linyi_asks_for_the_known_table_and_pictures() -> None:
    linyi = load_profile("linyi-2017")
    assert linyi.known_tables == ("linyi-2017",)
    assert linyi.photos and [letter.name for letter in linyi.letters] == ["书面总结"]
    days = linyi.in_year(2026)
    assert (days.campaign_from, days.campaign_until) == (date(2026, 3, 1), date(2026, 5, 31))
    assert (days.statistics_until, days.due) == (date(2026, 5, 31), date(2026, 6, 10))


@pytest.mark.parametrize("key", ["binhai-2022", "hedong-2017", "weihai-2021"])
def test_tables_known_by_name_only_cannot_be_filled(key: str) -> None:
    profile = load_profile(key)
    assert profile.known_tables == ()
    assert all(not table.columns_known and table.note == "栏目未取得" for table in profile.tables)
    assert profile.open_questions


def test_due_days_of_the_notices() -> None:
    due = {profile.key: profile.in_year(2026).due for profile in load_profiles()}
    assert due == {
        "binhai-2022": date(2026, 3, 31),
        "hedong-2017": date(2026, 4, 1),
        "linyi-2017": date(2026, 6, 10),
        "weihai-2021": date(2026, 4, 23),
    }


def test_an_unknown_name_gets_a_sentence() -> None:
    with pytest.raises(UserError) as caught:
        load_profile("../linyi-2017")
    assert "可以用：binhai-2022" in caught.value.what_to_do


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "临沂 2017 集中要约"', 'nmae = "临沂"', "name 没有写"),
        ("photos = true", "photos = true\nfotos = 1", "fotos 不认识"),
        ("photos = true", 'photos = "是"', "photos 要写 true 或 false"),
        ('due = "06-10"', 'due = "06-31"', "due 要写成"),
        ('due = "06-10"', "due = 2017-06-10", "due 要写成"),
        ("issued_on = 2017-03-07", 'issued_on = "2017-03-07"', "issued_on 要写成"),
        ("columns_known = true", "columns_known = false", "table 第1条 columns_known 栏目已知的表要写 key"),
        ("words = 0", "words = -1", "letter 第1条 words 要写不小于 0 的整数"),
        ("words = 0", "words = true", "letter 第1条 words 要写不小于 0 的整数"),
        ("[[letter]]", "[letter]", "letter 要写成 [[letter]]"),
        ("photos = true", "photos = = true", "不是能读的 TOML"),
    ],
)
def test_a_profile_is_read_strictly(old: str, new: str, said: str) -> None:
    text = resource("profiles/linyi-2017.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(UserError) as caught:
        read_profile(text.replace(old, new).encode(), key="mine")
    assert said in caught.value.what_happened and "mine.toml" in caught.value.what_happened


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    data = resource("profiles/linyi-2017.toml").read_bytes()
    (tmp_path / "new.toml").write_bytes(data)
    assert [profile.key for profile in load_profiles(tmp_path)] == ["new"]


def test_the_last_of_february_in_a_short_year() -> None:
    text = resource("profiles/linyi-2017.toml").read_text(encoding="utf-8").replace('"06-10"', '"02-29"')
    profile = read_profile(text.encode(), key="mine")
    assert profile.in_year(2026).due == date(2026, 2, 28)
    assert profile.in_year(2028).due == date(2028, 2, 29)
