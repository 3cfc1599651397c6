"""Counting ballots twice and calling votes by name: what two tellers wrote down, each without the other (F-56)."""

from __future__ import annotations

from app.domain.facts import Choice, Record, Sensitivity, choice, record, ref, text
from app.domain.facts import count as number


class Counter(Choice):
    """Which of the two independent counts."""

    FIRST = "first", "第一人"
    SECOND = "second", "第二人"


class Mark(Choice):
    """What one ballot says, or one delegate who is called by name."""

    IN_FAVOUR = "in_favour", "赞成"
    AGAINST = "against", "反对"
    ABSTAINED = "abstained", "弃权"
    INVALID = "invalid", "无效"


@record("计票记录", "counter", "teller")
class CountSheet(Record):
    """What one teller counted. The second one does not see the numbers of the first."""

    count: str = ref("哪次计票", "counts")
    counter: Counter | None = choice("谁数的", Counter)
    teller: str = text("计票人")
    issued: int | None = number("发出", unit="张")
    unused: int | None = number("余票", unit="张")
    returned: int | None = number("收回", unit="张")
    valid: int | None = number("有效", unit="张")
    invalid: int | None = number("无效", unit="张")
    in_favour: int | None = number("赞成", unit="票")
    against: int | None = number("反对", unit="票")
    abstained: int | None = number("弃权", unit="票")


@record("记名表决", "vote")
class NamedVote(Record):
    """How one delegate voted where the vote is open (记名表决); it never leaves this computer."""

    count: str = ref("哪次计票", "counts")
    delegate: str = ref("职工代表", "delegates")
    vote: Mark | None = choice("意见", Mark, see=Sensitivity.PERSONAL)
