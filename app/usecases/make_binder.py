"""Bind the year's papers into one printable book (product.md §8, forms.md §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.attachments.store import AttachmentStore
from app.documents.binder import Part, PlacedPart, write_book
from app.documents.catalogue import kind_named
from app.documents.letters.binder_pages import (
    CatalogueRow,
    binder_catalogue,
    binder_cover,
    binder_notes,
    binder_slip,
)
from app.documents.pdf import render_pdf
from app.domain.case import Case
from app.domain.evidence import Evidence, MadeDocument, Origin
from app.progress import Progress
from app.rules.required_papers import PaperNeed, required_papers
from app.storage.library import Library
from app.usecases.program import Program


@dataclass(frozen=True, slots=True)
class Bound:
    """The book that was written: papers bound, pages in all, papers missing (each has its slip)."""

    papers: int
    pages: int
    missing: int


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


def make_binder(
    program: Program, library: Library, case_id: str, target: Path, *, progress: Progress | None = None
) -> Bound:
    """Write the evidence book: 封面, 目录 with true page numbers, all papers, slips for missing ones, 备考表.

    A paper that cannot be bound (broken or locked PDF) is replaced by a slip that says so.

    Raises:
        UserError: the target cannot be written.
        CancelledError: from ``progress``; an older book at the target stays.
    """
    case = library.read_case(case_id)
    pack = program.pack_for(case)
    on = program.clock.today()
    items = _items(case, required_papers(case, pack, on), AttachmentStore(library.attachments_folder))
    parts = [
        Part(title=item.title, content=item.content, media_type=item.media_type, number=str(n), caption=item.caption)
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
        return join_pdf([render_pdf(binder_cover(case, pack, on)), render_pdf(binder_catalogue(case, rows))])

    def back(placed: Sequence[PlacedPart]) -> bytes:
        missing = [item.title for item in items if item.is_slip]
        pages = sum(place.pages for place in placed)
        return render_pdf(binder_notes(case, on, len(items) - len(missing), pages, missing))

    def unreadable(part: Part, why: str) -> bytes:
        return render_pdf(binder_slip(case, part.title, why))

    book = write_book(
        target,
        title=f"{case.union.name}{case.cycle.title}证据册",
        parts=parts,
        front=front,
        back=back,
        on_unreadable=unreadable,
        progress=progress,
    )
    slips = sum(item.is_slip for item in items)
    return Bound(len(items) - slips, book.pages, slips)
