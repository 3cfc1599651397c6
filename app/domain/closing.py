"""Closing a stage: a decision of its own, kept with the pack version under which it was taken."""

from __future__ import annotations

from datetime import date

from app.domain.facts import Record, choice, count, day, record, text
from app.domain.stages import Stage


@record("结束阶段", "stage")
class StageClosing(Record):
    """A stage declared done; possible only while no 必须改 is open and every 请说明 has its reason."""

    stage: Stage | None = choice("阶段", Stage)
    closed_on: date | None = day("日期")
    closed_by: str = text("经办人")
    pack_version: str = text("规则包版本")
    flaws: int | None = count("程序瑕疵", unit="项")
