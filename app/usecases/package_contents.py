"""What would be in the submission package, before it is made: names and counts, nothing rendered."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.redaction import FOR_SUBMISSION, redact
from app.domain.stages import STAGES
from app.errors import UsageError
from app.rules.standing import Progress, standings
from app.usecases.make_table import tables_for
from app.usecases.papers_handed_in import papers_handed_in
from app.usecases.program import Program


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One line of the list: what it is, in which form, how many; ``ready`` is False where something is missing."""

    name: str
    form: str
    remark: str
    ready: bool = True


def package_contents(program: Program, case: Case, profile: str) -> tuple[ContentRow, ...]:
    """Return what :func:`app.usecases.export_package.export_package` would put into the package today."""
    kept = redact(case, FOR_SUBMISSION)
    rows = _tables(program, kept, profile)
    untouched = {row.stage for row in standings(kept) if row.progress is Progress.LATER}
    written = [kind for kind, _subject in papers_handed_in(kept)]
    for stage in STAGES:
        papers = sum(kind.stage is stage.stage for kind in written)
        held = [paper for paper in kept.evidence if paper.stage is stage.stage and paper.sha256]
        photos = sum(paper.media_type.startswith("image/") for paper in held)
        if stage.stage in untouched and not held:
            rows.append(ContentRow(stage.stage.label, "", "还没开始，没有文书", ready=False))
            continue
        parts = [
            f"文书 {papers} 份" if papers else "",
            f"材料 {len(held) - photos} 件" if len(held) > photos else "",
            f"照片 {photos} 张" if photos else "",
        ]
        remark = "，".join(part for part in parts if part)
        if remark:
            rows.append(ContentRow(stage.stage.label, "PDF、原件" if held else "PDF", remark))
    withheld = sum(bool(paper.personal and paper.sha256) for paper in case.evidence)
    rows.append(ContentRow("案卷数据", "json", "底线和个人信息已去掉"))
    rows.append(ContentRow("封面、归档文件目录", "PDF、xlsx", "写入时生成"))
    if withheld:
        rows.append(ContentRow("含个人信息的材料", "", f"{withheld} 件不放进去"))
    return tuple(rows)


def _tables(program: Program, case: Case, profile: str) -> list[ContentRow]:
    try:
        tables = tables_for(case, profile, program.clock.today())
    except UsageError as error:
        return [ContentRow("统计表", "xlsx", error.what_happened, ready=False)]
    if not tables:
        words = "统计截止日还没有填" if case.cycle.statistics_until is None else "栏目没有取得，填不了"
        return [ContentRow("统计表", "xlsx", words, ready=False)]
    return [
        ContentRow(
            table.title, "xlsx", f"{len(table.rows)} 行 {len(table.columns)} 列", ready=not table.problems
        )
        for table in tables
    ]
