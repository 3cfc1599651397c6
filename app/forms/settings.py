"""The page 设置: who we are and what this year is about."""

from __future__ import annotations

from app.forms.layout import Page, Section, Step

SETTINGS_PAGE = Page(
    key="settings",
    title="设置",
    short="设置",
    steps=(
        Step(
            key="union",
            title="工会和年度",
            parts=(
                Section(collection="union", title="工会"),
                Section(collection="cycle", title="本年度", leave_out=("practice",)),
            ),
        ),
        Step(
            key="enterprise",
            title="企业",
            parts=(
                Section(collection="enterprise", title="企业"),
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
