"""A .xls (also .et of WPS) is taken apart and measured before the reader sees it.

The compound file (MS-CFB) is read here only as far as its one stream of cells, whose records (MS-XLS) are looked
through for a password, for how far the cells reach and for formulas that failed. The reader gets a compound file made
anew around that stream, with the sizes it claims put right: on wrong ones it would take all memory there is.
"""

from __future__ import annotations

import struct

from app.errors import UserError
from app.exchange.file_kinds import broken, locked, refused
from app.exchange.table_limits import MOST_CELLS, ErrorPlaces, too_much

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALL = 4096

_CELL_RECORDS = frozenset(
    (0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00FD, 0x00D6, 0x027E, 0x0406, 0x0206, 0x0001)
)
_MANY_RECORDS = frozenset((0x00BD, 0x00BE))
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def measured(file: str, content: bytes) -> tuple[bytes, ErrorPlaces]:
    """Return the workbook in a compound file of our own, and where its formulas failed.

    Raises:
        UserError: it is damaged, locked, too large or no workbook.
    """
    try:
        streams = _streams(content)
        if "encryptedpackage" in streams:
            raise locked(file)
        found = streams.get("workbook") or streams.get("book")
        if found is None:
            raise refused(
                file,
                "它不是表格，或者是表格程序的旧格式",
                "用 WPS 或 Excel 打开它，另存为 .xlsx，再导入。",
                "I-107",
            )
        stream, errors = _judged(file, bytearray(found))
    except UserError:
        raise
    except (struct.error, ValueError, IndexError, OverflowError):
        raise broken(file) from None
    return compound_file(bytes(stream)), errors


def _streams(content: bytes) -> dict[str, bytes]:
    """The streams that matter, by name in small letters."""
    shift, small_shift = struct.unpack_from("<2H", content, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError
    size = 1 << shift
    (directory,) = struct.unpack_from("<I", content, 48)
    cutoff, small_start = struct.unpack_from("<2I", content, 56)
    (next_difat,) = struct.unpack_from("<I", content, 68)
    places = list(struct.unpack_from("<109I", content, 76))
    seen = 0
    while next_difat < _FAT and seen < len(content) // size:
        entries = struct.unpack(f"<{size // 4}I", _sector(content, next_difat, size))
        places += entries[:-1]
        next_difat = entries[-1]
        seen += 1
    table: list[int] = []
    for place in places:
        if place < _FAT:
            table += struct.unpack(f"<{size // 4}I", _sector(content, place, size))
    listing = _chain(content, table, directory, size)
    found: dict[str, bytes] = {}
    small_holder = b""
    for at in range(0, len(listing) - 127, 128):
        (length,) = struct.unpack_from("<H", listing, at + 64)
        name = listing[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").casefold()
        kind = listing[at + 66]
        start, octets = struct.unpack_from("<2I", listing, at + 116)
        if kind == 5:
            small_holder = _chain(content, table, start, size)
        elif kind == 2 and name == "encryptedpackage":
            found[name] = b""
        elif kind == 2 and name in ("workbook", "book"):
            if octets >= cutoff:
                found[name] = _cut(_chain(content, table, start, size), octets)
            else:
                raw = _chain(content, table, small_start, size)
                small_table = list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
                found[name] = _cut(_chain(small_holder, small_table, start, 64, head=0), octets)
    return found


def _sector(content: bytes, number: int, size: int, head: int = 1) -> bytes:
    start = (number + head) * size
    sector = content[start : start + size]
    if not sector:
        raise ValueError
    return sector.ljust(size, b"\0")


def _chain(content: bytes, table: list[int], start: int, size: int, head: int = 1) -> bytes:
    pieces = []
    number = start
    while number < _FAT:
        pieces.append(_sector(content, number, size, head))
        if len(pieces) > len(table):
            raise ValueError  # it bites its own tail
        number = table[number]
    return b"".join(pieces)


def _cut(stream: bytes, octets: int) -> bytes:
    if octets > len(stream):
        raise ValueError
    return stream[:octets]


def _judged(file: str, stream: bytearray) -> tuple[bytearray, ErrorPlaces]:
    """Look through all records; put right what they claim of their sizes."""
    sheets: list[tuple[int, list[tuple[int, int, str]]]] = []
    errors: list[tuple[int, int, str]] = []
    claimed = -1
    begun = at = all_cells = depth = 0
    last_row = last_column = -1
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        body = at + 4
        if body + length > len(stream):
            raise ValueError
        if kind & 0xFF == 0x09 and kind in (0x0009, 0x0209, 0x0409, 0x0809):
            if depth == 0:
                begun, errors, last_row, last_column, claimed = at, [], -1, -1, -1
            depth += 1
        elif kind == 0x002F:
            raise locked(file)
        elif kind == 0x000A:
            depth -= 1
            if depth == 0:
                all_cells += _fits(file, last_row + 1, last_column + 1)
                if all_cells > MOST_CELLS:
                    _fits(file, all_cells, 1)
                if claimed >= 0:
                    _claim(stream, claimed, last_row + 1, last_column + 1)
                sheets.append((begun, errors))
            elif depth < 0:
                if not any(stream[at:]):
                    break
                raise ValueError
        elif kind == 0x0200:
            claimed = at
        elif kind == 0x00FC and length >= 8:
            _, unique = struct.unpack_from("<2I", stream, body)
            if unique > len(stream) // 3:
                raise ValueError
        elif kind in _CELL_RECORDS or kind in _MANY_RECORDS:
            row, column = struct.unpack_from("<2H", stream, body)
            if kind in _MANY_RECORDS:
                (column,) = struct.unpack_from("<H", stream, body + length - 2)
            last_row, last_column = max(last_row, row), max(last_column, column)
            told = _error_of(stream, kind, body, length)
            if told:
                errors.append((row, column, told))
        elif kind == 0 and length == 0 and not any(stream[at : at + 512]):
            break  # nothing but filling
        at = body + length
    if depth > 0 or not sheets:
        raise ValueError
    by_place = dict(sheets)
    return stream, {number: by_place.get(place, []) for number, place in enumerate(_sheet_places(stream))}


def _fits(file: str, rows: int, columns: int) -> int:
    reason = too_much(rows, columns)
    if reason is not None:
        raise refused(file, reason, "删掉多余的行和列，另存为 .xlsx 再导入。", "I-102")
    return rows * columns


def _claim(stream: bytearray, at: int, rows: int, columns: int) -> None:
    """Let the record of a sheet's size say what was seen."""
    (length,) = struct.unpack_from("<H", stream, at + 2)
    if length == 14:
        struct.pack_into("<2I2H", stream, at + 4, 0, rows, 0, columns)
    elif length == 10:
        struct.pack_into("<4H", stream, at + 4, 0, rows, 0, columns)
    else:
        raise ValueError


def _error_of(stream: bytearray, kind: int, body: int, length: int) -> str:
    if kind == 0x0205 and length >= 8 and stream[body + 7]:
        return _ERRORS.get(stream[body + 6], "#N/A")
    if kind in (0x0006, 0x0206, 0x0406) and length >= 14 and stream[body + 12 : body + 14] == b"\xff\xff":
        return _ERRORS.get(stream[body + 8], "#N/A") if stream[body + 6] == 2 else ""
    return ""


def _sheet_places(stream: bytearray) -> list[int]:
    """Where the sheets begin, in the order of the workbook."""
    places = []
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        if kind == 0x000A:
            break
        if kind == 0x0085 and length >= 4:
            places.append(struct.unpack_from("<I", stream, at + 4)[0])
        at += 4 + length
    return places


def compound_file(stream: bytes) -> bytes:
    """Return a compound file that holds ``stream`` as its workbook and nothing else."""
    data = stream.ljust(max(_SMALL, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(data) // _SECTOR
    per = _SECTOR // 4
    tables = 1
    while tables * per < sectors + 1 + tables + _difats(tables):
        tables += 1
    difats = _difats(tables)
    first_table = sectors + 1
    first_difat = first_table + tables
    fat = [*range(1, sectors), _END, _END, *([_FAT] * tables), *([_FAT - 1] * difats)]
    fat += [_FREE] * (tables * per - len(fat))
    places = list(range(first_table, first_table + tables))
    head = struct.pack(
        "<8s16x5H6x3I4x5I",
        MAGIC, 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, sectors,
        _SMALL, _END, 0, first_difat if difats else _END, difats,
    )  # fmt: skip
    head += struct.pack("<109I", *(places[:109] + [_FREE] * (109 - len(places[:109]))))
    rest = places[109:]
    difat = b""
    for number in range(difats):
        piece = rest[number * (per - 1) : (number + 1) * (per - 1)]
        onward = first_difat + number + 1 if number + 1 < difats else _END
        difat += struct.pack(f"<{per}I", *piece, *([_FREE] * (per - 1 - len(piece))), onward)
    listing = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 0, len(data))
    listing = listing.ljust(_SECTOR, b"\0")
    return head + data + listing + struct.pack(f"<{len(fat)}I", *fat) + difat


def _difats(tables: int) -> int:
    return max(0, -(-(tables - 109) // (_SECTOR // 4 - 1)))


def _entry(name: str, kind: int, child: int, start: int, octets: int) -> bytes:
    words = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I16xI16x3I", words, len(words) + 2, kind, 1, _FREE, _FREE, child, 0, start, octets, 0
    )
