"""The districts' statistics tables as cell definitions, every cell a figure with its origin.

Only the 临沂 2017 table is known column by column (F-90); the columns of the others were never obtained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.offer import Delivery
from app.domain.offer_links import deliveries_of
from app.domain.union import AgreementKind, CoveredEnterprise, Form
from app.figures.in_effect import in_effect_from
from app.figures.origin import Figure, Origin

LINYI_TITLE = "工资集体协商“集中要约”行动情况统计表"


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One field of the line above a table; an empty value is written by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its label and the unit in brackets under it."""

    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Columns that belong together under one heading."""

    label: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of figures, as many as the table has columns."""

    label: str
    cells: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A filled statistics table, before it is a sheet.

    Attributes:
        key: stable name, as profiles refer to it.
        title: as printed.
        until: the day up to which things count.
        header: the line above the table.
        corner: heading of the column of row labels.
        groups: columns in their groups.
        rows: the lines.
        note: the form's own note below the table.
        remarks: how the figures were made, for the sheet 出处.
        problems: what does not fit together, in words; empty when the table can be handed in.
    """

    key: str
    title: str
    until: date
    header: tuple[HeaderField, ...]
    corner: str
    groups: tuple[ColumnGroup, ...]
    rows: tuple[TableRow, ...]
    note: str
    remarks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns from left to right."""
        return tuple(column for group in self.groups for column in group.columns)


_OFFERED = ColumnGroup(
    "发出要约书", (Column("发出要约书份数", "份"), Column("覆盖企业数", "家"), Column("覆盖职工数", "人"))
)
_SIGNED = ColumnGroup(
    "签订工资专项集体合同",
    (Column("签订工资专项集体合同份数", "份"), Column("覆盖企业数", "家"), Column("覆盖职工数", "人")),
)
_FILED = ColumnGroup(
    "审查备案", (Column("审查备案数", "份"), Column("覆盖企业数", "家"), Column("覆盖职工数", "人"))
)
_ROWS = ((Form.SINGLE, "单独开展企业"), (Form.AREA, "区域"), (Form.INDUSTRY, "行业"))

_RULES = {
    _OFFERED.label: "截止日前对方已收到的要约书，一份算 1 份",
    _SIGNED.label: "截止日前双方首席已签字盖章的合同",
    _FILED.label: "截止日前已审查无异议的合同：意见书已送达，或人社收到满 15 日",
}
_FIRMS_RULE = "单独的算 1 家；区域、行业的，要约按已收到的企业算，合同按已盖章确认的企业算"
_STAFF_RULE = "与企业建立劳动关系的职工，不含劳务派遣、众包和外包人员"


@dataclass(frozen=True, slots=True)
class _Firm:
    """An enterprise an offer or agreement covers; ``key`` tells it from others across cases."""

    key: str
    staff: int | None
    named: Origin
    counted: Origin


@dataclass(frozen=True, slots=True)
class _Entry:
    """One offer, agreement or filed agreement that counts."""

    form: Form
    what: tuple[Origin, ...]
    firms: tuple[_Firm, ...]


def linyi_2017(cases: Case | Iterable[Case], until: date, *, filled_on: date | None = None) -> Table:
    """Return the 临沂 2017 table (F-90) of one case, or of several for a receiving office.

    “单独开展企业” leaves out what an area or industry case covers. Of one case the header is filled from its
    union; ``filled_on`` is 填报时间.
    """
    chosen = (cases,) if isinstance(cases, Case) else tuple(cases)
    wages = [case for case in chosen if case.cycle.agreement_kind in (None, AgreementKind.WAGE)]
    several = len(chosen) > 1
    columns: list[tuple[ColumnGroup, list[_Entry], int]] = []
    makers: tuple[tuple[ColumnGroup, Callable[[Case, date], list[_Entry]]], ...] = (
        (_OFFERED, _offers),
        (_SIGNED, _signed),
        (_FILED, _filed),
    )
    for group, made_by in makers:
        entries = [_named(entry, case, several) for case in wages for entry in made_by(case, until)]
        kept = _without_covered(entries)
        columns.append((group, kept, len(entries) - len(kept)))
    rows = tuple(
        TableRow(
            label,
            tuple(
                cell
                for group, entries, _ in columns
                for cell in _cells(group, [entry for entry in entries if entry.form is form])
            ),
        )
        for form, label in _ROWS
    )
    header = _header(chosen[0] if len(chosen) == 1 else None, filled_on)
    return Table(
        key="linyi-2017",
        title=LINYI_TITLE,
        until=until,
        header=header,
        corner="项目",
        groups=(_OFFERED, _SIGNED, _FILED),
        rows=rows,
        note=f"“单独开展企业”不计算被区域性、行业性协商覆盖的企业；时间截止到{_on(until)}。",
        remarks=(*_remarks(wages), *_left_out(columns)),
        problems=logic_problems(rows),
    )


def logic_problems(rows: Iterable[TableRow]) -> tuple[str, ...]:
    """Return where the 临沂 table contradicts itself: 签订≤发出, 备案≤签订, 单独家数＝份数, 人数≥家数."""
    found: list[str] = []
    names = ("发出要约书", "签订合同", "审查备案")
    for row in rows:
        values = [figure.value for figure in row.cells]
        if None in values:
            found.append(f"{row.label}：有职工数没有填，合计不出来")
        numbers = [int(value or 0) for value in values]
        for later, earlier in ((1, 0), (2, 1)):
            for place, what in ((0, "份数"), (1, "覆盖企业数"), (2, "覆盖职工数")):
                low, high = numbers[3 * later + place], numbers[3 * earlier + place]
                if low > high and None not in values:
                    found.append(
                        f"{row.label}：{names[later]}的{what} {low} 多于{names[earlier]}的{what} {high}"
                    )
        for group, name in enumerate(names):
            copies, firms, staff = numbers[3 * group : 3 * group + 3]
            if row.label == _ROWS[0][1] and copies != firms:
                found.append(f"{row.label}：{name} {copies} 份，覆盖企业却是 {firms} 家")
            if firms and not copies:
                found.append(f"{row.label}：{name}没有份数，却有覆盖企业 {firms} 家")
            if copies and not firms:
                found.append(f"{row.label}：{name} {copies} 份，却没有覆盖企业")
            if staff < firms and None not in values:
                found.append(f"{row.label}：{name}覆盖职工 {staff} 人，少于覆盖企业 {firms} 家")
    return tuple(found)


def _offers(case: Case, until: date) -> list[_Entry]:
    found: list[_Entry] = []
    for offer in case.offers:
        received = [
            delivery
            for delivery in deliveries_of(case, offer)
            if delivery.received_on is not None and delivery.received_on <= until
        ]
        if not received:
            continue
        what = (
            Origin("offers", offer.id, "number", f"要约 {offer.number}".rstrip()),
            *(
                Origin(
                    "deliveries",
                    delivery.id,
                    "received_on",
                    f"{delivery.to}{_on(delivery.received_on)}收到" if delivery.received_on else "",
                )
                for delivery in received
            ),
        )
        found.append(_entry(case, what, _reached_by(received)))
    return found


def _signed(case: Case, until: date) -> list[_Entry]:
    found: list[_Entry] = []
    seen: set[str] = set()
    for signing in case.signings:
        if signing.signed_on is None or signing.signed_on > until or signing.agreement in seen:
            continue
        seen.add(signing.agreement)
        agreement = case.find("agreements", signing.agreement)
        name = agreement.name if agreement else "合同"
        what = (Origin("signings", signing.id, "signed_on", f"{name} {_on(signing.signed_on)}签字盖章"),)
        found.append(_entry(case, what, _sealed_by(until)))
    return found


def _filed(case: Case, until: date) -> list[_Entry]:
    found: list[_Entry] = []
    for agreement in case.agreements:
        day, papers = in_effect_from(case, agreement.id)
        if day is not None and day <= until:
            found.append(_entry(case, papers, _sealed_by(until)))
    return found


def _reached_by(received: list[Delivery]) -> Callable[[CoveredEnterprise], bool]:
    # A delivery that names no enterprise was made to their body for all of them.
    to_all = any(not delivery.enterprises for delivery in received)
    reached = {firm for delivery in received for firm in delivery.enterprises}
    return lambda firm: to_all or firm.id in reached


def _sealed_by(until: date) -> Callable[[CoveredEnterprise], bool]:
    return lambda firm: firm.sealed_on is not None and firm.sealed_on <= until


def _entry(case: Case, what: tuple[Origin, ...], counts: Callable[[CoveredEnterprise], bool]) -> _Entry:
    form = case.cycle.form or Form.SINGLE
    if form is Form.SINGLE:
        own = case.enterprise
        firm = _Firm(
            own.code or own.name or case.union.code or case.union.name,
            own.staff,
            Origin("enterprise", own.id, "name", own.name),
            Origin("enterprise", own.id, "staff", f"{own.name} 职工 {_or_blank(own.staff)} 人"),
        )
        return _Entry(form, what, (firm,))
    firms = tuple(
        _Firm(
            held.code or held.name,
            held.staff,
            Origin("covered_enterprises", held.id, "name", held.name),
            Origin("covered_enterprises", held.id, "staff", f"{held.name} 职工 {_or_blank(held.staff)} 人"),
        )
        for held in case.covered_enterprises
        if counts(held)
    )
    return _Entry(form, what, firms)


def _named(entry: _Entry, case: Case, several: bool) -> _Entry:
    """Say whose offer it is where several unions' cases are in one table."""
    if not several:
        return entry
    what = tuple(
        Origin(part.collection, part.record_id, part.fact, f"{case.union.name}：{part.words}")
        for part in entry.what
    )
    return _Entry(entry.form, what, entry.firms)


def _without_covered(entries: list[_Entry]) -> list[_Entry]:
    """Leave out single enterprises that an area or industry entry of the same kind covers."""
    covered = {firm.key for entry in entries if entry.form is not Form.SINGLE for firm in entry.firms}
    return [entry for entry in entries if entry.form is not Form.SINGLE or entry.firms[0].key not in covered]


def _cells(group: ColumnGroup, entries: list[_Entry]) -> tuple[Figure, Figure, Figure]:
    copies, firms, staff = group.columns
    # The same enterprise under two offers of one kind is one enterprise.
    covered = {firm.key: firm for entry in entries for firm in entry.firms}
    known = [firm.staff for firm in covered.values()]
    total = None if None in known else sum(number or 0 for number in known)
    what = tuple(part for entry in entries for part in entry.what)
    return (
        Figure(len(entries), copies.unit, copies.label, what, _RULES[group.label]),
        Figure(
            len(covered), firms.unit, firms.label, tuple(firm.named for firm in covered.values()), _FIRMS_RULE
        ),
        Figure(total, staff.unit, staff.label, tuple(firm.counted for firm in covered.values()), _STAFF_RULE),
    )


def _header(case: Case | None, filled_on: date | None) -> tuple[HeaderField, ...]:
    union = case.union if case else None
    return (
        HeaderField("单位", union.name if union else ""),
        HeaderField("负责人", (union.acting_head or union.chair) if union else ""),
        HeaderField("填报人", union.handler if union else ""),
        HeaderField("填报时间", _on(filled_on) if filled_on else ""),
    )


def _remarks(cases: Iterable[Case]) -> tuple[str, ...]:
    found: list[str] = []
    for case in cases:
        if case.enterprise.dispatched_staff:
            found.append(
                f"劳务派遣工 {case.enterprise.dispatched_staff} 人不与本企业建立劳动关系，不计入覆盖职工数"
            )
        outsourced = (case.enterprise.outsourced_staff or 0) + sum(
            firm.outsourced_staff or 0 for firm in case.covered_enterprises
        )
        if outsourced:
            found.append(f"众包及外包人员 {outsourced} 人不计入覆盖职工数")
    return tuple(found)


def _left_out(columns: list[tuple[ColumnGroup, list[_Entry], int]]) -> tuple[str, ...]:
    return tuple(
        f"{group.label}：{number} 家单独开展的企业已被区域或行业协商覆盖，没有重复计算"
        for group, _, number in columns
        if number
    )


def _or_blank(number: int | None) -> str:
    return "（没有填）" if number is None else str(number)


def _on(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
