"""The papers of a congress: the words of the articles, what the notice says of them, hours, numbers of present."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.congress import Purpose
from app.domain.union import AgreementKind
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
