"""Loading the years of days off and worked weekends."""

from __future__ import annotations

from pathlib import Path

import tomli

from app.domain.calendar import WorkCalendar, YearPlan, load_year
from app.errors import UserError
from app.paths import resource


def load_calendar(folder: Path | None = None) -> WorkCalendar:
    """Load every ``<year>.toml`` under ``resources/calendar`` (or another folder).

    Raises:
        UserError: a file cannot be read or says something odd.
    """
    root = folder if folder is not None else resource("calendar")
    plans: dict[int, YearPlan] = {}
    for path in sorted(root.glob("*.toml")):
        plan = _load(path)
        plans[plan.year] = plan
    return WorkCalendar(plans)


def _load(path: Path) -> YearPlan:
    try:
        plan = load_year(tomli.loads(path.read_text(encoding="utf-8")))
        if path.stem != str(plan.year):
            raise ValueError(f"year: the file is called {path.name}")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise UserError(
            f"放假安排 {path.name} 没有读成：{error}。",
            "资料库里的内容没有动。",
            "换一份完整的放假安排文件。",
            code="R-103",
        ) from error
    return plan
