"""Who leads each side, and how the employer's other representatives are named (law.md B)."""

from __future__ import annotations

from app.domain.representatives import ElectionWay, Representative
from app.domain.union import Side
from app.rules.checks.make_up import about_side, settled
from app.rules.checks.progress import is_signed
from app.rules.findings import Finding, Grade, Where
from app.rules.ground import Found, Ground
from app.rules.rule_texts import Flag


def chief_worker(ground: Ground) -> Found:
    """One chief, the union's chair."""
    people = ground.milestones.sitting(Side.WORKER)
    if not people or not settled(ground, Side.WORKER):
        return None
    chiefs = ground.milestones.chiefs(Side.WORKER)
    wrong = _one_chief(ground, "chief_worker", Side.WORKER, chiefs)
    if wrong is not None:
        return [wrong]
    chief, union = chiefs[0], ground.case.union
    if not chief.name or not union.chair or chief.name == union.chair or _acts_for_chair(ground, chief):
        return []
    return [
        ground.finding(
            "chief_worker",
            Grade.EXPLAIN,
            Where("representatives", chief.id, "chief_basis"),
            f"职工方首席是{chief.name}，工会主席是{union.chair}，没有写任首席的依据",
        )
    ]


def _acts_for_chair(ground: Ground, chief: Representative) -> bool:
    """True if somebody else than the chair is chief on a ground that chief_worker_sub looks at."""
    return chief.chief_basis is not None and chief.chief_basis.value in ("acting_head", "written_proxy")


def chief_worker_sub(ground: Ground) -> Found:
    """If the chair cannot serve: by written proxy nationally, by the acting head in Shandong (鲁工资 8)."""
    chiefs = ground.milestones.chiefs(Side.WORKER)
    if len(chiefs) != 1 or not settled(ground, Side.WORKER) or not _acts_for_chair(ground, chiefs[0]):
        return None
    chief, union = chiefs[0], ground.case.union
    basis = chief.chief_basis.value if chief.chief_basis else ""
    where = Where("representatives", chief.id, "chief_basis")
    if basis == "acting_head":
        if not union.acting_head or chief.name == union.acting_head:
            return []
        return [
            ground.finding(
                "chief_worker_sub",
                Grade.EXPLAIN,
                where,
                f"首席{chief.name}写的是主持工会工作的人，工会资料里主持工作的是{union.acting_head}",
                related=(Where("union", "union", "acting_head"),),
            )
        ]
    if not ground.flag("chief_worker_sub", Flag.PROXY):
        return [
            ground.finding(
                "chief_worker_sub",
                Grade.MUST,
                where,
                f"工会主席委托{chief.name}任首席；这里由主持工会工作的副主席或委员担任，不走委托",
                past_mending=is_signed(ground),
            )
        ]
    if any(each.to_name == chief.name and each.side is not Side.EMPLOYER for each in ground.case.mandates):
        return []
    return [
        ground.finding(
            "chief_worker_sub", Grade.EXPLAIN, where, f"{chief.name}受书面委托任首席，没有登记委托书"
        )
    ]


def chief_employer(ground: Ground) -> Found:
    """One chief: the legal person or a manager authorised in writing; in an area, whom they elect."""
    people = ground.milestones.sitting(Side.EMPLOYER)
    if not people or not settled(ground, Side.EMPLOYER):
        return None
    chiefs = ground.milestones.chiefs(Side.EMPLOYER)
    wrong = _one_chief(ground, "chief_employer", Side.EMPLOYER, chiefs)
    if wrong is not None:
        return [wrong]
    chief, legal = chiefs[0], ground.case.enterprise.legal_person
    if ground.milestones.is_regional or not legal or not chief.name or chief.name == legal:
        return []
    if any(each.to_name == chief.name and each.side is not Side.WORKER for each in ground.case.mandates):
        return []
    return [
        ground.finding(
            "chief_employer",
            Grade.EXPLAIN,
            Where("representatives", chief.id, "chief_basis"),
            f"企业方首席{chief.name}不是法定代表人{legal}，没有登记书面委托",
            related=(Where("mandates"),),
        )
    ]


def _one_chief(ground: Ground, rule: str, side: Side, chiefs: tuple[Representative, ...]) -> Finding | None:
    if len(chiefs) == 1:
        return None
    said = f"{side.label}没有首席代表" if not chiefs else f"{side.label}写了 {len(chiefs)} 位首席代表"
    return about_side(ground, rule, Grade.MUST, side, said)


def employer_rep_appoint(ground: Ground) -> Found:
    """The employer's other representatives are designated in writing (鲁工资 9; 规定 21)."""
    election = ground.milestones.election(Side.EMPLOYER)
    if election is None or not settled(ground, Side.EMPLOYER) or ground.milestones.is_regional:
        return None
    if ground.flag("employer_rep_appoint", Flag.BY_CHIEF) and election.way not in (
        None,
        ElectionWay.CHIEF_DESIGNATES,
    ):
        return [
            ground.finding(
                "employer_rep_appoint",
                Grade.EXPLAIN,
                Where("elections", election.id, "way"),
                f"企业方代表由“{election.way.label}”产生，这里由首席代表书面指定" if election.way else "",
            )
        ]
    others = len(ground.milestones.sitting(Side.EMPLOYER)) > 1
    mandated = any(each.side is Side.EMPLOYER for each in ground.case.mandates)
    if not others or election.designated_on is not None or mandated:
        return []
    return [
        ground.finding(
            "employer_rep_appoint",
            Grade.EXPLAIN,
            Where("elections", election.id, "designated_on"),
            "企业方其他代表没有登记指定书的日期",
        )
    ]


def chief_external_ban(ground: Ground) -> Found:
    """A chief comes from the unit itself."""
    if ground.milestones.is_regional:
        return None
    chiefs = [each for side in Side for each in ground.milestones.chiefs(side) if settled(ground, side)]
    return [
        ground.finding(
            "chief_external_ban",
            Grade.MUST,
            Where("representatives", each.id, "employment"),
            f"{each.side.label if each.side else ''}首席{each.name}不是本单位人员",
            past_mending=is_signed(ground),
        )
        for each in chiefs
        if each.employment == "outside"
    ] or ([] if chiefs else None)
