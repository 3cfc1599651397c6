"""Terms of office and protection: computed from the election, the agreement and the region's text."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.agreement import Agreement
from app.domain.case import Case
from app.domain.representatives import Candidate, Election, LeavingCause, Replacement, Representative
from app.domain.union import Cycle, Side
from app.rules.pack import load_packs
from app.rules.protection import protection, tenures

PACKS = load_packs()
FIRST = Election(id="e", side=Side.WORKER, determined_on=date(2026, 3, 2))
PING = Representative(id="p", side=Side.WORKER, name="王平")
MING = Representative(id="m", side=Side.WORKER, name="李明")


def case_in(region: str, **more: object) -> Case:
    return Case(
        cycle=Cycle(id="cycle", region=region, year=2026),
        elections=(FIRST,),
        representatives=(PING, MING),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("region", ["shandong", "zhejiang", "hangzhou", "ningbo", "henan"])
def test_where_the_region_says_so_the_term_ends_with_the_agreement(region):
    pack = PACKS.region(region)
    open_end = tenures(case_in(region), pack)[0]
    assert (open_end.since, open_end.until) == (date(2026, 3, 2), None)
    assert "合同期限还没写" in open_end.until_words
    signed = case_in(region, agreements=(Agreement(id="a", term_until=date(2027, 4, 30)),))
    assert tenures(signed, pack)[0].until == date(2027, 4, 30)


@pytest.mark.parametrize("region", ["national", "beijing", "shanghai", "chongqing", "tianjin"])
def test_elsewhere_the_end_is_what_the_staff_laid_down(region):
    pack = PACKS.region(region)
    signed = case_in(region, agreements=(Agreement(id="a", term_until=date(2027, 4, 30)),))
    assert (tenures(signed, pack)[0].until, tenures(signed, pack)[0].until_words) == (None, "还没写")
    written = signed.with_record("elections", FIRST.replace(tenure_until="本届工会委员会届满"))
    assert tenures(written, pack)[0].until_words == "本届工会委员会届满"


def test_the_term_of_an_employers_representative_is_told_apart():
    assert tenures(case_in("shandong"), PACKS.region("shandong"), Side.EMPLOYER) == ()


def test_who_was_recalled_and_who_came_after():
    change = Replacement(
        id="x",
        side=Side.WORKER,
        leaving="p",
        arriving="m",
        cause=LeavingCause.RECALLED,
        vacant_on=date(2026, 5, 6),
        filled_on=date(2026, 5, 15),
    )
    gone, came = tenures(case_in("shandong", replacements=(change,)), PACKS.region("shandong"))
    assert (gone.over, gone.until, gone.until_words, gone.successor) == (
        True,
        date(2026, 5, 6),
        "罢免（撤换）",
        "李明",
    )
    assert (came.over, came.since, came.predecessor) == (False, date(2026, 5, 15), "王平")


def test_who_came_by_a_by_election_starts_with_it():
    second = Election(id="f", side=Side.WORKER, determined_on=date(2026, 6, 1))
    case = case_in("shandong", candidates=(Candidate(id="c", election="f", name="李明", representative="m"),))
    case = case.with_record("elections", second)
    assert [each.since for each in tenures(case, PACKS.region("shandong"))] == [
        date(2026, 3, 2),
        date(2026, 6, 1),
    ]


def test_every_sentence_carries_its_article_and_how_well_it_was_read():
    for pack in PACKS:
        said = protection(case_in(pack.key), pack)
        assert [each.rule for each in said] == ["rep_tenure", "rep_protect_contract"]
        assert all(each.article and each.read for each in said), pack.key
    assert "条文没有读到" in protection(case_in("tianjin"), PACKS.region("tianjin"))[1].words
    assert "《鲁工资》15条，原文已核对" in protection(case_in("shandong"), PACKS.region("shandong"))[1].words
