"""Page 6: 签订与报审备案."""

from __future__ import annotations

from app.domain.congress import Purpose
from app.domain.offer import ReportKind
from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step, View

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
                    hint="双方首席代表在通过的那一份上签字、盖章。",
                    style="one",
                    first=(
                        "signed_on",
                        "same_as_voted",
                        "worker_chief",
                        "employer_chief",
                        "union_sealed",
                        "employer_sealed",
                        "copies",
                    ),
                ),
                View(key="signing_dates", joined=True),
                Section(
                    collection="covered_enterprises",
                    title="各企业盖章确认",
                    add="添加覆盖企业",
                    columns=("name", "staff", "sealed_on", "union_sealed_on"),
                    only_for=("area", "industry"),
                    style="grid",
                    cells=("name", "staff", "sealed_on", "union_sealed_on"),
                ),
            ),
            documents=("agreement",),
            papers=("signed_agreement",),
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
                    hint="签字以后由企业方报送；收件凭证上的日期决定哪天生效。",
                    style="one",
                    headless=True,
                    first=("authority", "filed_on", "receipt_number", "received_on", "handler", "copies"),
                ),
                View(key="filing_papers", covers=("filings",), joined=True),
                View(key="filing_dates", joined=True),
                Section(
                    collection="reviews",
                    title="审查意见",
                    add="登记审查意见",
                    columns=("number", "opinion", "reached_workers_on", "reached_employer_on"),
                    style="one",
                    folded=True,
                    first=("opinion", "number", "reached_workers_on", "reached_employer_on"),
                ),
                View(key="review_effect", joined=True),
            ),
            documents=("filing_form",),
            papers=("filing_form", "filing_receipt", "review_opinion"),
        ),
        Step(
            key="publish",
            title="生效与公布",
            parts=(
                Section(
                    collection="publications",
                    title="向职工公布",
                    add="登记公布",
                    columns=("what", "published_on", "taken_down_on", "ways"),
                    hint="合同生效以后，向全体职工公布文本。",
                    style="one",
                    first=("what", "published_on", "published_by", "taken_down_on", "ways"),
                ),
                View(key="publication_dates", joined=True),
                Section(
                    collection="union_reports",
                    title="报上一级工会备案",
                    add="登记备案",
                    columns=("to", "reported_on"),
                    preset={"kind": ReportKind.AGREEMENT_FILED},
                    hint="合同报上一级工会，取回收文凭证。",
                    style="one",
                    first=("to", "reported_on"),
                ),
                View(key="upper_union_dates", joined=True),
            ),
            documents=("publication_notice",),
            papers=("publication_notice", "publication_photo", "agreement_filed"),
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
                    hint="履行中要变更、解除或期满续订时才用。",
                    style="one",
                    first=("kind_text", "decided_on", "proposed_by", "filed_on", "grounds"),
                ),
                View(key="amendment_dates", joined=True),
                Section(
                    collection="sessions",
                    title="审议解除的会议",
                    add="添加解除会议",
                    columns=("name", "held_on", "expected", "present", "result_published_on"),
                    preset={"purpose": Purpose.TERMINATE},
                    style="one",
                    first=("name", "held_on", "expected", "present"),
                    folded=True,
                ),
            ),
            papers=("amendment_paper",),
        ),
    ),
)
