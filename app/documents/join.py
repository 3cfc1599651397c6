"""Several PDFs, each with its own page size, as one."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf


def join_pdfs(pdfs: Iterable[bytes]) -> bytes:
    """Return the pages of all PDFs in order; the same PDFs give the same bytes."""
    joined = pikepdf.Pdf.new()
    opened = [pikepdf.open(io.BytesIO(pdf)) for pdf in pdfs]
    for part in opened:
        joined.pages.extend(part.pages)
    out = io.BytesIO()
    joined.save(out, deterministic_id=True)
    for part in opened:
        part.close()
    return out.getvalue()
