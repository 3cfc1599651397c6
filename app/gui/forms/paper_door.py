"""A door to a paper that must be there: not a record yet, but its row on the board of 材料与证据."""

from __future__ import annotations

from dataclasses import dataclass

from app.rules.required_papers import PaperNeed


@dataclass(frozen=True, slots=True)
class PaperDoor:
    """Leads to the row of this paper, missing or not."""

    need: PaperNeed
