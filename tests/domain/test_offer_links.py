"""A delivery, reply or reminder without a link is of the only offer: in checks, figures and papers alike."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.documents.letters.delivery import receipt_subjects
from app.documents.letters.offer import addressee_of, reply_subjects
from app.domain.case import Case
from app.domain.offer import DeliveredPaper, Delivery, Offer, Proposer, Reply
from app.domain.offer_links import answered_delivery, its_offer, offer_deliveries, replies_to
from app.domain.union import Cycle, Enterprise, Form, Union
from app.figures.campaign import campaign_figures
from app.figures.tables import linyi_2017
from app.forms.offer import OFFER_PAGE
from app.gui.forms.starting import starting_values
from app.usecases.make_demo import read_example

UNTIL = date(2026, 5, 31)


def unlinked(case: Case) -> Case:
    """The worked year as the window leaves it: nothing says which offer was delivered and answered."""
    return dataclasses.replace(
        case,
        deliveries=tuple(held.replace(offer="") for held in case.deliveries),
        replies=tuple(held.replace(offer="", delivery="") for held in case.replies),
    )


def test_unlinked_records_are_counted_like_linked_ones() -> None:
    case = read_example("shandong-linyi-single")
    bare = unlinked(case)
    for made in (case, bare):
        assert [cell.value for cell in linyi_2017(made, UNTIL).rows[0].cells][:3] == [1, 1, 386]
    due = {held.id: date(2026, 4, 30) for held in case.deliveries}
    told = [
        [figure.value for figure in campaign_figures(made, UNTIL, reply_due=due)] for made in (case, bare)
    ]
    assert told[0] == told[1]


def test_unlinked_records_leave_no_blank_paper_behind() -> None:
    bare = unlinked(read_example("shandong-linyi-single"))
    assert len(receipt_subjects(bare)) == len(bare.deliveries)
    assert len(reply_subjects(bare)) == len(bare.replies)


def test_of_two_offers_only_a_link_tells() -> None:
    case = Case(
        offers=(Offer(id="a"), Offer(id="b")), deliveries=(Delivery(id="d", paper=DeliveredPaper.OFFER),)
    )
    assert its_offer(case, case.deliveries[0]) is None
    assert offer_deliveries(case) == ()
    named = case.with_record("deliveries", Delivery(id="d", paper=DeliveredPaper.OFFER, offer="b"))
    assert [offer.id for offer, _ in offer_deliveries(named)] == ["b"]
    through = named.with_record("replies", Reply(id="r", delivery="d"))
    assert replies_to(through, named.offers[1]) == through.replies
    assert answered_delivery(through, Reply(id="x", offer="b")) == named.deliveries[0]


@pytest.mark.parametrize(
    ("delivery", "is_offer"),
    [
        (Delivery(id="d"), True),
        (Delivery(id="d", paper=DeliveredPaper.REPLY), False),
        (Delivery(id="d", reply="r"), False),
        (Delivery(id="d", paper=DeliveredPaper.REMINDER), False),
    ],
)
def test_what_was_delivered(delivery: Delivery, is_offer: bool) -> None:
    case = Case(offers=(Offer(id="a"),), deliveries=(delivery,))
    assert bool(offer_deliveries(case)) is is_offer


@pytest.mark.parametrize(
    ("form", "to"), [(Form.SINGLE, "砺工公司"), (Form.AREA, "五金商会"), (Form.INDUSTRY, "五金商会")]
)
def test_a_new_offer_names_the_other_side_and_so_does_the_letter(form: Form, to: str) -> None:
    case = Case(
        cycle=Cycle(id="cycle", form=form),
        union=Union(id="union", name="砺工工会"),
        enterprise=Enterprise(id="enterprise", name="砺工公司", body_name="五金商会"),
    )
    section = OFFER_PAGE.steps[0].sections[0]
    started = starting_values(case, section)
    assert started["addressee"] == to
    offer = Offer(id="a", **started)
    assert addressee_of(case, offer) == to
    assert addressee_of(case, offer.replace(proposer=Proposer.EMPLOYER)) == "砺工工会"
    assert starting_values(Case(), section)["addressee"] == ""


@pytest.mark.parametrize("collection", ["deliveries", "replies", "reminders"])
def test_a_new_record_starts_with_the_only_offer(collection: str) -> None:
    sections = [part for step in OFFER_PAGE.steps for part in step.sections]
    section = next(part for part in sections if part.collection == collection)
    one = Case(offers=(Offer(id="a"),))
    assert starting_values(one, section)["offer"] == "a"
    assert "offer" not in starting_values(one.with_record("offers", Offer(id="b")), section)
