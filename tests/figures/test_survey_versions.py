"""Whose results count when a questionnaire has several versions."""

from __future__ import annotations

from app.documents.catalogue import kind_named
from app.domain.case import Case
from app.domain.survey import AnswerCount, Audience, Question, QuestionKind, Survey
from app.figures.rates import rates_of
from app.figures.survey_versions import survey_of_results, version_words, why_this_one

_FIRST = Survey(id="one", title_text="调查", version="1", issued=40, returned=30, valid=28)
_SECOND = Survey(id="two", title_text="调查", audience=Audience.STAFF)


def case_of(*answered: str) -> Case:
    """Two versions of a questionnaire, with answers to those named."""
    questions = tuple(
        Question(id=f"q-{each}", survey=each, number=1, kind=QuestionKind.SINGLE, options=("是", "否"))
        for each in ("one", "two")
    )
    counts = tuple(AnswerCount(id=f"a-{each}", question=f"q-{each}", numbers=(20, 8)) for each in answered)
    return Case(surveys=(_FIRST, _SECOND), questions=questions, answer_counts=counts)


def test_the_latest_with_answers_counts_and_the_last_while_there_are_none() -> None:
    assert survey_of_results(case_of("one")) == _FIRST
    assert survey_of_results(case_of("one", "two")) == _SECOND
    assert survey_of_results(case_of()) == _SECOND
    assert survey_of_results(Case()) is None


def test_one_that_was_chosen_counts_while_it_is_there() -> None:
    assert survey_of_results(case_of("one"), "two") == _SECOND
    assert survey_of_results(case_of("one"), "gone") == _FIRST


def test_it_is_said_which_version_it_is_and_why_not_the_last() -> None:
    case = case_of("one")
    assert version_words(case, _FIRST) == "版次 1　调查（有效 28 份）"
    assert version_words(case, _SECOND) == "还没定稿　调查　职工版（还没有答卷）"
    assert why_this_one(case, _FIRST) == "新的一版还没有答卷，先看有答卷的。"
    assert why_this_one(case_of("one", "two"), _FIRST) == "这里看的是以前的一版，后面还有新的。"
    assert why_this_one(case, _SECOND) == ""


def test_a_new_version_takes_no_rate_and_no_paper_away() -> None:
    case = case_of("one")
    assert [figure.text for figure in rates_of(case)][:2] == ["75.0%", "93.3%"]
    kind = kind_named("survey_summary")
    assert kind is not None
    meant, other = kind.meant(case), kind.meant(case, "two")
    assert meant is not None and meant.id == "one" and meant.title == "调查 1"
    assert other is not None and other.id == "two"
    assert kind.meant(case, "three") is None and kind.meant(Case()) is None
