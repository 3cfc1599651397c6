"""What a region calls things, who signs what, how many copies: read by letters, pages and statistics."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from app.domain.facts import Choice
from app.domain.filing import FilingPaper
from app.domain.union import AgreementKind, Form
from app.rules.places import Place
from app.rules.strict_toml import Table, read_toml


class MinutesSigners(Choice):
    """Who signs the minutes of a meeting (law.md C minutes_sign)."""

    ALL_PRESENT = "all_present", "参会全体协商代表签字"
    CHIEFS = "chiefs", "双方首席代表签字"
    NOT_LAID_DOWN = "not_laid_down", "法规未规定，建议双方首席代表签字"


class Publisher(Choice):
    """Who makes the agreement known to the staff (law.md F publish_due)."""

    BOTH_SIDES = "both_sides", "双方协商代表各向本方人员公布"
    EMPLOYER = "employer", "企业公布"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Names and counts of one region. Every text is used as it stands.

    Attributes:
        offer: name of the starting paper (要约书, 协商意向书).
        offer_verb: the act (发出要约).
        reply: name of the answer (答复书).
        reminder: name of the union's own reminder (催告函).
        agreement_wage, agreement_general, agreement_women, agreement_safety: names of the outcome.
        agreement_word: the noun in running text (合同, 协议).
        worker_chief, employer_chief: what the chiefs are called.
        union_seal, employer_seal: caption of the seals.
        minutes_signers: who signs minutes.
        minutes_signers_text: the same in words, for the foot of the minutes.
        agreement_copies: how many copies of the agreement are usually signed.
        offer_copies: how many copies of the offer.
        filing_copies: how many copies go to the authority.
        filing_copies_text: the reason or its absence, in words.
        filing_papers: what goes to the authority, in order.
        filing_authority: what the authority is called in a form (人力资源和社会保障局).
        review_opinion: name of the authority's answer.
        publisher: who publishes.
        publisher_text: the same in words.
        offer_laws, agreement_laws, filing_laws: short names of the laws a letter may cite, in order.
    """

    offer: str
    offer_verb: str
    reply: str
    reminder: str
    agreement_wage: str
    agreement_general: str
    agreement_women: str
    agreement_safety: str
    agreement_word: str
    worker_chief: str
    employer_chief: str
    union_seal: str
    employer_seal: str
    minutes_signers: MinutesSigners
    minutes_signers_text: str
    agreement_copies: int
    offer_copies: int
    filing_copies: int
    filing_copies_text: str
    filing_papers: tuple[FilingPaper, ...]
    filing_authority: str
    review_opinion: str
    publisher: Publisher
    publisher_text: str
    offer_laws: tuple[str, ...]
    agreement_laws: tuple[str, ...]
    filing_laws: tuple[str, ...]
    others: Wording | None = None
    """What differs for agreements other than wages, where another law holds (鲁劳合 beside 鲁工资)."""

    def of(self, kind: AgreementKind | None) -> Wording:
        """Return the wording for a kind of agreement; wages while none is chosen."""
        return self if kind in (None, AgreementKind.WAGE) or self.others is None else self.others

    def agreement(self, kind: AgreementKind | None, form: Form | None = None) -> str:
        """Return the name of the outcome: ``工资专项集体合同``, for an area ``区域性工资专项集体合同``."""
        names = {
            AgreementKind.GENERAL: self.agreement_general,
            AgreementKind.WOMEN: self.agreement_women,
            AgreementKind.SAFETY: self.agreement_safety,
        }
        name = names.get(kind, self.agreement_wage) if kind is not None else self.agreement_wage
        return f"{form.label}{name}" if form in (Form.AREA, Form.INDUSTRY) else name


def load_wording(path: Place, laws: Collection[str]) -> Wording:
    """Load a pack's ``wording.toml``; ``laws`` are the short names a letter may cite.

    Raises:
        UserError: a name is missing, unknown or of the wrong type.
    """
    table = read_toml(path)
    found: dict[str, object] = {}
    names = [field.name for field in fields(Wording) if field.name != "others"]
    for name in names:
        found[name] = _value(table, name, laws)
    if table.has("others"):
        other = table.table("others")
        differing = {name: _value(other, name, laws) for name in names if other.has(name)}
        if not differing:
            raise other.refuse("其他合同一段里没有写哪里不同")
        other.done()
        found["others"] = Wording(**{**found, **differing})  # type: ignore[arg-type]
    table.done()
    return Wording(**found)  # type: ignore[arg-type]


def _value(table: Table, name: str, known_laws: Collection[str]) -> object:
    if name == "minutes_signers":
        return table.choice(name, MinutesSigners)
    if name == "publisher":
        return table.choice(name, Publisher)
    if name == "filing_papers":
        papers = table.texts(name)
        known = {paper.value for paper in FilingPaper}
        for paper in papers:
            if paper not in known:
                raise table.refuse(f"{name} 里不认识 {paper!r}", name)
        return tuple(FilingPaper(paper) for paper in papers)
    if name.endswith("_laws"):
        cited = table.texts(name)
        for law in cited:
            if law not in known_laws:
                raise table.refuse(f"{name} 里的《{law}》不在 laws.toml 里", name)
        return cited
    if name.endswith("_copies"):
        return table.whole(name)
    return table.text(name)
