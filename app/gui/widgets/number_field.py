"""A number with its unit inside."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from app.gui.widgets.editor import NotUnderstoodError
from app.gui.widgets.line_field import LineField

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?|[+-]?\.\d+")


class NumberField(LineField):
    """A number; its value is an ``int`` (``decimals`` 0) or a ``Decimal``, ``None`` when empty.

    Full-width digits, blanks, commas between thousands and the unit itself may be typed. Numbers are plain:
    no thousands separator, because 5480 is read in one piece on the forms this goes to.
    """

    empty = None

    def __init__(
        self,
        name: str,
        *,
        unit: str = "",
        decimals: int = 0,
        minimum: int | None = None,
        maximum: int | None = None,
        hint: str = "",
        in_table: bool = False,
        extent: str = "field_amount",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, hint=hint, unit=unit, in_table=in_table, extent=extent, parent=parent)
        self._unit_word = unit
        self._decimals = decimals
        self._minimum = minimum
        self._maximum = maximum

    def value(self) -> int | Decimal | None:
        """The number, or None."""
        result: int | Decimal | None = super(LineField, self).value()
        return result

    def _read(self) -> int | Decimal | None:
        return parse_number(
            self._plain,
            unit=self._unit_word,
            decimals=self._decimals,
            minimum=self._minimum,
            maximum=self._maximum,
        )

    def _show(self, value: object) -> None:
        super()._show("" if value is None else format_number(value))

    def _after_commit(self) -> None:
        self._show(self._read())


def format_number(value: object) -> str:
    """A number as it stands in a field: plain digits."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def parse_number(
    words: str,
    *,
    unit: str = "",
    decimals: int = 0,
    minimum: int | None = None,
    maximum: int | None = None,
) -> int | Decimal | None:
    """Read a typed number; None when nothing is typed.

    Raises:
        NotUnderstoodError: with the sentence to show.
    """
    plain = unicodedata.normalize("NFKC", words).strip()
    unit = unicodedata.normalize("NFKC", unit)
    if unit and plain.endswith(unit):
        plain = plain[: -len(unit)]
    plain = re.sub(r"[\s,']", "", plain).replace("−", "-")
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise NotUnderstoodError(f"“{_short(words)}”看不出是多少。请只写数字，比如 120；没有可先留空。")
    number = Decimal(plain)
    after = -int(number.as_tuple().exponent) if "." in plain else 0
    if after > decimals:
        limit = f"最多写 {decimals} 位小数" if decimals else "这里要写整数"
        raise NotUnderstoodError(f"现在是 {_short(plain)}，{limit}。请改一下；没有可先留空。")
    if minimum is not None and number < minimum:
        raise NotUnderstoodError(
            f"现在是 {_short(plain)}，最小是 {minimum}。请对照原件改一下；没有可先留空。"
        )
    if maximum is not None and number > maximum:
        raise NotUnderstoodError(
            f"现在是 {_short(plain)}，最大是 {maximum}。请对照原件改一下；没有可先留空。"
        )
    return number if decimals else int(number)


def _short(words: str) -> str:
    words = words.strip()
    return words if len(words) <= 16 else words[:15] + "…"
