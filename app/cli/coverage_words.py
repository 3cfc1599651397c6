"""What the packs say about every rule of law.md §1, as a table, as one pack's list, and as a document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.rules.coverage import Answer, Cell, RuleCover, coverage, tally
from app.rules.pack import RulePack

_MOST_WIDE = 14
"""Columns a cell of the table may take."""


def table_lines(packs: Sequence[RulePack], on: date) -> Iterator[str]:
    """Yield one line per rule with a column per pack (工资专项、单独), then how many are answered how."""
    covers = [coverage(pack, on) for pack in packs]
    titles = [(row.rule, row.title) for row in covers[0]]
    first = max(_width(f"{rule} {title}") for rule, title in titles) + 2
    columns = [[_cell_words(row) for row in cover] for cover in covers]
    widths = [
        max(_width(words) for words in (pack.name, *column)) + 2
        for pack, column in zip(packs, columns, strict=True)
    ]
    yield _padded("", first) + "".join(
        _padded(pack.name, wide) for pack, wide in zip(packs, widths, strict=True)
    )
    group = None
    for place, (rule, title) in enumerate(titles):
        if covers[0][place].group is not group:
            group = covers[0][place].group
            yield f"{group.value} {group.label}"
        cells = (_padded(column[place], wide) for column, wide in zip(columns, widths, strict=True))
        yield (_padded(f"{rule} {title}", first) + "".join(cells)).rstrip()
    yield "格子是工资专项、单独协商；“…”：别的合同或形式另有答案，写明地区再看；“?”：待核。"
    yield from tally_lines(packs, on)


def tally_lines(packs: Sequence[RulePack], on: date) -> Iterator[str]:
    """Yield how many rules each pack answers how."""
    for pack in packs:
        rows = coverage(pack, on)
        count = tally(rows)
        yield (
            f"{pack.name}：共 {len(rows)} 条，自己写明 {count.own}，承接底包 {count.inherited}，"
            f"法规未规定 {count.silent}，其中当地待核 {count.pending}，没有交代 {count.missing}"
        )


def pack_lines(pack: RulePack, on: date) -> Iterator[str]:
    """Yield every answer of one pack with its articles and how well they were read."""
    group = None
    for row in coverage(pack, on):
        if row.group is not group:
            group = row.group
            yield f"{group.value} {group.label}"
        yield f"  {row.rule} {row.title}"
        for cell in row.cells:
            yield f"      {cell.told}"
    if pack.pending_note:
        yield pack.pending_note
    yield from tally_lines((pack,), on)


def coverage_document(packs: Sequence[RulePack], on: date) -> list[dict[str, Any]]:
    """Return everything as a document, one entry per pack."""
    return [
        {
            "region": pack.key,
            "name": pack.name,
            "version": pack.version,
            "base": pack.base.key if pack.base else None,
            "on": on.isoformat(),
            "pending_note": pack.pending_note,
            "rules": [
                {
                    "rule": row.rule,
                    "title": row.title,
                    "group": row.group.value,
                    "answers": [_cell_document(cell) for cell in row.cells],
                }
                for row in coverage(pack, on)
            ],
        }
        for pack in packs
    ]


def _cell_document(cell: Cell) -> dict[str, Any]:
    return {
        "kinds": [kind.value for kind in cell.kinds],
        "forms": [form.value for form in cell.forms],
        "answer": cell.answer.value,
        "words": cell.words,
        "origin": cell.origin,
        "inherited": cell.inherited,
        "hardness": cell.hardness.value,
        "articles": [{"text": source.text, "read": source.read.value} for source in cell.sources],
        "read": cell.read.value if cell.read is not None else None,
        "pending": cell.pending,
    }


def _cell_words(row: RuleCover) -> str:
    cell = row.cells[0]
    words = cell.short
    if _width(words) > _MOST_WIDE:
        words = f"{words.split('，')[0]}等{'?' if words.endswith('?') else ''}"
    if cell.inherited and cell.answer is not Answer.MISSING:
        words = f"承{cell.origin_name}{'?' if words.endswith('?') else ''}"
    return f"{words}{'…' if len(row.cells) > 1 else ''}"


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


def _padded(words: str, wide: int) -> str:
    return words + " " * (wide - _width(words))
