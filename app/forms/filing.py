"""Page 6: 签订与报审备案."""

from __future__ import annotations

from app.domain.offer import ReportKind
from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step

FILING_PAGE = Page(
    key="filing",
    title="签订与报审备案",
    short="签订",
    stage=Stage.FILING,
    steps=(
        Step(
            key="sign",
            title="签订",
            parts=(
                Section(
                    collection="signings",
                    title="签字盖章",
                    add="登记签订",
                    columns=("signed_on", "worker_chief", "employer_chief", "copies"),
                ),
                Section(
                    collection="covered_enterprises",
                    title="各企业盖章确认",
                    add="添加覆盖企业",
                    columns=("name", "staff", "sealed_on", "union_sealed_on"),
                    only_for=("area", "industry"),
                ),
            ),
            documents=("agreement",),
        ),
        Step(
            key="file",
            title="报送审查",
            parts=(
                Section(
                    collection="filings",
                    title="报送审查",
                    add="登记报送",
                    columns=("authority", "filed_on", "received_on", "receipt_number"),
                ),
                Section(
                    collection="reviews",
                    title="审查意见",
                    add="登记审查意见",
                    columns=("number", "opinion", "reached_workers_on", "reached_employer_on"),
                ),
            ),
            documents=("filing_form",),
        ),
        Step(
            key="publish",
            title="公布与备案",
            parts=(
                Section(
                    collection="publications",
                    title="公布",
                    add="登记公布",
                    columns=("what", "published_on", "taken_down_on", "ways"),
                ),
                Section(
                    collection="union_reports",
                    title="报上一级工会备案",
                    add="登记备案",
                    columns=("to", "reported_on"),
                    preset={"kind": ReportKind.AGREEMENT_FILED},
                ),
            ),
            documents=("publication_notice",),
        ),
        Step(
            key="amend",
            title="变更与解除",
            parts=(
                Section(
                    collection="amendments",
                    title="变更、解除和续订",
                    add="登记变更或解除",
                    columns=("kind_text", "decided_on", "filed_on", "reported_to_union_on"),
                ),
            ),
        ),
    ),
)
