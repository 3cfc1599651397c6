"""One rule looked up: its values through the years, its articles, how well read; held against the files themselves."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.stages import Stage
from app.domain.union import AgreementKind, Form
from app.paths import resource
from app.rules.findings import Hardness, Read
from app.rules.law_rules import ALL_RULES
from app.rules.lookup import Asked, Reading, RuleSight, history, look_up, look_up_all, value_words
from app.rules.pack import RulePack
from app.rules.rule_texts import RuleGroup
from app.rules.terms import MAY_BE_HARD, Term
from tests.rules.worked import packs

DAY = date(2026, 11, 10)
WAGE = Asked(AgreementKind.WAGE, Form.SINGLE, DAY)
KEYS = sorted(path.name for path in resource("rules").iterdir() if path.is_dir())
each_pack = pytest.mark.parametrize("key", KEYS)


def sight(region: str, rule: str, asked: Asked = WAGE) -> RuleSight:
    found = look_up(packs().region(region), rule, asked)
    assert found is not None
    return found


def written(key: str) -> list[dict[str, Any]]:
    """The terms of a pack as its file has them, read by nothing of ours."""
    return tomllib.loads(resource(f"rules/{key}/terms.toml").read_text("utf-8")).get("term", [])


def spans(region: str, rule: str, asked: Asked = WAGE) -> list[tuple[str, date, date | None, str]]:
    return [
        (span.term.spoken, span.term.starts, span.until, span.origin)
        for span in sight(region, rule, asked).history
    ]


@each_pack
def test_every_rule_is_there_in_the_order_of_the_law(key: str):
    rules = [each.rule for each in look_up_all(packs().region(key), WAGE)]
    assert rules[: len(ALL_RULES)] == list(ALL_RULES)
    assert len(rules) == len(set(rules))
    assert all(rule.startswith("data_") for rule in rules[len(ALL_RULES) :])


@each_pack
def test_each_value_of_a_region_is_what_its_file_says(key: str):
    pack = packs().region(key)
    seen = 0
    for entry in written(key):
        kinds = entry.get("kinds", [each.value for each in AgreementKind])
        forms = entry.get("forms", [each.value for each in Form])
        asked = Asked(AgreementKind(kinds[0]), Form(forms[0]), DAY)
        found = look_up(pack, entry["rule"], asked)
        assert found is not None
        if entry.get("none"):
            assert not [term for term in found.terms if term.variant == entry.get("variant", "")]
            continue
        if found.text.silent:
            continue
        value = entry["values"][-1]
        (term,) = [term for term in found.terms if term.variant == entry.get("variant", "")]
        assert (term.amount, term.per) == (value["amount"], value.get("per", 1)), entry["rule"]
        assert (term.unit.value, term.starts) == (value["unit"], value["starts"])
        (span,) = [span for span in found.history if span.term is term]
        assert (span.origin, span.until) == (pack.name, None)
        told = {(source.law, source.article) for source in found.sources}
        assert {(each["law"], each["article"]) for each in entry["articles"]} <= told
        assert found.checked_on is not None and found.checked_on >= entry["checked_on"]
        seen += 1
    assert seen


def test_before_a_regions_first_value_that_of_the_pack_below_held():
    assert spans("山东", "reply_due") == [
        ("10 日", date(2017, 1, 1), None, "山东"),
        ("20 日", date(2000, 11, 8), date(2016, 12, 31), "全国"),
    ]
    assert spans("杭州", "reply_due") == [
        ("10 个工作日", date(2014, 5, 1), None, "杭州"),
        ("10 个工作日", date(2011, 1, 1), date(2014, 4, 30), "浙江"),
        ("20 日", date(2000, 11, 8), date(2010, 12, 31), "全国"),
    ]
    general = Asked(AgreementKind.GENERAL, Form.SINGLE, DAY)
    assert spans("山东", "reply_due", general)[0][1] == date(2013, 10, 1)


@each_pack
def test_on_every_day_the_span_that_holds_is_the_value_in_force(key: str):
    pack = packs().region(key)
    compared = 0
    for kind in AgreementKind:
        for form in Form:
            for rule in ALL_RULES:
                found = history(pack, rule, kind, form)
                edges = {span.term.starts for span in found} | {date(1994, 12, 31), DAY}
                for day in {edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)}:
                    holding = [span.term for span in found if span.holds_on(day)]
                    term = pack.term(rule, day, kind, form)
                    assert holding == ([term] if term is not None else []), (rule, kind, form, day)
                    compared += 1
    assert compared > 128 * 4 * 3 * 3


def test_a_value_with_several_dates_has_each_of_them():
    shandong = packs().region("山东")
    entry = next(each for each in shandong.entries if each.rule == "reply_due")
    early = entry.values[0]
    late = dataclasses.replace(early, starts=date(2030, 1, 1), amount=7)
    changed = dataclasses.replace(entry, values=(early, late))
    pack = dataclasses.replace(
        shandong, entries=tuple(changed if each is entry else each for each in shandong.entries)
    )
    told = [(span.term.amount, span.until) for span in history(pack, "reply_due", WAGE.kind, WAGE.form)]
    assert told == [(7, None), (10, date(2029, 12, 31)), (20, date(2016, 12, 31))]
    assert look_up(pack, "reply_due", WAGE).value.startswith("10 日内")  # type: ignore[union-attr]


def test_where_a_region_says_that_nothing_is_laid_down_nothing_is_taken_from_below():
    shandong = packs().region("山东")
    text = shandong.own_rule("reply_due", WAGE.kind, WAGE.form)
    assert text is not None
    silent = dataclasses.replace(text, hardness=Hardness.NONE, sources=())
    pack = dataclasses.replace(
        shandong,
        entries=tuple(entry for entry in shandong.entries if entry.rule != "reply_due"),
        rules=tuple(silent if each is text else each for each in shandong.rules),
    )
    found = look_up(pack, "reply_due", WAGE)
    assert found is not None
    assert (found.history, found.value, found.reading) == ((), "", Reading.SILENT)
    assert found.how_read == "法规未规定"


def test_values_are_told_with_what_they_count_from():
    assert sight("山东", "reply_due").value == "10 日内，从对方收到要约起算"
    assert sight("全国", "disclose_due").value == "首次协商会议 5 日前"
    assert sight("山东", "rep_frontline").value == "不少于 1/3"
    assert sight("山东", "offer_form").value == ""


def test_how_well_read_is_told_for_what_it_is():
    assert sight("山东", "reply_due").reading is Reading.CHECKED
    assert sight("天津", "reply_due").reading is Reading.PENDING
    assert sight("天津", "reply_due").how_read == Read.SECOND_HAND.label
    copies = sight("天津", "file_copies")
    assert (copies.reading, copies.how_read) == (Reading.PENDING, "当地条文待核")
    assert "只读到1–5条" in copies.pending_note
    assert copies.cell.origin_name == "全国"
    assert sight("山东", "reply_due").pending_note == ""
    assert sight("全国", "period").reading is Reading.SILENT
    assert {each.reading for each in look_up_all(packs().region("天津"), WAGE)} == set(Reading)


def test_a_sentence_claims_no_more_than_its_article_read_least_well():
    told = {
        "topics_wage": Read.SECOND_HAND,
        "rep_tenure": Read.UNVERIFIED,
    }  # a national article was read beside
    for rule, least in told.items():
        found = sight("天津", rule)
        assert any(source.read in MAY_BE_HARD for source in found.sources)
        assert (found.reading, found.how_read) == (Reading.PENDING, least.label)
        assert found.fits(reading=Reading.PENDING) and not found.fits(reading=Reading.CHECKED)
        assert (found.cell.read, found.text.read, found.cell.short[-1]) == (least, least, "?")
    copies = sight("全国", "file_copies")
    assert {source.read for source in copies.sources} == {Read.FULL_TEXT, Read.EXCERPT}
    assert (copies.reading, copies.how_read) == (Reading.CHECKED, Read.EXCERPT.label)
    assert sight("天津", "fem_floor").how_read == Read.FULL_TEXT.label


def test_the_whole_floor_for_women_is_told_each_value_by_its_name():
    found = sight("山东", "fem_floor")
    assert set(found.value.split("；")) == {
        "产假不少于 98 日",
        "难产增加不少于 15 日",
        "多胎每个增加不少于 15 日",
        "流产（少的一档）不少于 15 日",
        "流产（多的一档）不少于 42 日",
        "每天哺乳时间不少于 1 小时",
    }
    for part in (
        "98 天",
        "多胎每个增加 15 天",
        "流产 15 天、42 天",
        "7 个月以上不加班、不上夜班",
        "降薪、辞退",
    ):
        assert part in found.text.says
    assert [source.article for source in found.text.sources] == ["5–9条", "13条"]
    assert found.how_read == Read.FULL_TEXT.label


@each_pack
def test_no_rule_is_said_to_be_read_better_than_any_of_its_articles(key: str):
    order = list(Read)
    for found in look_up_all(packs().region(key), WAGE):
        if found.sources and found.reading is not Reading.SILENT and not found.cell.pending:
            said = next(each for each in order if each.label == found.how_read)
            assert all(order.index(source.read) <= order.index(said) for source in found.sources), found.rule


def test_the_law_behind_it_is_named_with_its_number():
    found = sight("山东", "reply_due")
    assert found.sources[0].full == "《山东省企业工资集体协商条例》21条"
    assert [law.short for law in found.laws] == ["鲁工资"]
    assert found.chain == ("山东", "全国")
    assert sight("杭州", "reply_due").chain == ("杭州", "浙江", "全国")


def test_both_ways_to_read_a_text_are_told():
    (note,) = sight("全国", "disclose_due").notes
    assert "可以读成最晚 5 日前，也可以读成前 5 天之内" in note
    assert sight("山东", "reply_due").notes == ()


def test_rules_are_found_by_words_stage_topic_and_reading():
    pack: RulePack = packs().region("山东")
    every = look_up_all(pack, WAGE)

    def found(*args: Any, **named: Any) -> set[str]:
        return {each.rule for each in every if each.fits(*args, **named)}

    assert found() == {each.rule for each in every}
    assert "reply_due" in found("答复 10 日")
    assert "reply_due" in found("山东省企业工资集体协商条例》21条")
    assert found("答复 鞚") == set()
    assert found("REPLY_DUE") == {"reply_due"}
    assert found("", Stage.OFFER) == {each.rule for each in every if each.text.stage is Stage.OFFER}
    assert found(group=RuleGroup.START) == {each.rule for each in every if each.text.group is RuleGroup.START}
    parts = [found(reading=each) for each in Reading]
    assert sum(map(len, parts)) == len(every)
    assert "reply_due" in found(reading=Reading.CHECKED) - found(reading=Reading.PENDING)


def test_a_value_is_told_the_same_everywhere():
    term: Term = sight("山东", "reply_due").terms[0]
    assert value_words(term) == sight("山东", "reply_due").value
