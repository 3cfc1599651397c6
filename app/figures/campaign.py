"""Numbers for the tables whose columns were never obtained: whatever is asked for, this is what goes in.

天津河东 2017 附件1, 威海 2021 附件1 and 附件2 (F-91, F-92) are known by name only, so these figures are given
one by one, each with its origin, and never arranged as if the form were known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.case import Case
from app.domain.offer import Conclusion, Reply
from app.domain.offer_links import answered_delivery
from app.domain.union import Form
from app.figures.origin import Figure, Origin
from app.figures.tables import linyi_2017

_FORM_ROWS = {Form.SINGLE: 0, Form.AREA: 1, Form.INDUSTRY: 2}
_LABELS = (
    "发出要约份数",
    "要约覆盖企业",
    "要约覆盖职工",
    "签订份数",
    "签订覆盖企业",
    "签订覆盖职工",
    "已审查份数",
    "已审查覆盖企业",
    "已审查覆盖职工",
)


def campaign_figures(
    case: Case, until: date, *, reply_due: Mapping[str, date] | None = None
) -> tuple[Figure, ...]:
    """Return what a case adds to a campaign's numbers up to a day.

    ``reply_due`` gives the last day for an answer by delivery id, as the rules reckon it; without it the
    answers in time are left out. 覆盖从业人员 adds 众包 and 外包 people, who are no staff.
    """
    row = linyi_2017(case, until).rows[_FORM_ROWS[case.cycle.form or Form.SINGLE]]
    found = [
        Figure(cell.value, cell.unit, label, cell.origin, cell.rule)
        for label, cell in zip(_LABELS, row.cells, strict=True)
    ]
    found.insert(3, _people(case, found[2]))
    found.insert(4, _answered("应约企业", case, until, None))
    if reply_due is not None:
        found.insert(5, _answered("其中期限内应约", case, until, reply_due))
    return tuple(found)


def _people(case: Case, staff: Figure) -> Figure:
    covered = {part.record_id for part in staff.origin}
    firms = [firm for firm in case.covered_enterprises if firm.id in covered]
    outside = [(f"{firm.name} 众包及外包", firm.outsourced_staff or 0, firm.id) for firm in firms]
    if case.cycle.form in (None, Form.SINGLE) and staff.value:
        outside = [
            (f"{case.enterprise.name} 众包及外包", case.enterprise.outsourced_staff or 0, "enterprise")
        ]
    collection = "enterprise" if case.cycle.form in (None, Form.SINGLE) else "covered_enterprises"
    extra = tuple(
        Origin(collection, record_id, "outsourced_staff", f"{words} {number} 人")
        for words, number, record_id in outside
        if number
    )
    total = None if staff.value is None else int(staff.value) + sum(number for _, number, _ in outside)
    return Figure(total, "人", "覆盖从业人员", (*staff.origin, *extra), "职工加众包及外包人员")


def _answered(label: str, case: Case, until: date, reply_due: Mapping[str, date] | None) -> Figure:
    behind: list[Origin] = []
    firms: set[str] = set()
    for reply in case.replies:
        day = reply.reached_union_on or reply.replied_on
        if day is None or day > until or reply.conclusion not in (Conclusion.AGREE, Conclusion.PARTLY):
            continue
        delivery = answered_delivery(case, reply)
        last = (reply_due or {}).get(delivery.id) if delivery is not None else None
        if reply_due is not None and (last is None or day > last):
            continue
        behind.append(
            Origin(
                "replies",
                reply.id,
                "replied_on",
                f"{reply.from_whom}{day.year}年{day.month}月{day.day}日答复",
            )
        )
        firms |= _firms_of(case, reply)
    rule = "截止日前答复同意的企业" if reply_due is None else "在答复期限内答复同意的企业"
    return Figure(len(firms), "家", label, tuple(behind), rule)


def _firms_of(case: Case, reply: Reply) -> set[str]:
    if case.cycle.form in (None, Form.SINGLE):
        return {"enterprise"}
    named = reply.enterprises
    delivery = answered_delivery(case, reply)
    if not named and delivery is not None:
        named = delivery.enterprises
    return set(named) or {firm.id for firm in case.covered_enterprises}
