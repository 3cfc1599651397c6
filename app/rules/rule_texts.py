"""What each rule says in one region, in one paraphrased sentence, so that 检查与依据 can show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.facts import Choice
from app.domain.filing import FilingPaper
from app.domain.negotiation import DisclosureItem
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Form
from app.rules.findings import Hardness, Read, Source
from app.rules.ladder import Rung, read_ladder
from app.rules.laws import Law, read_sources
from app.rules.places import Place
from app.rules.strict_toml import Table, read_toml
from app.rules.terms import ALL_FORMS, ALL_KINDS, MAY_BE_HARD


class Flag(Choice):
    """Switches a region sets on a rule; each is read by exactly one check."""

    BOTH_SIDES = "both_sides", "双方都要提供资料"
    NEEDS_VOTE = "needs_vote", "职工方代表要经表决"
    CLAIMS = "claims", "要说明本方主张"
    PROXY = "proxy", "可以书面委托其他代表"
    ADVISERS_ONLY = "advisers_only", "外部人员只作顾问"
    SEAL = "seal", "要盖章"
    LISTED_PAPERS = "listed_papers", "材料清单由条文列明"
    ONLY_FORCE_MAJEURE = "only_force_majeure", "只有不可抗力可以中止"
    BY_CHIEF = "by_chief", "由首席代表书面指定"
    TEXT_ONLY = "text_only", "条文有规定，这里只列出，不检查"
    EMPLOYER_NOT_MORE = "employer_not_more", "企业方代表不多于职工方就可以"
    NO_REASON = "no_reason", "写了理由也不得拒绝"
    JOINT = "joint", "双方首席代表共同主持"
    WOMEN_COMMITTEE = "women_committee", "建了女职工委员会的要有女代表"
    WOMEN_USUAL = "women_usual", "一般要有女代表"
    BARS_UNION_STAFF = "bars_union_staff", "工会工作人员不得当企业方代表"
    BARS_HEAD = "bars_head", "企业负责人、出资人不得当职工方代表"
    BARS_RELATIVES = "bars_relatives", "企业负责人、出资人的近亲属不得当职工方代表"
    BARS_ALL_KIN = "bars_all_kin", "近亲属以外的亲属也不得当职工方代表"
    BARS_HR = "bars_hr", "人力资源部门负责人和他的亲属不得当职工方代表"
    JOINT_MEETING = "joint_meeting", "职代会闭会期间可以由联席会议通过"
    EACH_SIDE = "each_side", "双方各确定一名书记员"
    PUBLISH_TO_ALL = "publish_to_all", "名单要向参加协商的所有企业职工公示"
    BEFORE_MEETING = "before_meeting", "名单要在首次会议前公布"
    BEFORE_NEXT_MEETING = "before_next_meeting", "下次会议前要产生新的代表"
    ONLY_SEALED = "only_sealed", "只写对盖章确认的企业有约束力"
    ONLY_CONFIRMED = "only_confirmed", "只写对认可草案的企业有约束力"
    SOCIAL_UNITS = "social_units", "民办非企业单位等社会组织也适用"
    HOUSEHOLDS = "households", "有雇工的个体工商户也适用"
    PUBLIC_BODIES = "public_bodies", "机关、事业单位也适用或参照"
    EMPLOYER_SEAL = "employer_seal", "只要求企业方盖章"
    ABOVE = "above", "要高于最低标准，等于还不够"
    ROSTER = "roster", "要写明本方协商代表"
    MEETING_TIME = "meeting_time", "答复要商定会议时间"
    MEETING_CONTENT = "meeting_content", "答复要商定协商内容"
    ON_DEMAND = "on_demand", "对方要求了才提供"
    MATERIALS = "materials", "要把书面材料送到代表手里"
    AGENDA_TOO = "agenda_too", "议程也要在同样的天数以前告知"
    WOMEN_SHARE = "women_share", "女代表的占比不低于女职工的占比"
    UNTIL_AGREED = "until_agreed", "期限到谈成为止，不算到签字"
    IN_TOTAL = "in_total", "几次中止合起来算"
    ENDING_TOO = "ending_too", "终止也要报"
    EITHER_SIDE = "either_side", "企业方或工会报送都可以"
    WITH_AGREEMENT = "with_agreement", "任期到集体合同期满"
    CHIEFS_REPORT = "chiefs_report", "由双方首席代表报告履行情况"


class RuleGroup(Choice):
    """The groups of law.md §1."""

    START = "A", "启动：意愿、要约、答复"
    REPRESENTATIVES = "B", "协商代表"
    MEETINGS = "C", "准备与会议"
    CONGRESS = "D", "草案与职代会"
    FILING = "E", "签字、报送、审查"
    FULFILMENT = "F", "公布、报上级工会、履约"
    CHANGE = "G", "变更、解除、终止、续订"
    DISPUTES = "H", "争议与责任"
    REGIONAL = "I", "行业性、区域性"
    SPECIAL = "J", "专项：女职工、劳动安全卫生"
    COUNTING = "K", "计日与口径"
    DATA = "X", "数据本身"


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule in one region.

    Attributes:
        rule: rule id of law.md, or ``data_…``.
        title: what is checked.
        group: group of law.md §1.
        stage: where it belongs.
        kinds, forms: for which agreements and forms of bargaining the sentence holds.
        says: what the texts say, paraphrased; 法规未规定 where they say nothing.
        grading: how the check grades, in words.
        hardness: ``NONE`` when nothing is laid down.
        sources: the articles; empty only where nothing is laid down, and for ``data_…``.
        flags: switches of this region.
        papers: which papers the text lists, as values of the fact that records them.
        items: what a text of this kind usually holds: each name with the words it is recognised by.
        ladder: a number that grows with the staff, rung by rung.
        word: how the articles call the votes that are needed (半数以上, 过半数); empty where they differ or say nothing.
        region: key of the pack it stands in.
        starts: since when this sentence holds; ``None`` means since the law behind it.
    """

    rule: str
    title: str
    group: RuleGroup
    stage: Stage
    kinds: frozenset[AgreementKind]
    forms: frozenset[Form]
    says: str
    grading: str
    hardness: Hardness
    sources: tuple[Source, ...]
    flags: frozenset[Flag]
    region: str
    starts: date | None = None
    papers: tuple[str, ...] = ()
    items: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ladder: tuple[Rung, ...] = ()
    word: str = ""

    @property
    def unchecked(self) -> bool:
        """True where the text says something that is told but not checked."""
        return Flag.TEXT_ONLY in self.flags

    @property
    def silent(self) -> bool:
        """True where no text that was read lays anything down (法规未规定)."""
        return self.hardness is Hardness.NONE

    @property
    def read(self) -> Read:
        """How far the whole sentence may be relied on: as far as the article behind it read least well."""
        return least_read(self.sources) or Read.CUSTOM


def least_read(sources: Iterable[Source]) -> Read | None:
    """Return how well the article read least well was read; ``None`` without articles.

    What rests on several articles is not vouched for by the best of them: a newspaper's word stays 待核 beside
    a national article that was read. It is only said; what a finding may block is :func:`is_second_hand`'s.
    """
    order = list(Read)
    return max((source.read for source in sources), key=order.index, default=None)


def load_rule_texts(
    path: Place, region: str, laws: Mapping[str, Law], known: Mapping[str, tuple[RuleText, ...]]
) -> tuple[RuleText, ...]:
    """Load a pack's ``rules.toml``.

    Args:
        path: the file.
        region: key of the pack.
        laws: all laws.
        known: what the packs below say by id, the nearest first; a region may speak about these rules only.
            Empty for the national pack, which must give title, group and stage for every rule.

    Raises:
        UserError: an unknown rule or key, a rule without article that is not 法规未规定, a duplicate.
    """
    top = read_toml(path)
    found: list[RuleText] = []
    by_rule: dict[str, tuple[RuleText, ...]] = {}
    for table in top.tables("rule"):
        rule = table.text("id")
        table.place = f"{table.place} {rule}"
        below = known.get(rule, ())
        if known and not below:
            raise table.refuse("全国包里没有这条规则")
        mine = by_rule.get(rule, ())
        made = _rule(table, rule, region, laws, below or mine)
        for other in mine:
            if other.kinds & made.kinds and other.forms & made.forms:
                raise table.refuse(f"{rule} 写了两遍")
        by_rule[rule] = (*mine, made)
        found.append(made)
    top.done()
    return tuple(found)


def _rule(
    table: Table, rule: str, region: str, laws: Mapping[str, Law], below: tuple[RuleText, ...]
) -> RuleText:
    """Read one rule; title, group, stage and grading come from ``below`` where it says nothing of its own."""
    first = below[0] if below else None
    hardness = table.choice("hardness", Hardness)
    is_data = rule.startswith("data_")
    sources = read_sources(table, laws, required=hardness is not Hardness.NONE and not is_data)
    if hardness is Hardness.HARD and not is_data and not any(each.read in MAY_BE_HARD for each in sources):
        raise table.refuse("没有亲眼读到条文的，不能作红线")
    kinds, forms = table.choices("kinds", AgreementKind, ALL_KINDS), table.choices("forms", Form, ALL_FORMS)
    nearest = next((each for each in below if each.kinds & kinds and each.forms & forms), first)
    made = RuleText(
        rule=rule,
        title=first.title if first and not table.has("title") else table.text("title"),
        group=first.group if first and not table.has("group") else table.choice("group", RuleGroup),
        stage=first.stage if first and not table.has("stage") else table.choice("stage", Stage),
        kinds=kinds,
        forms=forms,
        says=table.text("says"),
        grading=table.text("grading", nearest.grading if nearest else ""),
        hardness=hardness,
        sources=sources,
        flags=table.choices("flags", Flag, frozenset()),
        region=region,
        starts=table.day("starts") if table.has("starts") else None,
        papers=_papers(table, rule),
        items=_items(table),
        ladder=read_ladder(table),
        word=table.text("word", ""),
    )
    if made.word not in made.says:
        raise table.refuse("原词应当出现在这一条的话里", "word")
    table.done()
    return made


def _papers(table: Table, rule: str) -> tuple[str, ...]:
    papers = table.texts("papers", ())
    if not papers:
        return papers
    listed = FilingPaper if rule == "file_docs" else DisclosureItem
    known = {paper.value for paper in listed}
    for paper in papers:
        if paper not in known:
            raise table.refuse(f"资料清单里不认识 {paper!r}")
    return papers


def _items(table: Table) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not table.has("items"):  # nearly always, a thousand times at every start
        return ()
    items = []
    for entry in table.tables("items"):
        items.append((entry.text("name"), entry.texts("words")))
        entry.done()
        if not items[-1][1]:
            raise entry.refuse("每一项都要写认得出它的词")
    return tuple(items)
