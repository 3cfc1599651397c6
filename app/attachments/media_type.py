"""What kind of file something is, told by its content; the name may say anything."""

from __future__ import annotations

import zipfile
from pathlib import Path

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OFD = "application/ofd"
UNKNOWN = "application/octet-stream"

ENDINGS: dict[str, str] = {
    PDF: ".pdf",
    JPEG: ".jpg",
    PNG: ".png",
    DOCX: ".docx",
    XLSX: ".xlsx",
    PPTX: ".pptx",
    OFD: ".ofd",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/zip": ".zip",
    "application/x-7z-compressed": ".7z",
    "application/vnd.rar": ".rar",
    "application/rtf": ".rtf",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/amr": ".amr",
    "text/plain": ".txt",
}
"""The usual ending of a file name for each kind that is told apart."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
)
_BRANDS: dict[bytes, str] = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096


def media_type(file: Path) -> str:
    """Tell the kind of ``file``; ``application/octet-stream`` for what is not known.

    Raises:
        OSError: the file cannot be read.
    """
    with file.open("rb") as content:
        head = content.read(_HEAD)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(file)
    if head.startswith(_OLE):
        return _in_ole(file, head)
    return _by_frame(head)


def _by_frame(head: bytes) -> str:
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return "text/plain" if _is_text(head) else UNKNOWN


def _in_zip(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return "application/zip"
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX)):
            if any(name.startswith(folder) for name in names):
                return kind
    return OFD if "OFD.xml" in names else "application/zip"


def _in_ole(file: Path, head: bytes) -> str:
    """Old Office and WPS files: the first directory sector names the main stream ([MS-CFB] 2.2, 2.6)."""
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    place = (int.from_bytes(head[48:52], "little") + 1) * sector
    with file.open("rb") as content:
        content.seek(place)
        directory = content.read(_HEAD)
    if "WordDocument".encode("utf-16-le") in directory:
        return "application/msword"
    if any(name.encode("utf-16-le") in directory for name in ("Workbook", "Book")):
        return "application/vnd.ms-excel"
    return UNKNOWN


def _is_text(head: bytes) -> bool:
    if not head or any(octet < 32 and octet not in b"\t\n\r\f" for octet in head):
        return False
    for encoding in ("utf-8", "gb18030"):
        # The last character may be cut by the end of what was read.
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
