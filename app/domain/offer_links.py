"""Which offer a delivery, a reply or a reminder is of: one reckoning for checks, figures and papers.

A link says it. Where no link was written and the case has just one offer, it can only be of that one.
"""

from __future__ import annotations

from app.domain.case import Case
from app.domain.offer import DeliveredPaper, Delivery, Offer, OfferItem, Reminder, Reply


def its_offer(case: Case, held: Delivery | OfferItem | Reminder | Reply) -> Offer | None:
    """Return the offer a record is of: its own link, a reply's delivery, else the only offer; ``None``: unknown."""
    link = held.offer
    if not link and isinstance(held, Reply) and held.delivery:
        delivery: Delivery | None = case.find("deliveries", held.delivery)
        link = delivery.offer if delivery is not None else ""
    if link:
        found: Offer | None = case.find("offers", link)
        return found
    return case.offers[0] if len(case.offers) == 1 else None


def is_of_an_offer(delivery: Delivery) -> bool:
    """Whether what was delivered is an offer: it says so, or names no paper and no other one either."""
    if delivery.paper is None:
        return not (delivery.reply or delivery.reminder)
    return delivery.paper is DeliveredPaper.OFFER


def offer_deliveries(case: Case) -> tuple[tuple[Offer, Delivery], ...]:
    """Return every delivery of an offer, with its offer, in the order they were written."""
    return tuple(
        (offer, delivery)
        for delivery in case.deliveries
        if is_of_an_offer(delivery) and (offer := its_offer(case, delivery)) is not None
    )


def deliveries_of(case: Case, offer: Offer) -> tuple[Delivery, ...]:
    """Return the deliveries of one offer."""
    return tuple(delivery for of, delivery in offer_deliveries(case) if of.id == offer.id)


def replies_to(case: Case, offer: Offer) -> tuple[Reply, ...]:
    """Return the replies to one offer, with or without a date."""
    return tuple(reply for reply in case.replies if (of := its_offer(case, reply)) and of.id == offer.id)


def answered_delivery(case: Case, reply: Reply) -> Delivery | None:
    """Return the delivery a reply answers: its link, else the only one of its offer; ``None``: unknown."""
    if reply.delivery:
        found: Delivery | None = case.find("deliveries", reply.delivery)
        return found
    offer = its_offer(case, reply)
    delivered = deliveries_of(case, offer) if offer is not None else ()
    return delivered[0] if len(delivered) == 1 else None
