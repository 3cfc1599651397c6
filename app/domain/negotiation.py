"""Stage 4: disclosure, meetings, positions (F-24, F-30…F-34; 鲁工资 23–28, 规定 33–35)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.domain.facts import (
    Choice,
    Record,
    Sensitivity,
    amount,
    choice,
    count,
    day,
    long_text,
    record,
    ref,
    refs,
    text,
    texts,
    yes_no,
)
from app.domain.union import Side


class DisclosureItem(Choice):
    """What the employer must hand over in Shandong (鲁工资 23) and what is usually asked for (F-24)."""

    REVENUE = "revenue", "上年度营业收入"
    TAX = "tax", "上年度上缴税收"
    PROFIT = "profit", "上年度净利润"
    WAGES = "wages", "上年度职工工资总额和平均工资"
    INSURANCE = "insurance", "社会保险费缴纳情况"
    OTHER = "other", "其他"


class RoundResult(Choice):
    """What a round brought for a topic."""

    OPEN = "open", "分歧"
    AGREED = "agreed", "一致"
    NEXT = "next", "待下轮"


@record("资料提供", "side", "provided_on")
class Disclosure(Record):
    """What one side handed to the other before bargaining, against signature (F-24)."""

    side: Side | None = choice("提供方", Side)
    provider: str = text("提供单位")
    asked_on: date | None = day("书面要求提供的日期")
    provided_on: date | None = day("提供日期")
    items: tuple[str, ...] = texts("清单")
    received_by: str = text("签收人")
    classified: bool | None = yes_no("涉及商业秘密")


@record("资料缺项", "item")
class DisclosureGap(Record):
    """Something owed by law that was not handed over."""

    disclosure: str = ref("哪次提供", "disclosures")
    item: DisclosureItem | None = choice("缺什么", DisclosureItem)
    enterprises: tuple[str, ...] = refs("哪些企业", "covered_enterprises")
    reason: str = text("对方说的原因")
    supplied_on: date | None = day("后来补交日期")


@record("企业年度数字", "year")
class YearFigures(Record):
    """The employer's figures of one year, as disclosed."""

    year: int | None = count("年度", unit="年", minimum=1994, maximum=2100)
    revenue: Decimal | None = amount("营业收入", unit="万元", see=Sensitivity.INTERNAL, minimum=0)
    tax: Decimal | None = amount("上缴税收", unit="万元", see=Sensitivity.INTERNAL)
    profit: Decimal | None = amount("净利润", unit="万元", see=Sensitivity.INTERNAL)
    wage_total: Decimal | None = amount("工资总额", unit="万元", minimum=0)
    average_staff: int | None = count("平均人数")
    average_wage: Decimal | None = amount("平均工资", unit="元/年", minimum=0)
    insurance: str = text("社会保险缴纳")


@record("外部参考数", "name")
class OutsideFigure(Record):
    """A public figure to bargain with: 工资指导线, 最低工资, CPI, 人工成本 (鲁工资 18)."""

    name: str = text("名称")
    value: Decimal | None = amount("数值", unit="")
    unit: str = text("单位")
    year: int | None = count("年度", unit="年", minimum=1994, maximum=2100)
    source: str = text("来源")


@record("协商会议", "number", "held_on")
class Meeting(Record):
    """One bargaining meeting (F-30…F-32)."""

    number: int | None = count("次序", unit="", minimum=1, maximum=999)
    held_on: date | None = day("日期")
    starts: str = text("开始", help="例如 14:00。")
    ends: str = text("结束")
    place: str = text("地点")
    online: bool | None = yes_no("线上召开")
    chaired_by: Side | None = choice("主持方", Side)
    chair: str = text("主持人")
    recorder: str = ref("记录员", "recorders")
    workers_present: int | None = count("职工方到会")
    employers_present: int | None = count("企业方到会")
    absent: tuple[str, ...] = texts("缺席")
    observers: tuple[str, ...] = texts("列席")
    minutes_signed: int | None = count("记录签字人数")
    unsigned: tuple[str, ...] = texts("没有签字的人")
    unsigned_reason: str = text("没有签字的原因")
    summary: str = long_text("会议归纳")
    next_meeting_on: date | None = day("商定下次会议日期")


@record("主张", "topic", "meeting")
class Position(Record):
    """What both sides said on one topic in one round, figure and reason (F-32)."""

    topic: str = ref("议题", "topics")
    meeting: str = ref("会议", "meetings")
    worker_value: Decimal | None = amount("职工方数字", unit="")
    worker_text: str = text("职工方主张")
    worker_reason: str = long_text("职工方理由")
    employer_value: Decimal | None = amount("企业方数字", unit="")
    employer_text: str = text("企业方回应")
    employer_reason: str = long_text("企业方理由")
    result: RoundResult | None = choice("结果", RoundResult)


@record("中止", "from_day")
class Suspension(Record):
    """A suspension of bargaining (规定 35; 鲁工资 28: only force majeure stops the 60 days)."""

    from_day: date | None = day("中止日期")
    until_day: date | None = day("恢复日期")
    reason: str = text("原因")
    force_majeure: bool | None = yes_no("不可抗力")
    next_time: str = text("下次协商的时间、地点、内容")


@record("情况通报", "told_on")
class Briefing(Record):
    """Interim news to the staff about the bargaining."""

    told_on: date | None = day("日期")
    way: str = text("方式")
    content: str = long_text("内容")
    meetings: tuple[str, ...] = refs("涉及会议", "meetings")
