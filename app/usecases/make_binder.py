"""Bind the year's papers into one printable book (product.md §8, forms.md §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.attachments.store import AttachmentStore
from app.documents.binder import Part, PlacedPart, cannot_write_book, write_book
from app.documents.blocks import PRACTICE
from app.documents.join import join_pdfs
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.binder_pages import (
    CatalogueRow,
    binder_catalogue,
    binder_cover,
    binder_notes,
    binder_slip,
)
from app.documents.letters.checkup import checkup_letter
from app.documents.letters.frame import is_practice
from app.documents.pdf import render_pdf
from app.domain.case import Case
from app.domain.evidence import Evidence, MadeDocument, Origin
from app.domain.stages import Stage
from app.progress import Progress
from app.rules.required_papers import Archive, PaperNeed, required_papers
from app.storage.library import Library
from app.usecases.make_document import letter_context
from app.usecases.program import Program


@dataclass(frozen=True, slots=True)
class Bound:
    """The book that was written: papers bound, pages in all, papers missing, papers broken (both have a slip)."""

    papers: int
    pages: int
    missing: int
    broken: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    """One line of the 目录 to be: a paper in its place, or the slip of a missing one."""

    title: str
    content: bytes | Path
    media_type: str
    responsible: str
    on_day: date | None
    number: str = ""
    caption: str = ""
    remark: str = ""
    is_slip: bool = False
    is_broken: bool = False


def make_binder(
    program: Program, library: Library, case_id: str, target: Path, *, progress: Progress | None = None
) -> Bound:
    """Write the evidence book: 封面, 目录 with true page numbers, all papers, slips for missing ones, 备考表.

    A paper that cannot be bound (broken or locked PDF, an original that changed or is gone) is replaced by a slip
    that says so.

    Raises:
        UserError: the target cannot be written.
        CancelledError: from ``progress``; an older book at the target stays.
    """
    case = library.read_case(case_id)
    pack = program.pack_for(case)
    on = program.clock.today()
    store = AttachmentStore(library.attachments_folder)
    listed = [_proven(case, item, store) for item in _items(case, required_papers(case, pack, on), store)]
    items = [*_said(letter_context(program, library, case)), *listed]
    parts = [
        Part(
            title=item.title,
            content=item.content,
            media_type=item.media_type,
            number=str(n),
            caption=item.caption,
        )
        for n, item in enumerate(items, 1)
    ]

    def front(placed: Sequence[PlacedPart]) -> bytes:
        rows = [
            CatalogueRow(
                number=n,
                archive_number="",
                document_number=item.number,
                responsible=item.responsible,
                title=item.title,
                on_day=item.on_day,
                secrecy="",
                pages=place.pages,
                first_page=place.first_page,
                last_page=place.last_page,
                remark=item.remark or place.replaced,
            )
            for n, (item, place) in enumerate(zip(items, placed, strict=True), 1)
        ]
        return join_pdfs([render_pdf(binder_cover(case, pack, on)), render_pdf(binder_catalogue(case, rows))])

    def back(placed: Sequence[PlacedPart]) -> bytes:
        missing = [item.title for item in items if item.is_slip]
        pages = sum(place.pages for place in placed)
        return render_pdf(binder_notes(case, on, len(items) - len(missing), pages, missing))

    def unreadable(part: Part, why: str) -> bytes:
        return render_pdf(binder_slip(case, part.title, why))

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write_book(error, target) from error
    book = write_book(
        target,
        title=f"{case.union.name}{case.cycle.title}证据册",
        parts=parts,
        front=front,
        back=back,
        on_unreadable=unreadable,
        word=PRACTICE if is_practice(case) else "",
        progress=progress,
    )
    slips = sum(item.is_slip for item in items)
    broken = sum(
        item.is_broken or bool(place.replaced) for item, place in zip(items, book.placed, strict=True)
    )
    return Bound(len(items) - slips - broken, book.pages, slips, broken)


def _said(context: LetterContext) -> list[_Item]:
    """What was written about findings: it is bound as soon as there is a word of it, as it stands today."""
    checkup = context.checkup
    if checkup is None or not any(finding.explanation is not None for finding in checkup.findings):
        return []
    document = checkup_letter(context, Subject())
    responsible = context.case.union.name
    return [_Item(document.title, render_pdf(document), "application/pdf", responsible, context.on)]


def _proven(case: Case, item: _Item, store: AttachmentStore) -> _Item:
    """The item, or a slip in its place when its original is not what was added: a flipped bit often still draws."""
    if isinstance(item.content, bytes) or store.is_sound(item.content.name):
        return item
    why = "原件不在了，或者和添加时不一样了"
    slip = render_pdf(binder_slip(case, item.title, f"{why}。"))
    return replace(item, content=slip, media_type="application/pdf", remark=why, is_broken=True)


_ARCHIVE_OF_STAGE = {
    Stage.SURVEY: Archive.SURVEY,
    Stage.REPRESENTATIVES: Archive.REPRESENTATIVES,
    Stage.OFFER: Archive.OFFER,
    Stage.NEGOTIATION: Archive.MEETINGS,
    Stage.CONGRESS: Archive.CONGRESS,
    Stage.FILING: Archive.FILING,
    Stage.FULFILMENT: Archive.FULFILMENT,
}
"""Where a paper goes that no need in the table of papers asks for (forms.md §2.1)."""


def _items(case: Case, needs: Sequence[PaperNeed], store: AttachmentStore) -> list[_Item]:
    """Return the book's papers by archive class; within a class needs first, in the order of the year."""
    shelves: dict[Archive, list[_Item]] = {archive: [] for archive in Archive}
    evidence = {paper.id: paper for paper in case.evidence}
    documents = {made.id: made for made in case.made_documents}
    bound: set[str] = set()
    for need in needs:
        for paper_id in need.have:
            if paper_id in bound:
                continue
            bound.add(paper_id)
            if paper_id in evidence:
                shelves[need.archive].append(_evidence_item(case, evidence[paper_id], store, need))
            elif paper_id in documents:
                shelves[need.archive].append(_document_item(case, documents[paper_id], store, need))
        if not need.have and (need.due or need.missing_reason):
            name = f"{need.name}（{need.about}）" if need.about else need.name
            shelves[need.archive].append(
                _slip(case, name, need.missing_reason or "还没有收进来", need.on_day)
            )
    for paper in case.evidence:
        if paper.id not in bound and paper.origin is not Origin.MISSING:
            shelves[_shelf_of(paper.stage)].append(_evidence_item(case, paper, store))
    for made in case.made_documents:
        if made.id not in bound:
            shelves[_shelf_of(made.stage)].append(_document_item(case, made, store))
    return [item for archive in Archive for item in shelves[archive]]


def _shelf_of(stage: Stage | None) -> Archive:
    return _ARCHIVE_OF_STAGE[stage] if stage is not None else Archive.GENERAL


def _evidence_item(
    case: Case, paper: Evidence, store: AttachmentStore, need: PaperNeed | None = None
) -> _Item:
    title = " ".join(part for part in (paper.code, paper.title_text or paper.file_name) if part) or "材料"
    responsible = paper.responsible or case.union.name
    number = _number_of(case, paper.proves or (need.proves if need else ""))
    if not paper.sha256:
        kept = f"原件在{paper.shelf}" if paper.shelf else "原件另放"
        page = render_pdf(binder_slip(case, title, f"只有纸质原件，{kept}。"))
        return _Item(title, page, "application/pdf", responsible, paper.on_day, number, remark=kept)
    caption = "  ".join(part for part in (title, paper.caption) if part)
    content = store.path(paper.sha256)
    return _Item(title, content, paper.media_type, responsible, paper.on_day, number, caption)


def _document_item(
    case: Case, made: MadeDocument, store: AttachmentStore, need: PaperNeed | None = None
) -> _Item:
    return _Item(
        title=made.title_text or made.kind,
        content=store.path(made.sha256),
        media_type=made.media_type or "application/pdf",
        responsible=case.union.name,
        on_day=(need.on_day if need else None) or made.made_on,
        number=_number_of(case, need.proves if need else ""),
        remark="" if made.signed else "没有附签字件",
    )


_NUMBERED = {
    "offers": "number",
    "replies": "number",
    "reminders": "number",
    "agreements": "number",
    "filings": "receipt_number",
    "reviews": "number",
}
"""The fact that is a paper's own number (文号), by what the paper proves."""


def _number_of(case: Case, proves: str) -> str:
    collection, _, record_id = proves.partition("/")
    fact = _NUMBERED.get(collection)
    held = case.find(collection, record_id) if fact else None
    return str(getattr(held, fact)) if held is not None and fact else ""


def _slip(case: Case, name: str, reason: str, on_day: date | None) -> _Item:
    return _Item(
        title=name,
        content=render_pdf(binder_slip(case, name, reason)),
        media_type="application/pdf",
        responsible=case.union.name,
        on_day=on_day,
        remark="缺件说明",
        is_slip=True,
    )
