"""Lines of a form that are worked out, never typed: one table from their key to what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.facts import Record
from app.domain.offer import Offer
from app.gui.desk import Desk
from app.rules.offer_terms import reply_term


@dataclass(frozen=True, slots=True)
class ToldLine:
    """Label, value and where the value comes from."""

    label: str
    words: str
    source: str = ""


def told_line(key: str, desk: Desk, held: Record | None) -> ToldLine:
    """What the line ``key`` says about a record; KeyError when there is no such line."""
    return _LINES[key](desk, held)


def _reply_term(desk: Desk, held: Record | None) -> ToldLine:
    offer = held if isinstance(held, Offer) else None
    pack = desk.program.pack_or_national(desk.case)
    term = reply_term(pack, desk.case, offer, desk.program.clock.today())
    return ToldLine("答复期限", term.words, term.source)


_LINES: Mapping[str, Callable[[Desk, Record | None], ToldLine]] = {"reply_term": _reply_term}
"""Key named in ``Section.told`` → what it says."""
