"""Open answers laid together by their words, and which topic a word in them points to. Nothing is decided here.

The words of an answer stay on this computer; what is made of them here is for the screen only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.answered_sheet import SAYS_NOTHING
from app.domain.case import Case
from app.domain.survey import Topic
from app.figures.survey_results import answers_of, questions_of, topic_of

FEWEST_LETTERS = 2
"""So many letters of a topic's name must stand in an answer for the topic to be proposed."""

_EVERYWHERE = re.compile(
    "问题|提高|增加|改善|加强|建立|完善|落实|标准|制度|职工|员工|工人|公司|企业|单位|希望|建议|要求|方面|工作|其他|调整"
)
"""Words that stand in the name of any topic and tell nothing."""


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """What one sheet says to an open question, and the topics it was coded to. For the screen only."""

    sheet: str
    words: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers that say the same in the same letters; ``words`` are those of one of them."""

    words: str
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic an answer may belong to, and the word of it that stands in the answer."""

    topic: str
    word: str


def plain_words(words: str) -> str:
    """Letters and digits only, full width as half, capitals as small: what makes two answers the same."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return "".join(each for each in plain if unicodedata.category(each)[0] in "LN")


def grouped(answers: Iterable[OpenAnswer]) -> tuple[AnswerGroup, ...]:
    """Lay answers that say the same together: what nobody coded yet first, then what most wrote.

    Among equals the order stays that in which they come, which is one of chance.
    """
    alike: dict[str, list[OpenAnswer]] = defaultdict(list)
    for each in answers:
        alike[plain_words(each.words) or each.words.strip()].append(each)
    held = sorted(alike.values(), key=lambda group: (all(each.topics for each in group), -len(group)))
    return tuple(AnswerGroup(group[0].words.strip(), tuple(each.sheet for each in group)) for group in held)


def topic_words(case: Case, topics: Iterable[Topic]) -> dict[str, tuple[str, ...]]:
    """For each topic the names by which an answer may mean it: its own, and the options that became it."""
    names = {each.id: [each.name] for each in topics if each.name}
    for survey in case.surveys:
        for question in questions_of(case, survey):
            for counts in answers_of(case, question):
                for option, number in zip(question.options, counts.numbers, strict=False):
                    topic = topic_of(case, question, option, number)
                    if topic is not None and topic.id in names:
                        names[topic.id].append(option)
    return {topic: tuple(dict.fromkeys(map(plain_words, held))) for topic, held in names.items()}


def proposals(words: str, known: dict[str, tuple[str, ...]]) -> tuple[Proposal, ...]:
    """The topics of which a word stands in the answer, that with the longest word first."""
    plain = plain_words(words)
    found = [
        Proposal(topic, word)
        for topic, names in known.items()
        if (word := max((_shared(name, plain) for name in names), key=len, default=""))
    ]
    return tuple(sorted(found, key=lambda each: -len(each.word)))


def _shared(name: str, plain: str) -> str:
    """The longest piece of a name that stands in the answer; empty if there is none. What any name has is left out."""
    parts = _EVERYWHERE.split(name)
    for length in range(max(map(len, parts)), FEWEST_LETTERS - 1, -1):
        for part in parts:
            for start in range(len(part) - length + 1):
                if (piece := part[start : start + length]) in plain:
                    return piece
    return ""


def says_nothing(topics: Sequence[str]) -> bool:
    """Whether an answer was looked at and says nothing that could be a topic (无, 没有意见)."""
    return SAYS_NOTHING in topics
