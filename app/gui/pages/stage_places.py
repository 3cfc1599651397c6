"""Where on the page of a stage a place of the case is filled in."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.facts import Record
from app.figures.person_votes import is_recall
from app.forms.layout import Page, Step, View
from app.rules.findings import Where


def place_of(where: Where, page: Page, case: Case, shown: Step) -> tuple[Step, int] | None:
    """The step in which a place is, and which of its sections; -1 when only a view shows it.

    ``None`` when it is not on this page. Evidence lies on every step, so also on the one that is ``shown``.
    """
    held = case.find(where.collection, where.record_id)
    if where.collection == "evidence":
        return (shown, 0) if held is not None and held.stage is page.stage else None
    if (recall := _recall_step(where, page, case)) is not None:
        return recall, -1
    found: tuple[Step, int] | None = None
    drawn = next((step for step in page.steps if _is_drawn(step, where.collection)), None)
    for step in page.steps:
        for at, section in enumerate(step.sections):
            if section.collection != where.collection:
                continue
            if isinstance(held, Record) and not section.holds(held):
                continue
            if where.fact in section.leave_out and drawn is not None:
                found = found or (drawn, -1)  # unless another section has a field for it
                continue
            if where.fact in section.preset or where.fact in section.leave_out:
                found = found or (step, at)
                continue
            return step, at
    if found is None:
        found = next(((step, -1) for step in page.steps if step.covers(where.collection)), None)
    return found


def _recall_step(where: Where, page: Page, case: Case) -> Step | None:
    """The vote on a recall stands with the change of representatives, not with the elections."""
    if where.collection not in ("counts", "count_sheets"):
        return None
    held = case.find(where.collection, where.record_id)
    count = held if where.collection == "counts" else case.find("counts", held.count) if held else None
    if count is None or not is_recall(case, count):
        return None
    return next(
        (step for step in page.steps if any(_is(part, "recall_tellers") for part in step.parts)), None
    )


def _is(part: object, key: str) -> bool:
    return isinstance(part, View) and part.key == key


def _is_drawn(step: Step, collection: str) -> bool:
    """Whether a part drawn for its work shows what no section of the step has a field for."""
    return any(isinstance(part, View) and collection in part.covers for part in step.parts)
