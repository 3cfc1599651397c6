"""The days of a year's bargaining as they go onto a wall and into a calendar: due dates and meetings, one list.

Every entry has a key that stays while the facts move on: a calendar that got the entry once finds it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal

from app.domain.case import Case
from app.domain.congress import Purpose, Session
from app.domain.negotiation import Meeting
from app.domain.stages import Stage
from app.rules.dates_in_words import day_words
from app.rules.findings import Checkup, Deadline, Source, State, Verdict, cite, is_second_hand

Kind = Literal["due", "window", "until", "meeting"]

_FROM_FIRST_MEETING = ("disclose_due", "report_upper_before")
"""Counted from the first meeting, whose record is another one as soon as it is agreed and again when it is held."""

_BY_RECORD = ("sessions", "elections", "replacements", "deliveries", "escalations", "amendments")
"""Several of these are usual in a year, and the record that starts the period stays the same one."""

_OUTCOMES = {
    Verdict.DONE: "已办",
    Verdict.DONE_BETWEEN: "已办",
    Verdict.LATE: "逾期办的",
    Verdict.SHORT: "天数不够",
}

_SESSION_STAGES = {
    Purpose.ELECT_REPRESENTATIVES: Stage.REPRESENTATIVES,
    Purpose.HEAR_FULFILMENT: Stage.FULFILMENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """One day of the plan.

    Attributes:
        key: the same in every list of the case, whatever else of the entry changes.
        kind: a due date, the first day of a window, the last day something must hang, or a meeting.
        first: its day; a due date that is a range (a year without an official calendar) ends with ``last``.
        estimated: the day rests on what is only planned or expected.
        done: when it was done, ``None`` while it was not. is_over: nothing is to be done any more.
        outcome: how it ended, in words, empty while it has not.
        overdue: it should have been done.
        what: what is due or held, in words. period: the period in words, empty for meetings.
        why: how the day was counted. sources: the articles. verify: none of them was read with own eyes.
        turn: whose move it is, in words.
        advised: the working day before, where the day itself is a holiday.
        starts, ends: time of day of a meeting, where it is known. place: where it is held.
    """

    key: str
    kind: Kind
    stage: Stage
    what: str
    first: date
    last: date
    estimated: bool = False
    done: date | None = None
    outcome: str = ""
    is_over: bool = False
    overdue: bool = False
    period: str = ""
    why: str = ""
    sources: tuple[Source, ...] = ()
    turn: str = ""
    advised: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""

    @property
    def verify(self) -> bool:
        """待核 must be shown beside it."""
        return is_second_hand(self.sources)

    def article(self) -> str:
        """The articles in short: 《鲁工资》28条; empty for meetings, 法规未规定 where no law says it."""
        if self.kind == "meeting":
            return ""
        return cite(self.sources) or "法规未规定"

    def day_words(self, on: date) -> str:
        """Return 5月18日（周一）, 约 5月18日（周一）（估算）, 5月18日（周一）起, or the range; 建议 for a meeting."""
        words = day_words(self.first, on)
        if self.last != self.first:
            words = f"{words}至{day_words(self.last, on)}之间"
        elif self.kind == "window":
            words += "起"
        elif self.kind == "until":
            words = f"到 {words}"
        if self.estimated:
            return f"{words}（建议）" if self.kind == "meeting" else f"约 {words}（估算）"
        return words


def plan_entries(case: Case, checkup: Checkup) -> tuple[PlanEntry, ...]:
    """Return every due date and every meeting of a case in the order of days, seen from the checkup's day."""
    found = [*_due_dates(checkup), *_meetings(case, checkup.on), *_sessions(case, checkup.on)]
    return tuple(
        sorted(_apart(found), key=lambda each: (each.first, _ORDER[each.stage], each.kind, each.key))
    )


_ORDER = {stage: place for place, stage in enumerate(Stage)}


def _apart(entries: list[PlanEntry]) -> Iterator[PlanEntry]:
    """Number the keys that several entries share: one enterprise after another answers one offer."""
    seen: dict[str, int] = {}
    for entry in entries:
        count = seen[entry.key] = seen.get(entry.key, 0) + 1
        yield entry if count == 1 else replace(entry, key=f"{entry.key}/{count}")


def _due_dates(checkup: Checkup) -> Iterator[PlanEntry]:
    for row in checkup.deadlines:
        day = row.due_holiday or row.due
        if day is None:
            continue
        latest = row.latest if row.latest is not None and row.latest > day else day
        yield PlanEntry(
            key=_key(row),
            kind="window" if row.verdict is Verdict.WINDOW else "until" if row.variant == "hang" else "due",
            stage=row.stage,
            what=row.what,
            first=day,
            last=latest,
            estimated=row.estimated,
            done=row.actual,
            outcome=_OUTCOMES.get(row.verdict, "")
            if row.actual or row.state is State.OPEN
            else row.state.label,
            is_over=not row.presses and row.verdict is not Verdict.WINDOW,
            overdue=row.verdict is Verdict.OVERDUE and row.presses,
            period=row.period,
            why=row.why,
            sources=row.sources,
            turn=row.turn.label,
            advised=row.advised,
        )


def _key(row: Deadline) -> str:
    at = row.start_at
    parts = [row.rule, row.variant, row.stage.value]
    if at is not None and at.collection in _BY_RECORD and row.rule not in _FROM_FIRST_MEETING:
        parts.append(at.record_id)
    return "/".join(part for part in parts if part)


def _meetings(case: Case, on: date) -> Iterator[PlanEntry]:
    for place, meeting in enumerate(case.meetings, 1):
        if meeting.held_on is not None:
            yield _meeting(meeting, meeting.number or place, meeting.held_on, on)
    planned = _next_meeting(case)
    if planned is not None:
        number, at, where, agreed = planned
        yield PlanEntry(
            key=f"meeting/{number}",
            kind="meeting",
            stage=Stage.NEGOTIATION,
            what=_meeting_name(number),
            first=at.date(),
            last=at.date(),
            estimated=not agreed,
            why="双方已商定，会议还没有登记。" if agreed else "发要约时建议的时间，对方还没有确认。",
            starts=at.time() if at.time() != time() else None,
            place=where,
            turn="双方",
        )


def _meeting(meeting: Meeting, number: int, held: date, on: date) -> PlanEntry:
    starts, ends = _time(meeting.starts), _time(meeting.ends)
    return PlanEntry(
        key=f"meeting/{number}",
        kind="meeting",
        stage=Stage.NEGOTIATION,
        what=_meeting_name(number),
        first=held,
        last=held,
        done=held if held < on else None,
        outcome="已开" if held < on else "",
        is_over=held < on,
        why="日期见协商会议的登记。",
        starts=starts,
        ends=ends if starts is not None and ends is not None and ends > starts else None,
        place=meeting.place,
        turn="双方",
    )


def _meeting_name(number: int) -> str:
    return f"第 {number} 次协商会议"


def _next_meeting(case: Case) -> tuple[int, datetime, str, bool] | None:
    """The meeting that is not entered yet: its number, when, where, and whether it is agreed or only proposed."""
    held = [(meeting.held_on, meeting) for meeting in case.meetings if meeting.held_on is not None]
    if held:
        day, last = max(held, key=lambda each: each[0])
        following = last.next_meeting_on
        if following is None or following <= day:
            return None
        number = max(meeting.number or place for place, meeting in enumerate(case.meetings, 1)) + 1
        return number, datetime.combine(following, time()), "", True
    agreed = [(r.agreed_meeting, r.agreed_place) for r in case.replies if r.agreed_meeting is not None]
    proposed = [(o.proposed_meeting, o.proposed_place) for o in case.offers if o.proposed_meeting is not None]
    if not agreed and not proposed:
        return None
    at, where = min(agreed or proposed, key=lambda each: each[0])
    return 1, at, where, bool(agreed)


def _sessions(case: Case, on: date) -> Iterator[PlanEntry]:
    for session in case.sessions:
        if session.held_on is not None:
            yield _session(session, session.held_on, on)


def _session(session: Session, held: date, on: date) -> PlanEntry:
    about = f"，{session.purpose.label}" if session.purpose not in (None, Purpose.OTHER) else ""
    return PlanEntry(
        key=f"session/{session.id}",
        kind="meeting",
        stage=_SESSION_STAGES.get(session.purpose, Stage.CONGRESS) if session.purpose else Stage.CONGRESS,
        what=f"{session.name or '职代会'}{about}",
        first=held,
        last=held,
        done=held if held < on else None,
        outcome="已开" if held < on else "",
        is_over=held < on,
        why="日期见职代会会议的登记。",
        place=session.place,
        turn="本会",
    )


def _time(words: str) -> time | None:
    """Read 14:00 or 14：00; anything else is no time."""
    found = re.fullmatch(r"(\d{1,2})[:：](\d{2})", words.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))
