"""What the rules found, for the panel and for the fields it speaks of."""

from __future__ import annotations

from types import SimpleNamespace

from app.domain.evidence import Explanation
from app.domain.stages import Stage
from app.gui.findings_view import findings_of
from app.rules.findings import Finding, Grade, Where


def finding(key: str, grade: Grade, where: Where, *related: Where, explained: bool = False) -> Finding:
    reason = Explanation(id="e", what_happened="实情") if explained else None
    return Finding(
        key=key,
        rule=key,
        grade=grade,
        stage=Stage.OFFER,
        sentence=key,
        where=where,
        related=related,
        explanation=reason,
    )


def test_each_field_has_its_gravest_open_finding() -> None:
    received = Where("deliveries", "d1", "received_on")
    found = (
        finding("提示", Grade.NOTE, received),
        finding("说明过的必须改", Grade.MUST, received, explained=True),
        finding("必须改", Grade.MUST, received),
        finding("别的记录", Grade.MUST, Where("deliveries", "d2", "received_on")),
        finding("整条", Grade.EXPLAIN, Where("deliveries", "d1")),
        finding("只是涉及", Grade.MUST, Where("offers", "o1", "date"), Where("deliveries", "d1", "method")),
        finding("本身", Grade.NOTE, Where("deliveries", "d1", "method")),
    )
    desk = SimpleNamespace(checkup=SimpleNamespace(findings=found))
    lit = findings_of(desk, "deliveries", "d1")
    assert {fact: each.key for fact, each in lit.items()} == {
        "received_on": "必须改",
        "": "整条",
        "method": "本身",
    }
