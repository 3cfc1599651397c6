"""The page 设置: who we are and what this year is about."""

from __future__ import annotations

from app.domain.facts import facts_of
from app.domain.union import Union
from app.forms.layout import Page, Section, Step

_PEOPLE = ("chair", "vice_chair", "acting_head", "women_committee_head", "handler", "phone")
"""Facts of the union that are about people who work there."""

_HOUSE = tuple(name for name in facts_of(Union) if name not in _PEOPLE)
"""All its other facts."""

SETTINGS_PAGE = Page(
    key="settings",
    title="设置",
    short="设置",
    steps=(
        Step(
            key="union",
            title="工会",
            parts=(
                Section(collection="union", title="工会", leave_out=_PEOPLE),
                Section(collection="union", title="在这里工作的人", leave_out=_HOUSE),
            ),
        ),
        Step(
            key="cycle",
            title="本年度",
            parts=(Section(collection="cycle", title="本年度", leave_out=("practice",)),),
        ),
        Step(
            key="enterprise",
            title="企业",
            parts=(
                Section(
                    collection="enterprise",
                    title="企业",
                    first=(
                        "name",
                        "code",
                        "legal_person",
                        "legal_person_post",
                        "address",
                        "industry_detail",
                        "situation",
                        "staff",
                        "female_staff",
                        "frontline_staff",
                        "dispatched_staff",
                        "outsourced_staff",
                    ),
                ),
                Section(
                    collection="departments",
                    title="部门人数",
                    add="添加部门",
                    columns=("name", "staff", "female", "frontline"),
                ),
                Section(
                    collection="covered_enterprises",
                    title="覆盖企业",
                    add="添加覆盖企业",
                    columns=("name", "code", "staff", "members"),
                    only_for=("area", "industry"),
                ),
            ),
        ),
    ),
)

OTHER_REPORTS = Section(
    collection="union_reports",
    title="报送和其他报告",
    add="登记报送",
    columns=("kind", "to", "reported_on", "due_by_notice"),
)
"""All reports to upper unions in one list, on the page 统计与报送."""
