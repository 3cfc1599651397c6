"""Close a finding in words: 说明 for 请说明, 如实说明 for a 必须改 that nothing can mend any more."""

from __future__ import annotations

from app.domain.evidence import Explanation, ExplanationKind
from app.errors import UserError
from app.rules.findings import Finding, Grade
from app.storage.library import Library
from app.usecases.program import Program
from app.usecases.record_fact import new_id


def explain_finding(
    program: Program,
    library: Library,
    case_id: str,
    finding: Finding,
    *,
    what_happened: str,
    made_good: str = "",
    paper: str = "",
    actor: str,
) -> Explanation:
    """Write the reason and return it; an earlier reason for the same finding is replaced.

    Raises:
        UserError: a hint needs no reason; a 必须改 that can still be mended must be mended; the words are missing.
    """
    if finding.grade is Grade.NOTE:
        raise UserError("提示不用写说明。", "案卷没有变。", "知道就行。", code="F-201")
    if finding.grade is Grade.MUST and not finding.past_mending:
        raise UserError(
            "这一项还能改正，不能只写说明。",
            "案卷没有变。",
            "先把它改过来；过了法定日子改不了的，才写如实说明。",
            code="F-202",
        )
    if not what_happened.strip():
        raise UserError("还没有写情况。", "案卷没有变。", "写一句实际是怎样的、为什么。", code="F-103")
    frank = finding.grade is Grade.MUST
    if frank and not made_good.strip():
        raise UserError(
            "还没有写补救。",
            "案卷没有变。",
            "写一句后来做了什么；没有补救就写没有，并说明打算。",
            code="F-104",
        )
    case = library.read_case(case_id)
    old = next((kept for kept in case.explanations if kept.finding == finding.key), None)
    written = Explanation(
        id=old.id if old else new_id(case, "explanations"),
        finding=finding.key,
        rule=finding.rule,
        kind=ExplanationKind.FRANK if frank else ExplanationKind.REASON,
        what_happened=what_happened.strip(),
        made_good=made_good.strip(),
        paper=paper.strip(),
        written_by=actor,
        written_on=program.clock.today(),
    )
    with library.write(actor) as unit:
        unit.put(case_id, "explanations", written, action="写如实说明" if frank else "写说明")
        unit.commit()
    return written
