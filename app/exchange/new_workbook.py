"""A .xlsx is measured and repacked: only what its tables need, within limits, before the reader sees it.

A ZIP can say of itself what it likes; so each part is unpacked here with a count and checked against its own sum.
What was seen to be so is put, packed as it came, into an archive of our own with headers of our own. Macros, pictures
and links to other files stay outside.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from app.errors import UserError
from app.exchange.file_kinds import broken, locked, refused
from app.exchange.table_limits import (
    LARGEST_UNPACKED,
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    ErrorPlaces,
    too_much,
)

_LEFT_OUT = re.compile(
    r"(?i)^(?!xl/|_rels/|\[content_types\])"
    r"|^xl/(media|externallinks|embeddings|drawings|charts|activex|ctrlprops|printersettings|theme|vba.*)"
    r"|\.bin$"
)
_PIECE = 2**18
_MOUTHFUL = 2**16
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8 = 0x800
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
    OverflowError,
    IndexError,
    KeyError,
    struct.error,
)

_REF = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]*)([0-9]+)")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_ERROR = re.compile(rb"<(?:[\w.-]+:)?c\s([^>]*\bt=\"e\"[^>]*)(?<!/)>(.*?)</(?:[\w.-]+:)?c>", re.S)
_NO_ADDRESS = re.compile(rb"<c(?:[/>\t\n\r]| (?!r=\"))")
"""A cell that does not begin with where it stands, as programs write it."""
_ROW_NUMBER = re.compile(rb"<row([/>\t\n\r]| (?:r=\")?)")
_NUMBERED = b' r="'
_ERROR_AT_ALL = re.compile(rb't="e"')
_PLACE = re.compile(rb"\br=\"([A-Z]+)([0-9]+)\"")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v>([^<]*)<")
_EXACT_BELOW = 2**20
"""Bytes of a sheet up to which every address is looked at."""
_TAIL, _OVERLAP = 50_000, 64


def measured(file: str, content: bytes) -> tuple[bytes, ErrorPlaces]:
    """Return the workbook repacked, and where its formulas failed.

    Raises:
        UserError: it is damaged, locked, too large or no .xlsx.
    """
    try:
        return _repacked(file, content)
    except UserError:
        raise
    except _DAMAGED:
        raise broken(file) from None


def _repacked(file: str, content: bytes) -> tuple[bytes, ErrorPlaces]:
    errors: dict[int | str, list[tuple[int, int, str]]] = {}
    made = _Packed()
    cells = whole = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        _refuse_other(file, [entry.filename for entry in entries])
        failed: dict[str, list[tuple[int, int, str]]] = {}
        order: dict[str, bytes] = {}
        seen: set[str] = set()
        for entry in entries:
            if entry.flag_bits & 1:
                raise locked(file)
            if entry.is_dir() or _LEFT_OUT.search(entry.filename) or entry.filename in seen:
                continue
            seen.add(entry.filename)
            packed, part = _unpacked(file, content, entry, LARGEST_UNPACKED - whole)
            whole += len(part)
            if b"sheetData" in part:
                cells += _cells_of(file, part)
                if cells > MOST_CELLS:
                    raise _too_large(file, "几张表加起来格子太多")
                failed[entry.filename] = list(_failed(part))
            elif max(map(len, part.split(b"<si"))) > LONGEST_CELL * 6:
                raise broken(file)
            if entry.filename in _ORDER:
                order[entry.filename] = part
            made.add(entry, packed)
        for number, name in enumerate(_sheet_parts(order)):
            errors[number] = failed.get(name, [])
    return made.archive(), errors


class _Packed:
    """An archive of parts that are packed already; its headers say what was seen, not what the file said of itself."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._directory: list[bytes] = []
        self._at = 0

    def add(self, entry: zipfile.ZipInfo, packed: bytes) -> None:
        """Add a part whose size and sum were found to be as ``entry`` says."""
        name = entry.filename.encode("utf-8")
        sizes = (entry.CRC, len(packed), entry.file_size, len(name))
        way = entry.compress_type
        head = _LOCAL.pack(b"PK\x03\x04", 20, _UTF8, way, 0, 33, *sizes, 0)
        self._directory.append(
            _CENTRAL.pack(b"PK\x01\x02", 20, 20, _UTF8, way, 0, 33, *sizes, 0, 0, 0, 0, 0, self._at) + name
        )
        self._pieces += [head, name, packed]
        self._at += len(head) + len(name) + len(packed)

    def archive(self) -> bytes:
        """The whole."""
        directory, number = b"".join(self._directory), len(self._directory)
        end = _END.pack(b"PK\x05\x06", 0, 0, number, number, len(directory), self._at, 0)
        return b"".join((*self._pieces, directory, end))


def _refuse_other(file: str, names: list[str]) -> None:
    if len(names) > MOST_PARTS:
        raise _too_large(file, f"里面有 {len(names)} 个部分")
    kinds = {name.split("/")[0] for name in names}
    save_as = "用 WPS 或 Excel 打开它，另存为 .xlsx，再导入。"
    if "xl" not in kinds:
        if "word" in kinds or "ppt" in kinds:
            raise refused(file, "它是文字文件或演示文件，不是表格", "重新选一个表格文件。", "I-106")
        if "content.xml" in kinds:
            raise refused(file, "它是别的办公软件的表格，读不了这种格式", save_as, "I-107")
        raise refused(file, "它是压缩文件，不是表格", "先把它解开，再选里面的表格。", "I-106")
    if "xl/workbook.bin" in names:
        raise refused(file, "它存成了少见的二进制表格，读不了", save_as, "I-107")


def _too_large(file: str, reason: str) -> UserError:
    return refused(file, reason, "只留要用的那张表，删掉多余的行和列，另存为 .xlsx 再导入。", "I-102")


def _unpacked(file: str, content: bytes, entry: zipfile.ZipInfo, most: int) -> tuple[bytes, bytes]:
    """One part as it is packed, and unpacked with a count, whatever the archive says of its size."""
    if entry.file_size > most:
        raise _too_large(file, f"解开以后超过 {LARGEST_UNPACKED // 2**20} MB")
    head = _LOCAL.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _LOCAL.size + head[-2] + head[-1]
    packed = content[start : start + entry.compress_size]
    if head[0] != b"PK\x03\x04" or len(packed) < entry.compress_size:
        raise zipfile.BadZipFile
    if entry.compress_type == zipfile.ZIP_STORED:
        part = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        pieces, used = _inflated(file, packed, most)
        packed, part = packed[:used], b"".join(pieces)
    else:
        raise zipfile.BadZipFile
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise zipfile.BadZipFile
    return packed, part


def _inflated(file: str, packed: bytes, most: int) -> tuple[list[bytes], int]:
    """What was packed, in pieces, and how many bytes of it that took. Raises BadZipFile where it ends too early."""
    engine = zlib.decompressobj(-15)
    left = most
    pieces = []
    at = 0
    while not engine.eof:
        rest = engine.unconsumed_tail or packed[at : (at := at + _MOUTHFUL)]
        piece = engine.decompress(rest, _PIECE)
        if not piece and not rest:
            raise zipfile.BadZipFile
        left -= len(piece)
        if left < 0:
            raise _too_large(file, f"解开以后超过 {LARGEST_UNPACKED // 2**20} MB")
        pieces.append(piece)
    return pieces, min(at, len(packed)) - len(engine.unused_data) - len(engine.unconsumed_tail)


def _cells_of(file: str, part: bytes) -> int:
    """How many cells the sheet spans at most; refused when that is too much."""
    span = _span_at_a_glance(part) if len(part) > _EXACT_BELOW else None
    rows, columns = span or _exact_span(part)
    reason = too_much(rows, columns)
    if reason is not None:
        raise _too_large(file, reason)
    return rows * columns


def _exact_span(part: bytes) -> tuple[int, int]:
    """Rows and columns by every single address."""
    tags, cells = len(_ROW.findall(part)), len(_CELL.findall(part))
    refs = _REF.findall(part)
    rows = max([tags, *map(int, {digits for _, digits in refs if len(digits) < 18})])
    columns = max([0, *map(_column, {letters for letters, _ in refs})])
    if len(refs) < tags + cells:  # cells without an address stand one after the other
        columns += max(len(_CELL.findall(piece)) for piece in _ROW.split(part))
    return rows, columns


def _span_at_a_glance(part: bytes) -> tuple[int, int] | None:
    """Rows and most columns of a large sheet that is as programs write them; ``None``: look closely."""
    ways = [way for each in _searched(part, _ROW_NUMBER) for way in each]
    tags = len(ways)
    found = _REF.findall(part[-_TAIL:])
    rows = max([tags, *(int(digits) for _, digits in found if len(digits) < 9)])
    if not 0 < rows <= MOST_ROWS:
        return None
    columns = min(MOST_CELLS // rows, MOST_COLUMNS)
    if columns < 26 or set(ways) - {_NUMBERED} or _found(part, _NO_ADDRESS):
        return None
    beyond = chr(min(ord("A") + (columns - 1) // 26, ord("Z") + 1))  # the first letter of two that is too far
    too_far = f"[{beyond}-Z][A-Z]|" if beyond <= "Z" else ""
    strange = re.compile(
        rf'r="(?:[^A-Z0-9r]|[A-Z]*+[0-9]{{{len(str(rows)) + 1}}}|{too_far}[A-Z]{{3}})'.encode()
    )
    return None if _found(part, strange) else (rows, columns)


def _found(part: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Search in pieces: one long search would hold the window."""
    for start in range(0, len(part), _PIECE):
        found = pattern.search(part, start, start + _PIECE + _OVERLAP)
        if (
            found is not None and found.start() < start + _PIECE
        ):  # what begins later may be cut off: the next piece
            return True
    return False


def _searched(part: bytes, pattern: re.Pattern[bytes]) -> Iterator[list[bytes]]:
    """What the group of a pattern is, wherever it is found; in pieces that end where a tag begins."""
    start = 0
    while start < len(part):
        end = part.find(b"<", start + _PIECE)
        end = len(part) if end < 0 else end
        yield pattern.findall(part, start, end)
        start = end


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - 64
    return number


def _failed(part: bytes) -> Iterator[tuple[int, int, str]]:
    """Where formulas failed, and how."""
    if not _found(part, _ERROR_AT_ALL):
        return
    for found in _ERROR.finditer(part):
        place = _PLACE.search(found.group(1))
        value = _VALUE.search(found.group(2))
        if place is not None:
            words = value.group(1).decode("utf-8", "replace") if value else "#N/A"
            yield int(place.group(2)) - 1, _column(place.group(1)) - 1, words


_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet\s[^>]*?\br:id=\"([^\"]+)\"")
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"(\w+)=\"([^\"]*)\"")


_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ORDER = (_BOOK, _LINKS)


def _sheet_parts(order: Mapping[str, bytes]) -> list[str]:
    """The parts of the sheets in the order of the workbook."""
    if not order.keys() >= set(_ORDER):
        return []
    targets: dict[bytes, str] = {}
    for found in _RELATION.findall(order[_LINKS]):
        facts = dict(_ATTRIBUTE.findall(found))
        target = facts.get(b"Target", b"").decode("utf-8", "replace")
        targets[facts.get(b"Id", b"")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return [targets.get(each, "") for each in _SHEET.findall(order[_BOOK])]
