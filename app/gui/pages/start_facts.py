"""What first use asks, as plain data: page by page, group by group, and how an answer is kept half done.

Labels, help and kinds come from the declarations in :mod:`app.domain`; here stand only the order, what belongs
on one line, and what a choice means in one line of words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.codes import INDUSTRIES, PROVINCES, UNIT_TYPES, check_enterprise_code, check_union_code
from app.domain.congress import Congress
from app.domain.facts import Fact, Kind, Record, facts_of
from app.domain.union import AgreementKind, Enterprise, Form, Union, UnionKind

if TYPE_CHECKING:
    from app.rules.pack import RulePack, RulePacks

RECORDS: Mapping[str, type[Record]] = {"union": Union, "enterprise": Enterprise, "congress": Congress}
"""Records whose facts first use may ask, by collection."""

PROVINCE, CITY, DISTRICT, YEAR, KINDS, SHAPE = "province", "city", "district", "year", "kinds", "shape"
"""Answers that are no facts by themselves; region, year, kinds and form are made of them."""

KIND_TILES = {
    AgreementKind.WAGE: ("工资专项", "工资、福利待遇"),
    AgreementKind.WOMEN: ("女职工专项", "可与工资同谈"),
    AgreementKind.SAFETY: ("安全卫生专项", "劳保、职业危害"),
    AgreementKind.GENERAL: ("综合合同", "一般三年一签"),
}
"""What is bargained, as short as four tiles beside each other have room for, and one line of what it means."""


@dataclass(frozen=True, slots=True)
class UnionShape:
    """One answer to 工会类型: what it means for the union and for the form of bargaining.

    The statistics know two kinds, one for a single unit and one for several (forms.md §4.1): unions of an area or
    an industry are of the second. A joint union of small enterprises bargains for its area (鲁工资 32); whoever
    bargains otherwise chooses the form in 设置.
    """

    key: str
    label: str
    meaning: str
    kind: UnionKind
    form: Form


SHAPES = (
    UnionShape("single", "单独基层工会", "只覆盖本企业", UnionKind.SINGLE, Form.SINGLE),
    UnionShape("joint", "联合基层工会", "覆盖几家小企业", UnionKind.JOINT, Form.AREA),
    UnionShape("area", "区域工会", "覆盖一片企业", UnionKind.JOINT, Form.AREA),
    UnionShape("industry", "行业工会", "覆盖一个行业", UnionKind.JOINT, Form.INDUSTRY),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with lines of fields; each field is ``collection.fact`` or one of the answers above.

    ``only``: for one enterprise (``single``), for several (``several``), or both (empty).
    """

    title: str
    lines: tuple[tuple[str, ...], ...]
    only: str = ""
    remark: str = ""


PAGES: tuple[tuple[str, tuple[Group, ...]], ...] = (
    (
        "地区、工会与企业",
        (
            Group("地区与规则", ((PROVINCE, CITY, DISTRICT, YEAR), (KINDS,))),
            Group("工会", ((SHAPE,), ("union.name", "union.members"), ("union.code",))),
            Group(
                "企业",
                (
                    ("enterprise.name", "enterprise.industry"),
                    ("enterprise.staff", "enterprise.female_staff", "enterprise.dispatched_staff"),
                    ("enterprise.code", "enterprise.legal_person", "enterprise.unit_type"),
                ),
                only="single",
            ),
            Group(
                "企业方",
                (("enterprise.body_name", "enterprise.body_head"),),
                only="several",
                remark="覆盖企业建好以后在“设置”里一家一家添加。",
            ),
        ),
    ),
    (
        "上年情况",
        (
            Group(
                "企业和当地",
                (
                    ("enterprise.situation", "enterprise.local_minimum_wage"),
                    ("enterprise.local_minimum_wage_source",),
                ),
            ),
            Group(
                "职工代表大会",
                (("congress.body",), ("congress.term_name", "congress.delegates", "congress.women")),
            ),
            Group(
                "工会的人",
                (("union.chair", "union.handler"), ("union.upper_union", "union.phone")),
                remark="每处改动都记在经办人名下。",
            ),
        ),
    ),
)
"""The pages that ask facts; 备份与密码 and 核对并开始 follow them."""

PICKED: Mapping[str, Mapping[str, str]] = {
    "enterprise.industry": INDUSTRIES,
    "enterprise.unit_type": UNIT_TYPES,
}
"""Texts that are keys of an official list and therefore picked, not typed: field → key → words."""

CHECKS = {"union.code": check_union_code, "enterprise.code": check_enterprise_code}
"""Codes that are checked on leaving the field: field → the check."""

PARTS = {"enterprise.female_staff": "enterprise.staff", "congress.women": "congress.delegates"}
"""Numbers that are part of another one: the part → the whole it cannot be greater than."""

NOTES = {"union.code": "18 位，在工会法人资格证书上"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the pages of first use found out.

    Attributes:
        folder: where the library will lie; ``None`` when one is open already.
        region: key of the rule pack; ``region_name`` the place in words.
        kinds: what is bargained; each becomes a case of its own. ``kind`` is the first.
        facts: collection → fact → value, as it was written.
    """

    folder: Path | None
    union_name: str = ""
    region: str
    region_name: str = ""
    year: int
    kind: AgreementKind
    kinds: tuple[AgreementKind, ...] = ()
    form: Form
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def fact_of(name: str) -> Fact:
    """The declaration behind ``collection.fact``. KeyError when there is none."""
    collection, fact = name.split(".")
    return facts_of(RECORDS[collection])[fact]


def check_part(name: str, part: Any, whole: Any) -> str | None:
    """The sentence below a number that is greater than the whole it is part of (``PARTS``); else ``None``."""
    if not isinstance(part, int) or not isinstance(whole, int) or part <= whole:
        return None
    less, more = fact_of(name), fact_of(PARTS[name])
    return f"{less.label} {part} {less.unit}，比{more.label} {whole} {more.unit}多。请改对其中一个；没有可先留空。"


def pack_of(packs: RulePacks, province: str | None, city: str | None = None) -> RulePack | None:
    """The rule pack of a place: the city's own, else the province's, else the national one.

    ``province`` is a value of ``PROVINCES``. ``None`` while no province is chosen.
    """
    return packs.of_place(province, city or "") if province else None


def provinces() -> tuple[str, ...]:
    """All provinces, in the official order."""
    return tuple(PROVINCES.values())


def to_text(value: Any) -> Any:
    """An answer as JSON keeps it."""
    if isinstance(value, tuple):
        return [to_text(each) for each in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (AgreementKind, Form, UnionKind)) or hasattr(value, "label"):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def from_text(name: str, kept: Any) -> Any:
    """An answer read back; ``None`` where it is nothing of its kind any more."""
    try:
        if name == KINDS:
            return tuple(AgreementKind(each) for each in kept)
        if name == YEAR:
            return int(kept)
        if "." not in name:
            return str(kept)
        fact = fact_of(name)
        match fact.kind:
            case Kind.INTEGER:
                return int(kept)
            case Kind.DECIMAL:
                return Decimal(str(kept))
            case Kind.YES_NO:
                return kept if isinstance(kept, bool) else None
            case Kind.CHOICE:
                return fact.choices(kept) if fact.choices is not None else None
            case _:
                return str(kept)
    except (KeyError, ValueError, TypeError, InvalidOperation):
        return None
