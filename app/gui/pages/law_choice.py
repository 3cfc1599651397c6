"""For which region, agreement, form and day rules are looked up: the fields and what they mean."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.union import AgreementKind, Form
from app.gui.desk import Desk
from app.gui.widgets.choice_field import ChoiceField, Option
from app.rules.lookup import Asked

ALL = "all"
"""The value of a field that leaves nothing out."""


def region_field(desk: Desk, name: str) -> ChoiceField:
    """A field with every region there is a pack for."""
    options = [Option(head.key, head.name) for head in desk.program.packs.heads]
    return ChoiceField(name, options, tiles=False, extent="")


def kind_field() -> ChoiceField:
    """协议种类."""
    return ChoiceField(
        "协议种类", [Option(each, each.label) for each in AgreementKind], tiles=False, extent=""
    )


def form_field() -> ChoiceField:
    """协商形式."""
    return ChoiceField("协商形式", [Option(each, each.label) for each in Form], tiles=False, extent="")


def asked_of(desk: Desk, case: Case) -> Asked:
    """What the year itself asks for, today."""
    cycle = case.cycle
    return Asked(
        cycle.agreement_kind or AgreementKind.WAGE, cycle.form or Form.SINGLE, desk.program.clock.today()
    )
