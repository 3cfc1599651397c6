"""Sign in for a session of the congress: by the list, or by a code that was printed for each delegate (F-54)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.congress import Session
from app.domain.voters import all_voters
from app.rules.ground import Ground
from app.rules.thresholds import least_of
from app.storage.library import Library

CODE_DIGITS = 10
"""Digits only: a scanner types like a keyboard, and an input method would take letters for words."""


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many are there and how many must be; ``None`` where it cannot be told or no text says it."""

    everyone: int | None
    present: int | None
    needed: int | None

    @property
    def missing(self) -> int | None:
        """How many more must come."""
        if self.needed is None or self.present is None:
            return None
        return max(0, self.needed - self.present)


def quorum_at(ground: Ground, session: Session) -> Quorum:
    """Return the quorum of a session under the region's rules; its base is all delegates or all staff."""
    everyone = session.expected or all_voters(ground.case) or len(ground.case.delegates) or None
    term = ground.term("congress_quorum")
    needed = least_of(term, everyone) if term is not None and everyone else None
    return Quorum(everyone, session.present, needed)


def give_codes(library: Library, case_id: str, *, actor: str) -> int:
    """Give a random code to each delegate who has none, in one step; return how many got one."""
    case: Case = library.read_case(case_id)
    taken = {each.code for each in case.delegates}
    given = 0
    with library.write(actor) as unit:
        for each in case.delegates:
            if not each.code:
                code = _new_code(taken)
                taken.add(code)
                unit.put(case_id, "delegates", each.replace(code=code), action="做签到码")
                given += 1
        unit.commit()
    return given


def _new_code(taken: set[str]) -> str:
    while True:
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        if code not in taken:
            return code
