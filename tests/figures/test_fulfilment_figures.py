"""Where obligations stand and what score sheets come to."""

from __future__ import annotations

from decimal import Decimal

from app.domain.case import Case
from app.domain.evaluation import Evaluation
from app.domain.fulfilment import Fulfilled, InspectionItem, Obligation
from app.figures.fulfilment import obligation_figures, score_figures


def test_a_clause_counts_as_it_was_found_the_last_time() -> None:
    case = Case(
        obligations=(Obligation(id="o", what="夜班津贴"),),
        inspection_items=(
            InspectionItem(id="1", clause="c", result=Fulfilled.NOT),
            InspectionItem(id="2", clause="c", result=Fulfilled.FULLY),
            InspectionItem(id="3", clause="d", result=Fulfilled.PARTLY),
            InspectionItem(id="4", clause="e"),
        ),
    )
    assert [figure.value for figure in obligation_figures(case)] == [1, 2, 1, 1, 1]


def test_marks_are_added_sheet_by_sheet_and_missing_ones_are_told() -> None:
    case = Case(
        evaluations=(
            Evaluation(
                id="1", scorecard="甲", item="程序", full_marks=Decimal(60), own_marks=Decimal("58.5")
            ),
            Evaluation(id="2", scorecard="甲", item="实效", full_marks=Decimal("123456789012")),
        )
    )
    full, own = score_figures(case)
    assert full.value == Decimal(123456789072)
    assert own.text == "58.5 分"
    assert "1 项还没有分" in own.rule
    assert [origin.record_id for origin in full.origin] == ["1", "2"]
