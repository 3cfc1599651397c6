"""How far each step of a stage is, for the shapes on its tabs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.case import Case
from app.domain.stages import Stage
from app.forms.layout import Page, Step
from app.rules.findings import Finding
from app.rules.standing import next_step


def step_states(page: Page, case: Case, findings: Iterable[Finding]) -> Mapping[str, str]:
    """Return for each step of a stage's page ``now``, ``done`` or ``later``.

    ``now``: the year goes on here, or something must be mended; ``done``: something is written.
    ``findings`` are those of the stage.
    """
    following = next_step(case)
    following_step = following.step if following.stage is page.stage else ""
    blocking = {finding.where.collection for finding in findings if finding.blocks}
    return {step.key: _state(step, case, blocking, following_step) for step in page.steps}


def _state(step: Step, case: Case, blocking: set[str], following: str) -> str:
    if step.key == following:
        return "now"
    if not has_facts(step, case):
        return "later"
    return "now" if any(step.covers(collection) for collection in blocking) else "done"


def has_facts(step: Step, case: Case) -> bool:
    """Whether anything of a step was written; what is rarely needed beside its work does not count."""
    sections = [section for section in step.sections if not section.folded] or step.sections
    return any(
        section.add and section.holds(held)
        for section in sections
        for held in case.records(section.collection)
    )


def has_begun(stage_page: Page, case: Case) -> bool:
    """Whether anything of a stage was written."""
    return any(has_facts(step, case) for step in stage_page.steps)


def stage_findings(findings: Iterable[Finding], stage: Stage | None) -> list[Finding]:
    """The findings of one stage, in their order."""
    return [finding for finding in findings if finding.stage is stage]
