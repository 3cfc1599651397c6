"""Wherever a region's rule differs from what it inherits, a situation stands on each side of the boundary.

Two lists are made from the packs themselves. One: each region and each checked rule it lays down differently from
its base. Two: each different boundary (switches, values, hardness, papers) of a rule, over all kinds of agreement and
forms of bargaining. Every entry needs a situation in which the check speaks and one in which it does not.
``pytest -s`` prints what lacks.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator

from app.domain.union import AgreementKind, Form
from app.rules.checks.table import TABLE, Row
from app.rules.milestones import Milestones
from app.rules.pack import RulePack
from tests.rules.test_situations import ALL, DECIDED_ELSEWHERE
from tests.rules.worked import ON, changed, packs, worked

NEVER_SPEAKS = {
    "scope_unit": "浙江的条例对各类单位都适用，没有例外可提示",
    "file_by": "上海的行业合同由企业方或工会报送都可以",
    "congress_result_publish": "上海没有写几天内公布",
    "prep_tasks": "除上海外没有写天数",
    "reg_worker_rep": "只有山东写了要向各企业公示",
    "report_freq": "山东综合合同只写定期报告，没有写次数",
    "publish_due": "全国综合合同只写及时公布",
    "reg_vote": "条文写了怎样表决的，按条文，不再提示",
    "reg_binding": "法律的文字更宽，只提示一句",
}
"""Where a text has no boundary that could be crossed: the silent side is enough."""
ALWAYS_SPEAKS = {
    "renewal_window": "有期限就提示窗口",
}
"""Hints that tell a day: the speaking side is enough."""

_Sides = dict[tuple[str, ...], set[bool]]


def _chain(pack: RulePack | None) -> Iterator[RulePack]:
    while pack is not None:
        yield pack
        pack = pack.base


def _boundary(pack: RulePack, rule: str, kind: AgreementKind, form: Form) -> str:
    """What decides how a check judges here, as text: nothing of the wording."""
    text = pack.rule(rule, kind, form)
    told = None
    if text is not None:
        flags = sorted(flag.value for flag in text.flags)
        told = (text.silent, text.unchecked, text.hardness.value, flags, text.papers, text.items)
    values = []
    for variant in sorted({each.variant for each in _entries(pack) if each.rule == rule}):
        term = pack.term(rule, ON, kind, form, variant=variant)
        if term is not None:
            counted = term.counts_from.value if term.counts_from else ""
            value = (term.amount, term.per, term.unit.value, term.bound.value, counted, term.hardness.value)
            values.append((variant, value))
    return repr((told, values))


def _entries(pack: RulePack) -> Iterator:
    for each in _chain(pack):
        yield from each.entries


def _is_checked(row: Row, pack: RulePack, kind: AgreementKind, form: Form) -> bool:
    text = pack.rule(row.rule, kind, form)
    if text is None or text.unchecked or kind not in row.kinds or form not in row.forms:
        return False
    return not text.silent or row.even_if_silent


def _laid_down() -> Iterator[tuple[str, str, str]]:
    """Region, rule and boundary wherever a region differs from its base; the national pack differs from nothing."""
    for pack in packs():
        for row in TABLE:
            for kind in AgreementKind:
                for form in Form:
                    if not _is_checked(row, pack, kind, form):
                        continue
                    here, base = _boundary(pack, row.rule, kind, form), pack.base
                    same = base is not None and here == _boundary(base, row.rule, kind, form)
                    if not (same and base is not None and _is_checked(row, base, kind, form)):
                        yield pack.key, row.rule, here


def _covered() -> tuple[_Sides, _Sides]:
    by_region: _Sides = defaultdict(set)
    by_boundary: _Sides = defaultdict(set)
    for each in ALL:
        situation = each.values[0]
        year = Milestones(changed(worked(situation.get("base", "linyi")), situation), ON)
        pack, rule, speaks = (
            packs().region(situation["region"]),
            situation["rule"],
            situation["expect"] != "无",
        )
        by_region[pack.key, rule].add(speaks)
        by_boundary[rule, _boundary(pack, rule, year.kind, year.form)].add(speaks)
    return by_region, by_boundary


def _lacking(rule: str, have: set[bool]) -> list[str]:
    wanted = {True, False}
    if rule in NEVER_SPEAKS:
        wanted.discard(True)
    if rule in ALWAYS_SPEAKS or rule in DECIDED_ELSEWHERE:
        wanted = set() if rule in DECIDED_ELSEWHERE else {True}
    return [{True: "会说的一面", False: "不说的一面"}[side] for side in sorted(wanted - have)]


def test_every_rule_a_region_lays_down_differently_has_both_sides_there():
    by_region, _ = _covered()
    lacks = sorted(
        {
            f"{region} {rule}：缺{side}"
            for region, rule, _ in _laid_down()
            if region != packs().national.key  # what the nation says is tried out wherever it is inherited
            for side in _lacking(rule, by_region[region, rule])
        }
    )
    sys.stdout.write("\n".join(["", *lacks, ""]))
    assert lacks == []


def test_every_different_boundary_has_both_sides_somewhere():
    _, by_boundary = _covered()
    regions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for region, rule, boundary in _laid_down():
        regions[rule, boundary].add(region)
    lacks = sorted(
        f"{rule}（{'、'.join(sorted(where))}）：缺{side} {boundary}"
        for (rule, boundary), where in regions.items()
        for side in _lacking(rule, by_boundary[rule, boundary])
    )
    sys.stdout.write("\n".join(["", *lacks, f"{len(regions)} 种不同的口径"]))
    assert lacks == []


def test_exemptions_are_still_needed():
    """What is excused has really no situation on that side somewhere."""
    _, by_boundary = _covered()
    missing: dict[str, set[bool]] = defaultdict(set)
    for _, rule, boundary in _laid_down():
        missing[rule] |= {True, False} - by_boundary[rule, boundary]
    assert [rule for rule in NEVER_SPEAKS if True not in missing[rule]] == []
    assert [rule for rule in ALWAYS_SPEAKS if False not in missing[rule]] == []
