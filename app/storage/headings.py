"""What a list of years shows of each case, read without reading the cases."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.union import AgreementKind, Form
from app.storage.tables import CASES, table


@dataclass(frozen=True, slots=True)
class CaseHeading:
    """What a list of years shows of a case."""

    case_id: str
    year: int | None
    agreement_kind: AgreementKind | None
    name: str
    form: Form | None


def read_headings(connection: Connection) -> tuple[CaseHeading, ...]:
    """Return the headings, in the order in which the cases were added.

    Raises:
        ValueError: a choice is none this program writes.
    """
    cases, cycle = table(CASES), table("cycle")
    wanted = (
        select(cases.c.id, cycle.c.year, cycle.c.agreement_kind, cycle.c.name, cycle.c.form)
        .select_from(cases.join(cycle, cycle.c.case_id == cases.c.id))
        .order_by(cases.c.position)
    )
    return tuple(
        CaseHeading(
            case_id=row.id,
            year=row.year,
            agreement_kind=AgreementKind(row.agreement_kind) if row.agreement_kind else None,
            name=row.name,
            form=Form(row.form) if row.form else None,
        )
        for row in connection.execute(wanted)
    )
