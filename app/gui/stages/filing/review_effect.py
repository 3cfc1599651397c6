"""What an opinion of the authority brings about."""

from __future__ import annotations

from app.domain.filing import Opinion, Review
from app.gui.stages.offer.due_rows import FollowingDates
from app.rules.findings import Deadline


class ReviewEffect(FollowingDates):
    """After an objection: what to do; else nothing."""

    COLLECTION = "reviews"

    def _wanted(self) -> list[Deadline]:
        return []  # the day of effect stands with the filing, what comes after it on the next step

    def effect(self) -> str:
        held = self.desk.case.find("reviews", self._record_id)
        if not isinstance(held, Review):
            return ""
        if held.opinion is Opinion.OBJECTION:
            rule = self.desk.program.pack_or_national(self.desk.case).rule("objection_path")
            said = rule.says if rule is not None else ""
            return said or "双方就提出异议的部分再协商，改好以后重新报送。"
        return ""
