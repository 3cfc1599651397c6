"""A number that is handed on, with the records it came from and the rule by which it was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Origin:
    """One fact behind a figure.

    Attributes:
        collection, record_id, fact: where it stands; ``fact`` is empty when the record itself counts.
        words: what it says, for the sheet 出处 (``要约 砺工协约〔2026〕1号，2026年3月12日收到``).
    """

    collection: str
    record_id: str
    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its origin.

    Attributes:
        value: the number, exact; ``None`` while a fact it needs is missing.
        unit: ``人``, ``家``, ``份``, ``%``.
        label: what it is called on paper.
        origin: every fact behind it.
        rule: how it was made, in words, with the source of that rule.
    """

    value: Decimal | int | None
    unit: str
    label: str
    origin: tuple[Origin, ...] = ()
    rule: str = ""

    @property
    def text(self) -> str:
        """The number with its unit (``94.5%``, ``386 人``), or a dash while it is not known."""
        if self.value is None:
            return "—"
        shown = format(self.value, "f") if isinstance(self.value, Decimal) else str(self.value)
        return shown + self.unit if self.unit == "%" else f"{shown} {self.unit}".rstrip()


def percent(part: int | Decimal, whole: int | Decimal, *, places: int = 1) -> Decimal | None:
    """Return ``part`` in percent of ``whole``, halves away from zero (96.25 → 96.3); None without a whole.

    The arithmetic is exact: 96.25 never turns into 96.2 on the way.
    """
    if whole == 0:
        return None
    return rounded(Fraction(part) * 100 / Fraction(whole), places)


def rounded(exact: Fraction, places: int) -> Decimal:
    """Return an exact number rounded half away from zero to ``places`` decimals."""
    scaled = abs(exact) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Decimal(-whole if exact < 0 else whole).scaleb(-places)


def gather(figures: Iterable[Figure]) -> tuple[Origin, ...]:
    """Return the origins of several figures, each once, in order."""
    return tuple(dict.fromkeys(origin for figure in figures for origin in figure.origin))
