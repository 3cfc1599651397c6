"""Close a stage, or open it again."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.closing import StageClosing
from app.domain.stages import Stage
from app.errors import UserError
from app.rules.findings import State
from app.storage.library import Library
from app.usecases.check_case import check_case
from app.usecases.program import Program
from app.usecases.record_fact import new_id

NOT_DONE = "S-101"
"""The code of the refusal: something of the stage is open."""


def close_stage(
    program: Program, library: Library, case_id: str, stage: Stage, *, actor: str
) -> StageClosing:
    """Declare a stage done under the pack version of today; it is checked as if it were over already.

    Raises:
        UserError: a 必须改 is open or a 请说明 has no reason yet; the sentence names the first three.
    """
    case = library.read_case(case_id)
    closing = _closing(case, stage).replace(closed_on=program.clock.today(), closed_by=actor)
    checkup = check_case(program, case.with_record("stage_closings", closing))
    here = [finding for finding in checkup.findings if finding.belongs_to(stage)]
    open_ones = [finding for finding in here if finding.blocks]
    if open_ones:
        first = "；".join(finding.sentence for finding in open_ones[:3])
        raise UserError(
            f"{stage.label}还有 {len(open_ones)} 项没有处理：{first}。",
            "已经写下的都在，可以接着写。",
            "都列在检查结果里：必须改的改过来，请说明的写一句；过了日子改不了的写如实说明。",
            code=NOT_DONE,
        )
    closing = closing.replace(
        pack_version=checkup.pack_version,
        flaws=sum(finding.state is State.FLAW for finding in here),
    )
    with library.write(actor) as unit:
        unit.put(case_id, "stage_closings", closing, action=f"结束阶段：{stage.label}")
        unit.commit()
    return closing


def as_if_closed(case: Case, stage: Stage) -> Case:
    """Return the case as it would be with the stage over: what it still lacks is found in it, and explained."""
    return case.with_record("stage_closings", _closing(case, stage))


def _closing(case: Case, stage: Stage) -> StageClosing:
    old = next((closing for closing in case.stage_closings if closing.stage is stage), None)
    return StageClosing(id=old.id if old else new_id(case, "stage_closings"), stage=stage)


def reopen_stage(library: Library, case_id: str, stage: Stage, *, actor: str) -> None:
    """Open a closed stage again, to correct it; nothing happens if it is open."""
    case = library.read_case(case_id)
    for closing in case.stage_closings:
        if closing.stage is stage:
            with library.write(actor) as unit:
                unit.remove(case_id, "stage_closings", closing.id, action=f"重新打开阶段：{stage.label}")
                unit.commit()
