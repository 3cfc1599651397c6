"""Any record of any collection that can be true at all, drawn from its declaration."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from app.domain.case import collections
from app.domain.facts import Fact, Kind, Record, facts_of

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(["䶮㐆𬱖", "“引号”'\"", "=1+1", "甲\n乙\t丙", "\0", "'; DROP TABLE journal; --", "é"]),
)


def values(fact: Fact) -> st.SearchStrategy[Any]:
    match fact.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.REF:
            return TEXTS
        case Kind.TEXTS | Kind.REFS:
            return st.lists(TEXTS, max_size=3).map(tuple)
        case Kind.INTEGERS:
            return st.lists(st.integers(0, 2**40), max_size=5).map(tuple)
        case Kind.INTEGER:
            return st.none() | st.integers(fact.minimum, fact.maximum)
        case Kind.DECIMAL:
            return (
                st.none()
                | st.decimals(-(10**12), 10**12, allow_nan=False, places=4)
                | st.decimals(0, 9, places=0)
            )
        case Kind.YES_NO:
            return st.none() | st.booleans()
        case Kind.DATE:
            return st.none() | st.dates(date(1994, 1, 1), date(2100, 12, 31))
        case Kind.MOMENT:
            minutes = st.datetimes()
            return st.none() | minutes.map(lambda at: at.replace(second=0, microsecond=0))
        case Kind.CHOICE:
            assert fact.choices is not None
            return st.none() | st.sampled_from(list(fact.choices))
    raise AssertionError(fact.kind)


def records(collection: str, record_id: str = "r") -> st.SearchStrategy[Record]:
    record_class = collections()[collection]
    parts = {name: values(fact) for name, fact in facts_of(record_class).items()}
    return st.builds(record_class, id=st.just(record_id), **parts)
