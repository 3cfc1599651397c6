"""Put a file to the evidence of a stage. The original is never altered; the same content is kept once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from app.attachments.readable import can_be_opened
from app.attachments.store import AttachmentStore, Stored
from app.documents.pdf import page_count
from app.domain.evidence import Evidence, Origin
from app.domain.printable import printable, printable_name
from app.domain.stages import Stage
from app.progress import Progress, Silent
from app.storage.library import Library
from app.usecases.program import Program
from app.usecases.record_fact import new_id


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of attaching one file: its evidence record, and whether it is new or was there already."""

    evidence: Evidence
    is_new: bool


def attach_file(
    program: Program,
    library: Library,
    case_id: str,
    stage: Stage,
    file: Path,
    *,
    actor: str,
    paper: str = "",
    proves: str = "",
    caption: str = "",
    progress: Progress | None = None,
) -> Attached:
    """Copy a file into the library and record it as evidence of a stage.

    First the bytes are safe on disk, only then the record and its trace are written: a crash between the two
    leaves bytes nobody refers to, never a record without bytes.

    Raises:
        UserError: the file cannot be read, is empty or too big, or the disk is full; nothing was recorded.
    """
    library.refuse_read_only()
    store = AttachmentStore(library.attachments_folder)
    stored = store.add(file, progress=progress or Silent())
    case = library.read_case(case_id)
    for held in case.evidence:
        if held.sha256 == stored.sha256 and held.stage is stage and (not paper or held.paper == paper):
            return Attached(held, is_new=False)
    blank = Evidence(
        id=new_id(case, "evidence"),
        stage=stage,
        paper=printable_name(paper),
        title_text=_kept_name(file.stem),
        proves=proves,
        caption=printable(caption),
        on_day=None,
    )
    made = filled_with(blank, file, stored, store)
    with library.write(actor) as unit:
        unit.put(case_id, "evidence", made, action=f"添加材料：{stage.label}")
        unit.commit()
    return Attached(made, is_new=True)


def fill_evidence(library: Library, case_id: str, evidence: Evidence, file: Path, *, actor: str) -> Evidence:
    """Put a file behind an evidence record that had only a title so far."""
    library.refuse_read_only()
    store = AttachmentStore(library.attachments_folder)
    stored = store.add(file)
    filled = filled_with(evidence, file, stored, store)
    with library.write(actor) as unit:
        unit.put(case_id, "evidence", filled, action="添加材料文件")
        unit.commit()
    return filled


def filled_with(evidence: Evidence, file: Path, stored: Stored, store: AttachmentStore) -> Evidence:
    """Return a record with what is read off its file; a name it has already stays.

    A file that cannot be opened is kept all the same, with 0 pages.
    """
    known = evidence.origin not in (None, Origin.MISSING, Origin.PAPER) and not evidence.is_broken
    return evidence.replace(
        title_text=evidence.title_text or _kept_name(file.stem),
        file_name=_kept_name(file.name),
        sha256=stored.sha256,
        media_type=stored.media_type,
        size=stored.size,
        pages=_pages(store, stored, file.name),
        origin=evidence.origin if known else _origin(stored.media_type),
    )


def _kept_name(name: str) -> str:
    return printable_name(unicodedata.normalize("NFC", name))


def _origin(media_type: str) -> Origin:
    if media_type.startswith("image/"):
        return Origin.PHOTO
    return Origin.SCAN if media_type == "application/pdf" else Origin.FILE


def _pages(store: AttachmentStore, stored: Stored, name: str) -> int | None:
    if not can_be_opened(store.path(stored.sha256), stored.media_type, name):
        return 0
    if stored.media_type.startswith("image/"):
        return 1
    if stored.media_type == "application/pdf":
        try:
            return page_count(store.read(stored.sha256))
        except Exception:
            return None
    return None
