"""Open a new year, or the first one."""

from __future__ import annotations

import dataclasses

from app.domain.case import Case
from app.domain.union import AgreementKind, Cycle, Form
from app.storage.library import Library


def start_year(
    library: Library,
    *,
    year: int,
    region: str,
    agreement_kind: AgreementKind = AgreementKind.WAGE,
    form: Form = Form.SINGLE,
    like: Case | None = None,
    actor: str,
) -> str:
    """Add an empty case for a year and return its id.

    ``like`` is last year's case: the union, the enterprise, its departments, the congress and the covered
    enterprises (without last year's seals and dates) are taken over, to be looked through and corrected.
    """
    cycle = Cycle(id="cycle", year=year, region=region, agreement_kind=agreement_kind, form=form)
    case = Case(cycle=cycle)
    if like is not None:
        case = dataclasses.replace(
            case,
            union=like.union,
            enterprise=like.enterprise,
            congress=like.congress,
            departments=like.departments,
            covered_enterprises=tuple(
                covered.replace(
                    mandate_given=None,
                    representatives_published_on=None,
                    representatives_unpublished_note="",
                    sealed_on=None,
                    union_sealed_on=None,
                )
                for covered in like.covered_enterprises
            ),
        )
        case = dataclasses.replace(case, cycle=cycle.replace(region_name=like.cycle.region_name))
    with library.write(actor, undoable=False) as unit:
        case_id: str = unit.add_case(case)
        unit.commit()
    return case_id
