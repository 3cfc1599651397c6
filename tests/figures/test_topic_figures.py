"""A topic keeps its figures and its way: answers, coded words, hearings, claim, positions, clause, obligation."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.case import Case
from app.domain.survey import AnswerCount, Hearing, HearingKind, Question, QuestionKind, Survey, Topic
from app.exchange.case_file import load_case
from app.figures.offer_topics import topic_rows
from app.figures.positions import topics_of
from app.figures.survey_results import coded_supporters, ranked_topics, sources_of, support_of, ways_of
from app.figures.topic_figures import (
    coded_sources,
    proposed_supporters,
    shown_coded,
    source_words,
    unlinked_opinions,
    words_heard,
)
from app.paths import resource

OPEN = Question(id="q9", survey="s", number=9, kind=QuestionKind.OPEN, stem="还想说什么")


def coded(topic: str, number: int, question: str = "q9") -> AnswerCount:
    return AnswerCount(
        id=f"answers-{question}-topic-{topic}", question=question, group="名", numbers=(number,)
    )


CASE = Case(
    surveys=(Survey(id="s", valid=100, issued=100, returned=100),),
    questions=(OPEN,),
    topics=(
        Topic(id="a", name="食堂", supporters=12),
        Topic(id="b", name="劳保手套"),
        Topic(id="c", name="夜班津贴标准", supporters=40),
        Topic(id="d", name="班车"),
    ),
    answer_counts=(AnswerCount(id="answers-q9", question="q9", numbers=(60,)), coded("b", 23), coded("a", 9)),
)


def test_a_topic_nobody_counted_is_ranked_by_its_coded_answers() -> None:
    assert [each.id for each in ranked_topics(CASE)] == ["c", "b", "a", "d"]


def test_coded_answers_are_proposed_only_where_they_tell_more() -> None:
    assert [proposed_supporters(CASE, each) for each in CASE.topics] == [None, 23, None, None]
    told = coded_sources(CASE)
    assert [origin.words for origin in told["b"]] == ["第9题（开放题）归到这里 23 份"]
    assert told["b"][0].record_id == "answers-q9-topic-b" and "d" not in told


def test_papers_tell_no_coded_answers_of_a_question_that_is_hidden() -> None:
    assert shown_coded(CASE) == {"a": 9, "b": 23}
    few = dataclasses.replace(CASE, surveys=(Survey(id="s", valid=4, issued=4, returned=4),))
    assert shown_coded(few) == {}


def test_what_was_said_in_a_hearing_leads_to_a_topic() -> None:
    hearings = (
        Hearing(id="h1", opinions=("夜班津贴偏低", "灯光暗")),
        Hearing(id="h2", opinions=("班车太挤", "")),
    )
    case = dataclasses.replace(CASE, hearings=hearings)
    assert words_heard(case, case.topics[2]) == {"h1": "夜班津贴"}
    assert words_heard(case, case.topics[3]) == {"h2": "班车"}
    assert [each.words for each in unlinked_opinions(case)] == ["夜班津贴偏低", "灯光暗", "班车太挤"]
    case = case.with_record("topics", case.topics[2].replace(hearings=("h1",)))
    assert [(each.id, each.words) for each in unlinked_opinions(case)] == [("h2/0", "班车太挤")]


@pytest.mark.parametrize("name", ["shandong-linyi-single"])
def test_the_way_of_a_topic_from_answer_to_obligation_is_whole(name: str) -> None:
    case = load_case(resource(f"examples/{name}.json").read_bytes())
    topic = case.find("topics", "topic-3")
    survey = case.surveys[-1]
    share = support_of(case, topic, survey)
    assert share.text == "45.6%" and {each.collection for each in share.origin} == {"topics", "surveys"}
    way = (*sources_of(case, topic), *ways_of(case, topic))
    places = list(dict.fromkeys(each.collection for each in way))
    assert places == ["answer_counts", "hearings", "offer_items", "positions", "clauses", "obligations"]
    for each in way:  # every step has its record, and its fact is one of it
        held = case.find(each.collection, each.record_id)
        assert held is not None and (not each.fact or hasattr(held, each.fact)), each
    item = next(each for each in case.offer_items if each.topic == topic.id)
    assert next(row for row in topic_rows(case, item.offer) if row.topic == topic).item == item
    assert topic in topics_of(case)
    clause = next(each for each in case.clauses if each.topic == topic.id)
    assert any(each.clause == clause.id for each in case.obligations)
    without = dataclasses.replace(case, clauses=())
    assert {each.collection for each in ways_of(without, topic)} == {"offer_items", "positions"}


def test_a_source_nobody_wrote_is_told_by_the_links() -> None:
    case = dataclasses.replace(CASE, hearings=(Hearing(id="h", kind=HearingKind.MEETING),))
    linked = Topic(id="x", questions=("q9",), hearings=("h",))
    assert source_words(case, linked) == "问卷第9题、座谈会"
    assert source_words(case, linked.replace(source="工会提出")) == "工会提出"


def test_the_largest_of_several_open_questions_counts() -> None:
    other = OPEN.replace(id="q10", number=10)
    case = dataclasses.replace(
        CASE, questions=(OPEN, other), answer_counts=(*CASE.answer_counts, coded("b", 5, "q10"))
    )
    assert coded_supporters(case, case.topics[1]).value == 23
    assert len(coded_sources(case)["b"]) == 2
