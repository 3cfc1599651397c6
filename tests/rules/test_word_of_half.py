"""The word of the articles for half of all is data of the packs (半数以上, 过半数), never the program's guess."""

from __future__ import annotations

import pytest

from app.domain.union import AgreementKind, Form
from app.rules.pack import load_packs
from app.rules.terms import Bound, TermUnit
from app.rules.thresholds import OWN_WORD, share_words, word_of

PACKS = load_packs()


@pytest.mark.parametrize("pack", [*PACKS], ids=lambda pack: pack.key)
@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("kind", list(AgreementKind))
def test_a_word_stands_in_the_sentence_and_only_where_one_is_said(pack, kind, form):
    text = pack.rule("congress_pass", kind, form)
    said = {word for word in ("半数以上", "过半数") if word in text.says}
    assert word_of(text) == (said.pop() if len(said) == 1 else OWN_WORD)


def test_the_word_is_shown_and_what_the_program_asks_for_beside_it():
    pack = PACKS.region("shanghai")
    term = pack.term("congress_pass", max(e.values[-1].starts for e in pack.entries if e.values))
    assert term.unit is TermUnit.SHARE and term.bound is Bound.MORE_THAN
    assert share_words(term, "半数以上") == "半数以上，按超过一半算"
    assert share_words(term, "过半数") == "过半数"
