"""Find the case somebody means by its year."""

from __future__ import annotations

from app.errors import UsageError
from app.storage.library import Library


def choose_case(library: Library, *, year: int | None = None, case_id: str | None = None) -> str:
    """Return the id of the case: by id, by year, else the latest one.

    Raises:
        UsageError: there is none, or several fit and none was named.
    """
    headings = library.headings()
    if case_id is not None:
        if any(heading.case_id == case_id for heading in headings):
            return case_id
        raise UsageError(
            f"资料库里没有编号 {case_id} 的案卷。",
            "资料库没有变。",
            "不写编号就取最近一年的案卷。",
            code="C-301",
        )
    if year is not None:
        fitting = [heading for heading in headings if heading.year == year]
        if not fitting:
            years = "、".join(str(heading.year) for heading in headings if heading.year) or "还没有"
            raise UsageError(
                f"资料库里没有 {year} 年度的案卷。", "资料库没有变。", f"现有年度：{years}。", code="C-302"
            )
    else:
        fitting = sorted(headings, key=lambda heading: heading.year or 0)[-1:]
        fitting = [heading for heading in headings if fitting and heading.year == fitting[0].year]
    if not fitting:
        raise UsageError(
            "资料库里还没有案卷。",
            "资料库没有变。",
            "先在窗口里开一个年度，或用 load 装入案卷文件。",
            code="C-303",
        )
    if len(fitting) > 1:
        listed = "；".join(
            f"{heading.case_id}（{heading.name or heading.agreement_kind}）" for heading in fitting
        )
        raise UsageError(
            f"{fitting[0].year} 年度有 {len(fitting)} 个案卷。",
            "资料库没有变。",
            f"用 --case 写明是哪一个：{listed}。",
            code="C-304",
        )
    return fitting[0].case_id
