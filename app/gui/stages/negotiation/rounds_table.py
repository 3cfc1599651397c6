"""From the rounds of a case to the cells of the matrix: words, boxes, changes, results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.case import Case
from app.domain.negotiation import RoundResult
from app.domain.survey import Topic
from app.domain.union import Side
from app.figures.positions import Round, Said, Talks
from app.gui.stages.negotiation.round_tabs import day_words
from app.gui.widgets.matrix import MatrixCell, MatrixColumn, MatrixGroup, MatrixRow

TOPIC, LAST, GAP, RESULT, POINTS, COMING = "topic", "last", "gap", "result", "points", "coming"
SIDE_KEYS = {Side.WORKER: "w", Side.EMPLOYER: "e"}

RESULT_STATES: Mapping[RoundResult, tuple[str, str]] = {
    RoundResult.OPEN: ("differ", "warn"),
    RoundResult.AGREED: ("done", "ok"),
    RoundResult.NEXT: ("waiting", "info"),
}
"""Shape and ink of a result."""

_SIDE, _PAST_SIDE, _GAP, _RESULT = 120, 80, 108, 144
_TOPIC = 150
_LEAST = _TOPIC + 2 * _SIDE + _GAP + _RESULT
_LAST, _PAST, _COMING, _POINTS = 76, 2 * _PAST_SIDE, 96, 280
"""What topic, round in hand, 还差 and 结果 take at least; then 上年, a past round, a coming one, 记录要点."""
_TOPIC_MORE = 60
_MOST_PAST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which rounds stand side by side: the one in hand, how many before it, and from where; what else has room."""

    at: int
    first_past: int
    past: int
    last: bool
    coming: bool
    points: bool

    @property
    def before(self) -> range:
        """The places of the past rounds that are shown."""
        return range(self.first_past, self.first_past + self.past)


def fitting(talks: Talks, at: int, room: float, earlier: int) -> Shown:
    """What fits into ``room`` pixels at 100 %; ``earlier``: how many rounds one has gone back."""
    left = room - _LEAST
    one = _PAST if at > 0 else 0
    past = 1 if one and left >= one else 0
    left -= past * _PAST
    last = left >= _LAST
    left -= _LAST if last else 0
    after = _coming_room(talks, at)
    coming = 0 < after <= left
    left -= after if coming else 0
    points = left >= _POINTS
    left -= _POINTS if points else 0
    if past:
        past = max(past, min(at, _MOST_PAST, past + int((left - _TOPIC_MORE) // _PAST)))
    first = max(0, at - past - earlier)
    return Shown(at=at, first_past=first, past=past, last=last, coming=coming, points=points)


def cell_key(side: Side, meeting: str) -> str:
    """The column of a side in a round."""
    return f"{SIDE_KEYS[side]}:{meeting}"


def side_of(key: str) -> Side | None:
    """The side of a column, ``None`` when it is no side's."""
    return next((side for side, sign in SIDE_KEYS.items() if key.startswith(f"{sign}:")), None)


def meeting_of(key: str) -> str:
    """The meeting of a side's column."""
    return key.partition(":")[2]


def heads(
    talks: Talks, shown: Shown, case: Case, on: date
) -> tuple[tuple[MatrixGroup, ...], tuple[MatrixColumn, ...]]:
    """Groups and columns of the matrix."""
    rounds, year = talks.rounds, case.cycle.year
    groups: list[MatrixGroup] = []
    columns = [
        MatrixColumn(key=TOPIC, title="议题", share=2, least=_TOPIC),
    ]
    if shown.last:
        columns.append(MatrixColumn(key=LAST, title="上年", extent=_LAST, number=True))
    for at in shown.before:
        groups.append(_group(rounds[at], on, year, icon="lock"))
        columns += _pair(rounds[at], "工会", "企业", _PAST_SIDE)
    here = rounds[shown.at]
    groups.append(_group(here, on, year, icon="pencil", framed=True))
    columns += _pair(here, "工会要求", "企业答复", _SIDE)
    columns.append(MatrixColumn(key=GAP, title="还差", extent=_GAP))
    if shown.coming:
        after = rounds[shown.at + 1]
        spoken = _is_spoken(talks, shown.at + 1)
        groups.append(_group(after, on, year, icon="lock" if spoken else ""))
        if spoken:
            columns += _pair(after, "工会", "企业", _PAST_SIDE)
        else:
            columns.append(
                MatrixColumn(key=COMING, title="", extent=_COMING, group=after.meeting.id, parted=True)
            )
    columns.append(MatrixColumn(key=RESULT, title="结果", extent=_RESULT, parted=True))
    if shown.points:
        columns.append(MatrixColumn(key=POINTS, title="记录要点", share=3, least=240, parted=True))
    return tuple(groups), tuple(columns)


def rows(
    talks: Talks, shown: Shown, *, writable: bool, wrong: Mapping[tuple[str, str], str]
) -> tuple[MatrixRow, ...]:
    """One row for each topic; ``wrong``: (position id, fact) → sentence of what must be mended."""
    return tuple(MatrixRow(topic.id, _cells(talks, shown, topic, writable, wrong)) for topic in talks.topics)


def _cells(
    talks: Talks, shown: Shown, topic: Topic, writable: bool, wrong: Mapping[tuple[str, str], str]
) -> dict[str, MatrixCell]:
    cells = {
        TOPIC: MatrixCell(words=topic.name or "（还没有名称）", unit=topic.unit),
        LAST: MatrixCell(words=_number(topic.last_value), ink="ink2"),
    }
    settled = talks.agreed_before(topic, shown.at)
    outcome = talks.outcome(topic, shown.at)
    boxed = writable and not settled and outcome.result is not RoundResult.AGREED
    places = [*shown.before]
    if shown.at + 1 < len(talks.rounds):
        places.append(shown.at + 1)
    for at in places:
        for side in Side:
            key = cell_key(side, talks.rounds[at].meeting.id)
            cells[key] = MatrixCell(words=talks.said(topic.id, at, side).words)
    held = talks.position(topic.id, shown.at)
    meeting = talks.rounds[shown.at].meeting.id
    for side in Side:
        fact = "worker_value" if side is Side.WORKER else "employer_value"
        text = fact.replace("value", "text")
        told = (held is not None and (wrong.get((held.id, fact)) or wrong.get((held.id, text)))) or ""
        cells[cell_key(side, meeting)] = _offer(talks, topic, shown.at, side, boxed, settled, told)
    agreed = outcome.result is RoundResult.AGREED
    cells[GAP] = MatrixCell(words="—" if agreed else talks.gap(topic, shown.at).words)
    cells[RESULT] = _result(outcome.result, outcome.words, drops=writable and not settled)
    if shown.points:
        cells[POINTS] = MatrixCell(words=_points(talks, topic, shown.at, settled), ink="ink2")
    return cells


def _offer(
    talks: Talks, topic: Topic, at: int, side: Side, boxed: bool, settled: bool, wrong: str
) -> MatrixCell:
    now = talks.last_said(topic.id, at, side) if settled else talks.said(topic.id, at, side)
    move = talks.move(topic.id, at, side)
    lead = ""
    if move:
        lead = f"{'▲' if move > 0 else '▼'}{_number(abs(move).normalize())}"
    more = "多" if move and move > 0 else "少"
    changed = f"{now.words}，比上轮{more} {_number(abs(move).normalize())}" if move else ""
    return MatrixCell(
        words=now.words,
        lead=lead if boxed else "",
        bold=talks.changed(topic.id, at, side) and not settled,
        box=boxed,
        wrong=wrong,
        spoken=changed,
    )


def _result(result: RoundResult | None, agreed: str, *, drops: bool) -> MatrixCell:
    if result is None:
        return MatrixCell(hint="记结果" if drops else "", drops=drops)
    state, ink = RESULT_STATES[result]
    return MatrixCell(
        words=f"{result.label} {agreed}".rstrip(),
        state=state,
        ink=ink,
        bold=result is RoundResult.AGREED,
        drops=drops,
    )


def _points(talks: Talks, topic: Topic, at: int, settled: bool) -> str:
    """What the minutes will say, short: the reasons of both sides."""
    held = talks.position(topic.id, at)
    if held is None and settled:
        return f"{talks.rounds[talks.outcome(topic, at).at].name}已谈定"
    if held is None:
        return ""
    parts = (("企业", held.employer_reason), ("工会", held.worker_reason))
    return "；".join(f"{who}：{words.strip().rstrip('。')}" for who, words in parts if words.strip())


def _pair(held: Round, ours: str, theirs: str, extent: int) -> list[MatrixColumn]:
    meeting = held.meeting.id
    return [
        MatrixColumn(
            key=cell_key(side, meeting),
            title=title,
            extent=extent,
            number=True,
            group=meeting,
            parted=side is Side.WORKER,
        )
        for side, title in ((Side.WORKER, ours), (Side.EMPLOYER, theirs))
    ]


def _group(held: Round, on: date, year: int | None, *, icon: str, framed: bool = False) -> MatrixGroup:
    day = held.meeting.held_on
    remark = "" if day is None else "今天" if day == on else day_words(day, year)
    return MatrixGroup(key=held.meeting.id, title=held.name, remark=remark, icon=icon, framed=framed)


def _is_spoken(talks: Talks, at: int) -> bool:
    return any(talks.position(topic.id, at) is not None for topic in talks.topics)


def _coming_room(talks: Talks, at: int) -> int:
    """What the round after the one in hand takes; it is left out when there is none."""
    if at + 1 >= len(talks.rounds):
        return 0
    return _PAST if _is_spoken(talks, at + 1) else _COMING


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def offer_words(offer: Said, unit: str) -> str:
    """An offer with its unit, large: 7.0%, 22 元/班; words stay words."""
    if offer.value is None:
        return offer.text
    plain = unit.strip()
    if plain.endswith(("%", "％")):
        return f"{offer.value:f}%"
    return f"{offer.value:f}"
