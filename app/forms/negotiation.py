"""Page 4: 协商会议."""

from __future__ import annotations

from app.domain.offer import ReportKind
from app.domain.stages import Stage
from app.domain.union import Side
from app.forms.layout import Page, Section, Step

NEGOTIATION_PAGE = Page(
    key="negotiation",
    title="协商会议",
    short="会议",
    stage=Stage.NEGOTIATION,
    steps=(
        Step(
            key="prepare",
            title="会前准备",
            parts=(
                Section(
                    collection="disclosures",
                    title="企业方提供资料",
                    add="登记企业方资料",
                    columns=("provided_on", "items", "received_by"),
                    preset={"side": Side.EMPLOYER},
                ),
                Section(
                    collection="disclosures",
                    title="职工方提供资料",
                    add="登记职工方资料",
                    columns=("provided_on", "items", "received_by"),
                    preset={"side": Side.WORKER},
                ),
                Section(
                    collection="disclosure_gaps",
                    title="缺的资料",
                    add="登记缺项",
                    columns=("item", "enterprises", "reason", "supplied_on"),
                ),
                Section(
                    collection="union_reports",
                    title="协商前报告上一级工会",
                    add="登记报告",
                    columns=("to", "reported_on"),
                    preset={"kind": ReportKind.BEFORE_BARGAINING},
                ),
            ),
        ),
        Step(
            key="figures",
            title="参考数字与底线",
            parts=(
                Section(
                    collection="year_figures",
                    title="企业年度数字",
                    add="添加一年",
                    columns=("year", "wage_total", "average_wage"),
                ),
                Section(
                    collection="outside_figures",
                    title="外部参考数",
                    add="添加参考数",
                    columns=("name", "value", "unit", "source"),
                ),
                Section(
                    collection="bottom_lines",
                    title="本方底线",
                    add="写一项底线",
                    columns=("topic",),
                    hint="只在本机，不打印，不进报送包。",
                ),
            ),
        ),
        Step(
            key="meetings",
            title="会议与主张",
            parts=(
                Section(
                    collection="meetings",
                    title="协商会议",
                    add="添加一次会议",
                    columns=("number", "held_on", "place", "chair", "minutes_signed"),
                ),
                Section(
                    collection="positions",
                    title="双方主张",
                    add="记一项主张",
                    columns=("topic", "meeting", "worker_value", "employer_value", "result"),
                    hint="每个议题每次会议一行：职工方、企业方的数字和理由。",
                ),
                Section(
                    collection="briefings",
                    title="向职工通报",
                    add="登记通报",
                    columns=("told_on", "way", "content"),
                ),
                Section(
                    collection="suspensions",
                    title="中止",
                    add="登记中止",
                    columns=("from_day", "until_day", "reason"),
                ),
            ),
            documents=("meeting_sign_in", "minutes"),
        ),
        Step(
            key="draft",
            title="{agreement}草案",
            parts=(
                Section(
                    collection="agreements",
                    title="{agreement}",
                    add="起草{agreement}",
                    columns=("name", "term_from", "term_until", "agreed_on"),
                    leave_out=("text_digest",),
                ),
                Section(
                    collection="clauses",
                    title="条款",
                    add="添加条款",
                    columns=("article", "subject", "topic"),
                ),
                Section(
                    collection="clause_figures",
                    title="条款里的数字",
                    add="添加数字",
                    columns=("clause", "code", "value", "last_value"),
                ),
            ),
            documents=("agreement",),
        ),
    ),
)
