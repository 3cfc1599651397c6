"""How far each step of a stage is, for the shapes on its tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from app.domain.case import Case
from app.domain.congress import Purpose, Session
from app.domain.facts import Record
from app.domain.representatives import Election
from app.domain.stages import Stage
from app.domain.union import Side
from app.figures.closing_counts import is_closed
from app.figures.person_votes import is_recall
from app.figures.tallies import has_quorum
from app.forms.layout import Page, Section, Step
from app.rules.findings import Finding, Where
from app.rules.happened import events, happened, is_written
from app.rules.preparation import preparations
from app.rules.so_far import delivered, draft_agreed, employers, keying_is_open, published, workers
from app.rules.stage_of_record import stage_of_record
from app.rules.standing import next_step
from app.usecases.vote_sheet import draft_votes


def step_states(page: Page, case: Case, findings: Iterable[Finding]) -> Mapping[str, str]:
    """Return for each step of a stage's page ``now``, ``done`` or ``later``.

    ``done``: what the step is for has happened, not only a form was opened; ``now``: the year goes on here, the
    step is begun, or something must be mended. ``findings`` are those of the stage; ``case`` holds no days
    that lie ahead (see ``odd_days.as_of``), for they end nothing.
    """
    following = next_step(case)
    following_step = following.step if following.stage is page.stage else ""
    blocking = {finding.where.collection for finding in findings if finding.blocks}
    return {
        step.key: _state(step, case, page.stage, blocking, now=step.key == following_step)
        for step in page.steps
    }


def _state(step: Step, case: Case, stage: Stage | None, blocking: set[str], *, now: bool) -> str:
    if now:
        return "now"
    ended = _ENDED.get((stage, step.key))
    done = ended(case) if ended is not None else _has_events(step, case)
    if not done:
        return "now" if has_facts(step, case) else "later"
    return "now" if any(step.covers(collection) for collection in blocking) else "done"


def _has_events(step: Step, case: Case) -> bool:
    return any(happened(section.collection, held) for section, held in _records(step, case))


def unfilled(step: Step, case: Case) -> Where | None:
    """The last record of a step that was added and not filled in yet; ``None``: there is none."""
    found = [
        Where(section.collection, held.id)
        for section, held in _records(step, case)
        if not happened(section.collection, held)
    ]
    return found[-1] if found else None


def calls_to_what_is_over(paper: str, record_id: str, case: Case, on: date) -> bool:
    """Whether a paper calls people to what is past: a session, an election that is decided, a vote that is closed."""
    if paper == "ballot":
        about = [each for each in case.counts if record_id and record_id in (each.id, each.session)]
        return bool(about) and all(is_closed(case, each) for each in about)
    if paper == "congress_notice" and record_id:
        held = case.find("sessions", record_id)
        return isinstance(held, Session) and held.held_on is not None and held.held_on < on
    if paper == "election_notice":
        election = case.find("elections", record_id) or next(iter(case.elections), None)
        days = (election.determined_on, election.voting_on) if isinstance(election, Election) else ()
        return any(day is not None and day < on for day in days)
    return False


def is_over(step: Step, case: Case, stage: Stage | None) -> bool:
    """Whether what a step is for has happened, where more than a record of its own tells so."""
    ended = _ENDED.get((stage, step.key))
    return ended is not None and ended(case)


def lead_section(step: Step) -> Section | None:
    """What a step is for: the first list records are added to; ``None`` where only views are shown."""
    lists = [section for section in step.sections if section.add]
    return next((section for section in lists if not section.folded), lists[0] if lists else None)


def is_led(step: Step, case: Case) -> bool:
    """Whether what a step is for is there: a count makes no roster of representatives, nor does an empty row."""
    lead = lead_section(step)
    if lead is None:
        return True
    held = [each for each in case.records(lead.collection) if lead.holds(each)]
    return any(map(is_written, held)) if lead.style == "grid" else bool(held)


def _records(step: Step, case: Case) -> Iterator[tuple[Section, Record]]:
    sections = [section for section in step.sections if not section.folded] or step.sections
    for section in sections:
        if section.add:
            yield from ((section, held) for held in case.records(section.collection) if section.holds(held))


def _sheets_are_back(case: Case) -> bool:
    return any(survey.valid is not None or survey.returned is not None for survey in case.surveys)


_BESIDES = ("disclosure_worker", "gaps", "figures", "bottom_lines")
"""Rows of the preparation that hold nothing up: good to have, or looked after by the checks."""


def _enough_came(case: Case) -> bool:
    """Whether it is known how many came to the sessions on a draft, or enough have signed in."""
    drafts = [each for each in case.sessions if each.purpose is Purpose.DELIBERATE_DRAFT]

    def came(session: Session) -> bool:
        signed = sum(each.session == session.id for each in case.attendances)
        return bool(session.present) or has_quorum(signed, session.expected or len(case.delegates))

    return bool(drafts) and all(map(came, drafts))


def _counted_out(case: Case, stage: Stage, *, recalls: bool = False) -> bool:
    """Whether every vote of a stage that ballots were handed out for is closed, or the stage was closed without."""
    if any(each.stage is stage for each in case.stage_closings):
        return True
    return all(
        is_closed(case, each)
        for each in case.counts
        if stage_of_record(case, "counts", each.id) is stage
        and is_recall(case, each) is recalls
        and (each.returned is not None or any(sheet.count == each.id for sheet in case.count_sheets))
    )


def _voted(case: Case) -> bool:
    """Whether each session on a draft has its count, and each count is closed."""
    votes = [count for _, count in draft_votes(case)]
    happening = [each for each in votes if each is not None and happened("counts", each)]
    return bool(votes) and len(happening) == len(votes) and _counted_out(case, Stage.CONGRESS)


_ENDED: Mapping[tuple[Stage | None, str], Callable[[Case], bool]] = {
    (Stage.SURVEY, "design"): lambda c: bool(events(c, "questions")),
    (Stage.SURVEY, "run"): lambda c: (
        (_sheets_are_back(c) or bool(events(c, "hearings"))) and not keying_is_open(c)
    ),
    (Stage.SURVEY, "results"): lambda c: _sheets_are_back(c) or bool(events(c, "answer_counts")),
    (Stage.REPRESENTATIVES, "workers"): lambda c: workers(c) and published(c, Side.WORKER),
    (Stage.REPRESENTATIVES, "election"): lambda c: (
        workers(c) and published(c, Side.WORKER) and _counted_out(c, Stage.REPRESENTATIVES)
    ),
    (Stage.REPRESENTATIVES, "employers"): employers,
    (Stage.REPRESENTATIVES, "tenures"): lambda c: (
        workers(c)
        and all(each.filled_on is not None for each in c.replacements if each.vacant_on is not None)
        and _counted_out(c, Stage.REPRESENTATIVES, recalls=True)
    ),
    (Stage.OFFER, "write"): lambda c: bool(
        events(c, "offers") and (events(c, "offer_items") or any(offer.claims for offer in c.offers))
    ),
    (Stage.OFFER, "deliver"): delivered,
    (Stage.CONGRESS, "attendance"): _enough_came,
    (Stage.CONGRESS, "vote"): _voted,
    (Stage.CONGRESS, "poll"): lambda c: any(each.valid is not None for each in c.polls),
    (Stage.NEGOTIATION, "prepare"): lambda c: all(
        row.done for row in preparations(c, ()) if row.key not in _BESIDES
    ),
    (Stage.NEGOTIATION, "draft"): lambda c: draft_agreed(c) and bool(events(c, "clauses")),
}
"""Steps for which one record of theirs does not tell: (stage, step) → what ends it."""


def has_facts(step: Step, case: Case) -> bool:
    """Whether anything of a step was written; what is rarely needed beside its work does not count."""
    return next(_records(step, case), None) is not None


def has_begun(stage_page: Page, case: Case) -> bool:
    """Whether anything of a stage was written."""
    return any(has_facts(step, case) for step in stage_page.steps)


def stage_findings(findings: Iterable[Finding], stage: Stage | None) -> list[Finding]:
    """The findings of one stage, in their order."""
    return [finding for finding in findings if finding.belongs_to(stage)]
