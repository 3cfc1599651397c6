"""Who stands on which side of a paper: parties, their representatives, what the talks are called."""

from __future__ import annotations

from app.domain.agreement import Agreement
from app.domain.case import Case
from app.domain.filing import Signing
from app.domain.representatives import Representative, Role
from app.domain.union import AgreementKind, Form, Side
from app.rules.pack import RulePack

_TALKS = {
    AgreementKind.WAGE: "工资集体协商",
    AgreementKind.GENERAL: "集体协商",
    AgreementKind.WOMEN: "女职工权益保护专项集体协商",
    AgreementKind.SAFETY: "劳动安全卫生专项集体协商",
}


def kind_of(case: Case) -> AgreementKind:
    """The kind of agreement bargained for; wages while nothing is chosen."""
    return case.cycle.agreement_kind or AgreementKind.WAGE


def form_of(case: Case) -> Form:
    """The form of bargaining; single while nothing is chosen."""
    return case.cycle.form or Form.SINGLE


def is_joint(case: Case) -> bool:
    """True for area and industry bargaining, where several enterprises take part."""
    return form_of(case) is not Form.SINGLE


def talks_name(case: Case) -> str:
    """What the bargaining is called: 工资集体协商, 区域性工资集体协商."""
    prefix = form_of(case).label if is_joint(case) else ""
    return prefix + _TALKS[kind_of(case)]


def offer_name(case: Case, pack: RulePack) -> str:
    """The whole name of the starting paper: 工资集体协商要约书, 工资集体协商意向书 (协商 is not said twice)."""
    talks, offer = talks_name(case), pack.wording.offer
    return talks + (offer.removeprefix("协商") if talks.endswith("协商") else offer)


def year_words(case: Case) -> str:
    """``2026年度``, or nothing."""
    return f"{case.cycle.year}年度" if case.cycle.year else ""


def agreement_name(case: Case, pack: RulePack) -> str:
    """The name of the outcome: as typed on the agreement, else as the pack calls it."""
    typed = next((held.name for held in case.agreements if held.name), "")
    return typed or pack.wording.agreement(kind_of(case), form_of(case))


def union_name(case: Case) -> str:
    """The workers' side on paper."""
    return case.union.name


def employer_name(case: Case) -> str:
    """The employer's side on paper: the enterprise, or the employers' body of an area or industry."""
    if is_joint(case):
        return case.enterprise.body_name or case.enterprise.name
    return case.enterprise.name


def party_name(case: Case, side: Side) -> str:
    """Name of one side."""
    return union_name(case) if side is Side.WORKER else employer_name(case)


def polite(case: Case, side: Side) -> str:
    """How a letter addresses that side: 贵会, 贵公司, 贵方."""
    if side is Side.WORKER:
        return "贵会"
    return "贵公司" if not is_joint(case) and employer_name(case).endswith("公司") else "贵方"


def sitting(case: Case, side: Side) -> tuple[Representative, ...]:
    """The representatives of one side who still hold office, chief first, else in the order of the roster."""
    held = [person for person in case.representatives if person.side is side and person.left_on is None]
    return tuple(sorted(held, key=lambda person: person.role is not Role.CHIEF))


def chief(case: Case, side: Side) -> Representative | None:
    """The chief representative of one side."""
    return next((person for person in sitting(case, side) if person.role is Role.CHIEF), None)


def chief_word(pack: RulePack, side: Side) -> str:
    """What the chief of one side is called in this region."""
    return pack.wording.worker_chief if side is Side.WORKER else pack.wording.employer_chief


def workplace(case: Case, person: Representative) -> str:
    """Where a representative works: the covered enterprise, the typed place, or nothing."""
    held = case.find("covered_enterprises", person.enterprise)
    return held.name if held is not None else person.workplace


def covered_staff(case: Case) -> int | None:
    """How many people the agreement covers: the staff, or the staff of the covered enterprises together."""
    if not is_joint(case):
        return case.enterprise.staff
    known = [held.staff for held in case.covered_enterprises if held.staff is not None]
    return sum(known) if known and len(known) == len(case.covered_enterprises) else case.enterprise.staff


def signing_of(case: Case, agreement: Agreement) -> Signing:
    """The signing of an agreement; an empty one as long as it is not signed."""
    return next(
        (held for held in case.signings if agreement.id and held.agreement == agreement.id), Signing()
    )
