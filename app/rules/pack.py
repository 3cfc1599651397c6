"""A region's rule pack on top of the national one: loading, looking up, choosing for a cycle (law.md 0.4)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TypeVar

from app.domain.codes import PROVINCES
from app.domain.union import AgreementKind, Cycle, Form
from app.errors import UserError
from app.paths import resource
from app.rules.findings import Source
from app.rules.laws import Law, load_laws
from app.rules.places import Place
from app.rules.required_papers import PaperKind, load_papers
from app.rules.rule_texts import RuleText, load_rule_texts
from app.rules.strict_toml import Table, read_toml
from app.rules.terms import Term, TermEntry, load_terms
from app.rules.wording import Wording, load_wording

NATIONAL = "national"
PACK_FILES = ("pack.toml", "rules.toml", "terms.toml", "wording.toml")
OWN_LAWS = "laws.toml"
"""What a pack may bring besides: laws that nobody has named yet."""

_KEY = re.compile(r"[a-z][a-z0-9_]{1,23}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,15}")
_LONGEST_NAME = 12

_Said = TypeVar("_Said", RuleText, TermEntry)


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
        division: first digits of the division codes it holds for (``33``, ``3301``); empty for the national one.
        base: the pack below, ``None`` for the national one.
        pending: rules of which the region has, or may have, a text that nobody read yet; it is bargained by the
            pack below meanwhile, and 待核 is shown beside it.
        pending_note: what was not read, in words.
        wording: names and counts.
        laws: every law by short name.
        papers: which papers each stage must leave.
        fingerprint: SHA-256 over the pack's files, so that the same version is the same content.
    """

    key: str
    name: str
    version: str
    summary: str
    division: str = ""
    base: RulePack | None
    pending: frozenset[str] = frozenset()
    pending_note: str = ""
    wording: Wording
    laws: Mapping[str, Law] = field(hash=False, repr=False)
    entries: tuple[TermEntry, ...] = field(hash=False, repr=False)
    rules: tuple[RuleText, ...] = field(hash=False, repr=False)
    papers: tuple[PaperKind, ...] = field(hash=False, repr=False)
    fingerprint: str
    _texts: Mapping[str, tuple[RuleText, ...]] = field(init=False, hash=False, repr=False, compare=False)
    _terms: Mapping[str, tuple[TermEntry, ...]] = field(init=False, hash=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every check asks some hundred times what the pack says about one rule.
        object.__setattr__(self, "_texts", _by_rule(self.rules))
        object.__setattr__(self, "_terms", _by_rule(self.entries))

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
        for entry in self._terms.get(rule, ()):
            if entry.fits(rule, variant, kind, form):
                found = entry.on(on)
                if found is not None or not entry.values:
                    return found
        own = self.own_rule(rule, kind, form)
        if self.base is None or (own is not None and own.silent):
            return None
        return self.base.term(rule, on, kind, form, variant=variant)

    def own_rule(self, rule: str, kind: AgreementKind, form: Form) -> RuleText | None:
        """Return what this very pack says about a rule."""
        return next(
            (text for text in self._texts.get(rule, ()) if kind in text.kinds and form in text.forms), None
        )

    def own_rule_anywhere(self, rule: str) -> RuleText | None:
        """Return the first thing this very pack says about a rule, for whatever kind and form."""
        return next(iter(self._texts.get(rule, ())), None)

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
        below = self.base.rule_ids() if self.base else ()
        return tuple(dict.fromkeys((*below, *(text.rule for text in self.rules))))

    @property
    def root(self) -> RulePack:
        """The pack at the bottom, which is the national one."""
        return self.base.root if self.base else self

    def origin(self, key: str) -> RulePack:
        """Return the pack of the chain a term or a rule of region ``key`` stands in.

        Raises:
            KeyError: it is none of the chain.
        """
        for pack in self.chain():
            if pack.key == key:
                return pack
        raise KeyError(key)

    def is_pending(self, rule: str, kind: AgreementKind, form: Form) -> bool:
        """True if the region's own text on a rule is not read yet, so that the pack below speaks meanwhile."""
        return rule in self.pending and self.own_rule(rule, kind, form) is None

    def all_terms(self, on: date) -> tuple[Term, ...]:
        """Return every value in force on a day, the region's own first, without national ones it replaces."""
        found: list[Term] = []
        taken: set[tuple[str, str, AgreementKind, Form]] = set()
        for pack in self.chain():
            for entry in pack.entries:
                term = entry.on(on)
                cells = {
                    (entry.rule, entry.variant, kind, form) for kind in entry.kinds for form in entry.forms
                }
                if term is not None and not cells <= taken:
                    found.append(term)
                if term is not None or not entry.values:
                    taken |= cells
        return tuple(found)

    def chain(self) -> Iterator[RulePack]:
        """Walk from this pack down to the national one."""
        pack: RulePack | None = self
        while pack is not None:
            yield pack
            pack = pack.base


@dataclass(frozen=True, slots=True)
class PackHead:
    """What ``pack.toml`` says, with the table for refusing it; known before the pack itself is read."""

    table: Table
    key: str
    name: str
    version: str
    summary: str
    base: str
    division: str
    pending: tuple[str, ...]
    pending_note: str


class PackShelf(Mapping[str, RulePack]):
    """Packs by key, the national one first, each read when it is first asked for; any thread may ask."""

    def __init__(
        self,
        places: Mapping[str, Place],
        laws: Mapping[str, Law],
        papers: tuple[PaperKind, ...],
        below: PackShelf | None = None,
    ) -> None:
        """``below`` is the shelf these packs are laid upon; what they do not touch is taken from there.

        Raises:
            UserError: a ``pack.toml`` is odd, or two packs would go by one name.
        """
        made = {key: _read_head(place) for key, place in places.items()}
        heads = {**(below.heads if below else {}), **made}
        for head in made.values():
            _refuse_clash(head, heads)
        self.heads: dict[str, PackHead] = dict(sorted(heads.items(), key=lambda item: _place(item[1])))
        self._places = places
        self._laws = laws
        self._papers = papers
        self._below = below
        self._read: dict[str, RulePack] = {}
        self._lock = RLock()

    def over(self, places: Mapping[str, Place]) -> PackShelf:
        """Return a shelf with other packs laid upon this one; this one stays as it is.

        Raises:
            UserError: see ``__init__``; the packs themselves are read when they are asked for.
        """
        return PackShelf(places, self._laws, self._papers, self)

    def touched(self) -> tuple[str, ...]:
        """Return the keys that do not come from the shelf below: laid upon it, or standing on one that is."""
        return tuple(key for key in self.heads if self._is_own(key))

    def __getitem__(self, key: str) -> RulePack:
        """Return a pack; KeyError when there is none of that name.

        Raises:
            UserError: something in its files, or in those of the packs below it, is odd.
        """
        head = self.heads[key]
        with self._lock:
            return self._load_after_base(head, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)

    def _is_own(self, key: str) -> bool:
        seen: set[str] = set()
        while key and key not in seen and key in self.heads:
            if key in self._places:
                return True
            seen.add(key)
            key = self.heads[key].base
        return self._below is None

    def _load_after_base(self, head: PackHead, above: tuple[str, ...]) -> RulePack:
        """Load a pack, its base before it; a ring of bases is refused."""
        if head.key in self._read:
            return self._read[head.key]
        if self._below is not None and not self._is_own(head.key):
            return self._below[head.key]
        base = None
        if head.base:
            if head.base not in self.heads:
                raise head.table.refuse(f"没有底包 {head.base}")
            if head.base in (*above, head.key):
                raise head.table.refuse(f"底包 {head.base} 又以它为底包，绕成了圈")
            base = self._load_after_base(self.heads[head.base], (*above, head.key))
        _refuse_division(head, base)
        place, laws = self.place_of(head.key), base.laws if base else self._laws
        assert place is not None  # it has a head
        pack = _load_pack(place, head, laws, self._papers, base)
        if self._below is not None and base is None:
            for rule in self._below[head.key].rule_ids():
                if pack.own_rule_anywhere(rule) is None:
                    raise head.table.refuse(f"全国包里少了规则 {rule}")
        self._read[head.key] = pack
        return pack

    def place_of(self, key: str) -> Place | None:
        """Return where a pack's own files lie, ``None`` when there is none of that name."""
        if key in self._places or self._below is None:
            return self._places.get(key)
        return self._below.place_of(key)


@dataclass(frozen=True, slots=True)
class RulePacks:
    """All packs that ship or were imported, by key."""

    packs: PackShelf

    def over(self, places: Mapping[str, Place]) -> RulePacks:
        """Return these packs with others laid upon them, all that they touch read and proven.

        Raises:
            UserError: something in them is odd, or a pack that stands on them does not fit any more.
        """
        shelf = self.packs.over(places)
        for key in shelf.touched():
            shelf[key]
        return RulePacks(shelf)

    @property
    def heads(self) -> tuple[PackHead, ...]:
        """Name, version and summary of every pack, the national one first; reads none of them."""
        return tuple(self.packs.heads.values())

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
        for head in self.heads:
            if wanted in (head.key, head.name):
                return self.packs[head.key]
        known = "、".join(head.name for head in self.heads)
        raise NoPackError(
            f"没有“{wanted}”的规则包。" if wanted else "还没有选地区，不知道用哪个规则包。",
            "案卷内容没有动。",
            f"在年度设置里选一个有的：{known}。本地没有的，先选“全国”，期限以当地窗口要求为准。",
            code="R-102",
        )

    def of_place(self, province: str, city: str = "") -> RulePack:
        """Return the pack of a place: a city's own, else its province's, else the national one.

        Args:
            province: official name, a value of ``PROVINCES``.
            city: as it was typed, 杭州 or 杭州市.
        """
        code = next((code for code, name in PROVINCES.items() if name == province), "")
        here = [head for head in self.heads if code and head.division.startswith(code)]
        own = [head for head in here if head.division == code]
        own += [head for head in here if head.division != code and city.strip().startswith(head.name)]
        return self.packs[own[-1].key] if own else self.national

    def for_cycle(self, cycle: Cycle) -> RulePack:
        """Return the pack a year is bargained under.

        Raises:
            NoPackError: the year names no pack, or one that is not there.
        """
        return self.region(cycle.region)


def load_packs(folder: Path | None = None, *, at_once: bool = True) -> RulePacks:
    """Load every pack under ``resources/rules`` (or another folder of the same shape).

    With ``at_once=False`` a pack is read when it is first asked for: a year needs one of them and those below it.

    Raises:
        UserError: a file is missing or something in it is odd; nothing is loaded then.
    """
    root = folder if folder is not None else resource("rules")
    places: dict[str, Place] = {path.name: path for path in sorted(root.iterdir()) if path.is_dir()}
    places.setdefault(NATIONAL, root / NATIONAL)  # says which file is missing
    shelf = PackShelf(places, load_laws(root / "laws.toml"), load_papers(root / "papers.toml"))
    if at_once:
        for key in shelf:
            shelf[key]
    return RulePacks(shelf)


def _read_head(place: Place) -> PackHead:
    table = read_toml(place / "pack.toml")
    key = table.text("region")
    head = PackHead(
        table,
        key=key,
        name=table.text("name"),
        version=table.text("version"),
        summary=table.text("summary"),
        base=table.text("base", ""),
        division=table.text("division", ""),
        pending=table.texts("pending", ()),
        pending_note=table.text("pending_note", ""),
    )
    table.done()
    if not _KEY.fullmatch(key):
        raise table.refuse("region 只用小写字母、数字和下划线，不超过 24 个", "region")
    if key != place.name:
        raise table.refuse(f"region 应当和文件夹同名（{place.name}）", "region")
    if not _VERSION.fullmatch(head.version):
        raise table.refuse("version 写成 2026.1 这样，不超过 16 个字符", "version")
    if len(head.name) > _LONGEST_NAME or not head.name.isprintable():
        raise table.refuse(f"name 只写一行，不超过 {_LONGEST_NAME} 个字", "name")
    if (key == NATIONAL) is bool(head.base):
        raise table.refuse("除全国包以外都要写 base，全国包不写", "base")
    if bool(head.pending) is not bool(head.pending_note):
        raise table.refuse("pending 和 pending_note 要么都写，要么都不写", "pending")
    return head


def _refuse_clash(head: PackHead, heads: Mapping[str, PackHead]) -> None:
    """A region is looked up by key and by name: two packs may not answer to one word."""
    for other in heads.values():
        if other.key != head.key and {other.key, other.name} & {head.key, head.name}:
            raise head.table.refuse(f"已经有叫“{other.name}”的规则包了", "name")
        if other.key != head.key and head.division and other.division == head.division:
            raise head.table.refuse(f"division {head.division} 已经有规则包了", "division")


def _place(head: PackHead) -> tuple[bool, str, str]:
    """The national pack first, then by the official order of divisions; packs without one come last."""
    return (bool(head.base), head.division or "~", head.key)


def _load_pack(
    place: Place,
    head: PackHead,
    laws: Mapping[str, Law],
    papers: tuple[PaperKind, ...],
    base: RulePack | None,
) -> RulePack:
    known: dict[str, tuple[RuleText, ...]] = {}
    for below in base.chain() if base else ():
        for text in below.rules:
            known[text.rule] = (*known.get(text.rule, ()), text)  # the nearest pack's texts stand first
    for rule in head.pending:
        if rule not in known:
            raise head.table.refuse(f"pending 里不认识 {rule!r}", "pending")
    files = {name: place / name for name in PACK_FILES}
    if (place / OWN_LAWS).is_file():
        files[OWN_LAWS] = place / OWN_LAWS
        laws = load_laws(files[OWN_LAWS], laws)
    rules = load_rule_texts(files["rules.toml"], head.key, laws, known)
    return RulePack(
        key=head.key,
        name=head.name,
        version=head.version,
        summary=head.summary,
        division=head.division,
        base=base,
        pending=frozenset(head.pending),
        pending_note=head.pending_note,
        wording=load_wording(files["wording.toml"], laws),
        laws=laws,
        entries=load_terms(files["terms.toml"], head.key, laws, {*known, *(text.rule for text in rules)}),
        rules=rules,
        papers=papers,
        fingerprint=fingerprint_of({name: file.read_bytes() for name, file in files.items()}),
    )


def fingerprint_of(files: Mapping[str, bytes]) -> str:
    """Return SHA-256 over names, lengths and contents, so that nothing can move from one file into another."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name} {len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()


def _refuse_division(head: PackHead, base: RulePack | None) -> None:
    """A region's code is a province's, and a city's begins with that of the province below it."""
    code = head.division
    if not code:
        return
    if not code.isdecimal() or len(code) not in (2, 4, 6) or code[:2] not in PROVINCES:
        raise head.table.refuse("division 应当是行政区划代码开头的 2、4 或 6 位数字", "division")
    if base is None:
        raise head.table.refuse("全国包不写 division", "division")
    if not code.startswith(base.division) or code == base.division:
        raise head.table.refuse(f"division 应当在底包的 {base.division} 下面", "division")


def _by_rule(said: Iterable[_Said]) -> dict[str, tuple[_Said, ...]]:
    found: dict[str, list[_Said]] = {}
    for each in said:
        found.setdefault(each.rule, []).append(each)
    return {rule: tuple(texts) for rule, texts in found.items()}
