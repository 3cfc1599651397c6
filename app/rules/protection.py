"""From when until when each workers' representative holds office, what protects them meanwhile, and who came after.

Computed from the case and what the region says of ``rep_tenure`` and ``rep_protect_contract`` (law.md B); where the
texts leave the end to the staff, what was written of the election stands, and where nothing was, that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.case import Case
from app.domain.representatives import Election, Replacement, Representative
from app.domain.union import AgreementKind, Form, Side
from app.rules.findings import cite
from app.rules.pack import RulePack
from app.rules.rule_texts import Flag, RuleText

NOT_WRITTEN = "还没写"
"""Stands for the end of a term nobody laid down yet."""

_RULES = ("rep_tenure", "rep_protect_contract")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the region says about one rule.

    Attributes:
        rule: its id.
        sentence: paraphrased, without a full stop.
        article: the articles, short; empty where none is behind it.
        read: how well the article read least well was read, in words.
        pending: what the region's own text says is not known, in words; empty otherwise.
    """

    rule: str
    sentence: str
    article: str
    read: str
    pending: str = ""

    @property
    def words(self) -> str:
        """Sentence, articles and how well they were read, as one sentence."""
        behind = "，".join(part for part in (self.article, self.read, self.pending) if part)
        return f"{self.sentence}（{behind}）。" if behind else f"{self.sentence}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One representative's term of office.

    Attributes:
        representative: who.
        since: first day; ``None`` while nobody wrote when they were determined.
        until: last day; ``None`` while it hangs on what is not known yet.
        until_words: what stands in its place then, or how it ended.
        over: no longer in office.
        successor: name of who came after; empty if nobody did.
        predecessor: name of whose place was taken.
    """

    representative: Representative
    since: date | None
    until: date | None
    until_words: str
    over: bool
    successor: str = ""
    predecessor: str = ""


def tenures(case: Case, pack: RulePack, side: Side = Side.WORKER) -> tuple[Tenure, ...]:
    """Return the term of every representative of a side, those who left in their place, as the roster has them."""
    return tuple(
        _tenure(case, pack, each) for each in case.representatives if each.side is side and each.name
    )


def protection(case: Case, pack: RulePack) -> tuple[Said, ...]:
    """Return what the region says about the term of office and the labour contract meanwhile."""
    kind, form = _kind(case), _form(case)
    found = []
    for rule in _RULES:
        text = pack.rule(rule, kind, form)
        if text is not None and not text.silent:
            found.append(_said(pack, text, kind, form))
    return tuple(found)


def _said(pack: RulePack, text: RuleText, kind: AgreementKind, form: Form) -> Said:
    pending = ""
    if pack.is_pending(text.rule, kind, form):
        pending = f"{pack.name}的条文没有读到，这里先按{pack.origin(text.region).name}"
    return Said(
        rule=text.rule,
        sentence=text.says.rstrip("。"),
        article=cite(text.sources),
        read=text.read.label,
        pending=pending,
    )


def _tenure(case: Case, pack: RulePack, person: Representative) -> Tenure:
    left = next((each for each in case.replacements if each.leaving == person.id), None)
    came = next((each for each in case.replacements if each.arriving == person.id), None)
    election = _election_of(case, person, came)
    since = election.tenure_from or election.determined_on
    if came is not None and came.filled_on is not None:
        since = came.filled_on
    until, words = _end(case, pack, person, election, left)
    return Tenure(
        representative=person,
        since=since,
        until=until,
        until_words=words,
        over=person.left_on is not None or (left is not None and left.vacant_on is not None),
        successor=_name(case, left.arriving) if left is not None else "",
        predecessor=_name(case, came.leaving) if came is not None else "",
    )


def _election_of(case: Case, person: Representative, came: Replacement | None) -> Election:
    """The election somebody came from: by their candidacy, by the replacement, else the side's first one."""
    candidate = next((each for each in case.candidates if each.representative == person.id), None)
    for known in (candidate.election if candidate else "", came.election if came else ""):
        found: Election | None = case.find("elections", known)
        if found is not None:
            return found
    return next((each for each in case.elections if each.side is person.side), Election())


def _end(
    case: Case, pack: RulePack, person: Representative, election: Election, left: Replacement | None
) -> tuple[date | None, str]:
    if person.left_on is not None or (left is not None and left.vacant_on is not None):
        cause = left.cause.label if left is not None and left.cause is not None else "不再担任"
        return person.left_on or (left.vacant_on if left is not None else None), cause
    text = pack.rule("rep_tenure", _kind(case), _form(case))
    if text is not None and Flag.WITH_AGREEMENT in text.flags:
        ends = [each.term_until for each in case.agreements if each.term_until is not None]
        if ends:
            return max(ends), "集体合同期满"
        return None, election.tenure_until or "集体合同期满（合同期限还没写）"
    return None, election.tenure_until or NOT_WRITTEN


def _name(case: Case, representative_id: str) -> str:
    found = case.find("representatives", representative_id)
    return found.name if found is not None else ""


def _kind(case: Case) -> AgreementKind:
    return case.cycle.agreement_kind or AgreementKind.WAGE


def _form(case: Case) -> Form:
    return case.cycle.form or Form.SINGLE
