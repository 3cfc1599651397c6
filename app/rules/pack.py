"""A region's rule pack on top of the national one: loading, looking up, choosing for a cycle (law.md 0.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.domain.union import AgreementKind, Cycle, Form
from app.errors import UserError
from app.paths import resource
from app.rules.findings import Source
from app.rules.laws import Law, load_laws
from app.rules.required_papers import PaperKind, load_papers
from app.rules.rule_texts import RuleText, load_rule_texts
from app.rules.strict_toml import read_toml
from app.rules.terms import Term, TermEntry, load_terms
from app.rules.wording import Wording, load_wording

NATIONAL = "national"
_FILES = ("pack.toml", "rules.toml", "terms.toml", "wording.toml")


class NoPackError(UserError):
    """The year names no rule pack, or one that is not there: nothing can be checked until one is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """One region. What it does not say itself it takes from ``base``.

    Attributes:
        key: name of its folder, such as ``shandong``.
        name: 山东.
        version: version of the data, shown with every decision taken under it.
        summary: what it covers, one sentence.
        base: the pack below, ``None`` for the national one.
        wording: names and counts.
        laws: every law by short name.
        papers: which papers each stage must leave.
        fingerprint: SHA-256 over the pack's files, so that the same version is the same content.
    """

    key: str
    name: str
    version: str
    summary: str
    base: RulePack | None
    wording: Wording
    laws: Mapping[str, Law] = field(hash=False, repr=False)
    entries: tuple[TermEntry, ...] = field(hash=False, repr=False)
    rules: tuple[RuleText, ...] = field(hash=False, repr=False)
    papers: tuple[PaperKind, ...] = field(hash=False, repr=False)
    fingerprint: str

    def term(
        self,
        rule: str,
        on: date,
        kind: AgreementKind = AgreementKind.WAGE,
        form: Form = Form.SINGLE,
        *,
        variant: str = "",
    ) -> Term | None:
        """Return the value in force on ``on`` for a kind of agreement and a form of bargaining.

        The region's own value stands before the national one; where the region says in so many words that
        nothing is laid down, nothing is taken from below either. ``None`` means 法规未规定.
        """
        for entry in self.entries:
            if entry.fits(rule, variant, kind, form):
                found = entry.on(on)
                if found is not None:
                    return found
        own = self.own_rule(rule, kind, form)
        if self.base is None or (own is not None and own.silent):
            return None
        return self.base.term(rule, on, kind, form, variant=variant)

    def own_rule(self, rule: str, kind: AgreementKind, form: Form) -> RuleText | None:
        """Return what this very pack says about a rule."""
        return next((text for text in self.rules if _speaks(text, rule, kind, form)), None)

    def rule(
        self, rule: str, kind: AgreementKind = AgreementKind.WAGE, form: Form = Form.SINGLE
    ) -> RuleText | None:
        """Return what applies: the region's sentence, else the national one, else ``None``."""
        own = self.own_rule(rule, kind, form)
        if own is not None or self.base is None:
            return own
        return self.base.rule(rule, kind, form)

    def sources(
        self, rule: str, kind: AgreementKind = AgreementKind.WAGE, form: Form = Form.SINGLE
    ) -> tuple[Source, ...]:
        """Return the articles behind a rule, none if nothing is laid down."""
        found = self.rule(rule, kind, form)
        return found.sources if found is not None else ()

    def rule_ids(self) -> tuple[str, ...]:
        """Return every rule id known, in the order of law.md."""
        names = [text.rule for text in (self.base.rules if self.base else ())]
        names += [text.rule for text in self.rules]
        return tuple(dict.fromkeys(names))

    def all_terms(self, on: date) -> tuple[Term, ...]:
        """Return every value in force on a day, the region's own first, without national ones it replaces."""
        found: list[Term] = []
        taken: set[tuple[str, str, AgreementKind, Form]] = set()
        for pack in self._chain():
            for entry in pack.entries:
                term = entry.on(on)
                cells = {
                    (entry.rule, entry.variant, kind, form) for kind in entry.kinds for form in entry.forms
                }
                if term is not None and not cells <= taken:
                    found.append(term)
                    taken |= cells
        return tuple(found)

    def _chain(self) -> Iterator[RulePack]:
        pack: RulePack | None = self
        while pack is not None:
            yield pack
            pack = pack.base


@dataclass(frozen=True, slots=True)
class RulePacks:
    """All packs that ship or were imported, by key."""

    packs: Mapping[str, RulePack]

    @property
    def national(self) -> RulePack:
        """The national pack."""
        return self.packs[NATIONAL]

    def __iter__(self) -> Iterator[RulePack]:
        """Walk the packs, the national one first."""
        return iter(self.packs.values())

    def region(self, name: str) -> RulePack:
        """Return the pack called ``name``: its key or its Chinese name (shandong, 山东, national, 全国).

        Raises:
            NoPackError: there is none; falling back to another region's law is the user's own decision.
        """
        wanted = name.strip()
        for pack in self.packs.values():
            if wanted in (pack.key, pack.name):
                return pack
        known = "、".join(pack.name for pack in self.packs.values())
        raise NoPackError(
            f"没有“{wanted}”的规则包。" if wanted else "还没有选地区，不知道用哪个规则包。",
            "案卷内容没有动。",
            f"在年度设置里选一个有的：{known}。本地没有的，先选“全国”，期限以当地窗口要求为准。",
            code="R-102",
        )

    def for_cycle(self, cycle: Cycle) -> RulePack:
        """Return the pack a year is bargained under.

        Raises:
            NoPackError: the year names no pack, or one that is not there.
        """
        return self.region(cycle.region)


def load_packs(folder: Path | None = None) -> RulePacks:
    """Load every pack under ``resources/rules`` (or another folder of the same shape).

    Raises:
        UserError: a file is missing or something in it is odd; nothing is loaded then.
    """
    root = folder if folder is not None else resource("rules")
    laws = load_laws(root / "laws.toml")
    papers = load_papers(root / "papers.toml")
    national = _load_pack(root / NATIONAL, laws, papers, {})
    packs = {NATIONAL: national}
    for place in sorted(path for path in root.iterdir() if path.is_dir() and path.name != NATIONAL):
        packs[place.name] = _load_pack(place, laws, papers, packs)
    return RulePacks(packs)


def _load_pack(
    place: Path, laws: Mapping[str, Law], papers: tuple[PaperKind, ...], packs: Mapping[str, RulePack]
) -> RulePack:
    head = read_toml(place / "pack.toml")
    key, base_name = head.text("region"), head.text("base", "")
    name, version, summary = head.text("name"), head.text("version"), head.text("summary")
    head.done()
    if key != place.name:
        raise head.refuse(f"region 应当和文件夹同名（{place.name}）")
    if (key == NATIONAL) is bool(base_name):
        raise head.refuse("除全国包以外都要写 base，全国包不写")
    base = packs.get(base_name) if base_name else None
    if base_name and base is None:
        raise head.refuse(f"没有底包 {base_name}")
    known = {text.rule: text for text in base.rules} if base else {}
    return RulePack(
        key=key,
        name=name,
        version=version,
        summary=summary,
        base=base,
        wording=load_wording(place / "wording.toml"),
        laws=laws,
        entries=load_terms(place / "terms.toml", key, laws),
        rules=load_rule_texts(place / "rules.toml", key, laws, known),
        papers=papers,
        fingerprint=hashlib.sha256(b"".join((place / file).read_bytes() for file in _FILES)).hexdigest(),
    )


def _speaks(text: RuleText, rule: str, kind: AgreementKind, form: Form) -> bool:
    return text.rule == rule and kind in text.kinds and form in text.forms
