"""Page 5: 职代会审议."""

from __future__ import annotations

from app.domain.congress import Purpose
from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step, View

_SESSION_COLUMNS = ("name", "held_on", "expected", "present", "result_published_on")
_ATTENDANCE = ("name", "held_on", "starts", "expected", "present")

CONGRESS_PAGE = Page(
    key="congress",
    title="职代会审议",
    short="审议",
    stage=Stage.CONGRESS,
    steps=(
        Step(
            key="sessions",
            title="会议通知",
            parts=(
                Section(
                    collection="sessions",
                    title="审议草案的会议",
                    add="添加审议会议",
                    columns=_SESSION_COLUMNS,
                    preset={"purpose": Purpose.DELIBERATE_DRAFT},
                    hint="写上会议日期，就算出最迟哪天公开议程、送材料。",
                    style="one",
                    headless=True,
                    first=(
                        "name",
                        "held_on",
                        "starts",
                        "place",
                        "agenda_published_on",
                        "explained_by",
                        "materials_sent_on",
                    ),
                ),
                View(key="congress_notice", joined=True),
                Section(
                    collection="congress",
                    title="本届职代会",
                    first=("body", "term_name", "delegates", "women"),
                ),
                Section(
                    collection="delegates",
                    title="职工代表名册",
                    add="添加职工代表",
                    columns=("name", "sex", "department", "category"),
                    style="grid",
                    cells=("name", "sex", "department", "category"),
                    joined=True,
                    folded=True,
                ),
                View(key="delegate_quotas"),
                Section(
                    collection="sessions",
                    title="通过代表的会议",
                    add="添加推选会议",
                    columns=_SESSION_COLUMNS,
                    preset={"purpose": Purpose.ELECT_REPRESENTATIVES},
                    first=_ATTENDANCE,
                    style="one",
                    folded=True,
                ),
                Section(
                    collection="sessions",
                    title="其他会议",
                    add="添加其他会议",
                    columns=_SESSION_COLUMNS,
                    preset={"purpose": Purpose.OTHER},
                    first=_ATTENDANCE,
                    style="one",
                    joined=True,
                    folded=True,
                ),
            ),
            documents=("congress_notice", "congress_agenda", "congress_qualification"),
            papers=("congress_notice",),
        ),
        Step(
            key="attendance",
            title="签到",
            parts=(View(key="congress_sign_in", covers=("attendances",)),),
            documents=("congress_sign_in", "congress_codes"),
            papers=("congress_sign_in",),
        ),
        Step(
            key="vote",
            title="表决",
            parts=(
                View(key="congress_vote", covers=("counts",)),
                View(key="congress_tellers", covers=("count_sheets", "named_votes")),
                Section(
                    collection="counts",
                    title="计票的全部内容",
                    add="登记一次计票",
                    columns=("what", "expected", "present", "in_favour", "against"),
                    preset={"election": ""},
                    leave_out=("tellers", "closed_on", "reopened_because"),
                    closed=True,
                ),
            ),
            documents=("tally", "ballot", "named_list"),
            papers=("congress_tally",),
        ),
        Step(
            key="result",
            title="决议与公开",
            parts=(
                Section(
                    collection="resolutions",
                    title="决议",
                    add="添加决议",
                    columns=("number", "resolved_on", "sealed"),
                    hint="表决通过以后，写上决议名称和日期。",
                    style="one",
                    first=("number", "resolved_on", "sealed", "draft_changed"),
                ),
                View(key="congress_result", covers=("sessions",)),
            ),
            documents=("resolution",),
            papers=("congress_resolution", "result_published"),
        ),
        Step(
            key="poll",
            title="满意度测评",
            parts=(
                View(key="poll_count", covers=("poll_sheets",)),
                View(key="poll_figures", joined=True),
            ),
            documents=("poll_sheet",),
        ),
    ),
)
