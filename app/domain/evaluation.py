"""How well it went: poll and self-evaluation (F-73, F-80). The rates are computed, never typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.domain.ballots import Counter
from app.domain.facts import Record, amount, choice, count, day, record, ref, text


@record("测评", "held_on")
class Poll(Record):
    """Awareness, participation, satisfaction and employer recognition, each with its own numbers."""

    held_on: date | None = day("日期")
    sampling: str = text("抽样方式")
    issued: int | None = count("发放", unit="份")
    returned: int | None = count("收回", unit="份")
    valid: int | None = count("有效", unit="份")
    aware: int | None = count("知道并能说出主要内容")
    took_part: int | None = count("至少参加过一个环节")
    very_satisfied: int | None = count("非常满意")
    satisfied: int | None = count("满意")
    fairly_satisfied: int | None = count("基本满意")
    dissatisfied: int | None = count("不满意")
    very_dissatisfied: int | None = count("很不满意")
    employer_valid: int | None = count("企业方有效答卷", unit="份")
    employer_recognises: int | None = count("企业方认可", unit="份")


@record("测评计数", "counter", "teller")
class PollSheet(Record):
    """What one of two tellers counted of a poll's sheets, apart from the other one (F-73)."""

    poll: str = ref("哪次测评", "polls")
    counter: Counter | None = choice("谁数的", Counter)
    teller: str = text("计数人")
    returned: int | None = count("收回", unit="份")
    invalid: int | None = count("作废", unit="份")
    valid: int | None = count("有效", unit="份")
    aware: int | None = count("知道并能说出主要内容")
    took_part: int | None = count("至少参加过一个环节")
    very_satisfied: int | None = count("非常满意")
    satisfied: int | None = count("满意")
    fairly_satisfied: int | None = count("基本满意")
    dissatisfied: int | None = count("不满意")
    very_dissatisfied: int | None = count("很不满意")


@record("质效评估", "item")
class Evaluation(Record):
    """One line of the district's own score sheet (F-80); this program ships no scores of its own."""

    scorecard: str = text("评分表名称")
    item: str = text("项目")
    full_marks: Decimal | None = amount("标准分", unit="分")
    own_marks: Decimal | None = amount("自评", unit="分")
    street_marks: Decimal | None = amount("街道", unit="分")
    district_marks: Decimal | None = amount("区", unit="分")
    proof: str = text("佐证材料")
