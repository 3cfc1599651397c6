"""What a pack says about every rule of law.md §1: a value, a check, a text, what it inherits, or 法规未规定.

A rule may be answered differently for kinds of agreement and forms of bargaining, so every rule has one cell
for each different answer. Nothing is guessed: a rule nobody answers is ``MISSING``, and tests refuse that.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.facts import Choice
from app.domain.union import AgreementKind, Form
from app.rules.checks.table import TABLE
from app.rules.findings import Hardness, Read, Source, cite
from app.rules.law_rules import LAW_RULES
from app.rules.pack import RulePack
from app.rules.rule_texts import RuleGroup, RuleText, least_read
from app.rules.terms import ALL_FORMS, ALL_KINDS, Term


class Answer(Choice):
    """How a rule is answered."""

    VALUE = "value", "数值"
    CHECK = "check", "检查"
    TEXT = "text", "条文"
    SILENT = "silent", "法规未规定"
    MISSING = "missing", "没有交代"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One answer, with the kinds and forms it is for.

    Attributes:
        kinds, forms: for which agreements and forms of bargaining.
        answer: a value, a check, a text that is only told, nothing laid down, or nothing said at all.
        origin: the pack that says it; ``inherited`` when that is one below.
        words: the value in words, else the text's own sentence.
        hardness: what it may bring about.
        sources: the articles.
        read: how well the article read least well was read; ``None`` where there is none.
        pending: the region's own text was not read, so 待核 is shown.
    """

    kinds: tuple[AgreementKind, ...]
    forms: tuple[Form, ...]
    answer: Answer
    origin: str = ""
    origin_name: str = ""
    inherited: bool = False
    words: str = ""
    hardness: Hardness = Hardness.NONE
    sources: tuple[Source, ...] = ()
    read: Read | None = None
    pending: bool = False

    @property
    def short(self) -> str:
        """In a few words for a table: ``10 日``, ``检查``, ``法规未规定``, ``承全国 20 日``, with ``?`` for 待核."""
        said = self.answer.label
        if self.answer is Answer.VALUE:
            said = self.words
        second_hand = self.read in (Read.SECOND_HAND, Read.UNVERIFIED)
        mark = "?" if self.pending or second_hand else ""
        return f"{f'承{self.origin_name} ' if self.inherited else ''}{said}{mark}"

    @property
    def whom(self) -> str:
        """For which kinds and forms, in words; empty where for all."""
        kinds = "" if len(self.kinds) == len(ALL_KINDS) else "、".join(each.label for each in self.kinds)
        forms = "" if len(self.forms) == len(ALL_FORMS) else "、".join(each.label for each in self.forms)
        return " ".join(part for part in (kinds, forms) if part)

    @property
    def told(self) -> str:
        """One line: whom, answer, origin, articles, how well read."""
        whom = f"{self.whom}：" if self.whom else ""
        basis = f"　{cite(self.sources)}" if self.sources else ""
        how = f"（{self.read.label}）" if self.read is not None else ""
        pending = "　当地条文待核" if self.pending else ""
        return f"{whom}{self.short.removesuffix('?')}{basis}{how}{pending}"


@dataclass(frozen=True, slots=True)
class RuleCover:
    """One rule in one pack."""

    rule: str
    title: str
    group: RuleGroup
    cells: tuple[Cell, ...]

    @property
    def is_covered(self) -> bool:
        """True if every kind and form has an answer."""
        return all(cell.answer is not Answer.MISSING for cell in self.cells)

    def cell(self, kind: AgreementKind, form: Form) -> Cell:
        """Return the answer for a kind and a form."""
        return next(cell for cell in self.cells if kind in cell.kinds and form in cell.forms)


def coverage(pack: RulePack, on: date) -> tuple[RuleCover, ...]:
    """Return what a pack says about every rule of law.md §1 on a day, in the order of law.md."""
    return tuple(_cover(pack, rule, group, on) for group, rules in LAW_RULES.items() for rule in rules)


def _cover(pack: RulePack, rule: str, group: RuleGroup, on: date) -> RuleCover:
    answers: dict[Cell, list[tuple[AgreementKind, Form]]] = {}
    for kind in AgreementKind:
        for form in Form:
            cell, _ = answer_of(pack, rule, kind, form, on)
            answers.setdefault(cell, []).append((kind, form))
    cells = [
        _for(answer, kinds, forms) for answer, places in answers.items() for kinds, forms in _blocks(places)
    ]
    text = pack.rule(rule) or next(
        (found for kind, form in _all() if (found := pack.rule(rule, kind, form))), None
    )
    return RuleCover(rule, text.title if text else "", group, tuple(cells))


def answer_of(
    pack: RulePack, rule: str, kind: AgreementKind, form: Form, on: date
) -> tuple[Cell, tuple[Term, ...]]:
    """Return how a rule is answered for one kind and form, and the values in force, the plain one first.

    The cell names no kinds and forms: it may hold for others too.
    """
    text = pack.rule(rule, kind, form)
    if text is None:
        return Cell(kinds=(), forms=(), answer=Answer.MISSING), ()
    terms = () if text.silent else _terms(pack, rule, kind, form, on)
    pending = pack.is_pending(rule, kind, form)
    if text.silent:
        return _cell(pack, text, Answer.SILENT, text.says, pending=pending), ()
    if terms:
        words = "，".join(term.spoken for term in terms)
        return _cell(pack, text, Answer.VALUE, words, terms=terms, pending=pending), terms
    checked = not text.unchecked and any(
        row.rule == rule and kind in row.kinds and form in row.forms for row in TABLE
    )
    return _cell(pack, text, Answer.CHECK if checked else Answer.TEXT, text.says, pending=pending), ()


def _cell(
    pack: RulePack,
    text: RuleText,
    answer: Answer,
    words: str,
    *,
    terms: tuple[Term, ...] = (),
    pending: bool = False,
) -> Cell:
    speakers = {text.region, *(term.region for term in terms)}
    origin = next(each.key for each in pack.chain() if each.key in speakers)
    sources = tuple(dict.fromkeys(source for term in terms for source in term.sources)) or text.sources
    hardness = terms[0].hardness if terms else text.hardness
    return Cell(
        kinds=(),
        forms=(),
        answer=answer,
        origin=origin,
        origin_name=pack.origin(origin).name,
        inherited=origin != pack.key,
        words=words,
        hardness=hardness,
        sources=sources,
        read=least_read(sources),
        pending=pending,
    )


def variants_of(pack: RulePack, rule: str) -> tuple[str, ...]:
    """Return the names that tell the values of a rule apart, the plain one (empty) first."""
    return tuple(
        sorted({entry.variant for each in pack.chain() for entry in each.entries if entry.rule == rule})
    )


def _terms(pack: RulePack, rule: str, kind: AgreementKind, form: Form, on: date) -> tuple[Term, ...]:
    found = (pack.term(rule, on, kind, form, variant=variant) for variant in variants_of(pack, rule))
    return tuple(term for term in found if term is not None)


def _blocks(
    places: list[tuple[AgreementKind, Form]],
) -> Iterator[tuple[tuple[AgreementKind, ...], tuple[Form, ...]]]:
    """Put places together to whole blocks of kinds × forms."""
    by_forms: dict[tuple[Form, ...], list[AgreementKind]] = {}
    for kind in dict.fromkeys(kind for kind, _ in places):
        by_forms.setdefault(tuple(form for each, form in places if each is kind), []).append(kind)
    for forms, kinds in by_forms.items():
        yield tuple(kinds), forms


def _for(answer: Cell, kinds: tuple[AgreementKind, ...], forms: tuple[Form, ...]) -> Cell:
    return dataclasses.replace(answer, kinds=kinds, forms=forms)


def _all() -> Iterator[tuple[AgreementKind, Form]]:
    return ((kind, form) for kind in AgreementKind for form in Form)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rules of a pack are answered how; a rule answered in several ways counts with its first cell."""

    own: int
    inherited: int
    silent: int
    pending: int
    missing: int


def tally(rows: Iterable[RuleCover]) -> Tally:
    """Count the answers for the first kind and form (工资专项、单独)."""
    cells = [(row, row.cells[0]) for row in rows]
    missing = sum(not row.is_covered for row, _ in cells)
    silent = sum(cell.answer is Answer.SILENT for _, cell in cells)
    said = [cell for _, cell in cells if cell.answer not in (Answer.SILENT, Answer.MISSING)]
    return Tally(
        own=sum(not cell.inherited for cell in said),
        inherited=sum(cell.inherited for cell in said),
        silent=silent,
        pending=sum(cell.pending for _, cell in cells),
        missing=missing,
    )
