"""A sentence names three at most; the list behind its door has them all."""

from __future__ import annotations

import dataclasses

from app.domain.case import Case
from app.domain.filing import Signing
from app.domain.representatives import Election
from app.domain.union import CoveredEnterprise
from app.rules.engine import check
from app.rules.record_names import lacking_of, some_names
from tests.rules.worked import ON, calendar, packs, worked

LONG = "𠮷㐂临沂砺岱沂特种重型精密机械装造制造与维修服务股份有限责任公司第一分公司"


def crowded(many: int) -> Case:
    """The worked area with so many enterprises, none of which did anything."""
    case = worked("weihai")
    covered = tuple(
        CoveredEnterprise(id=f"e{at}", name=LONG if at == 1 else f"企业{at}", staff=10, has_own_union=True)
        for at in range(many)
    )
    return dataclasses.replace(case, covered_enterprises=covered)


def test_forty_enterprises_are_never_listed_in_a_sentence():
    case = crowded(40)
    assert isinstance(case.elections[0], Election) and isinstance(case.signings[0], Signing)
    found = check(case, packs().region("shandong"), calendar(), ON).findings
    told = {each.rule: each.sentence for each in found}
    assert "40 家都没有公示（企业0、" in told["reg_worker_rep"]
    assert told["reg_seal"].startswith("40 家企业都没有盖章确认（企业0、")
    named = [each.sentence for each in found if "企业0" in each.sentence]
    assert named
    for sentence in named:
        assert "企业3" not in sentence and LONG not in sentence


def test_few_are_named_in_full_and_many_are_counted():
    assert lacking_of(["甲", "乙"], 8, "没有公示") == "8 家中甲、乙 2 家没有公示"
    assert lacking_of("甲乙丙丁", 8, "没有公示") == "8 家中 4 家没有公示（甲、乙、丙 等）"
    assert lacking_of("甲乙丙丁", 4, "没有公示") == "4 家都没有公示（甲、乙、丙 等）"
    assert some_names([LONG]) == LONG
    assert some_names([LONG, "甲"]) == f"{LONG[:17]}…、甲"
    assert lacking_of(["", "", "", ""], 4, "没有公示") == "4 家都没有公示"
