"""Which papers each stage must leave, and which of them are there (law.md §4, forms.md §2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.domain.case import Case, collections
from app.domain.evidence import Evidence, MadeDocument, Origin
from app.domain.facts import Choice, Kind, Record, facts_of
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Form
from app.rules.places import Place
from app.rules.record_names import name_of
from app.rules.strict_toml import Table, read_toml

if TYPE_CHECKING:
    from app.rules.pack import RulePack

_ALL_KINDS, _ALL_FORMS = frozenset(AgreementKind), frozenset(Form)


class Maker(Choice):
    """Where a paper comes from."""

    PROGRAM = "program", "本程序生成"
    UNION = "union", "工会自己写"
    OUTSIDE = "outside", "对方或上级给"
    PHOTO = "photo", "照片或截图"


class Archive(Choice):
    """The twelve classes of the archive box (forms.md §2.1)."""

    GENERAL = "01", "01 综合"
    SURVEY = "02", "02 调查"
    REPRESENTATIVES = "03", "03 代表"
    OFFER = "04", "04 要约"
    DISCLOSURE = "05", "05 资料"
    MEETINGS = "06", "06 会议"
    AGREEMENT = "07", "07 合同"
    CONGRESS = "08", "08 职代会"
    FILING = "09", "09 报审"
    PUBLICATION = "10", "10 公布"
    FULFILMENT = "11", "11 履约"
    EVALUATION = "12", "12 评估总结"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One kind of paper, as declared in ``papers.toml``.

    Attributes:
        key: stable name; evidence names it in its fact ``paper`` when chosen from the list.
        name: what it is called, ``{offer}``, ``{reply}``, ``{agreement}`` standing for the region's names.
        stage: the stage that must leave it.
        per: collection; each record of it needs its own copy.
        when: facts of the record; one of them filled (and, being a date, past) makes the paper due.
        only: fact → values the record must have.
        once: one copy for all records together.
        suggested: good to have; never reported as missing.
        document: kind of the program's own document, ``""`` if it comes from elsewhere.
        signed: the program's document counts only once it is signed.
        words: a paper that proves the record and has one of these words in its kind or name is taken for it.
        maker, archive, retention: where it comes from and where it goes.
        basis: why it must exist.
        regions, kinds, forms: where it applies; no regions means everywhere.
    """

    key: str
    name: str
    stage: Stage
    per: str
    when: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]]
    once: bool
    suggested: bool
    document: str
    signed: bool
    words: tuple[str, ...]
    maker: Maker
    archive: Archive
    retention: str
    basis: str
    regions: tuple[str, ...]
    kinds: frozenset[AgreementKind]
    forms: frozenset[Form]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNeed:
    """One paper one case needs.

    Attributes:
        key: kind of paper. name: its name here, with what it is about. about: title of the record.
        stage: where it belongs.
        proves: ``collection/id`` of the record it proves, ``""`` while there is none.
        due: it must exist by now. suggested: it is never due.
        have: ids of evidence and of made documents that are this paper, evidence first.
        broken: ids of evidence that would be this paper if its file could be opened.
        missing_reason: why it is missing, if somebody wrote that.
        document: kind of the program's document that makes it, or ``""``.
        maker, archive, retention, basis: see :class:`PaperKind`.
        on_day: date of the record it proves, for the order in the binder.
    """

    key: str
    name: str
    about: str
    stage: Stage
    proves: str
    due: bool
    suggested: bool
    have: tuple[str, ...]
    missing_reason: str
    document: str
    maker: Maker
    archive: Archive
    retention: str
    basis: str
    on_day: date | None
    broken: tuple[str, ...] = ()


def load_papers(path: Place) -> tuple[PaperKind, ...]:
    """Load ``papers.toml``.

    Raises:
        UserError: a key, collection or fact is unknown, a kind is written twice.
    """
    top = read_toml(path)
    found: dict[str, PaperKind] = {}
    for table in top.tables("paper"):
        kind = _kind(table)
        if kind.key in found:
            raise table.refuse(f"{kind.key} 写了两遍")
        found[kind.key] = kind
    top.done()
    return tuple(found.values())


def _kind(table: Table) -> PaperKind:
    key = table.text("key")
    table.place = f"{table.place} {key}"
    per = table.text("per")
    if per not in collections():
        raise table.refuse(f"没有 {per} 这类记录")
    facts = facts_of(collections()[per])
    only: dict[str, tuple[str, ...]] = {}
    if table.has("only"):
        inner = table.table("only")
        only = {name: inner.texts(name) for name in inner.keys()}  # noqa: SIM118
    kind = PaperKind(
        key=key,
        name=table.text("name"),
        stage=table.choice("stage", Stage),
        per=per,
        when=table.texts("when", ()),
        only=only,
        once=table.yes("once"),
        suggested=table.yes("suggested"),
        document=table.text("document", ""),
        signed=table.yes("signed"),
        words=table.texts("words", ()),
        maker=table.choice("maker", Maker),
        archive=table.choice("archive", Archive),
        retention=table.text("retention"),
        basis=table.text("basis"),
        regions=table.texts("regions", ()),
        kinds=table.choices("kinds", AgreementKind, _ALL_KINDS),
        forms=table.choices("forms", Form, _ALL_FORMS),
    )
    table.done()
    for name in (*kind.when, *kind.only):
        if name not in facts:
            raise table.refuse(f"{per} 里没有 {name}")
    return kind


def required_papers(case: Case, pack: RulePack, on: date) -> tuple[PaperNeed, ...]:
    """Return every paper the case needs or will need, in the order of the year, marking those due."""
    kind = case.cycle.agreement_kind or AgreementKind.WAGE
    form = case.cycle.form or Form.SINGLE
    shelf = _Shelf(case)
    needs: list[PaperNeed] = []
    for paper in pack.papers:
        if kind in paper.kinds and form in paper.forms and (not paper.regions or pack.key in paper.regions):
            needs += _needs(case, paper, pack, on, shelf)
    return tuple(needs)


def _needs(case: Case, paper: PaperKind, pack: RulePack, on: date, shelf: _Shelf) -> Iterator[PaperNeed]:
    records = [
        each
        for each in case.records(paper.per)
        if _fits(each, paper) and any(getattr(each, fact) not in (None, "", ()) for fact in paper.when)
    ]
    name = _named(paper.name, case, pack)
    if not records:
        yield _need(case, paper, name, None, due=False, papers=(), documents=())
        return
    taken: set[str] = set()
    for place, held in enumerate(records[:1] if paper.once else records):
        group = records if paper.once else [held]
        papers = [
            each
            for each in shelf.of(paper, [f"{paper.per}/{each.id}" for each in group], first=place == 0)
            if each.id not in taken
        ]
        taken |= {each.id for each in papers}
        documents = shelf.documents(paper, {each.id for each in group}, alone=len(records) == 1 or paper.once)
        due = any(_is_due(each, paper, on) for each in group)
        yield _need(case, paper, name, held, due=due, papers=papers, documents=documents)


class _Shelf:
    """The papers of a case by what they prove."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._by_place: dict[str, list[Evidence]] = {}
        for paper in case.evidence:
            for place in {paper.proves, *self._leads_to(paper.proves)}:
                self._by_place.setdefault(place, []).append(paper)

    def _leads_to(self, place: str) -> Iterator[str]:
        """Yield the session the proven record belongs to: the tally of a count is a paper of its session."""
        collection, _, record_id = place.partition("/")
        if collection not in collections() or not record_id:
            return
        held = self._case.find(collection, record_id)
        if held is None:
            return
        for fact in facts_of(collections()[collection]).values():
            target = getattr(held, fact.name)
            if fact.kind is Kind.REF and fact.refers_to == "sessions" and target:
                yield f"{fact.refers_to}/{target}"

    def of(self, paper: PaperKind, places: list[str], *, first: bool) -> list[Evidence]:
        """Return the evidence that is this paper for the records at ``places``."""
        found = [
            each
            for place in places
            for each in self._by_place.get(place, ())
            if each.paper == paper.key
            or any(word in f"{each.paper} {each.title_text}" for word in paper.words)
        ]
        if first:  # a paper filed under its kind alone belongs to the first record that needs it
            found += [each for each in self._by_place.get("", ()) if each.paper == paper.key]
        return list({each.id: each for each in found}.values())

    def documents(self, paper: PaperKind, ids: set[str], *, alone: bool) -> list[MadeDocument]:
        """Return the program's own documents of this kind about these records."""
        if not paper.document:
            return []
        return [
            each
            for each in self._case.made_documents
            if each.kind == paper.document
            and (each.signed or not paper.signed)
            and (each.subject.rpartition("/")[2] in ids or (alone and not each.subject))
        ]


def _need(
    case: Case,
    paper: PaperKind,
    name: str,
    held: Record | None,
    *,
    due: bool,
    papers: Iterable[Evidence],
    documents: Iterable[MadeDocument],
) -> PaperNeed:
    about = name_of(case, held) if held is not None and not paper.once else ""
    slips = [each for each in papers if each.origin is Origin.MISSING]
    have = [each.id for each in papers if each.origin is not Origin.MISSING and not each.is_broken]
    have += [each.id for each in documents]
    return PaperNeed(
        key=paper.key,
        name=name,
        about=about,
        stage=paper.stage,
        proves=f"{paper.per}/{held.id}" if held is not None else "",
        due=due and not paper.suggested,
        suggested=paper.suggested,
        have=tuple(have),
        missing_reason=next((each.missing_reason for each in slips if each.missing_reason), ""),
        document=paper.document,
        maker=paper.maker,
        archive=paper.archive,
        retention=paper.retention,
        basis=paper.basis,
        on_day=_day_of(held, paper) if held is not None else None,
        broken=tuple(each.id for each in papers if each.is_broken),
    )


def _fits(held: Record, paper: PaperKind) -> bool:
    return all(str(getattr(held, name) or "") in values for name, values in paper.only.items())


def _is_due(held: Record, paper: PaperKind, on: date) -> bool:
    for name in paper.when:
        value = getattr(held, name)
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, date):
            if day <= on:
                return True
        elif value:
            return True
    return False


def _day_of(held: Record, paper: PaperKind) -> date | None:
    for name in paper.when:
        value = getattr(held, name)
        day = value.date() if isinstance(value, datetime) else value
        if isinstance(day, date):
            return day
    return None


def _named(name: str, case: Case, pack: RulePack) -> str:
    wording = pack.wording
    return (
        name.replace("{offer}", wording.offer)
        .replace("{reply}", wording.reply)
        .replace("{reminder}", wording.reminder)
        .replace("{agreement}", wording.agreement(case.cycle.agreement_kind, case.cycle.form))
    )
