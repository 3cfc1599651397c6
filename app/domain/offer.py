"""Stage 3: the offer, its delivery, the reply, and what to do about silence (F-20…F-23; 鲁工资 21, 22)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from app.domain.facts import (
    Choice,
    Record,
    amount,
    choice,
    count,
    day,
    long_text,
    moment,
    record,
    ref,
    refs,
    text,
    texts,
    yes_no,
)
from app.domain.union import Side


class Proposer(Choice):
    """Who makes the offer (law.md offer_who, upper_union_offer)."""

    WORKER = "worker", "职工方"
    EMPLOYER = "employer", "企业方"
    UPPER_UNION = "upper_union", "上级工会代职工方发出"


class DeliveryWay(Choice):
    """送达方式."""

    BY_HAND = "by_hand", "当面"
    MAIL = "mail", "邮寄"
    OFFICE = "office", "办公系统"
    WECHAT = "wechat", "微信"
    EMAIL = "email", "电子邮件"
    HAND_AND_WECHAT = "hand_and_wechat", "当面及微信工作群"


class DeliveredPaper(Choice):
    """Which paper was delivered."""

    OFFER = "offer", "要约"
    REPLY = "reply", "答复"
    REMINDER = "reminder", "催告函"
    OTHER = "other", "其他"


class Conclusion(Choice):
    """答复结论."""

    AGREE = "agree", "同意"
    PARTLY = "partly", "部分同意"
    REFUSE = "refuse", "拒绝"


class EscalationStep(Choice):
    """The ladder after silence or refusal (F-23). The union itself never issues the upper unions' letters."""

    ASK_UPPER_UNION = "ask_upper_union", "提请上级工会发提示函或意见书"
    ASK_INSPECTION = "ask_inspection", "提请劳动保障监察"
    UPPER_LETTER_1 = "upper_letter_1", "上级工会已发劳动法律监督意见书"
    UPPER_LETTER_2 = "upper_letter_2", "总工会已向人社部门发建议书"
    ASK_MEDIATION = "ask_mediation", "申请协商争议协调处理"


class ReportKind(Choice):
    """What is reported to the upper union and when."""

    OFFER_FILED = "offer_filed", "要约书报区总工会备案"
    BEFORE_BARGAINING = "before_bargaining", "协商开始前报告"
    AGREEMENT_FILED = "agreement_filed", "合同报上一级工会备案"
    ASK_FOR_SUPPORT = "ask_for_support", "请上级工会代发要约或派指导员"
    ENTERED_IN_SYSTEM = "entered_in_system", "录入上级工会管理平台"
    AMENDMENT = "amendment", "变更或解除的书面报告"
    CONGRESS = "congress", "职代会情况报告"
    STATISTICS = "statistics", "报送统计表、总结和图片"


@record("要约", "number")
class Offer(Record):
    """The written offer (F-20). Own claims topic by topic are its :class:`OfferItem` records."""

    number: str = text("编号", help="例如 砺工协约〔2026〕1号。")
    proposer: Proposer | None = choice("提出方", Proposer)
    addressee: str = text("致")
    written: bool | None = yes_no("书面形式")
    issued_on: date | None = day("签发日期")
    signed_by: str = text("签发人")
    union_sealed: bool | None = yes_no("已盖工会章")
    sealed_by: tuple[str, ...] = texts("盖章单位", help="上级工会代发的，两家都写。")
    proposed_meeting: datetime | None = moment("建议会议时间")
    proposed_place: str = text("建议地点")
    claims: str = long_text("本方主张说明")
    names_representatives: bool | None = yes_no("附本方代表名单")
    copies: int | None = count("份数", unit="份")
    reply_by: date | None = day("请于何日前答复")


@record("要约内容", "topic")
class OfferItem(Record):
    """One topic in an offer with the union's own claim and reason (鲁工资 21: the claim must be explained)."""

    offer: str = ref("所属要约", "offers")
    topic: str = ref("议题", "topics")
    claim: str = text("本方主张")
    claim_value: Decimal | None = amount("主张的数字", unit="")
    reason: str = text("理由", help="写进发出的文书。")


@record("送达", "paper", "to")
class Delivery(Record):
    """Proof that a paper reached the other side (F-21). The reply period runs from ``received_on``."""

    paper: DeliveredPaper | None = choice("送达的文书", DeliveredPaper)
    offer: str = ref("要约", "offers")
    reply: str = ref("答复", "replies")
    reminder: str = ref("催告函", "reminders")
    to: str = text("受送达单位")
    enterprises: tuple[str, ...] = refs("包括的企业", "covered_enterprises")
    way: DeliveryWay | None = choice("送达方式", DeliveryWay)
    sent_at: datetime | None = moment("送达时间")
    received_on: date | None = day("收到日期", help="答复期限从收到的次日起算。")
    deliverer: str = text("送达人")
    receiver: str = text("签收人")
    receiver_post: str = text("签收人职务")
    refused: bool | None = yes_no("拒收")
    witnesses: tuple[str, ...] = texts("见证人")


@record("答复", "number", "from_whom")
class Reply(Record):
    """The written answer (F-22)."""

    offer: str = ref("答复哪份要约", "offers")
    delivery: str = ref("对应哪次送达", "deliveries")
    number: str = text("编号")
    from_whom: str = text("答复方")
    enterprises: tuple[str, ...] = refs("代表的企业", "covered_enterprises")
    written: bool | None = yes_no("书面形式")
    replied_on: date | None = day("答复日期")
    reached_union_on: date | None = day("送达工会日期")
    conclusion: Conclusion | None = choice("结论", Conclusion)
    refusal_reason: str = long_text("不同意的理由")
    agreed_meeting: datetime | None = moment("确认会议时间")
    agreed_place: str = text("确认地点")
    agreed_content: str = text("对内容的答复")
    claims: str = long_text("对方主张说明")
    signed_by: str = text("签发人")
    employer_sealed: bool | None = yes_no("已盖企业章")


@record("催告", "number")
class Reminder(Record):
    """The union's own reminder after the reply period has passed (F-23)."""

    offer: str = ref("要约", "offers")
    number: str = text("编号")
    issued_on: date | None = day("发出日期")
    signed_by: str = text("签发人")
    answer_by: date | None = day("请于何日前答复")
    note: str = long_text("说明")


@record("提请", "step", "sent_on")
class Escalation(Record):
    """A step beyond the reminder, only where the region allows it (鲁工资 49, 浙监督 21–23)."""

    step: EscalationStep | None = choice("事项", EscalationStep)
    to: str = text("提请对象")
    sent_on: date | None = day("日期")
    about: Side | None = choice("针对", Side)
    facts: str = long_text("事实和依据")
    outcome: str = long_text("办理结果")
    outcome_on: date | None = day("结果日期")


@record("报上级工会", "kind", "reported_on")
class UnionReport(Record):
    """A report or filing to the upper union (F-25; 鲁工资 24, 31)."""

    kind: ReportKind | None = choice("事项", ReportKind)
    to: str = text("对象")
    reported_on: date | None = day("日期")
    due_by_notice: date | None = day("通知要求的日期")
    answered_on: date | None = day("批复日期")
    content: str = text("内容")
    words: int | None = count("总结字数", unit="字")
