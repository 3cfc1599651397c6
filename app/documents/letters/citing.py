"""Laws and articles on paper: whole titles from the pack, never an article the pack does not source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.documents.letters.parties import form_of, kind_of
from app.domain.case import Case
from app.domain.union import AgreementKind
from app.rules.findings import Read, Source
from app.rules.pack import RulePack
from app.rules.terms import Bound, Term

_READ = frozenset({Read.FULL_TEXT, Read.EXCERPT})


def law_titles(pack: RulePack, shorts: Iterable[str], kind: AgreementKind) -> str:
    """Return ``《中华人民共和国劳动法》《…》`` for the short names a pack lets a letter cite.

    What is about wages alone is left out of papers for other kinds of agreement.
    """
    laws = (pack.laws[short] for short in shorts if short in pack.laws)
    wages = kind is AgreementKind.WAGE
    return "".join(f"《{law.full}》" for law in laws if wages or not law.about_wages)


def by_articles(sources: Iterable[Source]) -> str:
    """Return the articles that were read, laws by their whole title, those of one law drawn together.

    Articles known only second-hand are left out: a letter to the other side must not rest on them.
    """
    found: dict[str, list[str]] = {}
    for source in sources:
        if source.read not in _READ:
            continue
        numbers = found.setdefault(source.full_name or source.law, [])
        number = source.article.removesuffix("条").removeprefix("第")
        if number and number not in numbers:
            numbers.append(number)
    return "、".join(f"《{law}》第{'、'.join(numbers)}条" for law, numbers in found.items())


def rule_articles(case: Case, pack: RulePack, rule: str) -> str:
    """Return the articles behind a rule for this kind of case, or nothing."""
    return by_articles(pack.sources(rule, kind_of(case), form_of(case)))


def term_of(case: Case, pack: RulePack, rule: str, on: date, variant: str = "") -> Term | None:
    """Return the statutory value of a rule for this case on a day; ``None`` means 法规未规定."""
    return pack.term(rule, on, kind_of(case), form_of(case), variant=variant)


def amount_words(term: Term) -> str:
    """Return the bare amount of a period: ``10日``, ``5个工作日``."""
    return term.words.removesuffix("前") if term.bound is Bound.BEFORE else term.words


def article_note(case: Case, pack: RulePack, rule: str) -> str:
    """Return ``（《…》第21条）``, or nothing where no article was read."""
    articles = rule_articles(case, pack, rule)
    return f"（{articles}）" if articles else ""
