"""The seven stages of a year as one table."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.facts import Choice


class Stage(Choice):
    """Where in the year something belongs. Order is the order of the year."""

    SURVEY = "survey", "意愿调查"
    REPRESENTATIVES = "representatives", "协商代表"
    OFFER = "offer", "要约与应约"
    NEGOTIATION = "negotiation", "协商会议"
    CONGRESS = "congress", "职代会审议"
    FILING = "filing", "签订与报审备案"
    FULFILMENT = "fulfilment", "履约检查"


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage: its number, its name in the narrow navigation, and what opens and closes it, in words.

    Attributes:
        opens: the fact from which the stage is under way.
        closes: the fact with which it is over (findings permitting).
    """

    stage: Stage
    number: int
    short: str
    opens: str
    closes: str


STAGES: tuple[StageRow, ...] = (
    StageRow(Stage.SURVEY, 1, "调查", "开始听取职工意见", "调查汇总已盖章，议题处理已写明"),
    StageRow(Stage.REPRESENTATIVES, 2, "代表", "工会提名或推选通知", "双方代表已确定并公布"),
    StageRow(Stage.OFFER, 3, "要约", "要约签发", "对方书面答复已送达"),
    StageRow(Stage.NEGOTIATION, 4, "会议", "答复同意协商", "双方就草案达成一致"),
    StageRow(Stage.CONGRESS, 5, "审议", "通知并公开议程", "职代会通过草案，决议公开期满"),
    StageRow(Stage.FILING, 6, "签订", "双方首席签字盖章", "合同生效并公布，已报上级工会备案"),
    StageRow(Stage.FULFILMENT, 7, "履约", "合同生效", "履约检查和履约报告已做，整改已复查"),
)


def row_of(stage: Stage) -> StageRow:
    """Return the table row of a stage."""
    return next(row for row in STAGES if row.stage is stage)
