"""Packs on top of packs: 全国 → 浙江 → 杭州, read in any order, the nearest speaking first."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.domain.union import AgreementKind, Cycle, Form
from app.errors import UserError
from app.paths import resource
from app.rules.engine import check
from app.rules.ground import Ground
from app.rules.pack import load_packs
from tests.rules.worked import calendar, packs, worked

DAY = date(2026, 4, 25)


@pytest.mark.parametrize("city", ["hangzhou", "ningbo"])
def test_a_city_stands_on_its_province_and_that_on_the_nation(city: str):
    pack = packs().region(city)
    assert [each.key for each in pack.chain()] == [city, "zhejiang", "national"]
    assert pack.root is packs().national
    assert pack.rule_ids() == packs().national.rule_ids()
    assert packs().for_cycle(Cycle(region=pack.name)) is pack


def test_the_nearest_speaks_first():
    hangzhou = packs().region("杭州")
    own = hangzhou.term("suspend", DAY, variant="max")
    province = hangzhou.term("terminate_file_due", DAY)
    nation = hangzhou.term("effective", DAY)
    assert own is not None and province is not None and nation is not None
    assert (own.region, province.region) == ("hangzhou", "zhejiang")
    assert (own.amount, province.words) == (30, "5个工作日")
    assert hangzhou.origin(province.region).name == "浙江"
    with pytest.raises(KeyError):
        hangzhou.origin("ningbo")


def test_other_kinds_of_agreement_fall_through_the_city_to_the_province():
    hangzhou = packs().region("hangzhou")
    for rule in ("rep_min", "reply_due", "publish_due"):
        wage = hangzhou.rule(rule, AgreementKind.WAGE, Form.SINGLE)
        general = hangzhou.rule(rule, AgreementKind.GENERAL, Form.SINGLE)
        assert wage is not None and general is not None
        assert (wage.region, general.region) == ("hangzhou", "zhejiang")


def test_outer_limits_are_the_nation_s_and_not_the_province_s():
    hangzhou = packs().region("hangzhou")
    ground = Ground(worked("linyi"), hangzhou, hangzhou.root, calendar(), DAY)
    assert ground.national is packs().national


def test_places_lead_to_the_nearest_pack():
    at = packs().of_place
    assert at("浙江省", "杭州市").key == "hangzhou"
    assert at("浙江省", " 宁波").key == "ningbo"
    assert at("浙江省", "温州市").key == "zhejiang"
    assert at("广东省", "深圳市").key == "national"
    assert at("火星", "杭州市").key == "national"


def test_packs_stand_in_the_official_order():
    keys = [pack.key for pack in packs()]
    assert keys[0] == "national"
    assert keys.index("zhejiang") < keys.index("hangzhou") < keys.index("ningbo") < keys.index("shandong")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(resource("rules"), tmp_path / "rules")
    return tmp_path / "rules"


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("zhejiang/pack.toml", 'base = "national"', 'base = "hangzhou"', "绕成了圈"),
        ("hangzhou/pack.toml", 'base = "zhejiang"', 'base = "hangzhou"', "绕成了圈"),
        ("hangzhou/pack.toml", 'base = "zhejiang"', 'base = "jiangsu"', "没有底包 jiangsu"),
        ("hangzhou/pack.toml", 'division = "3301"', 'division = "3201"', "下面"),
        ("hangzhou/pack.toml", 'division = "3301"', 'division = "3302"', "已经有规则包"),
        ("hangzhou/pack.toml", 'division = "3301"', 'division = "杭"', "行政区划代码"),
        ("tianjin/pack.toml", '"offer_who"', '"offer_whom"', "pending 里不认识"),
        ("tianjin/pack.toml", "pending_note", "pendingnote", "pending"),
    ],
)
def test_an_odd_chain_is_refused(folder: Path, file: str, old: str, new: str, reason: str):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as refused:
        load_packs(folder)
    assert reason in refused.value.what_happened, refused.value.what_happened


def test_a_value_can_be_taken_away(folder: Path):
    path = folder / "hangzhou" / "terms.toml"
    text = path.read_text(encoding="utf-8")
    gone = '\n[[term]]\nrule = "fem_floor"\nvariant = "nursing_hours"\nnone = true\n'
    path.write_text(text + gone, encoding="utf-8")
    loaded = load_packs(folder)
    assert loaded.region("hangzhou").term("fem_floor", DAY, variant="nursing_hours") is None
    assert loaded.region("zhejiang").term("fem_floor", DAY, variant="nursing_hours") is not None


def test_a_national_day_after_the_region_s_own_is_no_advice():
    """宁波 publishes within 5 workdays: the national 5 days are earlier or the same; 河南 files within 5 workdays."""
    for region, rule in (("henan", "file_due"), ("ningbo", "publish_due"), ("tianjin", "publish_due")):
        for row in check(worked("linyi"), packs().region(region), calendar(), date(2026, 11, 10)).deadlines:
            if row.rule == rule and row.due is not None:
                assert row.reminder is None or row.reminder < row.due, (region, row.reminder, row.due)
