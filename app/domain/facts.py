"""How a fact is declared: once, with its Chinese label, kind, unit, help and who may see it.

A record class is a frozen dataclass whose fields are made by the functions below (``text``, ``day``, ``count``
...). Table column, form field, JSON key, search index and package redaction are derived from the declaration.
Every fact may be empty, because what is known is recorded as it becomes known: text is ``""``, lists are ``()``,
everything else is ``None``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeVar, cast, dataclass_transform

_R = TypeVar("_R")


class Choice(StrEnum):
    """A closed list of possibilities; ``value`` goes to files, ``label`` to the screen and to paper."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make one member from its file value and its Chinese label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class Kind(StrEnum):
    """What sort of value a fact holds; each kind has one editor, one column type and one JSON form."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    MOMENT = "moment"
    """Local date and time to the minute, as written on a receipt; a naive ``datetime``."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXTS = "texts"
    """Several short texts, in order."""
    INTEGERS = "integers"
    REF = "ref"
    """The id of one record of the collection ``refers_to``."""
    REFS = "refs"


class Sensitivity(Choice):
    """Who may see a fact. Exporters get a case from which what they may not see is already removed."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"
    PERSONAL = "personal", "个人信息"
    BOTTOM_LINE = "bottom_line", "协商底线"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The declaration of one fact.

    Attributes:
        name: field name, JSON key and column name.
        label: Chinese name on screen and paper.
        kind: see :class:`Kind`.
        unit: shown inside the field at the right, e.g. ``人``, ``元/月``.
        help: one plain sentence: what to write here, where to find it.
        sensitivity: who may see it.
        choices: the enumeration for ``CHOICE``.
        refers_to: name of the collection for ``REF``/``REFS``.
        code: name of the checked code (``union_code``, ``enterprise_code``, ``id_number``, ``division``).
        minimum, maximum: inclusive limits of what can be true at all (not of what is lawful).
    """

    name: str
    label: str
    kind: Kind
    unit: str = ""
    help: str = ""
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    choices: type[Choice] | None = None
    refers_to: str = ""
    code: str = ""
    minimum: int | None = None
    maximum: int | None = None

    @property
    def empty(self) -> Any:
        """The value that stands for "not known yet"."""
        if self.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.REF):
            return ""
        if self.kind in (Kind.TEXTS, Kind.INTEGERS, Kind.REFS):
            return ()
        return None

    @property
    def python_type(self) -> type:
        """The type of a value that is not empty."""
        return _PYTHON_TYPES[self.kind]


_PYTHON_TYPES: dict[Kind, type] = {
    Kind.TEXT: str,
    Kind.LONG_TEXT: str,
    Kind.REF: str,
    Kind.DATE: date,
    Kind.MOMENT: datetime,
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.YES_NO: bool,
    Kind.CHOICE: str,
    Kind.TEXTS: tuple,
    Kind.INTEGERS: tuple,
    Kind.REFS: tuple,
}

_OPEN = Sensitivity.PUBLIC


def _declare(label: str, kind: Kind, **more: Any) -> Any:
    fact = Fact(name="", label=label, kind=kind, **more)
    return dataclasses.field(default=fact.empty, metadata={"fact": fact})


def text(label: str, *, help: str = "", see: Sensitivity = _OPEN, code: str = "", unit: str = "") -> Any:
    """Declare a short text."""
    return _declare(label, Kind.TEXT, help=help, sensitivity=see, code=code, unit=unit)


def long_text(label: str, *, help: str = "", see: Sensitivity = _OPEN) -> Any:
    """Declare a text of several sentences."""
    return _declare(label, Kind.LONG_TEXT, help=help, sensitivity=see)


def day(label: str, *, help: str = "", see: Sensitivity = _OPEN) -> Any:
    """Declare a date."""
    return _declare(label, Kind.DATE, help=help, sensitivity=see)


def moment(label: str, *, help: str = "", see: Sensitivity = _OPEN) -> Any:
    """Declare a local date and time, to the minute."""
    return _declare(label, Kind.MOMENT, help=help, sensitivity=see)


def count(
    label: str, *, unit: str = "人", help: str = "", minimum: int = 0, maximum: int = 10_000_000
) -> Any:
    """Declare a whole number that counts something."""
    return _declare(label, Kind.INTEGER, unit=unit, help=help, minimum=minimum, maximum=maximum)


def amount(
    label: str, *, unit: str, help: str = "", see: Sensitivity = _OPEN, minimum: int | None = None
) -> Any:
    """Declare a measured or agreed value, exact to the last digit written; ``minimum`` 0 or no limit."""
    return _declare(label, Kind.DECIMAL, unit=unit, help=help, sensitivity=see, minimum=minimum)


def yes_no(label: str, *, help: str = "") -> Any:
    """Declare a fact that is true, false or not known yet."""
    return _declare(label, Kind.YES_NO, help=help)


def choice(label: str, of: type[Choice], *, help: str = "", see: Sensitivity = _OPEN) -> Any:
    """Declare a fact that is one of a closed list."""
    return _declare(label, Kind.CHOICE, choices=of, help=help, sensitivity=see)


def texts(label: str, *, help: str = "", see: Sensitivity = _OPEN) -> Any:
    """Declare a list of short texts."""
    return _declare(label, Kind.TEXTS, help=help, sensitivity=see)


def counts(label: str, *, unit: str = "人", help: str = "") -> Any:
    """Declare a list of whole numbers, in the order of some other list."""
    return _declare(label, Kind.INTEGERS, unit=unit, help=help)


def ref(label: str, to: str, *, help: str = "") -> Any:
    """Declare a link to one record of the collection ``to``."""
    return _declare(label, Kind.REF, refers_to=to, help=help)


def refs(label: str, to: str, *, help: str = "") -> Any:
    """Declare links to several records of the collection ``to``."""
    return _declare(label, Kind.REFS, refers_to=to, help=help)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field,))
def _slotted(cls: type[_R]) -> type[_R]:
    made: Any = dataclass(slots=True, init=False, eq=False, repr=False)(cls)
    return cast("type[_R]", made)


@_slotted
class Record:
    """One small frozen record, compared by value. ``id`` is unique within its collection and never shown.

    Attributes:
        LABEL: what one such record is called in Chinese.
        TITLE: names of the facts that, joined, tell this record from its neighbours.
    """

    LABEL: ClassVar[str] = ""
    TITLE: ClassVar[tuple[str, ...]] = ()

    id: str = ""

    # What follows is written once here and not generated for each of sixty classes: that would lengthen every start.

    def __init__(self, **given: Any) -> None:
        for name, put, empty in _places_of(type(self)):
            put(self, given.pop(name, empty))
        if given:
            raise TypeError(f"{type(self).__name__} has no fact {', '.join(given)}")

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to {name}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete {name}")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        values = _values_of(type(self))
        return bool(values(self) == values(other))

    def __hash__(self) -> int:
        return hash((type(self), _values_of(type(self))(self)))

    def __repr__(self) -> str:
        told = ", ".join(
            f"{name}={getattr(self, name)!r}"
            for name, fact in facts_of(type(self)).items()
            if getattr(self, name) != fact.empty
        )
        return f"{type(self).__name__}(id={self.id!r}{', ' if told else ''}{told})"

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some facts changed."""
        return dataclasses.replace(self, **changes)

    @property
    def title(self) -> str:
        """A short Chinese name of this very record, e.g. ``协商会议 第2次``."""
        parts = [show_value(facts_of(type(self))[name], getattr(self, name)) for name in self.TITLE]
        named = " ".join(part for part in parts if part)
        return named or self.LABEL


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field,))
def record(label: str, *title: str) -> Callable[[type[Any]], Any]:
    """Class decorator: a frozen record called ``label``, told apart by the facts named in ``title``."""

    def decorate(cls: type[Any]) -> Any:
        made: Any = _slotted(cls)
        made.LABEL = label
        made.TITLE = title
        return made

    return decorate


def facts_of(record_class: type[Record]) -> dict[str, Fact]:
    """Return the declared facts of a record class by name, in the order of declaration (``id`` is none)."""
    known = _FACTS.get(record_class)
    if known is not None:
        return known
    found: dict[str, Fact] = {}
    for field in dataclasses.fields(record_class):
        declared = field.metadata.get("fact")
        if declared is not None:
            found[field.name] = dataclasses.replace(declared, name=field.name)
    _FACTS[record_class] = found
    return found


_FACTS: dict[type[Record], dict[str, Fact]] = {}


def _places_of(record_class: type[Record]) -> tuple[tuple[str, Callable[[Any, Any], None], Any], ...]:
    """Name, setter and empty value of a record's id and of each of its facts."""
    known = _PLACES.get(record_class)
    if known is None:
        known = _PLACES[record_class] = tuple(
            (field.name, getattr(record_class, field.name).__set__, field.default)
            for field in dataclasses.fields(record_class)
        )
    return known


_PLACES: dict[type[Record], tuple[tuple[str, Callable[[Any, Any], None], Any], ...]] = {}


def _values_of(record_class: type[Record]) -> attrgetter[tuple[Any, ...]]:
    """What reads a record's id and all its facts at once."""
    known = _VALUES.get(record_class)
    if known is None:
        known = _VALUES[record_class] = attrgetter("id", *facts_of(record_class))
    return known


_VALUES: dict[type[Record], attrgetter[tuple[Any, ...]]] = {}


def show_value(fact: Fact, value: Any) -> str:
    """Return a value in words for lists, journals and titles: dates as 2026年4月3日, choices by their label."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, tuple):
        return "、".join(str(part) for part in value)
    shown = format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"{shown} {fact.unit}" if fact.unit and fact.kind in (Kind.INTEGER, Kind.DECIMAL) else shown


def join_names(names: Iterable[str]) -> str:
    """Join Chinese names for a sentence: ``甲、乙、丙``."""
    return "、".join(name for name in names if name)
