"""Page 2: 协商代表."""

from __future__ import annotations

from app.domain.stages import Stage
from app.domain.union import Side
from app.forms.layout import Page, Section, Step

REPRESENTATIVES_PAGE = Page(
    key="representatives",
    title="协商代表",
    short="代表",
    stage=Stage.REPRESENTATIVES,
    steps=(
        Step(
            key="workers",
            title="职工方代表",
            parts=(
                Section(
                    collection="representatives",
                    title="职工方代表",
                    add="添加职工方代表",
                    columns=("name", "role", "post", "frontline", "in_favour"),
                    preset={"side": Side.WORKER},
                    hint="先写首席代表，再写其他代表。",
                ),
                Section(
                    collection="elections",
                    title="怎么产生的",
                    add="写产生经过",
                    columns=("way", "determined_on", "published_on"),
                    preset={"side": Side.WORKER},
                ),
                Section(
                    collection="counts",
                    title="推选计票",
                    add="登记一次计票",
                    columns=("what", "counted_on", "expected", "in_favour"),
                    leave_out=("agreement",),
                    hint="发出、收回、有效、无效、赞成、反对、弃权都要写，数字要对得上。",
                ),
            ),
            documents=("representatives_roster", "ballot", "tally"),
        ),
        Step(
            key="employers",
            title="企业方代表",
            parts=(
                Section(
                    collection="representatives",
                    title="企业方代表",
                    add="添加企业方代表",
                    columns=("name", "role", "post", "is_union_staff"),
                    preset={"side": Side.EMPLOYER},
                ),
                Section(
                    collection="elections",
                    title="怎么产生的",
                    add="写产生经过",
                    columns=("way", "determined_on", "published_on"),
                    preset={"side": Side.EMPLOYER},
                ),
            ),
            documents=("representatives_roster",),
        ),
        Step(
            key="others",
            title="顾问、记录员和委托",
            parts=(
                Section(
                    collection="recorders",
                    title="记录员",
                    add="添加记录员",
                    columns=("name", "post", "agreed_on"),
                ),
                Section(
                    collection="advisers",
                    title="协商顾问",
                    add="添加顾问",
                    columns=("name", "side", "mandated_on"),
                ),
                Section(
                    collection="mandates",
                    title="委托书和指定书",
                    add="添加委托书",
                    columns=("kind_text", "from_name", "to_name", "signed_on"),
                ),
                Section(
                    collection="replacements",
                    title="更换代表",
                    add="登记更换",
                    columns=("leaving", "arriving", "vacant_on", "filled_on"),
                ),
            ),
        ),
        Step(
            key="training",
            title="培训与指导",
            parts=(
                Section(
                    collection="trainings",
                    title="代表培训",
                    add="添加培训",
                    columns=("held_on", "subject", "workers"),
                ),
                Section(
                    collection="instructor_visits",
                    title="指导员参与",
                    add="添加一次参与",
                    columns=("on_day", "name", "what"),
                ),
            ),
        ),
    ),
)
