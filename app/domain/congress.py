"""Stage 5: the workers' congress, its sessions and resolutions (F-50…F-58; 鲁工资 27, 鲁厂务 12, 规定 36)."""

from __future__ import annotations

from datetime import date, datetime

from app.domain.facts import (
    Choice,
    Record,
    Sensitivity,
    choice,
    count,
    day,
    long_text,
    moment,
    record,
    ref,
    text,
    texts,
    yes_no,
)
from app.domain.representatives import Sex


class Body(Choice):
    """Who decides."""

    CONGRESS = "congress", "职工代表大会"
    ALL_STAFF = "all_staff", "职工大会"
    AREA_CONGRESS = "area_congress", "区域或行业职工代表大会"


class Purpose(Choice):
    """What a session was called for."""

    ELECT_REPRESENTATIVES = "elect_representatives", "通过职工方协商代表"
    DELIBERATE_DRAFT = "deliberate_draft", "审议合同草案"
    HEAR_FULFILMENT = "hear_fulfilment", "听取履约报告"
    TERMINATE = "terminate", "审议解除合同"
    OTHER = "other", "其他"


class Category(Choice):
    """岗位类别 of a delegate."""

    FRONTLINE = "frontline", "一线"
    TECHNICAL = "technical", "技术"
    ADMIN = "admin", "一般管理"
    MANAGEMENT = "management", "中高层管理"


@record("职代会", "term_name")
class Congress(Record):
    """The standing congress: its term and make-up."""

    body: Body | None = choice("形式", Body)
    term_name: str = text("届次", help="例如 第三届。")
    delegates: int | None = count("代表总数", help="表决的分母是全体代表，不是到会的人。")
    frontline: int | None = count("其中一线")
    technical: int | None = count("其中技术")
    admin: int | None = count("其中一般管理")
    management: int | None = count("其中中高层管理")
    women: int | None = count("其中女代表")


@record("职工代表", "name")
class Delegate(Record):
    """One delegate (F-52)."""

    name: str = text("姓名")
    sex: Sex | None = choice("性别", Sex)
    department: str = text("部门（选区）")
    category: Category | None = choice("岗位类别", Category)
    enterprise: str = ref("所在企业", "covered_enterprises")
    phone: str = text("联系电话", see=Sensitivity.PERSONAL)
    code: str = text("签到码", see=Sensitivity.PERSONAL, help="随机的数字，印在签到条上，扫一下就签到。")


@record("签到", "signed_at")
class Attendance(Record):
    """One delegate who signed in for a session, on the list or by the printed code (F-54)."""

    session: str = ref("会议", "sessions")
    delegate: str = ref("职工代表", "delegates")
    signed_at: datetime | None = moment("签到时间", see=Sensitivity.PERSONAL)


@record("职代会会议", "name")
class Session(Record):
    """One session of the congress, with its notice, attendance and what was made public after it."""

    name: str = text("会议名称")
    purpose: Purpose | None = choice("议题", Purpose)
    agreement: str = ref("审议的合同", "agreements")
    agenda_published_on: date | None = day("通知及议程公开日期")
    materials_sent_on: date | None = day("材料送达日期")
    draft_submitted_on: date | None = day(
        "草案提交日期", help="草案书面提交职代会或工会委员会的日期；有的地方限几天内提交。"
    )
    held_on: date | None = day("会议日期")
    starts: str = text("会议时间", help="几点开始，例如 9:00。")
    place: str = text("地点")
    expected: int | None = count("应到")
    present: int | None = count("实到")
    explained_by: str = text("草案说明人")
    failed_before: bool | None = yes_no("上次没有通过，这是再次表决")
    result_published_on: date | None = day("决议或报告公开日期")
    result_taken_down_on: date | None = day("撤下日期")
    taken_down_reason: str = text("撤下原因")
    published_at: tuple[str, ...] = texts("公开地点")


@record("决议", "number")
class Resolution(Record):
    """What the session resolved (F-57). Whether it passed is computed from the count, never typed."""

    session: str = ref("会议", "sessions")
    number: str = text("决议名称或编号")
    resolved_on: date | None = day("决议日期")
    draft_changed: bool | None = yes_no("草案有修改")
    change_note: str = long_text("修改内容")
    sealed: bool | None = yes_no("已盖工会章")
