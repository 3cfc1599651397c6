"""Which fields of a record light up, and with what: every field a finding speaks of, not only its first one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.facts import Fact
from app.rules.findings import Finding, Grade, State, Where

_SAID = {State.OPEN: "请说明", State.EXPLAINED: "已说明", State.FLAW: "程序瑕疵"}


@dataclass(frozen=True, slots=True)
class Lit:
    """``wrong``: fact → the sentence below it (必须改); ``said``: fact → word beside the diamond, and sentence."""

    wrong: dict[str, str] = field(default_factory=dict)
    said: dict[str, tuple[str, str]] = field(default_factory=dict)


def lit_fields(
    findings: Iterable[Finding], collection: str, record_id: str, facts: Mapping[str, Fact]
) -> Lit:
    """Return what the fields of a record show; the gravest finding counts, its own field before related ones.

    A related field does not say the whole sentence again: it names the field that does, if that is in sight.
    """
    lit = Lit()
    ordered = sorted(findings, key=_gravest)
    for related in (False, True):
        for finding in ordered:
            if finding.grade is Grade.NOTE:
                continue
            for place in finding.related if related else (finding.where,):
                if (place.collection, place.record_id) != (collection, record_id) or not place.fact:
                    continue
                _light(lit, finding, place, facts, related=related)
    return lit


def _light(lit: Lit, finding: Finding, place: Where, facts: Mapping[str, Fact], *, related: bool) -> None:
    own, first = finding.where, facts.get(finding.where.fact)
    beside = (own.collection, own.record_id) == (place.collection, place.record_id) and first is not None
    if finding.grade is Grade.MUST and finding.blocks:
        told = finding.sentence
        if related and beside and first is not None and place.fact != own.fact:
            told = f"和“{first.label}”是同一项，一起看。"
        lit.wrong.setdefault(place.fact, told)
    else:
        lit.said.setdefault(place.fact, (_SAID[finding.state], finding.sentence))


def _gravest(finding: Finding) -> tuple[bool, bool]:
    return (finding.state is not State.OPEN, finding.grade is not Grade.MUST)
