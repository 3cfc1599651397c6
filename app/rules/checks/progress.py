"""How far a case has come, for telling what can no longer be mended."""

from __future__ import annotations

from app.domain.offer import Proposer
from app.domain.stages import Stage
from app.domain.union import Side
from app.rules.ground import Ground


def is_closed(ground: Ground, stage: Stage) -> bool:
    """True once somebody declared a stage over: what it had to bring is there, or is missing."""
    return any(each.stage is stage for each in ground.case.stage_closings)


def is_offer_out(ground: Ground) -> bool:
    """True once an offer of the workers' side was issued or has reached the other side."""
    m = ground.milestones
    issued = [
        each for each in ground.case.offers if each.issued_on is not None and each.issued_on <= ground.on
    ]
    issued += [
        offer
        for offer, delivery in m.offer_deliveries
        if delivery.received_on is not None and delivery.received_on <= ground.on
    ]
    return any(each.proposer is not Proposer.EMPLOYER for each in issued)


def are_due(ground: Ground, side: Side) -> bool:
    """True once a side's representatives must be there: their stage is closed, or their own offer is out."""
    return is_closed(ground, Stage.REPRESENTATIVES) or (side is Side.WORKER and is_offer_out(ground))


def is_signed(ground: Ground) -> bool:
    """True once an agreement is signed: what should have come before rests on it."""
    return any(path.signing is not None for path in ground.milestones.paths)


def is_filed(ground: Ground) -> bool:
    """True once an agreement has gone to the authority."""
    return any(path.filing is not None for path in ground.milestones.paths)


def is_passed(ground: Ground) -> bool:
    """True once the authority has answered or the agreement was made public."""
    return any(path.review is not None or path.publications for path in ground.milestones.paths)
