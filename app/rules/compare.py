"""Two regions beside each other: rule by rule what each says on one day, and in what they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.facts import Choice
from app.domain.stages import Stage
from app.rules.findings import Source
from app.rules.lookup import Asked, RuleSight, look_up_all
from app.rules.pack import RulePack
from app.rules.rule_texts import RuleGroup
from app.rules.terms import Term


class Difference(Choice):
    """In what two regions differ on a rule, the weightiest first."""

    VALUE = "value", "数值不同"
    SILENT = "silent", "一边法规未规定"
    CHECK = "check", "要求不同"
    WORDS = "words", "写法不同"
    BASIS = "basis", "依据不同"
    SAME = "same", "一样"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One rule in two regions; ``None`` where a region's packs say nothing at all about it.

    Attributes:
        left, right: the rule as it stands in each.
        difference: in what they differ.
        words: the difference in a few words: ``数值不同，差 10 日``.
    """

    left: RuleSight | None
    right: RuleSight | None
    difference: Difference
    words: str

    @property
    def _sight(self) -> RuleSight:
        found = self.left or self.right
        assert found is not None  # a row is made of at least one
        return found

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self._sight.rule

    @property
    def title(self) -> str:
        """What the rule is about."""
        return self._sight.text.title

    @property
    def group(self) -> RuleGroup:
        """Its group of law.md §1."""
        return self._sight.text.group

    @property
    def stage(self) -> Stage:
        """Where it belongs."""
        return self._sight.text.stage

    @property
    def differs(self) -> bool:
        """True unless both say the same by the same article."""
        return self.difference is not Difference.SAME

    def fits(self, words: str) -> bool:
        """True if every word stands somewhere in the row."""
        wanted = words.split()
        sides = [side for side in (self.left, self.right) if side is not None]
        return all(each in self.words or any(side.fits(each) for side in sides) for each in wanted)


def compare(left: RulePack, right: RulePack, asked: Asked) -> tuple[Comparison, ...]:
    """Return every rule either region knows, in the order of law.md."""
    ours = {sight.rule: sight for sight in look_up_all(left, asked)}
    theirs = {sight.rule: sight for sight in look_up_all(right, asked)}
    rows = []
    for rule in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(rule), theirs.get(rule)
        difference, words = _difference(one, other, left.name, right.name)
        rows.append(Comparison(one, other, difference, words))
    return tuple(rows)


def counted(rows: Iterable[Comparison]) -> str:
    """Return how many rows differ in what: ``61 条不同：数值不同 12，…``; 都一样 where none does."""
    kinds = Counter(row.difference for row in rows)
    differing = [(each, kinds[each]) for each in Difference if each is not Difference.SAME and kinds[each]]
    if not differing:
        return "都一样"
    parts = "，".join(f"{each.label} {count}" for each, count in differing)
    return f"{sum(count for _, count in differing)} 条不同：{parts}"


def _difference(
    one: RuleSight | None, other: RuleSight | None, left: str, right: str
) -> tuple[Difference, str]:
    if one is None or other is None:
        return Difference.SILENT, f"{left if one is None else right}没有这一条"
    if one.text.silent is not other.text.silent:
        silent, name = (one, left) if one.text.silent else (other, right)
        return Difference.SILENT, f"{name}法规未规定{'，待核' if silent.cell.pending else ''}"
    if [_measure(term) for term in one.terms] != [_measure(term) for term in other.terms]:
        return Difference.VALUE, _value_words(one.terms, other.terms, left, right)
    if (one.text.flags, one.text.papers, one.text.items) != (
        other.text.flags,
        other.text.papers,
        other.text.items,
    ):
        return Difference.CHECK, Difference.CHECK.label
    if one.text.says != other.text.says:
        return Difference.WORDS, Difference.WORDS.label
    if _named(one.sources) != _named(other.sources):
        return Difference.BASIS, Difference.BASIS.label
    return Difference.SAME, Difference.SAME.label


def _measure(term: Term) -> tuple[object, ...]:
    return (term.variant, term.value, term.unit, term.bound, term.counts_from)


def _named(sources: Iterable[Source]) -> set[str]:
    return {source.text for source in sources}


def _value_words(one: tuple[Term, ...], other: tuple[Term, ...], left: str, right: str) -> str:
    """By how much two values differ, where that can be said: not of days and workdays."""
    label = Difference.VALUE.label
    if not one or not other:
        return f"只有{right if not one else left}有数值"
    if len(one) != 1 or len(other) != 1:
        return label
    mine, yours = one[0], other[0]
    if mine.unit is not yours.unit:
        units = "、".join(dict.fromkeys(term.unit.label.removeprefix("个") for term in (mine, yours)))
        return f"{label}，单位不同（{units}）"
    said = []
    if mine.value != yours.value and mine.per == yours.per == 1:
        unit = mine.unit.label
        said.append(f"差 {abs(mine.amount - yours.amount)} {unit}")
    if mine.bound is not yours.bound:
        said.append("算法不同")
    if mine.counts_from is not yours.counts_from:
        said.append("起算不同")
    return f"{label}，{'，'.join(said)}" if said else label
