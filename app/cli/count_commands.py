"""``count``: every count of a case, open or closed, and what does not agree."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from app.cli.answer import Answer
from app.cli.commands import open_library
from app.figures.tallies import COUNT_NAMES
from app.usecases.choose_case import choose_case
from app.usecases.list_counts import CountState, list_counts
from app.usecases.program import Program


def count_command(program: Program, options: argparse.Namespace) -> Answer:
    """Tell every count and its state; 1 when one does not add up and no reason is written."""
    with open_library(program, options.library) as library:
        case = library.read_case(choose_case(library, year=options.year, case_id=options.case))
    states = list_counts(case)
    lines = [line for each in states for line in _lines(each)] or ["这个年度还没有登记计票。"]
    wrong = sum(not each.agrees for each in states)
    if states:
        closed = sum(each.closed for each in states)
        lines.append(f"共 {len(states)} 次计票，结束了 {closed} 次，对不上又没有说明的 {wrong} 次。")
    document = {"counts": [_document(each) for each in states], "wrong": wrong}
    return Answer(tuple(lines), document, 1 if wrong else 0)


def _lines(state: CountState) -> Iterator[str]:
    count, closing = state.count, state.closing
    day = count.closed_on
    how = f"{day.year}年{day.month}月{day.day}日结束" if state.closed and day is not None else "没有结束"
    yield f"{count.title}（{state.stage.label}）  {how}"
    numbers = [f"{COUNT_NAMES[name]} {value}" for name, value in _numbers(state).items() if value is not None]
    if numbers:
        yield f"  {'，'.join(numbers)}"
    if state.by_person:
        yield "  一个一个候选人表决，得票写在各人名下"
    yield from (f"  没有写{each}" for each in closing.lacking)
    yield from (f"  {each}" for each in (*closing.forbidden, *closing.differing))
    if closing.reason:
        yield f"  说明：{closing.reason}"
    elif closing.allowed and not state.closed:
        yield "  数字都对得上，可以结束计票"


def _numbers(state: CountState) -> dict[str, int | None]:
    return {name: getattr(state.count, name) for name in COUNT_NAMES}


def _document(state: CountState) -> dict[str, Any]:
    count = state.count
    return {
        "id": count.id,
        "what": count.what,
        "stage": state.stage.value,
        "closed": state.closed,
        "closed_on": count.closed_on.isoformat() if count.closed_on is not None else None,
        "by_person": state.by_person,
        "numbers": _numbers(state),
        "lacking": list(state.closing.lacking),
        "forbidden": list(state.closing.forbidden),
        "differing": list(state.closing.differing),
        "reason": state.closing.reason,
        "agrees": state.agrees,
    }
