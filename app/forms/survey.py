"""Page 1: 意愿调查."""

from __future__ import annotations

from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step

SURVEY_PAGE = Page(
    key="survey",
    title="意愿调查",
    short="调查",
    stage=Stage.SURVEY,
    steps=(
        Step(
            key="run",
            title="发放与收回",
            parts=(
                Section(
                    collection="surveys",
                    title="意愿调查",
                    add="添加一次调查",
                    columns=("title_text", "started_on", "issued", "returned", "valid"),
                    hint="写上发了多少、收回多少、有效多少。",
                ),
                Section(
                    collection="hearings",
                    title="座谈和访谈",
                    add="添加座谈或访谈",
                    columns=("kind", "held_on", "people", "opinions"),
                    hint="座谈会、个别访谈各记一行，只记意见，不记谁说的。",
                ),
            ),
        ),
        Step(
            key="answers",
            title="题目与结果",
            parts=(
                Section(
                    collection="questions",
                    title="题目",
                    add="添加题目",
                    columns=("number", "kind", "stem", "options"),
                ),
                Section(
                    collection="answer_counts",
                    title="答案统计",
                    add="添加一行统计",
                    columns=("question", "group", "numbers"),
                    hint="每题一行：各选项人数按选项的顺序写。分组的再加一行。",
                ),
            ),
        ),
        Step(
            key="topics",
            title="议题采纳",
            parts=(
                Section(
                    collection="topics",
                    title="议题",
                    add="添加议题",
                    columns=("code", "name", "source", "decision", "reason"),
                    hint="从调查和座谈里来的议题，写明列入要约、暂缓还是另行解决。",
                ),
            ),
            documents=("topic_register",),
        ),
    ),
)
