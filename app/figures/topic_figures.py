"""What speaks for a topic besides its number of supporters: coded open answers and hearings (F-03)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.survey import Hearing, Topic
from app.figures.open_words import proposals, topic_words
from app.figures.origin import Origin
from app.figures.published import published
from app.figures.survey_results import coded_counts, coded_supporters


@dataclass(frozen=True, slots=True)
class Opinion:
    """Something said in a hearing no topic is linked to; ``id`` tells it apart from the others of the case."""

    id: str
    hearing: Hearing
    words: str


def coded_sources(case: Case) -> Mapping[str, tuple[Origin, ...]]:
    """For each topic the open questions in whose answers it was found, each with how many sheets."""
    asked = {each.id: each.number for each in case.questions}
    return {
        topic: tuple(
            Origin(
                "answer_counts",
                each.id,
                "numbers",
                f"第{asked.get(each.question) or '？'}题（开放题）归到这里 {sum(each.numbers)} 份",
            )
            for each in counts
        )
        for topic, counts in coded_counts(case).items()
    }


def proposed_supporters(case: Case, topic: Topic) -> int | None:
    """How many may be written as 提出人数 by the coded answers: more than are written there, else ``None``."""
    value = coded_supporters(case, topic).value
    coded = int(value) if value is not None else 0
    return coded if coded > (topic.supporters or 0) else None


def shown_coded(case: Case) -> Mapping[str, int]:
    """How many coded answers papers may tell of each topic: none of a question so few were asked that it is hidden.

    Of several open questions the largest number counts.
    """
    closed = {name for survey in case.surveys for name in published(case, survey).closed}
    found = {
        topic: max((sum(each.numbers) for each in counts if each.question not in closed), default=0)
        for topic, counts in coded_counts(case).items()
    }
    return {topic: number for topic, number in found.items() if number}


def source_words(case: Case, topic: Topic) -> str:
    """Where a topic comes from as it was written, else by what it is linked to: ``问卷第7、9题、座谈会``."""
    if topic.source:
        return topic.source
    numbers = sorted(each.number for each in case.questions if each.id in topic.questions and each.number)
    asked = [f"问卷第{'、'.join(map(str, numbers))}题"] if numbers else []
    kinds = [each.kind.label for each in case.hearings if each.id in topic.hearings and each.kind is not None]
    return "、".join([*asked, *dict.fromkeys(kinds)])


def words_heard(case: Case, topic: Topic) -> Mapping[str, str]:
    """For each hearing (by id) in which a word of the topic was said, that word."""
    known = topic_words(case, (topic,))
    found = {each.id: proposals("；".join(each.opinions), known) for each in case.hearings}
    return {hearing: words[0].word for hearing, words in found.items() if words}


def unlinked_opinions(case: Case) -> tuple[Opinion, ...]:
    """What was said in hearings no topic is linked to."""
    linked = {name for topic in case.topics for name in topic.hearings}
    return tuple(
        Opinion(f"{hearing.id}/{at}", hearing, words)
        for hearing in case.hearings
        if hearing.id not in linked
        for at, words in enumerate(hearing.opinions)
        if words.strip()
    )


def next_code(case: Case) -> str:
    """The next number after the highest one in use: Y9."""
    used = [
        int(topic.code[1:]) for topic in case.topics if topic.code[:1] == "Y" and topic.code[1:].isdecimal()
    ]
    return f"Y{max(used, default=0) + 1}"
