"""What an offer says about its answer: by when, counted from what, and where that is laid down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.offer import Offer
from app.domain.offer_links import deliveries_of
from app.domain.union import AgreementKind, Form
from app.rules.findings import Source
from app.rules.pack import RulePack

NOT_LAID_DOWN = "法规未规定，以当地窗口要求为准"


@dataclass(frozen=True, slots=True)
class ReplyTerm:
    """The period for the written answer.

    Attributes:
        words: ``收到之日起 10 日内``; where nothing is laid down, in so many words.
        source: whose rule it is (``山东规则``), empty where there is none.
        sources: the articles.
    """

    words: str
    source: str
    sources: tuple[Source, ...] = ()


def reply_term(pack: RulePack, case: Case, offer: Offer | None, today: date) -> ReplyTerm:
    """Return the period in force when ``offer`` was received, else issued, else today (law.md reply_due)."""
    term = pack.term(
        "reply_due",
        _start(case, offer) or today,
        case.cycle.agreement_kind or AgreementKind.WAGE,
        case.cycle.form or Form.SINGLE,
    )
    if term is None:
        return ReplyTerm(NOT_LAID_DOWN, "")
    whose = pack.origin(term.region).name
    return ReplyTerm(f"收到之日起 {term.amount} {term.unit.label}内", f"{whose}规则", term.sources)


def _start(case: Case, offer: Offer | None) -> date | None:
    if offer is None:
        return None
    received = [each.received_on for each in deliveries_of(case, offer) if each.received_on is not None]
    return min(received, default=offer.issued_on)
