"""The dates that follow from signing, filing, publishing and ending an agreement."""

from __future__ import annotations

from app.gui.stages.offer.due_rows import FollowingDates
from app.rules.findings import Deadline


class SigningDates(FollowingDates):
    """By when what was signed is filed."""

    COLLECTION = "signings"
    EMPTY = "写上签字日期，就算出报送最迟哪天。"


class FilingDates(FollowingDates):
    """When the agreement takes effect if nobody objects."""

    COLLECTION = "filings"
    EMPTY = "写上人社收到日期，就算出哪天生效。"

    def _wanted(self) -> list[Deadline]:
        return [due for due in super()._wanted() if due.rule != "file_due"]  # told where it starts: 签订


class PublicationDates(FollowingDates):
    """By when the text is made known to the staff."""

    COLLECTION = "publications"
    RULES = ("publish_due",)
    EMPTY = "合同生效以后，才算得出公布的期限。"


class UpperUnionDates(FollowingDates):
    """By when the agreement is with the upper union."""

    COLLECTION = "union_reports"
    RULES = ("upper_union_file",)


class AmendmentDates(FollowingDates):
    """By when the end of an agreement is told to the authority."""

    COLLECTION = "amendments"
    RULES = ("renewal_window",)
