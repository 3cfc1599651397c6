"""Polls counted from paper: what each sheet adds, what cannot be, and when both tellers came to the same."""

from __future__ import annotations

import pytest

from app.domain.ballots import Counter
from app.domain.evaluation import Poll, PollSheet
from app.figures.poll_counts import Marked, agreed_numbers, said_of, sums_of
from app.figures.rates import satisfaction_basis

POLL = Poll(id="p", issued=60, sampling="每个车间随机抽 20 人")
NUMBERS = {
    "returned": 52, "invalid": 2, "valid": 50, "aware": 40, "took_part": 31,
    "very_satisfied": 20, "satisfied": 15, "fairly_satisfied": 9, "dissatisfied": 4, "very_dissatisfied": 1,
}  # fmt: skip


def sheets(**other: int | None) -> tuple[PollSheet, PollSheet]:
    first = PollSheet(id="1", poll="p", counter=Counter.FIRST).replace(**NUMBERS)
    return first, first.replace(id="2", counter=Counter.SECOND, **other)


def test_each_sheet_adds_to_the_sums_and_leaves_nothing_else() -> None:
    marked = [
        Marked("satisfied", aware=True, took_part=True), Marked("dissatisfied"), Marked(None, aware=True),
        Marked(void=True),
    ]  # fmt: skip
    told = sums_of(marked, PollSheet(valid=10, returned=10, satisfied=10))
    assert {name: number for name, number in told.items() if number} == {
        "returned": 14, "invalid": 1, "valid": 13, "aware": 2, "took_part": 1, "satisfied": 11,
        "dissatisfied": 1,
    }  # fmt: skip


def test_what_both_came_to_goes_to_the_poll() -> None:
    assert said_of(POLL, sheets()) == ()
    agreed = agreed_numbers(POLL, sheets())
    assert agreed is not None and "invalid" not in agreed and agreed["valid"] == 50
    assert satisfaction_basis(POLL.replace(**agreed)) == (
        "满意率 88.0% ＝ 44 ÷ 50，（非常满意＋满意＋基本满意）÷ 有效答卷；"
        "发放 60 份，收回 52 份，有效 50 份，抽样方式：每个车间随机抽 20 人。"
    )
    assert satisfaction_basis(POLL) == ""


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"aware": 39}, "两人数的知道并能说出主要内容不一样"),
        ({"valid": None}, "第二人没有写有效"),
        ({"invalid": 3}, "第二人：有效 50、作废 3，合计不等于收回 52"),
        ({"very_satisfied": 40}, "第二人：各档合计 69，多于有效 50"),
        ({"took_part": 51}, "第二人：至少参加过一个环节 51，多于有效 50"),
        ({"returned": 61, "invalid": 11}, "第二人收回 61 份，多于发放 60 份"),
    ],
)
def test_nothing_goes_to_the_poll_while_something_does_not_agree(other, words) -> None:
    own = sheets(**other)
    assert words in said_of(POLL, own)
    assert agreed_numbers(POLL, own) is None


def test_one_teller_alone_is_not_enough() -> None:
    assert said_of(POLL, sheets()[:1]) == ("第二人还没有数",)
    assert agreed_numbers(POLL, sheets()[:1]) is None
