"""Stage 7: obligations, inspections, rectification, report (F-70…F-72; 鲁工资 31, 鲁劳合 45)."""

from __future__ import annotations

from datetime import date

from app.domain.facts import Choice, Record, choice, count, day, long_text, record, ref, text, texts
from app.domain.union import Side


class Fulfilled(Choice):
    """结论 of one checked clause."""

    FULLY = "fully", "全面履行"
    PARTLY = "partly", "部分履行"
    NOT = "not", "没有履行"


@record("履约事项", "what")
class Obligation(Record):
    """What a clause obliges to, by whom and when."""

    clause: str = ref("条款", "clauses")
    what: str = text("事项")
    owner: str = text("责任人")
    side: Side | None = choice("责任方", Side)
    period: str = text("周期", help="例如 每月、每年一次。")
    due_on: date | None = day("期限")


@record("履约检查", "started_on")
class Inspection(Record):
    """A joint inspection (F-70)."""

    started_on: date | None = day("开始日期")
    ended_on: date | None = day("结束日期")
    workers: tuple[str, ...] = texts("职工方检查人员")
    employers: tuple[str, ...] = texts("企业方检查人员")
    method: str = text("检查方法", help="查工资台账、访谈、现场。")
    note: str = long_text("检查情况")


@record("检查结果", "clause")
class InspectionItem(Record):
    """The finding of an inspection on one clause, and its rectification (F-70, F-71)."""

    inspection: str = ref("检查", "inspections")
    clause: str = ref("条款", "clauses")
    agreed: str = text("约定")
    actual: str = text("实际情况")
    result: Fulfilled | None = choice("结论", Fulfilled)
    measure: str = text("整改措施")
    owner: str = text("责任人")
    due_on: date | None = day("整改期限")
    rechecked_on: date | None = day("复查日期")
    recheck_result: str = text("复查结果")


@record("履约报告", "reported_on")
class FulfilmentReport(Record):
    """The employer's yearly report to congress or all staff (F-72; 鲁工资 31: at least once a year)."""

    reporter: str = text("报告人")
    side: Side | None = choice("报告方", Side)
    session: str = ref("在哪次会议上", "sessions")
    to: str = text("对象")
    reported_on: date | None = day("日期")
    content: str = long_text("报告内容")
    questions: tuple[str, ...] = texts("质询和答复")
    people: int | None = count("到会人数")
