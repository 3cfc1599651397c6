"""One rule looked up: what it says in a region on a day, by which article, how well read, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.facts import Choice
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Form
from app.rules.coverage import Cell, answer_of, variants_of
from app.rules.findings import Hardness, Read, Source
from app.rules.law_rules import ALL_RULES
from app.rules.laws import Law
from app.rules.pack import RulePack
from app.rules.rule_texts import RuleGroup, RuleText, least_read
from app.rules.terms import Bound, Term

_PLACES = {rule: place for place, rule in enumerate(ALL_RULES)}
_GROUPS = {group: place for place, group in enumerate(RuleGroup)}


@dataclass(frozen=True, slots=True)
class Asked:
    """For which agreement, form of bargaining and day a rule is looked up."""

    kind: AgreementKind
    form: Form
    on: date


class Reading(Choice):
    """How far a rule may be relied on, for choosing among rules."""

    CHECKED = "checked", "核对过"
    PENDING = "pending", "待核"
    SILENT = "silent", "法规未规定"
    DATA = "data", "数据本身"


@dataclass(frozen=True, slots=True)
class Span:
    """A value and the days it holds: from ``term.starts`` to ``until``, the last one (``None``: no end known).

    ``origin`` is the name of the pack it stands in.
    """

    term: Term
    until: date | None
    origin: str

    def holds_on(self, day: date) -> bool:
        """Whether the value is in force on a day."""
        return self.term.starts <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class RuleSight:
    """One rule in one region.

    Attributes:
        text: the sentence that holds there.
        cell: how it is answered (value, check, text, 法规未规定), by whom, with which articles.
        terms: the values in force on the day asked for, the plain one first.
        history: each value the rule has or had, the latest first.
        laws: the laws behind it, each once: full name, number, since when, in what state.
        chain: names of the packs asked one after the other, the region's own first (杭州, 浙江, 全国).
        pending_note: what of the region was not read, in words; empty unless this rule waits for it.
    """

    text: RuleText
    cell: Cell
    terms: tuple[Term, ...]
    history: tuple[Span, ...]
    laws: tuple[Law, ...]
    chain: tuple[str, ...]
    pending_note: str = ""

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.text.rule

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every article behind value and sentence, each once, those of the value first."""
        return tuple(dict.fromkeys((*self.cell.sources, *self.text.sources)))

    @property
    def reading(self) -> Reading:
        """How far it may be relied on."""
        if self.cell.pending:
            return Reading.PENDING
        if self.text.silent:
            return Reading.SILENT
        if not self.sources:
            return Reading.DATA
        read = least_read(self.sources)
        if read in (Read.SECOND_HAND, Read.UNVERIFIED):
            return Reading.PENDING
        return Reading.SILENT if read is Read.CUSTOM else Reading.CHECKED

    @property
    def how_read(self) -> str:
        """How well the article behind it read least well was read, in words."""
        if self.cell.pending:
            return "当地条文待核"
        if self.text.silent:
            return Hardness.NONE.label
        read = least_read(self.sources)
        return read.label if read is not None else Reading.DATA.label

    @property
    def value(self) -> str:
        """The values in force, in words with their start: ``10 日内，从对方收到要约起算``; empty without one."""
        return "；".join(value_words(term) for term in self.terms)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is disputed or must be known about the values in force, such as two ways to read the text."""
        return tuple(dict.fromkeys(term.note for term in self.terms if term.note))

    @property
    def checked_on(self) -> date | None:
        """When the text of a value was last compared; ``None`` where that is not recorded."""
        return max((term.checked_on for term in self.terms), default=None)

    def fits(
        self,
        words: str = "",
        stage: Stage | None = None,
        group: RuleGroup | None = None,
        reading: Reading | None = None,
    ) -> bool:
        """True if it is among what is looked for; every word must stand somewhere, ``None`` takes all."""
        if stage not in (None, self.text.stage) or group not in (None, self.text.group):
            return False
        if reading not in (None, self.reading):
            return False
        wanted = words.casefold().split()
        if not wanted:
            return True
        said = "\n".join(
            (
                self.rule,
                self.text.title,
                self.text.says,
                self.value,
                *(words for source in self.sources for words in (source.text, source.full)),
            )
        ).casefold()
        return all(each in said for each in wanted)


def value_words(term: Term) -> str:
    """A value with what it is counted from: ``10 日内，从对方收到要约起算``, ``首次协商会议 5 日前``."""
    if term.counts_from is None:
        return term.spoken
    if term.bound is Bound.BEFORE:
        return f"{term.counts_from.label} {term.spoken}"
    return f"{term.spoken}内，从{term.counts_from.label}起算"


def look_up(pack: RulePack, rule: str, asked: Asked) -> RuleSight | None:
    """Return one rule as it stands in a region; ``None`` where nobody says anything about it."""
    text = pack.rule(rule, asked.kind, asked.form)
    if text is None:
        return None
    cell, terms = answer_of(pack, rule, asked.kind, asked.form, asked.on)
    spans = [
        span
        for variant in variants_of(pack, rule)
        for span in history(pack, rule, asked.kind, asked.form, variant=variant)
    ]
    names = dict.fromkeys(source.law for source in (*cell.sources, *text.sources))
    return RuleSight(
        text=text,
        cell=cell,
        terms=terms,
        history=tuple(spans),
        laws=tuple(pack.laws[name] for name in names if name in pack.laws),
        chain=tuple(each.name for each in pack.chain()),
        pending_note=pack.pending_note if cell.pending else "",
    )


def look_up_all(pack: RulePack, asked: Asked) -> tuple[RuleSight, ...]:
    """Return every rule the region knows, in the order of law.md, those about figures last."""
    found = [sight for rule in pack.rule_ids() if (sight := look_up(pack, rule, asked)) is not None]
    return tuple(
        sorted(found, key=lambda each: (_GROUPS[each.text.group], _PLACES.get(each.rule, len(_PLACES))))
    )


def history(
    pack: RulePack, rule: str, kind: AgreementKind, form: Form, *, variant: str = ""
) -> tuple[Span, ...]:
    """Return the values of a rule through the years, the latest first.

    Before a region's own first value that of the pack below held; where the region says that nothing is laid
    down, nothing is taken from below. On every day the span that holds is what :meth:`RulePack.term` says.
    """
    return tuple(_spans(pack, rule, kind, form, variant))


def _spans(pack: RulePack, rule: str, kind: AgreementKind, form: Form, variant: str) -> Iterator[Span]:
    after: date | None = None  # the first day the next later value holds
    for each in pack.chain():
        for entry in each.entries:
            if not entry.fits(rule, variant, kind, form):
                continue
            if not entry.values:
                return
            for term in reversed(entry.values):
                if after is None or term.starts < after:
                    yield Span(term, after - timedelta(days=1) if after else None, each.name)
                    after = term.starts
        own = each.own_rule(rule, kind, form)
        if own is not None and own.silent:
            return
