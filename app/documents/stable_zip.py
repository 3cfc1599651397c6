"""Zip-based files (DOCX, XLSX) with the same bytes for the same content.

Office writers stamp entries with the clock and order them as they please; here every entry gets the same
date, the same attributes and its place by name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip entry can carry."""

_FIRST = ("mimetype", "[Content_Types].xml")


def stable_zip(data: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """Return the zip file ``data`` with fixed dates and sorted entries.

    Args:
        data: a readable zip file.
        replaced: new content for entries that carry the clock, by entry name.

    Raises:
        KeyError: ``replaced`` names an entry that is not there.
        zipfile.BadZipFile: ``data`` is not a zip file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        entries = {info.filename: source.read(info) for info in source.infolist() if not info.is_dir()}
    for name, content in (replaced or {}).items():
        if name not in entries:
            raise KeyError(name)
        entries[name] = content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in sorted(entries, key=lambda name: (name not in _FIRST, name)):
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(info, entries[name], compresslevel=6)
    return buffer.getvalue()
