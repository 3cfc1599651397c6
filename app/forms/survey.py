"""Page 1: 意愿调查.

A survey's facts are asked where they are known: how it is done with the questions, the sheets where they come back.
"""

from __future__ import annotations

from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step, View

_SHEETS = (
    "issued_online", "issued_paper", "issued",
    "returned_online", "returned_paper", "returned",
    "valid_online", "valid_paper", "valid",
)  # fmt: skip
_AFTERWARDS = ("issue_note", "report_on", "prepared_by", "reviewed_by", "report_sealed")
_BEFORE = (
    "title_text", "way", "channel", "notice_on", "started_on", "ended_on", "named", "target_staff",
    "target_others", "audience", "situation", "sheets_printed",
)  # fmt: skip

_BY_CLOSING = ("entry_closed_on",)
"""Written by closing the paper entry, never typed."""

_BY_FREEZING = ("version", "frozen_on", "questions_digest")
"""Written by 定稿, never typed."""

_BY_THE_BANK = ("bank_key",)
"""Written when a question is taken from the bank: a key, no words."""

SURVEY_PAGE = Page(
    key="survey",
    title="意愿调查",
    short="调查",
    stage=Stage.SURVEY,
    steps=(
        Step(
            key="design",
            title="设计问卷",
            parts=(
                Section(
                    collection="surveys",
                    title="怎么调查",
                    add="添加一次调查",
                    columns=("title_text", "way", "started_on", "ended_on"),
                    leave_out=(*_SHEETS, *_AFTERWARDS, *_BY_CLOSING, *_BY_FREEZING),
                    first=("title_text", "way", "named", "started_on", "ended_on", "channel"),
                    hint="先写用什么方式、什么时候、记不记名。",
                    style="one",
                ),
                View(key="questionnaire_design", covers=("surveys",)),
                Section(
                    collection="questions",
                    title="题目",
                    add="添加题目",
                    columns=("number", "kind", "stem", "options"),
                    cells=("number", "kind", "stem"),
                    leave_out=_BY_THE_BANK,
                    hint="一行一题：写题干，选题型，再写选项。",
                    style="grid",
                ),
            ),
            documents=("questionnaire",),
        ),
        Step(
            key="run",
            title="发放与录入",
            parts=(
                View(key="survey_sheets"),
                View(key="survey_counts", covers=("surveys",), joined=True),
                View(key="survey_keying", covers=("surveys",)),
                View(key="survey_online"),
                View(key="survey_entry", covers=("answer_counts",)),
                Section(
                    collection="hearings",
                    title="座谈和访谈",
                    add="添加座谈或访谈",
                    columns=("kind", "held_on", "people", "opinions"),
                    hint="座谈会、个别访谈各记一行，只记意见，不记谁说的。",
                ),
                Section(
                    collection="surveys",
                    title="汇总报告和说明",
                    add="添加一次调查",
                    columns=("title_text", "issued", "returned", "valid"),
                    leave_out=(*_BEFORE, "double_keyed", *_BY_CLOSING, *_BY_FREEZING),
                    first=_AFTERWARDS,
                    hint="汇总报告是哪天写的、谁写谁审、盖没盖章。",
                    style="one",
                    folded=True,
                ),
            ),
        ),
        Step(
            key="results",
            title="结果",
            parts=(
                View(key="survey_results"),
                View(key="survey_questions", covers=("questions",)),
                Section(
                    collection="answer_counts",
                    title="各题数字",
                    add="添加一行数字",
                    columns=("question", "group", "numbers"),
                    hint="每题一行，各选项人数按选项的顺序写；分组的再加一行。",
                    folded=True,
                ),
            ),
            documents=("survey_summary",),
            full_width=True,
        ),
        Step(
            key="topics",
            title="议题采纳",
            parts=(
                View(key="survey_coding"),
                View(key="survey_topics", covers=("topics",)),
                Section(
                    collection="topics",
                    title="议题",
                    add="添加议题",
                    columns=("code", "name", "category", "source", "unit"),
                    hint="从调查和座谈里来的议题，写明列入要约、暂缓还是另行解决。",
                ),
            ),
            documents=("topic_register",),
        ),
    ),
)
