"""From which day an agreement is in effect, as far as the papers show."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.case import Case
from app.domain.filing import Opinion
from app.figures.origin import Origin

REVIEW_DAYS = 15
"""《劳动合同法》54条, 《试行办法》22条: no objection within 15 days of receipt; not rolled over holidays."""


def in_effect_from(case: Case, agreement_id: str) -> tuple[date | None, tuple[Origin, ...]]:
    """Return the day and the papers it rests on; no day without a receipt or an opinion.

    It is the earlier of the fifteenth day after receipt and the day on which an opinion without objection has
    reached both sides. A filing that met an objection gives no day; the one made again may.
    """
    found: list[tuple[date, tuple[Origin, ...]]] = []
    for filing in case.filings:
        if filing.agreement != agreement_id:
            continue
        reviews = [review for review in case.reviews if review.filing == filing.id]
        if any(review.opinion is Opinion.OBJECTION for review in reviews):
            continue
        if filing.received_on is not None:
            day = filing.received_on + timedelta(days=REVIEW_DAYS)
            words = f"人社{_on(filing.received_on)}收到，{_on(day)}满 {REVIEW_DAYS} 日"
            found.append((day, (Origin("filings", filing.id, "received_on", words),)))
        for review in reviews:
            reached = [day for day in (review.reached_workers_on, review.reached_employer_on) if day]
            if review.opinion is Opinion.NO_OBJECTION and reached:
                words = f"审查意见书 {review.number}无异议，{_on(max(reached))}送达"
                found.append((max(reached), (Origin("reviews", review.id, "reached_workers_on", words),)))
    return min(found, key=lambda pair: pair[0], default=(None, ()))


def _on(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
