"""What every paper has in common: 草稿 while something must be mended, 练习, the trace in the footer."""

from __future__ import annotations

from collections.abc import Iterable

from app.documents.blocks import FORM, Block, Document, PageSetup
from app.documents.kinds import LetterContext
from app.domain.case import Case
from app.domain.stages import Stage
from app.rules.findings import Grade

SHORT_HEAD = 12
"""How many characters of the journal's head a paper carries: enough to find the entry again."""


def journal_mark(head: str) -> str:
    """Return the footer that anchors the journal outside this computer."""
    return f"留痕 {head[:SHORT_HEAD]}" if head else ""


def is_draft(context: LetterContext, stage: Stage) -> bool:
    """True while a 必须改 of that stage is open."""
    if context.checkup is None:
        return False
    return any(
        finding.belongs_to(stage) and finding.grade is Grade.MUST and finding.blocks
        for finding in context.checkup.findings
    )


def is_practice(case: Case) -> bool:
    """True for a practice case, whose every print says so."""
    return case.cycle.practice is True


def paper(
    context: LetterContext,
    kind: str,
    stage: Stage,
    title: str,
    blocks: Iterable[Block],
    *,
    page: PageSetup = FORM,
    page_sign: str = "",
    show_page_numbers: bool = True,
    footer: bool = True,
) -> Document:
    """Return one paper of a stage with its marks."""
    return Document(
        kind=kind,
        title=title,
        blocks=tuple(blocks),
        page=page,
        draft=is_draft(context, stage),
        practice=is_practice(context.case),
        footer=journal_mark(context.journal_head) if footer else "",
        show_page_numbers=show_page_numbers,
        page_sign=page_sign,
    )
