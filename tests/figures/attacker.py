"""Somebody who has everything that left the program and tries to work out what was hidden; knows nothing of its code.

It collects what the papers say as equations over whole numbers and looks, for each hidden number, for another value
that agrees with all of them: a search over all possibilities that narrows bounds until nothing is left.
"""

from __future__ import annotations

import io
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from openpyxl import load_workbook

Key = Hashable

_MOST_STEPS = 300


@dataclass
class Knowledge:
    """Bounds of each unknown, and sums: the unknowns of each add up to its number."""

    bounds: dict[Key, tuple[int, int]] = field(default_factory=dict)
    sums: list[tuple[tuple[Key, ...], int]] = field(default_factory=list)

    def know(self, key: Key, low: int, high: int) -> None:
        held = self.bounds.get(key, (low, high))
        self.bounds[key] = max(held[0], low), min(held[1], high)

    def other_value(self, key: Key, value: int, hint: Mapping[Key, int]) -> bool | None:
        """Whether ``key`` can be something else than ``value``; None if the search was given up.

        ``hint`` only says which values to try first.
        """
        asked = False
        for low, high in ((self.bounds[key][0], value - 1), (value + 1, self.bounds[key][1])):
            if low > high:
                continue
            found = _Search(self.sums, {**self.bounds, key: (low, high)}, hint).run()
            if found:
                return True
            asked = asked or found is None
        return None if asked else False


class _Search:
    def __init__(
        self,
        sums: list[tuple[tuple[Key, ...], int]],
        bounds: dict[Key, tuple[int, int]],
        hint: Mapping[Key, int],
    ) -> None:
        self._sums, self._hint, self._bounds = sums, hint, bounds
        self._of: dict[Key, list[int]] = {}
        for at, (keys, _) in enumerate(sums):
            for key, _sign in _signed(keys):
                self._of.setdefault(key, []).append(at)
        self._steps = 0

    def run(self) -> bool | None:
        bounds = dict(self._bounds)
        return self._narrow(bounds, list(range(len(self._sums)))) and self._solve(bounds)

    def _narrow(self, bounds: dict[Key, tuple[int, int]], todo: list[int]) -> bool:
        while todo:
            keys, total = self._sums[todo.pop()]
            signed = [(key, sign) for key, sign in _signed(keys)]
            low = sum(bounds[key][0] if sign > 0 else -bounds[key][1] for key, sign in signed)
            high = sum(bounds[key][1] if sign > 0 else -bounds[key][0] for key, sign in signed)
            if low > total or high < total:
                return False
            for key, sign in signed:
                least, most = bounds[key]
                if sign > 0:
                    tight = max(least, total - high + most), min(most, total - low + least)
                else:
                    tight = max(least, low - total + most), min(most, high - total + least)
                if tight[0] > tight[1]:
                    return False
                if tight != bounds[key]:
                    bounds[key] = tight
                    todo.extend(self._of[key])
        return True

    def _solve(self, bounds: dict[Key, tuple[int, int]]) -> bool | None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        open_ = [(high - low, str(key), key) for key, (low, high) in bounds.items() if high > low]
        if not open_:
            return True
        key = min(open_)[2]
        low, high = bounds[key]
        for value in sorted(range(low, high + 1), key=lambda each: abs(each - self._hint.get(key, 0))):
            tried = {**bounds, key: (value, value)}
            if self._narrow(tried, list(self._of.get(key, ()))):
                found = self._solve(tried)
                if found or found is None:
                    return found
        return False


def minus(key: Key) -> Key:
    """``key`` with a minus before it, in a sum."""
    return ("minus", key)


def _signed(keys: tuple[Key, ...]) -> list[tuple[Key, int]]:
    return [
        (key[1], -1) if isinstance(key, tuple) and len(key) == 2 and key[0] == "minus" else (key, 1)
        for key in keys
    ]


# ---- what the files say

_SMALL, _GUARD = "不足5份", "※"


def sheets_of_book(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    """Every sheet of a workbook: its rows below the heading."""
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True))[1:] for sheet in book.worksheets}


@dataclass(frozen=True)
class Asked:
    """What is printed on the questionnaire: everybody who had one knows it."""

    number: int
    id: str
    options: tuple[str, ...]
    multiple: bool = False


def learn(
    book: Mapping[str, list[tuple[object, ...]]],
    case_file: bytes,
    valid: int,
    group: Asked,
    title: str,
    others: list[Asked],
) -> Knowledge:
    """What is known of the groups of one question after reading all files.

    Unknowns: ``("size", g)``; ``("cell", Q, g, q)``; ``("none", Q, g)`` who left a question out.
    """
    known = Knowledge()
    groups = (*group.options, "")
    for g in groups:
        known.know(("size", g), 0, valid)
    known.sums.append((tuple(("size", g) for g in groups), valid))
    rows = book[f"第{group.number}题"][1:]
    said = {row[0]: row[1] for row in rows if row[0] in group.options}
    marks = [number for number in said.values() if number in (_SMALL, _GUARD)]
    several = any(isinstance(number, int) for number in said.values()) or _SMALL in marks
    for g, number in said.items():
        _take(known, ("size", g), number, valid, several=several)
    for row in book.get(f"代表性 {title}", [])[1:]:
        if row[0] in group.options and row[2] is not None:
            _take(known, ("size", row[0]), row[2], valid, several=several)
    for question in others:
        _learn_question(known, book, valid, groups, question, title)
    for record in json.loads(case_file).get("answer_counts", []):
        _learn_record(known, record, group, others, valid)
    return known


def _take(known: Knowledge, key: Key, said: object, valid: int, *, several: bool = True) -> None:
    if isinstance(said, int):
        known.know(key, said, said)
    elif said == _SMALL:
        known.know(key, 0, 4)
    elif said == _GUARD and several:
        known.know(key, 5, valid)


def _learn_question(
    known: Knowledge,
    book: Mapping[str, list[tuple[object, ...]]],
    valid: int,
    groups: tuple[str, ...],
    question: Asked,
    title: str,
) -> None:
    totals = {row[0]: row[1] for row in book[f"第{question.number}题"][1:]}
    for g in groups:
        for q in question.options:
            known.know(("cell", question.id, g, q), 0, valid)
            if question.multiple:
                known.know(("slack", question.id, g, q), 0, valid)
                pair = (("cell", question.id, g, q), ("slack", question.id, g, q), minus(("size", g)))
                known.sums.append((pair, 0))
        if not question.multiple:
            known.know(("none", question.id, g), 0, valid)
            cells = tuple(("cell", question.id, g, q) for q in question.options)
            known.sums.append(((*cells, ("none", question.id, g), minus(("size", g))), 0))
    for q in question.options:
        total = totals[q]
        assert isinstance(total, int)
        known.sums.append((tuple(("cell", question.id, g, q) for g in groups), total))
    for row in book.get(f"第{question.number}题按{title}", [])[1:]:
        g, base, cells = row[0], row[1], row[2::2]
        if g not in groups:
            continue
        own = tuple(("cell", question.id, g, q) for q in question.options)
        if isinstance(base, int) and not question.multiple:
            known.sums.append((own, base))
        elif isinstance(base, int):
            known.know(("size", g), base, base)
        elif base == _SMALL and not question.multiple:
            known.know(("few", question.id, g), 0, 4)
            known.sums.append(((*own, minus(("few", question.id, g))), 0))
        if base in (_SMALL, _GUARD):
            continue
        for q, said in zip(question.options, cells, strict=False):
            _take(known, ("cell", question.id, g, q), said, valid)


def _learn_record(
    known: Knowledge, record: Mapping[str, object], group: Asked, others: list[Asked], valid: int
) -> None:
    numbers = record["numbers"]
    assert isinstance(numbers, list)
    if record["question"] == group.id and not record.get("group_question"):
        for g, number in zip(group.options, numbers, strict=True):
            known.know(("size", g), number, number)
    for question in others:
        if record["question"] == question.id and record.get("group_question") == group.id:
            for q, number in zip(question.options, numbers, strict=True):
                known.know(("cell", question.id, record["group"], q), number, number)
