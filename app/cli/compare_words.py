"""Two regions beside each other, in lines for people and as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.rules.compare import Comparison, counted
from app.rules.lookup import RuleSight
from app.usecases.compare_regions import RegionsCompared, articles_of


def lines(made: RegionsCompared, rows: Iterable[Comparison]) -> Iterator[str]:
    """Yield each rule with its difference, then what either region says and by which article."""
    yield f"{made.title}，{made.basis}"
    group = None
    for row in rows:
        if row.group is not group:
            group = row.group
            yield f"{group.value} {group.label}"
        yield f"  {row.rule} {row.title}：{row.words}"
        for pack, sight in ((made.left, row.left), (made.right, row.right)):
            yield f"      {pack.name}：{_said(sight)}"
    yield f"共 {len(made.rows)} 条，{counted(made.rows)}"


def document(made: RegionsCompared, rows: Iterable[Comparison]) -> dict[str, Any]:
    """Return the same as a document."""
    return {
        "regions": [made.left.key, made.right.key],
        "kind": made.asked.kind.value,
        "form": made.asked.form.value,
        "on": made.asked.on.isoformat(),
        "rules": [
            {
                "rule": row.rule,
                "title": row.title,
                "group": row.group.value,
                "difference": row.difference.value,
                "words": row.words,
                "sides": [_side(row.left), _side(row.right)],
            }
            for row in rows
        ],
    }


def _said(sight: RuleSight | None) -> str:
    if sight is None:
        return "没有这一条"
    said = "。".join(part for part in (sight.value, sight.text.says) if part)
    pending = "　当地条文待核" if sight.cell.pending else ""
    return f"{said}　{articles_of(sight)}{pending}"


def _side(sight: RuleSight | None) -> dict[str, Any] | None:
    if sight is None:
        return None
    return {
        "value": sight.value,
        "says": sight.text.says,
        "reading": sight.reading.value,
        "how_read": sight.how_read,
        "articles": [{"text": source.text, "read": source.read.value} for source in sight.sources],
        "origin": sight.cell.origin,
    }
