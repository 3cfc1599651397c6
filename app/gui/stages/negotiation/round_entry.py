"""From a cell of the matrix to the record of its topic in its round: the editor, and what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.negotiation import Position, RoundResult
from app.domain.survey import Topic
from app.domain.union import Side
from app.figures.positions import Talks
from app.gui.desk import Desk
from app.gui.stages.negotiation import rounds_table as table
from app.gui.stages.negotiation.offer_field import OfferField, with_offer
from app.gui.widgets.choice_field import ChoiceField, Option
from app.gui.widgets.editor import FieldEditor
from app.rules.findings import Where

REASONS: Mapping[str, Side] = {"worker_reason": Side.WORKER, "employer_reason": Side.EMPLOYER}
"""Fact → whose reason it is."""

_FACTS = ("worker_value", "worker_text", "employer_value", "employer_text", "result", *REASONS)


def cell_editor(talks: Talks, at: int, topic: Topic, key: str) -> FieldEditor | None:
    """The editor of a cell with what stands in it; ``None`` when the column is not filled in."""
    if key == table.RESULT:
        held = talks.position(topic.id, at)
        options = [Option(each, each.label) for each in RoundResult]
        choice = ChoiceField(f"结果：{topic.name}", options, tiles=False, extent="", hint="选结果")
        choice.set_value(held.result if held is not None else None)
        return choice
    side = table.side_of(key)
    if side is None:
        return None
    said = talks.said(topic.id, at, side)
    name = "工会要求" if side is Side.WORKER else "企业答复"
    field = OfferField(f"{name}：{topic.name}", topic.unit)
    field.set_value(said.value if said.value is not None else said.text or None)
    return field


def place_behind(talks: Talks, at: int, topic: str, key: str) -> Where | None:
    """The place of the case a cell shows; ``None`` where nothing is written yet. ``at``: the round in hand."""
    if key in (table.TOPIC, table.LAST):
        return Where("topics", topic, "last_value" if key == table.LAST else "name")
    meeting = table.meeting_of(key)
    held = talks.position(topic, talks.place_of(meeting) if meeting else at)
    if held is None:
        return None
    side = table.side_of(key)
    return Where("positions", held.id, "result" if side is None else f"{side.value}_value")


def store_cell(desk: Desk, held: Position | None, topic: str, meeting: str, key: str, value: Any) -> None:
    """Store what was written into a cell; ``held`` is the record of the topic in the round, if there is one."""
    fresh = held or Position(topic=topic, meeting=meeting)
    if key == table.RESULT:
        _store(desk, held, fresh.replace(result=value))
    elif (side := table.side_of(key)) is not None:
        _store(desk, held, with_offer(fresh, side, value))


def store_reason(desk: Desk, held: Position | None, topic: str, meeting: str, side: Side, words: str) -> None:
    """Store the reason a side gave."""
    fact = next(name for name, each in REASONS.items() if each is side)
    fresh = held or Position(topic=topic, meeting=meeting)
    _store(desk, held, fresh.replace(**{fact: words}))


def _store(desk: Desk, held: Position | None, wanted: Position) -> None:
    """Store a record; an empty one is not begun."""
    if held is not None:
        desk.change("positions", wanted)
        return
    filled = {name: getattr(wanted, name) for name in _FACTS if getattr(wanted, name) not in (None, "")}
    if filled:
        desk.add("positions", {"topic": wanted.topic, "meeting": wanted.meeting, **filled})
