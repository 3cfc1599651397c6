"""From a share the law names to a number of people or votes: 三分之二 of 42 is 28, more than half of 42 is 22."""

from __future__ import annotations

from app.rules.rule_texts import RuleText
from app.rules.terms import Bound, Term

OWN_WORD = "超过一半"
"""What the program asks of a vote where no article has one word for it."""

WORDS_DIFFER = "“半数以上”含一半，“过半数”不含"
"""Said of a vote of exactly one half, which the program leaves open (law.md C4)."""

_NUMBERS = {1: "一", 2: "二", 3: "三", 4: "四", 5: "五"}


def is_half(term: Term) -> bool:
    """True for a value that asks for more than one half."""
    return term.bound is Bound.MORE_THAN and (term.amount, term.per) == (1, 2)


def least_of(term: Term, everyone: int) -> int:
    """Return the least whole number that satisfies a share of ``everyone`` (不少于 2/3, 超过 1/2)."""
    part = term.amount * everyone
    if term.bound is Bound.MORE_THAN:
        return part // term.per + 1
    return -(-part // term.per)


def is_reached(term: Term, number: int, everyone: int) -> bool:
    """True if ``number`` of ``everyone`` satisfies the share; a share of nobody is never reached."""
    return everyone > 0 and number >= least_of(term, everyone)


def word_of(text: RuleText | None) -> str:
    """Return how the articles of a rule call the votes that are needed, else the program's own word.

    半数以上 includes one half (《民法典》1259条), 过半数 does not; where no article, or several with different
    words stand behind a rule, the program says what it asks for itself.
    """
    return (text.word if text is not None else "") or OWN_WORD


def half_words(word: str) -> str:
    """Return the word of a vote that is decided by more than half, and what is asked for where it says less."""
    return f"{word}，按超过一半算" if word.endswith("以上") else word


def share_words(term: Term, word: str = OWN_WORD) -> str:
    """Return the share in words: ``三分之二以上``; half of all by the ``word`` of its articles."""
    if is_half(term):
        return half_words(word)
    part, whole = _NUMBERS.get(term.amount), _NUMBERS.get(term.per)
    share = f"{whole}分之{part}" if part and whole else f"{term.amount}/{term.per}"
    return f"超过{share}" if term.bound is Bound.MORE_THAN else f"{share}以上"
