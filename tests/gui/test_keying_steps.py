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


def test_a_ranking_goes_on_by_itself_when_all_places_are_given() -> None:
    hand = SheetInHand((RANKING, OPEN))
    press(hand, "31")
    assert hand.answers == {"e": (2, 0)}
    assert hand.step() is not None and hand.step().question is OPEN
    hand.go_back()
    assert [(line.words, line.place) for line in hand.lines()] == [("工资", 2), ("工时", 0), ("班车", 1)]
    press(hand, "3")  # taken back
    assert hand.answers == {"e": (0,)}


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
        "第5题 先谈（最多选 2 项）",
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
        if question.id in hand.answers and question is not MULTIPLE:
            assert not impossible_answer(question, hand.answers[question.id])
    assert set(hand.others) <= {"c"}
    assert "c" not in hand.others or 2 in hand.answers["c"]
