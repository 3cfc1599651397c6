"""What of the year's course is written: one question for each thing that can have happened."""

from __future__ import annotations

from datetime import date

from app.domain.case import Case
from app.domain.congress import Purpose
from app.domain.data_import import ImportKind
from app.domain.filing import Opinion
from app.domain.fulfilment import Fulfilled
from app.domain.negotiation import Position, RoundResult
from app.domain.offer import Conclusion, ReportKind
from app.domain.offer_links import offer_deliveries
from app.domain.survey import TopicDecision
from app.domain.union import Side
from app.rules.happened import events, happened

MANY = 1_000
"""More meetings than can be numbered: those without a number come last."""


def workers(case: Case) -> bool:
    """True once the workers' side has somebody with a name."""
    return any(person.side is Side.WORKER and person.name for person in case.representatives)


def employers(case: Case) -> bool:
    """True once the employer's side has somebody with a name."""
    return any(person.side is Side.EMPLOYER and person.name for person in case.representatives)


def published(case: Case, side: Side) -> bool:
    """True once the list of a side was published; in an area also enterprise by enterprise."""
    return any(e.side is side and e.published_on for e in case.elections) or (
        side is Side.WORKER and any(c.representatives_published_on for c in case.covered_enterprises)
    )


def agreed(case: Case) -> bool:
    """True once the other side agreed to bargain, on a day."""
    return any(reply.conclusion is Conclusion.AGREE and happened("replies", reply) for reply in case.replies)


def delivered(case: Case) -> bool:
    """True once an offer reached the other side."""
    return any(delivery.received_on for _, delivery in offer_deliveries(case))


def surveyed(case: Case) -> bool:
    """True once the staff were asked: sheets went out or came back, or a hearing was held."""
    return bool(events(case, "surveys") or events(case, "hearings"))


def keying_is_open(case: Case) -> bool:
    """True while paper sheets are typed and the entry is not closed: they are not all in the numbers yet."""
    begun = {each.survey for each in case.data_imports if each.kind is ImportKind.PAPER_ANSWERS}
    return any(each.id in begun and each.entry_closed_on is None for each in case.surveys)


def designed(case: Case) -> bool:
    """True once a question is written."""
    return bool(events(case, "questions"))


def given(case: Case) -> bool:
    """True once the employer handed over papers."""
    return any(held.side is Side.EMPLOYER and happened("disclosures", held) for held in case.disclosures)


def reported(case: Case, kind: ReportKind) -> bool:
    """True once the upper union was told of this."""
    return any(report.kind is kind and report.reported_on for report in case.union_reports)


def draft_agreed(case: Case) -> bool:
    """True once both sides agreed on a draft."""
    return any(agreement.agreed_on for agreement in case.agreements)


def talks_go_on(case: Case) -> bool:
    """True while something on the table is neither agreed nor a clause, and nobody wrote that the talks are over.

    They are over when the draft was agreed; also when a draft was begun and what is left was noted down as 分歧.
    """
    if draft_agreed(case):
        return False
    results = {held.topic: held.result for held in by_round(case) if held.result is not None}
    written = {clause.topic for clause in case.clauses}
    settled = {RoundResult.AGREED, RoundResult.OPEN} if case.agreements else {RoundResult.AGREED}
    offered = [item.topic for item in case.offer_items]
    offered += [topic.id for topic in case.topics if topic.decision is TopicDecision.OFFERED]
    known = {topic.id for topic in case.topics}
    table = (known & {*offered, *(held.topic for held in case.positions)}) - written
    return any(results.get(topic) not in settled for topic in table)


def by_round(case: Case) -> list[Position]:
    """What was said, round by round: by the meetings' numbers, else their days."""
    ordered = sorted(case.meetings, key=lambda each: (each.number or MANY, each.held_on or date.max))
    places = {meeting.id: at for at, meeting in enumerate(ordered)}
    spoken = [held for held in case.positions if held.meeting in places]
    return sorted(spoken, key=lambda held: places[held.meeting])


def next_round_named(case: Case) -> bool:
    """True when the last meeting agreed on a day for another one."""
    ordered = sorted(case.meetings, key=lambda each: (each.number or MANY, each.held_on or date.max))
    return bool(ordered) and ordered[-1].next_meeting_on is not None


def deliberations(case: Case) -> list[object]:
    """Sessions that deliberate the draft and have a day."""
    return [s for s in case.sessions if s.purpose is Purpose.DELIBERATE_DRAFT and happened("sessions", s)]


def voted(case: Case) -> bool:
    """True once more than half of all delegates voted for the draft."""
    ids = {s.id for s in case.sessions if s.purpose is Purpose.DELIBERATE_DRAFT}
    return any(
        c.session in ids
        and c.in_favour is not None
        and c.expected is not None
        and 2 * c.in_favour > c.expected
        for c in case.counts
    )


def vote_lost(case: Case) -> bool:
    """True once every session on the draft was counted and none brought more than half of all delegates."""
    ids = {s.id for s in case.sessions if s.purpose is Purpose.DELIBERATE_DRAFT}
    told = {c.session for c in case.counts if c.in_favour is not None and c.expected is not None}
    return bool(ids) and ids <= told and not voted(case)


def result_published(case: Case) -> bool:
    """True once the result of the vote was published."""
    return any(s.purpose is Purpose.DELIBERATE_DRAFT and s.result_published_on for s in case.sessions)


def signed(case: Case) -> bool:
    """True once an agreement is signed."""
    return any(signing.signed_on for signing in case.signings)


def received(case: Case) -> bool:
    """True once the authority received a filing."""
    return any(filing.received_on for filing in case.filings)


def objected(case: Case) -> bool:
    """True once the last opinion is an objection."""
    return bool(case.reviews) and case.reviews[-1].opinion is Opinion.OBJECTION


def made_public(case: Case) -> bool:
    """True once something was published to the staff."""
    return any(publication.published_on for publication in case.publications)


def unmended(case: Case) -> bool:
    """True while what was not fulfilled waits to be looked at again."""
    return any(
        item.result in (Fulfilled.PARTLY, Fulfilled.NOT) and not item.rechecked_on
        for item in case.inspection_items
    )


def topics_decided(case: Case) -> bool:
    """True once there are topics and each has its decision."""
    return bool(case.topics) and all(topic.decision for topic in case.topics)
