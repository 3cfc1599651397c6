"""The topic table of an offer, and claims as numbers and words."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from app.figures.offer_topics import claim_words, read_claim, topic_rows, typed_claim
from app.usecases.make_demo import read_example


@pytest.fixture(scope="module")
def case():
    return read_example("shandong-linyi-single")


def test_every_topic_has_a_row_and_the_share_of_the_valid_sheets(case):
    rows = topic_rows(case, "offer-1")
    assert [row.topic.code for row in rows] == ["Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Y8"]
    assert rows[0].asked == "87.9%"  # 268 of 305
    assert {origin.fact for origin in rows[0].support.origin} == {"supporters", "valid"}
    assert rows[1].asked == "座谈会", "no number was written, so it says where it comes from"
    assert rows[0].item.id == case.offer_items[0].id and rows[0].aside == ""
    assert rows[6].item is None and rows[6].aside == "另行解决：由生活管理小组与后勤议定"


def test_a_row_does_not_move_when_it_is_ticked_or_not(case):
    before = [row.id for row in topic_rows(case, "offer-1")]
    fewer = dataclasses.replace(case, offer_items=case.offer_items[1:])
    assert [row.id for row in topic_rows(fewer, "offer-1")] == before
    assert topic_rows(fewer, "offer-1")[0].aside == "定了列入，还没有勾选"


def test_each_of_several_offers_has_its_own_items_and_an_item_without_topic_is_not_lost(case):
    second = case.offers[0].replace(id="offer-2")
    stray = case.offer_items[0].replace(id="stray", topic="")
    both = dataclasses.replace(case, offers=(*case.offers, second), offer_items=(*case.offer_items, stray))
    assert all(row.item is None for row in topic_rows(both, "offer-2"))
    last = topic_rows(both, "offer-1")[-1]
    assert last.topic is None and last.id == "stray"


@pytest.mark.parametrize(
    ("typed", "unit", "claim", "number"),
    [
        ("25", "元/班", "25 元/班", Decimal(25)),
        ("8.0", "%", "8%", Decimal("8.0")),
        ("8", "定额下调%", "定额下调8%", Decimal(8)),
        ("10", "每月几日", "每月10日", Decimal(10)),
        ("3", "有无", "3", Decimal(3)),
        ("1.10", "元/件", "1.10 元/件", Decimal("1.10")),
        ("上调 8.0%", "%", "上调 8.0%", Decimal("8.0")),
        ("按本人应发工资", "", "按本人应发工资", None),
        ("6—9月高温津贴300元/月", "元/月", "6—9月高温津贴300元/月", None),
        ("123456789012.34", "元", "123456789012.34 元", Decimal("123456789012.34")),
        ("  ", "元", "", None),
    ],
)
def test_a_bare_number_takes_the_unit_of_its_topic(typed, unit, claim, number):
    assert read_claim(typed, unit) == (claim, number)


def test_a_number_with_its_unit_is_typed_again_as_a_number():
    assert typed_claim("25 元/班", "元/班") == "25"
    assert typed_claim("夜班津贴25元/班", "元/班") == "夜班津贴25元/班"
    assert claim_words(Decimal(2600), "元/月") == "2600 元/月"
