"""One due date in the making: counted out, compared with what happened, and worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.calendar import DueDate
from app.domain.pauses import Stop
from app.domain.stages import Stage
from app.rules.counting import count_out, count_words, judge, late_by
from app.rules.findings import Deadline, Source, Turn, Verdict, Where, is_second_hand
from app.rules.ground import Ground
from app.rules.terms import Term


class DueRow:
    """One due date in the making: counts it out and words it."""

    def __init__(self, ground: Ground, term: Term, start: date, *, stops: Iterable[Stop] = ()) -> None:
        self.ground = ground
        self.term = term
        self.start = start
        self.due: DueDate | None = count_out(term, start, ground.calendar, stops=stops)

    def make(
        self,
        *,
        what: str,
        event: str,
        where: Where,
        start_at: Where,
        actual: date | None = None,
        turn: Turn = Turn.UNION,
        stage: Stage | None = None,
        planned: bool = False,
        notes: tuple[str, ...] = (),
        sources: tuple[Source, ...] | None = None,
        verdict: Verdict | None = None,
        outer: date | None = None,
        reminder: date | None = None,
    ) -> Iterator[Deadline]:
        """Yield the due date, or nothing if it lies beyond the calendar; ``notes`` are added to its why."""
        if self.due is None:
            return
        ground, due, term = self.ground, self.due, self.term
        if actual is not None and actual > ground.on:
            actual = None  # seen from this day it has not been done
        text = ground.rule(term.rule)
        counted = count_words(due, ground.on, ground.calendar, estimated=planned)
        articles = term.sources if sources is None else sources
        if is_second_hand(articles):
            notes = (*notes, "依据的条文没有读到，待核")
        if term.note and term.note not in notes:
            notes = (
                *notes,
                term.note,
            )  # what is disputed: the other reading, or a start the text does not name
        why = "；".join([f"{event}，{counted}", *(note.rstrip("。") for note in notes)])
        outcome = verdict or judge(due, actual, ground.on)
        is_late = outcome in (Verdict.LATE, Verdict.OVERDUE)
        yield Deadline(
            rule=term.rule,
            stage=stage or (text.stage if text else Stage.SURVEY),
            what=what,
            event=event,
            start=None if planned else self.start,
            period=term.spoken,
            due=due.nominal,
            due_holiday=due.holiday_reading,
            due_weekend=due.weekend_reading,
            advised=due.advised,
            latest=None if due.exact else due.latest,
            actual=actual,
            late_by=late_by(due, actual, ground.on, ground.calendar) if is_late else 0,
            verdict=outcome,
            estimated=planned,
            turn=turn,
            why=why,
            outer=outer,
            reminder=reminder,
            skipped=due.skipped,
            variant=term.variant,
            hardness=term.hardness,
            sources=articles,
            where=where,
            start_at=start_at,
        )


def proven(ground: Ground, collection: str, record_id: str) -> str:
    """Return the first proof of a record in brackets, ``（送达回执 Z01）``, or nothing."""
    words = ground.milestones.proof_words(collection, record_id)
    return f"（{words}）" if words else ""


def national_day(ground: Ground, rule: str, start: date, variant: str = "") -> tuple[Term, DueDate] | None:
    """Return the national period beside a regional one, ``None`` if the national one is the only one."""
    own = ground.term(rule, start, variant=variant)
    if ground.pack is ground.national or (own is not None and own.region == ground.national.key):
        return None
    term = ground.national.term(rule, start, ground.kind, ground.form, variant=variant)
    due = count_out(term, start, ground.calendar) if term is not None else None
    return (term, due) if term is not None and due is not None else None
