"""What the topic table of an offer shows: every topic of the case, offered or not, and why (F-20)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from app.domain.case import Case
from app.domain.offer import OfferItem
from app.domain.survey import Topic, TopicDecision
from app.figures.origin import Figure
from app.figures.survey_results import support_of
from app.figures.survey_versions import survey_of_results

NOT_OFFERED = "没有列入"
_SHORT = 6
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One row.

    Attributes:
        topic: the topic; ``None`` for an item that names none.
        item: what the offer says about it; ``None`` while it is not in the offer.
        support: the share of the valid sheets on which it was wanted, with its origin.
        asked: the same in words: ``83.7%``, else where it comes from (``座谈会``, ``工会``).
        unit: unit of its numbers.
        aside: why it is not in the offer, in words; empty for what is.
    """

    topic: Topic | None
    item: OfferItem | None
    support: Figure
    asked: str
    unit: str = ""
    aside: str = ""

    @property
    def id(self) -> str:
        """Id of the row: the topic's, else the item's."""
        if self.topic is not None:
            return self.topic.id
        return self.item.id if self.item is not None else ""

    @property
    def name(self) -> str:
        """Name of the topic."""
        return (self.topic.name if self.topic is not None else "") or "（还没有名称）"


def topic_rows(case: Case, offer_id: str) -> tuple[TopicRow, ...]:
    """Return the rows for one offer: topics meant for it first, then the others, each in their own order.

    The order does not depend on what is ticked, so that no row moves away under the hand. An item that names
    no offer counts for the only one.
    """
    alone = len(case.offers) <= 1
    items = [each for each in case.offer_items if each.offer == offer_id or (alone and not each.offer)]
    by_topic = {each.topic: each for each in reversed(items)}
    survey = survey_of_results(case)
    rows = [
        _row(case, topic, by_topic.get(topic.id), support_of(case, topic, survey))
        for topic in sorted(case.topics, key=_rank)
    ]
    shown = {row.item.id for row in rows if row.item is not None}
    rows += [
        TopicRow(None, item, Figure(None, "%", "没有对应的议题"), "")
        for item in items
        if item.id not in shown
    ]
    return tuple(rows)


def _rank(topic: Topic) -> int:
    return {TopicDecision.OFFERED: 0, None: 1}.get(topic.decision, 2)


def _row(case: Case, topic: Topic, item: OfferItem | None, support: Figure) -> TopicRow:
    return TopicRow(
        topic,
        item,
        support,
        support.text if support.value is not None else where_from(case, topic),
        topic.unit,
        "" if item is not None else aside_of(topic),
    )


def where_from(case: Case, topic: Topic) -> str:
    """Return where a topic without a share comes from, in a word: 座谈会, 个别访谈, 问卷, 工会."""
    for hearing in case.hearings:
        if hearing.id in topic.hearings and hearing.kind is not None:
            return hearing.kind.label
    if topic.questions:
        return "问卷"
    return topic.source if 0 < len(topic.source) <= _SHORT else "工会"


def aside_of(topic: Topic) -> str:
    """Return why a topic is not in the offer: ``暂缓：已列入培训计划``; nothing while nobody decided."""
    if topic.decision is TopicDecision.OFFERED:
        return "定了列入，还没有勾选"
    if topic.decision is None:
        return "还没有定怎么处理"
    return f"{topic.decision.label}：{topic.reason}" if topic.reason else topic.decision.label


# ---- claims: a number with the topic's unit, or words


def claim_words(number: Decimal, unit: str) -> str:
    """Return a number as a claim: ``25 元/班``, ``8%``, ``定额下调8%``, ``每月10日`` for ``每月几日``."""
    shown = format(number.normalize(), "f") if number == number.to_integral_value() else format(number, "f")
    if "几" in unit:
        return unit.replace("几", shown)
    if unit.endswith("%"):
        return f"{unit[:-1]}{shown}%"
    return f"{shown} {unit}" if unit and any(letter in unit for letter in _MEASURES) else shown


_MEASURES = "元天日次月年班件人个倍时点分"
"""A unit with one of these counts something; ``有无`` does not."""


def typed_claim(claim: str, unit: str) -> str:
    """Return what is typed again to change a claim: the bare number where it is one with the topic's unit."""
    number = claim_number(claim)
    return format(number, "f") if number is not None and claim_words(number, unit) == claim else claim


def read_claim(typed: str, unit: str) -> tuple[str, Decimal | None]:
    """Return the claim in words and its number from what was typed.

    A bare number takes the topic's unit; in words with exactly one number that number is the claim's, with
    none or several nobody can tell.
    """
    words = typed.strip()
    number = claim_number(words)
    if number is not None and _NUMBER.fullmatch(words):
        return claim_words(number, unit), number
    return words, number


def claim_number(words: str) -> Decimal | None:
    """Return the only number of a claim, ``None`` if there is none or more than one."""
    found = _NUMBER.findall(words)
    if len(found) != 1:
        return None
    try:
        return Decimal(found[0].replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
