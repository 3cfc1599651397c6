"""A case on the day of the vote: a roster of twelve, a session on the draft, a count with ballots handed out."""

from __future__ import annotations

import dataclasses
from datetime import date

from app.domain.ballots import Counter, CountSheet
from app.domain.case import Case
from app.domain.congress import Delegate
from app.usecases.make_demo import read_example
from tests.gui.demo_pages import still_counting

DAY = date(2026, 4, 29)
NAMES = ("王芳", "李强", "张伟", "刘洋", "陈静", "杨帆", "赵磊", "黄丽", "周涛", "吴敏", "徐杰", "孙燕")


def counting_case() -> Case:
    """The session is that of the worked example, its congress as small as the roster."""
    case = still_counting(read_example("shandong-linyi-single"))
    delegates = tuple(
        Delegate(
            id=f"d{at}", name=name, department="一车间" if at % 2 else "质检部", code=f"90000000{at:02d}"
        )
        for at, name in enumerate(NAMES, start=1)
    )
    sessions = tuple(
        each.replace(expected=12, present=None) if each.id == "session-2" else each for each in case.sessions
    )
    counts = tuple(
        type(each)(
            id=each.id,
            what="审议草案",
            session="session-2",
            agreement=each.agreement,
            method="无记名投票",
            expected=12,
            present=12,
            printed=14,
            issued=12,
            unused=2,
        )
        if each.id == "count-draft"
        else each
        for each in case.counts
    )
    return dataclasses.replace(
        case,
        delegates=delegates,
        congress=case.congress.replace(delegates=12),
        sessions=sessions,
        counts=counts,
        signings=(),
        filings=(),
        reviews=(),
        publications=(),
    )


def sheet(counter: Counter, **numbers: int) -> CountSheet:
    """What a teller wrote down."""
    proper = {"issued": 12, "unused": 2, "returned": 12, "valid": 11, "invalid": 1}
    votes = {"in_favour": 9, "against": 1, "abstained": 1}
    made: CountSheet = CountSheet(
        id=counter.value, count="count-draft", counter=counter, teller=counter.label
    )
    return made.replace(**(proper | votes | numbers))
