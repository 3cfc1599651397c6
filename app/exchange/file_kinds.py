"""What a file really is, by its first bytes, and the sentence for one that is no table."""

from __future__ import annotations

import re

from app.domain.printable import printable_name
from app.errors import UserError

_SAVE_AS = "用 WPS 或 Excel 打开它，另存为 .xlsx，再导入。"
_CHOOSE = "重新选一个 .xlsx、.xls 或 .csv 文件。"

_MAGIC = (
    (b"%PDF", "它是 PDF 文件，不是表格"),
    (b"\xff\xd8\xff", "它是照片，不是表格"),
    (b"\x89PNG", "它是图片，不是表格"),
    (b"GIF8", "它是图片，不是表格"),
    (b"BM", "它是图片，不是表格"),
    (b"II*\x00", "它是扫描图片，不是表格"),
    (b"MM\x00*", "它是扫描图片，不是表格"),
    (b"Rar!", "它是压缩文件，不是表格"),
    (b"7z\xbc\xaf", "它是压缩文件，不是表格"),
    (b"\x1f\x8b", "它是压缩文件，不是表格"),
    (b"MZ", "它是程序，不是表格"),
    (b"\x7fELF", "它是程序，不是表格"),
    (b"{\\rtf", "它是文字文件，不是表格"),
    (b"PK\x05\x06", "它是空的压缩文件，不是表格"),
)
_TEXT_LIKE = frozenset((b"BM", b"MZ"))
"""Could be the first letters of a .csv; then a byte of zero follows early in the real thing."""

_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table|body|style|div)\b", re.I | re.S
)


def refused(file: str, reason: str, what_to_do: str, code: str) -> UserError:
    """Return the error to raise about a file that cannot be read as a table."""
    return UserError(
        f"“{printable_name(file)[:60]}”读不了：{reason}。", "原文件和案卷都没有变。", what_to_do, code=code
    )


def foreign_kind(content: bytes) -> tuple[str, str, str] | None:
    """Return reason, way out and code for a file that is no table; ``None``: it may be one."""
    start = content[:4096]
    if not start.strip(b"\x00 \t\r\n"):
        return "文件是空的", "换一个有内容的文件；刚下载的就重新下载一次。", "I-105"
    for magic, reason in _MAGIC:
        if start.startswith(magic) and (magic not in _TEXT_LIKE or b"\x00" in start[:64]):
            return reason, _CHOOSE, "I-106"
    plain = start.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(plain) or plain.startswith(b"MIME-Version:"):
        return "它其实是网页，只是名字像表格", _SAVE_AS, "I-107"
    if plain.lstrip().startswith(b"<?xml") or plain.lstrip().startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
            return "它是旧的 XML 表格", _SAVE_AS, "I-107"
        return "它是网页或 XML 文件，不是表格", _SAVE_AS, "I-107"
    return None


def locked(file: str) -> UserError:
    """Return the error about a workbook with a password."""
    return refused(
        file, "它设了打开密码", "用 WPS 或 Excel 打开它，另存一份不加密码的 .xlsx，再导入。", "I-103"
    )


def broken(file: str) -> UserError:
    """Return the error about a file that is cut off or damaged."""
    return refused(
        file,
        "文件不完整或者坏了，可能没有下载完",
        "重新下载或重新拷贝一份；能用 WPS 打开的话，另存为 .xlsx 再导入。",
        "I-104",
    )
