"""Page 2: 协商代表."""

from __future__ import annotations

from app.domain.stages import Stage
from app.domain.union import Side
from app.forms.layout import Page, Section, Step, View

_COUNTED = (
    "what",
    "counted_on",
    "expected",
    "present",
    "issued",
    "returned",
    "valid",
    "invalid",
    "in_favour",
    "against",
    "abstained",
)
"""A paper count as the slip shows it; its numbers must add up."""

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
                View(key="worker_composition"),
                Section(
                    collection="representatives",
                    title="职工方代表",
                    add="添加职工方代表",
                    columns=("name", "role", "post", "sex", "frontline", "in_favour"),
                    preset={"side": Side.WORKER},
                    hint="先写首席代表，再写其他代表。",
                    joined=True,
                    style="grid",
                    cells=("name", "role", "post", "sex", "frontline", "in_favour"),
                ),
                Section(
                    collection="elections",
                    title="怎么产生的，什么时候公布",
                    add="写产生经过",
                    columns=("way", "determined_on", "published_on"),
                    preset={"side": Side.WORKER},
                    style="one",
                    first=("way", "determined_on", "published_on", "taken_down_on"),
                ),
                View(
                    key="enterprise_notices",
                    covers=("covered_enterprises",),
                    only_for=("area", "industry"),
                ),
                Section(
                    collection="counts",
                    title="推选计票",
                    add="登记一次计票",
                    columns=("what", "counted_on", "expected", "in_favour"),
                    preset={"agreement": ""},
                    leave_out=("closed_on", "reopened_because"),
                    hint="发出、收回、有效、无效、赞成、反对、弃权都要写，数字要对得上。",
                    first=_COUNTED,
                ),
            ),
            documents=("representatives_roster", "ballot", "tally"),
            papers=(
                "nomination",
                "election_notice",
                "election_sign_in",
                "election_tally",
                "appointment",
                "roster",
                "list_published",
            ),
        ),
        Step(
            key="employers",
            title="企业方代表",
            parts=(
                View(key="employer_composition"),
                Section(
                    collection="representatives",
                    title="企业方代表",
                    add="添加企业方代表",
                    columns=("name", "role", "chief_basis", "post", "is_union_staff"),
                    preset={"side": Side.EMPLOYER},
                    joined=True,
                    style="grid",
                    cells=("name", "role", "chief_basis", "post", "is_union_staff"),
                ),
                Section(
                    collection="elections",
                    title="怎么产生的，什么时候公布",
                    add="写产生经过",
                    columns=("way", "determined_on", "published_on"),
                    preset={"side": Side.EMPLOYER},
                    style="one",
                    first=("way", "designated_on", "determined_on", "published_on"),
                ),
            ),
            documents=("representatives_roster",),
            papers=("designation", "chief_proxy", "list_published"),
        ),
        Step(
            key="others",
            title="顾问、记录员和委托",
            parts=(
                Section(
                    collection="recorders",
                    title="记录员",
                    add="添加记录员",
                    columns=("name", "side", "post", "is_representative", "agreed_on"),
                    style="grid",
                    cells=("name", "side", "post", "is_representative", "agreed_on"),
                    hint="双方共同确定，不能是协商代表。",
                ),
                Section(
                    collection="mandates",
                    title="委托书和指定书",
                    add="添加委托书",
                    columns=("kind_text", "side", "from_name", "to_name", "signed_on"),
                    style="grid",
                    cells=("kind_text", "side", "from_name", "to_name", "signed_on"),
                ),
                Section(
                    collection="advisers",
                    title="协商顾问",
                    add="添加顾问",
                    columns=("name", "side", "identity", "mandated_on"),
                    style="grid",
                    cells=("name", "side", "identity", "mandated_on"),
                    folded=True,
                ),
                Section(
                    collection="replacements",
                    title="更换代表",
                    add="登记更换",
                    columns=("leaving", "arriving", "vacant_on", "filled_on"),
                    joined=True,
                    folded=True,
                ),
            ),
            papers=("mandate", "adviser_mandate", "chief_proxy", "replacement_notice"),
        ),
        Step(
            key="training",
            title="培训与指导",
            parts=(
                Section(
                    collection="trainings",
                    title="代表培训",
                    add="添加培训",
                    columns=("held_on", "subject", "host", "workers", "employers", "hours"),
                    style="grid",
                    cells=("held_on", "subject", "host", "workers", "employers", "hours"),
                ),
                Section(
                    collection="instructor_visits",
                    title="指导员参与",
                    add="添加一次参与",
                    columns=("on_day", "name", "what"),
                    style="grid",
                    cells=("on_day", "name", "what"),
                ),
            ),
            papers=("training",),
        ),
    ),
)
