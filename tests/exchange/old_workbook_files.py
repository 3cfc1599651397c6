"""Old workbooks (.xls) for tests, record by record as MS-XLS has them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from app.exchange.old_workbook import compound_file


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


def _words(text: str, long: bool = True) -> bytes:
    return struct.pack("<H" if long else "<B", len(text)) + b"\x01" + text.encode("utf-16-le")


def xls(
    *sheets: tuple[str, Sequence[Sequence[object]]], hidden: Sequence[str] = (), password: bool = False
) -> bytes:
    """Return a .xls; a cell ``#REF!`` is an error value."""
    bodies = []
    for _, rows in sheets:
        body = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0, 0, 0, 0))
        wide = max((len(row) for row in rows), default=0)
        body += _record(0x0200, struct.pack("<2I3H", 0, len(rows), 0, wide, 0))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                place = struct.pack("<3H", number, column, 0)
                if cell == "#REF!":
                    body += _record(0x0205, place + bytes((0x17, 1)))
                elif isinstance(cell, str) and cell:
                    body += _record(0x0204, place + _words(cell))
                elif isinstance(cell, int | float):
                    body += _record(0x0203, place + struct.pack("<d", cell))
        bodies.append(body + _record(0x000A, b""))
    begin = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0, 0, 0, 0))
    if password:
        begin += _record(0x002F, b"\x01\x00" * 27)
    begin += _record(0x0042, struct.pack("<H", 1200))
    begin += _record(0x00E0, bytes(20))
    names = [_words(name, long=False) for name, _ in sheets]
    start = len(begin) + sum(len(name) + 10 for name in names) + 4
    for (name, _), words, body in zip(sheets, names, bodies, strict=True):
        begin += _record(0x0085, struct.pack("<IBB", start, name in hidden, 0) + words)
        start += len(body)
    return compound_file(begin + _record(0x000A, b"") + b"".join(bodies))
