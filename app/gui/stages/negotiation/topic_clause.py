"""From a topic that was agreed to the clause in which it ends up."""

from __future__ import annotations

from typing import Any

from app.domain.agreement import Clause
from app.domain.case import Case
from app.domain.facts import Record
from app.domain.survey import Topic
from app.gui.desk import Desk


def clause_of(case: Case, topic: Topic) -> Clause | None:
    """The clause that names this topic."""
    return next((held for held in case.clauses if held.topic == topic.id), None)


def write_clause(desk: Desk, topic: Topic) -> Record:
    """Add a clause for a topic after the last one, to the agreement added last."""
    articles = [held.article or 0 for held in desk.case.clauses]
    preset: dict[str, Any] = {
        "topic": topic.id,
        "subject": topic.name,
        "article": max(articles, default=0) + 1,
    }
    if desk.case.agreements:
        preset["agreement"] = desk.case.agreements[-1].id
    return desk.add("clauses", preset)
