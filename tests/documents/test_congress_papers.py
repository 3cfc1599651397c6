"""The papers of a congress: the words of the articles, what the notice says of them, hours, numbers of present."""

from __future__ import annotations

import dataclasses

import pytest

from app.documents.kinds import Subject
from app.documents.letters.congress import resolution_missing
from app.domain.case import Case
from app.domain.congress import Category, Congress, Delegate, Purpose, Session
from app.domain.representatives import Candidate, Count, Election
from app.domain.union import AgreementKind, Side
from app.usecases.make_demo import read_example
from tests.documents.flat_text import flat_text
from tests.documents.test_letters import context_of, make, voting_case


@pytest.mark.parametrize(
    ("region", "word", "other"),
    [
        ("shandong", "过半数", "半数以上赞成"),
        ("shanghai", "半数以上", "过半数"),
        ("tianjin", "半数以上", "过半数"),
        ("national", "半数以上", "过半数"),
    ],
)
def test_papers_of_a_vote_have_the_word_of_the_articles_they_cite(region: str, word: str, other: str) -> None:
    case = voting_case(27)
    case = dataclasses.replace(
        case, cycle=case.cycle.replace(agreement_kind=AgreementKind.WAGE, region=region)
    )
    for key, subject in (("resolution", "s"), ("tally", "c")):
        text = flat_text(make(context_of(case), key, subject))
        assert f"{word}赞成" in text and other not in text
    assert "以赞成票占全体职工代表的比例判定" in text and "条）" in text


@pytest.mark.parametrize("region", ["shandong", "shanghai"])
def test_one_half_is_left_open_on_the_tally(region: str) -> None:
    case = voting_case(26)
    case = dataclasses.replace(
        case, cycle=case.cycle.replace(agreement_kind=AgreementKind.WAGE, region=region)
    )
    text = flat_text(make(context_of(case), "tally", "c"))
    assert "各条文的写法不一样。结果：通过□　没有通过□" in text
    assert "表决没有通过" not in text and "表决通过" not in text


def test_an_election_cites_no_article_that_lets_the_union_appoint() -> None:
    case = read_example("shandong-linyi-single")
    case = dataclasses.replace(case, cycle=case.cycle.replace(region="shanghai"))
    text = flat_text(make(context_of(case), "resolution", "session-1"))
    assert "得到全体职工代表超过一半赞成" in text and "过半数" not in text


def noticed(region: str, **session: object) -> str:
    case = read_example("shandong-linyi-single")
    held = next(each for each in case.sessions if each.purpose is Purpose.DELIBERATE_DRAFT)
    case = case.with_record("sessions", held.replace(**session))
    case = dataclasses.replace(case, cycle=case.cycle.replace(region=region))
    return flat_text(make(context_of(case), "congress_notice", held.id))


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("shandong", "会议议程和有关事项在会议7日前向职工公开（《山东省"),
        ("shanghai", "审议的书面材料在会议7日前送交职工代表（《上海市职工代表大会条例》第30条）"),
        ("henan", "会议有关事项在会议7日前告知职工代表，并发给有关材料（《河南省"),
    ],
)
def test_the_notice_says_what_the_articles_of_the_place_ask_for(region: str, said: str) -> None:
    text = noticed(region)
    assert said in text
    assert ("向职工公开" in text) is (region == "shandong")


def test_a_session_has_an_hour_or_room_to_write_it() -> None:
    assert "上午9:00；地点：" in noticed("shandong", starts="上午9:00")
    assert "时__分；地点：" in noticed("shandong", starts="")
    case = read_example("shandong-linyi-single")
    held = case.sessions[0]
    case = case.with_record("sessions", held.replace(starts="14:30"))
    for key in ("congress_agenda", "congress_sign_in"):
        assert "日14:30" in flat_text(make(context_of(case), key, held.id))


def test_a_report_never_says_there_is_no_vacancy_beside_one() -> None:
    roster = tuple(
        Delegate(
            id=f"d{at}", name=f"第{at}人", category=Category.TECHNICAL if at < 10 else Category.FRONTLINE
        )
        for at in range(42)
    )
    house = Congress(id="congress", delegates=42, frontline=30, technical=6, admin=6, women=2)
    text = flat_text(make(context_of(Case(congress=house, delegates=roster)), "congress_qualification"))
    assert "没有缺额" not in text
    assert (
        "实选42名，总数与应选名额相符；一线多2名、技术多4名、一般管理缺6名、女代表缺2名，构成和名额不一致"
        in text
    )
    assert "| 技术 | 6 | 10 | 多4名" in text and "| 一般管理 | 6 | 0 | 缺6名" in text
    even = dataclasses.replace(house, frontline=32, technical=10, admin=None, women=None)
    told = flat_text(make(context_of(Case(congress=even, delegates=roster)), "congress_qualification"))
    assert "与应选名额相符，没有缺额。" in told


def election(**count: object) -> Case:
    people = tuple(
        Candidate(id=f"p{at}", election="e", name=name) for at, name in enumerate(("王平", "丁平"))
    )
    return Case(
        congress=Congress(id="congress", delegates=52),
        sessions=(Session(id="s", name="某次会议", purpose=Purpose.ELECT_REPRESENTATIVES, expected=52),),
        elections=(Election(id="e", session="s", side=Side.WORKER, seats=2),),
        candidates=people,
        counts=(Count(id="c", election="e", session="s", expected=52, present=48, **count),),
    )


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        (30, "会议决议：通过丁平、王平为职工方协商代表。"),
        (26, "会议决议：丁平、王平为职工方协商代表，通过□　没有通过□"),
        (20, "丁平、王平没有通过。"),
    ],
)
def test_a_resolution_on_a_list_voted_as_one_names_who_is_on_it(votes: int, said: str) -> None:
    text = flat_text(make(context_of(election(in_favour=votes)), "resolution", "s"))
    assert said in text and f"赞成{votes}票" in text


def test_the_votes_of_persons_that_lack_are_told_as_missing() -> None:
    case = election()
    assert "每名人选的赞成票" in resolution_missing(case, Subject("s"))
    assert "提名人选" in resolution_missing(dataclasses.replace(case, candidates=()), Subject("s"))
    assert "每名人选的赞成票" not in resolution_missing(election(in_favour=30), Subject("s"))


def test_the_sign_in_sheet_and_the_resolution_name_both_numbers_of_present() -> None:
    case = voting_case(27)
    even = flat_text(make(context_of(case), "congress_sign_in", "s"))
    assert "实到：48人" in even and "计票单实到" not in even
    held = case.sessions[0].replace(present=49)
    uneven = case.with_record("sessions", held)
    for key in ("congress_sign_in", "resolution"):
        assert "签到表实到49人，计票单实到48人。" in flat_text(make(context_of(uneven), key, "s"))


def test_a_posted_notice_has_no_word_of_the_program() -> None:
    text = flat_text(make(context_of(read_example("shandong-linyi-single")), "election_result"))
    assert "不得因履职解除合同" in text and "原文已核对" not in text
