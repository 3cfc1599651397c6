"""Values on their way to disk and back: one plain JSON form per kind of fact, the same in row and journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from app.domain.facts import Fact, Kind

Plain = str | int | bool | list[str] | list[int] | None
"""What JSON can say: texts, whole numbers, true and false, lists, nothing."""

_LISTS = (Kind.TEXTS, Kind.INTEGERS, Kind.REFS)
_MOST_DIGITS = 60


def is_list(fact: Fact) -> bool:
    """True for a fact that lies in its column as a JSON list."""
    return fact.kind in _LISTS


def to_plain(fact: Fact, value: Any) -> Plain:
    """Return the plain form of a fact's value: dates ISO, moments to the minute, decimals digit by digit.

    Raises:
        TypeError: the value is not of the fact's kind (a mistake of the program, not of the user).
    """
    match fact.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.REF:
            if isinstance(value, str):
                return str(value)
        case Kind.TEXTS | Kind.REFS:
            if isinstance(value, tuple) and all(isinstance(part, str) for part in value):
                return [str(part) for part in value]
        case Kind.INTEGERS:
            if isinstance(value, tuple) and all(_is_whole(part) for part in value):
                return list(value)
        case _ if value is None:
            return None
        case Kind.INTEGER:
            if _is_whole(value):
                return int(value)
        case Kind.YES_NO:
            if isinstance(value, bool):
                return value
        case Kind.DATE:
            if isinstance(value, date) and not isinstance(value, datetime):
                return value.isoformat()
        case Kind.MOMENT:
            if isinstance(value, datetime) and value.tzinfo is None:
                return value.isoformat(timespec="minutes")
        case Kind.DECIMAL:
            if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS:
                return format(value, "f")
        case Kind.CHOICE:
            if fact.choices is not None and isinstance(value, fact.choices):
                return value.value
    raise TypeError(f"{fact.name}: {type(value).__name__} is no {fact.kind.value}")


def to_column(fact: Fact, plain: Plain) -> str | int | bool | None:
    """Return what lies in the column for a plain value: itself, or a JSON list as text."""
    if isinstance(plain, list):
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return plain


def plain_of_column(fact: Fact, stored: Any) -> Plain:
    """Return the plain form of what lies in a column.

    Raises:
        ValueError: it is not what this program writes.
    """
    if is_list(fact):
        return list(json.loads(stored))
    if fact.kind is Kind.YES_NO and stored is not None:
        return _truth(stored)
    return stored  # type: ignore[no-any-return]


def reader_of(fact: Fact) -> Callable[[Any], Any]:
    """Return the function that turns what lies in the column into the fact's value.

    The function raises ``ValueError`` or ``TypeError`` for anything this program never writes.
    """
    match fact.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.REF:
            return _text
        case Kind.TEXTS | Kind.REFS:
            return _texts
        case Kind.INTEGERS:
            return _numbers
        case Kind.INTEGER:
            return _whole
        case Kind.YES_NO:
            return _truth
        case Kind.DATE:
            return date.fromisoformat
        case Kind.MOMENT:
            return _moment
        case Kind.DECIMAL:
            return _decimal
        case Kind.CHOICE:
            assert fact.choices is not None
            return fact.choices
    raise AssertionError(fact.kind)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(stored: Any) -> str:
    if not isinstance(stored, str):
        raise TypeError("no text")
    return stored


def _texts(stored: Any) -> tuple[str, ...]:
    parts = json.loads(stored)
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise TypeError("no list of texts")
    return tuple(parts)


def _numbers(stored: Any) -> tuple[int, ...]:
    parts = json.loads(stored)
    if not isinstance(parts, list) or not all(_is_whole(part) for part in parts):
        raise TypeError("no list of numbers")
    return tuple(parts)


def _whole(stored: Any) -> int:
    if not _is_whole(stored):
        raise TypeError("no whole number")
    return int(stored)


def _truth(stored: Any) -> bool:
    if stored not in (0, 1) or isinstance(stored, float):
        raise TypeError("neither true nor false")
    return bool(stored)


def _moment(stored: Any) -> datetime:
    made = datetime.fromisoformat(stored)
    if made.tzinfo is not None:
        raise ValueError("a local moment has no zone")
    return made


def _decimal(stored: Any) -> Decimal:
    try:
        made = Decimal(_text(stored))
    except InvalidOperation as error:
        raise ValueError("no decimal number") from error
    if not made.is_finite():
        raise ValueError("no decimal number")
    return made
