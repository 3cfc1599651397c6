"""The papers that go to the authority: which the region asks for, and which of a filing's list are which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.filing import Filing, FilingPaper
from app.domain.union import AgreementKind, Form
from app.rules.ground import Ground
from app.rules.pack import RulePack
from app.rules.rule_texts import Flag

WORDS: Mapping[FilingPaper, tuple[str, ...]] = {
    FilingPaper.STATEMENT: ("说明",),
    FilingPaper.TEXT: ("文本", "合同", "协议"),
    FilingPaper.RESOLUTION: ("决议", "讨论通过"),
    FilingPaper.ROSTER: ("代表名单", "代表名册", "身份证", "代表的基本情况", "代表个人信息", "资格证明"),
    FilingPaper.LICENCE: ("营业执照", "注册登记"),
    FilingPaper.OFFER: ("要约", "答复", "应约", "意向书"),
}
"""By which words a filed paper is recognised, the list being free text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingLine:
    """One line of the check list.

    Attributes:
        key: the paper's value, or ``other/n`` for what was written in by hand.
        name: in words. there: it is on the list of the filing.
        asked: the region's text asks for it; fits: it can exist in this form of bargaining at all.
        written: the entries of the filing's list that are this paper.
    """

    key: str
    name: str
    there: bool
    asked: bool
    fits: bool
    written: tuple[str, ...]


def is_paper(paper: FilingPaper, name: str) -> bool:
    """True if an entry of a filing's list is this paper."""
    return name in (paper.value, paper.label) or any(word in name for word in WORDS.get(paper, ()))


def papers_asked(ground: Ground) -> tuple[FilingPaper, ...]:
    """Return the papers the rules ask for here: the region's list, else the text and for wages its explanation."""
    return papers_of(ground.pack, ground.kind, ground.form)


def papers_of(pack: RulePack, kind: AgreementKind, form: Form) -> tuple[FilingPaper, ...]:
    """Return the same for a kind of agreement and a form of bargaining."""
    text = pack.rule("file_docs", kind, form)
    if text is not None and text.papers:
        return tuple(FilingPaper(each) for each in text.papers)
    if text is not None and Flag.LISTED_PAPERS in text.flags:
        return tuple(each for each in pack.wording.of(kind).filing_papers if each in WORDS)
    if kind is AgreementKind.WAGE:
        return (FilingPaper.TEXT, FilingPaper.STATEMENT)
    return (FilingPaper.TEXT,)


def papers_listed(pack: RulePack, kind: AgreementKind, form: Form) -> tuple[FilingPaper, ...]:
    """Return what is usually handed in here, in order: the pack's list, then what its text asks for besides."""
    return tuple(dict.fromkeys((*pack.wording.of(kind).filing_papers, *papers_of(pack, kind, form))))


def check_list(ground: Ground, filing: Filing) -> tuple[FilingLine, ...]:
    """Return the check list of one filing: what the region names, then what was written in besides."""
    asked = papers_asked(ground)
    listed = papers_listed(ground.pack, ground.kind, ground.form)
    named = list(dict.fromkeys((*listed, FilingPaper.ENTERPRISES)))
    left = list(filing.papers)
    found = []
    for paper in _narrow_first(named):
        written = tuple(each for each in left if is_paper(paper, each))
        left = [each for each in left if each not in written]
        found.append(
            FilingLine(
                key=paper.value,
                name=paper.label,
                there=bool(written),
                asked=paper in asked,
                fits=paper is not FilingPaper.ENTERPRISES or ground.milestones.is_regional,
                written=written,
            )
        )
    found.sort(key=lambda line: [paper.value for paper in named].index(line.key))
    found += [
        FilingLine(key=f"other/{at}", name=each, there=True, asked=False, fits=True, written=(each,))
        for at, each in enumerate(left)
    ]
    return tuple(found)


def ticked(filing: Filing, line: FilingLine, there: bool) -> Filing:
    """Return the filing with a line ticked or not; entries written in their own words stay as written."""
    if there:
        return filing if line.there else filing.replace(papers=(*filing.papers, line.name))
    return filing.replace(papers=tuple(each for each in filing.papers if each not in line.written))


def _narrow_first(papers: list[FilingPaper]) -> list[FilingPaper]:
    """The text itself is looked for last: 合同 also stands in the names of other papers (合同协商情况说明)."""
    return sorted(papers, key=lambda paper: paper is FilingPaper.TEXT)
