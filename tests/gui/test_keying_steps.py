"""What a key does to a sheet in hand: one key for one answer, whatever is pressed makes no answer that cannot be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.survey import Question, QuestionKind
from app.figures.keyed_sheets import impossible_answer
from app.gui.stages.survey.keying_steps import KEYS, SheetInHand

SINGLE = Question(id="a", number=1, kind=QuestionKind.SINGLE, stem="岗位", options=("一线", "技术"))
LONG = Question(
    id="b", number=2, kind=QuestionKind.SINGLE, stem="工种", options=tuple(f"工种{at}" for at in range(12))
)
MULTIPLE = Question(
    id="c", number=3, kind=QuestionKind.MULTIPLE, stem="想谈", options=("工资", "工时", "其他"), at_most=2
)
MATRIX = Question(
    id="d",
    number=4,
    kind=QuestionKind.MATRIX,
    stem="满意吗",
    options=("是", "否"),
    rows=("工资", "食堂", "班车"),
)
RANKING = Question(
    id="e", number=5, kind=QuestionKind.RANKING, stem="先谈", options=("工资", "工时", "班车"), at_most=2
)
LAID = RANKING.replace(at_most=None)
OPEN = Question(id="f", number=6, kind=QuestionKind.OPEN, stem="还有什么", asked_of="班组长")
ALL = (SINGLE, LONG, MULTIPLE, MATRIX, RANKING, OPEN)


def press(hand: SheetInHand, keys: str) -> None:
    for key in keys:
        assert hand.press(key), key


def test_naught_is_no_answer_where_there_are_fewer_than_ten_and_the_tenth_where_there_are_more() -> None:
    hand = SheetInHand((SINGLE, LONG, LONG))
    press(hand, "0")
    assert hand.answers == {} and hand.step() is not None and hand.step().question is LONG
    press(hand, "0")
    assert hand.answers == {"b": 9}
    press(hand, "b")
    assert hand.answers == {"b": 11} and hand.step() is None


def test_a_key_without_an_option_does_nothing() -> None:
    hand = SheetInHand((SINGLE,))
    assert not hand.press("3") and not hand.press("x") and hand.keys == 0 and not hand.is_begun()


def _numbers(hand: SheetInHand) -> list[tuple[str, int, bool]]:
    return [(line.words, line.place, line.chosen) for line in hand.lines()]


def test_a_ranking_is_typed_as_the_paper_shows_it_from_top_to_bottom() -> None:
    """The numbers 3, 1, 2 beside the options: the second option is first."""
    hand = SheetInHand((LAID, OPEN))
    press(hand, "3")
    assert _numbers(hand) == [("工资", 3, False), ("工时", 0, True), ("班车", 0, False)]
    press(hand, "12")
    assert hand.finished() == {"e": (1, 2, 0)}
    assert hand.step() is not None and hand.step().question is OPEN
    hand.go_back()
    assert _numbers(hand) == [("工资", 3, False), ("工时", 1, False), ("班车", 2, True)]
    press(hand, "0")  # nothing is written beside it after all
    assert hand.finished() == {"e": (1, 0)}


def test_a_number_of_a_ranking_is_refused_the_second_time_and_all_of_it_can_be_left_out() -> None:
    hand = SheetInHand((LAID, OPEN))
    press(hand, "2")
    press(hand, "2")
    assert hand.refused == "“工资”已经是 2。看看纸上写的是几；纸上真写重了按 X，这题不算。"
    assert hand.step() is not None and hand.step().row == 1 and hand.answers == {"e": (None, 0)}
    assert not hand.press("4")  # there are three options
    press(hand, "x")
    assert hand.finished() == {} and hand.refused == ""
    assert hand.step() is not None and hand.step().question is OPEN
    again = SheetInHand((LAID,), {"e": (None, 0)})  # as a half-typed sheet is kept
    again.jump_to_open()
    assert again.step() is not None and again.step().row == 1
    press(again, "10")
    assert again.finished() == {"e": (1, 0)} and again.step() is None


def test_of_a_percentage_more_than_a_hundred_is_told_at_once_and_counts() -> None:
    asked = Question(id="g", number=7, kind=QuestionKind.NUMBER, stem="希望增长百分之几")
    for words, told in (("8", False), ("99999", True), ("看情况", False)):
        hand = SheetInHand((asked, OPEN))
        hand.write(words)
        hand.go_on()
        assert bool(hand.refused) == told
        assert hand.finished() == {"g": words}
    hand = SheetInHand((asked.replace(stem="工龄"), OPEN))
    hand.write("101")
    hand.go_on()
    assert hand.refused == ""


def test_a_row_left_out_is_none_and_a_matrix_without_a_row_is_not_there() -> None:
    hand = SheetInHand((MATRIX,))
    press(hand, "102")
    assert hand.answers == {"d": (0, None, 1)} and hand.step() is None
    for _ in range(3):
        hand.go_back()
    press(hand, "000")
    assert hand.answers == {}


def test_the_words_beside_an_option_go_with_it() -> None:
    hand = SheetInHand((MULTIPLE, OPEN))
    press(hand, "3")
    hand.go_on()
    assert hand.step() is not None and hand.step().words == "第3题 其他写的是什么"
    hand.write("夜班")
    assert hand.others == {"c": "夜班"}
    hand.go_back()
    press(hand, "3")
    assert (hand.answers, hand.others) == ({}, {})


def test_what_is_asked_names_row_limit_and_who_is_asked() -> None:
    words = [step.words for step in SheetInHand(ALL).steps()]
    assert words == [
        "第1题 岗位",
        "第2题 工种",
        "第3题 想谈（最多选 2 项）",
        "第4题 满意吗　工资（第 1 行，共 3 行）",
        "第4题 满意吗　食堂（第 2 行，共 3 行）",
        "第4题 满意吗　班车（第 3 行，共 3 行）",
        "第5题 先谈（最多排 2 项）　“工资”旁边写的是几（第 1 项，共 3 项）",
        "第5题 先谈（最多排 2 项）　“工时”旁边写的是几（第 2 项，共 3 项）",
        "第5题 先谈（最多排 2 项）　“班车”旁边写的是几（第 3 项，共 3 项）",
        "第6题 还有什么（班组长回答）",
    ]


_DONE = st.one_of(
    st.sampled_from(KEYS),
    st.sampled_from(["on", "back"]),
    st.text("食堂abc", max_size=3).map(lambda each: f"={each}"),
)


@given(st.lists(_DONE, max_size=60))
def test_whatever_is_pressed_only_too_many_is_possible_and_it_is_told(done: list[str]) -> None:
    hand = SheetInHand(ALL)
    for each in done:
        if each == "on":
            hand.go_on()
        elif each == "back":
            hand.go_back()
        elif each[0] == "=":
            hand.write(each[1:])
        else:
            hand.press(each)
        step = hand.step()
        if step is not None and step.question is MULTIPLE and not step.beside:
            assert bool(hand.trouble()) == (len(hand.answers.get("c", ())) > 2)
    for question in ALL:
        found = hand.finished().get(question.id)
        if found is not None and question.kind not in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
            assert not impossible_answer(question, found)
        if question is RANKING and isinstance(found, tuple):
            assert len(set(found)) == len(found) > 0 and None not in found
    assert set(hand.others) <= {"c"}
    assert "c" not in hand.others or 2 in hand.answers["c"]
