"""What has to be there before the first meeting, as a check list: what is, what is not, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.facts import join_names
from app.domain.negotiation import Disclosure
from app.domain.offer import ReportKind
from app.domain.union import Side
from app.rules.dates_in_words import short_day
from app.rules.findings import Deadline, Where

DISCLOSE, REPORT = "disclose_due", "report_upper_before"
_SIDES = {Side.EMPLOYER: "企业方", Side.WORKER: "职工方"}


@dataclass(frozen=True, slots=True)
class Preparation:
    """One row of the list.

    Attributes:
        key: stable name.
        what: what has to be there.
        done: whether it is.
        words: what is there, or what is missing, in a few words.
        due: its due date, ``None`` where no rule names one.
        where: where it is written; ``collection`` alone opens the list.
    """

    key: str
    what: str
    done: bool
    words: str
    where: Where
    due: Deadline | None = None


def preparations(case: Case, deadlines: Iterable[Deadline]) -> tuple[Preparation, ...]:
    """Return the list for a case; ``deadlines`` are those of its check."""
    rows = list(deadlines)
    found = [_disclosure(case, side, rows) for side in (Side.EMPLOYER, Side.WORKER)]
    found += _gaps(case)
    found += _report(case, rows)
    found += [_recorder(case), _claims(case), _figures(case), _bottom_lines(case)]
    return tuple(found)


def _disclosure(case: Case, side: Side, rows: list[Deadline]) -> Preparation:
    own = [held for held in case.disclosures if held.side is side]
    given = [held for held in own if held.provided_on is not None]
    ids = {held.id for held in own}
    due = next((row for row in rows if row.rule == DISCLOSE and row.where.record_id in ids), None)
    if due is None:
        named = (row for row in rows if row.rule == DISCLOSE and not row.where.record_id)
        due = next((row for row in named if row.what.startswith((_SIDES[side], "双方"))), None)
    return Preparation(
        key=f"disclosure_{side.value}",
        what=f"{_SIDES[side]}提供资料",
        done=bool(given),
        words=_given_words(case, given[0]) if given else "还没提供",
        where=Where("disclosures", own[0].id if own else "", "provided_on" if own else ""),
        due=due,
    )


def _given_words(case: Case, held: Disclosure) -> str:
    day = held.provided_on
    words = "" if day is None else f"{day.month}月{day.day}日"
    if day is not None and day.year != case.cycle.year:
        words = short_day(day, day.replace(year=case.cycle.year)) if case.cycle.year else words
    words += f"提供 {len(held.items)} 项" if held.items else "提供"
    return f"{words}，{held.received_by}签收" if held.received_by else f"{words}，还没写签收人"


def _gaps(case: Case) -> list[Preparation]:
    if not case.disclosure_gaps:
        return []
    missing = [held for held in case.disclosure_gaps if held.supplied_on is None]
    names = join_names(dict.fromkeys(held.item.label for held in missing if held.item is not None))
    first = missing[0] if missing else case.disclosure_gaps[0]
    words = f"{len(missing)} 项没补：{names}".rstrip("：") if missing else "都补齐了"
    return [
        Preparation("gaps", "缺的资料", not missing, words, Where("disclosure_gaps", first.id, "supplied_on"))
    ]


def _report(case: Case, rows: list[Deadline]) -> list[Preparation]:
    own = [held for held in case.union_reports if held.kind is ReportKind.BEFORE_BARGAINING]
    due = next((row for row in rows if row.rule == REPORT), None)
    if not own and due is None:
        return []
    told = next((held for held in own if held.reported_on is not None), None)
    words = "还没报告"
    if told is not None and told.reported_on is not None:
        words = f"{told.reported_on.month}月{told.reported_on.day}日报告{told.to}"
    where = Where("union_reports", own[0].id if own else "", "reported_on" if own else "")
    return [Preparation("report", "协商前报告上一级工会", told is not None, words, where, due)]


def _recorder(case: Case) -> Preparation:
    names = join_names(held.name for held in case.recorders if held.name)
    return Preparation("recorder", "双方共同定记录员", bool(names), names or "还没定", Where("recorders"))


def _claims(case: Case) -> Preparation:
    items = case.offer_items
    open_ = [held for held in items if not held.claim and held.claim_value is None]
    words = f"{len(items)} 项议题" + (f"，{len(open_)} 项没写主张" if open_ else "都写了主张")
    return Preparation(
        "claims",
        "议题和本方主张",
        bool(items) and not open_,
        words if items else "还没写",
        Where("offer_items"),
    )


def _figures(case: Case) -> Preparation:
    known = [held for held in case.year_figures if held.wage_total is not None and held.year is not None]
    last = max(known, key=lambda held: held.year or 0, default=None)
    words = f"有 {last.year} 年工资总额" if last is not None else "还没有上年工资总额"
    if case.outside_figures:
        words += f"，外部参考数 {len(case.outside_figures)} 个"
    return Preparation("figures", "参考数字", last is not None, words, Where("year_figures"))


def _bottom_lines(case: Case) -> Preparation:
    """Only how many there are: what they say stays covered."""
    topics = {held.topic for held in case.bottom_lines if held.topic}
    words = f"{len(topics)} 项议题写了" if topics else "还没写"
    return Preparation("bottom_lines", "本方底线", bool(topics), words, Where("bottom_lines"))
