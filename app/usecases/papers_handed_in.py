"""Which of the program's own papers go to the upper union."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.catalogue import CATALOGUE
from app.documents.kinds import DocumentKind, Subject
from app.domain.case import Case
from app.rules.standing import Progress, standings


def papers_handed_in(case: Case) -> Iterator[tuple[DocumentKind, Subject]]:
    """Yield each paper and what it is about, in the order of the year.

    Those with personal data stay here. Of a stage of which nothing is written only blank forms could be made;
    they are for printing, and whoever receives them would take the stage for done.
    """
    begun = {row.stage for row in standings(case) if row.progress is not Progress.LATER}
    for kind in CATALOGUE:
        if kind.stage in begun and not kind.personal and kind.applies(case):
            for subject in kind.subjects(case):
                yield kind, subject
