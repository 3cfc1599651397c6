"""Page 3: 要约与应约."""

from __future__ import annotations

from app.domain.offer import ReportKind
from app.domain.stages import Stage
from app.forms.layout import Page, Section, Step, View

OFFER_PAGE = Page(
    key="offer",
    title="要约与应约",
    short="要约",
    stage=Stage.OFFER,
    steps=(
        Step(
            key="write",
            title="写{offer}",
            parts=(
                Section(
                    collection="offers",
                    title="{offer}",
                    add="写一份{offer}",
                    columns=("number", "proposer", "issued_on", "proposed_meeting"),
                    hint="写上建议的时间、地点、内容和本方主张。",
                    style="one",
                    headless=True,
                    first=("number", "issued_on", "addressee", "proposed_meeting", "proposed_place"),
                    told={"addressee": "reply_term"},
                ),
                View(key="offer_topics", covers=("offer_items",), joined=True),
            ),
            documents=("offer", "delivery_receipt", "reply"),
            papers=("offer_letter", "offer_receipt"),
        ),
        Step(
            key="deliver",
            title="送达",
            parts=(
                Section(
                    collection="deliveries",
                    title="送达",
                    add="登记一次送达",
                    columns=("paper", "to", "way", "received_on", "receiver"),
                    hint="收到日期决定答复期限，要有签收凭证。",
                    style="one",
                    headless=True,
                    first=("paper", "way", "to", "received_on", "receiver", "receiver_post", "refused"),
                    links=("offer",),
                ),
                View(key="delivery_dates", joined=True),
                Section(
                    collection="union_reports",
                    title="{offer}报上级工会",
                    add="登记报送",
                    columns=("kind", "to", "reported_on"),
                    preset={"kind": ReportKind.OFFER_FILED},
                    style="one",
                    first=("to", "reported_on"),
                    folded=True,
                ),
                Section(
                    collection="union_reports",
                    title="请上级工会支持",
                    add="登记请示",
                    columns=("to", "reported_on", "answered_on"),
                    preset={"kind": ReportKind.ASK_FOR_SUPPORT},
                    style="one",
                    first=("to", "reported_on", "answered_on"),
                    joined=True,
                    folded=True,
                ),
            ),
            documents=("delivery_receipt",),
            papers=("offer_receipt", "offer_filed", "support_request"),
        ),
        Step(
            key="reply",
            title="企业方答复",
            parts=(
                Section(
                    collection="replies",
                    title="答复",
                    add="登记企业方答复",
                    columns=("from_whom", "conclusion", "replied_on", "agreed_meeting"),
                    hint="收到书面答复后登记在这里。",
                    style="one",
                    headless=True,
                    first=(
                        "conclusion",
                        "from_whom",
                        "replied_on",
                        "reached_union_on",
                        "agreed_meeting",
                        "agreed_place",
                        "agreed_content",
                        "number",
                    ),
                    wide=("conclusion",),
                ),
                View(key="reply_dates", joined=True),
            ),
            documents=("reply",),
            papers=("reply_letter",),
        ),
        Step(
            key="remind",
            title="催告与提请",
            remark="没有答复时用",
            parts=(
                View(key="offer_course"),
                Section(
                    collection="reminders",
                    title="催告函",
                    add="写一份催告函",
                    columns=("number", "issued_on", "answer_by"),
                    hint="过了答复期限还没有答复时用。",
                    style="one",
                    first=("number", "issued_on", "signed_by", "answer_by"),
                    folded=True,
                ),
                Section(
                    collection="escalations",
                    title="提请上级工会或劳动监察",
                    add="登记提请",
                    columns=("step", "to", "sent_on", "outcome"),
                    style="one",
                    first=("step", "to", "sent_on", "outcome_on", "outcome"),
                    joined=True,
                    folded=True,
                ),
            ),
            documents=("reminder",),
            papers=("reminder_letter", "escalation_letter"),
        ),
    ),
)
