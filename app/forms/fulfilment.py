"""Page 7: 履约检查."""

from __future__ import annotations

from app.domain.congress import Purpose
from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step, View

FULFILMENT_PAGE = Page(
    key="fulfilment",
    title="履约检查",
    short="履约",
    stage=Stage.FULFILMENT,
    steps=(
        Step(
            key="obligations",
            title="履约事项",
            parts=(
                View(key="obligation_figures"),
                Section(
                    collection="obligations",
                    title="履约事项",
                    add="添加事项",
                    columns=("clause", "what", "side", "owner", "due_on"),
                    hint="照条款一条一条列出：做什么、谁做、什么时候。",
                    style="grid",
                    cells=("clause", "what", "side", "owner", "due_on"),
                    joined=True,
                ),
            ),
            documents=("inspection_sheet",),
            papers=("inspection_sheet",),
        ),
        Step(
            key="inspect",
            title="检查与整改",
            parts=(
                Section(
                    collection="inspections",
                    title="履约检查",
                    add="添加一次检查",
                    columns=("started_on", "ended_on", "workers", "employers"),
                    hint="双方一起，一条一条对照合同看。",
                    style="one",
                    first=("started_on", "ended_on", "method"),
                ),
                Section(
                    collection="inspection_items",
                    title="逐条结果和整改",
                    add="添加一条结果",
                    columns=("clause", "actual", "result", "measure", "due_on", "rechecked_on"),
                    style="grid",
                    cells=("clause", "actual", "result", "measure", "due_on", "rechecked_on"),
                    joined=True,
                ),
            ),
            documents=("inspection_sheet",),
            papers=("inspection_sheet", "rectification"),
        ),
        Step(
            key="report",
            title="履约报告",
            parts=(
                Section(
                    collection="fulfilment_reports",
                    title="企业方履约报告",
                    add="登记履约报告",
                    columns=("reporter", "reported_on", "to"),
                    hint="由企业方向职代会或全体职工报告，在这里登记。",
                    style="one",
                    first=("reporter", "reported_on", "to", "people", "content"),
                ),
                View(key="report_dates", joined=True),
                Section(
                    collection="sessions",
                    title="听取履约报告的会议",
                    add="添加报告会议",
                    columns=("name", "held_on", "expected", "present", "result_published_on"),
                    preset={"purpose": Purpose.HEAR_FULFILMENT},
                    style="one",
                    first=("name", "held_on", "expected", "present"),
                    folded=True,
                ),
            ),
            documents=("congress_notice", "congress_sign_in"),
            papers=("fulfilment_report", "fulfilment_sign_in"),
        ),
        Step(
            key="evaluate",
            title="测评与质效",
            parts=(
                Section(
                    collection="polls",
                    title="测评",
                    add="登记一次测评",
                    columns=("held_on", "issued", "valid", "aware"),
                    hint="抄上各档人数，知晓率、参与率、满意率自动算出。",
                    style="one",
                    first=(
                        "held_on",
                        "valid",
                        "aware",
                        "took_part",
                        "very_satisfied",
                        "satisfied",
                        "fairly_satisfied",
                        "dissatisfied",
                    ),
                ),
                View(key="poll_figures", joined=True),
                Section(
                    collection="evaluations",
                    title="质效评估自评",
                    add="添加评分项",
                    columns=(
                        "scorecard",
                        "item",
                        "full_marks",
                        "own_marks",
                        "street_marks",
                        "district_marks",
                    ),
                    hint="照区里发的评分表一项一项填；分值以发的表为准。",
                    style="grid",
                    cells=("scorecard", "item", "full_marks", "own_marks", "street_marks", "district_marks"),
                ),
                View(key="score_figures", joined=True),
            ),
            documents=("poll_sheet",),
            papers=("poll_summary",),
        ),
    ),
)
