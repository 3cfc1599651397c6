"""The roster (花名册): persons as the employer's or the union's list names them (forms.md 3.2).

Persons are no part of the case. They stay in storage; what rules, papers and figures see of them are head counts by
group (:class:`StaffGroup`). Nothing links a person to an answered sheet.
"""

from __future__ import annotations

from datetime import date

from app.domain.facts import Choice, Record, Sensitivity, choice, count, day, record, text, yes_no
from app.domain.representatives import Sex
from app.domain.survey import GroupBy

NOT_TOLD = "没有写明"
"""The group of those of whom the roster does not say it, so that the groups add up to all."""

ALL_OTHERS = "其余"
"""The smallest departments or posts together, where there are more than anybody looks at."""


class PostLevel(Choice):
    """岗位类别 of a member of the staff."""

    FRONTLINE = "frontline", "一线"
    TECHNICAL = "technical", "技术"
    MANAGEMENT = "management", "管理"


class StaffEmployment(Choice):
    """用工形式 of a member of the staff (forms.md F-01: 合同工/派遣/其他)."""

    CONTRACT = "contract", "合同制"
    DISPATCHED = "dispatched", "劳务派遣"
    OTHER = "other", "其他用工"


@record("职工", "name")
class Person(Record):
    """One line of the roster."""

    name: str = text("姓名", see=Sensitivity.PERSONAL)
    sex: Sex | None = choice("性别", Sex)
    born_on: date | None = day("出生日期", see=Sensitivity.PERSONAL)
    id_number: str = text("身份证号", see=Sensitivity.PERSONAL, code="id_number")
    department: str = text("部门")
    post: str = text("岗位")
    level: PostLevel | None = choice("岗位类别", PostLevel)
    employment: StaffEmployment | None = choice("用工形式", StaffEmployment)
    joined_on: date | None = day("入职日期")
    member: bool | None = yes_no("是会员")
    phone: str = text("手机", see=Sensitivity.PERSONAL)


@record("花名册分组", "by", "name")
class StaffGroup(Record):
    """How many of the staff belong to a group, counted from the roster (花名册) when it was taken in."""

    by: GroupBy | None = choice("按什么分组", GroupBy)
    name: str = text("组")
    people: int | None = count("人数")
