"""How the papers of a step stand now: how many pages, what is still blank, what a kept copy says differently."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, MutableMapping
from dataclasses import dataclass

from app.attachments.store import AttachmentStore
from app.documents.blocks import Document
from app.documents.catalogue import CATALOGUE
from app.documents.pdf import page_count, render_pdf
from app.domain.case import Case
from app.domain.evidence import MadeDocument
from app.errors import UserError
from app.one_at_a_time import PDFIUM
from app.progress import Progress
from app.storage.library import Library
from app.usecases.make_document import DocumentRow, digest_of, letter_context
from app.usecases.program import Program

MOST_TYPESET = 6
"""Papers beyond these are typeset only when somebody looks at them."""

_MOST_DIFFERENCES = 3
_AROUND = 3
_FURNITURE = re.compile(r"^(—\s*\d+\s*—|留痕.*|草稿)$")
_PARTS = re.compile(r"[^，。；：、！？\s（）]+")


@dataclass(frozen=True, slots=True)
class PaperState:
    """One paper that can be made.

    Attributes:
        row: which, and the copy that was kept.
        pages: of the paper as it would be printed now; None while nobody typeset it.
        differs: what the kept copy says differently, in words; empty when it says the same.
    """

    row: DocumentRow
    pages: int | None
    differs: tuple[str, ...]


def paper_states(
    program: Program,
    library: Library,
    case: Case,
    kinds: Collection[str],
    *,
    known_pages: MutableMapping[str, int],
    progress: Progress,
) -> tuple[PaperState, ...]:
    """Return the papers of these kinds, kind by kind in the order of the year, the newest of a kind first.

    Args:
        program: packs and clock.
        library: where kept copies lie.
        case: as it is stored.
        kinds: keys of the catalogue.
        known_pages: fingerprint of a paper → its pages; read and filled, so that nothing is typeset twice.
        progress: asked whether to go on.
    """
    context = letter_context(program, library, case)
    states: list[PaperState] = []
    for kind in CATALOGUE:
        if kind.key not in kinds or not kind.applies(case):
            continue
        name = kind.name(context.pack, case)
        usual = kind.usual(case)
        for subject in sorted(reversed(kind.subjects(case)), key=lambda each: each.id != usual):
            progress.step(len(states), 0)
            kept = next(
                (m for m in case.made_documents if m.kind == kind.key and m.subject == subject.id), None
            )
            document = (
                kind.build(context, subject) if kept is not None or len(states) < MOST_TYPESET else None
            )
            changed = kept is not None and document is not None and kept.facts_digest != digest_of(document)
            row = DocumentRow(kind, name, subject, kind.missing(case, subject), kept, changed)
            pages = _pages(document, known_pages) if len(states) < MOST_TYPESET else None
            differs = _differences(library, kept, document) if changed and kept and document else ()
            states.append(PaperState(row, pages, differs))
    return tuple(states)


def _pages(document: Document | None, known: MutableMapping[str, int]) -> int | None:
    if document is None:
        return None
    digest = digest_of(document)
    if digest not in known:
        try:
            known[digest] = page_count(render_pdf(document))
        except UserError:
            return None  # said when somebody wants to look at it
    return known[digest]


def _differences(library: Library, kept: MadeDocument, document: Document) -> tuple[str, ...]:
    """Compare the words of the kept copy with those of the paper as it would be now."""
    try:
        before = _words_of(AttachmentStore(library.attachments_folder).read(kept.sha256))
        now = _words_of(render_pdf(document))
    except Exception:  # a kept copy that cannot be read is told of where it is looked at
        return ()
    found = []
    matcher = difflib.SequenceMatcher(None, before, now, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            continue
        old, new = "，".join(before[old_from:old_to]), "，".join(now[new_from:new_to])
        if not old:
            found.append(f"多了“{_short(new)}”")
        elif not new:
            found.append(f"少了“{_short(old)}”")
        else:
            found.append("“{}”改成“{}”".format(*_core(old, new)))
    more = len(found) - _MOST_DIFFERENCES
    return (*found[:_MOST_DIFFERENCES], *((f"另有 {more} 处",) if more > 0 else ()))


def _words_of(pdf: bytes) -> list[str]:
    import pypdfium2

    lines: list[str] = []
    with PDFIUM, pypdfium2.PdfDocument(pdf) as opened:
        for index in range(len(opened)):
            page = opened[index]
            text = page.get_textpage()
            lines += text.get_text_bounded().splitlines()
            text.close()
            page.close()
    whole = "".join(line.strip() for line in lines if not _FURNITURE.match(line.strip()))
    return _PARTS.findall(whole)


def _core(old: str, new: str) -> tuple[str, str]:
    """Cut both down to where they differ, with a few characters around it."""
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    last = next((at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first)
    start, end = max(0, first - _AROUND), max(0, last - _AROUND)
    return _short(old[start : len(old) - end]), _short(new[start : len(new) - end])


def _short(words: str, most: int = 24) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
