"""Make a paper of a stage: to look at, to print, to keep."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.attachments.store import AttachmentStore
from app.documents.blocks import Document
from app.documents.catalogue import CATALOGUE, kind_named
from app.documents.docx import render_docx
from app.documents.kinds import DocumentKind, LetterContext, Subject
from app.documents.pdf import page_count, render_pdf
from app.documents.tabled import has_table, sheet_of
from app.documents.xlsx import render_xlsx
from app.domain.case import Case
from app.domain.evidence import MadeDocument
from app.errors import UsageError
from app.storage.library import Library
from app.usecases.check_case import check_case
from app.usecases.program import Program
from app.usecases.record_fact import new_id
from app.usecases.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One paper that can be made of this case.

    Attributes:
        kind: its declaration. name: its name in this region. subject: which offer, meeting, session it is about.
        missing: facts still to be filled in, in words; the paper can be made all the same, with blanks.
        kept: the kept copy, if one was made. changed: the facts moved on since.
    """

    kind: DocumentKind
    name: str
    subject: Subject
    missing: tuple[str, ...]
    kept: MadeDocument | None
    changed: bool


def letter_context(
    program: Program, library: Library | None, case: Case, on: date | None = None
) -> LetterContext:
    """Return what the letters are written from."""
    day = on or program.clock.today()
    return LetterContext(
        case=case,
        pack=program.pack_for(case),
        calendar=program.calendar,
        on=day,
        checkup=check_case(program, case, day),
        journal_head=library.journal_head() if library is not None else "",
    )


def list_documents(program: Program, library: Library, case_id: str) -> tuple[DocumentRow, ...]:
    """Return every paper of the catalogue, once for each thing it can be about."""
    case = library.read_case(case_id)
    context = letter_context(program, library, case)
    rows: list[DocumentRow] = []
    for kind in CATALOGUE:
        if not kind.applies(case):
            continue
        for subject in kind.subjects(case):
            kept = next(
                (
                    made
                    for made in case.made_documents
                    if made.kind == kind.key and made.subject == subject.id
                ),
                None,
            )
            rows.append(
                DocumentRow(
                    kind=kind,
                    name=kind.name(context.pack, case),
                    subject=subject,
                    missing=kind.missing(case, subject),
                    kept=kept,
                    changed=kept is not None and kept.facts_digest != digest_of(kind.build(context, subject)),
                )
            )
    return tuple(rows)


def build_document(
    program: Program,
    library: Library | None,
    case: Case,
    kind: str,
    subject: str = "",
    on: date | None = None,
) -> Document:
    """Return the neutral blocks of one paper.

    Raises:
        UsageError: there is no such kind, or it is about nothing in this case yet.
    """
    declared = _kind(kind)
    chosen = declared.meant(case, subject)
    if chosen is None:
        raise UsageError(
            f"还没有可以写{declared.label}的内容。",
            "案卷没有变。",
            "先在对应的阶段登记，再生成。",
            code="D-202",
        )
    return declared.build(letter_context(program, library, case, on), chosen)


def render(document: Document, suffix: str) -> bytes:
    """Return the paper as PDF or DOCX, or its tables as XLSX.

    Raises:
        UsageError: another ending was asked for, or a spreadsheet of a paper that holds no table.
    """
    if suffix == ".pdf":
        return render_pdf(document)
    if suffix == ".docx":
        return render_docx(document)
    if suffix == ".xlsx":
        if has_table(document):
            return render_xlsx([sheet_of(document)], document.title, mark=document.mark)
        raise UsageError(
            f"{document.title}里没有表格，做不成表格文件。",
            "没有写任何文件。",
            "文件名用 .pdf 或 .docx 结尾。",
            code="D-204",
        )
    raise UsageError(
        f"不会生成 {suffix or '没有后缀'} 的文书。",
        "没有写任何文件。",
        "文件名用 .pdf、.docx 或 .xlsx 结尾。",
        code="D-203",
    )


def write_document(
    program: Program, library: Library, case_id: str, kind: str, target: Path, *, subject: str = ""
) -> None:
    """Write one paper to a file, the format by its name."""
    document = build_document(program, library, library.read_case(case_id), kind, subject)
    write_whole(target, render(document, target.suffix.lower()))


def keep_document(
    program: Program, library: Library, case_id: str, kind: str, *, subject: str = "", actor: str
) -> MadeDocument:
    """Make a paper as PDF and keep it in the case, in place of an earlier unsigned one."""
    case = library.read_case(case_id)
    declared = _kind(kind)
    document = build_document(program, library, case, kind, subject)
    chosen = declared.meant(case, subject)
    assert chosen is not None  # else nothing could be built
    pdf = render_pdf(document)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.pdf"
        file.write_bytes(pdf)
        stored = AttachmentStore(library.attachments_folder).add(file)
    old = next(
        (m for m in case.made_documents if m.kind == kind and m.subject == chosen.id and not m.signed), None
    )
    made = MadeDocument(
        id=old.id if old else new_id(case, "made_documents"),
        kind=kind,
        stage=declared.stage,
        subject=chosen.id,
        title_text=document.title,
        made_on=program.clock.today(),
        facts_digest=digest_of(document),
        sha256=stored.sha256,
        media_type="application/pdf",
        size=stored.size,
        pages=page_count(pdf),
    )
    with library.write(actor, undoable=False) as unit:
        unit.put(case_id, "made_documents", made, action=f"生成{document.title}")
        unit.commit()
    return made


def digest_of(document: Document) -> str:
    """Return a fingerprint of what the paper says, footers and draft marks apart."""
    return hashlib.sha256(repr((document.title, document.blocks)).encode()).hexdigest()


def _kind(key: str) -> DocumentKind:
    found = kind_named(key)
    if found is None:
        known = "、".join(kind.key for kind in CATALOGUE)
        raise UsageError(
            f"没有叫 {key} 的文书。", "没有写任何文件。", f"可以用的名字：{known}。", code="D-201"
        )
    return found
