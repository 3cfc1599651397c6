"""From the figures of a survey to what its charts show."""

from __future__ import annotations

from decimal import Decimal

from app.domain.facts import Choice
from app.domain.survey import TopicDecision
from app.figures.group_tables import GroupTable
from app.figures.representativeness import Compared, Comparison
from app.figures.survey_results import OptionResult, QuestionResult, asks_for_rise
from app.gui.widgets.charts.band_columns import BandView
from app.gui.widgets.charts.bar_rows import BarHeads, BarRowView
from app.gui.widgets.charts.dot_pairs import DotHeads, DotPairView

_TAILS = {
    TopicDecision.OFFERED: ("列入", "check", "ok"),
    TopicDecision.POSTPONED: ("暂缓", "", "ink2"),
    TopicDecision.ELSEWHERE: ("另行解决", "", "ink2"),
}


def wish_rows(result: QuestionResult, *, with_topics: bool) -> list[BarRowView]:
    """The options most chosen first; at the end whether the option became a topic of the offer."""
    top = {row.option for row in result.top}
    return [
        option_row(row, bold=row.option in top, tail=_tail(row) if with_topics else ("", "", "ink2"))
        for row in result.ranked
    ]


def option_rows(result: QuestionResult) -> list[BarRowView]:
    """The options in the order of the question."""
    return [option_row(row) for row in result.rows]


def option_row(
    row: OptionResult, *, bold: bool = False, tail: tuple[str, str, str] = ("", "", "ink2")
) -> BarRowView:
    """One option as a bar; the axis ends at 100 %."""
    words, icon, ink = tail
    share = row.share.value
    return BarRowView(
        id=row.option,
        label=row.option,
        share=float(share) / 100 if share is not None else 0.0,
        percent=row.share.text if share is not None else "",
        number=f"{row.number} 人",
        tail=words,
        tail_icon=icon,
        tail_ink=ink,
        bold=bold,
    )


def _tail(row: OptionResult) -> tuple[str, str, str]:
    if row.topic is None:
        return "没列入", "", "ink2"
    return (
        _TAILS.get(row.topic.decision, ("待定", "", "ink2")) if row.topic.decision else ("待定", "", "ink2")
    )


def band_views(result: QuestionResult) -> list[BandView]:
    """The bands in their order, with the rounded share beside the number."""
    return [
        BandView(
            id=row.option,
            label=row.option,
            number=row.number,
            words=f"{row.number} 人",
            extra=f"{row.share.value:.0f}%" if row.share.value is not None else "",
        )
        for row in result.rows
    ]


def band_title(result: QuestionResult) -> str:
    """What the columns are about."""
    return "希望工资涨多少" if asks_for_rise(result.question) else result.question.stem.removeprefix("您")


def group_rows(table: GroupTable) -> tuple[list[BarRowView], BarHeads]:
    """Each group with the share that chose the option most chosen by all."""
    rows = []
    for group in table.groups:
        why = group.hidden or group.hidden_share
        share = group.share.value
        rows.append(
            BarRowView(
                id=group.name,
                label=group.name,
                lead="" if group.sheets.value is None else str(group.sheets.value),
                share=float(share) / 100 if share is not None else 0.0,
                percent=group.share.text if share is not None else "",
                tail=group.most,
                hidden=_words(why),
            )
        )
    return rows, BarHeads(label="群体", lead="有效", bar=f"选 {table.option}", tail="选得最多")


def farthest_of(compared: tuple[Comparison, ...]) -> Compared | None:
    """The group farthest off the roster in all comparisons, ``None`` if none is off."""
    known = [each for each in (one.farthest for one in compared) if each is not None]
    return max(known, key=_distance, default=None)


def _distance(group: Compared) -> Decimal:
    return abs(group.difference or Decimal(0))


def comparison_rows(compared: tuple[Comparison, ...]) -> tuple[list[DotPairView], DotHeads]:
    """All comparisons below each other, a darker rule between them; the group farthest off is bold."""
    rows = []
    farthest = farthest_of(compared)
    for comparison in compared:
        for at, group in enumerate(comparison.groups):
            ring, dot = group.of_roster.value, group.of_answers.value
            rows.append(
                DotPairView(
                    id=f"{comparison.title}/{group.name}",
                    label=group.name,
                    cells=(
                        str(group.staff.value),
                        "" if group.valid.value is None else str(group.valid.value),
                        group.rate.text if group.rate.value is not None else "",
                    ),
                    ring=float(ring) if ring is not None else None,
                    dot=float(dot) if dot is not None else None,
                    difference=points(group.difference),
                    hidden=_words(group.hidden),
                    bold=farthest is group,
                    begins=at == 0,
                )
            )
    title = compared[0].title if len(compared) == 1 else "群体"
    heads = DotHeads(
        label=title, cells=("在册", "有效", "回收率"), ring="在册占比", dot="答卷占比", difference="相差"
    )
    return rows, heads


def verdict_words(compared: tuple[Comparison, ...]) -> str:
    """Who answered too little and how many more to ask: for the screen, where it tells what to do."""
    few = list(dict.fromkeys(each.words for one in compared for each in one.too_few))
    said = "；".join(few) or "各组都没有答得太少"
    return f"{said}。"


def tests_in_words(compared: tuple[Comparison, ...]) -> str:
    """Each test with its figures, the tests of a name together."""
    named: dict[str, list[str]] = {}
    for one in compared:
        if one.fit is not None:
            found = one.fit.words.removeprefix(f"{one.fit.name}：")
            named.setdefault(one.fit.name, []).append(f"{one.title} {found}")
    return "；".join(f"{name}：{'；'.join(told)}" for name, told in named.items())


def points(difference: Decimal | None) -> str:
    """A difference of two shares: ``−1.3 点``."""
    if difference is None:
        return ""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{abs(difference):f} 点"


def _words(why: Choice | None) -> str:
    return why.label if why is not None else ""
