"""How far a case has come, for telling what can no longer be mended."""

from __future__ import annotations

from app.rules.ground import Ground


def is_signed(ground: Ground) -> bool:
    """True once an agreement is signed: what should have come before rests on it."""
    return any(path.signing is not None for path in ground.milestones.paths)


def is_filed(ground: Ground) -> bool:
    """True once an agreement has gone to the authority."""
    return any(path.filing is not None for path in ground.milestones.paths)


def is_passed(ground: Ground) -> bool:
    """True once the authority has answered or the agreement was made public."""
    return any(path.review is not None or path.publications for path in ground.milestones.paths)
