"""Page 7: 履约检查."""

from __future__ import annotations

from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step

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
                Section(
                    collection="obligations",
                    title="履约事项",
                    add="添加事项",
                    columns=("clause", "what", "owner", "due_on"),
                ),
            ),
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
                ),
                Section(
                    collection="inspection_items",
                    title="逐条结果和整改",
                    add="添加一条结果",
                    columns=("clause", "agreed", "actual", "result", "rechecked_on"),
                ),
            ),
            documents=("inspection_sheet",),
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
                ),
            ),
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
                ),
                Section(
                    collection="evaluations",
                    title="质效评估自评",
                    add="添加评分项",
                    columns=("scorecard", "item", "full_marks", "own_marks"),
                    hint="照区里发的评分表一项一项填；程序不自带分值。",
                ),
            ),
        ),
    ),
)
