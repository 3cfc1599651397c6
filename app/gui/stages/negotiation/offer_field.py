"""The field in which an offer is written: a number where one is typed, else words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.negotiation import Position
from app.domain.union import Side
from app.figures.positions import step_unit
from app.gui.widgets.editor import NotUnderstoodError
from app.gui.widgets.line_field import LineField
from app.gui.widgets.number_field import format_number, parse_number

MOST_DECIMALS = 4

_LIKE_A_NUMBER = re.compile(r"[+-]?[\d\s.,]+")


class OfferField(LineField):
    """Its value is a ``Decimal``, a ``str``, or ``None`` when empty; the topic's unit may be typed behind it."""

    empty = None

    def __init__(self, name: str, unit: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name, in_table=True, extent="", parent=parent)
        self._units = tuple(dict.fromkeys((unit.strip(), step_unit(unit), "%", "")))

    def value(self) -> Decimal | str | None:
        """The number or the words."""
        result: Decimal | str | None = super(LineField, self).value()
        return result

    def _read(self) -> Any:
        words = self._plain.strip()
        if not words:
            return None
        refusal: NotUnderstoodError | None = None
        for unit in self._units:
            try:
                return parse_number(words, unit=unit, decimals=MOST_DECIMALS)
            except NotUnderstoodError as error:
                refusal = error
        if refusal is not None and _LIKE_A_NUMBER.fullmatch(words):
            raise refusal
        return words

    def _show(self, value: object) -> None:
        super()._show("" if value is None else format_number(value))


def with_offer(held: Position, side: Side, value: Decimal | str | None) -> Position:
    """The record with what a side says now; words that explained a number stay beside the new one."""
    number = value if isinstance(value, Decimal) else None
    words = value if isinstance(value, str) else ""
    if side is Side.WORKER:
        kept = held.worker_text if number is not None and held.worker_value is not None else words
        return held.replace(worker_value=number, worker_text=kept)
    kept = held.employer_text if number is not None and held.employer_value is not None else words
    return held.replace(employer_value=number, employer_text=kept)
