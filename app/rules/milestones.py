"""When the steps of a case happened, drawn from its records once for due dates and checks alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from app.domain.agreement import Agreement
from app.domain.case import Case
from app.domain.congress import Body, Purpose, Session
from app.domain.evidence import Evidence, Origin
from app.domain.filing import Filing, Opinion, Publication, PublishedWhat, Review, Signing
from app.domain.negotiation import Meeting
from app.domain.offer import Conclusion, Delivery, Offer, Reply
from app.domain.offer_links import its_offer, offer_deliveries
from app.domain.representatives import Count, Election, Representative, Role
from app.domain.union import AgreementKind, Form, Side
from app.domain.voters import all_voters
from app.rules.findings import Where


@dataclass(frozen=True, slots=True)
class AgreementPath:
    """One agreement with everything that happened to it after the draft."""

    agreement: Agreement | None
    sessions: tuple[Session, ...]
    signing: Signing | None
    filings: tuple[Filing, ...]
    reviews: tuple[Review, ...]
    publications: tuple[Publication, ...]

    @property
    def id(self) -> str:
        """Id of the agreement, ``""`` if it was never recorded."""
        return self.agreement.id if self.agreement else ""

    @property
    def filing(self) -> Filing | None:
        """The filing that counts: the last one that was made."""
        made = [filing for filing in self.filings if filing.filed_on or filing.received_on]
        return max(made, key=lambda each: each.filed_on or each.received_on or date.min, default=None)

    @property
    def first_filing(self) -> Filing | None:
        """The first filing, by which the filing period is judged."""
        made = [filing for filing in self.filings if filing.filed_on]
        return min(made, key=lambda each: each.filed_on or date.max, default=None)

    @property
    def review(self) -> Review | None:
        """The opinion on the filing that counts."""
        filing = self.filing
        known = {each.id for each in self.filings}
        fitting = [
            review
            for review in self.reviews
            if filing is None or review.filing == filing.id or review.filing not in known
        ]
        return fitting[-1] if fitting else None


@dataclass(frozen=True, slots=True)
class Effect:
    """When an agreement takes effect, and by what (劳动合同法 54, 试行办法 22, 鲁工资 30).

    Attributes:
        on: the day it takes effect, ``None`` while that cannot be said.
        by_opinion: an opinion without objection was served first.
        received: the day the authority received the text.
        silence: received + the days of the review, not rolled over.
        objection: the last opinion raises objections, so nothing takes effect.
        served: the day an opinion without objection was served on both sides.
    """

    on: date | None
    by_opinion: bool = False
    received: date | None = None
    silence: date | None = None
    objection: bool = False
    served: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day, and whether it has been held or is only planned."""

    day: date
    planned: bool
    where: Where


class Milestones:
    """Derived facts of one case. Nothing here is graded; ``on`` tells what has happened already."""

    def __init__(self, case: Case, on: date) -> None:
        self.case = case
        self.on = on
        self.kind: AgreementKind = case.cycle.agreement_kind or AgreementKind.WAGE
        self.form: Form = case.cycle.form or Form.SINGLE

    @property
    def is_regional(self) -> bool:
        """True for area and industry bargaining."""
        return self.form is not Form.SINGLE

    # People

    def sitting(self, side: Side) -> tuple[Representative, ...]:
        """Return the representatives of a side who have not left."""
        return tuple(each for each in self.case.representatives if each.side is side and each.left_on is None)

    def chiefs(self, side: Side) -> tuple[Representative, ...]:
        """Return those of a side recorded as chief."""
        return tuple(each for each in self.sitting(side) if each.role is Role.CHIEF)

    def election(self, side: Side) -> Election | None:
        """Return the election of a side, the first one recorded."""
        return next((each for each in self.case.elections if each.side is side), None)

    def determined(self, side: Side) -> date | None:
        """Return the day from which the representatives of a side are fixed, if that day has come."""
        days = [
            each.determined_on
            for each in self.case.elections
            if each.side is side and each.determined_on is not None and each.determined_on <= self.on
        ]
        return min(days, default=None)

    # Offer and reply

    @cached_property
    def offer_deliveries(self) -> tuple[tuple[Offer, Delivery], ...]:
        """Every delivery of an offer, with its offer."""
        return offer_deliveries(self.case)

    def reply_to(self, offer: Offer, delivery: Delivery) -> Reply | None:
        """Return the reply to one delivery: by its link, else by enterprise, name, or being the only one."""
        replies = [each for each in self.case.replies if each.replied_on or each.reached_union_on]
        linked = [each for each in replies if each.delivery == delivery.id]
        if not linked:
            free = [
                each for each in replies if not each.delivery and its_offer(self.case, each) in (None, offer)
            ]
            linked = [each for each in free if set(each.enterprises) & set(delivery.enterprises)]
            linked = linked or [each for each in free if each.from_whom and each.from_whom == delivery.to]
            alone = sum(other is offer for other, _ in self.offer_deliveries) == 1
            linked = linked or (free if alone else [])
        return min(linked, key=lambda each: replied_on(each) or date.max, default=None)

    @cached_property
    def agreed_reply(self) -> Reply | None:
        """The earliest reply that agrees, wholly or in part: the cautious reading if there are several."""
        agreeing = [
            each
            for each in self.case.replies
            if each.conclusion in (Conclusion.AGREE, Conclusion.PARTLY) and replied_on(each) is not None
        ]
        return min(agreeing, key=lambda each: replied_on(each) or date.max, default=None)

    # Meetings

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Meetings with a date, in order of time."""
        dated = [each for each in self.case.meetings if each.held_on is not None]
        return tuple(sorted(dated, key=lambda each: (each.held_on or date.max, each.number or 0)))

    @cached_property
    def held_meetings(self) -> tuple[Meeting, ...]:
        """Meetings that have taken place by ``on``."""
        return tuple(each for each in self.meetings if (each.held_on or date.max) <= self.on)

    @cached_property
    def first_meeting(self) -> PlannedDay | None:
        """The first meeting, or the day agreed or proposed for it."""
        if self.meetings and self.meetings[0].held_on is not None:
            first = self.meetings[0]
            day = self.meetings[0].held_on
            return PlannedDay(day, day > self.on, Where("meetings", first.id, "held_on"))
        agreed = [
            (each.agreed_meeting.date(), Where("replies", each.id, "agreed_meeting"))
            for each in self.case.replies
            if each.agreed_meeting is not None
        ]
        proposed = [
            (each.proposed_meeting.date(), Where("offers", each.id, "proposed_meeting"))
            for each in self.case.offers
            if each.proposed_meeting is not None
        ]
        planned = min(agreed or proposed, key=lambda each: each[0], default=None)
        return PlannedDay(planned[0], True, planned[1]) if planned else None

    # Congress

    def sessions(self, purpose: Purpose) -> tuple[Session, ...]:
        """Return the sessions called for something, in order of time, undated ones last."""
        fitting = [each for each in self.case.sessions if each.purpose is purpose]
        return tuple(sorted(fitting, key=lambda each: each.held_on or date.max))

    def is_regional_session(self, session: Session) -> bool:
        """True if this is a session of an area or industry congress."""
        del session  # every session of a cycle belongs to the one standing congress
        return self.is_regional or self.case.congress.body is Body.AREA_CONGRESS

    def vote_of(self, session: Session) -> Count | None:
        """Return the count of the vote taken at a session (not an election of persons)."""
        here = [each for each in self.case.counts if each.session == session.id]
        recalls = {each.recall_count for each in self.case.replacements}
        counted = [each for each in here if not each.election and each.id not in recalls] or here
        counted = [each for each in counted if each.closed_on is not None] or counted
        return next((each for each in counted if each.in_favour is not None), counted[0] if counted else None)

    def base_of(self, session: Session, vote: Count | None) -> int | None:
        """Return the denominator: all delegates or all staff, never those present (house rule, 鲁工资 27)."""
        if vote is not None and vote.expected:
            return vote.expected
        return session.expected or all_voters(self.case) or None

    def failed(self, session: Session) -> bool:
        """True if the vote of a session is known and not more than half of all were in favour."""
        vote = self.vote_of(session)
        base = self.base_of(session, vote)
        return (
            vote is not None
            and vote.in_favour is not None
            and base is not None
            and 2 * vote.in_favour <= base
        )

    # Agreement

    @cached_property
    def paths(self) -> tuple[AgreementPath, ...]:
        """One path per agreement; records without a link belong to the first one."""
        case = self.case
        agreements: list[Agreement | None] = list(case.agreements) or [None]
        known = {each.id for each in case.agreements}

        def mine(place: int, link: str) -> bool:
            agreement = agreements[place]
            return link == agreement.id if agreement and link in known else place == 0

        found = []
        for place, agreement in enumerate(agreements):
            filings = tuple(each for each in case.filings if mine(place, each.agreement))
            ids = {each.id for each in filings}
            all_ids = {each.id for each in case.filings}
            signings = [each for each in case.signings if mine(place, each.agreement) and each.signed_on]
            found.append(
                AgreementPath(
                    agreement=agreement,
                    sessions=tuple(
                        each
                        for each in self.sessions(Purpose.DELIBERATE_DRAFT)
                        if mine(place, each.agreement)
                    ),
                    signing=min(signings, key=lambda each: each.signed_on or date.max, default=None),
                    filings=filings,
                    reviews=tuple(
                        each
                        for each in case.reviews
                        if each.filing in ids or (place == 0 and each.filing not in all_ids)
                    ),
                    publications=tuple(
                        each
                        for each in case.publications
                        if mine(place, each.agreement)
                        and each.what in (None, PublishedWhat.AGREEMENT)
                        and each.published_on is not None
                    ),
                )
            )
        return tuple(found)

    def last_seal(self, path: AgreementPath) -> date | None:
        """Return the day of the last signature or seal; ``None`` while a covered enterprise has none."""
        if path.signing is None or path.signing.signed_on is None:
            return None
        days = [path.signing.signed_on]
        if self.is_regional and self.case.covered_enterprises:
            seals = [each.sealed_on for each in self.case.covered_enterprises]
            if any(seals):
                if not all(seals):
                    return None
                days += [each for each in seals if each is not None]
        return max(days)

    def effect(self, path: AgreementPath, review_days: int) -> Effect:
        """Return when the agreement of a path takes effect.

        Args:
            path: the agreement.
            review_days: days of the review, from the pack; they are not rolled over.
        """
        filing, review = path.filing, path.review
        received = filing.received_on if filing else None
        silence = _plus(received, review_days)
        if review is not None and review.opinion is Opinion.OBJECTION:
            return Effect(None, received=received, silence=silence, objection=True)
        served = None
        if review is not None and review.opinion is Opinion.NO_OBJECTION:
            days = [each for each in (review.reached_workers_on, review.reached_employer_on) if each]
            served = max(days, default=None)
        if served is not None and (silence is None or served < silence):
            return Effect(served, by_opinion=True, received=received, silence=silence, served=served)
        return Effect(silence, received=received, silence=silence, served=served)

    # Proof

    @cached_property
    def _proofs(self) -> dict[str, list[Evidence]]:
        found: dict[str, list[Evidence]] = {}
        for paper in self.case.evidence:
            if paper.proves and paper.origin is not Origin.MISSING and not paper.is_broken:
                found.setdefault(paper.proves, []).append(paper)
        return found

    def proofs(self, collection: str, record_id: str) -> tuple[Evidence, ...]:
        """Return the papers that prove a record; slips for missing papers and broken files are none."""
        return tuple(self._proofs.get(f"{collection}/{record_id}", ()))

    def proof_words(self, collection: str, record_id: str) -> str:
        """Return the first proof in words, ``送达回执 Z01``, or ``""``."""
        papers = self.proofs(collection, record_id)
        if not papers:
            return ""
        return f"{papers[0].title_text or papers[0].paper or '凭证'} {papers[0].code}".strip()


def replied_on(reply: Reply) -> date | None:
    """Return the day of a reply: the one written on it, else the day it reached the union."""
    return reply.replied_on or reply.reached_union_on


def _plus(day: date | None, days: int) -> date | None:
    if day is None:
        return None
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
