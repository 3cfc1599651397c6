"""The doctor's look at a library: database, journal, attachments, backups."""

from __future__ import annotations

from dataclasses import dataclass

from app.attachments.store import AttachmentStore
from app.progress import Progress, Silent
from app.storage.backup import list_backups
from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class Examination:
    """What was looked at and what was found; ``problems`` is empty when all is well."""

    cases: int
    journal_entries: int
    journal_head: str
    attachments: int
    backups: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...]


def examine_library(library: Library, *, progress: Progress | None = None) -> Examination:
    """Check the chain of the journal, every attachment against its fingerprint, and every link."""
    problems: list[str] = []
    remarks: list[str] = []
    problems += library.check_file()
    problems += [str(problem) for problem in library.verify_journal()]
    store = AttachmentStore(library.attachments_folder)
    known: dict[str, str] = {}
    cases = library.case_ids()
    for case_id in cases:
        case = library.read_case(case_id)
        papers = [(paper.sha256, paper.title) for paper in case.evidence]
        papers += [(made.sha256, made.title_text) for made in case.made_documents]
        for sha256, title in papers:
            if sha256:
                known.setdefault(sha256, title)
    for problem in store.verify(known, progress or Silent()):
        if problem.sha256 in known:
            problems.append(f"材料“{known[problem.sha256]}”：{problem.sentence}")
    loose = store.orphans(known.keys())
    if loose:
        remarks.append(f"有 {len(loose)} 个文件没有材料用到，不影响使用。")
    entries = library.journal()
    return Examination(
        cases=len(cases),
        journal_entries=len(entries),
        journal_head=library.journal_head(),
        attachments=len(known),
        backups=len(list_backups(library.backups_folder)),
        problems=tuple(problems),
        remarks=tuple(remarks),
    )
