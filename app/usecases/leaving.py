"""The data of a case on its way out of the program; every file with them is written from here.

Beside what :func:`app.domain.redaction.redact` takes out for a receiver, nobody outside gets counts of groups so small
that persons could be told from them (:mod:`app.figures.published`).
"""

from __future__ import annotations

from app.domain.case import Case
from app.exchange.case_file import dump_case
from app.figures.published import published_case


def data_leaving(case: Case) -> bytes:
    """Return a case as a case file for others: canonical, small groups of the surveys left out."""
    return dump_case(published_case(case))
