"""The agreement and its clauses with coded figures (F-40…F-43; 鲁工资 17, 20, 27)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.domain.facts import (
    Choice,
    Record,
    amount,
    choice,
    count,
    day,
    long_text,
    record,
    ref,
    text,
    yes_no,
)
from app.domain.union import AgreementKind


class FigureCode(Choice):
    """What a clause's figure means, so that checks, statistics and inspections can use it."""

    AVERAGE_WAGE_YEAR = "average_wage_year", "年平均工资（元/年）"
    AVERAGE_WAGE_MONTH = "average_wage_month", "月平均工资（元/月）"
    FRONTLINE_WAGE_YEAR = "frontline_wage_year", "一线职工年平均工资（元/年）"
    WAGE_TOTAL = "wage_total", "年工资总额（万元）"
    MINIMUM_WAGE = "minimum_wage", "最低工资标准（元/月）"
    PAY_DAY = "pay_day", "发薪日（每月几日）"
    OVERTIME_WEEKDAY = "overtime_weekday", "延时加班（%）"
    OVERTIME_RESTDAY = "overtime_restday", "休息日加班（%）"
    OVERTIME_HOLIDAY = "overtime_holiday", "法定节日加班（%）"
    NIGHT_ALLOWANCE = "night_allowance", "夜班津贴（元/班）"
    HEAT_ALLOWANCE = "heat_allowance", "高温津贴（元/月）"
    QUOTA_REACHED_SHARE = "quota_reached_share", "可完成定额的职工比例（%）"
    QUOTA_CUT = "quota_cut", "定额下调（%）"
    SICK_PAY_SHARE = "sick_pay_share", "病假工资比例（%）"
    SICK_PAY_FLOOR_SHARE = "sick_pay_floor_share", "病假工资不低于最低工资标准（%）"
    MATERNITY_DAYS = "maternity_days", "产假（天）"
    DIFFICULT_BIRTH_DAYS = "difficult_birth_days", "难产增加（天）"
    NURSING_HOURS = "nursing_hours", "哺乳时间（小时/日）"
    HEALTH_CHECKS = "health_checks", "专项体检（次/年）"
    PIECE_RATE = "piece_rate", "单价底线（元/件）"
    REST_DAYS_MONTH = "rest_days_month", "每月休息（天）"
    INJURY_COVER_SHARE = "injury_cover_share", "职业伤害保障覆盖（%）"
    HEADCOUNT = "headcount", "计算人数（人）"
    OTHER = "other", "其他"


@record("集体合同", "kind", "number")
class Agreement(Record):
    """The draft that becomes the agreement: one text from agreed to filed."""

    kind: AgreementKind | None = choice("合同类型", AgreementKind)
    name: str = text("合同名称")
    number: str = text("编号")
    term_from: date | None = day("期限自")
    term_until: date | None = day("期限至")
    agreed_on: date | None = day("达成一致日期")
    draft_signed_on: date | None = day("双方首席在草案上签字日期")
    drafted_by: str = text("文本制作")
    changed_after_vote: bool | None = yes_no("表决后改过内容")
    women_content: bool | None = yes_no("含女职工权益内容", help="综合合同应当包含（妇女权益保障法 44条）。")
    text_digest: str = text("谈定文本指纹")
    note: str = long_text("其他约定")


@record("条款", "article", "subject")
class Clause(Record):
    """One article of the agreement, with the words and, in :class:`ClauseFigure`, the coded figures."""

    agreement: str = ref("所属合同", "agreements")
    article: int | None = count("第几条", unit="条", minimum=1, maximum=999)
    subject: str = text("事项")
    wording: str = long_text("条文")
    topic: str = ref("对应议题", "topics")


@record("条款数字", "code")
class ClauseFigure(Record):
    """One agreed figure of a clause, with last year's beside it where there is one."""

    clause: str = ref("所属条款", "clauses")
    code: FigureCode | None = choice("是什么数", FigureCode)
    label: str = text("说明")
    value: Decimal | None = amount("本年", unit="")
    last_value: Decimal | None = amount("上年", unit="")
    condition: str = text("适用条件", help="例如 6—9月、铸造车间。")
