"""Where the obligations of an agreement stand, and the sums of a score sheet; each with its origin."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from app.domain.case import Case
from app.domain.fulfilment import Fulfilled, InspectionItem
from app.figures.origin import Figure, Origin


def obligation_figures(case: Case) -> tuple[Figure, ...]:
    """Return how many obligations there are, how many clauses were checked and what came of it.

    A clause that was checked several times counts as it was found the last time.
    """
    listed = tuple(Origin("obligations", each.id, "what", each.what) for each in case.obligations)
    last: dict[str, InspectionItem] = {}
    for item in case.inspection_items:
        last[item.clause or item.id] = item
    checked = tuple(item for item in last.values() if item.result is not None)
    kept = [item for item in checked if item.result is Fulfilled.FULLY]
    partly = [item for item in checked if item.result is not Fulfilled.FULLY]
    waiting = [item for item in partly if item.rechecked_on is None]
    return (
        Figure(len(listed), "项", "履约事项", listed, "登记的事项数"),
        Figure(len(checked), "条", "已检查", _items(checked), "有结论的条款，查过几次的按最近一次"),
        Figure(len(kept), "条", "全面履行", _items(kept), "最近一次结论是全面履行"),
        Figure(len(partly), "条", "没有全做到", _items(partly), "最近一次结论是部分履行或没有履行"),
        Figure(len(waiting), "条", "还要复查", _items(waiting), "没有全做到、还没有复查日期"),
    )


def score_figures(case: Case) -> tuple[Figure, ...]:
    """Return the sums of each score sheet: full marks, own marks and what street and district gave."""
    found = []
    for name in dict.fromkeys(each.scorecard for each in case.evaluations):
        rows = [each for each in case.evaluations if each.scorecard == name]
        for fact, label in (
            ("full_marks", "标准分"),
            ("own_marks", "自评"),
            ("street_marks", "街道"),
            ("district_marks", "区"),
        ):
            known = [(each, getattr(each, fact)) for each in rows if getattr(each, fact) is not None]
            if not known:
                continue
            total = sum((marks for _, marks in known), Decimal(0))
            origin = tuple(
                Origin("evaluations", each.id, fact, f"{each.item} {marks}") for each, marks in known
            )
            missing = len(rows) - len(known)
            rule = f"“{name or '评分表'}”{len(known)} 项相加" + (f"，{missing} 项还没有分" if missing else "")
            found.append(Figure(total, "分", f"{label}合计", origin, rule))
    return tuple(found)


def _items(items: Iterable[InspectionItem]) -> tuple[Origin, ...]:
    return tuple(Origin("inspection_items", each.id, "result", each.agreed or each.actual) for each in items)
