"""Names, signers, papers and copies by kind of agreement, where another law holds for what is no wage agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.filing import FilingPaper as Paper
from app.domain.union import AgreementKind, Form
from app.errors import UserError
from app.paths import resource
from app.rules.filing_papers import papers_listed, papers_of
from app.rules.laws import load_laws
from app.rules.wording import MinutesSigners, load_wording
from tests.rules.worked import packs

OTHERS = (AgreementKind.GENERAL, AgreementKind.WOMEN, AgreementKind.SAFETY)


@pytest.mark.parametrize("region", ["shandong", "henan"])
def test_who_signs_the_minutes_is_laid_down_for_wages_only(region: str):
    wording = packs().region(region).wording
    assert wording.of(AgreementKind.WAGE).minutes_signers is MinutesSigners.ALL_PRESENT
    assert wording.of(None) is wording
    for kind in OTHERS:
        assert wording.of(kind).minutes_signers is MinutesSigners.NOT_LAID_DOWN
        assert wording.of(kind).offer == wording.offer  # what does not differ stays


@pytest.mark.parametrize(
    ("region", "kind", "wanted"),
    [
        ("shandong", AgreementKind.WAGE, {Paper.STATEMENT, Paper.TEXT, Paper.RESOLUTION, Paper.ROSTER, Paper.LICENCE}),
        ("shandong", AgreementKind.GENERAL, {Paper.TEXT}),
        ("henan", AgreementKind.WAGE, {Paper.OFFER, Paper.TEXT, Paper.ROSTER, Paper.RESOLUTION}),
        ("henan", AgreementKind.WOMEN, {Paper.TEXT, Paper.STATEMENT}),
        ("national", AgreementKind.WAGE, {Paper.TEXT, Paper.STATEMENT}),
        ("national", AgreementKind.SAFETY, {Paper.TEXT}),
        ("beijing", AgreementKind.GENERAL, {Paper.ROSTER, Paper.RESOLUTION, Paper.TEXT, Paper.LICENCE}),
        ("zhejiang", AgreementKind.WAGE, {Paper.TEXT, Paper.STATEMENT}),
    ],
)  # fmt: skip
def test_what_the_authority_asks_for(region: str, kind: AgreementKind, wanted: set[Paper]):
    pack = packs().region(region)
    assert set(papers_of(pack, kind, Form.SINGLE)) == wanted
    assert set(papers_listed(pack, kind, Form.SINGLE)) >= wanted


def test_every_pack_names_an_outcome_for_each_kind():
    for pack in packs():
        names = {pack.wording.of(kind).agreement(kind) for kind in AgreementKind}
        assert len(names) == len(AgreementKind)


def test_where_nothing_differs_there_is_no_such_table(tmp_path: Path):
    text = resource("rules/shandong/wording.toml").read_text(encoding="utf-8")
    file = tmp_path / "wording.toml"
    file.write_text(text.split("[others]")[0] + "[others]\n", encoding="utf-8")
    with pytest.raises(UserError, match="没有写哪里不同"):
        load_wording(file, load_laws(resource("rules/laws.toml")))
    file.write_text(text + 'offfer = "x"\n', encoding="utf-8")
    with pytest.raises(UserError, match="offfer"):
        load_wording(file, load_laws(resource("rules/laws.toml")))
