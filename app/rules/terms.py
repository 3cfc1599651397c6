"""A statutory value: so many days, copies or persons, since when, from which event, by which article.

A period is a value that counts from an event (自收到之日起 10 日内; 会议 10 日前); a threshold does not
(至少 3 人, 三分之一). Both are data (law.md appendix A); only their comparison with facts is code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.facts import Choice
from app.domain.union import AgreementKind, Form
from app.rules.findings import Hardness, Read, Source
from app.rules.laws import Law, read_sources
from app.rules.places import Place
from app.rules.strict_toml import Table, read_toml

ALL_KINDS = frozenset(AgreementKind)
ALL_FORMS = frozenset(Form)
MAY_BE_HARD = frozenset({Read.FULL_TEXT, Read.EXCERPT})

_BEFORE_UNIT = re.compile(r"(?<=[^\d\s/.])(?=\d)|(?<=\d)(?=[^\d\s/%.])")


class TermUnit(Choice):
    """What an amount counts."""

    DAY = "day", "日"
    WORKDAY = "workday", "个工作日"
    MONTH = "month", "个月"
    YEAR = "year", "年"
    PERSON = "person", "人"
    COPY = "copy", "份"
    TIME = "time", "次"
    HOUR = "hour", "小时"
    SHARE = "share", "占比"


PERIOD_UNITS = frozenset({TermUnit.DAY, TermUnit.WORKDAY, TermUnit.MONTH})


class Bound(Choice):
    """How an amount bounds what is measured."""

    WITHIN = "within", "内"
    BEFORE = "before", "前"
    AT_LEAST = "at_least", "不少于"
    AT_MOST = "at_most", "不超过"
    MORE_THAN = "more_than", "超过"
    USUAL = "usual", "一般"


class Event(Choice):
    """From which event a period is counted."""

    OFFER_ISSUED = "offer_issued", "发出要约"
    OFFER_RECEIVED = "offer_received", "对方收到要约"
    VACANCY = "vacancy", "代表空缺"
    DETERMINED = "determined", "代表确定"
    FIRST_MEETING = "first_meeting", "首次协商会议"
    REPLY_AGREED = "reply_agreed", "答复同意"
    AGREED = "agreed", "达成一致"
    AGREED_AGAIN = "agreed_again", "重新达成一致"
    SESSION = "session", "职代会召开"
    SESSION_CLOSED = "session_closed", "职代会闭会"
    RESULT_PUBLISHED = "result_published", "决议公开"
    SIGNED = "signed", "合同订立"
    NOTICE_GIVEN = "notice_given", "企业收到书面告知"
    CHIEFS_SIGNED = "chiefs_signed", "双方首席签字"
    RECEIVED = "received", "人社收到文本"
    EFFECTIVE = "effective", "合同生效"
    EXPIRY = "expiry", "合同期满"
    CONTRACT_YEAR = "contract_year", "合同年起始"
    TERMINATED = "terminated", "合同解除"
    PERIOD_OVER = "period_over", "协商期限届满"
    LETTER_RECEIVED = "letter_received", "收到监督意见书"
    MEDIATION_ACCEPTED = "mediation_accepted", "受理协商争议"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One value as it applies on one day.

    Attributes:
        rule: rule id of law.md.
        variant: tells several values of one rule apart (``reminder``, ``hang`` ...); usually empty.
        name: what the value is of, where a rule has several that read alike (``产假``); usually empty.
        amount, per: the value is ``amount`` / ``per``; ``per`` is 1 except for shares.
        unit: what it counts.
        bound: within so many days, so many days before, at least, ...
        counts_from: the event a period is counted from, ``None`` for thresholds.
        hardness: how it may be graded.
        starts: since when this value applies.
        sources: the articles.
        note: what is disputed or must be known.
        checked_on: when the text was last compared.
        region: key of the pack it stands in.
    """

    rule: str
    variant: str = ""
    name: str = ""
    amount: int
    per: int = 1
    unit: TermUnit
    bound: Bound
    counts_from: Event | None = None
    hardness: Hardness
    starts: date
    sources: tuple[Source, ...]
    note: str = ""
    checked_on: date
    region: str

    @property
    def value(self) -> Fraction:
        """The exact value, e.g. 1/3."""
        return Fraction(self.amount, self.per)

    @property
    def is_period(self) -> bool:
        """True if a due date can be counted from it."""
        return self.counts_from is not None and self.unit in PERIOD_UNITS

    @property
    def words(self) -> str:
        """In words: ``10日``, ``5个工作日``, ``10日前``, ``不少于1/3``."""
        value = f"{self.amount}/{self.per}" if self.per != 1 else str(self.amount)
        if self.per == 100:
            value = f"{self.amount}%"
        unit = "" if self.unit is TermUnit.SHARE else self.unit.label
        if self.bound is Bound.WITHIN:
            return f"{value}{unit}"
        if self.bound is Bound.BEFORE:
            return f"{value}{unit}前"
        return f"{self.bound.label}{value}{unit}"

    @property
    def spoken(self) -> str:
        """In words as the window writes them: ``10 日``, ``5 个工作日``, ``不少于 1/3``, ``产假不少于 98 日``."""
        return f"{self.name}{_BEFORE_UNIT.sub(' ', self.words)}"


@dataclass(frozen=True, slots=True)
class TermEntry:
    """All dated values of one rule and variant, ascending, with the kinds and forms they are for.

    An entry without values (``none = true``) says that the value of the pack below does not hold here.
    """

    rule: str
    variant: str
    kinds: frozenset[AgreementKind]
    forms: frozenset[Form]
    values: tuple[Term, ...]

    def fits(self, rule: str, variant: str, kind: AgreementKind, form: Form) -> bool:
        """True if this entry answers for the given rule, kind and form."""
        return self.rule == rule and self.variant == variant and kind in self.kinds and form in self.forms

    def on(self, day: date) -> Term | None:
        """Return the value in force on ``day``."""
        return next((term for term in reversed(self.values) if term.starts <= day), None)


def load_terms(
    path: Place, region: str, laws: Mapping[str, Law], rules: Collection[str]
) -> tuple[TermEntry, ...]:
    """Load a pack's ``terms.toml``; ``rules`` are the ids a value may belong to.

    Raises:
        UserError: an unknown key, a value without start or article, a hard value only read second-hand,
            two entries for the same thing, dates out of order.
    """
    top = read_toml(path)
    entries: list[TermEntry] = []
    for table in top.tables("term"):
        entry = _entry(table, region, laws)
        if entry.rule not in rules:
            raise table.refuse(f"没有 {entry.rule!r} 这条规则", "rule")
        for other in entries:
            same = (other.rule, other.variant) == (entry.rule, entry.variant)
            if same and other.kinds & entry.kinds and other.forms & entry.forms:
                raise table.refuse(f"{entry.rule} 写了两遍")
        entries.append(entry)
    top.done()
    return tuple(entries)


def _entry(table: Table, region: str, laws: Mapping[str, Law]) -> TermEntry:
    rule, variant = table.text("rule"), table.text("variant", "")
    table.place = f"{table.place} {rule} {variant}".rstrip()
    kinds = table.choices("kinds", AgreementKind, ALL_KINDS)
    forms = table.choices("forms", Form, ALL_FORMS)
    if table.yes("none"):
        table.done()
        return TermEntry(rule, variant, kinds, forms, ())
    bound = table.choice("bound", Bound)
    counts_from = table.choice("counts_from", Event) if table.has("counts_from") else None
    if (bound in (Bound.WITHIN, Bound.BEFORE)) is not (counts_from is not None):
        raise table.refuse("期限要写 counts_from，不是期限的不写")
    hardness = table.choice("hardness", Hardness)
    if hardness is Hardness.NONE:
        raise table.refuse("法规未规定的，不能有数值")
    name, note = table.text("name", ""), table.text("note", "")
    checked_on = table.day("checked_on")
    sources = read_sources(table, laws)
    if hardness is Hardness.HARD and not any(source.read in MAY_BE_HARD for source in sources):
        raise table.refuse("没有亲眼读到条文的，不能作红线")
    values: list[Term] = []
    for value in table.tables("values"):
        term = Term(
            rule=rule,
            variant=variant,
            name=name,
            amount=value.whole("amount"),
            per=value.whole("per", 1),
            unit=value.choice("unit", TermUnit),
            bound=bound,
            counts_from=counts_from,
            hardness=hardness,
            starts=value.day("starts"),
            sources=sources,
            note=note,
            checked_on=checked_on,
            region=region,
        )
        value.done()
        if counts_from is not None and term.unit not in PERIOD_UNITS:
            raise value.refuse("期限的 unit 只能是 day、workday、month", "unit")
        if term.per < 1:
            raise value.refuse("per 应当不小于 1")
        if values and values[-1].starts >= term.starts:
            raise value.refuse("starts 应当一个比一个晚")
        values.append(term)
    table.done()
    return TermEntry(rule, variant, kinds, forms, tuple(values))
