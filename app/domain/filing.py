"""Stage 6: signing, filing, review, publication (F-60…F-63; 鲁工资 27–31, 试行办法 20–23, 规定 37–48)."""

from __future__ import annotations

from datetime import date

from app.domain.facts import Choice, Record, choice, count, day, long_text, record, ref, text, texts, yes_no
from app.domain.union import Side


class FilingPaper(Choice):
    """Papers handed to the labour authority (law.md E file_docs)."""

    STATEMENT = "statement", "协商情况说明"
    TEXT = "text", "合同文本"
    RESOLUTION = "resolution", "职代会通过决议"
    ROSTER = "roster", "双方协商代表名单及首席代表身份证复印件"
    LICENCE = "licence", "营业执照复印件"
    OFFER = "offer", "要约和答复文书"
    ENTERPRISES = "enterprises", "企业实名录"
    OTHER = "other", "其他"


class Opinion(Choice):
    """审查意见."""

    NO_OBJECTION = "no_objection", "无异议"
    OBJECTION = "objection", "提出异议"


class PublishedWhat(Choice):
    """What was made public to the staff."""

    AGREEMENT = "agreement", "合同文本"
    FULFILMENT = "fulfilment", "履约报告"
    WAGE_HALF_YEAR = "wage_half_year", "半年工资履行情况"
    OTHER = "other", "其他"


@record("签订", "signed_on")
class Signing(Record):
    """Signature and seal by both chiefs (鲁工资 27, 试行办法 20)."""

    agreement: str = ref("合同", "agreements")
    signed_on: date | None = day("双方首席签字盖章日期")
    worker_chief: str = text("职工方首席签字")
    employer_chief: str = text("企业方首席签字")
    union_sealed: bool | None = yes_no("工会已盖章")
    employer_sealed: bool | None = yes_no("企业方已盖章")
    told_employer_on: date | None = day(
        "企业收到书面告知日期", help="职工方首席把讨论通过的情况书面告知企业；上海的报送期限从这一天起算。"
    )
    copies: int | None = count("份数", unit="份")
    same_as_voted: bool | None = yes_no("文本与职代会通过的一致")
    seal_note: str = text("盖章说明")


@record("报送审查", "authority", "filed_on")
class Filing(Record):
    """Filing with the labour authority (F-60)."""

    agreement: str = ref("合同", "agreements")
    filed_by: Side | None = choice("报送方", Side)
    handler: str = text("经办人")
    authority: str = text("报送对象")
    filed_on: date | None = day("报送日期")
    received_on: date | None = day("人社收到日期", help="生效 15 日从这一天起算，要有收件凭证。")
    receipt_number: str = text("受理编号")
    copies: int | None = count("合同文本份数", unit="份")
    papers: tuple[str, ...] = texts("报送材料")
    again: bool | None = yes_no("异议后重新报送")


@record("审查意见", "number")
class Review(Record):
    """The authority's opinion (F-62), recorded, never made here."""

    filing: str = ref("哪次报送", "filings")
    number: str = text("文号")
    opinion: Opinion | None = choice("结论", Opinion)
    made_on: date | None = day("作出日期")
    reached_workers_on: date | None = day("送达职工方日期")
    reached_employer_on: date | None = day("送达企业方日期")
    objections: str = long_text("异议内容")


@record("公布", "what", "published_on")
class Publication(Record):
    """Making the agreement or a report known to all staff (F-63; 鲁工资 31, 试行办法 23)."""

    agreement: str = ref("合同", "agreements")
    what: PublishedWhat | None = choice("公布内容", PublishedWhat)
    content: str = text("说明")
    published_on: date | None = day("公布日期")
    taken_down_on: date | None = day("撤下日期")
    published_by: str = text("公布人")
    ways: tuple[str, ...] = texts("方式")
    scope: str = text("范围")


@record("变更解除", "kind_text", "decided_on")
class Amendment(Record):
    """Change, termination or renewal of the agreement (law.md G; 鲁工资 40–42)."""

    agreement: str = ref("合同", "agreements")
    kind_text: str = text("类别", help="变更、解除、终止或续订。")
    grounds: str = long_text("事由和证据")
    proposed_by: Side | None = choice("提出方", Side)
    decided_on: date | None = day("日期")
    filed_on: date | None = day("报人社备案日期")
    reported_to_union_on: date | None = day("书面报告上一级工会日期")
