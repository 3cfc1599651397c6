"""Rounds and offers: what each side said on each topic in each meeting, and how far both lie apart.

Pure functions over the case; nothing here is stored. A side's offer is a number, or words where a number would
say nothing (加班工资基数). What was agreed stays agreed in later rounds until a later round says otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from app.domain.case import Case
from app.domain.negotiation import Meeting, Position, RoundResult
from app.domain.survey import Topic, TopicDecision
from app.domain.union import Side

Moment = Literal["past", "now", "coming"]
"""Where a round stands against the one that is worked at."""

_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Round:
    """One meeting as a round; ``number`` counts from 1 in the order in which they were held."""

    meeting: Meeting
    number: int

    @property
    def name(self) -> str:
        """第一轮."""
        return f"第{_numeral(self.number)}轮"

    @property
    def short(self) -> str:
        """一轮; digits from 100 on."""
        return f"{_numeral(self.number)}轮".strip()

    @property
    def signed(self) -> bool:
        """Whether anybody signed the minutes."""
        return bool(self.meeting.minutes_signed)


@dataclass(frozen=True, slots=True)
class Said:
    """What one side said on a topic in a round."""

    value: Decimal | None = None
    text: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return self.value is not None or bool(self.text)

    @property
    def words(self) -> str:
        """The number in plain digits, else the words; empty when nothing was said."""
        return format(self.value, "f") if self.value is not None else self.text


@dataclass(frozen=True, slots=True)
class Gap:
    """How far both sides lie apart: ``kind`` is open (one has not spoken), same, number or words."""

    kind: Literal["open", "same", "number", "words"]
    amount: Decimal | None = None
    unit: str = ""

    @property
    def words(self) -> str:
        """2.0 个百分点, 口径不同, — when they meet, empty while one has not spoken."""
        if self.kind == "number" and self.amount is not None:
            return f"{self.amount:f} {self.unit}".rstrip()
        return {"open": "", "same": "—", "words": "口径不同"}.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a topic up to a round: the result, in which round (its place), and what was agreed."""

    result: RoundResult | None = None
    at: int = -1
    words: str = ""


class Talks:
    """All rounds of a case side by side; made anew when the case changes."""

    def __init__(self, case: Case) -> None:
        self.rounds = rounds_of(case)
        self.topics = topics_of(case)
        self._places = {each.meeting.id: at for at, each in enumerate(self.rounds)}
        self._held: dict[str, dict[int, Position]] = {}
        for position in case.positions:
            place = self._places.get(position.meeting)
            if place is not None:
                self._held.setdefault(position.topic, {}).setdefault(place, position)
        self._spoken = {topic: sorted(held) for topic, held in self._held.items()}

    def place_of(self, meeting: str) -> int:
        """The place of a meeting among the rounds; -1 when there is none with this id."""
        return self._places.get(meeting, -1)

    def position(self, topic: str, at: int) -> Position | None:
        """The record of a topic in a round."""
        return self._held.get(topic, {}).get(at)

    def said(self, topic: str, at: int, side: Side) -> Said:
        """What a side said in this very round."""
        return said(self.position(topic, at), side)

    def last_said(self, topic: str, at: int, side: Side) -> Said:
        """What a side said last, up to and with this round."""
        return next(
            (found for place in self._up_to(topic, at) if (found := self.said(topic, place, side))), Said()
        )

    def move(self, topic: str, at: int, side: Side) -> Decimal | None:
        """By how much a side changed its number against what it said last before; None when there is none."""
        now, before = self.said(topic, at, side), self.last_said(topic, at - 1, side)
        if now.value is None or before.value is None:
            return None
        return now.value - before.value

    def changed(self, topic: str, at: int, side: Side) -> bool:
        """Whether a side says something else than before in this round."""
        now, before = self.said(topic, at, side), self.last_said(topic, at - 1, side)
        return bool(now) and bool(before) and (now.value, now.text) != (before.value, before.text)

    def gap(self, topic: Topic, at: int) -> Gap:
        """How far both lie apart after this round, each by what it said last."""
        ours = self.last_said(topic.id, at, Side.WORKER)
        theirs = self.last_said(topic.id, at, Side.EMPLOYER)
        return gap_between(ours, theirs, topic.unit)

    def outcome(self, topic: Topic, at: int) -> Outcome:
        """The last result written up to this round."""
        for place in self._up_to(topic.id, at):
            held = self.position(topic.id, place)
            if held is not None and held.result is not None:
                return Outcome(held.result, place, self._agreed_words(topic, place, held.result))
        return Outcome()

    def agreed_before(self, topic: Topic, at: int) -> bool:
        """Whether a topic was settled before this round, so that nothing is asked about it any more."""
        if (held := self.position(topic.id, at)) is not None and held.result is not None:
            return False
        return self.outcome(topic, at - 1).result is RoundResult.AGREED

    def open_topics(self, at: int) -> tuple[Topic, ...]:
        """The topics not settled after this round."""
        return tuple(t for t in self.topics if self.outcome(t, at).result is not RoundResult.AGREED)

    def _up_to(self, topic: str, at: int) -> Iterator[int]:
        """The rounds in which anything is written on a topic, from this one back."""
        spoken = self._spoken.get(topic, [])
        return reversed(spoken[: bisect_right(spoken, at)])

    def _agreed_words(self, topic: Topic, at: int, result: RoundResult) -> str:
        ours = self.last_said(topic.id, at, Side.WORKER)
        theirs = self.last_said(topic.id, at, Side.EMPLOYER)
        if result is not RoundResult.AGREED or gap_between(ours, theirs, topic.unit).kind != "same":
            return ""
        return with_step_unit(ours, topic.unit)


def rounds_of(case: Case) -> tuple[Round, ...]:
    """The meetings in the order of their number, else of their day; undated ones last."""
    placed = enumerate(case.meetings)
    ordered = sorted(
        placed,
        key=lambda each: (
            each[1].number is None,
            each[1].number or 0,
            each[1].held_on or date.max,
            each[0],
        ),
    )
    return tuple(Round(meeting, at) for at, (_, meeting) in enumerate(ordered, 1))


def current_round(rounds: Iterable[Round], on: date) -> int:
    """The place of the round that is worked at: the last one held by ``on``, else the first; -1 without one."""
    held = list(rounds)
    past = [at for at, each in enumerate(held) if each.meeting.held_on and each.meeting.held_on <= on]
    if past:
        return past[-1]
    return 0 if held else -1


def topics_of(case: Case) -> tuple[Topic, ...]:
    """What is talked about, in the order of the offer.

    Then follow topics somebody spoke on and those that were to be
    offered; without any of these all that are undecided.
    """
    by_id = {topic.id: topic for topic in case.topics}
    spoken = {position.topic for position in case.positions}
    wanted = [item.topic for item in case.offer_items]
    wanted += [topic.id for topic in case.topics if topic.id in spoken]
    wanted += [topic.id for topic in case.topics if topic.decision is TopicDecision.OFFERED]
    found = tuple(by_id[key] for key in dict.fromkeys(wanted) if key in by_id)
    return found or tuple(topic for topic in case.topics if topic.decision is None)


def said(position: Position | None, side: Side) -> Said:
    """One side of a record."""
    if position is None:
        return Said()
    if side is Side.WORKER:
        return Said(position.worker_value, position.worker_text, position.worker_reason)
    return Said(position.employer_value, position.employer_text, position.employer_reason)


def gap_between(ours: Said, theirs: Said, unit: str) -> Gap:
    """The difference of two offers in the unit of one step (元/月 → 元, % → 个百分点)."""
    if not ours or not theirs:
        return Gap("open")
    if ours.value is not None and theirs.value is not None:
        if ours.value == theirs.value:
            return Gap("same")
        return Gap("number", abs(ours.value - theirs.value), step_unit(unit))
    same = ours.value is None and theirs.value is None and ours.text == theirs.text
    return Gap("same" if same else "words")


def step_unit(unit: str) -> str:
    """The unit of a difference: % → 个百分点, 元/班 → 元; nothing where the unit is a phrase (每月几日)."""
    plain = unit.strip()
    if plain.endswith(("%", "％")):
        return "个百分点"
    first = re.split(r"[/／]", plain)[0].strip()
    return first if len(first) <= 3 and not first.startswith("每") and "几" not in first else ""


def with_step_unit(offer: Said, unit: str) -> str:
    """What was agreed, short: 6.0%, 10 元, or its words."""
    if offer.value is None:
        return offer.text
    if unit.strip().endswith(("%", "％")):
        return f"{offer.value:f}%"
    return f"{offer.value:f} {step_unit(unit)}".rstrip()


def _numeral(number: int) -> str:
    if number > 99:
        return f" {number} "
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return lead + (_NUMERALS[ones] if ones or not tens else "")
