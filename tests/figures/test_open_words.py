"""Open answers laid together, and the words by which a topic is proposed."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.survey import AnswerCount, Question, QuestionKind, Survey, Topic
from app.figures.open_words import OpenAnswer, grouped, plain_words, proposals, topic_words

TOPICS = (
    Topic(id="t1", name="提高高温津贴标准"),
    Topic(id="t2", name="食堂"),
    Topic(id="t3", name="提高工作标准"),
)


def test_answers_in_the_same_letters_are_one_group_what_nobody_coded_first() -> None:
    answers = [
        OpenAnswer("1", "食堂太贵。", ("t2",)),
        OpenAnswer("2", "涨工资", ()),
        OpenAnswer("3", " 食堂，太贵", ("t2",)),
        OpenAnswer("4", "涨 工资！", ("t1",)),
        OpenAnswer("5", "？？", ()),
        OpenAnswer("6", "ＡＢＣ", ()),
    ]
    assert [(each.words, each.sheets) for each in grouped(answers)] == [
        ("涨工资", ("2", "4")),
        ("？？", ("5",)),
        ("ＡＢＣ", ("6",)),
        ("食堂太贵。", ("1", "3")),
    ]
    assert plain_words("Ａb， 1") == "ab1"


def test_a_topic_is_proposed_by_a_piece_of_its_name_and_never_by_what_stands_in_any_name() -> None:
    known = topic_words(Case(topics=TOPICS), TOPICS)
    assert [(each.topic, each.word) for each in proposals("食堂菜贵，高温津贴也该涨", known)] == [
        ("t1", "高温津贴"),
        ("t2", "食堂"),
    ]
    assert proposals("希望提高标准，提高工作", known) == ()


def test_the_option_that_became_a_topic_names_it_too() -> None:
    question = Question(
        id="q",
        survey="s",
        number=1,
        kind=QuestionKind.MULTIPLE,
        stem="想谈什么",
        options=("夜班补贴", "工服"),
    )
    topic = Topic(id="t", name="夜间津贴", questions=("q",), supporters=5)
    case = Case(
        surveys=(Survey(id="s"),),
        questions=(question,),
        topics=(topic,),
        answer_counts=(AnswerCount(id="a", question="q", numbers=(5, 2)),),
    )
    assert topic_words(case, case.topics)["t"][0] == "夜间津贴"
    assert [each.word for each in proposals("夜班补贴发得晚", {"t": ("夜班补贴",)})] == ["夜班补贴"]
