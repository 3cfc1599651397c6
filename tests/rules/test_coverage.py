"""Every rule of law.md §1 is answered by every pack, for every kind of agreement and form of bargaining.

The list is declared once (``law_rules.py``); packs are found by their folders, so a new one is judged at once.
``pytest -s`` shows the coverage table.
"""

from __future__ import annotations

import sys
from datetime import date

import pytest

from app.cli.coverage_words import table_lines
from app.domain.codes import PROVINCES
from app.domain.union import AgreementKind, Form
from app.paths import resource
from app.rules.coverage import Answer, coverage, tally
from app.rules.findings import Hardness, Read
from app.rules.law_rules import ALL_RULES
from app.rules.pack import NATIONAL
from app.rules.terms import MAY_BE_HARD
from tests.rules.worked import packs

DAY = date(2026, 11, 10)
KEYS = sorted(path.name for path in resource("rules").iterdir() if path.is_dir())
OTHER_KINDS = [kind for kind in AgreementKind if kind is not AgreementKind.WAGE]
each_pack = pytest.mark.parametrize("key", KEYS)


def test_every_folder_is_a_pack():
    assert {pack.key for pack in packs()} == set(KEYS)


def test_the_national_pack_declares_exactly_the_rules_of_the_law():
    declared = [rule for rule in packs().national.rule_ids() if not rule.startswith("data_")]
    assert declared == list(ALL_RULES)
    assert len(ALL_RULES) == len(set(ALL_RULES)) == 128


@each_pack
def test_every_rule_is_answered_for_every_kind_and_form(key: str):
    rows = coverage(packs().region(key), DAY)
    assert [row.rule for row in rows] == list(ALL_RULES)
    for row in rows:
        assert row.title
        for kind in AgreementKind:
            for form in Form:
                cell = row.cell(kind, form)
                assert cell.answer is not Answer.MISSING, (row.rule, kind, form)
                assert cell.words, (row.rule, kind, form)
    assert tally(rows).missing == 0


@each_pack
def test_every_answer_says_where_it_stands_and_how_well_it_was_read(key: str):
    for row in coverage(packs().region(key), DAY):
        for cell in row.cells:
            assert cell.origin and cell.inherited is (cell.origin != key)
            if cell.answer is Answer.SILENT:
                continue
            assert cell.sources and cell.read is not None, row.rule
            if cell.hardness is Hardness.HARD:
                assert cell.read in MAY_BE_HARD, (row.rule, cell.read)


@each_pack
def test_no_kind_or_form_is_without_an_answer_to_a_hard_rule(key: str):
    pack = packs().region(key)
    for rule in ALL_RULES:
        texts = {(kind, form): pack.rule(rule, kind, form) for kind in AgreementKind for form in Form}
        if not any(text is not None and text.hardness is Hardness.HARD for text in texts.values()):
            continue
        for place, text in texts.items():
            assert text is not None and text.says and text.grading, (rule, *place)


@each_pack
def test_values_and_texts_agree(key: str):
    """A value needs a text that says so; where nothing is laid down, nothing of the region's own is counted."""
    pack = packs().region(key)
    for entry in pack.entries:
        for kind in entry.kinds:
            for form in entry.forms:
                text = pack.rule(entry.rule, kind, form)
                assert text is not None, (entry.rule, kind, form)
                if entry.values:
                    assert not text.silent, (entry.rule, entry.variant, kind.value, form.value)
                    harder = entry.values[-1].hardness is Hardness.HARD and text.hardness is Hardness.SOFT
                    assert not harder, (entry.rule, entry.variant, kind.value, form.value)


@each_pack
def test_agreements_other_than_wages_do_not_rest_on_laws_about_wages_alone(key: str):
    pack = packs().region(key)
    for rule in ALL_RULES:
        for kind in OTHER_KINDS:
            for form in Form:
                text = pack.rule(rule, kind, form)
                if text is None or text.silent:
                    continue
                laws = [pack.laws[source.law] for source in text.sources]
                assert not all(law.about_wages for law in laws), (rule, kind.value, form.value)


@each_pack
def test_what_was_only_read_second_hand_reminds_and_never_blocks(key: str):
    pack = packs().region(key)
    for entry in pack.entries:
        for term in entry.values:
            if all(source.read in (Read.SECOND_HAND, Read.UNVERIFIED) for source in term.sources):
                assert term.hardness is not Hardness.HARD


@each_pack
def test_regions_have_their_place_among_the_divisions(key: str):
    pack = packs().region(key)
    if key == NATIONAL:
        assert not pack.division and pack.base is None
        return
    assert pack.root is packs().national
    assert pack.division[:2] in PROVINCES
    if len(pack.division) == 2:
        assert PROVINCES[pack.division].startswith(pack.name)


def test_the_table_is_shown():
    lines = list(table_lines(tuple(packs()), DAY))
    sys.stdout.write("\n".join(["", *lines, ""]))
    assert sum(line.split(" ")[0] in ALL_RULES for line in lines) == len(ALL_RULES)
