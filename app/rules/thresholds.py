"""From a share the law names to a number of people or votes: 三分之二 of 42 is 28, more than half of 42 is 22."""

from __future__ import annotations

from app.rules.terms import Bound, Term

_NUMBERS = {1: "一", 2: "二", 3: "三", 4: "四", 5: "五"}


def least_of(term: Term, everyone: int) -> int:
    """Return the least whole number that satisfies a share of ``everyone`` (不少于 2/3, 超过 1/2)."""
    part = term.amount * everyone
    if term.bound is Bound.MORE_THAN:
        return part // term.per + 1
    return -(-part // term.per)


def is_reached(term: Term, number: int, everyone: int) -> bool:
    """True if ``number`` of ``everyone`` satisfies the share; a share of nobody is never reached."""
    return everyone > 0 and number >= least_of(term, everyone)


def share_words(term: Term) -> str:
    """Return the share in words: ``三分之二以上``, ``过半数``."""
    if term.bound is Bound.MORE_THAN and (term.amount, term.per) == (1, 2):
        return "过半数"
    part, whole = _NUMBERS.get(term.amount), _NUMBERS.get(term.per)
    share = f"{whole}分之{part}" if part and whole else f"{term.amount}/{term.per}"
    return f"超过{share}" if term.bound is Bound.MORE_THAN else f"{share}以上"
