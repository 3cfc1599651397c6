"""Page 5: 职代会审议."""

from __future__ import annotations

from app.domain.congress import Purpose
from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step

_SESSION_COLUMNS = ("name", "held_on", "expected", "present", "result_published_on")

CONGRESS_PAGE = Page(
    key="congress",
    title="职代会审议",
    short="审议",
    stage=Stage.CONGRESS,
    steps=(
        Step(
            key="body",
            title="职代会与代表",
            parts=(
                Section(collection="congress", title="本届职代会"),
                Section(
                    collection="delegates",
                    title="职工代表名册",
                    add="添加职工代表",
                    columns=("name", "sex", "department", "category"),
                ),
            ),
            documents=("congress_sign_in",),
        ),
        Step(
            key="sessions",
            title="通知与会议",
            parts=(
                Section(
                    collection="sessions",
                    title="审议草案的会议",
                    add="添加审议会议",
                    columns=_SESSION_COLUMNS,
                    preset={"purpose": Purpose.DELIBERATE_DRAFT},
                ),
                Section(
                    collection="sessions",
                    title="通过代表的会议",
                    add="添加推选会议",
                    columns=_SESSION_COLUMNS,
                    preset={"purpose": Purpose.ELECT_REPRESENTATIVES},
                ),
                Section(
                    collection="sessions",
                    title="听取履约报告的会议",
                    add="添加报告会议",
                    columns=_SESSION_COLUMNS,
                    preset={"purpose": Purpose.HEAR_FULFILMENT},
                ),
                Section(
                    collection="sessions",
                    title="审议解除的会议",
                    add="添加解除会议",
                    columns=_SESSION_COLUMNS,
                    preset={"purpose": Purpose.TERMINATE},
                ),
                Section(
                    collection="sessions",
                    title="其他会议",
                    add="添加其他会议",
                    columns=_SESSION_COLUMNS,
                    preset={"purpose": Purpose.OTHER},
                ),
            ),
            documents=("congress_notice", "congress_sign_in"),
        ),
        Step(
            key="vote",
            title="表决与决议",
            parts=(
                Section(
                    collection="counts",
                    title="表决计票",
                    add="登记一次计票",
                    columns=("what", "expected", "present", "in_favour", "against"),
                    leave_out=("election",),
                ),
                Section(
                    collection="resolutions",
                    title="决议",
                    add="添加决议",
                    columns=("number", "resolved_on", "sealed"),
                ),
            ),
            documents=("ballot", "tally", "resolution"),
        ),
    ),
)
