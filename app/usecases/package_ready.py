"""Whether a submission package may be frozen now; light enough to be asked while the window draws."""

from __future__ import annotations

from app.domain.case import Case
from app.errors import UserError
from app.rules.findings import Checkup, Grade
from app.rules.standing import is_begun


def refuse_unready(case: Case, checkup: Checkup) -> None:
    """Refuse to freeze a package while something is open.

    Raises:
        UserError: the case is a practice case or empty, or findings are open.
    """
    if not checkup.pack_version:
        raise UserError(
            "还没有选地区，什么都没有检查过。",
            "案卷没有变。",
            "在设置的本年度里选地区，再导出。",
            code="P-300",
        )
    if case.cycle.practice:
        raise UserError(
            "练习案卷不能导出报送包。", "案卷没有变。", "要报送，先开自己的年度，填自己的事实。", code="P-301"
        )
    if not is_begun(case):
        raise UserError(
            "这本案卷还是空的，七个阶段都没有开始，没有什么可报送。",
            "案卷没有变，也没有写出报送包。",
            "先从首页的下一步做起，有了记录再导出。",
            code="P-302",
        )
    blocking = [finding for finding in checkup.findings if finding.blocks]
    if blocking:
        must = sum(finding.grade is Grade.MUST for finding in blocking)
        first = "；".join(finding.sentence.rstrip("。") for finding in blocking[:3])
        raise UserError(
            f"还有 {must} 项必须改、{len(blocking) - must} 项请说明没有处理：{first}。",
            "案卷没有变，也没有写出报送包。",
            "能改的先改过来；过了日子改不了的写如实说明，请说明的写一句。",
            code="P-303",
        )
