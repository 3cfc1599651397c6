"""Write down why a paper that should be there is not; the reason goes into the evidence book as a slip."""

from __future__ import annotations

from app.domain.case import Case
from app.domain.evidence import Evidence, Origin
from app.domain.stages import Stage
from app.errors import UsageError
from app.storage.library import Library
from app.usecases.record_fact import new_id


def note_missing(
    library: Library,
    case_id: str,
    stage: Stage,
    paper: str,
    title: str,
    reason: str,
    *,
    actor: str,
    proves: str = "",
) -> Evidence:
    """Record, or change, the reason why a paper is missing and return its record.

    Args:
        library: the open library.
        case_id: which case.
        stage: where the paper belongs.
        paper: its key in the table of papers each stage must leave.
        title: its name in this region, as the slip will call it.
        reason: why it is not there, in the user's words.
        actor: who wrote it.
        proves: the record it would prove, as ``collection/id``; empty when there is none.

    Raises:
        UsageError: no reason is given.
    """
    words = reason.strip()
    if not words:
        raise UsageError(
            f"“{title}”没有写原因。",
            "案卷没有变。",
            "写一句为什么没有，例如：企业没有签收，当面拒收。",
            code="E-201",
        )
    case = library.read_case(case_id)
    held = missing_slip(case, stage, paper, proves)
    if held is None:
        held = Evidence(id=new_id(case, "evidence"), stage=stage, paper=paper, proves=proves)
    noted = held.replace(title_text=held.title_text or title, origin=Origin.MISSING, missing_reason=words)
    with library.write(actor) as unit:
        unit.put(case_id, "evidence", noted, action=f"写没有的原因：{title}")
        unit.commit()
    return noted


def missing_slip(case: Case, stage: Stage, paper: str, proves: str) -> Evidence | None:
    """Return the record that stands for a paper that is not there, if one was made."""
    return next(
        (
            held
            for held in case.evidence
            if held.origin is Origin.MISSING
            and not held.sha256
            and (held.stage, held.paper, held.proves) == (stage, paper, proves)
        ),
        None,
    )
