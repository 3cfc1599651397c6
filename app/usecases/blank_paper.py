"""Make a paper with nothing filled in: to be printed ahead and written on by hand."""

from __future__ import annotations

from app.documents.blocks import Document
from app.documents.catalogue import kind_named
from app.documents.kinds import Subject
from app.domain.case import Case
from app.errors import UsageError
from app.storage.library import Library
from app.usecases.make_document import letter_context
from app.usecases.program import Program


def blank_paper(program: Program, library: Library | None, case: Case, kind: str) -> Document:
    """Return the neutral blocks of a paper that is about no record yet; the union's own facts stand on it.

    Raises:
        UsageError: there is no such kind of paper.
    """
    declared = kind_named(kind)
    if declared is None:
        raise UsageError(f"没有叫“{kind}”的文书。", "案卷没有变。", "换一种文书。", code="D-205")
    return declared.build(letter_context(program, library, case), Subject())
